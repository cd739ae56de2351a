"""What comes in: JSON that is only JSON, within limits, and the idempotency key."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from flask import request

from engine.errors import InvalidInput

LONGEST_KEY = 200
KEY_HEADER = "Idempotency-Key"


class BodyInvalid(InvalidInput):
    """The request's body is not what the resource takes."""

    code = "webapi.body-invalid"


class KeyInvalid(InvalidInput):
    """The idempotency key is too long or not printable."""

    code = "webapi.idempotency-key-invalid"


def json_body() -> Any:
    """Return the request's JSON; an absent body is an empty object. Raises BodyInvalid."""
    if not request.content_length and not request.data:
        return {}
    if not request.is_json:
        raise BodyInvalid("请求内容应为 JSON（Content-Type: application/json）。")
    return parse_json(request.get_data())


def parse_json(data: bytes) -> Any:
    """Return strict JSON: no NaN, no number out of range, no text that a database can't hold. Raises BodyInvalid."""
    try:
        value = json.loads(data, parse_constant=_no_constant, parse_float=_finite)
    except (ValueError, RecursionError) as error:
        raise BodyInvalid("请求内容不是有效的 JSON，请检查后重试。") from error
    if b"\\u0000" in data or b"\\ud" in data.lower():
        _require_storable(value)
    return value


def idempotency_key() -> str | None:
    """Return the key under which the command is to be done once; None without one. Raises KeyInvalid."""
    key = request.headers.get(KEY_HEADER)
    if key is not None and not (0 < len(key) <= LONGEST_KEY and key.isprintable()):
        raise KeyInvalid(f"{KEY_HEADER} 应为不超过 {LONGEST_KEY} 个可见字符。")
    return key


def _no_constant(text: str) -> NoReturn:
    raise ValueError(text)


def _finite(text: str) -> float:
    value = float(text)
    if value in (float("inf"), float("-inf")):
        raise ValueError(text)
    return value


def _require_storable(value: Any) -> None:
    text = json.dumps(value, ensure_ascii=False)
    if "\\u0000" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise BodyInvalid("请求内容含有不能保存的字符，请移除后重试。")
