"""What is built from this tree is what the README promises."""

import subprocess
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> list[str]:
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(["uv", "build", "--wheel", "--quiet", "--out-dir", str(folder)], check=True, cwd=ROOT)
    (built,) = folder.glob("*.whl")
    with zipfile.ZipFile(built) as archive:
        return archive.namelist()


@pytest.mark.slow
def test_the_wheel_holds_three_packages_and_their_data(wheel):
    top = {name.split("/")[0] for name in wheel if ".dist-info/" not in name}
    assert top == {"workbench", "glossary", "corpus"}
    for wanted in (
        "workbench/data/demo/glossary.tsv",
        "workbench/data/gloss/translate-ar_en-gloss/model/model.bin",
        "workbench/data/LICENSE-CC0.txt",
        "workbench/ui/tarjama.tcss",
        "corpus/py.typed",
    ):
        assert wanted in wheel


def test_nothing_else_stands_at_the_top_level():
    tracked = subprocess.run(["git", "ls-files"], check=True, cwd=ROOT, capture_output=True, text=True).stdout
    assert {line.split("/")[0] for line in tracked.splitlines()} <= {
        "workbench", "glossary", "corpus", "tests", "docs", ".ci",
        "pyproject.toml", "uv.lock", "README.md", "ARCHITECTURE.md", "CHANGELOG.md", "LICENSE",
        ".gitignore", ".gitattributes",
    }  # fmt: skip
