"""Which engine drafts: the best model installed for a language pair, the bundled gloss when there is no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.errors import PackageError

if TYPE_CHECKING:
    from workbench.engines.protocol import Engine
    from workbench.paths import Home
    from workbench.settings import Settings


def choose_engine(
    home: Home, settings: Settings, source_language: str, target_language: str, *, model: str = ""
) -> Engine | None:
    """Return an engine for the pair, not yet loaded; None when no package for it is installed.

    Where no package translates directly, it drafts through English. ``model`` (NAME or NAME@VERSION) goes before those
    that the settings want; raise PackageError when it is none for the pair.

    It cuts texts by the user's segmentation rules; raise SegmentationError when they cannot be read.
    """
    from workbench.engines.argos.choosing import route
    from workbench.engines.argos.engine import ArgosEngine  # loaded when a draft is wanted
    from workbench.engines.argos.packages import is_called
    from workbench.engines.pivot import PivotEngine
    from workbench.segmentation import SegmentationRules

    wanted = [*([model] if model else []), *settings.models.split()]
    packages = route(home.models, source_language, target_language, wanted)
    if model and not any(is_called(package.full_name, model) for package in packages):
        raise PackageError(
            f"No model called “{model}” drafts {source_language} to {target_language} here.",
            "`tarjama models list` shows the names.",
        )
    engines = [
        ArgosEngine(
            package,
            beam_size=settings.beam_size,
            threads=settings.threads or None,
            segmenter=SegmentationRules(home).segmenter(),
        )
        for package in packages
    ]
    if len(engines) == 2:
        return PivotEngine(*engines)
    return engines[0] if engines else None
