"""A form and its data as labels and texts, the way somebody who filled it in would read them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from engine.definitions.forms import INPUTS
from engine.feel import FeelError, compile_expression
from engine.feel.json import TAG, from_json
from engine.queries.forms import options_of

EMPTY = "—"


@dataclass(frozen=True, slots=True)
class Field:
    """A label, its text, and the digests of the files it names."""

    label: str
    text: str
    digests: Sequence[str] = ()


@dataclass(slots=True)
class Block:
    """A heading, some fields, or a table."""

    kind: str
    label: str = ""
    fields: list[Field] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)


def form_blocks(schema: Mapping[str, Any], values: Mapping[str, Any]) -> list[Block]:
    """Return what a form shows of some values: hidden parts left out, choices by their labels."""
    return _gathered(_walk(schema.get("components"), values, values))


def value_blocks(values: Mapping[str, Any], labels: Mapping[str, str]) -> list[Block]:
    """Return values under their labels: what has none is shown nowhere to people and left out."""
    blocks: list[Block] = []
    for name, value in values.items():
        if name not in labels:
            continue
        if (
            isinstance(value, list)
            and value
            and all(isinstance(row, Mapping) and "documentId" not in row for row in value)
        ):
            heads = list(dict.fromkeys(key for row in value for key in row))
            rows = [[text_of(row.get(key)) for key in heads] for row in value]
            blocks.append(Block("table", labels[name], heads=[labels.get(key, key) for key in heads], rows=rows))
        else:
            blocks.append(Block("fields", fields=[Field(labels[name], text_of(value), digests_of(value))]))
    return _gathered(iter(blocks))


def text_of(value: Any) -> str:
    """Return a stored value as people read it."""
    if value is None or value == "" or value == []:
        return EMPTY
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(text_of(each) for each in value)
    if isinstance(value, Mapping):
        if TAG in value:
            return text_of(value.get("value"))
        for member in ("name", "label", "title", "text"):
            if isinstance(value.get(member), str):
                return str(value[member])
        return "；".join(f"{name}：{text_of(each)}" for name, each in value.items())
    if isinstance(value, float):
        return format(Decimal(str(value)), "f")
    text = str(value)
    return text.replace("T", " ", 1) if len(text) >= 16 and text[10:11] == "T" and text[4:5] == "-" else text


def digests_of(value: Any) -> list[str]:
    """Return the digests of the files that a value names."""
    listed = value if isinstance(value, list) else [value]
    return [str(each["digest"]) for each in listed if isinstance(each, Mapping) and each.get("digest")]


def _is_table(value: Any) -> bool:
    if not isinstance(value, list) or not value:
        return False
    return all(isinstance(row, Mapping) and "documentId" not in row for row in value)


def _walk(items: Any, data: Any, whole: Mapping[str, Any]) -> Iterator[Block]:
    for item in items if isinstance(items, list) else []:
        if not isinstance(item, Mapping) or _hidden(item, data, whole):
            continue
        kind, key = item.get("type"), item.get("key")
        label = _label(item)
        if kind in INPUTS and isinstance(key, str):
            value = _at(data, key)
            yield Block("fields", fields=[Field(label or key, _shown(item, value, whole), digests_of(value))])
        elif kind == "dynamiclist":
            yield _table(item, _at(data, item.get("path")), whole)
        elif kind == "group":
            if label:
                yield Block("heading", label)
            yield from _walk(item.get("components"), _at(data, item.get("path")), whole)


def _table(item: Mapping[str, Any], rows: Any, whole: Mapping[str, Any]) -> Block:
    columns = [each for each in item.get("components") or [] if each.get("type") in INPUTS]
    listed = rows if isinstance(rows, list) else []
    return Block(
        "table",
        _label(item) or "明细",
        heads=[_label(each) or str(each.get("key")) for each in columns],
        rows=[[_shown(each, _at(row, each.get("key")), whole) for each in columns] for row in listed],
    )


def _shown(item: Mapping[str, Any], value: Any, whole: Mapping[str, Any]) -> str:
    options = options_of(item, whole)
    if options is not None and value not in (None, ""):
        labels = {str(each.get("value")): str(each.get("label") or each.get("value")) for each in options}
        chosen = value if isinstance(value, list) else [value]
        return "、".join(labels.get(str(each), text_of(each)) for each in chosen) or EMPTY
    digits = item.get("decimalDigits")
    if item.get("type") == "number" and isinstance(value, int | float) and isinstance(digits, int):
        return f"{Decimal(str(value)):.{digits}f}"
    return text_of(value)


def _hidden(item: Mapping[str, Any], data: Any, whole: Mapping[str, Any]) -> bool:
    conditional = item.get("conditional")
    source = conditional.get("hide") if isinstance(conditional, Mapping) else None
    if not isinstance(source, str) or not source:
        return False
    own = data if isinstance(data, Mapping) else {}
    context = {name: from_json(value) for name, value in {**whole, **own}.items()}
    try:
        return compile_expression(source.removeprefix("=")).evaluate(context) is True
    except FeelError:
        return False


def _at(data: Any, path: Any) -> Any:
    for step in path.split(".") if isinstance(path, str) and path else []:
        data = data.get(step) if isinstance(data, Mapping) else None
    return data


def _label(item: Mapping[str, Any]) -> str:
    label = item.get("label") or item.get("dateLabel") or item.get("timeLabel")
    return label if isinstance(label, str) and not label.startswith("=") else ""


def _gathered(blocks: Iterator[Block]) -> list[Block]:
    """Fields that follow each other stand in one table."""
    result: list[Block] = []
    for block in blocks:
        if block.kind == "fields" and result and result[-1].kind == "fields":
            result[-1].fields += block.fields
        else:
            result.append(block)
    return result
