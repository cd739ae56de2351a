"""Publish a message, and bring published messages to what waits for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from engine.commands.administration import require_administrator
from engine.commands.errors import MessageNotCorrelated
from engine.commands.handlers import Answer, handles
from engine.commands.messages import correlate, store_message
from engine.commands.runners import MachineSource, runs
from engine.commands.unit import UnitOfWork
from engine.execution import Machine
from engine.history.events import MessageCorrelated


@dataclass(frozen=True, slots=True)
class PublishMessage:
    """Publish; what nothing waits for yet is buffered for ``time_to_live`` milliseconds."""

    name: str
    correlation_key: str = ""
    variables: Mapping[str, Any] = field(default_factory=dict)
    time_to_live: int = 0
    message_id: str | None = None


@dataclass(frozen=True, slots=True)
class CorrelateMessage:
    """Publish without a buffer and say which case it reached; refuse where there is none."""

    name: str
    correlation_key: str = ""
    variables: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DeliverMessage:
    """Bring a message that was thrown by a case to what waits for it; the ticker sees to it."""

    key: int


@runs(MessageCorrelated)
def run(event: MessageCorrelated, source: MachineSource) -> Machine:
    """Go on from the element that waited."""
    machine = source.load()
    machine.message_correlated(event.subscription_key, event.variables)
    return machine


@handles(PublishMessage)
def handle_publish(command: PublishMessage, unit: UnitOfWork) -> Answer:
    """Publish and correlate at once. Raises AdministratorOnly, MessageDoubled."""
    require_administrator(unit.actor)
    lives = timedelta(milliseconds=max(0, command.time_to_live))
    key = store_message(
        unit, command.name, command.correlation_key, command.variables, lives=lives, message_id=command.message_id
    )
    return {"key": key, "process_instance_keys": correlate(unit, key)}


@handles(CorrelateMessage)
def handle_correlate(command: CorrelateMessage, unit: UnitOfWork) -> Answer:
    """Correlate now or never. Raises AdministratorOnly, MessageNotCorrelated."""
    require_administrator(unit.actor)
    key = store_message(unit, command.name, command.correlation_key, command.variables, lives=timedelta(0))
    cases = correlate(unit, key)
    if not cases:
        raise MessageNotCorrelated(f"没有等待消息“{command.name}”（关联键 {command.correlation_key}）的案件。")
    return {"key": key, "process_instance_keys": cases}


@handles(DeliverMessage)
def handle_deliver(command: DeliverMessage, unit: UnitOfWork) -> Answer:
    """Correlate a stored message."""
    return {"key": command.key, "process_instance_keys": correlate(unit, command.key)}
