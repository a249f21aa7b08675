"""What the workers of a cluster are asked to do alike, and what they answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.segmentation.rules import RuleSet
from workbench.engines.protocol import DraftedText

_BATCH_CHARACTERS = 4000
"""About 700 Arabic words, a second of a core with a full-size model: long beside the milliseconds of sending a batch,
short enough that a dead worker costs little."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How to draft, so that every worker gives what the machine at home would give.

    ``sha256`` is the fingerprint of the package's files; ``tarjama`` the version of this program; ``run`` names one
    drafting run among those of everybody who uses the cluster.
    """

    run: str
    tarjama: str
    package: str
    sha256: str
    beam_size: int
    rules: RuleSet

    @property
    def resource(self) -> str:
        """The abstract Dask resource that only a worker offers which has proved that it can follow the plan."""
        return f"tarjama-{self.run}"


@dataclass(frozen=True, slots=True)
class Batch:
    """Whole paragraphs for one worker at a time; ``start`` is the index of the first among all."""

    start: int
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The drafts of a batch, with indices in it, from the worker at ``worker``, and the package they were made with."""

    worker: str
    sha256: str
    drafts: tuple[DraftedText, ...]


def batches_of(texts: Sequence[str]) -> Iterator[Batch]:
    """Yield ``texts`` in order in batches of about the same work; a text is never cut."""
    start, characters = 0, 0
    for index, text in enumerate(texts):
        if index > start and characters + len(text) > _BATCH_CHARACTERS:
            yield Batch(start, tuple(texts[start:index]))
            start, characters = index, 0
        characters += len(text)
    if start < len(texts):
        yield Batch(start, tuple(texts[start:]))
