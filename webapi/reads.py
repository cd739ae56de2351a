"""Every read of a restricted case is recorded, before its answer leaves: one that can't be recorded is not given."""

from __future__ import annotations

from flask import Flask, Response, g, request
from sqlalchemy import Connection, Table, select

from engine.commands.note_case_read import NoteCaseRead
from engine.queries.visibility import restricted_case
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
    arguments = request.view_args or {}
    key = next((value for value in arguments.values() if isinstance(value, int)), None)
    table = next((_FINDERS[part] for part in request.url_rule.rule.split("/") if part in _FINDERS), None)
    if key is None or table is None:
        return response
    with read() as connection:
        root_key = _root_key(connection, table, key)
    if root_key is not None:
        platform().bus.execute(NoteCaseRead(root_key, request.path), g.signed_in.actor)
    return response


def _root_key(connection: Connection, table: Table, key: int) -> int | None:
    query = select(table.c.root_key).where(table.c.key == key)
    root_key = connection.execute(query).scalar()
    return int(root_key) if root_key is not None and restricted_case(connection, root_key) else None
