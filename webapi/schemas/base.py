"""The base of all schemas: camelCase outside, snake_case inside, nothing unknown accepted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import RAISE, Schema, fields

from webapi.schemas.fields import Many, Part, Text, Whole


class ApiSchema(Schema):
    """Base of the API's schemas."""

    error_messages = {"unknown": "不认识此项，请移除。", "type": "应为对象。"}  # noqa: RUF012 - marshmallow's way

    class Meta:
        """Options of marshmallow."""

        unknown = RAISE

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:
        """Give each field its outside name."""
        if field_obj.data_key is None:
            field_obj.data_key = camel(field_name)


def camel(name: str) -> str:
    """Return the outside name of a field: ``case_title`` is ``caseTitle``."""
    head, *tail = name.strip("_").split("_")
    return head + "".join(part.capitalize() for part in tail)


def page_of(item: type[Schema]) -> type[Schema]:
    """Return the schema of a page of items."""
    members: dict[str, Any] = {
        "items": Many(Part(item)),
        "next_cursor": Text(allow_none=True),
        "total": Whole(),
    }
    return type(f"{item.__name__.removesuffix('Schema')}PageSchema", (ApiSchema,), members)


def list_of(item: type[Schema]) -> type[Schema]:
    """Return the schema of a whole list of items."""
    return type(f"{item.__name__.removesuffix('Schema')}ListSchema", (ApiSchema,), {"items": Many(Part(item))})


def camel_keys(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return a recorded event as the API gives it: member names in camelCase, keys as strings."""
    return {camel(name): _key_text(value) if _is_key(name) else value for name, value in values.items()}


def _is_key(name: str) -> bool:
    return name == "key" or name.endswith("_key")


def _key_text(value: Any) -> Any:
    return str(value) if isinstance(value, int) else value
