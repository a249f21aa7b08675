"""What suggestions cost and give: ``uv run python tests/benchmarks/term_candidates.py`` (needs ../shared).

The best candidates of real texts, to be judged by reading; then how long 100,000 segments and a report on 100,000
concepts take.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from collections.abc import Callable, Sized
from pathlib import Path

from glossary.candidates import find_candidates
from glossary.model import Concept, Term
from glossary.quality import examine

SHARED = Path(__file__).parents[3] / "shared"
SHOWN = 40


def segments(*paths: Path) -> list[tuple[str, str]]:
    return [
        (f"{path.name}:{number}", line)
        for path in paths
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
    ]


def show(name: str, texts: list[tuple[str, str]]) -> None:
    print(f"{name}: {len(texts)} segments")
    for rank, candidate in enumerate(find_candidates(texts, limit=SHOWN), start=1):
        print(f"  {rank:2} {candidate.kind.value:6} {candidate.count:4} {candidate.score:8.1f}  {candidate.text}")


def many(count: int) -> list[tuple[str, str]]:
    """Return segments of words drawn from real ones, so that the frequencies are those of a language."""
    words = [word for name in ("ntrex128-dev", "tico19-test", "flores200-devtest") for word in _words(name)]
    chance = random.Random(1)
    made = []
    for number in range(count):
        pieces = (chance.randrange(len(words) - 6) for _ in range(5))
        made.append((str(number), " ".join(word for start in pieces for word in words[start : start + 6])))
    return made


def _words(name: str) -> list[str]:
    return (SHARED / "eval" / f"{name}.ar").read_text(encoding="utf-8").split()


def _bare(word: str) -> str:
    return word.strip(".,;:!?،؛؟()[]«»“”\"'-–")


def concepts(count: int) -> list[Concept]:
    words = sorted({bare for name in ("ntrex128-dev", "tico19-test") for word in _words(name) if (bare := _bare(word))})
    text = (SHARED / "eval" / "tico19-test.en").read_text(encoding="utf-8")
    english = sorted({bare for word in text.split() if (bare := _bare(word))})
    chance = random.Random(2)

    def term(number: int, language: str, vocabulary: list[str]) -> Term:
        return Term(f"{language}{number}", language, " ".join(chance.sample(vocabulary, chance.randint(1, 3))))

    return [
        Concept(
            f"c{number}", domain="x", definition="x", terms=(term(number, "ar", words), term(number, "en", english))
        )
        for number in range(count)
    ]


def timed(name: str, work: Callable[[], Sized]) -> None:
    start, used = time.perf_counter(), time.process_time()
    found = len(work())
    spent = time.process_time() - used
    print(f"{name}: {found} in {time.perf_counter() - start:.1f} s ({spent:.1f} s of the processor)")


def main() -> None:
    show("seeds", segments(*sorted((SHARED / "seeds").glob("0*.txt"))))
    show("ntrex128-dev", segments(SHARED / "eval" / "ntrex128-dev.ar"))
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    texts = many(count)
    timed(f"candidates of {count} segments", lambda: find_candidates(texts))
    print(f"  memory at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MiB, the texts included")
    made = concepts(count)
    timed(f"report on {count} concepts", lambda: examine(made))


if __name__ == "__main__":
    main()
