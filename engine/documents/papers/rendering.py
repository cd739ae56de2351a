"""Fills a template in: the same template, data and day give the same bytes."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import TemplateError
from lxml import etree

from engine.clock import LEGAL_ZONE
from engine.documents.papers.dialect import PaperEnvironment
from engine.documents.papers.filters import ValueUnfit
from engine.documents.papers.package import DOCUMENT, W, open_package, parse_part, story_parts, write_package
from engine.documents.papers.template import prepare
from engine.errors import BanjieError

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MOST_ENTRIES = 20_000
"""List entries that one paper may print."""
LONGEST_TEXT = 2_000_000
"""Characters of all texts that one paper may be given."""
PREVIEW = "预览"
_RUN = (
    f'<w:r xmlns:w="{W[1:-1]}"><w:rPr><w:rFonts w:eastAsia="黑体"/><w:color w:val="808080"/></w:rPr>'
    f'<w:t xml:space="preserve">　{PREVIEW}</w:t></w:r>'
)
_FRAME = (
    f'<w:p xmlns:w="{W[1:-1]}"><w:pPr><w:framePr w:w="3000" w:h="600" w:hRule="exact" w:wrap="around" '
    'w:vAnchor="page" w:hAnchor="page" w:xAlign="center" w:y="500"/><w:spacing w:before="0" w:after="0" '
    'w:line="560" w:lineRule="exact"/><w:ind w:left="0" w:right="0" w:firstLine="0"/><w:jc w:val="center"/></w:pPr>'
    '<w:r><w:rPr><w:rFonts w:eastAsia="黑体"/><w:b/><w:color w:val="808080"/><w:sz w:val="44"/></w:rPr>'
    f"<w:t>{PREVIEW}</w:t></w:r></w:p>"
)
"""A frame at the page's upper edge: it takes no room from the paper, so the preview breaks lines as the paper does."""
_FEEL = "$feel"
_CORE = "docProps/core.xml"
_STAMP = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>|<dcterms:(created|modified)[^>]*/>")


class PaperFailed(BanjieError):
    """The data does not fit the template, for instance a text where a date should be."""

    code = "documents.paper-failed"


def render(template: bytes, data: Mapping[str, Any], *, now: datetime, preview: bool = False) -> bytes:
    """Return the .docx that a checked template makes of ``data`` (JSON values by variable name).

    ``now`` gives the template's ``today``, in Asia/Shanghai. A preview says 预览 on each page. Raises PaperFailed,
    PaperFileInvalid.
    """
    budget = _Budget()
    context = {name: budget.value(value) for name, value in data.items() if value is not None}
    context["today"] = now.astimezone(LEGAL_ZONE).date().isoformat()
    document = DocxTemplate(io.BytesIO(prepare(template)))
    try:
        document.render(context, PaperEnvironment(), autoescape=True)
    except ValueUnfit as error:
        raise PaperFailed(f"文书不能生成：{error.message}") from error
    except (TemplateError, TypeError, ValueError) as error:
        raise PaperFailed(f"文书不能生成，数据与模板不符：{error}") from error
    buffer = io.BytesIO()
    document.save(buffer)
    parts = open_package(buffer.getvalue())
    for name in story_parts(parts):
        root = parse_part(name, parts[name])
        _mend_cells(root)
        if preview and name != DOCUMENT:
            _mark_story(root)
        parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    if preview:
        _mark_first_paragraph(parts)
    if _CORE in parts:
        parts[_CORE] = _STAMP.sub(b"", parts[_CORE])
    return write_package(parts)


def text_of_paper(content: bytes) -> str:
    """Return the text of a .docx, a line for each paragraph: to be searched, compared and tested."""
    parts = open_package(content)
    lines: list[str] = []
    for name in story_parts(parts):
        for paragraph in parse_part(name, parts[name]).iter(f"{W}p"):
            lines.append("".join(_pieces(paragraph)))
    return "\n".join(lines)


class _Entries(list[Any]):
    """A list that counts what is taken from it, so that loops within loops end in time."""

    budget: _Budget

    def __iter__(self) -> Iterator[Any]:
        for item in super().__iter__():
            self.budget.take(1)
            yield item


class _Budget:
    def __init__(self) -> None:
        self._entries = MOST_ENTRIES
        self._characters = LONGEST_TEXT

    def take(self, number: int) -> None:
        self._entries -= number
        if self._entries < 0:
            raise PaperFailed(f"文书中的明细超过 {MOST_ENTRIES} 行，请分成几份。")

    def value(self, value: Any) -> Any:
        """JSON values as templates see them: without None, and dates that FEEL wrote as plain text."""
        if isinstance(value, Mapping):
            if _FEEL in value and "value" in value:
                return self.value(value["value"])
            return {str(name): self.value(item) for name, item in value.items() if item is not None}
        if isinstance(value, list | tuple):
            entries = _Entries(self.value(item) for item in value)
            entries.budget = self
            return entries
        if isinstance(value, str):
            self._characters -= len(value)
            if self._characters < 0:
                raise PaperFailed("文书中的文字过长，请分成几份或作为附件。")
        return value


def _mend_cells(root: etree._Element) -> None:
    """A cell ends with a paragraph: Word refuses the whole file otherwise."""
    for cell in root.iter(f"{W}tc"):
        children = [child for child in cell if child.tag != f"{W}tcPr"]
        if not children or children[-1].tag != f"{W}p":
            cell.append(etree.SubElement(cell, f"{W}p"))


def _mark_story(root: etree._Element) -> None:
    """Say it beside the page number too, so that every page does."""
    first = next(root.iter(f"{W}p"), None)
    if first is not None:
        first.append(_written(_RUN))


def _mark_first_paragraph(parts: dict[str, bytes]) -> None:
    name = story_parts(parts)[0]
    root = parse_part(name, parts[name])
    body = root.find(f"{W}body")
    if body is not None:
        body.insert(0, _written(_FRAME))
    parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _written(xml: str) -> etree._Element:
    return parse_part(PREVIEW, xml.encode())


def _in_run(node: etree._Element) -> bool:
    parent = node.getparent()
    return parent is not None and parent.tag == f"{W}r"


def _pieces(paragraph: etree._Element) -> Iterator[str]:
    for node in paragraph.iter(f"{W}t", f"{W}tab", f"{W}br"):
        if next(node.iterancestors(f"{W}p")) is paragraph and _in_run(node):
            yield (node.text or "") if node.tag == f"{W}t" else "\t" if node.tag == f"{W}tab" else "\n"
