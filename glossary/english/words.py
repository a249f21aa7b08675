"""Words of an English text, and the one spelling under which British, American and accented writing meet.

``spelled`` is a key, not a correction: it need not be a word, it must only be equal for spellings of one word and
differ for different words. Pairs whose American half is another word in British English (cheque and check, tyre and
tire, storey and story, tonne and ton) are therefore left apart.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

# Apostrophes, and the marks that transliterations of Arabic have for hamza and ayn.
APOSTROPHES = "'’ʼ‘`ʿʾʻ"
HYPHENS = "-‐‑‒–"
_WORD = re.compile(
    r"(?<!\w)[^\W\d_](?:\.[^\W\d_])+(?!\w)"  # U.S, whose last period may be that of the sentence
    rf"|[^\W_](?:[^\W_]|[\u0300-\u036f]|[{APOSTROPHES}](?=[^\W_]))*"
)
_POSSESSIVE = re.compile(rf"(?<=\w)[{APOSTROPHES}]s$", re.IGNORECASE)
_DROPPED = str.maketrans("", "", APOSTROPHES + ".")

# British to American, by ending. Sources: Oxford's “New Hart's Rules” 3.6 and 21.2, Merriam-Webster's entries.
_ENDINGS = tuple(
    (re.compile(pattern), american)
    for pattern, american in (
        (r"^practis(?=e|ing)", "practic"),
        (r"(?<=...)(?:is|iz)(?=(?:e|ed|es|er|ing|ation|ational|able)$)", "iz"),
        (r"(?<=al|ra|ro)ys(?=(?:e|ed|es|er|ing)$)", "yz"),  # analyse, paralyse, electrolyse, hydrolyse
        (r"(?<=...)our(?=(?:ed|ing|able|ful|ite|less|er|hood|al|ly)?$)", "or"),
        (r"(?<=cent|heat)re$|(?<=calib|spect|meagr)re$", "er"),
        (r"(?<=met|lit|fib|sab|och)re$|(?<=lust|somb)re$|(?<=sepulch)re$", "er"),
        (r"^(def|off|lic|pret)ence(?=d?$|less$)", r"\1ense"),
        (r"^(catal|dial|anal|monol|prol|epil|trav|homol)ogue$", r"\1og"),
        # One l where the syllable is not stressed: only words of several syllables, filled is not filed.
        (r"(?<=[aeiou])([^aeiou]+[aeiou])ll(?=(?:ed|ing|er|or|ous|ery)$)", r"\1l"),
        (r"aemi(?=[ac])", "emi"),
        (r"^(an|h|p|f|gyn|ischa|orthop|encyclop|an)ae(?=[a-z]{2})", r"\1e"),
        (r"^(diarrh|gonorrh|pyorrh)oea", r"\1ea"),
        (r"^oe(?=dema|soph|str)", "e"),
        (r"^foet(?=us|al)", "fet"),
        (r"^manoeuv(?:re|er)", "maneuver"),
    )
)
# What one of the endings may be in: most words have none of it.
_TELLTALE = re.compile(r"i[sz]|ys|our|re$|ence|ogue|ll|ae|oe|oeu")
_PAIRS = """
    programme:program grey:gray plough:plow sulphur:sulfur aluminium:aluminum aeroplane:airplane artefact:artifact
    mould:mold smoulder:smolder moustache:mustache sceptic:skeptic sceptical:skeptical scepticism:skepticism gaol:jail
    judgement:judgment acknowledgement:acknowledgment ageing:aging fulfil:fulfill enrol:enroll enrolment:enrollment
    fulfilment:fulfillment instalment:installment skilful:skillful wilful:willful jewellery:jewelry pyjamas:pajamas
    cosy:cozy enquiry:inquiry maths:math yoghurt:yogurt aetiology:etiology caesarean:cesarean archaeology:archeology
    archaeological:archeological oestrogen:estrogen furore:furor likeable:likable saleable:salable
"""
_WORDS = dict(pair.split(":") for pair in _PAIRS.split())


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: its place in code points, and its letters without a possessive ending, as typed."""

    start: int
    end: int
    letters: str
    possessive: bool = False


def words(text: str) -> list[Word]:
    """Return the words of ``text``; a hyphen parts words, an apostrophe does not. ``end`` is before a possessive 's."""
    found = []
    for match in _WORD.finditer(text):
        written = match.group()
        bare = written if written.isalnum() else _POSSESSIVE.sub("", written)
        found.append(Word(match.start(), match.start() + len(bare), bare, bare != written))
    return found


def is_article(word: Word) -> bool:
    """Tell whether a word is an article; a capital A may be that of hepatitis A."""
    return word.letters in {"a", "an"} or word.letters.lower() == "the"


def folded(letters: str) -> str:
    """Return the letters of a word in lower case, without accents, apostrophes and periods."""
    if letters.isascii():
        return letters.lower() if letters.isalnum() else letters.translate(_DROPPED).lower()
    parts = unicodedata.normalize("NFKD", letters.translate(_DROPPED).casefold())
    return "".join(char for char in parts if not unicodedata.combining(char))


@lru_cache(maxsize=1 << 16)
def spelled(word: str) -> str:
    """Return the key of a folded word in its dictionary form: the American spelling, for most words."""
    if len(word) < 4:
        return word
    word = _WORDS.get(word, word)
    if not _TELLTALE.search(word):
        return word
    for pattern, american in _ENDINGS:
        word = pattern.sub(american, word)
    return word
