"""Which package a cluster drafts with: the one that this machine would, whose files are sound."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from workbench.errors import EngineError

if TYPE_CHECKING:
    from workbench.engines.cluster.engine import ClusterEngine
    from workbench.engines.cluster.link import Roll
    from workbench.paths import Home
    from workbench.settings import Settings


def choose_cluster(
    address: str,
    home: Home,
    settings: Settings,
    source_language: str,
    target_language: str,
    on_answer: Callable[[Roll], None],
) -> ClusterEngine | None:
    """Return what drafts on the workers of the Dask cluster at ``address`` as this machine would; None as above.

    Raise EngineError when the cluster extra is not installed, the address is none, or the files of the package here are
    not those that were installed.
    """
    from importlib.util import find_spec

    if find_spec("distributed") is None:
        raise EngineError("Drafting on a cluster needs Dask.", "Install it: `pip install 'tarjama[cluster]'`.")
    from workbench.engines.argos.engine import ArgosEngine
    from workbench.engines.argos.packages import choose, fingerprint
    from workbench.engines.cluster.engine import ClusterEngine
    from workbench.segmentation import SegmentationRules

    package = choose(home.models, source_language, target_language)
    if package is None:
        return None
    identity = ArgosEngine(package, beam_size=settings.beam_size).identity
    if fingerprint(package.path) != identity.sha256:
        raise EngineError(
            f"The files of {package.name} are not those that were installed.", "Remove it and install it again."
        )
    rules = SegmentationRules(home).rules()
    return ClusterEngine(address, identity, beam_size=settings.beam_size, rules=rules, on_answer=on_answer)
