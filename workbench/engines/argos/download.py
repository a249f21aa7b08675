"""Fetch a package when the user asks for it, over the network."""

from __future__ import annotations

import hashlib
import json
import tempfile
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from time import monotonic
from types import MappingProxyType
from typing import IO, Any, Self
from urllib.parse import urlsplit

from workbench.engines.argos.choosing import PIVOT_LANGUAGE, version_key
from workbench.engines.argos.inspection import inspect, opened
from workbench.engines.argos.metadata import is_language_code, is_version
from workbench.engines.argos.packages import ModelPackage, install_file, require_digest
from workbench.errors import PackageError

INDEX = "https://raw.githubusercontent.com/argosopentech/argospm-index/main/index.json"
"""The list of packages that the Argos project publishes."""

_SECONDS = 15  # without a byte
_PATIENCE = 120  # seconds, after which a connection must have been faster than _SLOWEST
_SLOWEST = 2000  # bytes a second
_LARGEST_INDEX = 16 * 1024**2
_LARGEST_PACKAGE = 2 * 1024**3
_BLOCK = 256 * 1024
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True, slots=True)
class Fetched:
    """An installed package, the SHA-256 of the archive it came in, and the name that this is pinned by."""

    package: ModelPackage
    sha256: str
    pin: str


@dataclass(frozen=True, slots=True)
class _Offer:
    """What the list of packages offers for two languages."""

    version: str
    links: list[str]


def download(
    source_language: str,
    target_language: str,
    models_folder: Path,
    on_progress: Callable[[int, int], None] = lambda _done, _total: None,
    *,
    index: str = INDEX,
    pins: Mapping[str, str] = MappingProxyType({}),
    sha256: str = "",
) -> Fetched:
    """Fetch and install the newest package for two languages; ``on_progress`` gets (bytes done, bytes in all).

    What ``pins`` has a SHA-256 for, by languages and version (``ar_en@1.0``), must have that, and ``sha256`` when it is
    given, or it is not even opened. Raise PackageError, with nothing changed, when there is no network, no such
    package, or it is not sound.
    """
    if not (is_language_code(source_language) and is_language_code(target_language)):
        raise PackageError("These are no codes of two languages.", "Codes are two or three letters: ar en.")
    offer = _offer(index, source_language, target_language)
    pin = f"{source_language}_{target_language}@{offer.version}"
    with tempfile.TemporaryDirectory(prefix="tarjama-") as scratch:
        archive = Path(scratch) / "package.argosmodel"
        digest = _fetch_first(offer.links, archive, on_progress)
        require_digest(digest, sha256)
        if digest != pins.get(pin, digest):
            raise PackageError(
                f"The package {pin} is not the one that was fetched before: its SHA-256 is {digest}, not {pins[pin]}.",
                f"Nothing was installed. When you are sure of it, take “{pin}” out of the pins in settings.toml.",
            )
        _check_languages(archive, pin)
        return Fetched(install_file(archive, models_folder, sha256=digest), digest, pin)


def _check_languages(archive: Path, pin: str) -> None:
    with opened(archive) as file:
        metadata = inspect(file).metadata
    found = f"{metadata.source_language}_{metadata.target_language}@{metadata.version}"
    if found != pin:
        raise PackageError(f"The list promised {pin}, and what came is {found}.", "Nothing was installed.")


def _offer(index: str, source_language: str, target_language: str) -> _Offer:
    with _open(index) as response:
        data = response.read(_LARGEST_INDEX)
    try:
        pairs: dict[object, list[dict[str, Any]]] = {}
        for entry in json.loads(data):
            if entry.get("type", "translate") == "translate" and isinstance(entry["package_version"], str):
                pairs.setdefault((entry.get("from_code"), entry.get("to_code")), []).append(entry)
        fitting = pairs.get((source_language, target_language), [])
        newest = max(fitting, key=lambda entry: version_key(entry["package_version"]), default=None)
        links = [] if newest is None else [link for link in newest["links"] if _is_allowed(link)]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise PackageError("The list of packages cannot be understood.", "Install a file instead.") from error
    if newest is not None and links and is_version(newest["package_version"]):
        return _Offer(newest["package_version"], links)
    if newest is not None:
        raise PackageError(
            f"The package for {source_language} to {target_language} has no secure address.",
            "Only https is used. Install a file instead.",
        )
    through = [(source_language, PIVOT_LANGUAGE), (PIVOT_LANGUAGE, target_language)]
    if all(pair in pairs for pair in through):
        hint = (
            "Two draft through English: " + " and ".join(f"`tarjama models install {a} {b}`" for a, b in through) + "."
        )
    else:
        hint = "Language codes are two letters: ar en."
    raise PackageError(f"No package translates {source_language} to {target_language}.", hint)


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
    done, begun = 0, monotonic()
    with _open(link) as response, _written(archive) as file:
        total = response.size
        while block := response.read_some(_BLOCK):
            done += len(block)
            if max(done, total) > _LARGEST_PACKAGE:
                raise PackageError("The package is larger than any Argos package.", "Nothing was installed.")
            file.write(block)
            digest.update(block)
            on_progress(done, max(total, done))
            if (seconds := monotonic() - begun) > _PATIENCE and done < seconds * _SLOWEST:
                raise PackageError("The connection is too slow to fetch a package.", "Nothing was installed.")
    if done < total:
        raise PackageError("The connection broke off.", "Try again; nothing was installed.")
    return digest.hexdigest()


@contextmanager
def _written(archive: Path) -> Iterator[IO[bytes]]:
    try:
        with archive.open("wb") as file:
            yield file
    except OSError as error:
        raise PackageError(
            f"The package cannot be kept in {archive.parent}: {error.strerror or error}.",
            "Make room on that disk, or set TMPDIR to a folder on another. Nothing was installed.",
        ) from error


class _OnlySecure(urllib.request.HTTPRedirectHandler):
    """Follow a server to another address only when that is a secure one, too."""

    def redirect_request(self, req: Any, fp: Any, code: Any, msg: Any, headers: Any, newurl: str) -> Any:
        if not _is_allowed(newurl):
            fp.close()
            raise PackageError("The server leads to an address that is not secure.", "Install a file instead.")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _open(address: str) -> _Response:
    if not _is_allowed(address):
        raise PackageError(f"The address {address} is not a secure one.", "Only https is used. Install a file instead.")
    try:
        return _Response(urllib.request.build_opener(_OnlySecure).open(address, timeout=_SECONDS))
    except urllib.error.HTTPError as error:
        error.close()  # it holds the open connection
        raise _no_network(error) from error
    except (urllib.error.URLError, OSError, HTTPException, ValueError) as error:
        raise _no_network(error) from error


class _Response:
    """A response whose errors while reading say what they mean for the user."""

    def __init__(self, response: HTTPResponse) -> None:
        self._response = response

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._response.close()

    @property
    def size(self) -> int:
        """The bytes that the server promises; 0 when it does not."""
        length = self._response.headers.get("Content-Length", "")
        return int(length) if length.isdecimal() and len(length) < 20 else 0

    def read(self, most: int) -> bytes:
        """Return all there is, up to ``most`` bytes, within the time that a package may take."""
        data, begun = b"", monotonic()
        while len(data) < most and (block := self.read_some(_BLOCK)):
            data += block
            if monotonic() - begun > _PATIENCE:
                raise PackageError("The connection is too slow to fetch a package.", "Nothing was installed.")
        return data

    def read_some(self, most: int) -> bytes:
        """Return what has come, at least a byte until the end."""
        try:
            return self._response.read1(most)
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
    try:
        parts = urlsplit(address)
    except ValueError:  # no address at all
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)
