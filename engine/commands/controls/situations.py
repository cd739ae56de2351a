"""What controls are evaluated on, read from the database under the case's lock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from decimal import Decimal, InvalidOperation
from fnmatch import fnmatchcase
from typing import Any

from sqlalchemy import Connection, select

from engine.clock import LEGAL_ZONE
from engine.commands.clocks.feel import LazyCalendar
from engine.commands.unit import UnitOfWork
from engine.controls import Draw, Payment, Signed, Situation
from engine.controls.registry import DUTY
from engine.feel.bureau import bureau_functions
from engine.feel.types import DATE, STRING
from engine.feel.values import Function
from engine.queries.variables import visible_variables
from engine.store.tables.controls import expert_draw
from engine.store.tables.deadlines import clock
from engine.store.tables.runtime import process_instance, user_task, variable

Row = Mapping[Any, Any]


def of_user_task(
    unit: UnitOfWork, row: Row, process_id: str, properties: Mapping[str, str], data: Mapping[str, Any]
) -> Situation:
    """Return the situation in which the actor is about to complete a user task with ``data``."""
    return _in_case(unit, row["root_key"], row["key"], process_id, row["element_id"], properties, data)


def of_jump(
    unit: UnitOfWork, root_key: int, process_id: str, element_id: str, properties: Mapping[str, str]
) -> Situation:
    """Return the situation in which a case would stand at an element to which somebody wants to jump."""
    return _in_case(unit, root_key, root_key, process_id, element_id, properties, {})


def _in_case(
    unit: UnitOfWork,
    root_key: int,
    scope_key: int,
    process_id: str,
    element_id: str,
    properties: Mapping[str, str],
    data: Mapping[str, Any],
) -> Situation:
    connection = unit.connection
    query = select(process_instance.c.initiator_id).where(process_instance.c.key == root_key)
    return Situation(
        procedure=process_id,
        element_id=element_id,
        duty=properties.get(DUTY),
        now=unit.now.astimezone(LEGAL_ZONE),
        actor_id=unit.actor.id,
        actor_name=unit.actor.name,
        groups=unit.actor.groups,
        initiator_id=connection.execute(query).scalar() or "",
        variables={**visible_variables(connection, scope_key), **data},
        done=_done(unit, root_key),
        draws=_draws(connection, root_key),
        on_behalf_of=unit.on_behalf_of,
        payments=lambda settings: _payments(unit, root_key, settings, data, scope_key),
        functions=_functions(unit, root_key),
    )


def of_start(unit: UnitOfWork, process_id: str, data: Mapping[str, Any]) -> Situation:
    """Return the situation in which the actor is about to start a case with ``data``."""
    return Situation(
        procedure=process_id,
        element_id="start",
        duty="发起",
        now=unit.now.astimezone(LEGAL_ZONE),
        actor_id=unit.actor.id,
        actor_name=unit.actor.name,
        groups=unit.actor.groups,
        initiator_id=unit.actor.id,
        variables={**data, "initiator": dict(unit.actor.as_initiator())},
        on_behalf_of=unit.on_behalf_of,
        payments=lambda settings: _payments(unit, 0, settings, data, None),
        functions=_functions(unit, 0),
    )


def _done(unit: UnitOfWork, root_key: int) -> list[Signed]:
    query = (
        select(user_task)
        .where(user_task.c.root_key == root_key, user_task.c.state == "COMPLETED")
        .order_by(user_task.c.ended_at, user_task.c.key)
    )
    rows = list(unit.connection.execute(query).mappings())
    done = [_signed(unit, row, row["completed_by"]) for row in rows]
    # Who was stood in for has done it as well.
    return done + [_signed(unit, row, row["on_behalf_of"]) for row in rows if row["on_behalf_of"]]


def _signed(unit: UnitOfWork, row: Row, actor_id: str) -> Signed:
    node = unit.sources.definitions.model(unit.connection, row["definition_key"]).node(row["element_id"])
    duty = None if node is None else node.properties.get(DUTY)
    return Signed(row["element_id"], duty, actor_id, row["ended_at"], row["outcome"])


def _draws(connection: Connection, root_key: int) -> list[Draw]:
    query = select(expert_draw).where(expert_draw.c.root_key == root_key, expert_draw.c.state == "DRAWN")
    rows = connection.execute(query.order_by(expert_draw.c.key)).mappings()
    return [Draw(row["field"], row["size"], len(row["drawn"]), row["committed_by"]) for row in rows]


def _payments(
    unit: UnitOfWork, root_key: int, settings: Mapping[str, Any], data: Mapping[str, Any], task_key: int | None
) -> Sequence[Payment]:
    """Cases of the same procedures, begun within the days, with the same payee."""
    known = visible_variables(unit.connection, task_key) if task_key is not None else {}
    payee = {**known, **data}.get(settings["payee"])
    started = process_instance.c.started_at >= unit.now - timedelta(days=settings["days"])
    to_payee, amount = variable.alias(), variable.alias()
    query = (
        select(process_instance.c.key, process_instance.c.process_id, amount.c.value)
        .join(to_payee, to_payee.c.scope_key == process_instance.c.key)
        .join(amount, amount.c.scope_key == process_instance.c.key)
        .where(started, to_payee.c.name == settings["payee"], to_payee.c.value == payee)
        .where(amount.c.name == settings["amount"], process_instance.c.root_key != root_key)
        .order_by(process_instance.c.key)
    )
    patterns = settings.get("procedures") or ["*"]
    found = []
    for key, process_id, value in unit.connection.execute(query):
        paid = _decimal(value)
        if paid is not None and any(fnmatchcase(process_id, pattern) for pattern in patterns):
            found.append(Payment(key, paid))
    return found


def _decimal(value: Any) -> Decimal | None:
    try:
        return None if isinstance(value, bool) else Decimal(str(value))
    except InvalidOperation:
        return None


def _functions(unit: UnitOfWork, root_key: int) -> dict[str, Any]:
    calendar = LazyCalendar(lambda: unit.sources.calendars.current(unit.connection))

    def clock_due(arguments: list[Any]) -> Any:
        query = select(clock.c.due_at).where(clock.c.root_key == root_key, clock.c.limit_id == arguments[0])
        due = unit.connection.execute(query.order_by(clock.c.key.desc()).limit(1)).scalar()
        return None if due is None else (due.astimezone(LEGAL_ZONE) - timedelta(microseconds=1)).date()

    due = Function(("limit id",), clock_due, (STRING,), DATE, "clock due")
    return {**bureau_functions(calendar), due.name: due}
