"""What is wrong with a glossary, or may be: terms that contradict each other, stand twice, say nothing or go unused."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from corpus.arabic import strip_marks
from glossary.english_words import english_term_key
from glossary.model import Concept, Match, Term, TermStatus
from glossary.near_duplicates import one_letter_apart, singular_keys
from glossary.spelling import term_key
from glossary.word_classes import english_function_words

_ARABIC, _ENGLISH = "ar", "en"
_EDGES = " \t.,;:!?،؛؟…*/\\|\"'«»“”„-–—_"
_SHORT_ABBREVIATION = 5
# What most terms are made of, and nothing strange in it: English first, then Arabic.
_PLAIN_LETTERS = (re.compile(r"[ -~]*"), re.compile(r"[\u0621-\u063a\u0640-\u0655\u0670 -@\[-`{-~،؛؟]*"))


class QualityKind(StrEnum):
    """What a finding is about; ``is_serious`` are those that lead translators to different translations."""

    DUPLICATE = "duplicate"
    TWO_PREFERRED = "two-preferred"
    FORBIDDEN_ALONE = "forbidden-alone"
    NEAR_DUPLICATE = "near-duplicate"
    MARKS_ONLY = "marks-only"
    ONE_LANGUAGE = "one-language"
    MIXED_SCRIPT = "mixed-script"
    UNTIDY = "untidy"
    WAITING = "waiting"
    UNUSED = "unused"
    NO_DEFINITION = "no-definition"
    NO_DOMAIN = "no-domain"

    @property
    def is_serious(self) -> bool:
        """Tell whether a glossary with such a finding is not fit for use."""
        return self in {QualityKind.DUPLICATE, QualityKind.TWO_PREFERRED, QualityKind.FORBIDDEN_ALONE}


@dataclass(frozen=True, slots=True)
class QualityFinding:
    """One thing to look at, with the concepts and terms it is about."""

    kind: QualityKind
    message: str
    concepts: tuple[str, ...]
    terms: tuple[str, ...] = ()


def examine(
    concepts: Sequence[Concept],
    used: Mapping[str, int] | None = None,
    now: datetime | None = None,
    waiting_days: int = 30,
) -> list[QualityFinding]:
    """Return what is to be looked at in a glossary, by kind, the serious kinds first.

    ``used`` tells how often each concept was found in a corpus (see ``count_used``); without it nothing is said about
    use. Terms proposed ``waiting_days`` before ``now`` or earlier are waiting.
    """
    before = ((now or datetime.now(UTC)) - timedelta(days=waiting_days)).astimezone(UTC).isoformat()
    found = [finding for concept in concepts for finding in _in_concept(concept, before)]
    found += _between_concepts(concepts)
    if used is not None:
        found += [
            QualityFinding(QualityKind.UNUSED, f"{_name(concept)} does not occur in the corpus", (concept.uid,))
            for concept in concepts
            if not used.get(concept.uid) and concept.terms_in(_ARABIC) and concept.terms_in(_ENGLISH)
        ]
    order = list(QualityKind)
    return sorted(found, key=lambda finding: order.index(finding.kind))


def count_used(texts: Iterable[str], find: Callable[[str], Sequence[Match]]) -> Counter[str]:
    """Count in how many of ``texts`` each concept was found, by its uid."""
    used = Counter[str]()
    for text in texts:
        used.update({match.entry.concept_uid for match in find(text)})
    return used


# In one concept


def _in_concept(concept: Concept, before: str) -> Iterator[QualityFinding]:
    name, own = _name(concept), (concept.uid,)
    for language, what in ((_ARABIC, "Arabic"), (_ENGLISH, "English")):
        terms = concept.terms_in(language)
        if not terms:
            if not (language == _ENGLISH and concept.do_not_translate):
                yield QualityFinding(QualityKind.ONE_LANGUAGE, f"{name} has no {what} term", own)
            continue
        forbidden = _with_status(terms, TermStatus.FORBIDDEN)
        preferred = _with_status(terms, TermStatus.PREFERRED)
        if forbidden and not preferred:
            message = f"{name}: “{forbidden[0].text}” is forbidden and no {what} term is preferred"
            yield QualityFinding(QualityKind.FORBIDDEN_ALONE, message, own, _uids(forbidden))
        if language == _ENGLISH and len({_plain(term) for term in preferred}) > 1:
            message = f"{name} has {len(preferred)} preferred English terms: {_listed(preferred)}"
            yield QualityFinding(QualityKind.TWO_PREFERRED, message, own, _uids(preferred))
    if not (concept.definition or any(section.definition for section in concept.sections)):
        yield QualityFinding(QualityKind.NO_DEFINITION, f"{name} has no definition", own)
    if not concept.domain:
        yield QualityFinding(QualityKind.NO_DOMAIN, f"{name} has no domain", own)
    for term in concept.terms:
        yield from _in_term(concept, term, before)


def _in_term(concept: Concept, term: Term, before: str) -> Iterator[QualityFinding]:
    where = (concept.uid,), (term.uid,)
    if term.status is TermStatus.PROPOSED and term.stamp.created_at and term.stamp.created_at < before:
        message = f"“{term.text}” is proposed since {term.stamp.created_at[:10]}"
        yield QualityFinding(QualityKind.WAITING, message, *where)
    if _is_untidy(term.text):
        message = f"“{term.text}” has punctuation at an end or spaces too many"
        yield QualityFinding(QualityKind.UNTIDY, message, *where)
    for problem in _strange_letters(term):
        yield QualityFinding(QualityKind.MIXED_SCRIPT, f"“{term.text}” {problem}", *where)


def _is_untidy(text: str) -> bool:
    if text != text.strip() or re.search(r"\s{2,}|[\t\n\r]", text):
        return True
    bare = text.strip(_EDGES)
    is_abbreviation = text == bare + "." and ("." in bare or len(text.rsplit(maxsplit=1)[-1]) <= _SHORT_ABBREVIATION)
    return bare not in {text, ""} and not is_abbreviation


def _strange_letters(term: Term) -> Iterator[str]:
    """Yield what is odd about a term's letters: those of another script, and lookalikes, which no search finds."""
    if _PLAIN_LETTERS[term.language == _ARABIC].fullmatch(term.text):
        return
    by_word = [{_script(letter) for letter in word if letter.isalpha()} for word in term.text.split()]
    if any(len(scripts) > 1 for scripts in by_word):
        yield f"mixes scripts in a word: {', '.join(sorted(next(scripts for scripts in by_word if len(scripts) > 1)))}"
    elif term.language == _ENGLISH and any(scripts - {"LATIN"} for scripts in by_word):
        yield f"has {', '.join(sorted(set().union(*by_word) - {'LATIN'}))} letters in an English term"
    if term.language == _ARABIC and (strange := sorted(set(term.text) & set("یکەھے"))):
        yield f"has a Persian or Urdu letter that looks like an Arabic one: {' '.join(strange)}"
    if any("\ufb50" <= letter <= "\ufdff" or "\ufe70" <= letter <= "\ufefc" for letter in term.text):
        yield "is written in presentation forms"
    if any(unicodedata.category(letter) in {"Cc", "Cf"} for letter in term.text if letter not in "\u200c\u200d\t\n\r"):
        yield "has invisible characters"


