"""How JavaScript sees values, as far as the viewer's checks depend on it."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any, Final

_SPACE = "\t\n\v\f\r \u00a0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff" + "".join(map(chr, range(0x2000, 0x200B)))
"""White space and line ends of ECMA-262, 12.2 and 12.3."""


class _Unset:
    """JavaScript's ``undefined``, where it differs from null."""

    def __bool__(self) -> bool:
        return False


UNSET: Final = _Unset()


def truthy(value: object) -> bool:
    """Return whether JavaScript takes ``value`` for true; empty lists and objects are."""
    if isinstance(value, list | dict):
        return True
    return bool(value)


def trim(text: str) -> str:
    """Return ``text`` without white space at its ends."""
    return text.strip(_SPACE)


def length(text: str) -> int:
    """Return the length in UTF-16 code units, as JavaScript counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def text_of(value: object) -> str:
    """Return ``String(value)`` for JSON values."""
    if value is None or value is UNSET:
        return "null" if value is None else "undefined"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e21:
        return str(int(value))
    if isinstance(value, list):
        return ",".join("" if item is None else text_of(item) for item in value)
    if isinstance(value, dict):
        return "[object Object]"
    return str(value)


def same(left: object, right: object) -> bool:
    """Return whether two JSON values are equal in depth, a boolean never being a number."""
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(same(left[key], right[key]) for key in left)
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(same, left, right))
    return left == right


def number_of(value: object) -> Decimal | None:
    """Return a JSON number or a numeral as a decimal; None for what is no finite number (big.js, ``Big(value)``)."""
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        return None
    text = repr(value) if isinstance(value, float) else str(value)
    if isinstance(value, str) and not _is_numeral(text):
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _is_numeral(text: str) -> bool:
    return text.isascii() and text[:1] not in ("+", "") and "_" not in text and text.strip() == text


def get(data: Any, path: tuple[str | int, ...]) -> Any:
    """Return what lies at ``path`` in nested objects and lists; UNSET where there is nothing."""
    for step in path:
        inside = step in data if isinstance(data, dict) else isinstance(step, int) and step < _items(data)
        if not inside:
            return UNSET
        data = data[step]
    return data


def _items(data: Any) -> int:
    return len(data) if isinstance(data, list) else 0


def put(data: dict[str, Any], path: tuple[str, ...], value: Any) -> None:
    """Write ``value`` at ``path``, making objects on the way."""
    for step in path[:-1]:
        inner = data.get(step)
        if not isinstance(inner, dict):
            inner = data[step] = {}
        data = inner
    data[path[-1]] = value
