"""A small package of our own, made in a moment by the builder of the gloss: word for word, so its output is known."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Collection, Mapping
from pathlib import Path

import numpy as np
import pytest
import sentencepiece

from workbench.engines.argos.gloss import network
from workbench.engines.argos.gloss.network import END, MAX_POSITIONS, START, UNKNOWN, write_network
from workbench.engines.argos.packages import ModelPackage, read_package

WORDS = {
    "قال": "said",
    "المتحدث": "spokesman",
    "في": "in",
    "المدينة": "city",
    "مساء": "evening",
    "الأحد": "Sunday",
    "من": "from",
    "هدنة": "truce",
    ".": ".",
    "؟": "?",
    "user_name": "user_name",
}


METADATA = {
    "package_version": "1.0",
    "argos_version": "1.0",
    "from_code": "ar",
    "from_name": "Arabic",
    "to_code": "en",
    "to_name": "English",
    "links": [],
}


@pytest.fixture(scope="session")
def tiny_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a package that knows ``WORDS``."""
    base = tmp_path_factory.mktemp("tiny")
    folder = base / "translate-ar_en-tiny"
    folder.mkdir()
    (base / "words.txt").write_text("\n".join(WORDS), encoding="utf-8")
    sentencepiece.SentencePieceTrainer.train(
        input=str(base / "words.txt"),
        model_prefix=str(base / "tiny"),
        model_type="word",
        vocab_size=100,
        hard_vocab_limit=False,
        character_coverage=1.0,
        minloglevel=2,
        num_threads=1,
    )
    (base / "tiny.model").rename(folder / "sentencepiece.model")
    processor = sentencepiece.SentencePieceProcessor(model_file=str(folder / "sentencepiece.model"))
    vocabulary = [processor.id_to_piece(index) for index in range(processor.get_piece_size())]
    (folder / "model").mkdir()
    write_network(folder / "model", {f"▁{ar}": f"▁{en}" for ar, en in WORDS.items()}, vocabulary)
    (folder / "metadata.json").write_text(json.dumps(METADATA), encoding="utf-8")
    return folder


@pytest.fixture
def tiny(tiny_folder: Path) -> ModelPackage:
    return read_package(tiny_folder)


@pytest.fixture
def pack(tiny_folder: Path, tmp_path: Path) -> Callable[..., Path]:
    """Return a function that zips the tiny package, with files changed, added or (None) left out."""

    def make(changes: dict[str, bytes | None] | None = None, *, top: str = "translate-ar_en-tiny") -> Path:
        contents: dict[str, bytes | None] = {
            f"{top}/{path.relative_to(tiny_folder).as_posix()}": path.read_bytes()
            for path in tiny_folder.rglob("*")
            if path.is_file()
        }
        contents |= changes or {}
        archive = tmp_path / "tiny.argosmodel"
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
            for name, data in contents.items():
                if data is not None:
                    file.writestr(name, data)
        return archive

    return make


# A model with a mind of its own: words that may be said in several ways, and words it cannot go on after.

# The model is so sure of the first sense that a row smaller by a hundredth is about 1.2 in log-probability less likely.
_STEP = 0.002


def build_senses(
    folder: Path, senses: Mapping[str, Collection[str]], *, english: str = "", derailing: str = ""
) -> None:
    """Write a package that says the first sense of each Arabic word, and holds the next ones a little less likely.

    ``english`` are further words it could say. After a word in ``derailing`` nothing is likely, as with a model that
    was made to say what does not fit. One tokenizer and one vocabulary serve both languages, as in Argos's packages.
    """
    folder.mkdir(parents=True)
    spoken = [*(sense for many in senses.values() for sense in many), *english.split(), *derailing.split()]
    words = list(dict.fromkeys([*senses, *spoken]))
    (folder / "words.txt").write_text("\n".join(words), encoding="utf-8")
    sentencepiece.SentencePieceTrainer.train(
        input=str(folder / "words.txt"),
        model_prefix=str(folder / "sentencepiece"),
        model_type="word",
        vocab_size=len(words) + 100,
        hard_vocab_limit=False,
        character_coverage=1.0,
        minloglevel=2,
        num_threads=1,
    )
    processor = sentencepiece.SentencePieceProcessor(model_file=str(folder / "sentencepiece.model"))
    vocabulary = [processor.id_to_piece(index) for index in range(processor.get_piece_size())]
    _write(folder / "model", senses, vocabulary, derailing.split())
    (folder / "metadata.json").write_text(json.dumps(METADATA), encoding="utf-8")


def _write(folder: Path, senses: Mapping[str, Collection[str]], vocabulary: list[str], derailing: list[str]) -> None:
    rows = {token: row for row, token in enumerate(vocabulary)}
    generator = np.random.default_rng(7)
    size, of_position = network._SIZE, network._HEAD_SIZE
    positions = np.zeros((MAX_POSITIONS, size), np.float32)
    positions[:, -of_position:] = network._balanced_codes(generator, MAX_POSITIONS, of_position)
    codes = np.zeros((len(vocabulary), size), np.float32)
    codes[:, :-of_position] = network._balanced_codes(generator, len(vocabulary), size - of_position)
    source = codes.copy()
    for arabic, many in senses.items():
        code = codes[rows[f"▁{next(iter(many))}"]].copy()
        source[rows[f"▁{arabic}"]] = code
        for number, sense in enumerate(many):
            codes[rows[f"▁{sense}"]] = code * np.float32(1 - number * _STEP)
    spec = network._specification(source, codes, positions)
    embeddings = np.zeros_like(codes)
    for word in derailing:  # drowns what the model sees of the source
        embeddings[rows[f"▁{word}"], -of_position:] = 1000 * positions[5, -of_position:]
    spec.decoder.embeddings.weight = embeddings
    spec.register_source_vocabulary(vocabulary)
    spec.register_target_vocabulary(vocabulary)
    spec.config.add_source_eos = True
    spec.config.decoder_start_token = START
    spec.config.unk_token, spec.config.bos_token, spec.config.eos_token = UNKNOWN, START, END
    spec.validate()
    spec.optimize(quantization="int8")
    folder.mkdir()
    spec.save(str(folder))


@pytest.fixture(scope="session")
def senses(tmp_path_factory: pytest.TempPathFactory) -> ModelPackage:
    """Return a package that would rather say bombing than pounding, and cannot go on after quarantine."""
    folder = tmp_path_factory.mktemp("senses") / "translate-ar_en-senses"
    known = {
        "قال": ["said"],
        "المتحدث": ["spokesman", "spokesperson"],
        "إن": ["that"],
        "القصف": ["bombing", "pounding"],
        "مستمر": ["continues"],
        "في": ["in"],
        "المدينة": ["city", "town"],
        ".": ["."],
    }
    build_senses(folder, known, english="shelling mortar the", derailing="quarantine")
    return read_package(folder)
