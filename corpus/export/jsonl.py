"""JSON Lines: one object a line."""

from __future__ import annotations

import json
from typing import BinaryIO

from corpus.export.records import record
from corpus.pairs import Bilingual


class JsonLines:
    """For programs; every line stands alone, so it names the languages too."""

    name = "jsonl"
    suffix = ".jsonl"
    purpose = "for programs, one object a line"

    def write(self, bilingual: Bilingual, stream: BinaryIO) -> None:
        """Write one object a pair, Arabic readable as it is."""
        languages = {"source_language": bilingual.source_language, "target_language": bilingual.target_language}
        for pair in bilingual.pairs:
            line = json.dumps({**record(pair), **languages}, ensure_ascii=False)
            # JSON may hold U+2028 and U+2029 raw, but many programs that read by lines would break a record there.
            line = line.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").replace("\u0085", "\\u0085")
            stream.write(line.encode("utf-8", "surrogatepass") + b"\n")
