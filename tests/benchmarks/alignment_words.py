"""Make ``corpus/data/alignment_words.tsv`` anew: ``uv run python tests/benchmarks/alignment_words.py``.

Needs ../shared/train: the words are learned from the sentence pairs in press style that were written for this project
(``S_written_news.tsv.gz``, CC0), of which none is in the texts that alignment is measured on.
"""

from __future__ import annotations

import gzip
from collections import Counter
from pathlib import Path

from corpus.alignment.items import stems
from corpus.alignment.lexicon import learned_words

ROOT = Path(__file__).parents[2]
PAIRS = ROOT.parent / "shared" / "train" / "S_written_news.tsv.gz"
WORDS = ROOT / "corpus" / "data" / "alignment_words.tsv"
HEADER = "# Stems of Arabic words and of the English words they go with, the most frequent first. Made; CC0 1.0.\n"
FEWEST = 8  # rarer ones double the file, and what they gain cannot be measured


def main() -> None:
    rows = (line.split("\t") for line in gzip.decompress(PAIRS.read_bytes()).decode().splitlines())
    pairs = [(stems(arabic), stems(english)) for arabic, english, *_ in rows]
    arabic, english = (Counter(stem for pair in pairs for stem in pair[side]) for side in (0, 1))
    lines = []
    for source, targets in learned_words(pairs).forward.items():
        if kept := sorted(target for target in targets if min(arabic[source], english[target]) >= FEWEST):
            lines.append((-arabic[source], f"{source}\t{' '.join(kept)}\n"))
    WORDS.write_text(HEADER + "".join(line for _, line in sorted(lines)), encoding="utf-8", newline="\n")
    print(f"{len(lines)} stems, {WORDS.stat().st_size} bytes")


if __name__ == "__main__":
    main()
