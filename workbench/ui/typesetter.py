"""Set text for one terminal: lay paragraphs out, and see to it that every line of the screen reads right.

Widgets that know of Arabic lay their text out and mark it as such. All other lines, whoever draws them (dialogs,
notifications, the footer, the editor), are ordered and joined in place as they leave their widget. Both then are
written as the terminal needs them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import groupby

from rich.cells import cell_len
from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.color import Color as Background
from textual.filter import LineFilter

from workbench.ui.bidi.clusters import Typography
from workbench.ui.bidi.detect import Profile
from workbench.ui.bidi.emit import Emitter, emit, is_right_to_left
from workbench.ui.bidi.inplace import column_in_line, in_place
from workbench.ui.bidi.layout import Line, layout, layout_line

_LAID_OUT = "laid_out"
LAID_OUT = Style(meta={_LAID_OUT: True})
"""Part of the style of what already stands in visual order."""

# Whatever a terminal could order, join or act on; a line without any is left as it is.
_NEEDS_WORK = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u0590-\u08ff\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)

_UPRIGHT = Style(italic=False)

LONGEST = 20_000
"""So many characters of a paragraph are shown; laying out more would be felt at every key."""

Styled = tuple[str, Style | None]


class Typesetter(LineFilter):
    """Lay out text, and write lines, for a terminal as described by ``profile``; a new one is made for each change."""

    def __init__(self, profile: Profile, *, controls: bool = False) -> None:
        super().__init__()
        self.profile = profile
        self.controls = controls
        ordered = profile.emitter is not Emitter.LOGICAL
        self._typography = Typography(cell_len, ordered=ordered, marks=profile.marks, controls=controls)
        self._raw = Typography(cell_len, ordered=ordered, marks=profile.marks)
        self._cached = lru_cache(maxsize=2048)(self._lay_out)  # a row is drawn line by line from one layout

    @property
    def orders(self) -> bool:
        """Whether letters are ordered and joined here, and not by the terminal."""
        return self._typography.ordered

    def changed(
        self, *, emitter: Emitter | None = None, marks: bool | None = None, controls: bool | None = None
    ) -> Typesetter:
        """Return a typesetter that differs in what is given."""
        profile = replace(
            self.profile,
            emitter=self.profile.emitter if emitter is None else emitter,
            marks=self.profile.marks if marks is None else marks,
        )
        return Typesetter(profile, controls=self.controls if controls is None else controls)

    def for_picture(self) -> Typesetter:
        """Return the typesetter that writes what this one shows for a picture, where order and joining are kept."""
        return self.changed(emitter=Emitter.VISUAL if self.orders else Emitter.LOGICAL)

    def lines(self, text: str, width: int, *, right_to_left: bool | None = None) -> list[Line]:
        """Return ``text`` in lines of at most ``width`` columns; see ``layout``.

        A paragraph of more than ``LONGEST`` characters ends with a line that says how many are not shown.
        """
        return self._cached(text, width, right_to_left)

    def line(self, text: str) -> Line:
        """Return ``text``, which has no line ends, as one line."""
        return layout_line(text, self._typography)

    def column_in_line(self, text: str, column: int) -> int:
        """Return which column of the stored ``text`` stands at ``column`` when the line is ordered in place."""
        return column_in_line(text, column, self._raw) if _NEEDS_WORK.search(text) else column

    def _lay_out(self, text: str, width: int, right_to_left: bool | None) -> list[Line]:
        lines = layout(text[:LONGEST], width, self._typography, right_to_left=right_to_left)
        if len(text) > LONGEST:
            rest = f"… {len(text) - LONGEST:,} more characters"
            lines += layout(rest, width, self._typography, right_to_left=False)
        return lines

    def apply(self, segments: list[Segment], background: Background) -> list[Segment]:  # noqa: ARG002  (Textual's)
        """Order and join what no widget has laid out, and write the line for the terminal."""
        if not any(_NEEDS_WORK.search(segment.text) for segment in segments):
            return segments
        written: list[Segment] = []
        for laid_out, group in groupby(segments, _is_laid_out):
            stretch = list(group)
            needs_work = any(_NEEDS_WORK.search(segment.text) for segment in stretch)
            written += self._written(stretch, laid_out=laid_out, begins_line=not written) if needs_work else stretch
        return written

    def _written(self, stretch: list[Segment], *, laid_out: bool, begins_line: bool) -> list[Segment]:
        emitter = self.profile.emitter
        slanted = any(segment.style is not None and segment.style.italic for segment in stretch)
        if laid_out and not slanted and emitter in {Emitter.VISUAL, Emitter.LOGICAL}:
            return stretch
        cells = _parted(stretch) if laid_out else self._ordered(stretch)
        cells = _upright(cells) if slanted else cells
        return joined(_recolored(cells) if emitter is Emitter.SPLIT else emit(cells, emitter, begins_line=begins_line))

    def _ordered(self, stretch: list[Segment]) -> list[Styled]:
        text = "".join(segment.text for segment in stretch)
        styles = [segment.style for segment in stretch for _ in segment.text]
        cells = [(cell.text, _style_of(styles, cell.start, cell.end)) for cell in in_place(text, self._raw)]
        # Controls are wider shown than they were measured; what is too much goes from the empty end of the line.
        excess = sum(cell_len(text) for text, _ in cells) - cell_len(text)
        while excess > 0 and cells and cells[-1][0] == " ":
            cells.pop()
            excess -= 1
        return cells


def _is_laid_out(segment: Segment) -> bool:
    return segment.style is not None and _LAID_OUT in segment.style.meta


def _parted(stretch: Sequence[Segment]) -> list[Styled]:
    """Part laid-out text into cells again."""
    cells: list[Styled] = []
    for text, style, _ in stretch:
        begins = True
        for character in text:
            if not begins and cell_len(character) == 0:
                cells[-1] = (cells[-1][0] + character, style)
            else:
                cells.append((character, style))
                begins = False
    return cells


def _style_of(styles: Sequence[Style | None], start: int, end: int) -> Style | None:
    """Return the style of a cell: where a cursor stands within a lam-alef, the cursor's."""
    if start >= len(styles):
        return styles[-1] if styles else None
    style = styles[start]
    before = styles[start - 1] if start else style
    return next((other for other in styles[start + 1 : end] if other != style), style) if style == before else style


def _upright(cells: Sequence[Styled]) -> list[Styled]:
    """Take the slant from words with Arabic letters: Arabic has none, nor have slanted fonts Arabic letters.

    Whole words, since kitty orders a word only where one font has all of it.
    """
    result: list[Styled] = []
    for _, group in groupby(cells, lambda cell: cell[0] == " "):
        word = list(group)
        if any(is_right_to_left(text) for text, _ in word):
            word = [(text, style + _UPRIGHT if style is not None and style.italic else style) for text, style in word]
        result += word
    return result


def _recolored(cells: Sequence[Styled]) -> list[Styled]:
    """Give each cell a color that differs from its neighbors' by what nobody sees."""
    result: list[Styled] = []
    for place, (text, style) in enumerate(cells):
        if place % 2 and style is not None and style.color is not None:
            red, green, blue = style.color.get_truecolor()
            result.append((text, style + Style(color=Color.from_rgb(red, green, blue ^ 1))))
        else:
            result.append((text, style))
    return result


def joined(cells: Iterable[Styled]) -> list[Segment]:
    """Put neighboring cells of one style into one segment."""
    return [Segment("".join(text for text, _ in run), style) for style, run in groupby(cells, key=lambda cell: cell[1])]
