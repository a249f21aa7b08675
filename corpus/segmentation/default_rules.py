"""Our rules for Arabic and English.

A sentence ends at ؟ . ! … with the quotes and brackets that close after it, before white space; and at line ends. It
does not end at the period of an initial, an abbreviation or a list number, nor before a word in lower case. Inside a
number or an address no white space follows, so nothing needs to be said of them. ؛ and ، never end a sentence.
"""

from __future__ import annotations

from corpus.segmentation.rules import Rule, RuleSet

_LINE_ENDS = r"\n\r\v\f\x85\u2028\u2029"
_CLOSING = r"[\u200e\u200f]*[\"'”’»›)\]}]*"
_END = rf"[.!?؟…][.!?؟…]*{_CLOSING}"
_BEGIN_OF_WORD = r"(?:^|[\s(«“‘\"'\[])"

# A letter before the period is an initial or a title (د. علي, ص. 3, م. حسن); so are several (أ.د., ق.م.).
_ARABIC = (
    Rule(breaks=False, before=rf"{_BEGIN_OF_WORD}[و]?(?:[\u0621-\u064a]\.)+", after=r"\s"),
    Rule(breaks=False, before=rf"{_BEGIN_OF_WORD}(?:هـ|اهـ|تلف|هات|فاكس)\.", after=r"\s*\S"),
)

# Abbreviations of news and official text. After "No." and the like only a number shows that no sentence has ended.
_TITLES = "Mr|Mrs|Ms|Dr|Prof|St|Gen|Col|Lt|Capt|Maj|Sgt|Cpl|Adm|Cmdr|Sen|Rep|Gov|Pres|Hon|Rev|Sr|Jr|Amb|Eng"
_MONTHS = "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
_DAYS = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_ENGLISH = (
    Rule(breaks=False, before=rf"{_BEGIN_OF_WORD}(?:{_TITLES}|vs|cf|e\.g|i\.e|approx|viz)\.", after=r"\s"),
    Rule(breaks=False, before=rf"{_BEGIN_OF_WORD}(?:[A-Z]\.)+", after=r"\s"),
    Rule(breaks=False, before=rf"{_BEGIN_OF_WORD}(?:No|Nos|Art|Vol|pp?|Fig|Sec|Ch|para|{_MONTHS})\.", after=r"\s+\d"),
    Rule(breaks=False, before=r"[ap]\.m\.", after=rf"\s+(?:[A-Z]{{2,4}}\b|Eastern|Central|Pacific|{_DAYS})"),
    Rule(breaks=False, before=rf"[.…]{_CLOSING}", after=r"\s+[a-zà-ÿ]"),
)

_COMMON = (
    Rule(breaks=False, before=rf"(?:^|[{_LINE_ENDS}])[^\S{_LINE_ENDS}]*\d{{1,3}}\.", after=r"\s"),
    Rule(breaks=True, before=_END, after=r"\s"),
    Rule(breaks=True, before=rf"[{_LINE_ENDS}]", after=rf"[^{_LINE_ENDS}]"),
)

DEFAULT_RULES = RuleSet(
    rules={"Arabic": _ARABIC, "English": _ENGLISH, "Common": _COMMON},
    # Arabic text quotes English, and the other way round.
    maps=(("ar.*", "Arabic"), ("ar.*", "English"), ("en.*", "English"), ("en.*", "Arabic"), (".*", "Common")),
)
"""The rules that hold when a project has none of its own."""
