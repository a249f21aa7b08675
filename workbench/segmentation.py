"""The segmentation rules of a user: one SRX file in the home, which holds wherever text is cut into sentences."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from corpus.segmentation import Segmenter
from corpus.segmentation.default_rules import DEFAULT_RULES
from corpus.segmentation.explaining import Decision, explain
from corpus.segmentation.rules import RuleSet
from corpus.segmentation.splitter import Span
from workbench.paths import Home


@dataclass(frozen=True, slots=True)
class SegmentationTrial:
    """How a text is cut: its sentences, and what each rule decided between them."""

    sentences: list[Span]
    decisions: list[Decision]


class SegmentationRules:
    """The rules in use: the user's, or those of Tarjama while there are none."""

    def __init__(self, home: Home) -> None:
        self._path = home.segmentation

    @property
    def are_own(self) -> bool:
        """Tell whether the user has put in rules."""
        return self._path.exists()

    def rules(self) -> RuleSet:
        """Return the rules in use; raise SegmentationError when the user's cannot be read."""
        if not self.are_own:
            return DEFAULT_RULES
        from corpus.segmentation.srx import read_srx

        return read_srx(self._path)

    def segmenter(self) -> Segmenter:
        """Return what cuts texts by the rules in use; raise SegmentationError when the user's cannot be read."""
        return Segmenter(self.rules())

    def adopt(self, path: Path) -> RuleSet:
        """Use the rules of an SRX file from now on; raise SegmentationError, changing nothing, when they are bad."""
        from corpus.segmentation.srx import read_srx, write_srx
        from corpus.segmentation.trial import try_rules

        rules = read_srx(path)
        try_rules(rules)
        self._path.parent.mkdir(parents=True, exist_ok=True)
        write_srx(rules, self._path)
        return rules

    def export(self, path: Path) -> None:
        """Write the rules in use as an SRX 2.0 file; raise ExportError when it cannot be written."""
        from corpus.segmentation.srx import write_srx

        write_srx(self.rules(), path)

    def reset(self) -> bool:
        """Go back to the rules of Tarjama; return whether there were others."""
        were_own = self.are_own
        self._path.unlink(missing_ok=True)
        return were_own

    def test(self, text: str, language: str) -> SegmentationTrial:
        """Return how the rules in use cut a text."""
        rules = self.rules()
        return SegmentationTrial(Segmenter(rules).sentences(text, language), explain(rules, language, text))
