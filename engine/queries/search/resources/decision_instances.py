"""Evaluated decisions, of cases and by themselves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, String, and_, cast, func, literal, or_

from engine.definitions.repository import Definitions
from engine.dmn.tree import DecisionTable
from engine.queries.search.fields import Field, Kind
from engine.queries.search.resource import Item, Resource
from engine.queries.search.scopes import TENANT_FIELD, content_of_cases, tenant
from engine.queries.viewer import Viewer
from engine.store.tables.repository import decision_definition
from engine.store.tables.runtime import decision_instance, element_instance, process_instance

STATES = ("EVALUATED", "FAILED", "UNKNOWN", "UNSPECIFIED")
TABLE, EXPRESSION = "DECISION_TABLE", "LITERAL_EXPRESSION"

_columns = decision_instance.c
_asked = decision_definition.alias("asked")
_own = decision_definition.alias("own")
_instance_key = cast(_columns.key, String()) + "-" + cast(_columns.number, String())
_definition_key = func.coalesce(_own.c.key, _asked.c.key)
_state = literal("EVALUATED", String())
_of_case = content_of_cases(_columns.root_key)


def _scope(viewer: Viewer) -> Sequence[ColumnElement[bool]]:
    """What was asked outside any case is found by who asked it, and by auditors."""
    conditions = _of_case(viewer)
    return (or_(and_(*conditions), and_(_columns.root_key == 0, _columns.actor_id == viewer.id)),) if conditions else ()


def decision_type(definitions: Definitions, connection: Connection, key: int, decision_id: str) -> str:
    """Return whether a decision is a table or an expression, as Camunda 8 tells them apart."""
    node = definitions.decision_model(connection, key).unit.find(decision_id)
    expression = getattr(getattr(node, "element", None), "expression", None)
    return TABLE if isinstance(expression, DecisionTable) else EXPRESSION


def _with_types(connection: Connection, definitions: Definitions, items: list[Item]) -> list[Item]:
    for item in items:
        item["decision_definition_type"] = decision_type(
            definitions, connection, item["root_decision_definition_key"], item["decision_definition_id"]
        )
    return items


def _whole(column: ColumnElement[Any], **more: Any) -> Field:
    return Field(column, Kind.WHOLE, **more)


DECISION_INSTANCES = Resource(
    name="decision-instances",
    source=decision_instance.join(_asked, _asked.c.key == _columns.root_decision_key)
    .outerjoin(
        _own,
        and_(_own.c.requirements_key == _asked.c.requirements_key, _own.c.decision_id == _columns.decision_id),
    )
    .outerjoin(element_instance, element_instance.c.key == _columns.element_instance_key)
    .outerjoin(process_instance, process_instance.c.key == element_instance.c.process_instance_key),
    columns={
        "business_id": process_instance.c.business_key,
        "decision_definition_id": _columns.decision_id,
        "decision_definition_key": _definition_key,
        "decision_definition_name": _columns.name,
        "decision_definition_version": _asked.c.version,
        "decision_evaluation_instance_key": _instance_key,
        "decision_evaluation_key": _columns.key,
        "element_instance_key": _columns.element_instance_key,
        "evaluation_date": _columns.evaluated_at,
        "process_definition_key": process_instance.c.definition_key,
        "process_instance_key": process_instance.c.key,
        "result": _columns.result,
        "root_decision_definition_key": _columns.root_decision_key,
        "root_process_instance_key": process_instance.c.root_key,
        "decision_requirements_key": _asked.c.requirements_key,
        "state": _state,
        "tenant_id": tenant,
        "inputs": _columns.inputs,
        "rules": _columns.rules,
    },
    fields={
        "decision_evaluation_instance_key": Field(
            _instance_key,
            Kind.TEXT,
            implied=lambda text: _columns.key == _evaluation_of(text),
        ),
        "number": _whole(_columns.number),
        "state": Field(_state, Kind.CHOICE, STATES),
        "evaluation_date": Field(_columns.evaluated_at, Kind.MOMENT),
        "decision_definition_id": Field(_columns.decision_id, Kind.TEXT),
        "decision_definition_name": Field(_columns.name, Kind.TEXT),
        "decision_definition_version": _whole(_asked.c.version),
        "tenant_id": TENANT_FIELD,
        "decision_evaluation_key": Field(_columns.key, Kind.KEY),
        "process_definition_key": Field(process_instance.c.definition_key, Kind.KEY, nullable=True),
        "process_instance_key": Field(process_instance.c.key, Kind.KEY, nullable=True, case=_columns.root_key),
        "business_id": Field(process_instance.c.business_key, Kind.TEXT, nullable=True),
        "decision_definition_key": Field(_definition_key, Kind.KEY),
        "element_instance_key": Field(_columns.element_instance_key, Kind.KEY, nullable=True, case=_columns.root_key),
        "root_decision_definition_key": Field(_columns.root_decision_key, Kind.KEY),
        "decision_requirements_key": Field(_asked.c.requirements_key, Kind.KEY, sortable=False),
    },
    key=("decision_evaluation_key", "number"),
    scope=_scope,
    complete=_with_types,
)


def _evaluation_of(text: str) -> int:
    """The key before the dash; -1, which no evaluation has, where there is none."""
    head = text.partition("-")[0]
    return int(head) if head.isascii() and head.isdigit() and len(head) < 19 else -1
