"""How fast drafts are, beside argostranslate as shipped: ``uv run python tests/benchmarks/draft_speed.py``.

Builds a package of full size, and drafts the same text with argostranslate.translate(), with Tarjama, and with
CTranslate2 alone, which gets all sentences at once. Every measurement runs in a process of its own. On a machine that
others use, compare processor time rather than wall time. ``--long 2000`` drafts a document of that many paragraphs,
too, and prints its memory as it goes on.

The text is that of ../shared/seeds where it is there, else the articles of the demo.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import full_size_package

from corpus.segmentation import sentences
from workbench.engines.argos.engine import ArgosEngine
from workbench.engines.argos.lean_import import import_argos
from workbench.engines.argos.packages import read_package
from workbench.settings import Settings

ROOT = Path(__file__).parents[2]
SEEDS = ROOT.parent / "shared" / "seeds"
DEMO = ROOT / "workbench" / "data" / "demo"
DEFAULT_BEAM = Settings().beam_size


def paragraphs() -> list[str]:
    files = sorted((SEEDS if SEEDS.exists() else DEMO).glob("*.txt"))
    lines = [line.strip() for path in files for line in path.read_text(encoding="utf-8").split("\n")]
    return [line for line in lines if line]


def words(texts: Sequence[str]) -> int:
    return sum(len(text.split()) for text in texts)


def digest(texts: Sequence[str]) -> str:
    # argostranslate writes spaces for underscores.
    return hashlib.sha256("\n".join(texts).replace("_", " ").encode()).hexdigest()[:12]


def megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << (20 if sys.platform == "darwin" else 10))


def shipped(folder: Path, texts: Sequence[str]) -> dict[str, object]:
    argos = import_argos()
    argos.settings.package_dirs = [folder.parent]

    class OurSplitter:
        """argostranslate's own needs the network."""

        def split_sentences(self, text: str) -> list[str]:
            return [text[span.start : span.end] for span in sentences(text)]

    argos.translate.get_translation_from_codes("ar", "en").underlying.sentencizer = OurSplitter()
    argos.translate.translate("من", "ar", "en")  # loads the model
    return timed(lambda: [argos.translate.translate(text, "ar", "en") for text in texts])


def ours(folder: Path, texts: Sequence[str], beam: int, device: str) -> dict[str, object]:
    engine = ArgosEngine(read_package(folder), beam_size=beam)
    model = engine.model()
    sentences("من")  # as the texts of a project have been read before
    first: list[float] = []

    def draft() -> list[str]:
        begun, drafts = time.perf_counter(), []
        for drafted in engine.draft(texts):
            drafts.append(drafted.text)
            first.append(time.perf_counter() - begun) if not first else None
        return drafts

    return {**timed(draft), "first": first[0], "on": f"{model.device} {model.compute_type} {model.threads} threads"}


def at_once(folder: Path, texts: Sequence[str], beam: int) -> dict[str, object]:
    """Decode with CTranslate2 alone, with sentences cut and encoded before the clock starts."""
    engine = ArgosEngine(read_package(folder), beam_size=beam)
    model = engine.model()
    sources = [model.encode(text[span.start : span.end]) for text in texts for span in sentences(text)]

    def decode() -> list[str]:
        results = model._translator.translate_batch(
            sources,
            beam_size=beam,
            length_penalty=0.2,
            max_batch_size=1024,
            batch_type="tokens",
            replace_unknowns=True,
            return_scores=True,
        )
        return [model.decode_tokens(result.hypotheses[0]) for result in results]

    return timed(decode)


def long_document(folder: Path, texts: Sequence[str], beam: int, count: int) -> dict[str, object]:
    engine = ArgosEngine(read_package(folder), beam_size=beam)
    engine.model()
    document = [texts[number % len(texts)] for number in range(count)]
    begun, busy = time.perf_counter(), time.process_time()
    tenth = count // 10
    memory = [round(resident()) for drafted in engine.draft(document) if drafted.index % tenth == tenth - 1]
    return {
        "wall": time.perf_counter() - begun,
        "cpu": time.process_time() - busy,
        "memory": memory,
        "peak": megabytes(),
    }


