"""Which column of a table holds which field: as the user says, by headers people use, by the script of its cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.arabic import fold, is_arabic
from corpus.visible import visible
from glossary.errors import ExchangeError
from glossary.exchange.termbase import ReadOptions
from glossary.model import NewTerm

COLUMNS = tuple(name for name in NewTerm.__dataclass_fields__ if name != "extras")
"""The headers of Tarjama's own tables, in their order."""

FIRST_COLUMNS = COLUMNS[: COLUMNS.index("note") + 1]
"""The headers that every table of Tarjama's has."""

KEPT = "column:"
"""What the category of an extra begins with that came from a column without a field."""

_REGIONAL = re.compile(r"(ar|en)[-_][a-z]{2,4}", re.IGNORECASE)
_LANGUAGE_NAMES = {
    "source": "ar ara arabic arabicterm عربي العربية عربية المصطلح_العربي",
    "target": "en eng english englishterm انجليزي الانجليزية انكليزي المصطلح_الانجليزي",
}
_OTHER_NAMES = {
    "source": "src sourcestring sourceterm sourcetext term مصطلح المصطلح المصدر",
    "target": "tgt targetstring targetterm targettext translation equivalent ترجمة الترجمة المقابل الهدف",
    "status": "termstatus administrativestatus الحالة",
    "pos": "partofspeech wordclass srcpos sourcepos قسم_الكلام",
    "domain": "subject subjectfield field category topic المجال",
    "definition": "description meaning explanation تعريف التعريف",
    "note": "notes comment comments remark remarks ملاحظة ملاحظات تعليق",
    "gender": "grammaticalgender الجنس",
    "number": "grammaticalnumber العدد",
    "forms": "sourceforms arabicforms plural plurals جمع الجمع",
    "target_forms": "englishforms",
    "term_type": "termtype",
    "geography": "geographicalusage region",
    "example": "context usage usageexample مثال",
    "url": "link image",
    "tags": "tag customer client project",
    "concept_note": "entrynote",
}
_SOURCE_LANGUAGE = {"sourcelang", "sourcelanguage", "srclang"}
_TARGET_LANGUAGE = {"targetlang", "targetlanguage", "tgtlang"}


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the fields of a table stand.

    ``places`` maps fields to indexes; ``headers`` are all of the table's, empty without; ``languages`` are the indexes
    of columns that name the languages of each row. ``is_sure`` says that source and target need no look at their
    script, ``is_ours`` that Tarjama has written the table.
    """

    places: Mapping[str, int]
    headers: tuple[str, ...] = ()
    languages: tuple[int, int] | None = None
    is_sure: bool = False
    is_ours: bool = False

    @property
    def kept(self) -> dict[str, int]:
        """The columns without a field, by header."""
        used = {*self.places.values(), *(self.languages or ())}
        return {header: index for index, header in enumerate(self.headers) if index not in used and header.strip()}

    def turned(self, rows: Sequence[Sequence[str]]) -> Columns:
        """Return the columns with source and target changed over, if all ``rows`` are Arabic on the other side only."""
        if self.is_sure or self.is_ours or self.languages:
            return self
        source, target = self.places["source"], self.places["target"]
        arabic_source = sum(is_arabic(cell_at(row, source)) for row in rows)
        arabic_target = sum(is_arabic(cell_at(row, target)) for row in rows)
        if arabic_source or arabic_target * 2 <= len(rows):
            return self
        return replace(self, places={**self.places, "source": target, "target": source})

    def told(self) -> tuple[tuple[str, str], ...]:
        """Return each field with the column it is read from, and the kept columns, for a preview."""
        fields = ((field, self._name(index)) for field, index in self.places.items())
        return (*fields, *((f"kept as {KEPT}{header}", header) for header in self.kept))

    def _name(self, index: int) -> str:
        return self.headers[index] if index < len(self.headers) else f"column {index + 1}"


def cell_at(row: Sequence[str], index: int) -> str:
    """Return a cell of a row that may be shorter."""
    return row[index] if index < len(row) else ""


def columns_of(header: Sequence[str] | None, options: ReadOptions, where: str) -> Columns:
    """Return the columns of a table from its first row, or without one; raise ExchangeError when terms have none.

    ``where`` names the file in messages.
    """
    names = tuple(name.strip().removeprefix("#") for name in header or ())
    asked = {field: _asked(field, column, names, where) for field, column in options.columns.items()}
    places = {field: index for field, index in asked.items() if index is not None}
    given = {"source", "target"} & places.keys()
    if header is None:
        unused = (index for index in range(len(places) + 2) if index not in places.values())
        places |= {field: next(unused) for field in ("source", "target") if field not in places}
        return Columns(places, is_sure=bool(given))
    free = [field for field in COLUMNS if field not in options.columns]
    by_language = _guess(names, places, free, _LANGUAGE_NAMES)
    _guess(names, places, free, {field: field for field in COLUMNS})
    _guess(names, places, free, _OTHER_NAMES)
    if not {"source", "target"} <= places.keys():
        told = ", ".join(f"“{visible(name)}”" for name in names[:12]) or "nothing"
        raise ExchangeError(
            f"The first row of {where} does not name the columns source and target; it has {told}.",
            "Say which they are, such as --column source=Arabic --column target=English, or use --no-header.",
        )
    is_ours = not options.raw and names[: len(FIRST_COLUMNS)] == FIRST_COLUMNS
    return Columns(places, names, _languages(names), bool(given or by_language), is_ours)


def _asked(field: str, column: str, names: tuple[str, ...], where: str) -> int | None:
    """Return the index of the column the user means; None for a field that shall not be read."""
    if field not in COLUMNS:
        raise ExchangeError(f"There is no field “{field}”.", f"The fields are {', '.join(COLUMNS)}.")
    if not column:
        return None
    for index, name in enumerate(names):
        if name == column or _plain(name) == _plain(column) != "":
            return index
    if column.isdecimal() and int(column) > 0 and (not names or int(column) <= len(names)):
        return int(column) - 1
    raise ExchangeError(
        f"There is no column “{column}” in {where}.",
        f"Its columns: {', '.join(map(visible, names))}." if names else "Without headers, columns are named by number.",
    )


def _guess(names: tuple[str, ...], places: dict[str, int], free: Iterable[str], known: Mapping[str, str]) -> bool:
    """Add to ``places`` the columns whose headers are ``known`` for a free field; tell whether there was any."""
    before = len(places)
    plain = [name[:2].lower() if _REGIONAL.fullmatch(name) else _plain(name) for name in names]
    for field in free:
        words = {_plain(word) for word in known.get(field, "").split()}
        places_of_words = [index for index, word in enumerate(plain) if word in words and index not in places.values()]
        if field not in places and places_of_words:
            places[field] = places_of_words[0]
    return len(places) > before


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", fold(name))


def _languages(names: tuple[str, ...]) -> tuple[int, int] | None:
    plain = [_plain(name) for name in names]
    source = next((index for index, name in enumerate(plain) if name in _SOURCE_LANGUAGE), None)
    target = next((index for index, name in enumerate(plain) if name in _TARGET_LANGUAGE), None)
    return None if source is None or target is None else (source, target)
