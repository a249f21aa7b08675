"""Read the shapes in a CTranslate2 model file, and nothing else, without trusting it.

CTranslate2 does not notice a vocabulary that is too short: words silently become unknown. Nor did its older versions
notice that a variable has fewer bytes than its shape needs. So both are compared before a package is taken.

Layout (ctranslate2/specs/model_spec.py, src/models/model.cc): binary version u32, name (u16 length, bytes), revision
u32, number of variables u32; for each variable: name, rank u8, dimensions u32 each, type u8, bytes u32 (before version
4: size of an item u8, items u32). From version 3 on the number of aliases u32, and for each alias its name and the
variable's.
"""

from __future__ import annotations

import json
import math
import struct
from pathlib import Path
from typing import BinaryIO

from workbench.errors import PackageError

_VERSIONS = range(2, 7)
_MOST_VARIABLES = 20_000
_HIGHEST_RANK = 4
_LARGEST_VOCABULARY = 64 * 1024**2
_ITEM_SIZES = (4, 1, 2, 4, 2, 2)  # float32, int8, int16, int32, float16, bfloat16, by the number of the type


def check_vocabularies(model: Path) -> None:
    """Compare the embeddings in the folder ``model`` with its vocabularies; raise PackageError when they differ."""
    rows = _rows(model / "model.bin")
    for side, names in (
        ("source", ("encoder/embeddings_0/weight", "encoder/embeddings/weight")),
        ("target", ("decoder/embeddings/weight", "decoder/embeddings_0/weight")),
    ):
        expected = next((rows[name] for name in names if name in rows), None)
        if expected is None:
            raise PackageError(f"The package's model has no {side} words.", "It is not a model that translates.")
        found = len(read_vocabulary(model, side))
        if found != expected:
            raise PackageError(
                f"The model's {side} vocabulary has {found} words where the model needs {expected}.",
                "The package is damaged; get it again. Nothing was installed.",
            )


def read_vocabulary(model: Path, side: str) -> list[str]:
    """Return the tokens of the ``side`` (source or target) of the model in a folder; raise PackageError for none."""
    for name in (f"{side}_vocabulary", "shared_vocabulary"):
        for path in (model / f"{name}.json", model / f"{name}.txt"):
            if path.exists():
                try:
                    return _words_in(path)
                except (ValueError, RecursionError) as error:
                    raise PackageError(
                        f"The package's file {path.name} is damaged.", "Get the package again."
                    ) from error
    raise PackageError("The package has no vocabulary.", "It is not a complete Argos package; get it again.")


def _words_in(path: Path) -> list[str]:
    """Return the words of a vocabulary; raise ValueError or RecursionError when it is none."""
    if path.stat().st_size > _LARGEST_VOCABULARY:
        raise ValueError(path.name)
    text = path.read_bytes().decode("utf-8")
    if path.suffix == ".txt":
        return text.rstrip("\n").split("\n")  # a word may be another sign that ends lines, such as CR
    words = json.loads(text)
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise ValueError(path.name)
    return words


def _rows(path: Path) -> dict[str, int]:
    """Return the first dimension of every variable in the file, by its names."""
    try:
        with path.open("rb") as file:
            return _read_rows(file, path.stat().st_size)
    except (struct.error, ValueError, KeyError, IndexError) as error:
        raise PackageError("The package's model file is damaged.", "Get the package again.") from error


def _read_rows(file: BinaryIO, size: int) -> dict[str, int]:
    """Do the work of ``_rows``; any of the errors that it catches means a damaged file."""
    (version,) = _numbers(file, "<I")
    if version not in _VERSIONS:
        raise ValueError(version)
    _name(file)
    _, count = _numbers(file, "<II")
    if count > _MOST_VARIABLES:
        raise ValueError(count)
    rows: dict[str, int] = {}
    for _ in range(count):
        name = _name(file)
        (rank,) = _numbers(file, "<B")
        if rank > _HIGHEST_RANK:
            raise ValueError(name)
        dimensions = _numbers(file, f"<{rank}I")
        kind, length = _numbers(file, "<BI")
        if version >= 4:
            item = _ITEM_SIZES[kind]
        else:
            item, length = kind, kind * length
        if math.prod(dimensions) * item != length or file.tell() + length > size:
            raise ValueError(name)
        file.seek(length, 1)
        rows[name] = dimensions[0] if dimensions else 1
    if version >= 3:
        (aliases,) = _numbers(file, "<I")
        for _ in range(min(aliases, _MOST_VARIABLES)):
            alias, name = _name(file), _name(file)
            rows[alias] = rows[name]
    return rows


def _numbers(file: BinaryIO, layout: str) -> tuple[int, ...]:
    return struct.unpack(layout, file.read(struct.calcsize(layout)))


def _name(file: BinaryIO) -> str:
    (length,) = _numbers(file, "<H")
    return file.read(length).rstrip(b"\0").decode("ascii")
