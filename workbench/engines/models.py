"""Fetch the model for two languages, and keep in the settings what it was, so that it cannot become another unseen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from workbench.settings import load_settings, save_pin

if TYPE_CHECKING:
    from workbench.engines.argos.download import Fetched
    from workbench.paths import Home


def fetch(
    home: Home,
    source_language: str,
    target_language: str,
    on_progress: Callable[[int, int], None],
    *,
    index: str | None = None,
    sha256: str = "",
) -> Fetched:
    """Fetch and install the newest package for two languages; ``on_progress`` gets (bytes done, bytes in all).

    What has been fetched once is pinned: the settings keep its SHA-256, and the same version with another is refused.
    ``sha256`` is what the package must have. Raise PackageError with nothing changed.
    """
    from workbench.engines.argos.download import INDEX, download  # the one module that knows the network

    fetched = download(
        source_language,
        target_language,
        home.models,
        on_progress,
        index=index or INDEX,
        pins=load_settings(home.settings).pins,
        sha256=sha256,
    )
    save_pin(home.settings, fetched.pin, fetched.sha256)
    return fetched
