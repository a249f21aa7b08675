"""TBX, the termbase exchange format (ISO 30042): versions 2 and 3 read, version 3 written.

``vocabulary`` says which data categories there are and what each dialect allows, ``plain`` brings all versions and
styles into one form, ``notes`` writes into notes what a dialect has no category for.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from glossary.exchange.termbase import ReadOptions, Termbase, WriteOptions, Written
from glossary.model import Concept


class Tbx:
    """For other terminology tools; holds everything a concept has."""

    name = "tbx"
    suffixes = (".tbx", ".xml", ".martif")

    def open(self, path: Path, options: ReadOptions) -> Termbase:
        """Open a termbase; all of it is looked through once, so that what is not TBX is refused here."""
        from glossary.exchange.tbx.reading import open_tbx

        return open_tbx(path, self.name, options)

    def write(self, concepts: Iterable[Concept], stream: BinaryIO, options: WriteOptions) -> Written:
        """Write TBX version 3 in the dialect and style that ``options`` ask for."""
        from glossary.exchange.tbx.writing import write_tbx

        return write_tbx(concepts, stream, options)
