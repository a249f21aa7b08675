"""An engine of somebody else behind a fence: what it does wrong is told in words, and ends nothing but the draft."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from corpus.errors import TarjamaError
from corpus.visible import visible
from workbench.engines.protocol import DraftedText, Engine, ModelIdentity, host_of
from workbench.errors import EngineError


def broken(name: str, error: BaseException, package: str = "") -> EngineError:
    """Return what to raise when the engine ``name``, which ``package`` brings, has raised ``error``."""
    origin = f" (from the package {visible(package)})" if package else ""
    reason = visible(f"{type(error).__name__}: {error}").strip()
    return EngineError(
        f"The engine “{visible(name)}”{origin} is broken: {reason}.",
        "Ask its author, or choose another engine in the settings. Nothing was changed.",
    )


class GuardedEngine:
    """Hand on what ``engine`` does, once it is seen to be what an engine may do."""

    def __init__(self, name: str, engine: Engine) -> None:
        self._name = name
        self._engine = engine

    @property
    def identity(self) -> ModelIdentity:
        """Say which model this is."""
        try:
            identity = self._engine.identity
        except TarjamaError:
            raise
        except Exception as error:
            raise broken(self._name, error) from error
        if not isinstance(identity, ModelIdentity):
            raise broken(self._name, TypeError("its identity is not a ModelIdentity"))
        return identity

    @property
    def host(self) -> str:
        """Where the texts are sent; empty for an engine on this machine."""
        return host_of(self._engine)

    def draft(self, texts: Sequence[str], cancelled: Callable[[], bool] = lambda: False) -> Iterator[DraftedText]:
        """Yield the engine's drafts as they come; raise EngineError for one that cannot be right."""
        try:
            for expected, drafted in enumerate(self._engine.draft(texts, cancelled)):
                _require_sound(drafted, expected, texts)
                yield drafted
        except TarjamaError:
            raise
        except Exception as error:
            raise broken(self._name, error) from error

    def close(self) -> None:
        """Free the model's memory."""
        try:
            self._engine.close()
        except TarjamaError:
            raise
        except Exception as error:
            raise broken(self._name, error) from error


def _require_sound(drafted: object, expected: int, texts: Sequence[str]) -> None:
    """Raise TypeError or ValueError for what cannot be the draft of ``texts[expected]``."""
    if not isinstance(drafted, DraftedText) or not isinstance(drafted.text, str):
        raise TypeError("a draft is not a DraftedText")
    if drafted.index != expected or expected >= len(texts):
        raise ValueError(f"draft {drafted.index} came where {expected} was awaited")
    position = 0
    for piece in drafted.pieces:
        if not position <= piece.start <= piece.end <= len(texts[expected]):
            raise ValueError(f"a piece of draft {expected} lies outside its text, or before the piece before it")
        position = piece.end
