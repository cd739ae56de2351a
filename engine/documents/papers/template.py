"""A template as it was saved by Word or WPS: its tags read, checked, and set so that they can be filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

from engine.definitions.problems import Kind, Problem
from engine.documents.papers.dialect import HALF_TAG, TAG, Reading, normalized, read_tags, statement_of
from engine.documents.papers.package import (
    PaperFileInvalid,
    W,
    open_package,
    parse_part,
    story_parts,
    write_package,
)
from engine.errors import Place

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_KEPT = 256
_PARTS = {"document": "正文", "header": "页眉", "footer": "页脚"}


@dataclass(frozen=True, slots=True)
class TemplateReading:
    """What a template asks for, and everything that is wrong with it."""

    names: frozenset[str]
    problems: tuple[Problem, ...]


@lru_cache(maxsize=_KEPT)
def examine_template(name: str, data: bytes) -> TemplateReading:
    """Read a template; never raises for what the file holds."""
    try:
        parts = open_package(data)
        read = [_read_part(part, parse_part(part, parts[part])) for part in story_parts(parts)]
    except PaperFileInvalid as error:
        return TemplateReading(frozenset(), (Problem(Kind.INVALID, "paper.file", error.message, Place(name)),))
    problems = tuple(
        Problem(Kind.INVALID, code, message, Place(name, None, place))
        for reading in read
        for code, message, place in reading.wrong
    )
    return TemplateReading(frozenset().union(*(reading.names for reading in read)), problems)


@lru_cache(maxsize=_KEPT)
def prepare(data: bytes) -> bytes:
    """Return a checked template ready to be filled in: each tag in one run, and paragraphs or table rows that hold
    nothing but a statement marked as docxtpl wants them, so that they disappear. Raises PaperFileInvalid.
    """
    parts = open_package(data)
    for part in story_parts(parts):
        root = parse_part(part, parts[part])
        for paragraph in list(root.iter(f"{W}p")):
            _join_tags(paragraph)
        _mark_statements(root)
        parts[part] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return write_package(parts)


def _read_part(part: str, root: etree._Element) -> Reading:
    stem = re.sub(r"\d*\.xml\Z", "", part.rsplit("/", 1)[-1])
    tags: list[tuple[str, str]] = []
    astray: list[tuple[str, str, str]] = []
    for number, paragraph in enumerate(root.iter(f"{W}p"), start=1):
        text = "".join(node.text or "" for node in _texts(paragraph))
        place = f"{_PARTS.get(stem, stem)}第 {number} 段“{_short(text)}”"
        tags += [(match[0], place) for match in TAG.finditer(text)]
        if HALF_TAG.search(TAG.sub("", text)):
            astray.append(
                ("paper.tag-broken", "有不成对的花括号，请核对 {{ }} 或 {% %} 是否完整、是否写在同一段内。", place)
            )
    reading = read_tags(tags)
    reading.wrong[:0] = astray
    return reading


def _texts(paragraph: etree._Element) -> Iterator[etree._Element]:
    """The texts of a paragraph itself, not of paragraphs in text boxes within it."""
    for node in paragraph.iter(f"{W}t"):
        if next(node.iterancestors(f"{W}p")) is paragraph:
            yield node


def _join_tags(paragraph: etree._Element) -> None:
    """Put each tag wholly into the run where it begins."""
    texts = list(_texts(paragraph))
    whole = "".join(node.text or "" for node in texts)
    if not TAG.search(whole):
        return
    starts: list[int] = []
    position = 0
    for node in texts:
        starts.append(position)
        position += len(node.text or "")
    fresh = ["" for _ in texts]
    position = 0
    for match in [*TAG.finditer(whole), None]:
        end = len(whole) if match is None else match.start()
        for index, begin in enumerate(starts):
            stop = starts[index + 1] if index + 1 < len(starts) else len(whole)
            fresh[index] += whole[max(position, begin) : min(end, stop)] if begin < end and stop > position else ""
        if match is not None:
            holder = max(index for index, begin in enumerate(starts) if begin <= match.start())
            fresh[holder] += "" if match[0].startswith("{#") else normalized(match[0])
            position = match.end()
    for node, text in zip(texts, fresh, strict=True):
        node.text = text
        node.set(_SPACE, "preserve")


def _mark_statements(root: etree._Element) -> None:
    """Rows first: a row whose only text is a statement goes as a whole."""
    for row in list(root.iter(f"{W}tr")):
        _mark(row, "tr")
    for paragraph in list(root.iter(f"{W}p")):
        _mark(paragraph, "p")


def _mark(element: etree._Element, scope: str) -> None:
    nodes = [node for node in element.iter(f"{W}t") if (node.text or "").strip()]
    if len(nodes) != 1 or next(element.iter(f"{W}drawing", f"{W}pict", f"{W}sectPr"), None) is not None:
        return
    text = (nodes[0].text or "").strip()
    statement = statement_of(text) if TAG.findall(text) == [text] else None
    if statement is None or (scope == "p" and statement.scope == "tr"):
        return
    if scope == "p" and next(element.iterancestors(f"{W}tc"), None) is not None and _alone(element):
        return
    nodes[0].text = f"{{%{scope} {statement.word} {statement.rest} %}}"


def _alone(paragraph: etree._Element) -> bool:
    """Whether a cell would be left without a paragraph."""
    cell = next(paragraph.iterancestors(f"{W}tc"))
    return len(cell.findall(f"{W}p")) == 1


def _short(text: str) -> str:
    return text if len(text) <= 24 else text[:23] + "…"
