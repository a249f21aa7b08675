"""Load a model for the first time, in a process of its own: ``python -m workbench.engines.argos.probe FOLDER``.

A damaged model can crash native code, which no exception handler can catch.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from workbench.errors import EngineError, PackageError

_SECONDS = 300


def probe(package: Path) -> None:
    """Load the package in ``package`` in another process and draft a word; raise PackageError when that fails."""
    command = [sys.executable, "-m", "workbench.engines.argos.probe", str(package)]
    try:
        result = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False, stdin=subprocess.DEVNULL)
    except subprocess.TimeoutExpired as error:
        raise PackageError("The model does not load within five minutes.", "Nothing was installed.") from error
    if result.returncode != 0:
        raise PackageError(
            "The model in this package does not load.", "The package is damaged; get it again. Nothing was installed."
        )


def _load(package: Path) -> int:
    from workbench.engines.argos.engine import ArgosEngine
    from workbench.engines.argos.packages import read_package

    engine = ArgosEngine(read_package(package), threads=1, device="cpu")
    try:
        drafted = list(engine.draft(["من"]))
    except (EngineError, RuntimeError, ValueError) as error:
        print(error, file=sys.stderr)  # noqa: T201  (the parent process reads it)
        return 1
    return 0 if drafted else 1


if __name__ == "__main__":
    sys.exit(_load(Path(sys.argv[1])))
