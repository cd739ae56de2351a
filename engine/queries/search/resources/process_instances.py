"""Process instances, called ones too."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, or_

from engine.queries.search.fields import Field, Kind, Operator, compare
from engine.queries.search.resource import Resource
from engine.queries.search.resources.shared import flag, process_of, variables_of, words_in
from engine.queries.search.scopes import TENANT_FIELD, outline_of_cases, tenant
from engine.store.tables.repository import process_definition
from engine.store.tables.runtime import element_instance, incident, process_instance

STATES = ("ACTIVE", "COMPLETED", "SUSPENDED", "TERMINATED")
ELEMENT_STATES = ("ACTIVE", "COMPLETED", "TERMINATED")

_columns = process_instance.c
_state = case(
    (and_(_columns.state == "ACTIVE", _columns.suspended), "SUSPENDED"),
    else_=_columns.state,
)
_incidents = and_(
    incident.c.root_key == _columns.root_key,
    incident.c.state == "ACTIVE",
    or_(_columns.key == _columns.root_key, incident.c.process_instance_key == _columns.key),
)
_has_incident = flag(exists().where(_incidents))
_elements = element_instance.c.process_instance_key == _columns.key


def _state_test(operator: Operator, value: Any, dialect: str) -> ColumnElement[bool]:
    """Equality is told by the columns themselves, for the index; ended instances are never suspended."""
    if operator is not Operator.EQ:
        return compare(_state, operator, value, dialect)
    if value in ("ACTIVE", "SUSPENDED"):
        return and_(_columns.state == "ACTIVE", _columns.suspended == (value == "SUSPENDED"))
    ended: ColumnElement[bool] = _columns.state == value
    return ended


def _message(operator: Operator, value: Any, dialect: str) -> ColumnElement[bool]:
    return exists().where(_incidents, compare(incident.c.message, operator, value, dialect))


def _element(operator: Operator, value: Any, dialect: str) -> ColumnElement[bool]:
    return exists().where(_elements, compare(element_instance.c.element_id, operator, value, dialect))


def _element_state(operator: Operator, value: Any, dialect: str) -> ColumnElement[bool]:
    return exists().where(_elements, compare(element_instance.c.state, operator, value, dialect))


PROCESS_INSTANCES = Resource(
    name="process-instances",
    source=process_instance.join(process_definition, process_definition.c.key == _columns.definition_key),
    columns={
        "process_definition_id": _columns.process_id,
        "process_definition_name": process_definition.c.name,
        "process_definition_version": _columns.version,
        "process_definition_version_tag": process_definition.c.version_tag,
        "start_date": _columns.started_at,
        "end_date": _columns.ended_at,
        "state": _state,
        "suspended_date": _columns.suspended_at,
        "has_incident": _has_incident,
        "tenant_id": tenant,
        "process_instance_key": _columns.key,
        "process_definition_key": _columns.definition_key,
        "parent_process_instance_key": _columns.parent_key,
        "parent_element_instance_key": _columns.parent_element_instance_key,
        "root_process_instance_key": _columns.root_key,
        "tags": _columns.tags,
        "business_id": _columns.business_key,
    },
    fields={
        "process_definition_id": Field(_columns.process_id, Kind.TEXT),
        "process_definition_name": Field(process_definition.c.name, Kind.TEXT),
        "process_definition_version": Field(_columns.version, Kind.WHOLE),
        "process_definition_version_tag": Field(process_definition.c.version_tag, Kind.TEXT, nullable=True),
        "process_definition_key": Field(
            _columns.definition_key, Kind.KEY, implied=lambda key: _columns.process_id == process_of(key)
        ),
        "start_date": Field(_columns.started_at, Kind.MOMENT),
        "end_date": Field(_columns.ended_at, Kind.MOMENT, nullable=True),
        "suspended_date": Field(_columns.suspended_at, Kind.MOMENT, nullable=True),
        "state": Field(_state, Kind.CHOICE, STATES, test=_state_test),
        "has_incident": Field(_has_incident, Kind.FLAG),
        "tenant_id": TENANT_FIELD,
        "variables": Field(None, Kind.VARIABLES, sortable=False, test=variables_of(_columns.key)),
        "process_instance_key": Field(_columns.key, Kind.KEY),
        "parent_process_instance_key": Field(_columns.parent_key, Kind.KEY, nullable=True, case=_columns.root_key),
        "parent_element_instance_key": Field(
            _columns.parent_element_instance_key, Kind.KEY, nullable=True, case=_columns.root_key
        ),
        "error_message": Field(None, Kind.TEXT, sortable=False, test=_message),
        "element_id": Field(None, Kind.TEXT, sortable=False, test=_element),
        "element_instance_state": Field(None, Kind.CHOICE, ELEMENT_STATES, sortable=False, test=_element_state),
        "tags": Field(None, Kind.WORDS, sortable=False, test=words_in(_columns.tags)),
        "business_id": Field(_columns.business_key, Kind.TEXT, nullable=True),
    },
    key=("process_instance_key",),
    scope=outline_of_cases(_columns.root_key),
)
