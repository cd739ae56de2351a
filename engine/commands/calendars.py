"""Calendars as they were published, each version kept so that old dates can be reckoned again."""

from __future__ import annotations

import threading
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select

from engine.deadlines import Calendar, CalendarYear
from engine.errors import NotFound
from engine.history.chain import sm3
from engine.store.tables.deadlines import calendar, calendar_year
from engine.store.types import canonical_json


class CalendarUnknown(NotFound):
    """No calendar with this version, or none at all, has been published."""

    code = "commands.calendar-unknown"


class Calendars:
    """Finds calendar versions; keeps those it has read, for they never change. Safe for threads."""

    def __init__(self) -> None:
        self._versions: dict[str, Calendar] = {}
        self._lock = threading.Lock()

    def current_version(self, connection: Connection) -> str:
        """Return the version in force; raise CalendarUnknown when none was published."""
        query = select(calendar.c.version).order_by(calendar.c.position.desc()).limit(1)
        version = connection.execute(query).scalar()
        if version is None:
            raise CalendarUnknown("尚未发布工作日历，请先运行 banjie setup 或导入日历。")
        return str(version)

    def get(self, connection: Connection, version: str) -> Calendar:
        """Return a published calendar; raise CalendarUnknown."""
        with self._lock:
            if version in self._versions:
                return self._versions[version]
        found = self._read(connection, version)
        with self._lock:
            self._versions[version] = found
        return found

    def current(self, connection: Connection) -> Calendar:
        """Return the calendar in force; raise CalendarUnknown."""
        return self.get(connection, self.current_version(connection))

    def _read(self, connection: Connection, version: str) -> Calendar:
        years = connection.execute(select(calendar.c.years).where(calendar.c.version == version)).scalar()
        if years is None:
            raise CalendarUnknown(f"没有版本为 {version} 的工作日历。")
        query = select(calendar_year.c.content).where(calendar_year.c.digest.in_(list(years.values())))
        contents = connection.execute(query).scalars()
        return Calendar(CalendarYear.from_dict(content) for content in contents)


def publish_calendar(connection: Connection, published: Calendar, *, at: datetime, actor_id: str, source: str) -> bool:
    """Put a calendar in force; return False when it already is. Open clocks are reckoned anew by another command."""
    position = connection.execute(select(func.max(calendar.c.position))).scalar() or 0
    newest = connection.execute(select(calendar.c.version).where(calendar.c.position == position)).scalar()
    if newest == published.version:
        return False
    years: dict[str, str] = {}
    for year in published.years:
        content = year.to_dict()
        digest = sm3(canonical_json(content).encode())
        years[str(year.year)] = digest
        if connection.execute(select(calendar_year.c.digest).where(calendar_year.c.digest == digest)).first() is None:
            connection.execute(insert(calendar_year), {"digest": digest, "year": year.year, "content": content})
    # A version that was in force before and comes back, after a mistaken one, moves to the end; history has both.
    connection.execute(delete(calendar).where(calendar.c.version == published.version))
    connection.execute(
        insert(calendar),
        {
            "version": published.version,
            "position": position + 1,
            "years": years,
            "published_at": at,
            "actor_id": actor_id,
            "source": source,
        },
    )
    return True
