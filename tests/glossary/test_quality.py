"""The quality report: each kind of finding, and what is none."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.matcher import Matcher
from glossary.model import Concept, Stamp, Term, TermEntry, TermStatus
from glossary.near_duplicates import one_letter_apart
from glossary.quality import QualityKind, count_used, examine

P, F = TermStatus.PREFERRED, TermStatus.FORBIDDEN


def concept(uid, arabic="", english=(), domain="news", definition="x", **more):
    english = (english,) if isinstance(english, str) else english
    terms = [Term(f"{uid}ar", "ar", arabic)] if arabic else []
    terms += [
        Term(f"{uid}en{number}", "en", *(text if isinstance(text, tuple) else (text,)))
        for number, text in enumerate(english)
    ]
    return Concept(uid, domain, definition, terms=tuple(terms), **more)


def kinds(*concepts, **options):
    return [(finding.kind, finding.concepts) for finding in examine(concepts, **options)]


def test_a_sound_glossary_has_no_findings():
    sound = [
        concept("1", "هدنة", ("truce", ("ceasefire", TermStatus.ADMITTED))),
        concept("2", "وقف إطلاق النار", "ceasefire"),
        concept("3", "الولايات المتحدة", "U.S."),
        concept("4", "شركة", "Smith Inc."),
        concept("5", "قَدَم", "foot"),
        concept("6", "قِدَم", "age"),
        concept("7", "فيروس كورونا (كوفيد)", "coronavirus (COVID)"),
    ]
    assert kinds(*sound) == []


@pytest.mark.parametrize(
    ("first", "second", "kind"),
    [
        (("هدنة", "truce"), ("هدنة", "truce"), QualityKind.DUPLICATE),
        (("هدنة", "truce"), ("هُدنة", "truce"), QualityKind.MARKS_ONLY),
        (("هدنة", "truce"), ("الهدنة", "truce"), QualityKind.NEAR_DUPLICATE),
        (("الأمم المتحدة", "UN"), ("الامم المتحدة", "UN"), QualityKind.NEAR_DUPLICATE),
        (("هدنة", "truce"), ("هدنة", "Truces"), QualityKind.NEAR_DUPLICATE),
        (("هدنة", "cease-fire"), ("هدنة", "cease fire"), QualityKind.NEAR_DUPLICATE),
        (("وزير", "minister"), ("وزراء", "ministers"), QualityKind.NEAR_DUPLICATE),
        (("مدينة", "city"), ("مدن", "cities"), QualityKind.NEAR_DUPLICATE),
        (("صاروخ باليستي", "ballistic missile"), ("صاروخ بالستي", "ballistic rocket"), QualityKind.NEAR_DUPLICATE),
        (("هدنة", "truce"), ("هدنة", "armistice"), QualityKind.TWO_PREFERRED),
    ],
)
def test_two_concepts_that_are_too_much_alike(first, second, kind):
    found = kinds(concept("1", *first), concept("2", *second))
    assert {(one, *sorted(uids)) for one, uids in found} == {(kind, "1", "2")}


def test_one_term_may_have_another_translation_in_another_domain():
    assert kinds(concept("1", "هدنة", "truce"), concept("2", "هدنة", "lull", domain="weather")) == []


def test_two_preferred_terms_in_a_concept():
    assert kinds(concept("1", "هدنة", ("truce", "armistice"))) == [(QualityKind.TWO_PREFERRED, ("1",))]


@pytest.mark.parametrize(
    ("made", "kind"),
    [
        (concept("1", "هدنة", (("truce", F),)), QualityKind.FORBIDDEN_ALONE),
        (concept("1", "هدنة"), QualityKind.ONE_LANGUAGE),
        (concept("1", english="truce"), QualityKind.ONE_LANGUAGE),
        (concept("1", "هدنة", "truce", domain=""), QualityKind.NO_DOMAIN),
        (concept("1", "هدنة", "truce", definition=""), QualityKind.NO_DEFINITION),
        (concept("1", "هدنة،", "truce"), QualityKind.UNTIDY),
        (concept("1", "وقف  النار", "truce"), QualityKind.UNTIDY),
        (concept("1", "هدنة", "long truce."), QualityKind.UNTIDY),
        (concept("1", "هدنة", "tru\u0441e"), QualityKind.MIXED_SCRIPT),
        (concept("1", "هدنة", "هدنة"), QualityKind.MIXED_SCRIPT),
        (concept("1", "کتاب", "book"), QualityKind.MIXED_SCRIPT),
        (concept("1", "ﻛﺘﺎﺏ", "book"), QualityKind.MIXED_SCRIPT),
        (concept("1", "كتاب\u200e", "book"), QualityKind.MIXED_SCRIPT),
    ],
)
def test_what_is_wrong_with_one_concept(made, kind):
    assert kinds(made) == [(kind, ("1",))]


def test_a_forbidden_term_with_a_preferred_one_is_as_it_should_be():
    assert kinds(concept("1", "هدنة", ("truce", ("peace", F)))) == []


def test_an_untranslated_concept_needs_no_english():
    assert kinds(concept("1", "هدنة", do_not_translate=True)) == []


def test_terms_that_wait_too_long():
    now = datetime(2026, 3, 1, tzinfo=UTC)
    old = Term("t", "en", "truce", TermStatus.PROPOSED, stamp=Stamp(created_at="2026-01-01T00:00:00Z"))
    made = Concept("1", "news", "x", terms=(Term("a", "ar", "هدنة"), old))
    assert kinds(made, now=now) == [(QualityKind.WAITING, ("1",))]
    assert kinds(made, now=now, waiting_days=90) == []


def test_terms_that_do_not_occur():
    entries = [TermEntry("1en0", "1", "هدنة", "truce"), TermEntry("2en0", "2", "قصف", "shelling")]
    used = count_used(["انتهت الهدنة", "هدنة وهدنة"], Matcher(entries).find)
    assert used == {"1": 2}
    assert kinds(concept("1", "هدنة", "truce"), concept("2", "قصف", "shelling"), used=used) == [
        (QualityKind.UNUSED, ("2",))
    ]


def test_serious_kinds_come_first():
    found = kinds(concept("1", "هدنة", ("truce", "lull"), domain=""), concept("2", "قصف،", "shelling"))
    assert [kind for kind, _ in found] == [QualityKind.TWO_PREFERRED, QualityKind.UNTIDY, QualityKind.NO_DOMAIN]


def _distance_is_one(first, second):
    """Say it anew, in the slow way: one letter left out, put in, changed, or two neighbors exchanged."""
    edits = {first[:i] + first[i + 1 :] for i in range(len(first))}
    edits |= {first[:i] + letter + first[i:] for i in range(len(first) + 1) for letter in "abc"}
    edits |= {first[:i] + letter + first[i + 1 :] for i in range(len(first)) for letter in "abc"}
    edits |= {first[:i] + first[i + 1] + first[i] + first[i + 2 :] for i in range(len(first) - 1)}
    return second in edits and first != second


@given(st.lists(st.text(alphabet="abc", min_size=7, max_size=8), max_size=12))
def test_words_one_letter_apart_are_found_once_and_no_others(words):
    found = list(one_letter_apart(words))
    assert len(found) == len(set(found))
    for first, second in found:
        assert _distance_is_one(first, second)
    for first in set(words):
        for second in set(words):
            if first < second and _distance_is_one(first, second) and first[:-1] != second[: len(first) - 1]:
                last_differs = first[:-1] == second[:-1] or first == second[:-1] or second == first[:-1]
                assert last_differs or (first, second) in found
