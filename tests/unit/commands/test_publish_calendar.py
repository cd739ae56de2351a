"""PublishCalendar: one version in force, every earlier one kept."""

from __future__ import annotations

import pytest

from engine.commands.calendars import Calendars, CalendarUnknown
from engine.commands.publish_calendar import PublishCalendar
from engine.store.database import reading
from engine.store.tables.deadlines import calendar, calendar_year
from engine.store.tables.history import history_event
from tests.unit.commands.platforms import ADMIN, CALENDARS, CLERK, Bureau, refused


def years(*wanted: int) -> tuple[dict[str, object], ...]:
    return tuple(CALENDARS[year] for year in wanted)


def test_the_calendar_published_last_is_in_force(bureau: Bureau) -> None:
    first = bureau.bus.execute(PublishCalendar(years(2025, 2026), "国办发明电"), ADMIN)
    second = bureau.bus.execute(PublishCalendar(years(2025, 2026, 2027), "国办发明电"), ADMIN)

    assert first["new"] is second["new"] is True
    with reading(bureau.engine) as connection:
        calendars = Calendars()
        assert calendars.current_version(connection) == second["version"]
        assert {year.year for year in calendars.current(connection).years} == {2025, 2026, 2027}
        assert {year.year for year in calendars.get(connection, first["version"]).years} == {2025, 2026}
    assert len(bureau.rows(calendar_year)) == 3
    assert len(bureau.rows(history_event, type="calendar_published")) == 2


def test_the_same_calendar_again_changes_nothing(bureau: Bureau) -> None:
    bureau.bus.execute(PublishCalendar(years(2026), "a"), ADMIN)
    before = bureau.tables()

    answer = bureau.bus.execute(PublishCalendar(years(2026), "b"), ADMIN)

    assert answer["new"] is False
    assert bureau.tables() == before


def test_an_earlier_calendar_can_be_put_in_force_again(bureau: Bureau) -> None:
    first = bureau.bus.execute(PublishCalendar(years(2026), "a"), ADMIN)
    bureau.bus.execute(PublishCalendar(years(2026, 2027), "b"), ADMIN)

    again = bureau.bus.execute(PublishCalendar(years(2026), "更正"), ADMIN)

    assert again["new"] is True
    with reading(bureau.engine) as connection:
        assert Calendars().current_version(connection) == first["version"]


def test_only_administrators_publish(bureau: Bureau) -> None:
    refused(bureau, PublishCalendar(years(2026), "a"), CLERK, "commands.administrator-only")
    assert bureau.rows(calendar) == []


def test_without_a_calendar_the_reader_is_told_what_to_do(bureau: Bureau) -> None:
    with reading(bureau.engine) as connection:
        with pytest.raises(CalendarUnknown, match="banjie setup"):
            Calendars().current(connection)
        with pytest.raises(CalendarUnknown):
            Calendars().get(connection, "no-such-version")