def _script(letter: str) -> str:
    name = unicodedata.name(letter, "UNKNOWN").partition(" ")[0]
    return "LATIN" if name in {"FULLWIDTH", "FEMININE", "MASCULINE"} else name


# Between concepts


@dataclass(frozen=True, slots=True)
class _Pair:
    concept: Concept
    arabic: Term
    english: Term
    arabic_key: str
    english_key: str


def _between_concepts(concepts: Sequence[Concept]) -> Iterator[QualityFinding]:
    pairs = [
        _Pair(concept, arabic, english, term_key(arabic.text), english_term_key(english.text))
        for concept in concepts
        for arabic in concept.terms_in(_ARABIC)
        for english in concept.terms_in(_ENGLISH)
    ]
    by_keys: dict[tuple[str, str], list[_Pair]] = defaultdict(list)
    by_arabic: dict[str, list[_Pair]] = defaultdict(list)
    for pair in pairs:
        by_keys[pair.arabic_key, pair.english_key].append(pair)
        by_arabic[pair.arabic_key].append(pair)
    for alike in by_keys.values():
        yield from _same_pair(alike)
    for alike in by_arabic.values():
        yield from _two_preferred(alike)
    yield from _plurals(pairs, by_keys)
    yield from _misspelled(by_arabic)


