"""What all tests share: a home of their own, and the shared material when it is there."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from workbench.paths import Home

# Machines are busy: how long an example takes is no test's business.
settings.register_profile("tarjama", deadline=None)
settings.load_profile("tarjama")

SHARED = Path(__file__).parent.parent.parent / "shared"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """Keep every test away from the developer's own glossary, models and settings."""
    folder = tmp_path / "home"
    monkeypatch.setenv("TARJAMA_HOME", str(folder))
    return Home(folder)


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of shared test material; skip where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("the shared test material is not beside this checkout")
    return SHARED
