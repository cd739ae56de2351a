"""The register of controls, and what they hit: the list for 派驻纪检监察组 and the office."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, and_, func, or_, select

from engine.controls import Registry
from engine.errors import Forbidden
from engine.queries import names
from engine.queries.paging import Page, Request, decode, encode
from engine.queries.viewer import Viewer
from engine.store.tables.controls import control_result
from engine.store.tables.runtime import process_instance

SUPERVISORS = ("group:派驻纪检监察组", "group:科室负责人@bgs")
"""Who sees the list beside auditors: 派驻组, and the head of the office."""

_MOST_OF_ONE = 1000
"""More controls than ever watch one element, so that key and number fit one number."""


class SupervisorsOnly(Forbidden):
    """The list of hits is for those who supervise."""

    code = "queries.supervisors-only"


def register(registry: Registry | None) -> dict[str, Any]:
    """Return the register in force."""
    controls = [] if registry is None else list(registry.controls.values())
    return {
        "version": None if registry is None else registry.version,
        "items": [
            {
                "id": control.id,
                "title": control.title,
                "strength": control.strength.value,
                "words": control.said,
                "basis": control.basis,
                "owner": control.owner,
                "mechanism": control.mechanism,
                "procedures": list(control.watch.procedures),
                "elements": list(control.watch.elements),
                "duties": list(control.watch.duties),
                "start": control.watch.start,
                "condition": control.when,
                "lines": [each.line for each in control.words],
                "overridable_by": list(control.override.by) if control.override else [],
                "carried_by": control.settings if control.mechanism == "elsewhere" else None,
            }
            for control in controls
        ],
    }


def hits(connection: Connection, viewer: Viewer, request: Request, filters: Mapping[str, str | None]) -> Page:
    """Return a page of what controls hit, newest first: hit, acknowledged, overridden.

    ``filters``: ``control``, ``outcome``, ``strength``. Raises SupervisorsOnly, CursorInvalid.
    """
    if not viewer.auditor and not set(viewer.principals) & set(SUPERVISORS):
        raise SupervisorsOnly("控制命中清单供派驻纪检监察组、办公室负责人和审计管理员查看。")
    columns = control_result.c
    query = (
        select(control_result, process_instance.c.title, process_instance.c.process_id)
        .join(process_instance, process_instance.c.key == columns.root_key)
        .where(columns.outcome.in_(("hit", "acknowledged", "overridden")))
    )
    for name, column in (("control", columns.control_id), ("outcome", columns.outcome), ("strength", columns.strength)):
        if filters.get(name):
            query = query.where(column == filters[name])
    total = connection.execute(select(func.count()).select_from(query.subquery())).scalar() or 0
    after = decode(request.cursor)
    if after is not None:
        at, (key, number) = after[0], divmod(after[1], _MOST_OF_ONE)
        within = or_(columns.key < key, and_(columns.key == key, columns.number < number))
        query = query.where(or_(columns.at < at, and_(columns.at == at, within)))
    order = (columns.at.desc(), columns.key.desc(), columns.number.desc())
    rows = list(connection.execute(query.order_by(*order).limit(request.limit + 1)).mappings())
    shown = rows[: request.limit]
    people = names.people(connection, (row["actor_id"] for row in shown))
    last = shown[-1] if len(rows) > request.limit else None
    cursor = None if last is None else encode((last["at"], last["key"] * _MOST_OF_ONE + last["number"]))
    return Page([_item(row, people) for row in shown], cursor, int(total))


def _item(row: Mapping[Any, Any], people: Mapping[str, names.Named]) -> dict[str, Any]:
    return {
        **{name: row[name] for name in ("control_id", "strength", "outcome", "words", "element_id", "reason", "at")},
        "process_instance_key": row["root_key"],
        "procedure_id": row["process_id"],
        "case_title": row["title"],
        "actor": people.get(row["actor_id"]),
    }


def of_case(connection: Connection, root_key: int) -> list[dict[str, Any]]:
    """Return everything controls found in a case, oldest first."""
    query = select(control_result).where(control_result.c.root_key == root_key)
    rows = list(connection.execute(query.order_by(control_result.c.key, control_result.c.number)).mappings())
    people = names.people(connection, (row["actor_id"] for row in rows))
    return [_item({**row, "process_id": None, "title": None}, people) for row in rows]
