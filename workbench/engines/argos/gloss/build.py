"""Build the gloss package from the lexicon: ``python -m workbench.engines.argos.gloss.build`` (in the repository).

The result is the same, byte for byte, whenever and wherever it is built with the same versions of the libraries.
"""

from __future__ import annotations

import contextlib
import io
import json
import shutil
import tempfile
from importlib.resources import files
from pathlib import Path

from workbench.engines.argos.gloss.lexicon import Entry, WordClass, read_lexicon
from workbench.engines.argos.gloss.network import write_network
from workbench.engines.argos.gloss.spelling import kept_together, normalization_rules
from workbench.engines.argos.gloss.surface import surface_forms
from workbench.engines.argos.packages import record_fingerprint
from workbench.errors import EngineError

DATA = Path(str(files("workbench"))) / "data" / "gloss"
NAME = "translate-ar_en-gloss"
LEXICONS = ("core.tsv", "derived.tsv")
"""The lexicon files; what the first says of a word goes before what the second says."""

_SPACE = "▁"
_METADATA = {
    "package_version": "1.0",
    "argos_version": "1.0",
    "from_code": "ar",
    "from_name": "Arabic",
    "to_code": "en",
    "to_name": "English",
    "links": [],
    "tarjama_kind": "gloss",
}
_README = """# Arabic-English gloss

Word for word, no translation: every known word is replaced by one English gloss, every other word is left as it is.
Built by hand from a lexicon, without training, so it cannot invent anything. CC0 1.0.
"""


def read_entries(folder: Path = DATA) -> list[Entry]:
    """Return the entries of all lexicon files, the more trusted first."""
    return [entry for name in LEXICONS for entry in read_lexicon(folder / name)]


def glosses(entries: list[Entry]) -> dict[str, str]:
    """Return the model's mapping from source tokens to target tokens, both with ``▁`` for a space before them."""
    marks = {entry.arabic for entry in entries if entry.word_class is WordClass.MARK}
    mapping: dict[str, str] = {}
    for arabic, english in surface_forms(entries).items():
        attached = arabic in marks and not english.startswith(" ")
        mapping[_SPACE + arabic] = ("" if attached else _SPACE) + english.strip().replace(" ", _SPACE)
    return mapping


def build(folder: Path, entries: list[Entry]) -> None:
    """Write the package into the new folder ``folder``; raise EngineError when a word is lost on the way."""
    mapping = glosses(entries)
    (folder / "model").mkdir(parents=True)
    pieces = _write_tokenizer(folder / "sentencepiece.model", sorted(mapping))
    if missing := sorted(mapping.keys() - set(pieces)):
        raise EngineError(f"{len(missing)} words are not in the vocabulary: {missing[:5]}.", "Mend the lexicon.")
    write_network(folder / "model", mapping, pieces)
    (folder / "metadata.json").write_text(json.dumps(_METADATA, indent=2) + "\n", encoding="utf-8", newline="\n")
    (folder / "README.md").write_text(_README, encoding="utf-8", newline="\n")
    record_fingerprint(folder)


def _write_tokenizer(path: Path, words: list[str]) -> list[str]:
    """Train a tokenizer of whole words on a list that has each word once; return its pieces."""
    import sentencepiece

    model = io.BytesIO()
    # The model keeps the path of its rules: a bare name in the current folder is the same wherever it is built.
    with tempfile.TemporaryDirectory() as scratch, contextlib.chdir(scratch):
        rules = Path("rules.tsv")
        rules.write_text(normalization_rules(), encoding="utf-8", newline="\n")
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter([word.removeprefix(_SPACE) for word in words]),
            model_writer=model,
            model_type="word",
            vocab_size=2 * len(words),
            hard_vocab_limit=False,
            character_coverage=1.0,
            normalization_rule_tsv=str(rules),
            user_defined_symbols=kept_together(),
            num_threads=1,
            minloglevel=2,
        )
    path.write_bytes(model.getvalue())
    processor = sentencepiece.SentencePieceProcessor(model_proto=model.getvalue())
    return [processor.id_to_piece(index) for index in range(processor.get_piece_size())]


def main() -> None:
    """Build the package in place of the one that is there."""
    with tempfile.TemporaryDirectory(dir=DATA) as scratch:
        built = Path(scratch) / NAME
        build(built, read_entries())
        shutil.rmtree(DATA / NAME, ignore_errors=True)
        built.rename(DATA / NAME)


if __name__ == "__main__":
    main()
