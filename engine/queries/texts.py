"""Texts of a case with their versions, and what changed between two of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select

from engine.definitions.model import FlowNode
from engine.definitions.repository import Definitions
from engine.documents.texts import TextUnknown, as_mapping, compare
from engine.queries import names
from engine.queries.sight import Sight, require_sight
from engine.queries.viewer import Viewer
from engine.queries.visibility import hidden_fields
from engine.store.tables.issuing import text_version

Row = Mapping[Any, Any]


def texts_of(connection: Connection, viewer: Viewer, key: int, definitions: Definitions) -> list[dict[str, Any]]:
    """Return the texts of a case, each with its versions, the newest first. Raises CaseInvisible."""
    root_key, _ = require_sight(connection, viewer, key, Sight.CONTENT)
    hidden = hidden_fields(connection, definitions, viewer, root_key)
    columns = text_version.c
    query = select(text_version).where(columns.root_key == root_key)
    ordered = query.order_by(columns.process_instance_key, columns.name, columns.version.desc())
    rows = [row for row in connection.execute(ordered).mappings() if row["variable"] not in hidden]
    people = names.people(connection, (row[name] for row in rows for name in ("actor_id", "frozen_by")))
    found: dict[tuple[int, str], dict[str, Any]] = {}
    for row in rows:
        where = (row["process_instance_key"], row["name"])
        text = found.setdefault(where, {"process_instance_key": where[0], "name": where[1], "versions": []})
        text["versions"].append(_version(row, people))
    return list(found.values())


def drafted_in(connection: Connection, node: FlowNode | None, row: Row) -> list[dict[str, Any]]:
    """Return the texts that a user task drafts, with the newest version of each (0: none yet)."""
    if node is None or row["binding"] is not None:
        return []
    found = []
    for name in node.properties.get("draft.text", "").replace("，", ",").split(","):
        columns = text_version.c
        query = select(columns.version, columns.frozen_by_key).where(
            columns.process_instance_key == row["process_instance_key"], columns.name == name.strip()
        )
        newest = connection.execute(query.order_by(columns.version.desc()).limit(1)).first()
        if name.strip():
            frozen = newest is not None and newest.frozen_by_key is not None and newest.frozen_by_key > row["key"]
            version = 0 if newest is None else newest.version
            variable = node.properties.get("draft.variable")
            found.append({"name": name.strip(), "version": version, "variable": variable, "frozen": frozen})
    return found


def text_version_of(
    connection: Connection, viewer: Viewer, key: int, name: str, version: int, definitions: Definitions
) -> dict[str, Any]:
    """Return one version with its paragraphs. Raises CaseInvisible, TextUnknown."""
    row = _row(connection, viewer, key, name, version, definitions)
    people = names.people(connection, (row["actor_id"], row["frozen_by"]))
    return {**_version(row, people), "content": row["content"]}


def comparison(
    connection: Connection, viewer: Viewer, key: int, name: str, versions: tuple[int, int], definitions: Definitions
) -> list[Mapping[str, Any]]:
    """Return what changed from the first version to the second, by paragraphs. Raises CaseInvisible, TextUnknown."""
    old, new = (_row(connection, viewer, key, name, version, definitions)["content"] for version in versions)
    return [as_mapping(line) for line in compare(old, new)]


def _row(connection: Connection, viewer: Viewer, key: int, name: str, version: int, definitions: Definitions) -> Row:
    root_key, _ = require_sight(connection, viewer, key, Sight.CONTENT)
    hidden = hidden_fields(connection, definitions, viewer, root_key)
    columns = text_version.c
    query = select(text_version).where(
        columns.process_instance_key == key, columns.name == name, columns.version == version
    )
    row = connection.execute(query).mappings().first()
    if row is None or row["variable"] in hidden:
        raise TextUnknown(f"本案没有{name}的第 {version} 版，请刷新后再试。")
    return row


def _version(row: Row, people: Mapping[str, names.Named]) -> dict[str, Any]:
    plain = ("version", "digest", "note", "restored_from", "document", "saved_at", "frozen_at")
    return {
        **{name: row[name] for name in plain},
        "by": people.get(row["actor_id"]),
        "frozen_by": people.get(row["frozen_by"]),
        "user_task_key": row["user_task_key"],
    }
