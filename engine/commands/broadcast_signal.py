"""Broadcast a signal: everything that waits for it at this moment gets it, once each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import insert, select, update

from engine.commands.administration import require_administrator
from engine.commands.handlers import Answer, handles
from engine.commands.runners import MachineSource, runs
from engine.commands.start_events import start_by_event
from engine.commands.unit import UnitOfWork
from engine.execution import Machine
from engine.history.events import SignalReceived
from engine.store.keys import draw_key
from engine.store.tables.correlation import signal_delivery, start_event
from engine.store.tables.runtime import signal_subscription


@dataclass(frozen=True, slots=True)
class BroadcastSignal:
    """Send the signal ``name`` to all that wait for it."""

    name: str
    variables: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DeliverSignal:
    """Bring a broadcast signal to one of those who waited; the ticker sees to it."""

    signal_key: int
    target_key: int


@runs(SignalReceived)
def run(event: SignalReceived, source: MachineSource) -> Machine:
    """Go on from the element that waited."""
    machine = source.load()
    machine.signal_received(event.subscription_key, event.variables)
    return machine


@handles(BroadcastSignal)
def handle_broadcast(command: BroadcastSignal, unit: UnitOfWork) -> Answer:
    """Note whom it reaches; each is served in a transaction of its own. Raises AdministratorOnly."""
    require_administrator(unit.actor)
    return {"key": note_deliveries(unit, command.name, command.variables)}


@handles(DeliverSignal)
def handle_deliver(command: DeliverSignal, unit: UnitOfWork) -> Answer:
    """Deliver once; one who waits no longer is passed over."""
    this = (signal_delivery.c.signal_key == command.signal_key) & (signal_delivery.c.target_key == command.target_key)
    query = select(signal_delivery).where(this)
    if unit.connection.dialect.name == "postgresql":
        query = query.with_for_update()
    row = unit.connection.execute(query).mappings().one()
    if row["state"] == "DONE":
        return {"delivered": False}
    delivered = _start(unit, row) if row["kind"] == "start" else _signal(unit, row)
    unit.connection.execute(update(signal_delivery).where(this).values(state="DONE"))
    return {"delivered": delivered}


def note_deliveries(unit: UnitOfWork, name: str, variables: Mapping[str, Any], thrower: int | None = None) -> int:
    """Write down everyone a signal must reach; return the signal's key.

    The case that throws it (``thrower``) has delivered it to its own subscriptions while it ran.
    """
    key = draw_key(unit.connection)
    waiting = select(signal_subscription.c.key, signal_subscription.c.element_id).where(
        signal_subscription.c.signal_name == name, signal_subscription.c.state == "OPEN"
    )
    if thrower is not None:
        waiting = waiting.where(signal_subscription.c.root_key != thrower)
    starting = select(start_event.c.definition_key, start_event.c.element_id).where(
        start_event.c.kind == "signal", start_event.c.name == name
    )
    targets = [(target, element_id, "subscription") for target, element_id in unit.connection.execute(waiting)]
    targets += [(target, element_id, "start") for target, element_id in unit.connection.execute(starting)]
    rows = [
        {
            "signal_key": key,
            "target_key": target,
            "element_id": element_id,
            "kind": kind,
            "name": name,
            "variables": dict(variables),
            "state": "NEW",
        }
        for target, element_id, kind in targets
    ]
    if rows:
        unit.connection.execute(insert(signal_delivery), rows)
    unit.follow_ups += [DeliverSignal(key, row["target_key"]) for row in rows]
    return key


def _start(unit: UnitOfWork, row: Mapping[Any, Any]) -> bool:
    start_by_event(unit, row["target_key"], row["element_id"], row["variables"])
    return True


def _signal(unit: UnitOfWork, row: Mapping[Any, Any]) -> bool:
    subscription = select(signal_subscription).where(signal_subscription.c.key == row["target_key"])
    found = unit.connection.execute(subscription).mappings().one()
    case = unit.open_case(found["root_key"])
    if unit.connection.execute(subscription).mappings().one()["state"] != "OPEN":
        return False
    case.require_live()
    case.execute(
        SignalReceived(subscription_key=row["target_key"], signal_name=row["name"], variables=row["variables"])
    )
    return True
