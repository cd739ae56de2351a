"""Telling FEEL from plain text, and checking the syntax of every FEEL expression at the moment it is read."""

from __future__ import annotations

import re

from lxml import etree

from engine.definitions.converting import juel
from engine.definitions.iso8601 import is_read
from engine.definitions.model import Expression, TimerKind
from engine.definitions.reading.document import Document, line_of, text_of
from engine.feel import FeelError, compile_expression

FOREIGN = re.compile(r"[$#]\{")
"""How expressions of other engines (JUEL, Groovy templates) begin."""
XPATH = "http://www.w3.org/1999/XPath"
"""Default of ``definitions/@expressionLanguage``; tools write it without meaning it, so it counts as not stated."""


def value(document: Document, text: str | None, element: etree._Element) -> Expression | None:
    """Read a ``zeebe:`` value: FEEL after ``=``, else the text as it stands; None where there is none."""
    if text is None or not text.strip():
        return None
    text = text.strip()
    if text.startswith("="):
        return feel(document, text, element)
    if FOREIGN.search(text):
        _foreign(document, text, element)
    return Expression(text, is_feel=False, line=line_of(element))


def feel(document: Document, text: str | None, element: etree._Element) -> Expression | None:
    """Read text that is an expression by its place, with or without ``=``; a syntax error becomes a finding."""
    if text is None or not text.strip():
        return None
    text = text.strip()
    explicit = text.startswith("=")
    source = text[1:].strip() if explicit else text
    expression = Expression(source, is_feel=True, line=line_of(element))
    translated = None if explicit else _translated(document, source, element)
    if translated is not None:
        return translated
    if not explicit and FOREIGN.search(source):
        _foreign(document, source, element)
        return expression
    reason = syntax_error(source)
    if reason is not None:
        _not_feel(document, source, reason, element, explicit)
    return expression


def formal(document: Document, element: etree._Element | None) -> Expression | None:
    """Read a BPMN expression element (``conditionExpression``, ``completionCondition``, ``condition``, …).

    Its ``language``, or else the file's ``expressionLanguage``, must be FEEL or be left open.
    """
    if element is None:
        return None
    text = text_of(element) or ""
    language = element.get("language") or document.root.get("expressionLanguage") or ""
    if not text:
        return None
    if not is_feel_language(language) and not text.startswith("="):
        translated = _translated(document, text, element)
        if translated is not None:
            return translated
        message = f"表达式语言 {language} 不受支持：请改写为 FEEL。"
        document.unsupported("bpmn.expression-language-unsupported", message, element)
        return Expression(text, is_feel=True, line=line_of(element))
    return feel(document, text, element)


def timer(document: Document, element: etree._Element, kind: TimerKind) -> Expression | None:
    """Read a timer: ISO 8601 text (quotes around it or ``=`` before it do no harm), else FEEL after ``=``."""
    text = text_of(element) or ""
    if not text:
        return None
    bare = text.removeprefix("=").strip().strip('"').strip()
    if is_read(kind, bare):
        return Expression(bare, is_feel=False, line=line_of(element))
    return value(document, text, element)


def syntax_error(source: str) -> str | None:
    """Return why ``source`` is not FEEL, or None if it is."""
    try:
        compile_expression(source)
    except FeelError as error:
        return str(error)
    return None


def _translated(document: Document, source: str, element: etree._Element) -> Expression | None:
    """Return FEEL for what is not FEEL, where a file is read for a rehearsal and it means the same; else None."""
    if not document.trial or (syntax_error(source) is None and not FOREIGN.search(source)):
        return None
    try:
        text = juel.to_feel(source) if FOREIGN.search(source) else juel.expression(source)
    except juel.NotConvertible:
        return None
    return Expression(text, is_feel=True, line=line_of(element))


def is_feel_language(language: str) -> bool:
    """Whether a language URI or name means FEEL or leaves the language open."""
    return not language or language == XPATH or "feel" in language.lower()


def _foreign(document: Document, text: str, element: etree._Element) -> None:
    message = f"表达式 {text} 是其他引擎的写法：请改写为 FEEL，或先用转换功能转换。"
    document.unsupported("bpmn.expression-foreign", message, element)


def _not_feel(document: Document, source: str, reason: str, element: etree._Element, explicit: bool) -> None:
    if explicit or document.uses_zeebe or "feel" in (element.get("language") or "").lower():
        document.invalid("feel.syntax", f"FEEL 表达式“{source}”有语法错误：{reason}", element)
    else:
        message = f"表达式“{source}”没有写明语言，也不是 FEEL，不能执行：请改写为 FEEL（{reason}）"
        document.unsupported("bpmn.expression-not-feel", message, element)
