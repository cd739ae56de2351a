"""How many instances are at which element."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, exists, func, select

from engine.queries.search import Condition
from engine.queries.search.resources.process_instances import PROCESS_INSTANCES
from engine.queries.viewer import Viewer
from engine.store.tables.runtime import element_instance, incident, process_instance

_columns = element_instance.c


def elements_of_instance(connection: Connection, key: int) -> list[dict[str, Any]]:
    """Return the counts of a process instance that the viewer may see."""
    return _counts(connection, _columns.process_instance_key == key)


def elements_of_definition(
    connection: Connection, viewer: Viewer, definition_key: int, conditions: Sequence[Condition]
) -> list[dict[str, Any]]:
    """Return the counts of those instances of a definition that the viewer may see and that meet the conditions."""
    dialect = connection.dialect.name
    instances = (
        select(process_instance.c.key)
        .select_from(PROCESS_INSTANCES.source)
        .where(
            process_instance.c.definition_key == definition_key,
            *PROCESS_INSTANCES.scope(viewer),
            *(
                PROCESS_INSTANCES.fields[each.field].condition(each.operator, each.value, dialect)
                for each in conditions
            ),
        )
    )
    return _counts(connection, _columns.process_instance_key.in_(instances))


def _counts(connection: Connection, condition: ColumnElement[bool]) -> list[dict[str, Any]]:
    stuck = exists().where(
        and_(
            incident.c.root_key == _columns.root_key,
            incident.c.element_instance_key == _columns.key,
            incident.c.state == "ACTIVE",
        )
    )
    query = (
        select(
            _columns.element_id,
            _number(and_(_columns.state == "ACTIVE", ~stuck)).label("active"),
            _number(_columns.state == "TERMINATED").label("canceled"),
            _number(stuck).label("incidents"),
            _number(_columns.state == "COMPLETED").label("completed"),
        )
        .where(condition, _columns.type != "PROCESS")
        .group_by(_columns.element_id)
        .order_by(_columns.element_id)
    )
    return [dict(row) for row in connection.execute(query).mappings()]


def _number(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))
