"""Outside systems that diagrams may call."""

from __future__ import annotations

import re
from typing import Any

from marshmallow import ValidationError, fields, validates_schema

from webapi.schemas.base import ApiSchema, list_of
from webapi.schemas.fields import Instant, Many, Part, Text, Whole
from webapi.schemas.people import NamedSchema

HEADER = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}")
"""A field name of HTTP (RFC 9110 section 5.1)."""


class ConnectionSchema(ApiSchema):
    """An outside system; of the headers sent with every call only the names."""

    name = Text()
    base_url = Text()
    address = Text()
    headers = Many(Text())
    timeout_seconds = Whole()
    changed_by = Part(NamedSchema, allow_none=True)
    changed_at = Instant()


class ConnectionRequestSchema(ApiSchema):
    """How an outside system is called; ``headers`` null keeps those it has."""

    base_url = Text(required=True, shortest=8, longest=500)
    headers = fields.Dict(
        keys=fields.String(),
        values=fields.String(),
        allow_none=True,
        load_default=None,
        error_messages={"invalid": "应为请求头名称到值的对象。"},
    )
    timeout_seconds = Whole(smallest=1, largest=300, load_default=30)

    @validates_schema
    def _require_plain_headers(self, data: dict[str, Any], **_: Any) -> None:
        for name, value in (data["headers"] or {}).items():
            if not HEADER.fullmatch(name):
                raise ValidationError(f"“{name[:50]}”不是请求头的名称。", "headers")
            if len(value) > 2000 or any(ord(character) < 32 or ord(character) > 126 for character in value):
                raise ValidationError(f"请求头 {name} 的值应为 2000 个以内的可见英文字符。", "headers")


class PinnedSchema(ApiSchema):
    """The address that the host had when it was named."""

    name = Text()
    address = Text()


ConnectionListSchema = list_of(ConnectionSchema)
