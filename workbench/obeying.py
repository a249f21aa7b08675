"""Have drafts say what the glossary says: find what they say instead, and let the engine draft those sentences again.

Sentence by sentence, a term the draft has already, in whatever inflection, is left alone. For one that is missing the
sentence is drafted again from the place where the wrong words stand, several terms from left to right, all sentences
of a group together. The new draft is taken only when nothing is lost by it; else the term becomes a suggestion beside
the draft. Nothing here knows a model: what it takes to reword is asked of an ``ObeysTerms``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from corpus.model import DraftTerm, Piece
from glossary.analysis import Rule
from glossary.checks import REQUIRED, Pair, TermCheck, TermFinding, pair_findings
from glossary.english.placing import placed
from glossary.english.replacing import Replacement
from glossary.model import Match, TermEntry
from workbench.engines.protocol import DraftedText, ObeysTerms, PlaceQuestion, Reworded, Rewording

MARGIN = 0.7
"""How much the mean log-probability of what follows a term may fall: each token may become half as likely (ln 2).

The model's own choice is the likeliest by its making, so any other falls somewhat: a synonym changes an article or a
preposition after it. What derails, such as a term put where another word belongs, or a sentence that ends in mid-air,
costs far more than half of each token.
"""

NOT_USED = "term-not-used"
"""The flag of a draft that lacks a term the glossary wants: a human should look."""

FORBIDDEN = "term-forbidden"
"""The flag of a draft that has a term the glossary forbids."""

_MOST_ROUNDS = 16
_ECHO = "term-echo"
_SINGULAR_RULES = frozenset(rule.label for rule in (Rule.EXACT, Rule.PROCLITIC, Rule.PRONOUN, Rule.SPELLING))

Span = tuple[int, int]
_Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class DraftWithTerms:
    """A draft, the source it is of, and the terms found in that."""

    source: str
    drafted: DraftedText
    matches: Sequence[Match]


def put_terms_in(
    drafts: Sequence[DraftWithTerms], engine: ObeysTerms | None, *, margin: float = MARGIN
) -> list[DraftedText]:
    """Return the drafts with the glossary's terms put into them, as far as ``engine`` finds good words for it.

    None for an engine that cannot: its drafts stay, and tell which terms they lack. Raise EngineError when the model
    cannot be used.
    """
    sentences = [list(_sentences(draft)) for draft in drafts]
    if engine is not None:
        _reword([sentence for of_draft in sentences for sentence in of_draft], engine, margin)
    return [_with_terms(draft, of_draft) for draft, of_draft in zip(drafts, sentences, strict=True)]


@dataclass(frozen=True, slots=True)
class _Want:
    """A term that a sentence lacks, or one that it should not have; ``place`` is where in the draft, if that is known.

    ``fix`` is what is to stand there, when the glossary can say it without a look at the draft. Where there is an
    ``instead``, only these words are to be replaced.
    """

    concept_uid: str
    check: str
    span: Span
    target: str
    entry: TermEntry | None
    place: Span | None
    fix: str | None
    is_grave: bool
    instead: str = ""

    @property
    def key(self) -> tuple[_Key, Span]:
        """What tells it from the others of a sentence, also when the draft has changed."""
        return (self.check, self.concept_uid), self.span


@dataclass(slots=True)
class _Sentence:
    """The draft of a sentence while it is worked on; all spans of the source are those in the segment's."""

    source: str
    piece: Piece
    matches: list[Match]
    text: str = ""
    score: float | None = None
    applied: list[DraftTerm] = field(default_factory=list)
    replaced: list[tuple[_Want, str]] = field(default_factory=list)
    given_up: dict[tuple[_Key, Span], str] = field(default_factory=dict)
    said_again: set[tuple[_Key, Span]] = field(default_factory=set)

    def wants(self) -> list[_Want]:
        """Return what the draft lacks now, and what it should not say."""
        return list(_wants(self.matches, self.text))

    def open_wants(self) -> list[_Want]:
        """Return what can still be tried."""
        return [want for want in (*self.wants(), *self._echoes()) if want.key not in self.given_up]

    def _echoes(self) -> Iterator[_Want]:
        """Yield the further places in the source of terms that were put in: there the draft may say the same words."""
        for want, instead in self.replaced:
            spans = {(match.start, match.end) for match in self.matches if match.entry.concept_uid == want.concept_uid}
            done = {other.span for other, _ in self.replaced if other.concept_uid == want.concept_uid}
            for span in sorted(spans - done):
                yield replace(want, check=_ECHO, span=span, place=None, fix=None, instead=instead)


@dataclass(frozen=True, slots=True)
class _Attempt:
    sentence: _Sentence
    want: _Want
    new: Replacement
    avoided: str

    @property
    def instead(self) -> str:
        """The words of the draft that the term is to replace."""
        return self.sentence.text[self.new.start : self.new.end]

    def as_rewording(self) -> Rewording:
        """Return what to ask of the engine."""
        sentence = self.sentence
        avoided = (self.avoided,) if self.avoided else ()
        return Rewording(sentence.source, sentence.text, self.new.start, self.new.end, self.new.text, avoided)


