"""Every read of a restricted case is recorded, before its answer leaves: one that can't be recorded is not given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask, Response, g, request
from sqlalchemy import Connection, select

from engine.commands.note_case_read import NoteCaseRead
from engine.queries.visibility import restricted_case
from engine.store.keys import case_of
from engine.store.tables.general import document
from engine.store.tables.runtime import element_instance, process_instance, user_task
from webapi.services import platform, read

_FINDERS = {
    "process-instances": process_instance,
    "user-tasks": user_task,
    "element-instances": element_instance,
}
"""By the part of an address after which a key stands."""


def record_reads(app: Flask) -> None:
    """Look at every answer to a reading request that names a case."""
    app.after_request(_record)


def _record(response: Response) -> Response:
    if request.url_rule is None or response.status_code != 200 or "signed_in" not in g:
        return response
    if request.method != "GET":
        return response
    with read() as connection:
        root_key = case_read_by(connection, request.url_rule.rule, request.view_args or {})
    if root_key is not None:
        platform().bus.execute(NoteCaseRead(root_key, request.path), g.signed_in.actor)
    return response


def case_read_by(connection: Connection, rule: str, arguments: Mapping[str, Any]) -> int | None:
    """The restricted case that an address names, by its own key, by a part of it, or by a file of it."""
    parts = rule.split("/")
    named = next(iter(arguments.values()), None)
    table = next((_FINDERS[part] for part in parts if part in _FINDERS), None)
    if "documents" in parts and isinstance(named, str):
        query = select(document.c.process_instance_key).where(document.c.id == named)
        key = connection.execute(query).scalar()
        root_key = None if key is None else case_of(key)
    elif table is not None and isinstance(named, int):
        root_key = connection.execute(select(table.c.root_key).where(table.c.key == named)).scalar()
    else:
        return None
    return int(root_key) if root_key is not None and restricted_case(connection, root_key) else None
