"""Importing a package loads nothing heavy, makes no folder and asks no network."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = (
    "textual",
    "rich",
    "argostranslate",
    "ctranslate2",
    "sentencepiece",
    "torch",
    "stanza",
    "spacy",
    "minisbd",
    "openpyxl",
    "polib",
    "pypdfium2",
    "rapidfuzz",
)
ROOT = Path(__file__).parent.parent
HEADLESS = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    for package in ("corpus", "glossary", "workbench")
    for path in (ROOT / package).rglob("*.py")
    if "ui" not in path.parts and path.name != "__main__.py" and "argos" not in path.parts
)

CHECK = """
import sys
before = None
def forbid(event, args):
    if before is not None and event in ("socket.connect", "socket.getaddrinfo", "os.mkdir"):
        raise RuntimeError(f"{event} {args} at import")
sys.addaudithook(forbid)
sys.dont_write_bytecode = True
before = True
for module in sys.argv[2].split(","):
    __import__(module)
print(",".join(name for name in sys.argv[1].split(",") if name in sys.modules))
"""


def loaded_by(*modules: str) -> str:
    result = subprocess.run(
        [sys.executable, "-c", CHECK, ",".join(HEAVY), ",".join(modules)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert result.returncode == 0, result.stderr
    return result.stdout.strip()


def test_all_headless_modules_together_load_nothing_heavy():
    assert len(HEADLESS) > 20
    assert loaded_by(*HEADLESS) == ""


@pytest.mark.parametrize("module", ["corpus", "glossary", "workbench", "workbench.cli", "workbench.session"])
def test_a_headless_module_alone_loads_nothing_heavy(module):
    assert loaded_by(module) == ""


def test_the_layout_of_arabic_needs_the_standard_library_only():
    own = re.compile(r"^(?:from|import) (\w+)", re.MULTILINE)
    imported = {
        name
        for path in (ROOT / "workbench" / "ui" / "bidi").glob("*.py")
        for name in own.findall(path.read_text(encoding="utf-8"))
    }
    assert imported - sys.stdlib_module_names == {"workbench", "corpus"}


def test_nothing_outside_the_screen_orders_or_joins_arabic():
    """Stored, matched, drafted and exported text is logical and unshaped: only the screen may import the layout."""
    importers = {
        path.relative_to(ROOT).as_posix()
        for package in ("corpus", "glossary", "workbench")
        for path in (ROOT / package).rglob("*.py")
        if "workbench.ui.bidi" in path.read_text(encoding="utf-8")
    }
    outside = {path for path in importers if not path.startswith("workbench/ui/")}
    assert outside == {"workbench/cli/doctor.py"}  # it asks what the terminal does
