"""Due timers fire once, whoever ticks; what can't be fired waits, longer each time, and holds nothing else up."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from engine.commands.suspend_process_instance import ResumeProcessInstance, SuspendProcessInstance
from engine.execution import Machine
from engine.jobs.acquirer import BATCH, FIRST_RETRY, LONGEST_RETRY, fire_due_timers, next_due
from engine.store.tables.history import history_event
from engine.store.tables.runtime import job
from tests.unit.commands import diagrams as d
from tests.unit.commands.platforms import ADMIN, MONDAY, Bureau


def reminding(first: str = "PT1H") -> bytes:
    content = (
        d.el("startEvent", "s")
        + d.task("work")
        + d.boundary("work", "late", f"duration {first}", interrupting=False)
        + d.task("remind")
        + d.chain("s", "work")
        + d.chain("late", "remind")
    )
    return d.diagram(content)


def test_each_due_timer_fires_once_though_several_tick(bureau: Bureau) -> None:
    bureau.deploy(reminding())
    roots = [bureau.start() for _ in range(30)]
    bureau.clock.advance(timedelta(hours=1))

    with ThreadPoolExecutor(4) as pool:
        fired = list(pool.map(lambda _: fire_due_timers(bureau.bus), range(4)))
    fired.append(fire_due_timers(bureau.bus))

    assert sum(fired) == len(roots)
    assert len(bureau.rows(history_event, type="timer_fired")) == len(roots)
    assert all(sorted(bureau.open_tasks(root)) == ["remind", "work"] for root in roots)
    assert bureau.verify().findings == []


def test_nothing_fires_before_its_moment(bureau: Bureau) -> None:
    bureau.deploy(reminding())
    bureau.start()

    assert next_due(bureau.bus) == MONDAY + timedelta(hours=1)
    assert fire_due_timers(bureau.bus) == 0
    bureau.clock.advance(timedelta(hours=1))
    assert fire_due_timers(bureau.bus) == 1
    assert next_due(bureau.bus) is None


def test_more_timers_than_one_round_takes_up_all_fire(small_bureau: Bureau) -> None:
    small_bureau.deploy(reminding())
    for _ in range(BATCH + 5):
        small_bureau.start()
    small_bureau.clock.advance(timedelta(hours=1))

    assert [fire_due_timers(small_bureau.bus) for _ in range(3)] == [BATCH, 5, 0]


def test_a_suspended_case_waits_and_fires_once_it_goes_on(bureau: Bureau) -> None:
    bureau.deploy(reminding())
    root, other = bureau.start(), bureau.start()
    bureau.bus.execute(SuspendProcessInstance(root, "核查"), ADMIN)
    bureau.clock.advance(timedelta(hours=2))

    assert fire_due_timers(bureau.bus) == 1
    assert list(bureau.open_tasks(root)) == ["work"]
    assert sorted(bureau.open_tasks(other)) == ["remind", "work"]

    bureau.bus.execute(ResumeProcessInstance(root), ADMIN)
    assert fire_due_timers(bureau.bus) == 1
    assert sorted(bureau.open_tasks(root)) == ["remind", "work"]


@pytest.mark.parametrize("error", [RuntimeError("a mistake of the program"), KeyError("x")], ids=repr)
def test_a_timer_that_can_not_be_fired_is_tried_later_and_later_and_holds_no_other_up(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    bureau.deploy(reminding())
    ill = bureau.start()
    bureau.clock.advance(timedelta(seconds=1))
    well = bureau.start()
    key = bureau.row(job, root_key=ill)["key"]
    original = Machine.timer_fired

    def fail(self: Machine, fired: int) -> None:
        if fired == key:
            raise error
        original(self, fired)

    monkeypatch.setattr(Machine, "timer_fired", fail)
    bureau.clock.advance(timedelta(hours=1))

    assert fire_due_timers(bureau.bus) == 1
    assert sorted(bureau.open_tasks(well)) == ["remind", "work"]
    row = bureau.row(job, key=key)
    assert (row["status"], row["attempts"]) == ("ready", 1)
    assert row["last_error"]

    pauses = []
    for _ in range(12):
        before = bureau.row(job, key=key)
        assert fire_due_timers(bureau.bus) == 0
        assert bureau.row(job, key=key) == before, "it is left alone until its pause is over"
        pauses.append(before["lock_until"] - bureau.clock.now())
        bureau.clock.set(before["lock_until"])
        fire_due_timers(bureau.bus)
    assert pauses[:3] == [FIRST_RETRY, 2 * FIRST_RETRY, 4 * FIRST_RETRY]
    assert pauses[-1] == LONGEST_RETRY

    monkeypatch.setattr(Machine, "timer_fired", original)
    bureau.clock.advance(LONGEST_RETRY)
    assert fire_due_timers(bureau.bus) == 1
    assert sorted(bureau.open_tasks(ill)) == ["remind", "work"]
    assert bureau.verify().findings == []


def test_a_repeated_timer_fires_at_each_of_its_moments(bureau: Bureau) -> None:
    content = (
        d.el("startEvent", "s")
        + d.task("work")
        + d.boundary("work", "late", "cycle R3/PT1H", interrupting=False)
        + d.task("remind")
        + d.chain("s", "work")
        + d.chain("late", "remind")
    )
    bureau.deploy(d.diagram(content))
    root = bureau.start()

    fired = []
    for _ in range(5):
        bureau.clock.advance(timedelta(hours=1))
        fired.append(fire_due_timers(bureau.bus))

    assert fired == [1, 1, 1, 0, 0]
    assert len(bureau.rows(history_event, root_key=root, type="timer_fired")) == 3
    assert bureau.verify().findings == []
