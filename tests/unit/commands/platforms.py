"""A platform on a test's own database with a clock that stands still, and the words tests need to work with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import select

import engine
from engine.clock import FakeClock
from engine.commands.actor import INSTALLER, Actor
from engine.commands.complete_user_task import CompleteUserTask
from engine.commands.deploy_resources import DeployResources
from engine.commands.publish_calendar import PublishCalendar
from engine.commands.start_process_instance import StartProcessInstance
from engine.deadlines import load_calendar
from engine.errors import BanjieError
from engine.history.anchors import read_anchors
from engine.platform import Platform, open_platform
from engine.store.database import reading
from engine.store.tables import metadata
from engine.store.tables.history import history_event
from engine.store.tables.runtime import incident, user_task
from engine.verification import Verification, verify
from webapi.forms import validate_form

ROOT = Path(engine.__file__).resolve().parents[1]
"""Of the program under test."""
MONDAY = datetime(2026, 3, 2, 1, tzinfo=UTC)
"""09:00 in Shanghai, a working day."""

ADMIN = Actor("admin", "管理员", None, frozenset(), administrator=True)
CLERK = Actor("clerk", "周静玲", "bgs", frozenset({"clerks"}))
COLLEAGUE = Actor("colleague", "吴雪瑶", "bgs", frozenset({"clerks"}))
STRANGER = Actor("stranger", "别人", "kjk", frozenset({"others"}))

CALENDARS = {year.year: year.to_dict() for year in load_calendar(ROOT / "organisation" / "calendars").years}
"""The bureau's calendars by year, as plain values."""

Tables = dict[str, list[tuple[Any, ...]]]


class Bureau:
    """An open platform with its database, its clock and its anchors."""

    def __init__(self, url: str, folder: Path) -> None:
        self.url = url
        self.folder = folder
        self.clock = FakeClock(MONDAY)
        self.platform: Platform = self.open_another()
        self.engine = self.platform.engine
        self.bus = self.platform.bus

    def open_another(self) -> Platform:
        """Open the same database again, as another node does."""
        return open_platform(self.url, validate_form=validate_form, data_dir=self.folder, clock=self.clock)

    def deploy(self, *diagrams: bytes, **files: bytes) -> dict[str, Any]:
        """Deploy diagrams, and files whose names end in ``_bpmn``, ``_dmn`` or ``_form``; return the answer."""
        named = {f"d{number}.bpmn": data for number, data in enumerate(diagrams)}
        named.update({name[::-1].replace("_", ".", 1)[::-1]: data for name, data in files.items()})
        return self.bus.execute(DeployResources(named), ADMIN)

    def publish_calendar(self, *years: int) -> None:
        """Put the bureau's calendar in force for some years, from the one before the tests' own."""
        wanted = years or (MONDAY.year - 1, MONDAY.year, MONDAY.year + 1)
        self.bus.execute(PublishCalendar(tuple(CALENDARS[year] for year in wanted), "test"), INSTALLER)

    def start(self, process_id: str = "p", variables: Mapping[str, Any] | None = None, by: Actor = CLERK) -> int:
        """Start a case and return its key."""
        answer = self.bus.execute(StartProcessInstance(process_id, variables=variables or {}), by)
        return int(answer["process_instance_key"])

    def open_tasks(self, root_key: int) -> dict[str, int]:
        """Return the open user tasks of a case: element id to key."""
        with reading(self.engine) as connection:
            query = select(user_task.c.element_id, user_task.c.key).where(
                user_task.c.root_key == root_key, user_task.c.state == "CREATED"
            )
            return {row.element_id: row.key for row in connection.execute(query)}

    def complete(
        self, root_key: int, element_id: str, variables: Mapping[str, Any] | None = None, by: Actor = CLERK
    ) -> dict[str, Any]:
        """Complete the open user task of an element."""
        key = self.open_tasks(root_key)[element_id]
        return self.bus.execute(CompleteUserTask(key, variables or {}), by)

    def row(self, table: Any, **where: Any) -> Mapping[Any, Any]:
        """Return the one row of a table with these values."""
        rows = self.rows(table, **where)
        assert len(rows) == 1, rows
        return rows[0]

    def rows(self, table: Any, **where: Any) -> list[Mapping[Any, Any]]:
        """Return the rows of a table with these values, in order of its primary key."""
        query = select(table).where(*(table.c[name] == value for name, value in where.items()))
        with reading(self.engine) as connection:
            return list(connection.execute(query.order_by(*table.primary_key.columns)).mappings())

    def events(self, root_key: int) -> list[Mapping[Any, Any]]:
        """Return the history of a case, oldest first."""
        return self.rows(history_event, root_key=root_key)

    def incidents(self, root_key: int) -> list[Mapping[Any, Any]]:
        """Return the open incidents of a case."""
        return self.rows(incident, root_key=root_key, state="ACTIVE")

    def tables(self) -> Tables:
        """Return the whole content of the database, to be compared."""
        with reading(self.engine) as connection:
            return {
                table.name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
                for table in metadata.sorted_tables
            }

    def verify(self, *root_keys: int) -> Verification:
        """Verify cases, or everything, as a fresh process does."""
        other = self.open_another()
        try:
            with reading(other.engine) as connection:
                anchors = list(read_anchors(self.folder / "anchors"))
                return verify(connection, other.sources, anchors, root_keys or None)
        finally:
            other.engine.dispose()

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()


@pytest.fixture
def bureau(any_database_url: str, tmp_path: Path) -> Iterator[Bureau]:
    """Give a bureau on a fresh database; the test runs on both kinds."""
    opened = Bureau(any_database_url, tmp_path / "data")
    yield opened
    opened.close()


@pytest.fixture
def small_bureau(sqlite_url: str, tmp_path: Path) -> Iterator[Bureau]:
    """Give a bureau on SQLite alone, for what does not depend on the database."""
    opened = Bureau(sqlite_url, tmp_path / "data")
    yield opened
    opened.close()


def together(*works: Any) -> list[Any]:
    """Run the works at once, one thread each; return what each returned, or the declared error it raised."""
    barrier = Barrier(len(works))

    def run(work: Any) -> Any:
        barrier.wait(timeout=30)
        try:
            return work()
        except BanjieError as error:
            return error

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def refused(bureau: Bureau, command: Any, actor: Actor, code: str) -> BanjieError:
    """Execute a command that must be refused with ``code``, and show that nothing at all has changed."""
    before = bureau.tables()
    with pytest.raises(BanjieError) as caught:
        bureau.bus.execute(command, actor)
    assert caught.value.code == code, caught.value
    assert caught.value.message
    assert bureau.tables() == before
    return caught.value
