"""Read the gloss lexicon: tab-separated files of Arabic forms, their English gloss and their word class."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from workbench.engines.argos.gloss.spelling import bare
from workbench.errors import EngineError


class WordClass(Enum):
    """Say which prefixes and endings `surface` may add to an entry."""

    NOUN = "n"
    ADJECTIVE = "a"
    NAME = "p"
    VERB = "v"
    FUNCTION = "f"
    EXACT = "x"
    MARK = "m"


@dataclass(frozen=True, slots=True)
class Entry:
    """Hold one lexicon line.

    `arabic` has no short vowels. `english` may be several words; for a `MARK` (punctuation) it is written with a
    leading space when it must stand apart from the word before it.
    """

    arabic: str
    english: str
    word_class: WordClass


class LexiconError(EngineError):
    """A lexicon line cannot be read."""


def read_lexicon(path: Path) -> list[Entry]:
    """Return the entries of one file in file order.

    Blank lines and lines starting with "# " are skipped. A form given twice keeps its first line.
    Raises LexiconError for a line that is not `arabic<TAB>english<TAB>class`.
    """
    entries: dict[str, Entry] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("# "):
            continue
        entry = _entry(line, f"{path.name} line {number}")
        entries.setdefault(entry.arabic, entry)
    return list(entries.values())


def _entry(line: str, where: str) -> Entry:
    fields = line.split("\t")
    if len(fields) != 3 or not fields[0].strip() or not fields[1].strip():
        raise LexiconError(f"{where}: not three fields.", "Write: Arabic, tab, English, tab, class.")
    try:
        word_class = WordClass(fields[2].strip())
    except ValueError:
        classes = ", ".join(known.value for known in WordClass)
        raise LexiconError(f"{where}: unknown class “{fields[2]}”.", f"Use one of {classes}.") from None
    english = fields[1].rstrip() if word_class is WordClass.MARK else fields[1].strip()
    return Entry(bare(fields[0].strip()), english, word_class)
