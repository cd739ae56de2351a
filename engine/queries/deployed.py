"""Deployed files by the key of what is in them: a process, a form, or the decisions of a file."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, func, literal, select

from engine.definitions.repository import Definitions, ResourceUnknown
from engine.store.tables.repository import decision_definition, form, paper, process_definition


def deployed_resource(connection: Connection, key: int) -> dict[str, Any]:
    """Return name, id and version of what has this key. Raises ResourceUnknown."""
    found = _find(connection, key)
    return {name: found[name] for name in ("resource_key", "resource_id", "resource_name", "version", "version_tag")}


def deployed_file(connection: Connection, definitions: Definitions, key: int) -> tuple[bytes, str]:
    """Return the file's content, and its kind: bpmn, dmn, form or paper. Raises ResourceUnknown."""
    found = _find(connection, key)
    return definitions.content(connection, found["digest"]), found["kind"]


def form_version(connection: Connection, definitions: Definitions, key: int) -> dict[str, Any]:
    """Return a form version with its schema. Raises FormUnknown."""
    row = definitions.form(connection, key)
    schema = definitions.form_schema(connection, key)
    return {"form_id": row["form_id"], "version": row["version"], "schema": schema, "form_key": row["key"]}


def _find(connection: Connection, key: int) -> dict[str, Any]:
    decisions = decision_definition.c
    queries = {
        "bpmn": _one(process_definition, process_definition.c.process_id, key),
        "form": _one(form, form.c.form_id, key),
        "paper": _one(paper, paper.c.paper_id, key),
        "dmn": select(
            decisions.requirements_key.label("resource_key"),
            func.min(decisions.requirements_id).label("resource_id"),
            func.min(decisions.resource_name).label("resource_name"),
            func.max(decisions.version).label("version"),
            func.min(decisions.version_tag).label("version_tag"),
            func.min(decisions.digest).label("digest"),
        )
        .where(decisions.requirements_key == key)
        .group_by(decisions.requirements_key),
    }
    for kind, query in queries.items():
        row = connection.execute(query).mappings().first()
        if row is not None:
            return {**row, "kind": kind}
    raise ResourceUnknown(f"没有键为 {key} 的已部署文件。")


def _one(table: Any, id_column: Any, key: int) -> Any:
    columns = table.c
    return select(
        columns.key.label("resource_key"),
        id_column.label("resource_id"),
        columns.resource_name,
        columns.version,
        columns.version_tag if "version_tag" in columns else literal(None).label("version_tag"),
        columns.digest,
    ).where(columns.key == key)
