"""Which engine drafts: one of Tarjama's own, or one that another package brings as an entry point.

An entry point of the group ``tarjama.engines`` names a function that takes an ``EngineRequest`` and returns an
``Engine``, or None when it cannot draft that pair of languages. Tarjama's own names go before those of others.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING

from corpus.errors import TarjamaError
from corpus.visible import visible
from workbench.errors import EngineError

if TYPE_CHECKING:
    from workbench.engines.protocol import Engine
    from workbench.paths import Home
    from workbench.settings import Settings

GROUP = "tarjama.engines"
"""The group of entry points that add engines."""


@dataclass(frozen=True, slots=True)
class EngineRequest:
    """What an engine is made for: a pair of languages, with the user's settings and the folders of Tarjama."""

    home: Home
    settings: Settings
    source_language: str
    target_language: str


MakeEngine = Callable[[EngineRequest], "Engine | None"]


def choose_engine(
    home: Home, settings: Settings, source_language: str, target_language: str, name: str = ""
) -> Engine | None:
    """Return the engine called ``name``, or else that of the settings, not yet loaded; None when it lacks a model.

    Raise EngineError when there is no engine of that name or it is broken, SegmentationError when the user's
    segmentation rules cannot be read.
    """
    request = EngineRequest(home, settings, source_language, target_language)
    wanted = name or settings.engine
    if make := _OWN.get(wanted):
        return make(request)
    points = _entry_points()
    if point := points.get(wanted):
        return _made(point, request)
    names = [*_OWN, *points]
    nearest = get_close_matches(wanted, names, n=1)
    hint = f"Did you mean “{nearest[0]}”? " if nearest else ""
    raise EngineError(f"There is no engine called “{visible(wanted)}”.", f"{hint}The engines: {', '.join(names)}.")


def engine_names() -> list[str]:
    """Return the names of all engines, those that cannot be loaded among them."""
    return [*_OWN, *_entry_points()]


def _entry_points() -> dict[str, EntryPoint]:
    return {point.name: point for point in entry_points(group=GROUP) if point.name not in _OWN}


def _made(point: EntryPoint, request: EngineRequest) -> Engine | None:
    from workbench.engines.guard import GuardedEngine, broken

    try:
        engine: Engine | None = point.load()(request)
    except TarjamaError:
        raise
    except Exception as error:  # another's code may fail in any way
        raise broken(point.name, error, point.dist.name if point.dist else "") from error
    return None if engine is None else GuardedEngine(point.name, engine)


def _argos(request: EngineRequest) -> Engine | None:
    from workbench.engines.argos.engine import ArgosEngine  # loaded when a draft is wanted
    from workbench.engines.argos.packages import choose
    from workbench.segmentation import SegmentationRules

    package = choose(request.home.models, request.source_language, request.target_language)
    if package is None:
        return None
    return ArgosEngine(
        package,
        beam_size=request.settings.beam_size,
        threads=request.settings.threads or None,
        device=request.settings.device,
        segmenter=SegmentationRules(request.home).segmenter(),
    )


def _libretranslate(request: EngineRequest) -> Engine:
    import os

    from workbench.engines.libretranslate import KEY_VARIABLE, LibreTranslateEngine
    from workbench.segmentation import SegmentationRules

    return LibreTranslateEngine(
        request.settings.libretranslate_url,
        request.source_language,
        request.target_language,
        key=os.environ.get(KEY_VARIABLE, ""),
        segmenter=SegmentationRules(request.home).segmenter(),
    )


_OWN: dict[str, MakeEngine] = {"argos": _argos, "libretranslate": _libretranslate}
