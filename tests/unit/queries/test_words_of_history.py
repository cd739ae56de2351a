"""What people read in the record of a case: every command has words, and what fired or ran is named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from engine.commands.actor import SCHEDULER
from engine.commands.fire_timer import FireTimer
from engine.history.events import COMMAND_EVENTS
from engine.queries import names
from engine.queries.events import COMMANDS
from engine.queries.record import record
from engine.store.database import reading
from engine.store.tables.runtime import job
from tests.unit.commands import diagrams as d
from tests.unit.commands.platforms import CLERK, Bureau

OF_NO_CASE = re.compile(
    r"^(api_token|calendar_|connection_|controls_|experts_imported|lost_second|organisation_|password_|reserved_number_"
    r"|numbers_reserved|resources_|roles_|seal_handover|seal_overdue|second_factors?_(confirmed|enrolled|failed|removed|sealed)"
    r"|secrets_|sessions_|setting_|sign_in|standalone_|substitution_|user_(changed|created|signed|unlocked))"
)
"""Commands about people, calendars and the like; they stand in no case's record."""


@pytest.fixture
def bureau(sqlite_url: str, tmp_path: Path) -> Iterator[Bureau]:
    """Give a bureau on SQLite."""
    opened = Bureau(sqlite_url, tmp_path / "data")
    yield opened
    opened.close()


@pytest.mark.parametrize("type_", sorted(COMMAND_EVENTS))
def test_every_command_on_a_case_is_called_in_chinese(type_: str) -> None:
    assert OF_NO_CASE.match(type_) or re.match(r"^[^a-z]+$", COMMANDS.get(type_, type_)), type_


def test_the_parts_of_the_system_are_named(bureau: Bureau) -> None:
    with reading(bureau.engine) as connection:
        worker = names.people(connection, ["system:worker"])["system:worker"]
    assert worker["name"] == "系统（内置作业）"


def test_a_timer_that_fired_is_called_by_its_own_name(bureau: Bureau) -> None:
    named = ('id="late"', 'id="late" name="催办日到"')
    late = d.boundary("work", "late", "duration PT1H", interrupting=False).replace(*named, 1)
    content = d.el("startEvent", "s") + d.task("work") + late + d.task("remind") + d.chain("s", "work")
    bureau.deploy(d.diagram(content + d.chain("late", "remind")))
    key = bureau.start()

    bureau.clock.advance(timedelta(hours=1))
    bureau.bus.execute(FireTimer(bureau.row(job, root_key=key)["key"]), SCHEDULER)

    with reading(bureau.engine) as connection:
        items = record(connection, CLERK, key, bureau.platform.sources.definitions)["items"]
    fired = next(item for item in items if item["action"] == "到期触发")
    assert fired["element_name"] == "催办日到"
