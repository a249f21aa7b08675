"""How fast going on with a translation is, and how much typing it saves: ``draft_completion.py [SENTENCES]``.

Speed, on a package of full size: how long the first words, and the whole sentence, take from a key on, at every word of
a translation and in the middle of words, with and without a draft being made of a document beside it; how long linking
the words of a sentence takes, and how many of the links are right, which are all known there.

Savings, on ../shared/eval, where it is there: somebody types the reference, and takes the next word whenever what is
proposed has it. Each letter and each word taken is a key. With the gloss, from the draft alone and with the engine; and
with the full-size package as the most there can be, typing its own output.
"""

from __future__ import annotations

import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import full_size_package
import numpy as np

from corpus.arabic import words
from workbench.completing import first_word, rest_of_draft
from workbench.engines.argos.engine import ArgosEngine
from workbench.engines.argos.packages import bundled, read_package
from workbench.linking import links_between

SHARED = Path(__file__).parents[3] / "shared"
if not SHARED.exists():
    SHARED = Path(__file__).parents[2].parent / "shared"
DEMO = Path(__file__).parents[2] / "workbench" / "data" / "demo"

Proposer = Callable[[str], str]


def pairs(count: int) -> list[tuple[str, str]]:
    sides = [
        (SHARED / "eval" / f"flores200-devtest.{end}").read_text(encoding="utf-8").split("\n") for end in ("ar", "en")
    ]
    every = max(len(sides[0]) // count, 1)
    return [pair for pair in zip(*sides, strict=True) if pair[0].strip()][::every][:count]


def print_times(name: str, seconds: Sequence[float], processor: float) -> None:
    p50, p95 = (1000 * np.percentile(seconds, share) for share in (50, 95))
    share = 1000 * processor / len(seconds)
    print(
        f"{name:<58} {len(seconds):>5} times  p50 {p50:>4.0f} ms  p95 {p95:>4.0f} ms  processor {share:>4.0f} ms each"
    )


def measure_speed(engine: ArgosEngine, sentences: Sequence[str], name: str) -> None:
    first, whole, half = [], [], []
    processor = [0.0, 0.0]
    for sentence, draft in zip(sentences, engine.draft(sentences), strict=True):
        target = draft.text.split()
        for place in range(0, len(target), max(len(target) // 4, 1)):
            typed = "".join(f"{word} " for word in target[:place])
            before, begin = time.process_time(), time.perf_counter()
            answers = engine.complete(sentence, typed)
            next(answers, None)
            first.append(time.perf_counter() - begin)
            processor[0] += time.process_time() - before
            for _ in answers:
                pass
            whole.append(time.perf_counter() - begin)
            begin, before = time.perf_counter(), time.process_time()
            next(engine.complete(sentence, typed + "qu"), None)  # most likely no word begins so: the longest way
            half.append(time.perf_counter() - begin)
            processor[1] += time.process_time() - before
    print_times(f"{name}: first words", first, processor[0])
    print_times(f"{name}: first words from half a word nobody expects", half, processor[1])
    print_times(f"{name}: whole sentence", whole, 0.0)


def measure_links(engine: ArgosEngine, sentences: Sequence[str]) -> None:
    seconds, right, all_links = [], 0, 0
    before = time.process_time()
    for sentence, draft in zip(sentences, engine.draft(sentences), strict=True):
        begin = time.perf_counter()
        links = links_between(sentence, draft.text, engine.link_words)
        seconds.append(time.perf_counter() - begin)
        model = engine.model()
        source = model.encode_with_offsets(sentence)
        own = model.encode_target(draft.text)
        if len(own) != len(source):
            continue  # the text of a draft may be cut otherwise than it was made
        all_links += len(links)
        right += sum(is_right(link, source, own, draft.text) for link in links)
    print_times("linking the words of a sentence", seconds, time.process_time() - before)
    print(f"links that are right: {right} of {all_links}")


def is_right(link: object, source: Sequence[object], target: Sequence[str], text: str) -> bool:
    from workbench.engines.argos.word_links import places_of

    places = places_of(target, text)
    numbers = {n for n, span in enumerate(places) if span.start < link.target.end and link.target.start < span.end}
    return any(
        n in numbers and token.start < link.source.end and link.source.start < token.end
        for n, token in enumerate(source)
    )


def typed_with(reference: str, propose: Proposer) -> tuple[int, int]:
    """Return how many keys the reference takes, and how many characters it has."""
    text, keys, proposal = "", 0, propose("")
    while len(text) < len(reference):
        word = first_word(proposal)
        following = reference[len(text) :]
        if word.strip() and following.startswith(word) and not following[len(word) : len(word) + 1].isalnum():
            text += word
            proposal = proposal[len(word) :] or propose(text)
            keys += 1
        else:
            letter = following[0]
            text += letter
            keys += 1
            proposal = proposal[1:] if proposal.startswith(letter) and len(proposal) > 1 else propose(text)
    return keys, len(reference)


def measure_savings(name: str, engine: ArgosEngine, some: Sequence[tuple[str, str]], *, asks: bool) -> None:
    keys = characters = 0
    drafts = [draft.text for draft in engine.draft([source for source, _ in some])]
    for (source, reference), draft in zip(some, drafts, strict=True):

        def propose(typed: str, source: str = source, draft: str = draft) -> str:
            if asks and (answer := next(engine.complete(source, typed), None)) is not None:
                return answer.rest
            return rest_of_draft(draft, typed)

        took, length = typed_with(reference, propose)
        keys += took
        characters += length
    print(f"{name:<58} {len(some):>5} sentences, {characters} characters: {100 * (1 - keys / characters):.1f} % saved")


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 30
    some = pairs(count)
    sentences = [source for source, _ in some]
    with tempfile.TemporaryDirectory() as folder:
        package = full_size_package.build(Path(folder), sentences)
        engine = ArgosEngine(read_package(package))
        list(engine.complete(sentences[0], ""))  # loads the model
        print(f"full-size package, {count} sentences of {len([w for s in sentences for w in words(s)]) // count} words")
        measure_speed(engine, sentences, "alone")
        stop = threading.Event()
        other = threading.Thread(target=lambda: [0 for _ in engine.draft(sentences * 50, stop.is_set)])
        other.start()
        measure_speed(engine, sentences[: count // 2], "beside a draft")
        stop.set()
        other.join()
        measure_links(engine, sentences)
        own = [(source, draft.text) for source, draft in zip(sentences, engine.draft(sentences), strict=True)]
        few = own[: max(count // 5, 1)]
        measure_savings("full-size package, its own output, engine", engine, few, asks=True)
        measure_savings("full-size package, references, engine", engine, some[: max(count // 10, 1)], asks=True)
    gloss = ArgosEngine(bundled()[0])
    measure_savings("gloss, references, draft alone", gloss, some, asks=False)
    measure_savings("gloss, references, engine and draft", gloss, some, asks=True)


if __name__ == "__main__":
    main()
