"""Decision definitions, and the files they stand in (decision requirements)."""

from __future__ import annotations

from sqlalchemy import func, select

from engine.queries.search.fields import Field, Kind
from engine.queries.search.resource import Resource
from engine.queries.search.resources.shared import newest
from engine.queries.search.scopes import TENANT_FIELD, everybody, tenant
from engine.store.tables.repository import decision_definition

_columns = decision_definition.c

REQUIREMENTS = (
    select(
        _columns.requirements_key.label("key"),
        func.min(_columns.requirements_id).label("id"),
        func.min(_columns.resource_name).label("resource_name"),
        func.max(_columns.version).label("version"),
        func.min(_columns.digest).label("digest"),
    )
    .group_by(_columns.requirements_key)
    .subquery("requirements")
)
"""A row for each file version; its version is the highest of its decisions', for a file has none of its own."""

_file = REQUIREMENTS.c

DECISION_DEFINITIONS = Resource(
    name="decision-definitions",
    source=decision_definition.join(REQUIREMENTS, _file.key == _columns.requirements_key),
    columns={
        "decision_definition_id": _columns.decision_id,
        "decision_definition_key": _columns.key,
        "decision_requirements_id": _columns.requirements_id,
        "decision_requirements_key": _columns.requirements_key,
        "decision_requirements_name": _columns.requirements_id,
        "decision_requirements_version": _file.version,
        "name": _columns.name,
        "tenant_id": tenant,
        "version": _columns.version,
    },
    fields={
        "decision_definition_id": Field(_columns.decision_id, Kind.TEXT),
        "name": Field(_columns.name, Kind.TEXT),
        "is_latest_version": Field(newest(decision_definition, "decision_id"), Kind.FLAG, sortable=False),
        "version": Field(_columns.version, Kind.WHOLE),
        "decision_requirements_id": Field(_columns.requirements_id, Kind.TEXT),
        "tenant_id": TENANT_FIELD,
        "decision_definition_key": Field(_columns.key, Kind.KEY),
        "decision_requirements_key": Field(_columns.requirements_key, Kind.KEY),
        "decision_requirements_name": Field(_columns.requirements_id, Kind.TEXT),
        "decision_requirements_version": Field(_file.version, Kind.WHOLE),
    },
    key=("decision_definition_key",),
    scope=everybody,
)

DECISION_REQUIREMENTS = Resource(
    name="decision-requirements",
    source=REQUIREMENTS,
    columns={
        "decision_requirements_id": _file.id,
        "decision_requirements_key": _file.key,
        "decision_requirements_name": _file.id,
        "resource_name": _file.resource_name,
        "tenant_id": tenant,
        "version": _file.version,
    },
    fields={
        "decision_requirements_id": Field(_file.id, Kind.TEXT),
        "decision_requirements_key": Field(_file.key, Kind.KEY),
        "decision_requirements_name": Field(_file.id, Kind.TEXT),
        "version": Field(_file.version, Kind.WHOLE),
        "tenant_id": TENANT_FIELD,
        "resource_name": Field(_file.resource_name, Kind.TEXT, sortable=False),
    },
    key=("decision_requirements_key",),
    scope=everybody,
)