def _sentences(draft: DraftWithTerms) -> Iterator[_Sentence]:
    for piece in _pieces(draft.source, draft.drafted):
        matches = [match for match in draft.matches if piece.start <= match.start and match.end <= piece.end]
        source = draft.source[piece.start : piece.end]
        yield _Sentence(source, piece, matches, piece.text, piece.score)


def _pieces(source: str, drafted: DraftedText) -> tuple[Piece, ...]:
    """Return the sentences of a draft; all of it is one where its engine tells none."""
    return drafted.pieces or (Piece(0, len(source), drafted.text),)


def _wants(matches: Sequence[Match], text: str) -> Iterator[_Want]:
    if not matches or not text.strip():
        return
    for finding in pair_findings(Pair(matches, text), matches):
        if finding.source_span is not None and (finding.suggestion or finding.target_span is not None):
            yield _want(finding, matches)


def _want(finding: TermFinding, matches: Iterable[Match]) -> _Want:
    entries = (match.entry for match in matches if match.entry.concept_uid == finding.concept_uid)
    fitting = (entry for entry in entries if entry.status in REQUIRED and entry.target == finding.suggestion)
    # Where a word of the same family stands, the meaning is there: infected for infection. Of a term of several words
    # it is only a part: forces for Syrian Democratic Forces.
    is_relative = finding.check == TermCheck.MISSING and finding.target_span is not None
    is_part = is_relative and " " in finding.suggestion
    return _Want(
        concept_uid=finding.concept_uid,
        check=finding.check,
        span=finding.source_span or (0, 0),
        target=finding.suggestion,
        entry=next(fitting, None),
        place=None if is_part else finding.target_span,
        fix=finding.fix,
        is_grave=is_part or not is_relative,
    )


# Rewording


def _reword(sentences: Sequence[_Sentence], engine: ObeysTerms, margin: float) -> None:
    for _ in range(_MOST_ROUNDS):
        attempts = _attempts([sentence for sentence in sentences if sentence.matches], engine)
        if not attempts:
            return
        results = engine.reword([attempt.as_rewording() for attempt in attempts])
        for attempt, result in zip(attempts, results, strict=True):
            _judge(attempt, result, margin)


def _attempts(sentences: Sequence[_Sentence], engine: ObeysTerms) -> list[_Attempt]:
    """Return what to try next, for each sentence the leftmost of what it lacks."""
    open_wants = [(sentence, want) for sentence in sentences for want in sentence.open_wants()]
    unplaced = [(sentence, want) for sentence, want in open_wants if want.place is None]
    places = dict(zip([(id(sentence), want.key) for sentence, want in unplaced], _ask(unplaced, engine), strict=True))
    leftmost: dict[int, _Attempt] = {}
    for sentence, want in open_wants:
        attempt = _attempt(sentence, want, want.place or places[id(sentence), want.key])
        known = leftmost.get(id(sentence))
        if attempt is not None and (known is None or attempt.new.start < known.new.start):
            leftmost[id(sentence)] = attempt
    return list(leftmost.values())


def _ask(unplaced: Sequence[tuple[_Sentence, _Want]], engine: ObeysTerms) -> list[Span | None]:
    if not unplaced:
        return []
    questions = [
        PlaceQuestion(
            sentence.source, sentence.text, want.span[0] - sentence.piece.start, want.span[1] - sentence.piece.start
        )
        for sentence, want in unplaced
    ]
    return engine.places(questions)


def _attempt(sentence: _Sentence, want: _Want, place: Span | None) -> _Attempt | None:
    """Return how to get what is wanted into a sentence; None, and it is given up, when there is no way."""
    text = sentence.text
    new = None if place is None or not want.is_grave else _new_words(sentence, want, place)
    if new is None:
        sentence.given_up[want.key] = "" if place is None else text[slice(*place)]
        return None
    is_avoided = want.check == TermCheck.FORBIDDEN or want.key in sentence.said_again
    return _Attempt(sentence, want, new, text[new.start : new.end] if is_avoided else "")


def _new_words(sentence: _Sentence, want: _Want, place: Span) -> Replacement | None:
    if want.fix is not None:
        return Replacement(*place, want.fix)
    if want.check == TermCheck.FORBIDDEN:
        return Replacement(*place, "")  # whatever the model says otherwise
    if want.entry is None:
        return None
    rules = (match.analysis.rule for match in sentence.matches if (match.start, match.end) == want.span)
    may_be_plural = any(rule not in _SINGULAR_RULES for rule in rules)
    new = placed(sentence.text, place, want.entry, may_be_plural=may_be_plural)
    if new is not None and want.check == TermCheck.ALTERED and want.target not in new.text:
        return Replacement(new.start, new.end, want.target)  # it stands as it is, also where a sentence begins
    is_other = (
        new is not None
        and want.instead
        and want.instead.casefold() not in sentence.text[new.start : new.end].casefold()
    )
    return None if is_other else new


