"""Validation against the BPMN 2.0 XML schemas (OMG, 20100501), which ship inside the SpiffWorkflow distribution."""

from __future__ import annotations

import importlib.util
import re
import threading
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

from lxml import etree

from engine.definitions.problems import Kind, Problems
from engine.definitions.reading.document import line_of
from engine.definitions.safexml import parser

SCHEMA_FOLDER = Path("bpmn/parser/schema")
_LOCK = threading.Lock()
"""One thread at a time: libxml2 sets up its types at the first compilation, unguarded (two at once end the process),
and a compiled schema keeps its last error log on itself."""


@lru_cache(maxsize=1)
def _schema() -> etree.XMLSchema:
    """Load the schema once; SpiffWorkflow itself is located, not imported."""
    spec = importlib.util.find_spec("SpiffWorkflow")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError("SpiffWorkflow is not installed: its BPMN schemas are missing")
    path = Path(spec.submodule_search_locations[0]) / SCHEMA_FOLDER / "BPMN20.xsd"
    return etree.XMLSchema(etree.parse(str(path), parser()))


def check_schema(root: etree._Element, problems: Problems) -> None:
    """Note every breach of the XML schema with line and element; code ``bpmn.schema``."""
    with _LOCK:
        schema = _schema()
        if schema.validate(root.getroottree()):
            return
        log: Any = schema.error_log
        errors: list[tuple[int, str]] = [(error.line, error.message) for error in log]
    named = _elements_by_line(root)
    for line, message in errors:
        if not _is_about_identifiers(message):
            problems.add(Kind.INVALID, "bpmn.schema", translate(message), line=line, element=named.get(line))


def _is_about_identifiers(message: str) -> bool:
    """Whether the finding is told better by the rule of unique ids; other simple types still count."""
    return "already defined" in message


def _elements_by_line(root: etree._Element) -> dict[int, str]:
    """Map a line to the id of the first element on it that has one."""
    found: dict[int, str] = {}
    for element in root.iter("*"):
        identifier, line = element.get("id"), line_of(element)
        if identifier and line is not None:
            found.setdefault(line, identifier)
    return found


def _short(name: str) -> str:
    return re.sub(r"\{[^}]*\}", "", name)


def _unexpected(found: re.Match[str]) -> str:
    expected = found.group("expected")
    hint = f"此处应为：{_short(expected).strip()}" if expected else "请删除或移到允许的位置"
    return f"元素 {_short(found.group('element'))} 不应出现在这里，{hint}。"


_TRANSLATIONS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (
        re.compile(
            r"Element '(?P<element>[^']*)': This element is not expected\.( Expected is .*?\((?P<expected>[^)]*)\))?"
        ),
        _unexpected,
    ),
    (
        re.compile(r"Element '([^']*)': Missing child element\(s\)\.( Expected is .*?\(([^)]*)\))?"),
        lambda m: f"元素 {_short(m[1])} 缺少子元素，应有：{_short(m[3] or '').strip()}。",
    ),
    (
        re.compile(r"Element '([^']*)': The attribute '([^']*)' is required but missing"),
        lambda m: f"元素 {_short(m[1])} 缺少必需的属性 {_short(m[2])}，请补上。",
    ),
    (
        re.compile(r"Element '([^']*)', attribute '([^']*)': The attribute '[^']*' is not allowed"),
        lambda m: f"元素 {_short(m[1])} 不允许有属性 {_short(m[2])}，请删除。",
    ),
    (
        re.compile(
            r"Element '([^']*)', attribute '([^']*)': .*'([^']*)' is not (?:a valid value|an element of the set)"
        ),
        lambda m: f"元素 {_short(m[1])} 的属性 {_short(m[2])} 取值“{m[3]}”不合格式，请修正。",
    ),
    (
        re.compile(r"Element '([^']*)', attribute '([^']*)': (.*)"),
        lambda m: f"元素 {_short(m[1])} 的属性 {_short(m[2])} 不合 BPMN 模式：{_short(m[3])}",
    ),
    (
        re.compile(r"Element '([^']*)': Character content other than whitespace is not allowed"),
        lambda m: f"元素 {_short(m[1])} 里不允许直接写文字，请删除。",
    ),
    (
        re.compile(r"Element '([^']*)': No matching global (?:element )?declaration available"),
        lambda m: f"元素 {_short(m[1])} 不是 BPMN 2.0 的元素，请删除或改正名称。",
    ),
    (
        re.compile(r"Element '([^']*)': (.*)"),
        lambda m: f"元素 {_short(m[1])} 不合 BPMN 模式：{_short(m[2])}",
    ),
)


def translate(message: str) -> str:
    """Turn a message of the schema validator into Chinese; one of unknown form is quoted."""
    for pattern, words in _TRANSLATIONS:
        found = pattern.match(message)
        if found is not None:
            return words(found)
    return f"不合 BPMN 模式：{_short(message)}"
