"""What is typed to find terms: words and filters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.errors import TermError
from glossary.model import TermStatus
from glossary.query import TermQuery, next_filter, parse_query, words_of


def test_words_are_folded_and_filters_are_told_apart():
    query = parse_query(
        'أُمَم status:proposed Nations domain:"Armed Conflict" author:Anna tag:x is:unused is:conflicting'
    )
    assert query.words == ("امم", "nations")
    assert query == TermQuery(
        words=query.words,
        statuses=frozenset({TermStatus.PROPOSED}),
        domain="armed conflict",
        author="anna",
        tag="x",
        unused=True,
        conflicting=True,
    )
    assert query.filters[:2] == ("status:proposed", 'domain:"armed conflict"')


def test_the_beginning_of_a_value_is_enough_while_it_is_typed():
    assert parse_query("status:").statuses == frozenset()
    assert parse_query("status:p").statuses == {TermStatus.PREFERRED, TermStatus.PROPOSED}
    assert parse_query("is:c").conflicting
    assert parse_query("status:proposed status:forbidden").statuses == {TermStatus.PROPOSED, TermStatus.FORBIDDEN}


@pytest.mark.parametrize("text", ["status:best", "is:good"])
def test_values_that_do_not_exist_are_refused_with_those_that_do(text):
    with pytest.raises(TermError) as refused:
        parse_query(text)
    assert "forbidden" in refused.value.hint or "is:unused" in refused.value.hint


def test_other_words_with_a_colon_are_words():
    assert parse_query("http://x note:y").words == ("http://x", "note:y")
    assert words_of("status:proposed  Baghouz tag:x  camp") == "Baghouz camp"


def test_the_filter_key_goes_round_and_leaves_the_words_alone():
    text, seen = 'camp domain:"a b"', []
    for _ in range(7):
        text = next_filter(text)
        seen.append(text.removesuffix('camp domain:"a b"').strip())
    statuses = [f"status:{status}" for status in ("proposed", "preferred", "admitted", "forbidden")]
    assert seen == [*statuses, "is:conflicting", "is:unused", ""]
    assert next_filter("is:conflicting", may_ask_unused=False) == ""


@given(st.text())
def test_any_text_is_a_query_or_refused(text):
    try:
        query = parse_query(text)
    except TermError:
        return
    assert all(query.words)
