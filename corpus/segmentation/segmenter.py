"""Rules as the rest of the program uses them: a text and its language in, sentences out."""

from __future__ import annotations

from corpus.segmentation.default_rules import DEFAULT_RULES
from corpus.segmentation.rules import RuleSet
from corpus.segmentation.splitter import Span, Splitter


class Segmenter:
    """One set of rules, made ready for each language when it is first asked for."""

    def __init__(self, rules: RuleSet = DEFAULT_RULES) -> None:
        self._rules = rules
        self._splitters: dict[str, Splitter] = {}

    def sentences(self, text: str, language: str = "ar") -> list[Span]:
        """Return the sentences of ``text`` in order, without the white space around them; all else is white space.

        Raise SegmentationError when the rules cannot be used, or are too slow for the text.
        """
        splitter = self._splitters.get(language)
        if splitter is None:
            splitter = self._splitters[language] = Splitter(self._rules.for_language(language))
        return splitter.sentences(text)
