"""The data categories of TBX: which field of ours holds each, and what the dialects allow.

From the module descriptions Min.tbxmd and Basic.tbxmd and the Schematron rules of TBX-Basic and TBX-Min (LTAC Global).
A category is written ``element:type``, as the DCA style has it: ``descrip:definition``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from glossary.exchange.statuses import status_of_word
from glossary.model import TermStatus

NAMESPACE = "urn:iso:std:iso:30042:ed-2"
MODULES = {"min": "http://www.tbxinfo.net/ns/min", "basic": "http://www.tbxinfo.net/ns/basic"}


class Level(StrEnum):
    """Where in an entry something is said."""

    CONCEPT = "conceptEntry"
    SECTION = "langSec"
    TERM = "termSec"


_EVERYWHERE = frozenset(Level)
_CONCEPT_AND_TERM = frozenset({Level.CONCEPT, Level.TERM})
_TERM = frozenset({Level.TERM})


@dataclass(frozen=True, slots=True)
class Category:
    """A data category: the module it belongs to, the levels it may stand at, and its values when they are a list."""

    element: str
    module: str
    levels: frozenset[Level]
    values: frozenset[str] = frozenset()


_POS = frozenset({"noun", "verb", "adjective", "adverb", "other"})
_GENDERS = frozenset({"masculine", "feminine", "neuter", "other"})
_TERM_TYPES = frozenset({"fullForm", "acronym", "abbreviation", "shortForm", "variant", "phrase"})
_STATUSES = {
    "preferredTerm-admn-sts": TermStatus.PREFERRED,
    "admittedTerm-admn-sts": TermStatus.ADMITTED,
    "deprecatedTerm-admn-sts": TermStatus.FORBIDDEN,
    "supersededTerm-admn-sts": TermStatus.FORBIDDEN,
}
_TEXTS = {status: text for text, status in reversed(_STATUSES.items())}
_LOCATIONS = frozenset(
    {
        *("checkBox", "comboBox", "comboBoxElement", "dialogBox", "groupBox", "informativeMessage"),
        *("interactiveMessage", "menuItem", "progressBar", "pushButton", "radioButton", "slider"),
        *("spinBox", "tab", "tableText", "textBox", "toolTip", "user-definedType"),
    }
)

CATEGORIES = {
    "subjectField": Category("descrip", "min", frozenset({Level.CONCEPT})),
    "customerSubset": Category("admin", "min", _CONCEPT_AND_TERM),
    "administrativeStatus": Category("termNote", "min", _TERM, frozenset(_STATUSES)),
    "partOfSpeech": Category("termNote", "min", _TERM, _POS),
    "externalCrossReference": Category("xref", "basic", _CONCEPT_AND_TERM),
    "context": Category("descrip", "basic", _TERM),
    "definition": Category("descrip", "basic", frozenset({Level.CONCEPT, Level.SECTION})),
    "projectSubset": Category("admin", "basic", _CONCEPT_AND_TERM),
    "source": Category("admin", "basic", _EVERYWHERE),
    "crossReference": Category("ref", "basic", _CONCEPT_AND_TERM),
    "geographicalUsage": Category("termNote", "basic", _TERM),
    "grammaticalGender": Category("termNote", "basic", _TERM, _GENDERS),
    "termLocation": Category("termNote", "basic", _TERM, _LOCATIONS),
    "termType": Category("termNote", "basic", _TERM, _TERM_TYPES),
    "transactionType": Category("transac", "basic", _EVERYWHERE, frozenset({"origination", "modification"})),
    "responsibility": Category("transacNote", "basic", _EVERYWHERE),
    "xGraphic": Category("xref", "basic", frozenset({Level.CONCEPT, Level.SECTION})),
}

# The modules of each dialect. The Schematron of TBX-Min in DCA style allows externalCrossReference too; its description
# and its DCT module do not have it.
DIALECTS: dict[str, frozenset[str]] = {
    "basic": frozenset({"min", "basic"}),
    "min": frozenset({"min"}),
    "core": frozenset(),
}
STYLES = ("dca", "dct")

# The field of ours that holds a category at a level; what is not here goes to the extras.
FIELDS: dict[Level, dict[str, str]] = {
    Level.CONCEPT: {"descrip:subjectField": "domain", "descrip:definition": "definition"},
    Level.SECTION: {"descrip:definition": "definition"},
    Level.TERM: {
        "termNote:administrativeStatus": "status",
        "termNote:partOfSpeech": "pos",
        "termNote:grammaticalGender": "gender",
        "termNote:grammaticalNumber": "number",
        "termNote:register": "register",
        "termNote:termType": "term_type",
        "termNote:geographicalUsage": "geography",
        "descrip:context": "example",
        "admin:source": "reference",
    },
}


def status_of(text: str) -> TermStatus:
    """Return the status that a file's word for it means: a picklist value or another spelling; else admitted."""
    return _STATUSES.get(text) or status_of_word(text) or TermStatus.ADMITTED


def is_usual_status(text: str) -> bool:
    """Tell whether a status is written as Tarjama writes it, so that the word itself need not be kept."""
    return text in _STATUSES and status_text(_STATUSES[text]) == text


def status_text(status: TermStatus) -> str:
    """Return the picklist value for a status; there is none for proposed terms, which may be used meanwhile."""
    if status is TermStatus.PROPOSED:
        status = TermStatus.ADMITTED
    return _TEXTS[status]


def pos_text(pos: str) -> str:
    """Return the picklist value for a part of speech."""
    if pos in _POS:
        return pos
    return next((known for known in ("adverb", "noun", "verb", "adjective") if known in pos.lower().split()), "other")