def _same_pair(pairs: Sequence[_Pair]) -> Iterator[QualityFinding]:
    """Judge pairs that are the same but for what keys do not see."""
    if len({pair.concept.uid for pair in pairs}) < 2:
        return
    exact: dict[tuple[str, str], list[_Pair]] = defaultdict(list)
    for pair in pairs:
        exact[_plain(pair.arabic), _plain(pair.english)].append(pair)
    for same in exact.values():
        if len({pair.concept.uid for pair in same}) > 1:
            is_exact = len({pair.arabic.text for pair in same}) == 1
            kind = QualityKind.DUPLICATE if is_exact else QualityKind.MARKS_ONLY
            what = "stands in several concepts" if is_exact else "stands in concepts that differ in vowel marks only"
            yield _about(kind, f"{_pair_text(same[0])} {what}", same)
    if len(exact) > 1:
        firsts = [same[0] for same in exact.values()]
        message = "Nearly the same: " + ", ".join(_pair_text(pair) for pair in firsts[:5])
        if len({pair.concept.uid for pair in firsts}) > 1:
            yield _about(QualityKind.NEAR_DUPLICATE, message, firsts)


def _two_preferred(pairs: Sequence[_Pair]) -> Iterator[QualityFinding]:
    """Find one Arabic term with different preferred English in concepts of one domain."""
    if len(pairs) < 2:
        return
    by_place: dict[tuple[str, str], list[_Pair]] = defaultdict(list)
    for pair in pairs:
        if pair.arabic.status is not TermStatus.FORBIDDEN and pair.english.status is TermStatus.PREFERRED:
            by_place[pair.concept.domain, strip_marks(pair.arabic.text)].append(pair)
    for (domain, arabic), same in by_place.items():
        vowelled = {pair.arabic.text for pair in same}
        are_homographs = len(vowelled) > 1 and all(text != arabic for text in vowelled)
        differ = len({pair.english_key for pair in same}) > 1 and len({pair.concept.uid for pair in same}) > 1
        if differ and not are_homographs:
            texts = ", ".join(dict.fromkeys(f"“{pair.english.text}”" for pair in same))
            where = f"the domain {domain}" if domain else "concepts without a domain"
            yield _about(QualityKind.TWO_PREFERRED, f"“{arabic}” is preferred as {texts} in {where}", same)


def _plurals(pairs: Sequence[_Pair], by_keys: Mapping[tuple[str, str], Sequence[_Pair]]) -> Iterator[QualityFinding]:
    translated_alike = Counter(english for _, english in by_keys)
    for pair in pairs:
        if translated_alike[pair.english_key] < 2:
            continue
        for singular in dict.fromkeys(singular_keys(pair.arabic.text)):
            others = by_keys.get((singular, pair.english_key), ()) if singular != pair.arabic_key else ()
            if others and others[0].concept.uid != pair.concept.uid:
                message = f"{_pair_text(pair)} is likely a form of {_pair_text(others[0])}"
                yield _about(QualityKind.NEAR_DUPLICATE, message, (others[0], pair))


def _misspelled(by_arabic: Mapping[str, Sequence[_Pair]]) -> Iterator[QualityFinding]:
    for one, other in one_letter_apart(by_arabic):
        first, second = by_arabic[one][0], by_arabic[other][0]
        # Without a word of English in common they are different words: المحاربة and المضاربة.
        in_common = set(first.english_key.split()) & set(second.english_key.split()) - english_function_words()
        if first.concept.uid != second.concept.uid and in_common:
            message = f"{_pair_text(first)} and {_pair_text(second)} differ in one letter"
            yield _about(QualityKind.NEAR_DUPLICATE, message, (first, second))


def _about(kind: QualityKind, message: str, pairs: Sequence[_Pair]) -> QualityFinding:
    terms = (term.uid for pair in pairs for term in (pair.arabic, pair.english))
    return QualityFinding(
        kind, message, tuple(dict.fromkeys(pair.concept.uid for pair in pairs)), tuple(dict.fromkeys(terms))
    )


def _pair_text(pair: _Pair) -> str:
    return f"“{pair.arabic.text}” = “{pair.english.text}”"


def _plain(term: Term) -> str:
    """Return a term's text as it counts for sameness: without vowel marks, and with its case and spelling."""
    return strip_marks(term.text).strip()


def _with_status(terms: Iterable[Term], status: TermStatus) -> list[Term]:
    return [term for term in terms if term.status is status]


def _uids(terms: Iterable[Term]) -> tuple[str, ...]:
    return tuple(term.uid for term in terms)


def _listed(terms: Iterable[Term]) -> str:
    return ", ".join(f"“{term.text}”" for term in terms)


def _name(concept: Concept) -> str:
    return f"“{concept.terms[0].text}”" if concept.terms else f"The concept {concept.uid}"
