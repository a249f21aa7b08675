"""Which installed packages draft from one language into another: the newest, unless somebody wants a certain one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from corpus.model import DraftKind
from workbench.engines.argos.packages import ModelPackage, installed, is_called, recorded
from workbench.errors import PackageError

PIVOT_LANGUAGE = "en"
"""The language between two others; Argos packages translate from or into English."""


def choose(
    models_folder: Path, source_language: str, target_language: str, wanted: Sequence[str] = (), *, model: str = ""
) -> ModelPackage | None:
    """Return the best package for a pair of languages, or None.

    That is the first of ``wanted`` (NAME, NAME@VERSION or a full name) that fits; else one that translates before a
    gloss; else the newest version; else the one installed last. ``model`` goes before ``wanted``; raise PackageError
    when it does not fit.
    """
    best = _best(models_folder, source_language, target_language, [model, *wanted])
    _require(model, [best] if best else [], source_language, target_language)
    return best


def route(
    models_folder: Path, source_language: str, target_language: str, wanted: Sequence[str] = (), *, model: str = ""
) -> tuple[ModelPackage, ...]:
    """Return the packages to draft with one after the other: one, two through English, or none.

    Two only when no package translates directly; a gloss is nothing to translate further. ``wanted`` and ``model`` are
    as for ``choose``.
    """
    names = [model, *wanted]
    packages = _route(models_folder, source_language, target_language, names)
    _require(model, packages, source_language, target_language)
    return packages


def _route(
    models_folder: Path, source_language: str, target_language: str, wanted: Sequence[str]
) -> tuple[ModelPackage, ...]:
    direct = _best(models_folder, source_language, target_language, wanted)
    if direct is not None and (direct.kind is not DraftKind.GLOSS or _place(direct, wanted) < len(wanted)):
        return (direct,)
    pairs = ((source_language, PIVOT_LANGUAGE), (PIVOT_LANGUAGE, target_language))
    legs = [_best(models_folder, *pair, wanted) for pair in pairs]
    translating = tuple(leg for leg in legs if leg is not None and leg.kind is not DraftKind.GLOSS)
    if len(translating) == 2:
        return translating
    return () if direct is None else (direct,)


def _require(model: str, packages: Sequence[ModelPackage], source_language: str, target_language: str) -> None:
    if model and not any(is_called(package.full_name, model) for package in packages):
        raise PackageError(
            f"No model called “{model}” drafts {source_language} to {target_language} here.",
            "`tarjama models list` shows the names.",
        )


def find(models_folder: Path, name: str) -> list[ModelPackage]:
    """Return the packages that may be called ``name``; raise PackageError when there is none."""
    found = [package for package in installed(models_folder) if is_called(package.full_name, name)]
    if not found:
        raise PackageError(f"There is no model called “{name}”.", "`tarjama models list` shows the names.")
    return found


def version_key(version: str) -> tuple[int, ...]:
    """Return what versions are ordered by: 1.10 comes after 1.9."""
    return tuple(int(part) for part in re.findall(r"[0-9]{1,18}", version))


def _best(
    models_folder: Path, source_language: str, target_language: str, wanted: Sequence[str]
) -> ModelPackage | None:
    fitting = [
        package
        for package in installed(models_folder)
        if (package.source_language, package.target_language) == (source_language, target_language)
    ]
    return max(fitting, key=lambda package: _rank(package, wanted), default=None)


def _rank(package: ModelPackage, wanted: Sequence[str]) -> tuple[object, ...]:
    """Return what packages are compared by; the best has the highest."""
    return (
        -_place(package, wanted),
        package.kind is not DraftKind.GLOSS,
        version_key(package.version),
        recorded(package.path).get("installed", ""),
        package.full_name,
    )


def _place(package: ModelPackage, wanted: Sequence[str]) -> int:
    """Return the place of the first wanted name that the package may be called, or their number."""
    return next((place for place, name in enumerate(wanted) if is_called(package.full_name, name)), len(wanted))
