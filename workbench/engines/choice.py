"""Which engine drafts: the best model installed for a language pair, the bundled gloss when there is no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workbench.engines.protocol import Engine
    from workbench.paths import Home
    from workbench.settings import Settings


def choose_engine(home: Home, settings: Settings, source_language: str, target_language: str) -> Engine | None:
    """Return an engine for the pair, not yet loaded; None when no package for it is installed.

    It cuts texts by the user's segmentation rules; raise SegmentationError when they cannot be read.
    """
    from workbench.engines.argos.engine import ArgosEngine  # loaded when a draft is wanted
    from workbench.engines.argos.packages import choose
    from workbench.segmentation import SegmentationRules

    package = choose(home.models, source_language, target_language)
    if package is None:
        return None
    return ArgosEngine(
        package,
        beam_size=settings.beam_size,
        threads=settings.threads or None,
        segmenter=SegmentationRules(home).segmenter(),
    )
