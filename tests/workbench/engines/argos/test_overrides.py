"""What a user's environment tells argostranslate has no effect on drafting, and doctor says so."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from workbench.engines.argos.overrides import overridden_file, overridden_variables

ROOT = Path(__file__).parents[4]

HOSTILE = {
    "ARGOS_MODEL_PROVIDER": "LIBRETRANSLATE",
    "LIBRETRANSLATE_API_KEY": "sesame-libre",
    "OPENAI_API_KEY": "sesame-openai",
    "ARGOS_DEBUG": "1",
    "ARGOS_CHUNK_TYPE": "SPACY",
    "ARGOS_INTER_THREADS": "many",
    "ARGOS_PACKAGES_DIR": "/nowhere",
    "ARGOS_PACKAGE_INDEX": "http://example.org/",
    "ARGOS_DEVICE_TYPE": "cuda",
    "SNAP": "/snap/argos",
}

DRAFT = """
import os, sys
def forbid(event, args):
    if event.startswith("socket.") and event != "socket.gethostname":
        raise SystemExit(f"{event} {args}")
sys.addaudithook(forbid)
before = dict(os.environ)
from workbench.cli import main
try:
    main(sys.argv[1:])
finally:
    changed = dict(os.environ).items() ^ before.items()
    assert changed <= {("ORT_DISABLE_TELEMETRY", "1")}, changed
"""


def run(home, *arguments, environment=None, inside=()):
    return subprocess.run(
        [*inside, sys.executable, "-c", DRAFT, *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=home,
        env={
            "HOME": str(home),
            "TARJAMA_HOME": str(home / "tarjama"),
            "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
            "TMPDIR": str(home),
            "PYTHONPATH": str(ROOT),
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONUTF8": "1",
            **(environment or {}),
        },
    )


@pytest.fixture
def project(tmp_path):
    (tmp_path / "news.txt").write_text("قال المتحدث في المدينة .", encoding="utf-8")
    assert run(tmp_path, "init", "p.tarjama").returncode == 0
    assert run(tmp_path, "import", "p.tarjama", "news.txt").returncode == 0
    config = tmp_path / ".config" / "argos-translate"
    config.mkdir(parents=True)
    (config / "settings.json").write_text(json.dumps({"ARGOS_MODEL_PROVIDER": "OPENAI", "ARGOS_DEBUG": "1"}))
    return tmp_path


def test_hostile_variables_and_settings_neither_send_nor_print_the_text(project):
    done = run(project, "draft", "p.tarjama", environment=HOSTILE)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Drafted 1 segments (gloss by ")
    assert len(done.stdout.splitlines()) == 1


def test_a_draft_is_made_where_there_is_no_network_at_all(project):
    probe = subprocess.run(["unshare", "-rn", "true"], check=False, capture_output=True)
    if probe.returncode:
        pytest.skip("whoever runs this may not make a namespace without a network")
    done = run(project, "draft", "p.tarjama", environment=HOSTILE, inside=("unshare", "-rn"))
    assert (done.returncode, done.stderr) == (0, "")
    (segment,) = json.loads(run(project, "segments", "p.tarjama", "--json").stdout)
    assert "city" in segment["draft"]


def test_doctor_names_what_has_no_effect_and_shows_no_secret(project):
    done = run(project, "doctor", "--json", environment=HOSTILE)
    environment = json.loads(done.stdout)["environment"]
    assert environment["variables without effect here"].split(", ") == sorted(set(HOSTILE) - {"SNAP"})
    assert environment["settings file without effect here"].endswith("settings.json")
    assert "sesame" not in done.stdout + done.stderr


def test_nothing_is_named_where_nothing_is_set(tmp_path):
    assert overridden_variables({"PATH": "/bin", "TARJAMA_HOME": "/x"}) == []
    assert overridden_file({"XDG_CONFIG_HOME": str(tmp_path)}) is None


@pytest.mark.parametrize(("content", "counts"), [("{}", False), ('{"ARGOS_DEBUG": 1}', True), ("[" * 100_000, True)])
def test_a_settings_file_counts_when_it_says_something(tmp_path, content, counts):
    file = tmp_path / "argos-translate" / "settings.json"
    file.parent.mkdir()
    file.write_text(content)
    assert overridden_file({"XDG_CONFIG_HOME": str(tmp_path)}) == (file if counts else None)


IMPORTED_BEFORE = """
import os, sys
from types import ModuleType
for name in ("stanza", "spacy", "minisbd", "minisbd.models"):
    sys.modules[name] = ModuleType(name)
vars(sys.modules["minisbd"]).update(SBDetect=None, models=sys.modules["minisbd.models"])
vars(sys.modules["minisbd.models"]).update(cache_dir="", list_models=lambda: [])
import argostranslate.translate
from workbench.engines.argos.lean_import import import_argos
import_argos()
"""


def test_argostranslate_that_was_imported_to_send_texts_is_refused(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", IMPORTED_BEFORE],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={"HOME": str(tmp_path), "ARGOS_MODEL_PROVIDER": "OPENAI", "PATH": os.environ["PATH"]},
    )
    assert done.returncode == 1
    assert "EngineError: Argos Translate is set up here to send texts" in done.stderr
