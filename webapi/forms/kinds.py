"""What each kind of input takes: its empty value, and what the viewer makes of a value given to it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from webapi.forms.options import contains, offered
from webapi.forms.scripting import number_of, same

Component = Mapping[str, Any]
Data = Mapping[str, Any]
FILE_MEMBERS: Mapping[str, type] = {
    "documentId": str,
    "name": str,
    "digest": str,
    "size": int,
    "contentType": str,
}
"""What the page keeps of an uploaded file; the command that takes the form asks whether it is true."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of input.

    ``accepts`` says whether a value, given the form's other data, is one that the input could give;
    ``complaint`` is what to tell otherwise.
    """

    empty: Any
    accepts: Callable[[Component, Any, Data], bool]
    complaint: str


def is_empty(value: Any) -> bool:
    """Return whether an input with this value counts as not filled in."""
    return value is None or value == "" or value is False or (isinstance(value, list) and not value)


def _line(component: Component, value: Any, data: Data) -> bool:
    return isinstance(value, str) and not re.search(r"[\r\n\t]", value)


def _text(component: Component, value: Any, data: Data) -> bool:
    return isinstance(value, str)


def _number(component: Component, value: Any, data: Data) -> bool:
    wanted: type | tuple[type, ...] = str if component.get("serializeToString") else (int, float)
    return isinstance(value, wanted) and number_of(value) is not None


def _checkbox(component: Component, value: Any, data: Data) -> bool:
    return isinstance(value, bool)


def _one_of(component: Component, value: Any, data: Data) -> bool:
    values = offered(component, data)
    return values is None or contains(values, value)


def _some_of(component: Component, value: Any, data: Data) -> bool:
    if not isinstance(value, list):
        return False
    values = offered(component, data)
    return values is None or all(contains(values, item) for item in value)


def _anything(component: Component, value: Any, data: Data) -> bool:
    return True


def _files(component: Component, value: Any, data: Data) -> bool:
    """The page's file picker uploads what is chosen and keeps what it was answered."""
    if not isinstance(value, list) or (len(value) > 1 and not component.get("multiple")):
        return False
    return all(isinstance(each, dict) and _is_file(each) for each in value)


def _is_file(value: Data) -> bool:
    return value.keys() == FILE_MEMBERS.keys() and all(type(value[name]) is kind for name, kind in FILE_MEMBERS.items())


_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_TIME = re.compile(r"\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})?", re.ASCII)


def _moment(component: Component, value: Any, data: Data) -> bool:
    if not isinstance(value, str):
        return False
    subtype = component.get("subtype", "date")
    if subtype == "date":
        return _is_date(value)
    if subtype == "time":
        return _is_time(value)
    day, mark, clock = value.partition("T")
    return mark == "T" and _is_date(day) and _is_time(clock)


def _is_date(text: str) -> bool:
    if not _DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _is_time(text: str) -> bool:
    if not _TIME.fullmatch(text):
        return False
    try:
        time.fromisoformat(text)
    except ValueError:
        return False
    return True


_CHOICE = "请从给出的选项中选择。"

KINDS: Mapping[str, Kind] = {
    "textfield": Kind("", _line, "应为一行文字。"),
    "textarea": Kind("", _text, "应为文字。"),
    "number": Kind(None, _number, "请填写数字。"),
    "datetime": Kind(None, _moment, "请填写有效的日期或时间。"),
    "checkbox": Kind(False, _checkbox, "应为是或否。"),
    "checklist": Kind([], _some_of, _CHOICE),
    "taglist": Kind([], _some_of, _CHOICE),
    "radio": Kind(None, _one_of, _CHOICE),
    "select": Kind(None, _one_of, _CHOICE),
    "filepicker": Kind([], _files, "请重新选择文件。"),
    "expression": Kind(None, _anything, "计算结果有误。"),
}


def complaint(component: Component, value: Any) -> str:
    """Return what to tell about a value that the input doesn't accept."""
    if component["type"] == "number" and number_of(value) is not None:
        wanted = "文字" if component.get("serializeToString") else "数字"
        return f"请以{wanted}形式给出数值。"
    return KINDS[component["type"]].complaint


def unchanged(left: Any, right: Any) -> bool:
    """Return whether two values of an input are the same, every empty one like any other."""
    return same(left, right) or (is_empty(left) and is_empty(right))


def initial(component: Component, value: Any, data: Data, *, given: bool) -> Any:
    """Return the value that an input begins with: the one it is given if it takes it, else its default."""
    kind = KINDS[component["type"]]
    if not given:
        return component.get("defaultValue", kind.empty)
    return value if kind.accepts(component, value, data) else _nearest(component, value, data)


def _nearest(component: Component, value: Any, data: Data) -> Any:
    """What the viewer makes of a value that an input can't have given."""
    kind, name = KINDS[component["type"]], component["type"]
    if name in ("textfield", "textarea") and value is not None and not isinstance(value, list | dict):
        return re.sub(r"[\r\n\t]", " ", str(value)) if name == "textfield" else str(value)
    if name == "number":
        number = number_of(value)
        return None if number is None else (str(value) if component.get("serializeToString") else float(number))
    if name in ("checklist", "taglist") and isinstance(value, list):
        values = offered(component, data) or []
        return [item for item in value if contains(values, item)]
    return kind.empty
