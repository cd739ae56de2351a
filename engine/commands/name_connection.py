"""Name an outside system that diagrams may call, and pin it to an address."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from sqlalchemy import select

from engine.commands.administration import require_administrator
from engine.commands.handlers import Answer, handles
from engine.commands.unit import UnitOfWork
from engine.errors import InvalidInput
from engine.history.events import ConnectionNamed
from engine.store.connections import sealed_headers
from engine.store.tables.general import connection


class ConnectionInvalid(InvalidInput):
    """The address of an outside system is not one that may be called."""

    code = "commands.connection-invalid"


@dataclass(frozen=True, slots=True)
class NameConnection:
    """Let diagrams call ``base_url`` under ``name``. ``address`` is what ``resolve`` gave for its host.

    ``headers`` None keeps those that the connection has.
    """

    name: str
    base_url: str
    address: str
    headers: Mapping[str, str] | None = None
    timeout_seconds: int = 30


def resolve(base_url: str) -> str:
    """Return the address that a URL's host has now, to be pinned; raise ConnectionInvalid.

    A later change of the name's address changes nothing: somebody who gains control of a name gains no call.
    """
    parts = urlsplit(base_url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.query or parts.fragment:
        raise ConnectionInvalid("连接地址应为 http:// 或 https:// 开头，不含用户名、查询和锚点。")
    try:
        found = socket.getaddrinfo(parts.hostname, parts.port or parts.scheme, type=socket.SOCK_STREAM)
    except OSError as error:
        raise ConnectionInvalid(f"主机 {parts.hostname} 不能解析：{error}") from error
    return str(found[0][4][0])


@handles(NameConnection)
def handle(command: NameConnection, unit: UnitOfWork) -> Answer:
    """Keep the connection, in place of one with the same name. Raises AdministratorOnly, ConnectionInvalid."""
    require_administrator(unit.actor)
    address = ipaddress.ip_address(command.address.split("%")[0])
    if address.is_link_local or address.is_multicast or address.is_unspecified:
        raise ConnectionInvalid(f"地址 {address} 不能作为连接目标。")
    unit.batch.upsert(
        connection,
        {
            "name": command.name,
            "base_url": command.base_url.rstrip("/"),
            "address": command.address,
            "headers": _headers(command, unit),
            "timeout_seconds": max(1, min(command.timeout_seconds, 300)),
            "actor_id": unit.actor.id,
            "changed_at": unit.now,
        },
    )
    unit.log(ConnectionNamed(name=command.name, base_url=command.base_url, address=command.address))
    return {"name": command.name, "address": command.address}


def _headers(command: NameConnection, unit: UnitOfWork) -> dict[str, str]:
    if command.headers is not None:
        return sealed_headers(command.headers, unit.vault, command.name)
    kept = unit.connection.execute(select(connection.c.headers).where(connection.c.name == command.name)).scalar()
    return dict(kept or {})
