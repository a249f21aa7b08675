"""What argostranslate would obey in a user's environment, and Tarjama does not let it.

``ARGOS_MODEL_PROVIDER`` and the two keys make it send texts to a server, ``ARGOS_DEBUG`` prints every text,
``ARGOS_CHUNK_TYPE`` chooses splitters that fetch models; a number that is none breaks its import. Its ``settings.json``
says the same in a file. Drafting reads none of them (argostranslate/settings.py reads them at import, and only there).
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

_PREFIXES = ("ARGOS_", "LIBRETRANSLATE_", "OPENAI_")
_SNAP = "SNAP"  # argostranslate looks for packages where it says

FIXED = {
    "ARGOS_MODEL_PROVIDER": "OPENNMT",
    "ARGOS_CHUNK_TYPE": "MINISBD",
    "ARGOS_DEVICE_TYPE": "cpu",
    "ARGOS_DEBUG": "0",
    "ARGOS_DEV_MODE": "0",
}
"""What argostranslate's import sees instead: the offline provider, no debugging output."""


def is_overridden(name: str) -> bool:
    """Tell whether argostranslate would obey the environment variable ``name``."""
    return name.upper().startswith(_PREFIXES) or name == _SNAP


def overridden_variables(environment: Mapping[str, str] = os.environ) -> list[str]:
    """Return the names of variables that are set and have no effect here; never a value, for it may be a secret."""
    return sorted(name for name in environment if is_overridden(name) and name != _SNAP)


def overridden_file(environment: Mapping[str, str] = os.environ) -> Path | None:
    """Return argostranslate's own settings file when the user has one that says something; it has no effect here."""
    folder = environment.get("XDG_CONFIG_HOME")
    try:
        file = (Path(folder) if folder else Path.home() / ".config") / "argos-translate" / "settings.json"
        return file if json.loads(file.read_bytes()) else None
    except FileNotFoundError:
        return None
    except (OSError, ValueError, RecursionError):  # it is there, whatever it says
        return file
    except RuntimeError:  # a user without a home
        return None
