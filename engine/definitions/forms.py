"""Form files (form-js schemas): read and checked as far as the server depends on them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from engine.definitions.problems import Kind, Problem
from engine.errors import Place
from engine.feel import FeelError, compile_expression

MAXIMUM_BYTES = 1_000_000

INPUTS = frozenset(
    {
        "textfield",
        "textarea",
        "number",
        "datetime",
        "checkbox",
        "checklist",
        "radio",
        "select",
        "taglist",
        "filepicker",
        "expression",
    }
)
"""Component types that give data."""

SHOWN = frozenset(
    {
        "text",
        "html",
        "image",
        "table",
        "spacer",
        "separator",
        "button",
        "group",
        "dynamiclist",
        "iframe",
        "documentPreview",
    }
)
"""Component types that only show, group or act."""


def examine_form(name: str, data: bytes) -> tuple[Mapping[str, Any] | None, list[Problem]]:
    """Read a form file; return its schema, or None when it is refused, and everything that is wrong with it."""
    if len(data) > MAXIMUM_BYTES:
        return None, [_problem(name, "form.too-large", f"表单文件超过 {MAXIMUM_BYTES} 字节，请拆分。")]
    try:
        schema = json.loads(data)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", None)
        return None, [_problem(name, "form.not-json", f"不是有效的 JSON：{error}。请用表单设计器重新保存。", line)]
    if not isinstance(schema, dict) or not isinstance(schema.get("components"), list):
        return None, [_problem(name, "form.not-a-form", "不是表单：应为含 components 列表的 JSON 对象。")]
    if not isinstance(schema.get("id"), str) or not schema["id"]:
        return None, [_problem(name, "form.id-missing", "表单没有 id，请填写后重新保存。")]
    problems = list(_component_problems(name, schema["components"]))
    return (None if problems else schema), problems


def components(items: Any) -> Iterator[Mapping[str, Any]]:
    """Yield every component, outer before inner."""
    for item in items if isinstance(items, list) else []:
        if isinstance(item, dict):
            yield item
            yield from components(item.get("components"))


def _component_problems(name: str, items: Any) -> Iterator[Problem]:
    keys: set[str] = set()
    for item in components(items):
        type_, key = item.get("type"), item.get("key")
        label = str(item.get("label") or key or item.get("id") or type_)
        if type_ not in INPUTS | SHOWN:
            yield _problem(name, "form.component-unknown", f"“{label}”的组件类型 {type_} 不受支持，请换用其他组件。")
        elif type_ in INPUTS and not (isinstance(key, str) and key):
            yield _problem(name, "form.key-missing", f"“{label}”没有 key，请填写。")
        elif type_ in INPUTS and key in keys and not item.get("conditional"):
            yield _problem(name, "form.key-doubled", f"字段 {key} 重复，请改用不同的 key。")
        if type_ in INPUTS and isinstance(key, str):
            keys.add(key)
        yield from _expression_problems(name, label, item)


def _expression_problems(name: str, label: str, item: Mapping[str, Any]) -> Iterator[Problem]:
    conditional = item.get("conditional")
    hide = conditional.get("hide") if isinstance(conditional, dict) else None
    for place, source in (
        ("隐藏条件", hide),
        ("表达式", item.get("expression")),
        ("选项", item.get("valuesExpression")),
    ):
        if not isinstance(source, str) or not source:
            continue
        try:
            compile_expression(source.removeprefix("="))
        except FeelError as error:
            yield _problem(name, "form.expression", f"“{label}”的{place}有误：{error}")


def _problem(name: str, code: str, message: str, line: int | None = None) -> Problem:
    return Problem(Kind.INVALID, code, message, Place(name, line))
