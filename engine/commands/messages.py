"""Messages on their way: published, correlated once to each process, buffered until they expire."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from engine.commands.errors import MessageDoubled
from engine.commands.start_events import start_by_event
from engine.commands.unit import UnitOfWork
from engine.history.events import MessageCorrelated
from engine.store.keys import draw_key
from engine.store.tables.correlation import message, message_correlation, message_start, start_event
from engine.store.tables.runtime import message_subscription, process_instance

THROWN_LIVES = timedelta(days=1)
"""How long a message thrown by a diagram waits for who is to get it."""

Row = Mapping[Any, Any]


def store_message(
    unit: UnitOfWork,
    name: str,
    correlation_key: str,
    variables: Mapping[str, Any],
    *,
    lives: timedelta,
    message_id: str | None = None,
) -> int:
    """Write a message to be correlated next; return its key. Raises MessageDoubled."""
    connection = unit.connection
    if message_id:
        _alone(connection, f"{name}\x1f{correlation_key}\x1f{message_id}")
        query = select(message.c.key).where(
            message.c.name == name,
            message.c.correlation_key == correlation_key,
            message.c.message_id == message_id,
            message.c.expires_at > unit.now,
        )
        if connection.execute(query).first() is not None:
            raise MessageDoubled(f"标识为 {message_id} 的消息“{name}”已发布且仍有效，不再重复接收。")
    key = draw_key(connection)
    connection.execute(
        insert(message),
        {
            "key": key,
            "name": name,
            "correlation_key": correlation_key,
            "message_id": message_id,
            "variables": dict(variables),
            "state": "NEW",
            "published_at": unit.now,
            "expires_at": unit.now + lives,
            "actor_id": unit.actor.id,
        },
    )
    return key


def _alone(connection: Connection, identity: str) -> None:
    """Wait for others who publish a message with the same id: only one of them is to find that there is none."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(identity, 0))))


def correlate(unit: UnitOfWork, key: int) -> list[int]:
    """Bring a message to what waits for it, each process once; return the keys of the cases it reached or started.

    What is left of it waits in the buffer until it expires.
    """
    query = select(message).where(message.c.key == key)
    if unit.connection.dialect.name == "postgresql":
        query = query.with_for_update()
    row = unit.connection.execute(query).mappings().one()
    if row["state"] == "DONE":
        return []
    reached = _reached_processes(unit, key)
    cases = list(_to_subscriptions(unit, row, reached))
    cases += list(_to_start_events(unit, row, reached))
    state = "WAITING" if row["expires_at"] > unit.now else "DONE"
    unit.connection.execute(update(message).where(message.c.key == key).values(state=state))
    return cases


def waiting_message(unit: UnitOfWork, subscription: Mapping[str, Any], process_id: str) -> Row | None:
    """Return the oldest buffered message that a new subscription can take, or None."""
    reached = select(message_correlation.c.message_key).where(message_correlation.c.process_id == process_id)
    query = (
        select(message)
        .where(
            message.c.name == subscription["message_name"],
            message.c.correlation_key == subscription["correlation_key"],
            message.c.state == "WAITING",
            message.c.expires_at > unit.now,
            message.c.key.not_in(reached),
        )
        .order_by(message.c.key)
        .limit(1)
    )
    return unit.connection.execute(query).mappings().first()


def note_correlation(unit: UnitOfWork, message_key: int, process_id: str, root_key: int) -> None:
    """Keep that a message has reached a process."""
    row = {"message_key": message_key, "process_id": process_id, "root_key": root_key}
    unit.connection.execute(insert(message_correlation), row)


def _reached_processes(unit: UnitOfWork, key: int) -> set[str]:
    query = select(message_correlation.c.process_id).where(message_correlation.c.message_key == key)
    return set(unit.connection.execute(query).scalars())


def _to_subscriptions(unit: UnitOfWork, row: Row, reached: set[str]) -> Iterator[int]:
    subscription = message_subscription
    query = (
        select(subscription.c.key, subscription.c.root_key, process_instance.c.process_id)
        .join(process_instance, process_instance.c.key == subscription.c.process_instance_key)
        .where(
            subscription.c.message_name == row["name"],
            subscription.c.correlation_key == row["correlation_key"],
            subscription.c.state == "OPEN",
            process_instance.c.suspended.is_(False),
        )
        .order_by(subscription.c.key)
    )
    for found in unit.connection.execute(query).all():
        if found.process_id in reached:
            continue
        case = unit.open_case(found.root_key)
        still = select(subscription.c.state).where(subscription.c.key == found.key)
        if case.suspended or unit.connection.execute(still).scalar() != "OPEN":
            continue
        reached.add(found.process_id)
        event = MessageCorrelated(subscription_key=found.key, message_name=row["name"], variables=row["variables"])
        case.execute(event)
        note_correlation(unit, row["key"], found.process_id, found.root_key)
        yield found.root_key


def _to_start_events(unit: UnitOfWork, row: Row, reached: set[str]) -> Iterator[int]:
    query = select(start_event).where(start_event.c.kind == "message", start_event.c.name == row["name"])
    for found in unit.connection.execute(query.order_by(start_event.c.definition_key)).mappings().all():
        process_id = found["process_id"]
        if process_id in reached or _already_running(unit, process_id, row["correlation_key"]):
            continue
        reached.add(process_id)
        root_key = start_by_event(unit, found["definition_key"], found["element_id"], row["variables"])
        note_correlation(unit, row["key"], process_id, root_key)
        if row["correlation_key"]:
            _note_start(unit, process_id, row["correlation_key"], root_key)
        yield root_key


def _already_running(unit: UnitOfWork, process_id: str, correlation_key: str) -> bool:
    """A case that the same correlation key started must end before the key starts another."""
    if not correlation_key:
        return False
    query = (
        select(process_instance.c.state)
        .join(message_start, message_start.c.root_key == process_instance.c.key)
        .where(message_start.c.process_id == process_id, message_start.c.correlation_key == correlation_key)
    )
    return unit.connection.execute(query).scalar() == "ACTIVE"


def _note_start(unit: UnitOfWork, process_id: str, correlation_key: str, root_key: int) -> None:
    unit.batch.upsert(
        message_start, {"process_id": process_id, "correlation_key": correlation_key, "root_key": root_key}
    )


def expired(moment: datetime) -> Any:
    """Return the condition for messages that may be thrown away."""
    return (message.c.state != "NEW") & (message.c.expires_at <= moment)
