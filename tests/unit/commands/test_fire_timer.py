"""FireTimer: once, when due, and only in a case that runs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from engine.commands.actor import SCHEDULER
from engine.commands.cancel_process_instance import CancelProcessInstance
from engine.commands.errors import CaseBusy
from engine.commands.fire_timer import FireTimer
from engine.commands.suspend_process_instance import SuspendProcessInstance
from engine.store.database import writing
from engine.store.tables.history import history_event
from engine.store.tables.runtime import case_lock, job
from tests.unit.commands import diagrams as d
from tests.unit.commands.platforms import ADMIN, Bureau, refused, together


def reminding() -> bytes:
    content = (
        d.el("startEvent", "s")
        + d.task("work")
        + d.boundary("work", "late", "duration PT1H", interrupting=False)
        + d.task("remind")
        + d.chain("s", "work")
        + d.chain("late", "remind")
    )
    return d.diagram(content)


def waiting(bureau: Bureau) -> tuple[int, int]:
    bureau.deploy(reminding())
    root = bureau.start()
    return root, bureau.row(job, root_key=root)["key"]


def test_a_due_timer_fires_once(bureau: Bureau) -> None:
    root, key = waiting(bureau)
    bureau.clock.advance(timedelta(hours=1))

    assert bureau.bus.execute(FireTimer(key), SCHEDULER) == {"key": key, "fired": True}
    before = bureau.tables()
    assert bureau.bus.execute(FireTimer(key), SCHEDULER) == {"key": key, "fired": False}

    assert bureau.tables() == before
    assert sorted(bureau.open_tasks(root)) == ["remind", "work"]
    row = bureau.row(job, key=key)
    assert (row["status"], row["ended_at"]) == ("done", bureau.clock.now())
    assert bureau.verify().findings == []


def test_a_timer_that_is_not_due_yet_does_nothing(bureau: Bureau) -> None:
    _, key = waiting(bureau)
    bureau.clock.advance(timedelta(minutes=59, seconds=59))
    before = bureau.tables()

    assert bureau.bus.execute(FireTimer(key), SCHEDULER)["fired"] is False

    assert bureau.tables() == before


def test_a_timer_of_a_suspended_case_is_refused_and_one_of_an_ended_case_does_nothing(bureau: Bureau) -> None:
    root, key = waiting(bureau)
    bureau.bus.execute(SuspendProcessInstance(root, "核查"), ADMIN)
    bureau.clock.advance(timedelta(hours=2))
    refused(bureau, FireTimer(key), SCHEDULER, "commands.case-suspended")

    bureau.bus.execute(CancelProcessInstance(root, "撤销"), ADMIN)

    assert bureau.bus.execute(FireTimer(key), SCHEDULER)["fired"] is False


def test_an_unknown_timer_is_refused(bureau: Bureau) -> None:
    refused(bureau, FireTimer(999), SCHEDULER, "commands.job-unknown")


def test_of_several_firing_at_once_one_does(bureau: Bureau) -> None:
    root, key = waiting(bureau)
    bureau.clock.advance(timedelta(hours=1))

    answers = together(*[lambda: bureau.bus.execute(FireTimer(key), SCHEDULER)] * 4)

    fired = [answer for answer in answers if isinstance(answer, dict) and answer["fired"]]
    assert len(fired) == 1
    assert all(isinstance(answer, dict | CaseBusy) for answer in answers)
    assert len(bureau.rows(history_event, root_key=root, type="timer_fired")) == 1


def test_a_case_that_another_holds_is_left_alone(postgres_url: str, tmp_path) -> None:  # type: ignore[no-untyped-def]
    bureau = Bureau(postgres_url, tmp_path / "data")
    root, key = waiting(bureau)
    bureau.clock.advance(timedelta(hours=1))

    with writing(bureau.engine) as other:
        other.execute(select(case_lock).where(case_lock.c.root_key == root).with_for_update())
        with pytest.raises(CaseBusy):
            bureau.bus.execute(FireTimer(key), SCHEDULER)

    assert bureau.bus.execute(FireTimer(key), SCHEDULER)["fired"]
    bureau.close()
