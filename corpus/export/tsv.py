"""Tab-separated values with a header; cells with tabs, quotes or line ends are quoted as in RFC 4180."""

from __future__ import annotations

import csv
import io
from typing import BinaryIO

from corpus.export.records import COLUMNS, record
from corpus.pairs import Bilingual


class Tsv:
    """For spreadsheets and scripts; a CSV reader with tab as delimiter gives every text back exactly."""

    name = "tsv"
    suffix = ".tsv"
    purpose = "for spreadsheets and scripts"

    def write(self, bilingual: Bilingual, stream: BinaryIO) -> None:
        """Write a header line and one record a pair."""
        text = io.TextIOWrapper(stream, encoding="utf-8", errors="surrogatepass", newline="", write_through=True)
        writer = csv.DictWriter(text, COLUMNS, delimiter="\t", lineterminator="\n")
        writer.writeheader()
        writer.writerows(record(pair) for pair in bilingual.pairs)
        text.detach()
