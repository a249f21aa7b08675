"""Which engine drafts: the best model installed for a language pair, the bundled gloss when there is no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.errors import EngineError, PackageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from workbench.engines.argos.packages import ModelPackage
    from workbench.engines.cluster.engine import ClusterEngine, Roll
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
    from workbench.engines.pivot import PivotEngine
    from workbench.segmentation import SegmentationRules

    packages = route(home.models, source_language, target_language, _wanted(settings, model))
    _require(model, packages, source_language, target_language)
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


def choose_cluster(
    address: str,
    home: Home,
    settings: Settings,
    source_language: str,
    target_language: str,
    on_answer: Callable[[Roll], None],
    *,
    model: str = "",
) -> ClusterEngine | None:
    """Return what drafts on the workers of the Dask cluster at ``address`` as this machine would; None as above.

    Raise EngineError when the cluster extra is not installed, the address is none, or the files of the package here are
    not those that were installed.
    """
    from importlib.util import find_spec

    if find_spec("distributed") is None:
        raise EngineError("Drafting on a cluster needs Dask.", "Install it: `pip install 'tarjama[cluster]'`.")
    from workbench.engines.argos.choosing import choose
    from workbench.engines.argos.engine import ArgosEngine
    from workbench.engines.argos.packages import fingerprint
    from workbench.engines.cluster.engine import ClusterEngine
    from workbench.segmentation import SegmentationRules

    package = choose(home.models, source_language, target_language, _wanted(settings, model))
    _require(model, (package,) if package else (), source_language, target_language)
    if package is None:
        return None
    identity = ArgosEngine(package).identity
    if fingerprint(package.path) != identity.sha256:
        raise EngineError(
            f"The files of {package.name} are not those that were installed.", "Remove it and install it again."
        )
    rules = SegmentationRules(home).rules()
    return ClusterEngine(address, identity, beam_size=settings.beam_size, rules=rules, on_answer=on_answer)


def _wanted(settings: Settings, model: str) -> list[str]:
    return [*([model] if model else []), *settings.models.split()]


def _require(model: str, packages: Sequence[ModelPackage], source_language: str, target_language: str) -> None:
    from workbench.engines.argos.packages import is_called

    if model and not any(is_called(package.full_name, model) for package in packages):
        raise PackageError(
            f"No model called “{model}” drafts {source_language} to {target_language} here.",
            "`tarjama models list` shows the names.",
        )