def resident() -> float:
    """Return the memory in use now, where the system tells; else the most that was."""
    status = Path("/proc/self/status")
    if not status.exists():
        return megabytes()
    return int(status.read_text().split("VmRSS:")[1].split()[0]) / 1024


def timed(work: Callable[[], list[str]]) -> dict[str, object]:
    wall, cpu = time.perf_counter(), time.process_time()
    texts = work()
    return {
        "wall": time.perf_counter() - wall,
        "cpu": time.process_time() - cpu,
        "output": digest(texts),
        "peak": megabytes(),
    }


def measured(what: str, folder: Path, *arguments: object) -> dict[str, object]:
    command = [sys.executable, __file__, "--measure", what, "--package", str(folder), *map(str, arguments)]
    return dict(json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))


def compare(folder: Path, texts: Sequence[str], repeats: int, device: str) -> None:
    count = words(texts)
    print(f"{len(texts)} paragraphs, {count} words; the best of {repeats} runs each\n")
    print(f"{'':34}{'words/s':>9}{'faster':>8}{'CPU s':>8}{'CPU ratio':>10}{'peak MB':>9}  output")

    def best(what: str, *arguments: object) -> dict[str, object]:
        runs = [measured(what, folder, *arguments) for _ in range(repeats)]
        return {**min(runs, key=lambda run: run["wall"]), "cpu": min(run["cpu"] for run in runs)}

    base: dict[str, object] = {}

    def show(name: str, run: dict[str, object]) -> None:
        wall, cpu = run["wall"] / base["wall"], run["cpu"] / base["cpu"]
        print(
            f"{name:34}{count / run['wall']:9.0f}{1 / wall:7.1f}x{run['cpu']:8.1f}{1 / cpu:9.1f}x{run['peak']:9.0f}"
            f"  {run['output']}"
        )

    base |= best("shipped")
    show("argostranslate.translate(), beam 4", base)
    for beam in (4, DEFAULT_BEAM, 1):
        run, alone = best("ours", "--beam", beam, "--device", device), best("at-once", "--beam", beam)
        show(f"Tarjama, beam {beam}", run)
        show(f"CTranslate2, all at once, beam {beam}", alone)
        share = f"{alone['wall'] / run['wall']:.0%} of CTranslate2's speed, {alone['cpu'] / run['cpu']:.0%} by CPU"
        print(f"    {run['on']}; first paragraph after {run['first']:.2f} s; {share}")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--package", type=Path)
    parser.add_argument("--measure", choices=["shipped", "ours", "at-once", "long"])
    parser.add_argument("--beam", type=int, default=DEFAULT_BEAM)
    parser.add_argument("--device", default="auto")
    parser.add_argument("--repeats", type=int, default=2)
    parser.add_argument("--long", type=int, default=0)
    options = parser.parse_args()
    texts = paragraphs()
    if options.measure:
        work = {
            "shipped": lambda: shipped(options.package, texts),
            "ours": lambda: ours(options.package, texts, options.beam, options.device),
            "at-once": lambda: at_once(options.package, texts, options.beam),
            "long": lambda: long_document(options.package, texts, options.beam, options.long),
        }
        print(json.dumps(work[options.measure]()))
        return
    with tempfile.TemporaryDirectory() as scratch:
        begun = time.perf_counter()
        folder = options.package or full_size_package.build(Path(scratch), texts)
        print(f"the package was made in {time.perf_counter() - begun:.1f} s")
        compare(folder, texts, options.repeats, options.device)
        if options.long:
            run = measured("long", folder, "--beam", options.beam, "--long", options.long)
            print(
                f"\n{options.long} paragraphs, beam {options.beam}: {run['wall']:.0f} s, {run['cpu']:.0f} CPU s;",
                "memory",
                end=" ",
            )
            print(*run["memory"], f"MB after every tenth, at most {run['peak']:.0f} MB")


if __name__ == "__main__":
    main()
