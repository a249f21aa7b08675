"""Fetch a package when the user asks for it, over the network."""

from __future__ import annotations

import hashlib
import json
import tempfile
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from typing import IO, Any, Self
from urllib.parse import urlsplit

from workbench.engines.argos.packages import ModelPackage, install_file
from workbench.errors import PackageError

INDEX = "https://raw.githubusercontent.com/argosopentech/argospm-index/main/index.json"
"""The list of packages that the Argos project publishes."""

_SECONDS = 15
_LARGEST_INDEX = 16 * 1024**2
_LARGEST_PACKAGE = 2 * 1024**3
_BLOCK = 256 * 1024
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True, slots=True)
class Fetched:
    """An installed package and the SHA-256 of the archive it came in, for comparing with a trusted source."""

    package: ModelPackage
    sha256: str


def download(
    source_language: str,
    target_language: str,
    models_folder: Path,
    on_progress: Callable[[int, int], None] = lambda _done, _total: None,
    *,
    index: str = INDEX,
) -> Fetched:
    """Fetch and install the newest package for two languages; ``on_progress`` gets (bytes done, bytes in all).

    Raise PackageError, with nothing changed, when there is no network, no such package, or it is not sound.
    """
    links = _links(index, source_language, target_language)
    with tempfile.TemporaryDirectory(prefix="tarjama-") as scratch:
        archive = Path(scratch) / "package.argosmodel"
        digest = _fetch_first(links, archive, on_progress)
        return Fetched(install_file(archive, models_folder), digest)


def _links(index: str, source_language: str, target_language: str) -> list[str]:
    with _open(index) as response:
        data = response.read(_LARGEST_INDEX)
    try:
        fitting = [
            entry
            for entry in json.loads(data)
            if (entry.get("from_code"), entry.get("to_code")) == (source_language, target_language)
            and entry.get("type", "translate") == "translate"
        ]
        newest = max(fitting, key=lambda entry: _version(entry["package_version"]), default=None)
        links = [] if newest is None else [link for link in newest["links"] if _is_allowed(link)]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise PackageError("The list of packages cannot be understood.", "Install a file instead.") from error
    if not links:
        raise PackageError(
            f"No package translates {source_language} to {target_language}.",
            "Language codes are two letters: ar en.",
        )
    return links


def _fetch_first(links: list[str], archive: Path, on_progress: Callable[[int, int], None]) -> str:
    for position, link in enumerate(links, 1):
        try:
            return _fetch(link, archive, on_progress)
        except PackageError:
            if position == len(links):
                raise
    raise PackageError("The package has no address.", "Install a file instead.")


def _fetch(link: str, archive: Path, on_progress: Callable[[int, int], None]) -> str:
    digest = hashlib.sha256()
    done = 0
    with _open(link) as response, archive.open("wb") as file:
        total = int(response.headers.get("Content-Length") or 0)
        while block := response.read(_BLOCK):
            done += len(block)
            if done > _LARGEST_PACKAGE:
                raise PackageError("The package is larger than any Argos package.", "Nothing was installed.")
            file.write(block)
            digest.update(block)
            on_progress(done, max(total, done))
    if done < total:
        raise PackageError("The connection broke off.", "Try again; nothing was installed.")
    return digest.hexdigest()


def _open(address: str) -> _Response:
    if not _is_allowed(address):
        raise PackageError(f"The address {address} is not a secure one.", "Install a file instead.")
    try:
        return _Response(urllib.request.urlopen(address, timeout=_SECONDS))  # noqa: S310  (https only, checked above)
    except urllib.error.HTTPError as error:
        error.close()  # it holds the open connection
        raise _no_network(error) from error
    except (urllib.error.URLError, OSError, HTTPException, ValueError) as error:
        raise _no_network(error) from error


class _Response:
    """A response whose errors while reading say what they mean for the user."""

    def __init__(self, response: Any) -> None:
        self._response: IO[bytes] = response
        self.headers = response.headers

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._response.close()

    def read(self, size: int) -> bytes:
        try:
            return self._response.read(size)
        except (OSError, HTTPException) as error:
            raise _no_network(error) from error


def _no_network(error: Exception) -> PackageError:
    return PackageError(
        f"The package cannot be fetched: {getattr(error, 'reason', None) or error}.",
        "Without a network: `tarjama models install FILE.argosmodel`. Drafting goes on with what is installed.",
    )


def _is_allowed(address: object) -> bool:
    if not isinstance(address, str):
        return False
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(".") if part.isdigit())
