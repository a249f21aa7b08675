"""Try rules from outside before they are used: every expression, on texts that slow ones do not come to an end with."""

from __future__ import annotations

from corpus.errors import SegmentationError
from corpus.segmentation.explaining import explain
from corpus.segmentation.rules import RuleSet
from corpus.segmentation.splitter import Splitter

_SECONDS = 1.0
_MOST_RULES = 20_000
_LONGEST_RUN = 2_000
_PROSE = "قال د. علي في 3.5 من المدينة: «نعم!» ثم عاد… Dr. Smith said (at 5 p.m.) “no.” www.example.org/a-b_c?d=e "


def try_rules(rules: RuleSet) -> None:
    """Raise SegmentationError, naming the rule, when one cannot be used or takes too long for a text of a paragraph.

    That they are quick enough for these texts does not prove that they are for all: a splitter has a limit of its own.
    """
    if sum(map(len, rules.rules.values())) > _MOST_RULES:
        raise SegmentationError(
            f"There are more than {_MOST_RULES} segmentation rules in this file.", "Take out languages you do not need."
        )
    rules.for_language("ar")  # tries the expressions for languages
    missing = {name for _, name in rules.maps} - rules.rules.keys()
    if missing:
        raise SegmentationError(
            f"The language map names rules “{min(missing)[:80]}” that are not in the file.", "Correct the SRX file."
        )
    texts = _texts(rules)
    for name, of_name in rules.rules.items():
        splitter = Splitter(of_name, _SECONDS)
        for text in texts:
            try:
                splitter.breaks(text)
            except SegmentationError:
                explain(RuleSet({name: of_name}, ((".*", name),)), "", text, _SECONDS)  # names the one rule
                raise


def _texts(rules: RuleSet) -> list[str]:
    """Return prose, runs of single characters, those of the rules among them, and runs that end in a surprise."""
    written = {
        character
        for of_name in rules.rules.values()
        for rule in of_name
        for character in rule.before + rule.after
        if character.isalnum()
    }
    runs = [character * _LONGEST_RUN for character in ("ا", "a", "A", "1", " ", ".", "\n", "«", "؟")]
    mixed = [two * (_LONGEST_RUN // 2) for two in ("a.", "ا ", "1.", ". ", "a ", "A.")]
    letters = "\n".join(character * 300 + "\0" for character in sorted(written)[:200])
    return [_PROSE * 20, letters, *(run + end for run in (*runs, *mixed) for end in ("", "\0"))]
