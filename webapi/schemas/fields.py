"""Fields in the API's own dress: keys are strings, moments UTC to the second, messages Chinese."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from marshmallow import ValidationError, fields, validate

from webapi.forms.plain import plain

MISSING = "缺少此项。"
NULL = "不能为空。"
LARGEST_KEY = 2**63 - 1
_COMMON: dict[str, str | list[Any] | dict[Any, Any]] = {
    "required": MISSING,
    "null": NULL,
    "validator_failed": "内容有误。",
}


class Text(fields.String):
    """A text of limited length."""

    default_error_messages = {**_COMMON, "invalid": "应为文字。", "invalid_utf8": "应为文字。"}  # noqa: RUF012

    def __init__(self, *, longest: int = 1000, shortest: int = 0, **kwargs: Any) -> None:
        short = "不能为空。" if shortest == 1 else f"至少 {shortest} 个字。"
        length = validate.And(
            validate.Length(min=shortest, error=short), validate.Length(max=longest, error=f"不能超过 {longest} 个字。")
        )
        super().__init__(validate=length, **kwargs)


class Whole(fields.Integer):
    """A whole number."""

    default_error_messages = {**_COMMON, "invalid": "应为整数。", "too_large": "数值过大。"}  # noqa: RUF012

    def __init__(self, *, smallest: int = 0, largest: int = LARGEST_KEY, **kwargs: Any) -> None:
        within = validate.Range(smallest, largest, error=f"应在 {smallest} 到 {largest} 之间。")
        super().__init__(strict=True, validate=within, **kwargs)


class WholeText(Whole):
    """A whole number in an address, where everything is text."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if isinstance(value, str) and value.isascii() and value.isdigit():
            value = int(value[:20])
        return super()._deserialize(value, attr, data, **kwargs)


class Flag(fields.Boolean):
    """Yes or no."""

    default_error_messages = {**_COMMON, "invalid": "应为 true 或 false。"}  # noqa: RUF012
    truthy = {True}  # noqa: RUF012
    falsy = {False}  # noqa: RUF012


class Choice(Text):
    """One of some words."""

    def __init__(self, *words: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.validators = [validate.OneOf(words, error=f"应为 {'、'.join(words)} 之一。")]


class Key(fields.Field[int]):
    """A 64-bit key as a string, for JavaScript's numbers hold 53 bits."""

    default_error_messages = {**_COMMON, "invalid": "应为数字组成的键。"}  # noqa: RUF012

    def _serialize(self, value: int | None, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        return None if value is None else str(value)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> int:
        if isinstance(value, str) and value.isascii() and value.isdigit() and int(value[:20]) <= LARGEST_KEY:
            return int(value)
        raise self.make_error("invalid")


class Instant(fields.Field[datetime]):
    """A moment in UTC: ``2026-11-23T01:02:03Z``."""

    default_error_messages = _COMMON

    def _serialize(self, value: datetime | None, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        return None if value is None else value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Day(fields.Field[date]):
    """A date: ``2026-11-23``."""

    default_error_messages = _COMMON

    def _serialize(self, value: date | None, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        return None if value is None else value.isoformat()


class Variables(fields.Field[dict[str, Any]]):
    """Variables by name, any JSON values; what is read is without the tags of FEEL values."""

    default_error_messages = {**_COMMON, "invalid": "应为变量名到值的对象。"}  # noqa: RUF012

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:

        return plain(value)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise self.make_error("invalid")
        if any(len(name) > LONGEST_NAME for name in value):
            raise ValidationError(f"变量名不能超过 {LONGEST_NAME} 个字符。")
        return value


LONGEST_NAME = 200


class Anything(Variables):
    """Any JSON value, as it is read."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        return value


class Part(fields.Nested):
    """An object inside another."""

    default_error_messages = {**_COMMON, "type": "应为对象。"}  # noqa: RUF012


class Many(fields.List):
    """A list."""

    default_error_messages = {**_COMMON, "invalid": "应为列表。"}  # noqa: RUF012
