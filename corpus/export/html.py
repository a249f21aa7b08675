"""One HTML page with the texts side by side: opens anywhere, needs nothing from anywhere, runs nothing."""

from __future__ import annotations

from html import escape
from itertools import groupby
from typing import BinaryIO

from corpus.model import Origin
from corpus.pairs import Bilingual, Pair
from corpus.visible import xml_text

_RIGHT_TO_LEFT = {"ar", "arz", "ary", "fa", "ur", "he", "ps", "ckb", "ug", "sd", "yi", "dv"}

_STYLE = """
:root { color-scheme: light dark; --line: #8884; --muted: #777; --mark: #b35c00; }
body { font: 1rem/1.6 system-ui, sans-serif; margin: 2rem auto; max-width: 75rem; padding: 0 1rem; }
table { border-collapse: collapse; table-layout: fixed; width: 100%; }
td { border-top: 1px solid var(--line); padding: .6rem .8rem; vertical-align: top; width: 50%; }
td { overflow-wrap: anywhere; white-space: pre-wrap; }
td[dir="rtl"] { font-size: 1.15em; line-height: 1.8; text-align: right; }
.unconfirmed { color: var(--muted); font-style: italic; }
.origin { color: var(--mark); font: 600 .75rem/1 system-ui, sans-serif; display: block; margin-bottom: .3rem; }
footer { color: var(--muted); font-size: .85rem; margin-top: 2rem; }
@media (max-width: 40rem) { tr { display: block; margin: 1rem 0; } td { display: block; width: auto; } }
@media print { body { margin: 0; max-width: none; } tr { break-inside: avoid; } }
""".strip()

# Nothing may be loaded or run, whatever the texts hold: only the style above applies.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


class Html:
    """For readers; drafts that nobody has confirmed are marked as what they are."""

    name = "html"
    suffix = ".html"
    purpose = "for readers, one page"

    def write(self, bilingual: Bilingual, stream: BinaryIO) -> None:
        """Write one page with a table for each document."""

        def put(line: str) -> None:
            stream.write(line.encode() + b"\n")

        put("<!DOCTYPE html>")
        put(f'<html lang="{_text(bilingual.target_language)}" dir="{_direction(bilingual.target_language)}">')
        put("<head>")
        put('<meta charset="utf-8">')
        put(f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">')
        put('<meta name="viewport" content="width=device-width, initial-scale=1">')
        put(f"<title>{_text(bilingual.title)}</title>")
        put(f"<style>\n{_STYLE}\n</style>")
        put("</head>")
        put("<body>")
        put(f'<h1 dir="auto">{_text(bilingual.title)}</h1>')
        for document, pairs in groupby(bilingual.pairs, key=lambda pair: pair.document):
            put(f'<h2 dir="auto">{_text(document)}</h2>')
            put("<table>")
            for pair in pairs:
                put(_row(pair, bilingual))
            put("</table>")
        put(f"<footer>{_text(bilingual.tool)}, {_text(bilingual.exported_at)}</footer>")
        put("</body>")
        put("</html>")


def _row(pair: Pair, bilingual: Bilingual) -> str:
    confirmed = pair.origin is Origin.HUMAN
    mark = "" if confirmed else f'<span class="origin">{_text(pair.origin.value)}</span>'
    target = _cell(bilingual.target_language, pair.target, mark, "" if confirmed else ' class="unconfirmed"')
    source = _cell(bilingual.source_language, pair.source)
    return f'<tr id="{_text(pair.uid)}">{target}{source}</tr>'


def _cell(language: str, text: str, mark: str = "", attributes: str = "") -> str:
    return f'<td lang="{_text(language)}" dir="{_direction(language)}"{attributes}>{mark}{_text(text)}</td>'


def _direction(language: str) -> str:
    return "rtl" if language.split("-", maxsplit=1)[0].lower() in _RIGHT_TO_LEFT else "ltr"


def _text(text: str) -> str:
    return escape(xml_text(text))
