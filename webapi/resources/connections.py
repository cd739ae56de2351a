"""Outside systems that diagrams may call, for administrators."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from engine.commands.forget_connection import ForgetConnection
from engine.commands.name_connection import NameConnection, resolve
from engine.queries.connections import connections
from webapi.operations import operation
from webapi.schemas.connections import ConnectionListSchema, ConnectionRequestSchema, PinnedSchema
from webapi.services import execute, read

blueprint = Blueprint("connections", __name__)


@blueprint.get("/connections")
@operation("外部系统连接", answer=ConnectionListSchema, errors=(403,), administrators=True)
def list_connections() -> dict[str, Any]:
    """List connections; values of headers are shown to nobody."""
    with read() as connection:
        return {"items": connections(connection)}


@blueprint.put("/connections/<name>")
@operation(
    "登记外部系统连接",
    body=ConnectionRequestSchema,
    answer=PinnedSchema,
    errors=(400, 403),
    administrators=True,
    command=True,
)
def put_connection(name: str, body: dict[str, Any]) -> dict[str, Any]:
    """Name an outside system, and pin it to the address that its host has now."""
    address = resolve(body["base_url"])
    return execute(NameConnection(name, body["base_url"], address, body["headers"], body["timeout_seconds"]))


@blueprint.delete("/connections/<name>")
@operation("删除外部系统连接", errors=(403, 404), administrators=True)
def delete_connection(name: str) -> None:
    """Take it away."""
    execute(ForgetConnection(name))
