"""A small package of our own, made in a moment by the builder of the gloss: word for word, so its output is known."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import sentencepiece

from workbench.engines.argos.gloss.network import write_network
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
    metadata = {
        "package_version": "1.0",
        "argos_version": "1.0",
        "from_code": "ar",
        "from_name": "Arabic",
        "to_code": "en",
        "to_name": "English",
        "links": [],
    }
    (folder / "metadata.json").write_text(json.dumps(metadata), encoding="utf-8")
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
