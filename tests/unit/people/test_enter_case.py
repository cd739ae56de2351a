"""在办案件录入: a case that began on paper goes on where it stands, with its clocks from the day they really began."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from engine.commands.enter_case import EnterCase, EnteredClock
from engine.errors import BanjieError
from engine.store.tables.deadlines import clock
from engine.store.tables.history import history_event
from engine.store.tables.runtime import process_instance, user_task
from tests.unit.commands.diagrams import chain, diagram, el, limits, task
from tests.unit.commands.platforms import ADMIN, CLERK, Bureau, refused
from tests.unit.people.staff import actor, employ


def _bureau(bureau: Bureau) -> None:
    employ(bureau, clerk=("clerks",), boss=("系统管理员",))
    bureau.publish_calendar()
    content = (
        el("startEvent", "start")
        + task("accept", clock__start="answer")
        + task("decide", clock__due="answer")
        + task("reply", clock__stop="answer")
        + chain("start", "accept", "decide", "reply")
    )
    bureau.deploy(diagram(content), limits_dmn=limits(answer=20))


def _entry(**changes: object) -> EnterCase:
    values: dict[str, object] = {
        "process_id": "p",
        "elements": ("decide",),
        "initiator_id": "clerk",
        "began_on": "2026-02-09",
        "reason": "系统上线前已受理",
        "variables": {"matter": "公开申请"},
        "clocks": (EnteredClock("answer", "2026-02-09", "收件登记 12 号"),),
        "business_key": "2026-12",
    }
    return EnterCase(**{**values, **changes})  # type: ignore[arg-type]


def test_it_waits_at_its_step_with_its_clock_and_goes_on(bureau: Bureau) -> None:
    # given
    _bureau(bureau)

    # when on 2 March a case is entered that began on 9 February
    key = bureau.bus.execute(_entry(), ADMIN)["process_instance_key"]

    # then its clock has run since: 20 working days from 2026-02-09 end on 2026-03-13
    assert list(bureau.open_tasks(key)) == ["decide"]
    due = bureau.row(clock, root_key=key)["due_at"]
    assert due.astimezone(UTC).date().isoformat() == "2026-03-13"
    assert bureau.row(user_task, root_key=key)["due_at"] == due
    row = bureau.row(process_instance, key=key)
    assert row["started_at"] == datetime(2026, 2, 8, 16, tzinfo=UTC)
    assert (row["business_key"], row["initiator_id"]) == ("2026-12", "clerk")
    first = bureau.events(key)[0]
    assert (first["type"], first["actor_id"], first["at"]) == ("case_entered", "admin", bureau.clock.now())

    # and when it goes on
    bureau.complete(key, "decide", by=actor(bureau, "clerk"))
    bureau.complete(key, "reply", by=actor(bureau, "clerk"))

    # then it ends as any other, and all of it can be executed again
    assert bureau.row(process_instance, key=key)["state"] == "COMPLETED"
    assert bureau.row(clock, root_key=key)["status"] == "stopped"
    assert bureau.verify().findings == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"elements": ("nowhere",)}, "execution.element-unknown"),
        ({"elements": ()}, "commands.entry-invalid"),
        ({"initiator_id": "ghost"}, "commands.entry-invalid"),
        ({"began_on": "2026-03-03"}, "commands.entry-invalid"),
        ({"began_on": "9. Februar"}, "commands.entry-invalid"),
        ({"clocks": (EnteredClock("answer", "tomorrow", "?"),)}, "commands.entry-invalid"),
        ({"clocks": (EnteredClock("nothing", "2026-02-09", "?"),)}, None),
    ],
)
def test_what_makes_no_sense_is_refused_as_a_whole(
    small_bureau: Bureau, changes: dict[str, object], code: str | None
) -> None:
    _bureau(small_bureau)
    before = small_bureau.tables()

    with pytest.raises(BanjieError) as caught:
        small_bureau.bus.execute(_entry(**changes), ADMIN)

    assert code in (None, caught.value.code)
    after = small_bureau.tables()
    assert {name: rows for name, rows in after.items() if name != "ge_sequence"} == {
        name: rows for name, rows in before.items() if name != "ge_sequence"
    }


def test_only_administrators_enter_cases(small_bureau: Bureau) -> None:
    _bureau(small_bureau)
    refused(small_bureau, _entry(), CLERK, "commands.administrator-only")
    assert small_bureau.rows(history_event, type="case_entered") == []
