"""What every engine must do, as tests that an author of one can run.

Derive from ``EngineContract`` in a test file, and say how the engine is made; pytest collects the rest::

    from workbench.engines.contract import EngineContract


    class TestMine(EngineContract):
        def make(self):
            return MyEngine("ar", "en")

They fail with an AssertionError that says what the engine did.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator

from corpus.model import DraftKind
from workbench.engines.protocol import DraftedText, Engine, ModelIdentity

_TEXTS = [
    "قال المتحدث في المدينة.",
    "",
    "سطر أول\nسطر ثان. وجملة أخرى؟",
    "  كلمة\u200f 2026 user_name 😀 \u0007 ",
    "من",
]
_MANY = 3000


def _require(condition: object, complaint: str) -> None:
    if not condition:
        raise AssertionError(complaint)


class EngineContract:
    """The tests; ``make`` gives the engine, each time a new one."""

    def make(self) -> Engine:
        """Return an engine for Arabic to English that has not drafted yet."""
        raise NotImplementedError

    def test_it_says_which_model_it_is_before_it_drafts(self) -> None:
        """The identity is complete, and always the same."""
        engine = self.make()
        identity = engine.identity
        _require(isinstance(identity, ModelIdentity), "identity is not a ModelIdentity")
        _require(identity == engine.identity, "identity is another one each time")
        _require(identity.engine and identity.name, "the engine and its model have no names")
        _require(identity.kind in {DraftKind.TRANSLATION, DraftKind.GLOSS}, f"{identity.kind} is no engine's kind")
        _require(len(identity.sha256) in {0, 64}, "sha256 is neither empty nor 64 hex digits")
        engine.close()

    def test_each_text_has_its_draft_in_order(self) -> None:
        """Drafts come one for each text, as text."""
        drafts = self._drafts(_TEXTS)
        _require([one.index for one in drafts] == list(range(len(_TEXTS))), "drafts are missing, doubled or disordered")
        _require(all(isinstance(one.text, str) for one in drafts), "a draft's text is no str")
        _require(drafts[0].text and drafts[4].text, "a sentence has no draft")
        _require((drafts[1].text, drafts[1].pieces) == ("", ()), "an empty text has a draft")

    def test_pieces_tell_where_each_sentence_stands(self) -> None:
        """Pieces lie in order inside the text, and nothing but space lies between them."""
        for text, drafted in zip(_TEXTS, self._drafts(_TEXTS), strict=True):
            position = 0
            for piece in drafted.pieces:
                _require(position <= piece.start < piece.end <= len(text), f"{piece} lies wrong in {text!r}")
                _require(not text[position : piece.start].strip(), f"{text[position : piece.start]!r} is in no piece")
                _require(piece.score is None or piece.score <= 0.01, f"{piece.score} is no mean log-probability")
                position = piece.end
            _require(not text[position:].strip(), f"{text[position:]!r} is in no piece")

    def test_nothing_asked_is_nothing_drafted(self) -> None:
        """No texts, no drafts."""
        _require(self._drafts([]) == [], "drafts of nothing")

    def test_a_cancelled_job_ends_soon(self) -> None:
        """It stops between chunks, and what it gave is whole."""
        engine = self.make()
        _require(not list(engine.draft(_TEXTS, lambda: True)), "cancelled from the start, and yet it drafts")
        given: list[DraftedText] = []
        given.extend(engine.draft(["من"] * _MANY, lambda: bool(given)))
        _require(len(given) < _MANY, "a cancelled job goes on to the end")
        engine.close()

    def test_drafts_come_as_they_are_ready(self) -> None:
        """It is an iterator that can be left."""
        engine = self.make()
        drafts = engine.draft(["من"] * 20)
        _require(isinstance(drafts, Iterator), "draft returns no iterator")
        _require(next(drafts).index == 0, "the first draft is not that of the first text")
        engine.close()

    def test_it_drafts_again_after_it_was_closed(self) -> None:
        """Closing frees memory and nothing else; the same text is drafted the same way."""
        engine = self.make()
        first = [one.text for one in engine.draft(_TEXTS)]
        engine.close()
        engine.close()
        _require([one.text for one in engine.draft(_TEXTS)] == first, "a closed engine drafts otherwise or not at all")
        engine.close()

    def test_another_thread_may_use_it(self) -> None:
        """It is made on one thread and drafts on another."""
        engine = self.make()
        given: list[DraftedText] = []
        thread = threading.Thread(target=lambda: given.extend(engine.draft(_TEXTS[:1])))
        thread.start()
        thread.join()
        _require(len(given) == 1, "no draft from another thread")
        engine.close()

    def _drafts(self, texts: list[str]) -> list[DraftedText]:
        engine = self.make()
        drafts = list(engine.draft(texts))
        engine.close()
        return drafts
