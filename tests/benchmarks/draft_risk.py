"""Does the risk of a draft tell how bad it is? ``uv run python tests/benchmarks/draft_risk.py [--fit]``.

Needs ../shared/eval: the recorded drafts of six engines and the text that they drafted. FLORES has its sentences in the
order of its articles, so that the first half of its lines and the second share none but the one at the cut. Weights are
fitted on the first half and the four open engines only; ``--fit`` writes them to corpus/data/risk.json. All else is
held out. Scoring with TER takes a minute the first time.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Sequence
from functools import cache
from math import nan
from pathlib import Path

import numpy as np
from sacrebleu.metrics.chrf import CHRF
from sacrebleu.metrics.ter import TER

from corpus.model import Piece
from corpus.risk.features import FEATURES, Measured, measure, together
from corpus.risk.flags import flags_of
from corpus.risk.learning import learned_model, share_changed
from corpus.risk.model import RiskModel, shipped_model
from corpus.risk.weighing import weigh

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "eval"
OPEN, CLOSED = ("argos", "opusmt", "nllb", "bergamot-base"), ("microsoft", "google")
ENGINES = (*OPEN, *CLOSED)
# What does not occur in these drafts cannot be fitted: the weight that it has is set by hand, for one unit as here.
BY_HAND = {
    "score": (0.35, 0.5, 0.3),
    "attention": (0.3, 0.1, 0.1),
    "capped": (1.5, 0.0, 1.0),
    "numbers": (0.6, 0.0, 1.0),  # a TER takes a wrong number for one word of many
    "copied": (3.0, 0.0, 1.0),
    "arabic": (0.8, 0.0, 1.0),
    "repeats": (0.4, 0.0, 0.1),
    "unlike-length": (0.6, 0.0, 0.25),
}


def lines(name: str) -> list[str]:
    return (SHARED / name).read_text(encoding="utf-8").splitlines()


@cache
def measured(engine: str) -> list[Measured]:
    sources = lines("flores200-devtest.engines-source.ar")
    return [measure(*pair) for pair in zip(sources, lines(f"flores200-devtest.{engine}.en"), strict=True)]


@cache
def scores(engine: str) -> tuple[np.ndarray, np.ndarray]:
    """Return TER (0 to 1 and more) and chrF of each sentence."""
    ter, chrf = TER(), CHRF()
    pairs = list(zip(lines(f"flores200-devtest.{engine}.en"), lines("flores200-devtest.en"), strict=True))
    edits = [ter.sentence_score(draft, [reference]).score / 100 for draft, reference in pairs]
    return np.array(edits), np.array([chrf.sentence_score(draft, [reference]).score for draft, reference in pairs])


def ranks(values: Sequence[float]) -> np.ndarray:
    _, place, counts = np.unique(np.asarray(values), return_inverse=True, return_counts=True)
    return (np.cumsum(counts) - (counts - 1) / 2)[place]


def spearman(one: Sequence[float], other: Sequence[float]) -> float:
    first, second = ranks(one), ranks(other)
    return float(np.corrcoef(first, second)[0, 1]) if first.std() and second.std() else nan


def halves() -> tuple[slice, slice]:
    half = len(lines("flores200-devtest.en")) // 2
    return slice(0, half), slice(half, None)


def beginning(engines: Sequence[str], part: slice) -> RiskModel:
    """Return the model to begin with: each feature in units of how it is spread, no weights but those by hand."""
    values = np.array([one.values for engine in engines for one in measured(engine)[part]], dtype=float)
    with np.errstate(all="ignore"):
        centers, scales = values.mean(0), values.std(0)
    rows = [BY_HAND.get(name, (0.0, centers[place], scales[place] or 1.0)) for place, name in enumerate(FEATURES)]
    weights, centers, scales = zip(*rows, strict=True)
    return RiskModel(0.0, tuple(weights), tuple(map(float, centers)), tuple(map(float, scales)))


def fit(engines: Sequence[str], part: slice, kept: Sequence[str] = FEATURES) -> RiskModel:
    drafts = [one for engine in engines for one in measured(engine)[part]]
    start = beginning(engines, part)
    free = [name in kept and name not in BY_HAND for name in FEATURES]
    # A feature left out never varies, so that its weight stays what it is: none.
    still = [
        Measured(tuple(value if is_free else None for value, is_free in zip(one.values, free, strict=True)))
        for one in drafts
    ]
    return start.fitted(still, [float(edits) for engine in engines for edits in scores(engine)[0][part]])


def correlations(model: RiskModel, part: slice) -> tuple[list[float], list[float]]:
    by_ter, by_chrf = [], []
    for engine in ENGINES:
        risks = [model.risk(one) for one in measured(engine)[part]]
        by_ter.append(spearman(risks, scores(engine)[0][part]))
        by_chrf.append(spearman(risks, scores(engine)[1][part]))
    risks = [model.risk(one) for engine in ENGINES for one in measured(engine)[part]]
    by_ter.append(spearman(risks, np.concatenate([scores(engine)[0][part] for engine in ENGINES])))
    by_chrf.append(spearman(risks, np.concatenate([scores(engine)[1][part] for engine in ENGINES])))
    return by_ter, by_chrf


def table() -> None:
    first, second = halves()
    print(f"{'Spearman of risk and TER':<44}" + "".join(f"{name[:9]:>10}" for name in (*ENGINES, "together")))
    linked = ("unexplained", "unrendered", "order")
    rows = [
        ("shipped, the half it was fitted on", shipped_model(), first),
        ("shipped, held-out half", shipped_model(), second),
        ("fitted on the second half, tried on the first", fit(OPEN, second), first),
        ("without word links, held-out half", fit(OPEN, first, [n for n in FEATURES if n not in linked]), second),
        ("word links alone, held-out half", fit(OPEN, first, linked), second),
    ]
    for label, model, part in rows:
        by_ter, by_chrf = correlations(model, part)
        print(f"{label:<44}" + "".join(f"{value:10.2f}" for value in by_ter))
        print(f"{'    chrF':<44}" + "".join(f"{value:10.2f}" for value in by_chrf))
    without = []
    for engine in ENGINES:
        model = fit([one for one in OPEN if one != engine], first)
        without.append(spearman([model.risk(one) for one in measured(engine)[second]], scores(engine)[0][second]))
    print(f"{'fitted without that engine, held-out half':<44}" + "".join(f"{value:10.2f}" for value in without))
    for name, place in ((name, place) for place, name in enumerate(FEATURES)):
        found = [
            spearman([one.values[place] or 0.0 for one in measured(engine)], scores(engine)[0]) for engine in ENGINES
        ]
        print(f"    {name:<40}" + "".join(f"{value:10.2f}" for value in found))


def paragraphs(length: int = 4) -> None:
    """Join so many sentences to one draft: what a queue of paragraphs is ordered by."""
    _, second = halves()
    found = []
    for engine in ENGINES:
        one, edits = measured(engine)[second], scores(engine)[0][second]
        weights = [len(text) for text in lines("flores200-devtest.engines-source.ar")[second]]
        groups = [range(start, start + length) for start in range(0, len(one) - length + 1, length)]
        risks = [shipped_model().risk(together([(one[n], weights[n]) for n in group])) for group in groups]
        found.append(spearman(risks, [float(np.mean([edits[n] for n in group])) for group in groups]))
    print(f"{f'paragraphs of {length} sentences, held-out half':<44}" + "".join(f"{value:10.2f}" for value in found))


def calibration() -> None:
    _, second = halves()
    print("\nexpected and found share of words changed, held-out half, by fifths of the risk")
    for engine in ENGINES:
        risks = np.array([shipped_model().risk(one) for one in measured(engine)[second]])
        edits = np.minimum(scores(engine)[0][second], 1.0)
        fifths = np.array_split(np.argsort(risks), 5)
        print(f"  {engine:<16}" + "".join(f"  {risks[one].mean():.2f}/{edits[one].mean():.2f}" for one in fifths))


def histories() -> None:
    """Give a user's history of so many post-edited drafts, the references for want of real ones; try on the others."""
    _, second = halves()
    drafts = {engine: lines(f"flores200-devtest.{engine}.en")[second] for engine in ENGINES}
    finals = lines("flores200-devtest.en")[second]
    chance = random.Random(1)
    print("\nlearning from one's own history of one engine: Spearman, and mean |expected - found|, over 10 draws")
    for size in (0, 20, 40, 80, 160, 320):
        rhos, errors = [], []
        for engine in ENGINES:
            pairs = [
                (one, share_changed(*texts))
                for one, *texts in zip(measured(engine)[second], drafts[engine], finals, strict=True)
            ]
            for _ in range(10):
                mixed = chance.sample(pairs, len(pairs))
                model = learned_model(mixed[:size], shipped_model())
                risks = [model.risk(one) for one, _ in mixed[320:]]
                found = [share for _, share in mixed[320:]]
                rhos.append(spearman(risks, found))
                errors.append(abs(float(np.mean(risks)) - float(np.mean(found))))
        print(f"  {size:4} drafts: {np.mean(rhos):.3f}, {np.mean(errors):.3f}")


