"""What people may start: the newest version of every procedure, by department."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Select, and_, func, select

from engine.definitions.kinds import kind_of
from engine.definitions.repository import Definitions
from engine.definitions.starting import Starter, may_start
from engine.queries import names
from engine.queries.documentation import parts_of
from engine.queries.forms import form_values, start_form_key
from engine.store.tables.repository import deployment, process_definition, refusal

NO_DEPARTMENT = {"id": "", "name": "其他"}


def catalogue(connection: Connection, starter: Starter) -> dict[str, Any]:
    """Return all procedures grouped by department, in the departments' order, and which of them one may start."""
    departments = names.departments(connection)
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in connection.execute(_newest()).mappings():
        groups.setdefault(row["department"] or "", []).append(
            {**procedure_values(row, departments), "entitled": may_start(starter, row["start_groups"])}
        )
    known = [id_ for id_ in departments if id_ in groups]
    others = [id_ for id_ in groups if id_ not in departments]
    return {
        "departments": [
            {**departments.get(id_, {"id": id_, "name": id_ or NO_DEPARTMENT["name"]}), "procedures": groups[id_]}
            for id_ in (*known, *sorted(others))
        ]
    }


def start_form(connection: Connection, process_id: str, definitions: Definitions) -> dict[str, Any]:
    """Return the form filled in before a procedure starts; raise ProcessUnknown."""
    row = definitions.latest_process(connection, process_id)
    key = start_form_key(connection, definitions, row["key"])
    form = None if key is None else form_values(connection, definitions, key)
    return {"form": form, "definition_key": row["key"]}


def procedure_values(row: Mapping[Any, Any], departments: Mapping[str, names.Named]) -> dict[str, Any]:
    """Return what the catalogue shows of a procedure."""
    return {
        "id": row["process_id"],
        "name": row["name"],
        "department": departments.get(row["department"] or ""),
        "family": row["family"],
        "kind": kind_of(row["badges"], row["family"]).value,
        "badges": row["badges"],
        "startable": row["startable"],
        "version": row["version"],
        "definition_key": row["key"],
        "documentation": parts_of(row["documentation"]),
    }


def deployed_procedures(connection: Connection) -> list[dict[str, Any]]:
    """Return every procedure with its version and what was refused at the last look, for administrators."""
    departments = names.departments(connection)
    refused: dict[str, Any] = {row.name: row for row in connection.execute(select(refusal).order_by(refusal.c.name))}
    items = []
    query = (
        _newest()
        .add_columns(deployment.c.deployed_at)
        .join(deployment, deployment.c.key == process_definition.c.deployment_key)
    )
    for row in connection.execute(query).mappings():
        problem = refused.pop(row["resource_name"], None)
        items.append(
            {
                **_administered(row["process_id"], row["name"], departments.get(row["department"] or "")),
                "version": row["version"],
                "deployed_at": row["deployed_at"],
                "state": "refused" if problem is not None else ("active" if row["startable"] else "not-startable"),
                "problems": [] if problem is None else list(problem.problems),
            }
        )
    return items + list(_never_deployed(refused))


def _administered(id_: str, name: str, department: names.Named | None) -> dict[str, Any]:
    return {"id": id_, "name": name, "department": department}


def _never_deployed(refused: Mapping[str, Any]) -> Iterable[dict[str, Any]]:
    """Files that were refused and have no version to fall back on."""
    for name, row in refused.items():
        yield {
            **_administered(name, name.rpartition("/")[2], None),
            "version": None,
            "deployed_at": None,
            "state": "refused",
            "problems": list(row.problems),
        }


def _newest() -> Select[Any]:
    columns = process_definition.c
    newest = (
        select(columns.process_id, func.max(columns.version).label("version")).group_by(columns.process_id).subquery()
    )
    return (
        select(process_definition)
        .join(newest, and_(newest.c.process_id == columns.process_id, newest.c.version == columns.version))
        .order_by(columns.department, columns.process_id)
    )
