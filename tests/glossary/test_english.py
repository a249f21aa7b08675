import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.english import EnglishFinder, replacement
from glossary.english.fitting import Inflection
from glossary.english.inflection import plural, singulars, verbs
from glossary.english.words import folded, spelled, words
from glossary.model import TermEntry


def entry(target, uid="e", concept="c", **fields):
    return TermEntry(uid, concept, "مصطلح", target, **fields)


def found(term, text, **fields):
    return [occurrence.surface for occurrence in EnglishFinder([entry(term, **fields)]).find(text)]


@pytest.mark.parametrize(
    ("term", "text", "surfaces"),
    [
        ("minister of defense", "Ministers of Defence met", ["Ministers of Defence"]),
        ("prisoners of war", "a prisoner of war", ["prisoner of war"]),
        ("attorney general", "two attorneys general", ["attorneys general"]),
        ("army", "armies and the army’s men", ["armies", "army"]),
        ("policeman", "policemen's", ["policemen"]),
        ("policewoman", "policewomen", ["policewomen"]),
        ("wife", "wives", ["wives"]),
        ("crisis", "crises", ["crises"]),
        ("criterion", "the criteria", ["criteria"]),
        ("person", "people", ["people"]),
        ("hero", "heroes", ["heroes"]),
        ("viruses", "a virus", ["virus"]),
        ("headache", "headaches", ["headaches"]),
        ("cease-fire", "ceasefire, cease fire, cease-fires", ["ceasefire", "cease fire", "cease-fires"]),
        ("ceasefire", "the cease-fire agreement", ["cease-fire"]),
        ("airstrike", "air strikes; air-strike", ["air strikes", "air-strike"]),
        ("immediate ceasefire", "an immediate cease-fire", ["immediate cease-fire"]),
        ("the Gulf", "in the Gulf", ["Gulf"]),
        ("ministry of interior", "Ministry of the Interior", ["Ministry of the Interior"]),
        ("to withdraw", "they withdrew", ["withdrew"]),
        ("stop", "stopping, stopped, stops", ["stopping", "stopped", "stops"]),
        ("organisation", "organizations’", ["organizations"]),
        ("programme", "programs", ["programs"]),
        ("anaemia", "anemia", ["anemia"]),
        ("Sana'a", "Sana’a, Sanaa", ["Sana’a", "Sanaa"]),
        ("São Tomé", "Sao Tome", ["Sao Tome"]),
        ("St. Louis", "in St. Louis", ["St. Louis"]),
        ("McDonald's", "at McDonald’s.", ["McDonald’s"]),
        ("World Health Organization (WHO)", "the World Health Organization; WHO", ["World Health Organization", "WHO"]),
        ("C++", "C, C++", ["C++"]),
        ("COVID-19", "Covid 19", ["Covid 19"]),
        ("hepatitis A", "hepatitis A", ["hepatitis A"]),
    ],
)
def test_a_term_is_found_in_the_forms_english_gives_it(term, text, surfaces):
    assert found(term, text) == surfaces


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("news", "a new day"),
        ("arms", "an arm"),
        ("organ", "organization"),
        ("general", "generation"),
        ("therapist", "the rapist"),
        ("air strike", "in the air, strike"),
        ("filed", "filled"),
        ("Windows", "a window"),
        ("US", "used by us"),
        ("WHO", "Who is it, and who is he"),
        ("AIDS", "hearing aids"),
        ("C++", "vitamin C"),
        ("Baker", "baked"),
        ("", "nothing"),
        ("…", "… and so on"),
    ],
)
def test_other_words_are_not_the_term(term, text):
    assert found(term, text) == []


def test_only_verbs_and_words_of_unknown_kind_are_found_as_verbs():
    assert found("strike", "they struck", pos="verb") == ["struck"]
    assert found("bomb", "they bombed", pos="") == ["bombed"]
    assert found("bomb", "they bombed bombs", pos="noun") == ["bombs"]


