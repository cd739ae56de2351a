"""Fields in the protocol's dress, beside those of the API: moments that are read, values as JSON texts."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from marshmallow import fields

from engine.queries.search.scopes import TENANT
from webapi.forms.plain import plain
from webapi.schemas.fields import MISSING, NULL, Text, Whole

LONGEST_VALUE = 8191
"""Characters of a variable's value that a list shows, as with Camunda 8."""
LARGEST_NUMBER = 2**31 - 1
_MESSAGES: dict[str, str | list[Any] | dict[Any, Any]] = {"required": MISSING, "null": NULL}


FILE = {"type": "string", "format": "binary"}
"""A part of a form with a file, as OpenAPI describes it."""


def read_moment(value: Any) -> datetime | None:
    """Return the moment an ISO 8601 text with a zone means; None for anything else."""
    if not isinstance(value, str):
        return None
    try:
        moment = datetime.fromisoformat(value)
        return None if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


class Moment(fields.Field[datetime]):
    """A moment: ``2026-11-23T01:02:03.004Z``; read with any zone."""

    default_error_messages = {**_MESSAGES, "invalid": "应为带时区的时间，如 2026-11-23T01:02:03Z。"}  # noqa: RUF012

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(metadata={"type": "string", "format": "date-time"}, **kwargs)

    def _serialize(self, value: datetime | None, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        if value is None:
            return None
        return value.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> datetime:
        moment = read_moment(value)
        if moment is None:
            raise self.make_error("invalid")
        return moment


class JsonValue(fields.Field[Any]):
    """A value as its JSON text, without the tags of FEEL values; cut off where it is long, with ``cut``."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(metadata={"type": "string"}, **kwargs)

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> str:
        return json_text(value)


def json_text(value: Any) -> str:
    """Return the JSON text of a stored value."""
    return json.dumps(plain(value), ensure_ascii=False)


class Number(Whole):
    """A whole number of 32 bits."""

    def __init__(self, *, smallest: int = 0, largest: int = LARGEST_NUMBER, **kwargs: Any) -> None:
        super().__init__(smallest=smallest, largest=largest, **kwargs)


class Tenant(Text):
    """The tenant: there is one."""

    default_error_messages = {"invalid": f"只有一个租户 {TENANT}。"}  # noqa: RUF012

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(load_default=TENANT, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if value != TENANT:
            raise self.make_error("invalid")
        return value


class Unsupported(fields.Field[Any]):
    """What the protocol has and Banjie does not: refused unless it says nothing."""

    default_error_messages = {"invalid": "不支持此项，请移除。"}  # noqa: RUF012

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(allow_none=True, load_default=None, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if value not in (None, False, "", [], {}):
            raise self.make_error("invalid")
        return value
