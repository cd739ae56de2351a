"""Clocks of a case: timers and due dates go by them, whatever happens to them; and every day of them can be shown."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from engine.clock import LEGAL_ZONE
from engine.commands.clocks.limits import TimeLimitUnknown
from engine.commands.suspend_process_instance import SuspendProcessInstance
from engine.errors import BanjieError
from engine.jobs.acquirer import fire_due_timers
from engine.queries.clocks import proof_of
from engine.store.database import reading
from engine.store.tables.deadlines import clock
from engine.store.tables.history import history_event
from engine.store.tables.runtime import job, user_task
from tests.unit.commands import diagrams as d
from tests.unit.commands.platforms import ADMIN, Bureau

LIMIT = "t.answer"


def procedure(*steps: str, timer: bool = True) -> bytes:
    """Two strands: one that does things to the clock, one that waits and shows the date."""
    ids = [f"step{number}" for number in range(len(steps))]
    tasks = "".join(step.replace("ID", id_) for step, id_ in zip(steps, ids, strict=True))
    content = (
        d.el("startEvent", "s")
        + d.task("accept", clock__start=LIMIT)
        + d.el("parallelGateway", "fork")
        + tasks
        + d.task("answer", clock__due=LIMIT)
        + d.chain("s", "accept", "fork", *ids)
        + d.chain("fork", "answer")
    )
    if timer:
        overdue = d.event(
            "boundaryEvent",
            "overdue",
            "date =now()",
            d.properties(clock__follows=LIMIT),
            attachedToRef="answer",
            cancelActivity="false",
        )
        content += overdue + d.task("explain") + d.chain("overdue", "explain")
    return d.diagram(content)


SUSPEND = d.task("ID", clock__suspend=LIMIT, clock__suspend__ground="补正", clock__suspend__paper="补正告知书")
RESUME = d.task("ID", clock__resume=LIMIT, clock__resume__paper="补正材料")
EXTEND = d.task("ID", clock__extend=LIMIT, clock__extend__by="=5", clock__extend__paper="延期告知书")
STOP = d.task("ID", clock__stop=LIMIT)
RESTART = d.task("ID", clock__restart=LIMIT, clock__restart__ground="补正", clock__restart__evidence="补正材料")


@pytest.fixture
def office(bureau: Bureau) -> Bureau:
    bureau.publish_calendar()
    return bureau


def begin(office: Bureau, *steps: str, days: int = 10, timer: bool = True) -> int:
    office.deploy(procedure(*steps, timer=timer), limits_dmn=d.limits(t__answer=days))
    root = office.start()
    office.complete(root, "accept")
    return root


def last_day(moment: datetime) -> date:
    """Return the last day of a period that ends at a moment: what falls due at midnight ended the day before."""
    return (moment - timedelta(microseconds=1)).astimezone(LEGAL_ZONE).date()


def due(office: Bureau, root: int) -> tuple[Any, Any, Any]:
    """Return the due moment as the clock has it, as the timer has it, as the user task has it."""
    timers = [row["due_at"] for row in office.rows(job, root_key=root, kind="timer")]
    return (
        office.row(clock, root_key=root)["due_at"],
        timers[0] if timers else None,
        office.row(user_task, root_key=root, element_id="answer")["due_at"],
    )


def test_a_clock_gives_its_date_to_the_timer_and_the_task_that_go_by_it(office: Bureau) -> None:
    root = begin(office, d.task("ID"))

    of_clock, of_timer, of_task = due(office, root)

    assert of_clock == of_timer == of_task
    assert last_day(of_clock) == date(2026, 3, 16), "ten working days after Monday the 2nd"
    assert office.row(job, root_key=root)["status"] == "ready"
    assert office.verify().findings == []


def test_a_suspended_clock_takes_the_dates_away_and_gives_later_ones_back(office: Bureau) -> None:
    root = begin(office, SUSPEND, RESUME)
    before = due(office, root)[0]
    office.clock.advance(timedelta(days=2))

    office.complete(root, "step0")
    assert due(office, root) == (None, None, None)
    assert office.row(job, root_key=root)["status"] == "waiting"
    office.clock.advance(timedelta(days=30))
    assert fire_due_timers(office.bus) == 0, "what stands still falls due never"

    office.complete(root, "step1")
    of_clock, of_timer, of_task = due(office, root)
    assert of_clock == of_timer == of_task
    assert of_clock > before + timedelta(days=28)
    assert office.row(job, root_key=root)["status"] == "ready"
    assert office.verify().findings == []


def test_an_extended_clock_moves_the_dates(office: Bureau) -> None:
    root = begin(office, EXTEND)

    office.complete(root, "step0")

    of_clock, of_timer, of_task = due(office, root)
    assert of_clock == of_timer == of_task
    assert last_day(of_clock) == date(2026, 3, 23)


def test_a_clock_started_anew_counts_from_its_new_start(office: Bureau) -> None:
    root = begin(office, RESTART)
    office.clock.advance(timedelta(days=7))

    office.complete(root, "step0")

    of_clock, of_timer, of_task = due(office, root)
    assert of_clock == of_timer == of_task
    assert last_day(of_clock) == date(2026, 3, 23)


def test_a_stopped_clock_lets_nothing_fall_due(office: Bureau) -> None:
    root = begin(office, STOP)

    office.complete(root, "step0")

    assert due(office, root) == (None, None, None)
    office.clock.advance(timedelta(days=100))
    assert fire_due_timers(office.bus) == 0


def test_a_timer_fires_with_its_clock_and_once_only_though_the_clock_moves_on(office: Bureau) -> None:
    root = begin(office, RESTART)
    office.clock.set(due(office, root)[0])
    assert fire_due_timers(office.bus) == 1
    assert sorted(office.open_tasks(root)) == ["answer", "explain", "step0"]

    office.complete(root, "step0")
    office.clock.advance(timedelta(days=60))

    assert fire_due_timers(office.bus) == 0
    assert office.row(job, root_key=root)["status"] == "done"
    assert office.row(job, root_key=root)["attempts"] == 0
    assert office.verify().findings == []


def test_with_the_case_its_clocks_end(office: Bureau) -> None:
    root = begin(office, d.task("ID"), timer=False)
    office.complete(root, "step0")

    office.complete(root, "answer")

    row = office.row(clock, root_key=root)
    assert (row["status"], row["due_at"]) == ("stopped", None)
    assert office.verify().findings == []


def test_a_suspended_case_has_its_legal_clock_running_on(office: Bureau) -> None:
    root = begin(office, d.task("ID"))
    before = due(office, root)

    office.bus.execute(SuspendProcessInstance(root, "核查"), ADMIN)

    assert due(office, root) == before


def test_every_day_of_a_clock_can_be_shown(office: Bureau) -> None:
    root = begin(office, SUSPEND, RESUME)
    office.clock.advance(timedelta(days=2))
    office.complete(root, "step0")
    office.clock.advance(timedelta(days=3))
    office.complete(root, "step1")

    with reading(office.engine) as connection:
        shown = proof_of(connection, ADMIN, root, LIMIT, office.platform.sources.calendars)

    days = [day["date"] for day in shown["days"]]
    assert days == [days[0] + timedelta(days=number) for number in range(len(days))], "no day is left out"
    assert days[-1] == last_day(office.row(clock, root_key=root)["due_at"])
    assert [day["number"] for day in shown["days"] if day["counted"]] == list(range(1, 11))
    assert all(day["reason"] for day in shown["days"])


@pytest.mark.parametrize(
    ("steps", "code"),
    [
        ((RESUME,), None),
        ((STOP, STOP), None),
        ((SUSPEND, SUSPEND), "deadlines"),
        ((EXTEND, EXTEND, EXTEND), "deadlines"),
        ((STOP, EXTEND), "deadlines"),
    ],
)
def test_what_the_rules_forbid_is_refused_and_changes_nothing(
    office: Bureau, steps: tuple[str, ...], code: str | None
) -> None:
    root = begin(office, *steps)
    for number in range(len(steps) - 1):
        office.complete(root, f"step{number}")
    last = f"step{len(steps) - 1}"
    if code is None:
        office.complete(root, last)
        return
    before = office.tables()

    with pytest.raises(BanjieError) as caught:
        office.complete(root, last)

    assert caught.value.code.startswith(code)
    assert office.tables() == before


def test_a_limit_that_the_table_does_not_have_is_refused_by_name(office: Bureau) -> None:
    office.deploy(procedure(d.task("ID")), limits_dmn=d.limits(another=1))
    root = office.start()

    with pytest.raises(TimeLimitUnknown, match=r"t\.answer"):
        office.complete(root, "accept")


def test_the_table_and_the_calendar_a_clock_was_started_by_are_facts(office: Bureau) -> None:
    root = begin(office, EXTEND)
    office.publish_calendar(2025, 2026)
    office.deploy(limits_dmn=d.limits(t__answer=3))

    office.complete(root, "step0")

    assert last_day(due(office, root)[0]) == date(2026, 3, 23), "the term of the day it began, extended by five"
    assert office.verify().findings == []
    assert len(office.rows(history_event, root_key=root, type="clock_started")) == 1


def test_a_due_moment_is_midnight_in_shanghai(office: Bureau) -> None:
    root = begin(office, d.task("ID"))

    local = due(office, root)[0].astimezone(ZoneInfo("Asia/Shanghai"))

    assert (local.hour, local.minute, local.second) in ((0, 0, 0), (23, 59, 59))
