"""Tab-separated values with a header; cells with tabs, quotes or line ends are quoted as in RFC 4180."""

from __future__ import annotations

from typing import BinaryIO

from corpus.delimited import delimited_line
from corpus.export.records import COLUMNS, record
from corpus.pairs import Bilingual


class Tsv:
    """For spreadsheets and scripts; a CSV reader with tab as delimiter gives every text back exactly."""

    name = "tsv"
    suffix = ".tsv"
    purpose = "for spreadsheets and scripts"

    def write(self, bilingual: Bilingual, stream: BinaryIO) -> None:
        """Write a header line and one record a pair."""
        stream.write(delimited_line(COLUMNS, "\t").encode())
        for pair in bilingual.pairs:
            line = delimited_line(map(str, record(pair).values()), "\t")
            stream.write(line.encode("utf-8", "surrogatepass"))