def test_a_case_sensitive_term_is_found_in_its_case_only():
    assert found("IS", "is IS Is, IS-held", case_sensitive=True) == ["IS", "IS"]
    assert found("US", "us, U.S. and US", case_sensitive=True) == ["U.S", "US"]
    assert found("polish", "Polish. Polish polish", case_sensitive=True) == ["Polish", "Polish", "polish"]
    assert found("polish", "the Polish", case_sensitive=True) == []


def test_stored_forms_are_found_as_the_term_is():
    finder = EnglishFinder([entry("United Nations", target_forms=("UN", "UNO"))])
    assert [(one.surface, one.written) for one in finder.find("The UN, or United Nations")] == [
        ("UN", "UN"),
        ("United Nations", "United Nations"),
    ]


def test_terms_inside_others_are_found_too_and_a_term_of_two_pairs_once():
    entries = [entry("air strike", "a"), entry("strike", "b"), entry("strike", "b")]
    found = EnglishFinder(entries).find("Air strikes")
    assert [(one.surface, one.entry.uid) for one in found] == [("Air strikes", "a"), ("strikes", "b")]


def test_a_changed_concept_is_found_as_it_stands_now():
    finder = EnglishFinder([entry("air strike", "a", "x"), entry("air raid", "b", "y")])
    finder.replace("x", [entry("bombings", "a", "x")])
    assert [one.surface for one in finder.find("air strike, air raid, bombing")] == ["air raid", "bombing"]
    finder.replace("x", [])
    finder.replace("y", [])
    assert finder.find("air strike, air raid, bombing") == []
    assert not finder._terms
    assert not finder._beginnings


SPELLINGS = """
    defence:defense offence:offense centre:center theatre:theater colour:color neighbouring:neighboring labour:labor
    honourable:honorable organisation:organization mobilise:mobilize mobilised:mobilized analyse:analyze
    traveller:traveler travelling:traveling catalogue:catalog programme:program anaesthesia:anesthesia
    haemorrhage:hemorrhage paediatric:pediatric leukaemia:leukemia oedema:edema diarrhoea:diarrhea foetus:fetus
    practise:practice manoeuvre:maneuver grey:gray kilometre:kilometer fibre:fiber
"""


@pytest.mark.parametrize("pair", SPELLINGS.split())
def test_british_and_american_spellings_are_one(pair):
    british, american = pair.split(":")
    assert spelled(british) == spelled(american)


@pytest.mark.parametrize("pair", ["four:for", "tour:tor", "filled:filed", "cheque:check", "hour:hor", "Michael:Michel"])
def test_words_that_only_look_like_two_spellings_are_two(pair):
    one, other = pair.lower().split(":")
    assert spelled(one) != spelled(other)


@pytest.mark.parametrize(
    "pair",
    [
        "army:armies",
        "day:days",
        "hero:heroes",
        "photo:photos",
        "box:boxes",
        "church:churches",
        "monarch:monarchs",
        "man:men",
        "woman:women",
        "policewoman:policewomen",
        "German:Germans",
        "crisis:crises",
        "wife:wives",
        "chief:chiefs",
        "aircraft:aircraft",
        "NGO:NGOs",
        "bus:buses",
        "class:classes",
        "soliloquy:soliloquies",
        "Child:Children",
    ],
)
def test_plurals(pair):
    one, many = pair.split(":")
    assert plural(one) == many
    assert one == many or one.lower() in singulars(many.lower())


@pytest.mark.parametrize("word", ["information", "Chinese", "physics", "Kennedy", "news", "index", "COVID-19", ""])
def test_a_plural_that_is_not_certain_is_not_made_up(word):
    assert plural(word) is None


def test_verbs():
    assert "stop" in verbs("stopping")
    assert "carry" in verbs("carried")
    assert "die" in verbs("dying")
    assert "bribe" in verbs("bribed")
    assert verbs("struck") == ("strike",)
    assert "us" not in verbs("used")


def replaced(text, forbidden, preferred, **fields):
    (occurrence,) = EnglishFinder([entry(forbidden, **fields)]).find(text)
    fix = replacement(text, occurrence, preferred)
    return fix and text[: fix.start] + fix.text + text[fix.end :]


