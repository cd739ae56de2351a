"""Registers (台账), their rows and exports."""

from __future__ import annotations

import json
from typing import Any

from marshmallow import ValidationError

from engine.queries.paging import LARGEST_LIMIT
from webapi.schemas.base import ApiSchema, list_of
from webapi.schemas.fields import Anything, Flag, Instant, Key, Many, Part, Text, Variables, Whole, WholeText

MOST_FILTERS = 10


class Filters(Variables):
    """Texts by column, as JSON in an address: ``{"sender": "省厅", "received_on": "2026-01-01..2026-06-30"}``."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> dict[str, Any]:
        if isinstance(value, str):
            try:
                value = json.loads(value)
            except ValueError as error:
                raise self.make_error("invalid") from error
        if not isinstance(value, dict) or not all(isinstance(each, str) for each in value.values()):
            raise ValidationError("应为列到文字的对象。")
        if len(value) > MOST_FILTERS or any(len(each) > 200 for each in value.values()):
            raise ValidationError(f"最多 {MOST_FILTERS} 个条件，每个不超过 200 个字。")
        return {name: text for name, text in value.items() if text}


class SortSchema(ApiSchema):
    """By which column a list is ordered."""

    column = Text()
    descending = Flag()


class RegisterColumnSchema(ApiSchema):
    """A column; ``type`` is text, number, money, date, moment or flag."""

    id = Text()
    label = Text()
    type = Text()
    width = Whole()


class CaseRegisterSchema(ApiSchema):
    """A register and its columns."""

    id = Text()
    title = Text()
    note = Text()
    procedures = Many(Text())
    columns = Many(Part(RegisterColumnSchema))
    sort = Part(SortSchema)


class RegisterQuerySchema(ApiSchema):
    """Which part of a register; ``sort`` is a column's id, with ``-`` before it for descending."""

    limit = WholeText(smallest=1, largest=LARGEST_LIMIT, load_default=50)
    cursor = Text(longest=2000, load_default=None)
    sort = Text(longest=100, load_default=None)
    search = Text(longest=100, load_default=None)
    filters = Filters(load_default=dict)


class RegisterRowSchema(ApiSchema):
    """A row; ``item`` counts the rows of one case from 1."""

    process_instance_key = Key(attribute="root_key")
    item = Whole()
    values = Anything()


class RegisterPageSchema(ApiSchema):
    """A page of rows; ``total`` is counted no further than 10,000."""

    items = Many(Part(RegisterRowSchema))
    next_cursor = Text(allow_none=True)
    total = Whole()


class ExportOrderSchema(ApiSchema):
    """What to export: as in the list."""

    sort = Text(longest=100, load_default=None, allow_none=True)
    search = Text(longest=100, load_default=None, allow_none=True)
    filters = Filters(load_default=dict)


class OrderedExportSchema(ApiSchema):
    """The export's key and how many rows it will have."""

    key = Key()
    total = Whole()


class ExportSchema(ApiSchema):
    """An export and how far it is; ``state`` is PENDING, RUNNING, DONE, FAILED or CANCELED."""

    key = Key()
    register_id = Text()
    state = Text()
    total = Whole()
    done = Whole()
    document_id = Text(allow_none=True)
    message = Text(allow_none=True)
    ordered_at = Instant()
    ended_at = Instant(allow_none=True)


RegisterListSchema = list_of(CaseRegisterSchema)
ExportListSchema = list_of(ExportSchema)
