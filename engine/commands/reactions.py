"""What follows in the same transaction, or right after it, from what happened in a case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from engine.commands.actions.openings import react_to_opening
from engine.commands.broadcast_signal import note_deliveries
from engine.commands.case import Case
from engine.commands.messages import THROWN_LIVES, note_correlation, store_message, waiting_message
from engine.commands.publish_message import DeliverMessage
from engine.commands.unit import UnitOfWork, reaction
from engine.history.events import MessageCorrelated
from engine.store.tables.runtime import process_instance


@reaction
def react_to_events(unit: UnitOfWork, cases: list[Case]) -> None:
    """Give buffered messages to new subscriptions at once; note what was thrown, to be delivered after the commit.

    What a case throws never touches another case in the same transaction: two cases throwing at each other would lock
    each other out.
    """
    for case in cases:
        while case.fresh_events:
            type_, payload = case.fresh_events.pop(0)
            if type_ == "message_subscription_opened":
                _take_buffered(unit, case, payload)
            elif type_ == "user_task_created":
                react_to_opening(unit, case, payload)
            elif type_ == "message_thrown":
                key = store_message(
                    unit, payload["name"], payload["correlation_key"], payload["variables"], lives=THROWN_LIVES
                )
                unit.follow_ups.append(DeliverMessage(key))
            elif type_ == "signal_thrown":
                unit.batch.flush(unit.connection)
                note_deliveries(unit, payload["name"], payload["variables"], thrower=case.root_key)


def _take_buffered(unit: UnitOfWork, case: Case, subscription: Mapping[str, Any]) -> None:
    if case.ended or _closed_since(case, subscription["key"]):
        return
    process_id = _process_id(unit, case, subscription["process_instance_key"])
    message = waiting_message(unit, subscription, process_id)
    if message is None:
        return
    case.execute(
        MessageCorrelated(
            subscription_key=subscription["key"], message_name=message["name"], variables=message["variables"]
        )
    )
    note_correlation(unit, message["key"], process_id, case.root_key)


def _closed_since(case: Case, key: int) -> bool:
    return any(type_ == "message_subscription_closed" and payload["key"] == key for type_, payload in case.fresh_events)


def _process_id(unit: UnitOfWork, case: Case, process_instance_key: int) -> str:
    if process_instance_key == case.root_key:
        return str(unit.sources.definitions.process(unit.connection, case.definition_key)["process_id"])
    unit.batch.flush(unit.connection)
    query = select(process_instance.c.process_id).where(process_instance.c.key == process_instance_key)
    return str(unit.connection.execute(query).scalar_one())
