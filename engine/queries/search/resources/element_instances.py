"""Element instances."""

from __future__ import annotations

from sqlalchemy import Connection, and_, exists, func, select

from engine.definitions.model import ElementType
from engine.definitions.repository import Definitions
from engine.queries.search.fields import Field, Kind
from engine.queries.search.resource import Item, Resource
from engine.queries.search.resources.shared import flag, process_of
from engine.queries.search.scopes import TENANT_FIELD, outline_of_cases, tenant
from engine.store.tables.repository import process_definition
from engine.store.tables.runtime import element_instance, incident

STATES = ("ACTIVE", "COMPLETED", "TERMINATED")
TYPES = tuple(sorted({*(kind.value for kind in ElementType), "AD_HOC_SUB_PROCESS_INNER_INSTANCE", "UNKNOWN"}))

_columns = element_instance.c
_incidents = and_(
    incident.c.root_key == _columns.root_key,
    incident.c.element_instance_key == _columns.key,
    incident.c.state == "ACTIVE",
)
_has_incident = flag(exists().where(_incidents))
_incident_key = select(func.min(incident.c.key)).where(_incidents).scalar_subquery()


def _with_names(connection: Connection, definitions: Definitions, items: list[Item]) -> list[Item]:
    """Elements' names stand in the diagrams."""
    for item in items:
        model = definitions.model(connection, item["process_definition_key"])
        node = model.node(item["element_id"])
        name = model.name if item["type"] == "PROCESS" else None if node is None else node.name
        item["element_name"] = name or item["element_id"]
    return items


ELEMENT_INSTANCES = Resource(
    name="element-instances",
    source=element_instance.join(process_definition, process_definition.c.key == _columns.definition_key),
    columns={
        "process_definition_id": process_definition.c.process_id,
        "start_date": _columns.started_at,
        "end_date": _columns.ended_at,
        "element_id": _columns.element_id,
        "type": _columns.type,
        "state": _columns.state,
        "has_incident": _has_incident,
        "tenant_id": tenant,
        "element_instance_key": _columns.key,
        "process_instance_key": _columns.process_instance_key,
        "root_process_instance_key": _columns.root_key,
        "process_definition_key": _columns.definition_key,
        "incident_key": _incident_key,
    },
    fields={
        "process_definition_id": Field(process_definition.c.process_id, Kind.TEXT),
        "state": Field(_columns.state, Kind.CHOICE, STATES),
        "type": Field(_columns.type, Kind.CHOICE, TYPES),
        "element_id": Field(_columns.element_id, Kind.TEXT),
        "has_incident": Field(_has_incident, Kind.FLAG, sortable=False),
        "tenant_id": TENANT_FIELD,
        "element_instance_key": Field(_columns.key, Kind.KEY),
        "process_instance_key": Field(_columns.process_instance_key, Kind.KEY),
        "process_definition_key": Field(
            _columns.definition_key,
            Kind.KEY,
            implied=lambda key: process_definition.c.process_id == process_of(key),
        ),
        "incident_key": Field(_incident_key, Kind.KEY, nullable=True, case=_columns.root_key),
        "start_date": Field(_columns.started_at, Kind.MOMENT),
        "end_date": Field(_columns.ended_at, Kind.MOMENT, nullable=True),
        "element_instance_scope_key": Field(
            _columns.scope_key, Kind.KEY, nullable=True, sortable=False, case=_columns.root_key
        ),
    },
    key=("element_instance_key",),
    scope=outline_of_cases(_columns.root_key),
    complete=_with_names,
)
