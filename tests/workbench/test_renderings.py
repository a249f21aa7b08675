import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.model import TermEntry
from workbench.renderings import PlainFinder, replaced


def entry(target, **more):
    return TermEntry(f"uid of {target}", "concept", "عربي", target, **more)


def found(target, text, **more):
    return [text[span.start : span.end] for span in PlainFinder().find([entry(target, **more)], text)]


@pytest.mark.parametrize(
    ("target", "text", "surfaces"),
    [
        ("city", "The city, the cities, City's gates.", ["city", "cities", "City's"]),
        ("city", "velocity and citizens", []),
        ("air strike", "An air-strike and air\nstrikes’ damage", ["air-strike", "air\nstrikes’"]),
        ("church", "churches", ["churches"]),
        ("armed forces", "the Armed Forces' men", ["Armed Forces'"]),
        ("C++", "in C++.", ["C++"]),
        ("day", "days", ["days"]),
    ],
)
def test_terms_are_found_in_their_forms(target, text, surfaces):
    assert found(target, text) == surfaces


def test_a_case_sensitive_term_is_found_as_it_is_written():
    assert found("WHO", "who is the WHO", case_sensitive=True) == ["WHO"]


def test_a_longer_term_goes_before_one_inside_it():
    spans = PlainFinder().find([entry("city"), entry("capital city")], "the capital city and a city")
    assert [span.entry.target for span in spans] == ["capital city", "city"]


def change(text, old, new):
    (span,) = PlainFinder().find([entry(old)], text)
    result = replaced(text, span, new)
    if result is None:
        return None
    start, end, words = result
    return text[:start] + words + text[end:]


@pytest.mark.parametrize(
    ("text", "old", "new", "expected"),
    [
        ("the raid on it", "raid", "strike", "the strike on it"),
        ("two raids on it", "raid", "air strike", "two air strikes on it"),
        ("the city's gates", "city", "town", "the town's gates"),
        ("the cities’ gates", "city", "town", "the towns’ gates"),
        ("the raids hurt", "raid", "sortie", "the sorties hurt"),
        ("the towns", "town", "city", "the cities"),
        ("City life. It", "city", "town", "Town life. It"),
        ("It ended. “Raids went on", "raid", "air strike", "It ended. “Air strikes went on"),
        ("Attack on City in North", "city", "market town", "Attack on Market Town in North"),
        ("THE CITY", "city", "town", "THE TOWN"),
        ("near Baghuz today", "Baghuz", "Baghouz", "near Baghouz today"),
        ("al-Baghuz fell", "al-Baghuz", "al-Baghouz", "al-Baghouz fell"),
        ("a raid", "raid", "air strike", "an air strike"),
        ("An attack came", "attack", "raid", "A raid came"),
        ("a hospital", "hospital", "hospice", "a hospice"),
    ],
)
def test_form_and_capitals_are_kept(text, old, new, expected):
    assert change(text, old, new) == expected


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        ("two offices", "office", "ministry of health"),  # which word takes the plural?
        ("two raids", "raid", "hostilities"),
        ("a raid", "raid", "hourly attack"),
        ("a raid", "raid", "UN raid"),
        ("Plan A raid", "raid", "air strike"),
    ],
)
def test_nothing_is_said_where_it_is_not_certain(text, old, new):
    assert change(text, old, new) is None


@given(st.text(), st.text(min_size=1).filter(str.strip))
def test_any_text_can_be_searched(text, target):
    for span in PlainFinder().find([entry(target)], text):
        assert 0 <= span.start < span.end <= len(text)
        replaced(text, span, "town")


@given(st.sampled_from(["city", "air strike", "church", "al-Baghuz"]), st.sampled_from(["raid", "town hall", "day"]))
def test_replacing_there_and_back_gives_the_text_again(old, new):
    text = f"we saw the {old} there"
    there = change(text, old, new)
    assert there is not None
    assert change(there, new, old) == text
