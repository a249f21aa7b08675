"""How good drafts are: BLEU, chrF and TER of installed packages, beside the recorded drafts of six other engines.

Run: ``uv run python tests/benchmarks/draft_quality.py [PACKAGE ...] [--set flores200-devtest] [--limit N]``. A package
is the name of an installed one or a folder; without any the bundled gloss is measured. Needs ../shared/eval. The six
were given another release of the Arabic of FLORES (119 lines of 1,012 differ); packages are given that one, too, so
that the rows compare. Words a second are those of the source, with the time for loading left out.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path

from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF
from sacrebleu.metrics.ter import TER

from workbench.engines.argos.engine import ArgosEngine
from workbench.engines.argos.packages import ModelPackage, bundled, installed, read_package
from workbench.paths import Home

SHARED = Path(__file__).parents[3] / "shared" / "eval"
SETS = ("flores200-devtest", "ntrex128-dev", "tico19-test")
RECORDED = ("argos", "opusmt", "nllb", "bergamot-base", "microsoft", "google")
METRICS = (BLEU(), CHRF(), TER())


def lines(name: str, limit: int | None) -> list[str]:
    return (SHARED / name).read_text(encoding="utf-8").splitlines()[:limit]


def find_package(name: str) -> ModelPackage:
    if Path(name).is_dir():
        return read_package(Path(name))
    known = {package.name: package for package in (*bundled(), *installed(Home.from_environment().models))}
    if name not in known:
        raise SystemExit(f"There is no package “{name}”. Installed: {', '.join(known) or 'none'}.")
    return known[name]


def draft(package: ModelPackage, sources: Sequence[str], beam_size: int) -> tuple[list[str], float]:
    """Return the drafts, and the words a second."""
    engine = ArgosEngine(package, beam_size=beam_size)
    list(engine.draft(sources[:1]))  # loads the model
    start = time.perf_counter()
    texts = [one.text for one in engine.draft(sources)]
    seconds = time.perf_counter() - start
    engine.close()
    return texts, sum(len(source.split()) for source in sources) / seconds


def row(label: str, drafts: Sequence[str], references: Sequence[str], speed: float | None = None) -> None:
    scores = (metric.corpus_score(drafts, [references]).score for metric in METRICS)
    words = f"{speed:12,.0f}" if speed else f"{'recorded':>12}"
    print(f"{label:<34}" + "".join(f"{score:8.2f}" for score in scores) + words, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("packages", nargs="*", default=[package.name for package in bundled()])
    parser.add_argument("--set", action="append", choices=SETS, dest="sets", help="by default all")
    parser.add_argument("--limit", type=int, help="only the first lines of each set")
    parser.add_argument("--beam", type=int, default=2, help="beam size")
    given = parser.parse_args()
    packages = [find_package(name) for name in given.packages]
    for name in given.sets or SETS:
        is_flores = name == SETS[0]
        sources = lines(f"{name}.engines-source.ar" if is_flores else f"{name}.ar", given.limit)
        references = lines(f"{name}.en", given.limit)
        print(f"\n{name}, {len(sources)} lines{'':<12}{'BLEU':>8}{'chrF':>8}{'TER':>8}{'words/s':>12}")
        for package in packages:
            row(f"{package.name} {package.version}", *draft_and_references(package, sources, references, given.beam))
        for engine in RECORDED if is_flores else ():
            row(engine, lines(f"{name}.{engine}.en", given.limit), references)
    print()
    for metric in METRICS:
        print(f"{type(metric).__name__}: {metric.get_signature()}")


def draft_and_references(
    package: ModelPackage, sources: Sequence[str], references: Sequence[str], beam_size: int
) -> tuple[list[str], Sequence[str], float]:
    texts, speed = draft(package, sources, beam_size)
    return texts, references, speed


if __name__ == "__main__":
    main()
