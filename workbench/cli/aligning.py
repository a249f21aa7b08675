"""The command that aligns a text with its translation."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.visible import visible
from workbench.cli.context import AS_JSON, print_json
from workbench.errors import WorkbenchError
from workbench.paths import Home

if TYPE_CHECKING:
    from corpus.alignment import AlignedPair
    from workbench.alignment import AlignedFiles

_SHOWN_LETTERS, _SHOWN_PAIRS = 70, 20


@click.command
@click.argument("arabic_file", type=click.Path(path_type=Path))
@click.argument("english_file", type=click.Path(path_type=Path))
@click.option("--out", "-o", type=click.Path(path_type=Path), help="Write the pairs: FILE.tmx, .tsv, .jsonl or .html.")
@click.option("--memory", "into_memory", is_flag=True, help="Put the pairs that are not doubtful into your memory.")
@click.option("--sentences/--paragraphs", default=True, help="What the pairs are; by default sentences.")
@click.option("--glossary", type=click.Path(path_type=Path), help="Glossary that helps; by default the shared one.")
@click.option(
    "--review-below",
    type=click.FloatRange(0, 1),
    default=0.5,
    show_default=True,
    help="Pairs of a lower score are doubtful.",
)
@AS_JSON
@click.pass_context
def align(
    context: click.Context,
    arabic_file: Path,
    english_file: Path,
    out: Path | None,
    into_memory: bool,
    sentences: bool,
    glossary: Path | None,
    review_below: float,
    as_json: bool,
) -> None:
    """Align an Arabic text with its translation, and keep the pairs.

    Both files may be of any format that is imported. Exit code 1 when they do not seem to be translations of each
    other; nothing goes into the memory then.
    """
    from workbench.alignment import align_files, exporter_for, remember, write_pairs

    home = Home.from_environment()
    if out is not None:
        exporter_for(out)
    if str(arabic_file) == str(english_file):
        raise WorkbenchError("A file is no translation of itself.", "Name the Arabic file, then the English one.")
    if glossary is None and home.glossary.exists():
        glossary = home.glossary
    if sys.stderr.isatty():
        click.echo("Aligning…", err=True)
    aligned = align_files(
        arabic_file, english_file, glossary=glossary, by_paragraphs=not sentences, review_below=review_below
    )
    is_sound = aligned.texts.are_translations
    if out is not None:
        write_pairs(aligned, out)
    remembered = remember(aligned, home.memory, _author(home)) if into_memory and is_sound else 0
    if as_json:
        print_json(_report(aligned, out, remembered))
    else:
        click.echo("\n".join(_lines(aligned, out, remembered if into_memory else None)))
    if not is_sound:
        click.echo("Warning: these texts do not seem to be translations of each other.", err=True)
        context.exit(1)


def _author(home: Home) -> str:
    from workbench.session import user_name
    from workbench.settings import load_settings

    return load_settings(home.settings).author or user_name()


def _report(aligned: AlignedFiles, out: Path | None, remembered: int) -> dict[str, object]:
    texts = aligned.texts
    return {
        "source": {"name": aligned.source.name, "format": aligned.source.format, "sentences": texts.counts[0]},
        "target": {"name": aligned.target.name, "format": aligned.target.format, "sentences": texts.counts[1]},
        "kinds": dict(texts.kinds.most_common()),
        "share": round(texts.share, 3),
        "are_translations": texts.are_translations,
        "doubtful": len(aligned.doubtful),
        "out": str(out) if out else None,
        "remembered": remembered,
        "pairs": [
            {
                "kind": pair.bead.kind,
                "score": round(pair.bead.score, 3),
                "doubtful": pair.is_whole and aligned.is_doubtful(pair),
                "source": pair.source,
                "target": pair.target,
            }
            for pair in texts.pairs
        ],
    }


def _lines(aligned: AlignedFiles, out: Path | None, remembered: int | None) -> list[str]:
    texts, doubtful = aligned.texts, aligned.doubtful
    kinds = ", ".join(f"{count} of {kind}" for kind, count in texts.kinds.most_common())
    names = (aligned.source.name, aligned.target.name)
    alone = len(aligned.left_alone)
    lines = [
        "; ".join(f"{visible(name)}: {count} sentences" for name, count in zip(names, texts.counts, strict=True)),
        f"{len(aligned.pairs)} pairs, {len(doubtful)} of them doubtful; {alone} without a counterpart",
        f"Sentences: {kinds}",
        *(_pair_line(pair) for pair in doubtful[:_SHOWN_PAIRS]),
    ]
    if len(doubtful) > _SHOWN_PAIRS:
        lines.append(f"  and {len(doubtful) - _SHOWN_PAIRS} more; --json tells all")
    if out is not None:
        lines.append(f"Wrote {len(aligned.pairs)} pairs to {visible(str(out))}")
    if remembered is not None:
        lines.append(f"Put {remembered} pairs into the memory")
    return lines


def _pair_line(pair: AlignedPair) -> str:
    source, target = _shortened(pair.source), _shortened(pair.target)
    return f"  {pair.bead.score:.2f} {pair.bead.kind} “{source}” = “{target}”"


def _shortened(text: str) -> str:
    return visible(text if len(text) <= _SHOWN_LETTERS else text[: _SHOWN_LETTERS - 1] + "…")
