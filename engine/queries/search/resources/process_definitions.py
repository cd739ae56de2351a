"""Process definitions."""

from __future__ import annotations

from sqlalchemy import String, literal

from engine.queries.search.fields import Field, Kind
from engine.queries.search.resource import Resource
from engine.queries.search.resources.shared import flag, newest
from engine.queries.search.scopes import TENANT_FIELD, everybody, tenant
from engine.store.tables.repository import process_definition

_columns = process_definition.c
_has_form = flag(_columns.start_form_id.is_not(None))
_state = literal("ACTIVE", String())

PROCESS_DEFINITIONS = Resource(
    name="process-definitions",
    source=process_definition,
    columns={
        "name": _columns.name,
        "resource_name": _columns.resource_name,
        "version": _columns.version,
        "version_tag": _columns.version_tag,
        "process_definition_id": _columns.process_id,
        "tenant_id": tenant,
        "process_definition_key": _columns.key,
        "has_start_form": _has_form,
        "state": _state,
    },
    fields={
        "name": Field(_columns.name, Kind.TEXT),
        "is_latest_version": Field(newest(process_definition, "process_id"), Kind.FLAG, sortable=False),
        "resource_name": Field(_columns.resource_name, Kind.TEXT),
        "version": Field(_columns.version, Kind.WHOLE),
        "version_tag": Field(_columns.version_tag, Kind.TEXT, nullable=True),
        "process_definition_id": Field(_columns.process_id, Kind.TEXT),
        "tenant_id": TENANT_FIELD,
        "process_definition_key": Field(_columns.key, Kind.KEY),
        "has_start_form": Field(_has_form, Kind.FLAG, sortable=False),
        "state": Field(_state, Kind.CHOICE, ("ACTIVE", "DELETED", "DRAINING"), sortable=False),
    },
    key=("process_definition_key",),
    scope=everybody,
)
