"""What waits for somebody beside their user tasks: copies to read, entered signatures to confirm, interventions to
decide."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, and_, func, or_, select

from engine.queries import names
from engine.queries.paging import Page, Request, decode, encode
from engine.queries.sight import Sight, require_sight
from engine.queries.viewer import Viewer
from engine.store.tables.actions import copy, intervention, recorded_signature
from engine.store.tables.runtime import process_instance, user_task


def copies(connection: Connection, viewer: Viewer, request: Request, *, unread: bool) -> Page:
    """Return a page of what was sent to the viewer to read, the latest first. Raises CursorInvalid."""
    query = (
        select(copy, process_instance.c.title)
        .join(process_instance, process_instance.c.key == copy.c.root_key)
        .where(copy.c.user_id == viewer.id)
    )
    if unread:
        query = query.where(copy.c.read_at.is_(None))
    after = decode(request.cursor)
    if after is not None:
        at, key = after
        query = query.where(or_(copy.c.sent_at < at, and_(copy.c.sent_at == at, copy.c.key < key)))
    query = query.order_by(copy.c.sent_at.desc(), copy.c.key.desc()).limit(request.limit + 1)
    rows = connection.execute(query).mappings().all()
    shown = rows[: request.limit]
    people = names.people(connection, (row["sent_by"] for row in shown))
    items = [
        {
            "key": row["key"],
            "process_instance_key": row["root_key"],
            "case_title": row["title"],
            "kind": row["kind"],
            "sent_by": people.get(row["sent_by"]),
            "note": row["note"],
            "sent_at": row["sent_at"],
            "read_at": row["read_at"],
        }
        for row in shown
    ]
    cursor = encode((shown[-1]["sent_at"], shown[-1]["key"])) if len(rows) > request.limit else None
    return Page(items, cursor, count_unread(connection, viewer))


def count_unread(connection: Connection, viewer: Viewer) -> int:
    """Return how many copies the viewer has still to read."""
    query = select(func.count()).select_from(copy).where(copy.c.user_id == viewer.id, copy.c.read_at.is_(None))
    return int(connection.execute(query).scalar_one())


def receipts(connection: Connection, viewer: Viewer, key: int) -> dict[str, Any]:
    """Return to whom a case was sent and who has read it; raise CaseInvisible."""
    root_key, _ = require_sight(connection, viewer, key, Sight.CONTENT)
    query = select(copy).where(copy.c.root_key == root_key).order_by(copy.c.sent_at, copy.c.key)
    rows = connection.execute(query).mappings().all()
    people = names.people(connection, (id_ for row in rows for id_ in (row["user_id"], row["sent_by"])))
    return {
        "items": [
            {
                "key": row["key"],
                "kind": row["kind"],
                "user": people.get(row["user_id"]),
                "sent_by": people.get(row["sent_by"]),
                "note": row["note"],
                "sent_at": row["sent_at"],
                "read_at": row["read_at"],
            }
            for row in rows
        ]
    }


def signatures_to_confirm(connection: Connection, viewer: Viewer) -> dict[str, Any]:
    """Return the signatures that were entered for the viewer and wait for an answer, the oldest first."""
    query = (
        select(recorded_signature, user_task.c.name, user_task.c.outcome, user_task.c.opinion, process_instance.c.title)
        .join(user_task, user_task.c.key == recorded_signature.c.task_key)
        .join(process_instance, process_instance.c.key == recorded_signature.c.root_key)
        .where(recorded_signature.c.person_id == viewer.id, recorded_signature.c.state == "UNCONFIRMED")
    )
    rows = connection.execute(query.order_by(recorded_signature.c.at, recorded_signature.c.task_key)).mappings().all()
    people = names.people(connection, (row["recorded_by"] for row in rows))
    return {
        "items": [
            {
                "task_key": row["task_key"],
                "task_name": row["name"],
                "process_instance_key": row["root_key"],
                "case_title": row["title"],
                "outcome": row["outcome"],
                "opinion": row["opinion"],
                "recorded_by": people.get(row["recorded_by"]),
                "evidence_kind": row["evidence_kind"],
                "evidence": row["evidence"],
                "document_id": row["document_id"],
                "at": row["at"],
            }
            for row in rows
        ]
    }


def interventions(connection: Connection, viewer: Viewer, groups: frozenset[str]) -> dict[str, Any]:
    """Return the requests that the viewer may decide, or has made, the latest first."""
    query = (
        select(intervention, process_instance.c.title)
        .join(process_instance, process_instance.c.key == intervention.c.root_key)
        .where(or_(intervention.c.state == "REQUESTED", intervention.c.requested_by == viewer.id))
        .order_by(intervention.c.key.desc())
        .limit(500)
    )
    rows = connection.execute(query).mappings().all()
    mine = [row for row in rows if row["requested_by"] == viewer.id or not groups.isdisjoint(row["owner_groups"])]
    people = names.people(connection, (id_ for row in mine for id_ in (row["requested_by"], row["decided_by"])))
    return {
        "items": [
            {
                "key": row["key"],
                "process_instance_key": row["root_key"],
                "case_title": row["title"],
                "kind": row["kind"],
                "element_id": row["element_id"],
                "reason": row["reason"],
                "requested_by": people.get(row["requested_by"]),
                "state": row["state"],
                "note": row["note"],
                "decided_by": people.get(row["decided_by"]),
                "decidable": row["state"] == "REQUESTED" and row["requested_by"] != viewer.id,
                "at": row["at"],
            }
            for row in mine
        ]
    }