def _judge(attempt: _Attempt, result: Reworded, margin: float) -> None:
    """Take the new draft when it has the term, once, and all that the old one had; else give the term up."""
    sentence, want = attempt.sentence, attempt.want
    is_again = not attempt.avoided and _is_said_again(attempt, result.text)
    if result.loss <= margin and not is_again and _is_better(sentence, want, result.text):
        start, end = want.span
        new = attempt.new.text or _otherwise(sentence.text, result.text)
        sentence.applied.append(DraftTerm(start, end, want.target, attempt.instead, new))
        sentence.replaced.append((want, attempt.instead))
        sentence.text, sentence.score = result.text, result.score
    elif is_again:
        sentence.said_again.add(want.key)
    else:
        sentence.given_up[want.key] = attempt.instead


def _otherwise(old: str, new: str) -> str:
    """Return what a new draft has between the words that it begins and ends with as the old one."""
    before, after = old.split(), new.split()
    shorter = min(len(before), len(after))
    first = next((n for n in range(shorter) if before[n] != after[n]), shorter)
    left = shorter - first
    same = next((n for n in range(left) if before[-1 - n] != after[-1 - n]), left)
    return " ".join(after[first : len(after) - same])


def _is_said_again(attempt: _Attempt, text: str) -> bool:
    """Tell whether the model, made to say the term, goes on with what it would have said in its place."""
    old, new = attempt.sentence.text, attempt.new
    instead = attempt.instead.casefold()
    after = text[new.start + len(new.text) :].casefold()
    return after.count(instead) > old[new.end :].casefold().count(instead)


def _is_better(sentence: _Sentence, want: _Want, text: str) -> bool:
    if not text.strip():
        return False
    before, after = _counted(sentence.wants()), _counted(_wants(sentence.matches, text))
    key = want.key[0]
    is_unchanged = want.check != _ECHO and after[key] >= before[key]
    if is_unchanged or any(count > before[other] for other, count in after.items()):
        return False
    places = {(match.start, match.end) for match in sentence.matches if match.entry.concept_uid == want.concept_uid}
    had, has = (_said(sentence.matches, one, want.concept_uid) for one in (sentence.text, text))
    return has <= max(len(places), had) and (want.check != _ECHO or has > had)


def _counted(wants: Iterable[_Want]) -> Counter[_Key]:
    return Counter(want.key[0] for want in wants)


def _said(matches: Sequence[Match], text: str, concept_uid: str) -> int:
    """Return how often a text says a concept as the glossary wants it."""
    concept = Pair(matches, text).concepts.get(concept_uid)
    if concept is None:
        return 0
    count, end = 0, -1
    for one in sorted(concept.occurrences, key=lambda one: (one.start, -one.end)):
        if one.entry.status in REQUIRED and one.start >= end:
            count, end = count + 1, one.end
    return count


# What is told of it


def _with_terms(draft: DraftWithTerms, sentences: Sequence[_Sentence]) -> DraftedText:
    drafted = draft.drafted
    left = [(sentence, want) for sentence in sentences for want in sentence.wants()]
    applied = [one for sentence in sentences for one in sentence.applied]
    if not left and not applied:
        return drafted
    unused = [DraftTerm(*want.span, want.target, _instead(sentence, want)) for sentence, want in left]
    pieces = tuple(replace(one.piece, text=one.text, score=one.score) for one in sentences)
    flags = {FORBIDDEN if want.check == TermCheck.FORBIDDEN else NOT_USED for _, want in left if want.is_grave}
    return replace(
        drafted,
        text=_rejoined(drafted.text, _pieces(draft.source, drafted), pieces),
        pieces=pieces,
        flags=tuple(sorted({*drafted.flags, *flags})),
        before_terms=drafted.text if applied else "",
        terms=tuple(sorted((*applied, *unused), key=lambda one: (one.start, one.end))),
    )


def _instead(sentence: _Sentence, want: _Want) -> str:
    said = sentence.given_up.get(want.key, "") if want.place is None else sentence.text[slice(*want.place)]
    return said if said in sentence.text else ""


def _rejoined(text: str, old: Sequence[Piece], new: Sequence[Piece]) -> str:
    """Return ``text``, made of ``old`` pieces, with ``new`` ones in their place; what stands between them stays."""
    parts, end = [], 0
    for before, after in zip(old, new, strict=True):
        start = text.find(before.text, end)
        if start < 0:  # an engine whose pieces are not what its text is made of
            return " ".join(piece.text for piece in new)
        parts += [text[end:start], after.text]
        end = start + len(before.text)
    return "".join((*parts, text[end:]))
