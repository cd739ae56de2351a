"""Put a version of the working calendar in force."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from engine.commands.administration import require_administrator
from engine.commands.calendars import publish_calendar
from engine.commands.handlers import Answer, handles
from engine.commands.unit import UnitOfWork
from engine.deadlines import Calendar, CalendarYear
from engine.history.events import CalendarPublished


@dataclass(frozen=True, slots=True)
class PublishCalendar:
    """Publish the years (``CalendarYear`` as plain values); they replace the calendar in force as a whole."""

    years: tuple[dict[str, Any], ...]
    source: str


@handles(PublishCalendar)
def handle(command: PublishCalendar, unit: UnitOfWork) -> Answer:
    """Publish. Raises AdministratorOnly, CalendarInvalid. The same calendar again changes nothing."""
    require_administrator(unit.actor)
    published = Calendar(CalendarYear.from_dict(year) for year in command.years)
    new = publish_calendar(unit.connection, published, at=unit.now, actor_id=unit.actor.id, source=command.source)
    if new:
        unit.log(CalendarPublished(version=published.version, source=command.source))
    return {"version": published.version, "new": new}
