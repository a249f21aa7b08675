"""Import argostranslate without what it drags in, and without what it does at import.

``argostranslate.sbd`` imports stanza (hence torch), spacy and minisbd (hence onnxruntime) to split sentences, and each
of them looks for models on the network. Drafting splits sentences itself, so empty modules stand in for the three while
argostranslate is imported, whether or not they are installed, and are gone afterwards.

``argostranslate.settings`` makes folders in the user's home at import and reads its settings only then, so that it sees
a scratch folder and fixed settings: the offline provider, no debugging output.
"""

from __future__ import annotations

import importlib
import logging
import os
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from workbench.engines.argos.overrides import FIXED, is_overridden
from workbench.errors import EngineError

_LOCK = threading.Lock()
_STOOD_IN_FOR = ("stanza", "spacy", "minisbd", "minisbd.models")


@dataclass(frozen=True, slots=True)
class Argos:
    """The modules of argostranslate that are used; they have no types of their own."""

    package: Any
    settings: Any
    translate: Any


def import_argos() -> Argos:
    """Return argostranslate's modules, imported on the first call; raise EngineError when that fails."""
    with _LOCK:
        if "argostranslate.translate" not in sys.modules:
            with tempfile.TemporaryDirectory(prefix="tarjama-") as scratch, _settings(scratch), _stand_ins():
                _import("argostranslate.translate")
            # Its messages hold whole texts and would reach the screen through the root logger.
            logger = logging.getLogger("argostranslate.utils")
            logger.setLevel(logging.CRITICAL)
            logger.propagate = False
        argos = Argos(*(_import(f"argostranslate.{name}") for name in ("package", "settings", "translate")))
        _check(argos.settings)
        return argos


def _check(settings: Any) -> None:
    """Refuse to go on when argostranslate was imported before, with settings that give texts away."""
    if settings.model_provider is not settings.ModelProvider.OPENNMT or settings.debug:
        raise EngineError(
            "Argos Translate is set up here to send texts to a server, or to print them.",
            "Unset the environment variables that `tarjama doctor` names, and try again.",
        )


def _import(name: str) -> ModuleType:
    try:
        return importlib.import_module(name)
    except (ImportError, OSError) as error:
        raise EngineError(
            f"The drafting engine cannot be loaded: {error}.", "Install Tarjama again; `tarjama doctor` tells more."
        ) from error


@contextmanager
def _settings(scratch: str) -> Iterator[None]:
    """Give argostranslate's import the environment it shall see, and the process its own back."""
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # stays: it must hold whenever onnxruntime is loaded by whomever
    places = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "ARGOS_PACKAGES_DIR")
    before = dict(os.environ)
    for name in filter(is_overridden, before):
        del os.environ[name]
    os.environ.update(dict.fromkeys(places, scratch) | FIXED)
    try:
        yield
    finally:
        for name in os.environ.keys() - before.keys():
            del os.environ[name]  # argostranslate adds one of its own
        os.environ.update(before)


@contextmanager
def _stand_ins() -> Iterator[None]:
    before = {name: sys.modules.get(name) for name in _STOOD_IN_FOR}
    modules = {name: ModuleType(name) for name in _STOOD_IN_FOR}
    vars(modules["minisbd"]).update(SBDetect=None, models=modules["minisbd.models"])
    vars(modules["minisbd.models"]).update(cache_dir="", list_models=lambda: ["ar", "en"])
    sys.modules.update(modules)
    try:
        yield
    finally:
        for name, module in before.items():
            if module is None:
                sys.modules.pop(name, None)
            else:
                sys.modules[name] = module
