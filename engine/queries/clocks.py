"""Clocks of cases: due date, light, working days left, and the day-by-day proof."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Protocol

from sqlalchemy import Connection, select

from engine.clock import LEGAL_ZONE
from engine.deadlines import Calendar, ClockState, DateOutOfRange, Light, clock_from_dict, schedule_of
from engine.errors import NotFound
from engine.queries.sight import Sight, require_sight
from engine.queries.viewer import Viewer
from engine.store.tables.deadlines import clock

LIGHTS: Mapping[Light, str | None] = {
    Light.NOT_STARTED: None,
    Light.GREEN: "green",
    Light.SATISFIED: "green",
    Light.AMBER: "amber",
    Light.RED: "red",
    Light.OVERDUE: "overdue",
    Light.SUSPENDED: "paused",
    Light.STOPPED: None,
}
"""What the page shows for each light."""

_MOMENT = timedelta(microseconds=1)
"""A period's ``due_at`` is the first moment too late; a moment before it is still its last day."""


class ClockUnknown(NotFound):
    """The case has no clock with this id."""

    code = "queries.clock-unknown"


def clocks_of(
    connection: Connection, root_keys: Iterable[int], now: datetime, calendar: Calendar | None
) -> dict[int, list[dict[str, Any]]]:
    """Return the clocks of cases by case, oldest first."""
    wanted = set(root_keys)
    result: dict[int, list[dict[str, Any]]] = {key: [] for key in wanted}
    if wanted:
        for row in connection.execute(select(clock).where(clock.c.root_key.in_(wanted)).order_by(clock.c.key)):
            result[row.root_key].append(_clock_values(row, now, calendar))
    return result


class CalendarSource(Protocol):
    """Gives calendars by version."""

    def get(self, connection: Connection, version: str) -> Calendar:
        """Return a published calendar."""
        ...

    def current(self, connection: Connection) -> Calendar:
        """Return the calendar in force."""
        ...


def proof_of(
    connection: Connection, viewer: Viewer, key: int, limit_id: str, calendars: CalendarSource
) -> dict[str, Any]:
    """Return the day-by-day proof of a clock's due date, with the calendar it was reckoned with.

    A clock that stands still has none of its own and is shown with the one in force.
    Raises CaseInvisible, ClockUnknown.
    """
    root_key, _ = require_sight(connection, viewer, key, Sight.OUTLINE)
    query = select(clock).where(clock.c.root_key == root_key, clock.c.limit_id == limit_id)
    row = connection.execute(query.order_by(clock.c.key.desc()).limit(1)).first()
    if row is None:
        raise ClockUnknown(f"案件没有期限 {limit_id}。")
    version = row.calendar_version
    calendar = calendars.get(connection, version) if version else calendars.current(connection)
    schedule = schedule_of(clock_from_dict(row.state), calendar)
    return {
        "due_at": schedule.due_at,
        "provisional": schedule.provisional,
        "days": [
            {"date": day.date, "counted": day.counted, "number": day.number, "reason": day.reason}
            for day in schedule.proof
        ],
    }


def remaining_working_days(due_at: datetime | None, now: datetime, calendar: Calendar | None) -> int | None:
    """Return the working days left until the last day; None where no calendar can say."""
    if due_at is None or calendar is None:
        return None
    last = (due_at.astimezone(LEGAL_ZONE) - _MOMENT).date()
    try:
        return calendar.working_days_between(now.astimezone(LEGAL_ZONE).date(), last).days
    except DateOutOfRange:
        return None


def _clock_values(row: Any, now: datetime, calendar: Calendar | None) -> dict[str, Any]:
    state: ClockState = clock_from_dict(row.state)
    return {
        "id": row.limit_id,
        "name": row.name,
        "state": row.status,
        "started_on": state.effective_date or (state.started_at and state.started_at.astimezone(LEGAL_ZONE).date()),
        "due_at": row.due_at,
        # The row's due_at is for watching and empty once the clock has stopped; its state keeps the day.
        "last_day": None if state.deadline is None else state.deadline.due,
        "provisional": row.provisional,
        "light": LIGHTS[state.light(now)],
        "basis": None,
        "remaining_working_days": remaining_working_days(row.due_at, now, calendar),
    }
