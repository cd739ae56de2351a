"""What if a clock had been suspended from then to then: its dates after operations that nobody carries out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from typing import Any

from sqlalchemy import Connection, select

from engine.clock import LEGAL_ZONE
from engine.deadlines import clock_from_dict, operation_from_dict, schedule_of, what_if
from engine.errors import InvalidInput
from engine.queries.clocks import CalendarSource, ClockUnknown
from engine.queries.sight import Sight, require_sight
from engine.queries.viewer import Viewer
from engine.store.tables.deadlines import clock

_SUPPOSED = "假设"
_TEXTS = ("ground", "paper", "evidence", "approver", "reason")
MOST = 50


class TooManyOperations(InvalidInput):
    """More operations than anybody asks for."""

    code = "queries.too-many-operations"


def suppose(
    connection: Connection,
    viewer: Viewer,
    key: int,
    limit_id: str,
    operations: Sequence[Mapping[str, Any]],
    calendars: CalendarSource,
) -> dict[str, Any]:
    """Return each operation's old and new due date, and the proof of the last. Nothing is changed.

    Operations are as ``engine.deadlines.operation_from_dict`` reads them; texts may be left out, moments too where a
    day is given. Raises CaseInvisible, ClockUnknown, TooManyOperations, and what the rules of clocks refuse.
    """
    root_key, _ = require_sight(connection, viewer, key, Sight.OUTLINE)
    query = select(clock.c.state).where(clock.c.root_key == root_key, clock.c.limit_id == limit_id)
    stored = connection.execute(query.order_by(clock.c.key.desc()).limit(1)).scalar()
    if stored is None:
        raise ClockUnknown(f"案件没有期限 {limit_id}。")
    if len(operations) > MOST:
        raise TooManyOperations(f"一次最多假设 {MOST} 步操作。")
    calendar = calendars.current(connection)
    state = clock_from_dict(stored)
    transitions = what_if(state, [operation_from_dict(_completed(given)) for given in operations], calendar)
    last = transitions[-1].state if transitions else state
    schedule = schedule_of(last, calendar)
    return {
        "steps": [transition.record.to_dict() for transition in transitions],
        "due": schedule.due,
        "due_at": schedule.due_at,
        "provisional": schedule.provisional,
        "days": [
            {"date": day.date, "counted": day.counted, "number": day.number, "reason": day.reason}
            for day in schedule.proof
        ],
    }


def _completed(given: Mapping[str, Any]) -> dict[str, Any]:
    """A supposition needs no papers, and a day is moment enough."""
    operation: dict[str, Any] = {**dict.fromkeys(_TEXTS, _SUPPOSED), **given}
    day = operation.get("effective_date")
    if "at" not in operation and isinstance(day, str):
        operation["at"] = datetime.combine(datetime.fromisoformat(day), time(), LEGAL_ZONE).isoformat()
    return operation
