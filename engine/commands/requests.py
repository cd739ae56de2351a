"""Idempotency keys: a repeated request is given the first answer and does nothing twice."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select, update
from sqlalchemy.dialects import postgresql, sqlite

from engine.commands.errors import IdempotencyKeyReused
from engine.history.chain import sm3
from engine.history.event import moment_text
from engine.store.tables.general import request_key
from engine.store.types import canonical_json


def fingerprint(command: Any) -> str:
    """Return what tells a command from others: the digest of its class and fields."""
    fields = {item.name: getattr(command, item.name) for item in dataclasses.fields(command)}
    return sm3(canonical_json([type(command).__name__, _plain(fields)]).encode())


def claim_request(connection: Connection, actor_id: str, key: str, print_: str, now: datetime) -> Any:
    """Enter the key, first of all in the transaction; return None, or the answer given to it before.

    A second request with the same key waits here until the first has committed. Raises IdempotencyKeyReused when the
    key was used for another command.
    """
    row = {
        "actor_id": actor_id,
        "idempotency_key": key,
        "fingerprint": print_,
        "answer": None,
        "created_at": now,
    }
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    entered = connection.execute(dialect.insert(request_key).values(row).on_conflict_do_nothing())
    if entered.rowcount == 1:
        return None
    known = connection.execute(select(request_key).where(*_is(actor_id, key))).one()
    if known.fingerprint != print_:
        raise IdempotencyKeyReused("这个幂等键已用于另一操作，请换一个新的键。")
    return known.answer


def keep_answer(connection: Connection, actor_id: str, key: str, answer: Mapping[str, Any]) -> None:
    """Keep the answer with the key, in the same transaction."""
    connection.execute(update(request_key).where(*_is(actor_id, key)).values(answer=dict(answer)))


def _is(actor_id: str, key: str) -> tuple[Any, Any]:
    return request_key.c.actor_id == actor_id, request_key.c.idempotency_key == key


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(name): _plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, bytes):
        return sm3(value)
    if isinstance(value, datetime):
        return moment_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {item.name: _plain(getattr(value, item.name)) for item in dataclasses.fields(value)}
    return value
