"""Small Word files, written part by part."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="r1" Type="{R}/officeDocument" Target="word/document.xml"/></Relationships>'
)
EMPTY_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
)


def paragraph(*runs: str) -> str:
    """Return a paragraph of runs, as Word parts a line where spelling or fonts change."""
    return "<w:p>" + "".join(f"<w:r><w:t>{escape(run)}</w:t></w:r>" for run in runs) + "</w:p>"


def row(*cells: str) -> str:
    """Return a table row with one paragraph a cell."""
    return "<w:tr>" + "".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in cells) + "</w:tr>"


def table(*rows: str) -> str:
    """Return a table."""
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def word_file(*content: str, links: str = "", **parts: str) -> bytes:
    """Return a .docx of paragraphs (texts, or XML) with further ``parts`` (``word__x_xml`` for ``word/x.xml``)."""
    body = "".join(item if item.startswith("<w:") else paragraph(item) for item in content)
    files = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELATIONS,
        "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body}<w:sectPr/></w:body></w:document>',
        "word/_rels/document.xml.rels": EMPTY_RELATIONS.format(links),
    }
    files.update({name.replace("__", "/")[::-1].replace("_", ".", 1)[::-1]: text for name, text in parts.items()})
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def description(title: str = "通知", **more: str) -> bytes:
    """Return a description."""
    words = {"title": title, "department": "bgs", "format": "letter", **more}
    return "".join(f"{name}: {value}\n" for name, value in words.items()).encode()
