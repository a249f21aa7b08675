"""EPUB, Markdown, SRT and WebVTT."""

import pytest
from documents import epub

from corpus.errors import DocumentError
from corpus.importing import import_bytes
from corpus.model import SegmentKind

K = SegmentKind


def found(data, name):
    data = data.encode() if isinstance(data, str) else data
    return [(segment.kind, segment.place, segment.source) for segment in import_bytes(data, name).segments]


def test_a_book_is_its_chapters_in_order():
    head = '<?xml version="1.0"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml">'
    book = epub(
        {
            "nav.xhtml": f"{head}<body><nav><ol><li><a>الفصل الأول</a></li></ol></nav></body></html>",
            "b%20c.xhtml": f"{head}<body><h1>الفصل&nbsp;الأول</h1><p>كان يا ما كان.</p></body></html>",
        },
        properties="nav",
        more={"OPS/b c.xhtml": f"{head}<body><h1>الفصل&nbsp;الأول</h1><p>كان يا ما كان.</p></body></html>"},
    )
    assert found(book, "a.epub") == [
        (K.BOILERPLATE, "OPS/nav.xhtml", "الفصل الأول"),
        (K.HEADING, "OPS/b c.xhtml", "الفصل\u00a0الأول"),
        (K.PARAGRAPH, "OPS/b c.xhtml", "كان يا ما كان."),
    ]


def test_a_locked_book_is_refused_but_not_one_with_obfuscated_fonts():
    def with_method(algorithm):
        encryption = f'<encryption><EncryptionMethod Algorithm="{algorithm}"/></encryption>'
        return epub({"a.xhtml": "<html><p>نص</p></html>"}, more={"META-INF/encryption.xml": encryption})

    with pytest.raises(DocumentError, match="locked"):
        found(with_method("http://www.w3.org/2001/04/xmlenc#aes128-cbc"), "a.epub")
    assert found(with_method("http://www.idpf.org/2008/embedding"), "a.epub")[0][2] == "نص"


def test_markdown_gives_blocks_without_their_marks_and_with_inline_ones():
    text = """---
title: هدنة
---
# هدنة **هشة**

قال [المتحدث](https://example.org) نعم،
ثم مضى.

> لا نعرف.

- بند
  1. فرعي

| الحي | العدد |
|------|------|
| الأندلس | 50 |

```python
print("x")
```

للمزيد:

- القافلة الأولى تصل
"""
    assert [(kind, source) for kind, _, source in found(text, "a.md")] == [
        (K.BOILERPLATE, "title: هدنة"),
        (K.HEADING, "هدنة **هشة**"),
        (K.PARAGRAPH, "قال [المتحدث](https://example.org) نعم،\nثم مضى."),
        (K.QUOTE, "لا نعرف."),
        (K.LIST_ITEM, "بند"),
        (K.LIST_ITEM, "فرعي"),
        (K.CELL, "الحي"),
        (K.CELL, "العدد"),
        (K.CELL, "الأندلس"),
        (K.CELL, "50"),
        (K.BOILERPLATE, 'print("x")'),
        (K.RELATED, "للمزيد:"),
        (K.RELATED, "القافلة الأولى تصل"),
    ]


SRT = """1
00:00:01,000 --> 00:00:02,500
قال المتحدث
ثم مضى

2
00:00:03,000 --> 00:00:04,000 X1:40
1984

3
00:00:05,000 --> 00:00:06,000

4
00:00:07,000 --> 00:00:08,000
قبل الفراغ

بعد الفراغ
"""


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1256"])
def test_subrip_cues_are_exact_and_keep_their_times(line_end, encoding):
    data = SRT.replace("\n", line_end).encode(encoding)
    assert found(data, "a.txt") == [
        (K.CUE, "00:00:01,000 --> 00:00:02,500", "قال المتحدث\nثم مضى"),
        (K.CUE, "00:00:03,000 --> 00:00:04,000", "1984"),
        (K.CUE, "00:00:07,000 --> 00:00:08,000", "قبل الفراغ\n\nبعد الفراغ"),
    ]


def test_webvtt_cues_without_styles_and_notes():
    text = """WEBVTT - أخبار

STYLE
::cue { color: red }

NOTE ملاحظة

intro
00:01.000 --> 00:02.000 align:start
<v أحمد>قال نعم

01:00:03.000 --> 01:00:04.000
ثم مضى

NOTE آخر
"""
    assert found(text, "a.vtt") == [
        (K.CUE, "00:01.000 --> 00:02.000", "<v أحمد>قال نعم"),
        (K.CUE, "01:00:03.000 --> 01:00:04.000", "ثم مضى"),
    ]
