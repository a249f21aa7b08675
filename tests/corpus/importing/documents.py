"""Documents made from code, so that tests need no binary files."""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ODF = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
)


def archive(members: dict[str, str | bytes]) -> bytes:
    """Return a ZIP archive of ``members``; the first is stored, as EPUB and ODF want of their ``mimetype``."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        for n, (name, content) in enumerate(members.items()):
            file.writestr(name, content, zipfile.ZIP_STORED if n == 0 else None)
    return stream.getvalue()


def docx(body: str, **parts: str) -> bytes:
    """Return a Word document with this XML in its body; ``parts`` are further parts by the stem of their name."""
    styles = (
        f'<w:styles {W}><w:style w:styleId="1"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:styleId="a"><w:name w:val="Caption"/></w:style>'
        '<w:style w:styleId="b"><w:name w:val="My own"/><w:basedOn w:val="1"/></w:style></w:styles>'
    )
    return archive(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
            "word/styles.xml": styles,
            **{f"word/{name}.xml": content for name, content in parts.items()},
        }
    )


def paragraph(text: str, properties: str = "") -> str:
    """Return the XML of a paragraph of Word."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def odt(body: str, manifest: str = "") -> bytes:
    """Return an OpenDocument text with this XML in its body."""
    return archive(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": (
                f"<office:document-content {ODF}><office:automatic-styles>"
                '<style:style style:name="P1" style:parent-style-name="Caption"/></office:automatic-styles>'
                f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
            ),
            "META-INF/manifest.xml": f"<manifest>{manifest}</manifest>",
        }
    )


def epub(chapters: dict[str, str], *, more: dict[str, str] | None = None, properties: str = "") -> bytes:
    """Return a book with these chapters by name, in order; ``properties`` are those of the first one's item."""
    items = "".join(
        f'<item id="c{n}" href="{name}" media-type="application/xhtml+xml" properties="{"" if n else properties}"/>'
        for n, name in enumerate(chapters)
    )
    spine = "".join(f'<itemref idref="c{n}"/>' for n in range(len(chapters)))
    package = (
        f'<package xmlns="http://www.idpf.org/2007/opf"><manifest>{items}</manifest><spine>{spine}</spine></package>'
    )
    return archive(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": (
                '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
                '<rootfile full-path="OPS/package.opf"/></rootfiles></container>'
            ),
            "OPS/package.opf": package,
            **{f"OPS/{name}": content for name, content in chapters.items()},
            **(more or {}),
        }
    )


def pdf(pages: list[list[tuple[float, float, float, str]]]) -> bytes:
    """Return a PDF; a page is a list of lines: x, y, size, and the text from left to right as it is drawn."""
    characters = sorted({character for page in pages for *_, text in page for character in text})
    codes = {character: n + 1 for n, character in enumerate(characters)}
    mapping = "\n".join(f"<{codes[c]:04x}> <{c.encode('utf-16-be').hex()}>" for c in characters)
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /x def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"{len(characters)} beginbfchar\n{mapping}\nendbfchar\nendcmap end end"
    ).encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<</Type/Font/Subtype/Type0/BaseFont/F/Encoding/Identity-H/DescendantFonts[4 0 R]/ToUnicode 5 0 R>>",
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/F/DW 500/FontDescriptor 6 0 R/CIDSystemInfo 7 0 R>>",
        _stream(cmap),
        b"<</Type/FontDescriptor/FontName/F/Flags 4/FontBBox[0 -200 500 800]/Ascent 800/Descent -200>>",
        b"<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>",
    ]
    kids = []
    for page in pages:
        content = b"\n".join(
            f"BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm <{''.join(f'{codes[c]:04x}' for c in text)}> Tj ET".encode()
            for x, y, size, text in page
        )
        objects.append(_stream(content))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources << /Font << /F1 3 0 R >> >> /Contents "
            + f"{len(objects)} 0 R >>".encode()
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    result, places = b"%PDF-1.7\n", []
    for n, content in enumerate(objects, 1):
        places.append(len(result))
        result += f"{n} 0 obj\n".encode() + content + b"\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    count = len(objects) + 1
    return (
        result
        + (
            f"xref\n0 {count}\n0000000000 65535 f \n{table}trailer << /Size {count} /Root 1 0 R >>\n"
            f"startxref\n{len(result)}\n%%EOF\n"
        ).encode()
    )


def _stream(content: bytes) -> bytes:
    packed = zlib.compress(content)
    return f"<< /Filter /FlateDecode /Length {len(packed)} >>\nstream\n".encode() + packed + b"\nendstream"
