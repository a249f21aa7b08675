"""Read the shapes in a CTranslate2 model file, and nothing else, without trusting it.

A vocabulary that is too short is not noticed by CTranslate2: words silently become unknown. So the number of rows of
the embeddings is compared with the number of words before a package is taken.

Layout (ctranslate2/specs/model_spec.py, binary version 6): version u32, name (u16 length, bytes), revision u32, number
of variables u32, then for each variable: name, rank u8, dimensions u32 each, type u8, number of bytes u32, bytes.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from workbench.errors import PackageError

_MOST_VARIABLES = 20_000
_HIGHEST_RANK = 4


def check_vocabularies(model: Path) -> None:
    """Compare the embeddings in the folder ``model`` with its vocabularies; raise PackageError when they differ."""
    rows = _embedding_rows(model / "model.bin")
    for side, names in (
        ("source", ("encoder/embeddings_0/weight", "encoder/embeddings/weight")),
        ("target", ("decoder/embeddings/weight",)),
    ):
        expected = next((rows[name] for name in names if name in rows), None)
        found = len(read_vocabulary(model, side))
        if expected is not None and found != expected:
            raise PackageError(
                f"The model's {side} vocabulary has {found} words where the model needs {expected}.",
                "The package is damaged; get it again. Nothing was installed.",
            )


def read_vocabulary(model: Path, side: str) -> list[str]:
    """Return the tokens of the ``side`` (source or target) of the model in a folder; raise PackageError for none."""
    for name in (f"{side}_vocabulary", "shared_vocabulary"):
        try:
            if (path := model / f"{name}.json").exists():
                return [str(token) for token in json.loads(path.read_text(encoding="utf-8"))]
            if (path := model / f"{name}.txt").exists():
                return path.read_text(encoding="utf-8").rstrip("\n").split("\n")
        except (UnicodeDecodeError, ValueError, TypeError) as error:
            raise PackageError(f"The package's file {path.name} is damaged.", "Get the package again.") from error
    raise PackageError("The package has no vocabulary.", "It is not a complete Argos package; get it again.")


def _embedding_rows(path: Path) -> dict[str, int]:
    """Return the first dimension of every embedding in the file."""
    try:
        with path.open("rb") as file:
            return dict(_shapes(file, path.stat().st_size))
    except (struct.error, ValueError) as error:
        raise PackageError("The package's model file is damaged.", "Get the package again.") from error


def _shapes(file: BinaryIO, size: int) -> Iterator[tuple[str, int]]:
    """Yield (name, first dimension) of the embeddings; raise ValueError or struct.error for a damaged file."""
    file.read(4)
    _name(file)
    _, count = struct.unpack("<II", file.read(8))
    for _ in range(min(count, _MOST_VARIABLES)):
        name = _name(file)
        (rank,) = struct.unpack("<B", file.read(1))
        dimensions = struct.unpack(f"<{rank}I", file.read(4 * rank))
        _, length = struct.unpack("<BI", file.read(5))
        if rank > _HIGHEST_RANK or file.tell() + length > size:
            raise ValueError(name)
        file.seek(length, 1)
        if "embeddings" in name and name.endswith("weight") and dimensions:
            yield name, dimensions[0]


def _name(file: BinaryIO) -> str:
    (length,) = struct.unpack("<H", file.read(2))
    return file.read(length).rstrip(b"\0").decode("ascii")