@pytest.mark.parametrize(
    ("text", "forbidden", "preferred", "expected"),
    [
        ("the terrorist's gun", "terrorist", "fighter", "the fighter's gun"),
        ("Terrorists came", "terrorist", "fighter", "Fighters came"),
        ("the terrorists’ guns", "terrorist", "man of war", "the men of war’ guns"),
        ("a bomb", "bomb", "explosive", "an explosive"),
        ("An attack", "attack", "strike", "A strike"),
        ("an hour", "hour", "unit", "a unit"),
        ("an explosive", "explosive", "FBI bomb", "an FBI bomb"),
        ("Air Strikes in Syria", "air strike", "artillery bombardment", "Artillery Bombardments in Syria"),
        ("AIR STRIKE", "air strike", "raid", "RAID"),
        ("the Daesh fighters", "Daesh", "Islamic State", "the Islamic State fighters"),
        ("one prisoner", "prisoners", "captives", "one captive"),
        ("attorneys", "attorney", "secretary general", "secretaries general"),
        ("in the Arab Gulf", "Arab Gulf", "the Gulf", "in the Gulf"),
        ("How long will the plague last?", "plague", "an epidemic", "How long will the epidemic last?"),
        ("jabs", "jab", "vaccines", "vaccines"),
        ("a jab", "jab", "vaccines", None),
        ("rebels", "rebels", "opposition", None),
        ("they bombed it", "bomb", "shell", None),
        ("bombs", "bomb", "ammunition", None),
    ],
)
def test_a_replacement_has_the_number_case_and_article_of_its_place(text, forbidden, preferred, expected):
    assert replaced(text, forbidden, preferred) == expected


def test_inflections_are_told():
    finder = EnglishFinder([entry("bomb")])
    told = [one.inflection for one in finder.find("bomb bombs bombed")]
    assert told == [Inflection.SAME, Inflection.PLURAL, Inflection.VERB]


PIECES = st.lists(
    st.sampled_from(
        [
            "air",
            "strike",
            "strikes",
            "cease-fire",
            "ceasefire",
            "the",
            "a",
            "a.b.",
            "U.S",
            "'s",
            "’",
            "-",
            ".",
            ",",
            "İ",
            "ﬁ",
            "é",
            "C++",
            "\n",
        ]
    )
    | st.text(max_size=5),
    max_size=12,
)


@given(PIECES, PIECES, st.booleans())
def test_whatever_the_text_and_terms_offsets_are_right_and_the_table_empties(terms, pieces, case_sensitive):
    entries = [entry(term, str(number), case_sensitive=case_sensitive) for number, term in enumerate(terms)]
    finder = EnglishFinder([*entries, entry(" ".join(terms), "all")])
    for joint in ("", " "):
        text = joint.join(pieces)
        for one in finder.find(text):
            assert 0 <= one.start < one.end <= len(text)
            assert text[one.start : one.end] == one.surface
            fix = replacement(text, one, "other term")
            assert fix is None or (fix.start <= one.start and fix.end == one.end)
    finder.replace("c", [])
    assert not finder._terms
    assert not finder._beginnings


@given(st.text())
def test_words_cover_letters_of_the_text_in_order(text):
    end = 0
    for word in words(text):
        assert end <= word.start < word.end <= len(text)
        assert text[word.start : word.end] == word.letters
        assert isinstance(folded(word.letters), str)
        end = word.end


@given(st.lists(st.from_regex(r"[a-zA-Z]{3,9}", fullmatch=True), min_size=1, max_size=4))
def test_every_term_is_found_in_itself(parts):
    term = " ".join(parts)
    assert any(one.surface for one in EnglishFinder([entry(term)]).find(f"“{term}”"))


def test_a_term_as_long_as_a_sentence_is_not_looked_for():
    assert len(found("word " * 30, "word " * 31)) == 2
    assert found("word " * 2000, "word " * 2000) == []