def spoiled(source: str, draft: str, kind: str, chance: random.Random) -> str:
    words = draft.split()
    half = len(words) // 2
    if kind == "half lost":
        return " ".join(words[:half])
    if kind == "tail repeated":
        return " ".join([*words[:half], *words[half - 3 : half] * 6])
    if kind == "source copied":
        return source
    if kind == "two words left Arabic":
        place = chance.randrange(len(words))
        return " ".join([*words[:place], *source.split()[:2], *words[place + 1 :]])
    return draft.translate(str.maketrans("1234567890", "2345678901"))


def planted() -> None:
    """Spoil one draft in twenty; tell how many of these are in the worst tenth of the queue, and how many flagged."""
    _, second = halves()
    sources = lines("flores200-devtest.engines-source.ar")[second]
    print("\none draft in twenty spoiled: share of these in the worst tenth of the queue; share flagged")
    for kind in ("half lost", "tail repeated", "source copied", "two words left Arabic", "other digits"):
        chance = random.Random(2)
        in_worst = total = flagged = 0
        for engine in ENGINES:
            drafts = lines(f"flores200-devtest.{engine}.en")[second]
            able = [n for n, text in enumerate(drafts) if spoiled(sources[n], text, kind, chance) != text]
            chosen = set(chance.sample(able, min(len(able), len(drafts) // 20)))
            queue = []
            for place, (source, draft) in enumerate(zip(sources, drafts, strict=True)):
                text = spoiled(source, draft, kind, chance) if place in chosen else draft
                weighed = weigh(source, text, (Piece(0, len(source), text),))
                queue.append((weighed.risk, place))
                flagged += place in chosen and bool(weighed.flags)
            worst = {place for _, place in sorted(queue, reverse=True)[: len(queue) // 10]}
            in_worst, total = in_worst + len(worst & chosen), total + len(chosen)
        print(f"  {kind:<24}{in_worst / total:6.2f}{flagged / total:8.2f}")


def flags() -> None:
    print("\ndrafts flagged in 100")
    for label, name in (*((engine, f"{engine}.en") for engine in ENGINES), ("human", "en")):
        source = "ar" if label == "human" else "engines-source.ar"
        pairs = zip(lines(f"flores200-devtest.{source}"), lines(f"flores200-devtest.{name}"), strict=True)
        found = [flags_of([measure(*pair)]) for pair in pairs]
        kinds = sorted({flag for flags in found for flag in flags})
        counts = ", ".join(f"{flag} {100 * sum(flag in flags for flags in found) / len(found):.1f}" for flag in kinds)
        print(f"  {label:<16}{100 * sum(map(bool, found)) / len(found):5.1f}   {counts}")


def cost() -> None:
    sources = lines("flores200-devtest.engines-source.ar")
    for engine in ENGINES[:2] + ENGINES[-1:]:
        drafts = lines(f"flores200-devtest.{engine}.en")
        start = time.process_time()
        for source, draft in zip(sources, drafts, strict=True):
            weigh(source, draft)
        print(f"weighing a draft ({engine}): {1e6 * (time.process_time() - start) / len(sources):.0f} microseconds")


def main() -> None:
    if "--fit" in sys.argv:
        first, _ = halves()
        (ROOT / "corpus" / "data" / "risk.json").write_text(fit(OPEN, first).dump(), encoding="utf-8", newline="\n")
        shipped_model.cache_clear()
    shipped_model()
    cost()
    measured.cache_clear()
    table()
    paragraphs()
    calibration()
    histories()
    planted()
    flags()


if __name__ == "__main__":
    main()
