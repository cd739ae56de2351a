"""Take an outside system out of those that diagrams may call."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete

from engine.commands.administration import require_administrator
from engine.commands.handlers import Answer, handles
from engine.commands.unit import UnitOfWork
from engine.errors import NotFound
from engine.history.events import ConnectionForgotten
from engine.store.tables.general import connection


class ConnectionUnknown(NotFound):
    """No outside system has this name."""

    code = "commands.connection-unknown"


@dataclass(frozen=True, slots=True)
class ForgetConnection:
    """Take the connection ``name`` away; jobs that call it fail from then on, and say so."""

    name: str


@handles(ForgetConnection)
def handle(command: ForgetConnection, unit: UnitOfWork) -> Answer:
    """Take it away. Raises AdministratorOnly, ConnectionUnknown."""
    require_administrator(unit.actor)
    removed = unit.connection.execute(delete(connection).where(connection.c.name == command.name))
    if not removed.rowcount:
        raise ConnectionUnknown(f"没有名为“{command.name}”的连接，可能已被删除，请刷新。")
    unit.log(ConnectionForgotten(name=command.name))
    return {"name": command.name}
