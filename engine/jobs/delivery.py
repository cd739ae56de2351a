"""Brings what was thrown to who is to get it, and starts what starts by itself: all of it written down before.

The bus does most of this right after the commit that set it off; this is for what a crash or a busy case left over.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Any

from sqlalchemy import delete, select

from engine.commands.actor import SCHEDULER
from engine.commands.broadcast_signal import DeliverSignal
from engine.commands.bus import CommandBus
from engine.commands.handlers import Answer, handles
from engine.commands.messages import expired
from engine.commands.publish_message import DeliverMessage
from engine.commands.start_due_case import StartDueCase
from engine.commands.unit import UnitOfWork
from engine.errors import BanjieError
from engine.store.database import reading
from engine.store.tables.correlation import message, message_correlation, signal_delivery, start_event
from engine.store.tables.runtime import message_subscription, process_instance

logger = logging.getLogger(__name__)

BATCH = 100


class DropExpiredMessages:
    """Throw away messages that nothing can correlate any more."""


@handles(DropExpiredMessages)
def drop_expired_messages(command: DropExpiredMessages, unit: UnitOfWork) -> Answer:
    """Delete them with what they reached."""
    gone = select(message.c.key).where(expired(unit.now))
    unit.connection.execute(delete(message_correlation).where(message_correlation.c.message_key.in_(gone)))
    return {"dropped": unit.connection.execute(delete(message).where(expired(unit.now))).rowcount}


def deliver(bus: CommandBus) -> int:
    """Deliver what waits to be delivered, start what is due, and return how many commands that took."""
    done = 0
    for command in _outstanding(bus):
        try:
            bus.execute(command, SCHEDULER)
            done += 1
        except BanjieError as error:
            logger.warning("%s could not be carried out: %s", command, error.message)
        except Exception:
            # A mistake of the program in one case must not hold up what is for all others.
            logger.exception("%s could not be carried out", command)
    return done


def drop_expired(bus: CommandBus) -> None:
    """Throw expired messages away where there are any."""
    with reading(bus.engine) as connection:
        found = connection.execute(select(message.c.key).where(expired(bus.clock.now())).limit(1)).first()
    if found is not None:
        bus.execute(DropExpiredMessages(), SCHEDULER)


def _outstanding(bus: CommandBus) -> list[Any]:
    with reading(bus.engine) as connection:
        messages: Iterable[Any] = connection.execute(
            select(message.c.key).where(message.c.state == "NEW").order_by(message.c.key).limit(BATCH)
        ).scalars()
        commands: list[Any] = [DeliverMessage(key) for key in messages]
        commands += [DeliverMessage(key) for key in connection.execute(_missed(bus)).scalars()]
        signals = (
            select(signal_delivery.c.signal_key, signal_delivery.c.target_key)
            .where(signal_delivery.c.state == "NEW")
            .order_by(signal_delivery.c.signal_key, signal_delivery.c.target_key)
            .limit(BATCH)
        )
        commands += [DeliverSignal(row.signal_key, row.target_key) for row in connection.execute(signals)]
        due = (
            select(start_event.c.definition_key, start_event.c.element_id)
            .where(start_event.c.due_at <= bus.clock.now())
            .order_by(start_event.c.due_at)
            .limit(BATCH)
        )
        commands += [StartDueCase(row.definition_key, row.element_id) for row in connection.execute(due)]
    return commands


def _missed(bus: CommandBus) -> Any:
    """A message and a subscription that were written at the same moment have not seen each other."""
    reached = select(message_correlation.c.process_id).where(message_correlation.c.message_key == message.c.key)
    return (
        select(message.c.key)
        .join(
            message_subscription,
            (message_subscription.c.message_name == message.c.name)
            & (message_subscription.c.correlation_key == message.c.correlation_key)
            & (message_subscription.c.state == "OPEN"),
        )
        .join(process_instance, process_instance.c.key == message_subscription.c.process_instance_key)
        .where(
            message.c.state == "WAITING",
            message.c.expires_at > bus.clock.now(),
            process_instance.c.suspended.is_(False),
            process_instance.c.process_id.not_in(reached),
        )
        .distinct()
        .limit(BATCH)
    )
