"""Speak to a LibreTranslate server: over https or with this machine only, patiently, and trusting no answer."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from http.client import HTTPException, HTTPMessage
from typing import IO, NoReturn
from urllib.parse import urlsplit

from corpus.visible import visible
from workbench import __version__
from workbench.engines.loopback import is_loopback
from workbench.errors import EngineError

_TRIES = 4
_FIRST_WAIT = 1.0
_LONGEST_WAIT = 60.0
_LONGEST_DEAFNESS = 0.25
_TRIED_AGAIN = frozenset({429, 500, 502, 503, 504})
_LARGEST_ANSWER = 16 * 1024**2
_LONGEST_REASON = 200
_SET_URL = 'Set it in settings.toml, for instance libretranslate_url = "https://translate.example.org".'
_KEPT = "What was drafted before is kept."


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """Text goes to the address that the user has named, and nowhere else."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        """Follow none: the answer is then an error."""


class Client:
    """A server at ``url``; raise EngineError when texts must not be sent there."""

    def __init__(self, url: str, key: str, *, timeout: float, wait: Callable[[float], None]) -> None:
        self.host, self._is_here = _checked(url)
        self._url = url.rstrip("/") + "/translate"
        self._key = key
        self._timeout = timeout
        self._wait = wait
        # What goes to this machine goes through no proxy.
        proxies = [urllib.request.ProxyHandler({})] if self._is_here else []
        self._opener = urllib.request.build_opener(_NoRedirects(), *proxies)

    def translate(
        self, texts: Sequence[str], source_language: str, target_language: str, *, cancelled: Callable[[], bool]
    ) -> list[str]:
        """Return the translation of each text; raise EngineError in a user's words when the server gives none."""
        if not texts:
            return []
        question = {"q": list(texts), "source": source_language, "target": target_language, "format": "text"}
        if self._key:
            question["api_key"] = self._key
        answer = self._answer(json.dumps(question).encode(), cancelled)
        try:
            translated = json.loads(answer)["translatedText"]
        except (ValueError, KeyError, TypeError, RecursionError):
            translated = None
        if not isinstance(translated, list) or not all(isinstance(text, str) for text in translated):
            self._fail("does not answer as a LibreTranslate server does", "Check the address in the settings.")
        if len(translated) != len(texts):
            self._fail(f"has returned {len(translated)} texts for {len(texts)}", "Another server may do better.")
        return [visible_but_lines(text) for text in translated]

    def _answer(self, question: bytes, cancelled: Callable[[], bool]) -> bytes:
        headers = {"Content-Type": "application/json", "User-Agent": f"Tarjama/{__version__}"}
        pause = _FIRST_WAIT
        for tries_left in reversed(range(_TRIES)):
            request = urllib.request.Request(self._url, question, headers)  # noqa: S310  (its scheme was checked)
            try:
                with self._opener.open(request, timeout=self._timeout) as response:
                    data: bytes = response.read(_LARGEST_ANSWER + 1)
            except urllib.error.HTTPError as error:
                with error:
                    if error.code not in _TRIED_AGAIN or not tries_left or cancelled():
                        self._refused(error)
                    pause = _asked_to_wait(error, pause)
            except (OSError, HTTPException) as error:  # no route, no name, a broken certificate, no answer in time
                if not tries_left or cancelled():
                    reason = getattr(error, "reason", None) or error
                    self._fail(f"cannot be reached: {_short(str(reason))}", "Check the network and the address.", error)
            else:
                if len(data) > _LARGEST_ANSWER:
                    self._fail("has sent more than Tarjama takes", "Check the address in the settings.")
                return data
            self._rest(min(pause, _LONGEST_WAIT), cancelled)
            pause *= 2
        raise AssertionError  # the last try returns or raises

    def _rest(self, seconds: float, cancelled: Callable[[], bool]) -> None:
        """Wait, but end at once when the job is cancelled: somebody may want to leave."""
        while seconds > 0 and not cancelled():
            self._wait(min(seconds, _LONGEST_DEAFNESS))
            seconds -= _LONGEST_DEAFNESS

    def _refused(self, error: urllib.error.HTTPError) -> NoReturn:
        try:
            told = str(json.loads(error.read(_LARGEST_ANSWER))["error"])
        except (OSError, HTTPException, ValueError, KeyError, TypeError, RecursionError):
            told = str(error.reason)
        if 300 <= error.code < 400:
            self._fail("sends its visitors to another address", "Set that address, if you trust it.", error)
        hint = {
            400: "Perhaps it does not know this pair of languages.",
            401: "It may want an API key: set TARJAMA_LIBRETRANSLATE_KEY in the environment.",
            403: "It may want an API key: set TARJAMA_LIBRETRANSLATE_KEY in the environment.",
            429: "It gets more from you than it allows; go on later.",
        }.get(error.code, "Go on later, or use another server.")
        self._fail(f"has refused ({error.code}): {self._without_key(_short(told))}", hint, error)

    def _without_key(self, text: str) -> str:
        return text.replace(self._key, "…") if self._key else text

    def _fail(self, what: str, hint: str, cause: BaseException | None = None) -> NoReturn:
        raise EngineError(f"The translation server {visible(self.host)} {what}.", f"{hint} {_KEPT}") from cause


def _checked(url: str) -> tuple[str, bool]:
    """Return the host and whether it is this machine; raise EngineError for an address that text must not go to."""
    if not url:
        raise EngineError("The engine libretranslate has no server: libretranslate_url is not set.", _SET_URL)
    shown = visible(url)
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise EngineError(f"The address {shown} cannot be understood.", _SET_URL) from error
    if parts.username or parts.password:
        raise EngineError(
            "The address of the translation server has a password in it.",
            "Take it out; an API key goes into the environment, as TARJAMA_LIBRETRANSLATE_KEY.",
        )
    if not host or parts.scheme not in {"http", "https"} or parts.query or parts.fragment:
        raise EngineError(f"The address {shown} is no address of a translation server.", _SET_URL)
    is_here = is_loopback(host)
    if parts.scheme == "http" and not is_here:
        raise EngineError(
            f"The address {shown} is not encrypted: others could read the text on its way.",
            "Use https; http is for a server on this machine only.",
        )
    return (f"{host}:{port}" if port else host), is_here


def _asked_to_wait(error: urllib.error.HTTPError, otherwise: float) -> float:
    asked = error.headers.get("Retry-After", "")
    return float(asked) if asked.isascii() and asked.isdigit() else otherwise


def _short(text: str) -> str:
    return visible(text)[:_LONGEST_REASON].rstrip(" .")


def visible_but_lines(text: str) -> str:
    """Return ``text`` with control characters made visible, except ends of lines."""
    return "\n".join(map(visible, text.split("\n")))
