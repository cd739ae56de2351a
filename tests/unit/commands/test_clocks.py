"""Commands by people on legal clocks: each recorded with the old and the new due date, followed by timer and task."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from engine.commands.correct_clock_start import CorrectClockStart
from engine.commands.extend_clock import ExtendClock
from engine.commands.publish_calendar import PublishCalendar
from engine.commands.restart_clock import RestartClock
from engine.commands.resume_clock import ResumeClock
from engine.commands.stop_clock import StopClock
from engine.commands.suspend_clock import SuspendClock
from engine.jobs.acquirer import fire_due_timers
from engine.jobs.clock_watch import watch_clocks
from engine.store.tables.deadlines import clock
from engine.store.tables.identity import membership, user
from engine.store.tables.runtime import job, user_task, variable
from tests.unit.commands import diagrams as d
from tests.unit.commands.platforms import ADMIN, CALENDARS, CLERK, STRANGER, Bureau, refused

LIMIT = "t.answer"
DUE_OF_TEN = date(2026, 3, 16)
"""Ten working days after Monday 2026-03-02."""


def clocked(**more: str) -> bytes:
    """Start of a clock, a task that shows it with a timer that follows it, and a task that stops it."""
    return d.diagram(
        d.el("startEvent", "start")
        + d.task("receive", clock__start=LIMIT, **more)
        + d.task("answer", clock__due=LIMIT)
        + d.boundary("answer", "late", "duration PT1H", interrupting=False, zeebe=d.properties(clock__follows=LIMIT))
        + d.task("urged")
        + d.task("file", clock__stop=LIMIT)
        + d.chain("start", "receive", "answer", "file")
        + d.chain("late", "urged"),
        department="bgs",
    )


@pytest.fixture
def case(bureau: Bureau) -> tuple[Bureau, int]:
    """Give a case whose clock of ten working days runs since Monday 2026-03-02."""
    bureau.publish_calendar()
    bureau.deploy(clocked(), limits_dmn=d.limits(t__answer=10))
    key = bureau.start()
    bureau.complete(key, "receive")
    return bureau, key


def due(bureau: Bureau, key: int) -> date | None:
    """Return the last day of the case's clock."""
    at = bureau.row(clock, root_key=key)["due_at"]
    return None if at is None else (at + timedelta(hours=8) - timedelta(seconds=1)).date()


def changes(bureau: Bureau, key: int) -> list[dict[str, Any]]:
    """Return the records of what was done to clocks, oldest first."""
    events = [event for event in bureau.events(key) if event["type"] == "clock_changed"]
    return [json.loads(event["payload"])["record"] for event in events]


def follower_dates(bureau: Bureau, key: int) -> set[datetime | None]:
    """Return the due moments of everything that goes by the clock."""
    timers = {row["due_at"] for row in bureau.rows(job, root_key=key, status="ready")}
    return timers | {row["due_at"] for row in bureau.rows(user_task, root_key=key, element_id="answer")}


def test_suspended_days_do_not_count_and_followers_wait(case: tuple[Bureau, int]) -> None:
    bureau, key = case
    assert due(bureau, key) == DUE_OF_TEN

    bureau.bus.execute(SuspendClock(key, LIMIT, date(2026, 3, 4), "征求第三方意见", "征求意见书1号"), CLERK)

    assert due(bureau, key) is None
    assert follower_dates(bureau, key) == {None}

    bureau.clock.advance(timedelta(days=4))
    bureau.bus.execute(ResumeClock(key, LIMIT, date(2026, 3, 6), "答复函"), CLERK)

    assert due(bureau, key) == date(2026, 3, 19)
    assert follower_dates(bureau, key) == {bureau.row(clock, root_key=key)["due_at"]}
    suspended, resumed = changes(bureau, key)
    assert (suspended["old_due"], suspended["new_due"]) == ("2026-03-16", None)
    assert (suspended["ground"], suspended["paper"]) == ("征求第三方意见", "征求意见书1号")
    assert resumed["new_due"] == "2026-03-19"
    assert bureau.verify().findings == []


def test_an_extension_names_approver_and_notice_and_keeps_to_the_rule(case: tuple[Bureau, int]) -> None:
    bureau, key = case
    day = date(2026, 3, 2)
    refused(
        bureau, ExtendClock(key, LIMIT, 11, "working_day", day, "张三", "通知"), CLERK, "deadlines.extension-refused"
    )
    refused(bureau, ExtendClock(key, LIMIT, 5, "working_day", day, " ", "通知"), CLERK, "commands.ground-missing")

    bureau.bus.execute(ExtendClock(key, LIMIT, 5, "working_day", day, "张国峰", "延期告知书"), CLERK)

    assert due(bureau, key) == date(2026, 3, 23)
    assert changes(bureau, key)[0]["approver"] == "张国峰"
    assert bureau.verify().findings == []


def test_a_corrected_receipt_date_moves_the_due_date_and_keeps_its_evidence(case: tuple[Bureau, int]) -> None:
    bureau, key = case

    bureau.bus.execute(CorrectClockStart(key, LIMIT, date(2026, 2, 27), "邮戳", "收件日期录错"), CLERK)

    assert due(bureau, key) == date(2026, 3, 12)
    record = changes(bureau, key)[0]
    assert (record["old_start"], record["new_start"]) == ("2026-03-02", "2026-02-27")
    assert (record["old_due"], record["new_due"]) == ("2026-03-16", "2026-03-12")
    assert bureau.row(clock, root_key=key)["state"]["evidence"] == "邮戳"
    assert bureau.verify().findings == []


def test_a_correction_after_what_was_done_since_is_refused(case: tuple[Bureau, int]) -> None:
    bureau, key = case
    bureau.bus.execute(SuspendClock(key, LIMIT, date(2026, 3, 3), "补正", "告知书"), CLERK)
    command = CorrectClockStart(key, LIMIT, date(2026, 3, 4), "邮戳", "录错")
    refused(bureau, command, CLERK, "deadlines.clock-operation-refused")


def test_a_restart_begins_a_whole_new_period(case: tuple[Bureau, int]) -> None:
    bureau, key = case
    bureau.clock.advance(timedelta(days=7))

    bureau.bus.execute(RestartClock(key, LIMIT, date(2026, 3, 9), "收到补正材料", "收件登记"), CLERK)

    assert due(bureau, key) == date(2026, 3, 23)
    assert bureau.verify().findings == []


def test_a_stopped_clock_keeps_its_judgement_and_its_timer_never_fires(case: tuple[Bureau, int]) -> None:
    bureau, key = case

    bureau.bus.execute(StopClock(key, LIMIT, date(2026, 3, 2), "申请人撤回申请"), CLERK)
    bureau.clock.advance(timedelta(days=60))

    assert fire_due_timers(bureau.bus) == 0
    assert bureau.row(clock, root_key=key)["status"] == "stopped"
    refused(bureau, StopClock(key, LIMIT, date(2026, 3, 2), "再停"), CLERK, "deadlines.clock-operation-refused")
    assert bureau.verify().findings == []


def test_only_who_has_work_in_the_case_or_heads_its_department_acts_on_clocks(case: tuple[Bureau, int]) -> None:
    bureau, key = case
    command = StopClock(key, LIMIT, date(2026, 3, 2), "撤回")
    refused(bureau, command, STRANGER, "commands.not-concerned-with-case")
    refused(bureau, command, ADMIN, "commands.not-concerned-with-case")
    head = type(STRANGER)("head", "科长", "bgs", frozenset({"科室负责人@bgs"}))
    bureau.bus.execute(command, head)
    assert bureau.row(clock, root_key=key)["status"] == "stopped"


def test_a_new_calendar_moves_open_clocks_once_and_records_old_and_new(case: tuple[Bureau, int]) -> None:
    bureau, key = case
    closed = {"date": "2026-03-10", "off": True, "name": "暴雪停止办公", "kind": "override"}
    days = CALENDARS[2026]["days"]
    assert isinstance(days, list)
    year = {**CALENDARS[2026], "days": sorted([*days, closed], key=lambda day: str(day["date"]))}
    bureau.bus.execute(PublishCalendar((CALENDARS[2025], year, CALENDARS[2027]), "暴雪停止办公"), ADMIN)

    assert watch_clocks(bureau.bus) == 1
    assert due(bureau, key) == date(2026, 3, 17)
    record = changes(bureau, key)[0]
    assert (record["operation"], record["old_due"], record["new_due"]) == ("recompute", "2026-03-16", "2026-03-17")
    before = bureau.tables()
    assert watch_clocks(bureau.bus) == 0
    assert bureau.tables() == before
    assert bureau.verify().findings == []


def test_each_light_is_told_once_to_the_right_people(case: tuple[Bureau, int]) -> None:
    bureau, key = case
    with bureau.engine.begin() as connection:
        for name, group in (("clerk", "clerks"), ("head", "科室负责人@bgs"), ("chief", "分管负责人@bgs")):
            values = dict.fromkeys(column.name for column in user.columns)
            values |= {"id": name, "username": name, "name": name, "active": True, "failed_sign_ins": 0}
            values |= {"must_change_password": False, "kind": "internal", "created_at": bureau.clock.now()}
            connection.execute(user.insert(), values)
            connection.execute(membership.insert(), {"user_id": name, "group_name": group})

    told = []
    for _ in range(20):
        watch_clocks(bureau.bus)
        watch_clocks(bureau.bus)
        bureau.clock.advance(timedelta(days=1))
    for event in bureau.events(key):
        if event["type"] == "clock_light_reached":
            payload = json.loads(event["payload"])
            told.append((payload["light"], set(payload["recipients"])))

    assert told == [("amber", {"clerk"}), ("red", {"clerk", "head"}), ("overdue", {"clerk", "head", "chief"})]
    assert bureau.verify().findings == []


def test_the_timer_fires_at_the_date_that_the_suspension_moved(case: tuple[Bureau, int]) -> None:
    bureau, key = case
    bureau.bus.execute(SuspendClock(key, LIMIT, date(2026, 3, 4), "补正", "告知书"), CLERK)
    bureau.bus.execute(ResumeClock(key, LIMIT, date(2026, 3, 6), "材料"), CLERK)
    bureau.clock.advance(timedelta(days=16))
    assert fire_due_timers(bureau.bus) == 0
    bureau.clock.advance(timedelta(days=3))
    assert fire_due_timers(bureau.bus) == 1
    assert "urged" in bureau.open_tasks(key)


def test_a_diagram_says_itself_whom_a_light_concerns(bureau: Bureau) -> None:
    bureau.publish_calendar()
    bureau.deploy(clocked(clock__escalate__amber="督查岗@{department}"), limits_dmn=d.limits(t__answer=10))
    key = bureau.start()
    bureau.complete(key, "receive")
    bureau.clock.advance(timedelta(days=10))

    watch_clocks(bureau.bus)

    told = next(event for event in bureau.events(key) if event["type"] == "clock_light_reached")
    assert json.loads(told["payload"])["groups"] == ["督查岗@bgs", "clerks"]


def test_the_bureaus_own_target_turns_the_clock_amber_and_leaves_the_legal_date(bureau: Bureau) -> None:
    target = d.limits(t__answer=10).replace(b"internal_value: null", b"internal_value: 4")
    target = target.replace(b"internal_unit: null", b'internal_unit: "working_day"')
    bureau.publish_calendar()
    bureau.deploy(clocked(), limits_dmn=target)
    key = bureau.start()
    bureau.complete(key, "receive")

    row = bureau.row(clock, root_key=key)

    assert due(bureau, key) == DUE_OF_TEN
    assert (row["amber_at"] + timedelta(hours=8)).date() in (date(2026, 3, 6), date(2026, 3, 7))
    assert bureau.verify().findings == []


CASE_LIMITS = d.table(
    "time_limits",
    'if limit_id = "t.answer" then {name: "催办", kind: "case", amount: null, unit: null, direction: "duty", '
    'counting: "forward", roll: "next", seed_value: null, seed_unit: null, seed_text: "", seed_line: "1", '
    'law_value: null, law_unit: null, law_text: "", internal_value: null, internal_unit: null, mode: "stricter", '
    'max_extensions: null, extension_value: null, extension_unit: null, starts_from: "", basis: "L465", '
    "effective_from: null, effective_to: null, notes: null} else null",
    "limit_id",
    "starting_date",
)


@pytest.mark.parametrize(
    ("properties", "expected"),
    [
        ({"clock__start__due": "=date(zuihou)"}, date(2026, 3, 14)),
        ({"clock__start__amount": "=5", "clock__start__unit": "working_day"}, date(2026, 3, 9)),
        ({"clock__start__amount": "5"}, date(2026, 3, 9)),
    ],
)
def test_a_limit_set_case_by_case_starts_with_the_day_or_length_given(
    bureau: Bureau, properties: dict[str, str], expected: date
) -> None:
    bureau.publish_calendar()
    bureau.deploy(clocked(**properties), limits_dmn=CASE_LIMITS)
    key = bureau.start(variables={"zuihou": "2026-03-14"})

    bureau.complete(key, "receive")

    assert due(bureau, key) == expected
    assert bureau.verify().findings == []


def test_a_fixed_limit_takes_no_length_of_its_own(bureau: Bureau) -> None:
    bureau.publish_calendar()
    bureau.deploy(clocked(clock__start__amount="5"), limits_dmn=d.limits(t__answer=10))
    key = bureau.start()
    with pytest.raises(Exception, match="有固定期限"):
        bureau.complete(key, "receive")


def test_diagrams_see_due_dates_working_days_and_who_acts(bureau: Bureau) -> None:
    content = (
        d.el("startEvent", "start")
        + d.task("receive", clock__start=LIMIT)
        + d.el(
            "userTask",
            "look",
            zeebe='<zeebe:assignmentDefinition candidateGroups="clerks"/>'
            + d.io(
                ("output", '=string(clock due("t.answer"))', "zuihou"),
                ("output", '=string(add working days(clock due("t.answer"), -1))', "tiqian"),
                ("output", "=actor.name", "shei"),
                ("output", '=clock due("t.none") = null', "meiyou"),
            ),
        )
        + d.task("last")
        + d.chain("start", "receive", "look", "last")
    )
    bureau.publish_calendar()
    bureau.deploy(d.diagram(content), limits_dmn=d.limits(t__answer=10))
    key = bureau.start()
    bureau.complete(key, "receive")

    bureau.complete(key, "look")

    values = {row["name"]: row["value"] for row in bureau.rows(variable, root_key=key)}
    assert values["zuihou"] == "2026-03-16"
    assert values["tiqian"] == "2026-03-13"
    assert values["shei"] == CLERK.name
    assert values["meiyou"] is True
    assert bureau.verify().findings == []


def test_clocks_of_a_called_process_see_what_its_elements_see(bureau: Bureau) -> None:
    """The day stands in a variable that only the called process knows."""
    mapping = '<zeebe:ioMapping><zeebe:input source="=&quot;2026-02-27&quot;" target="received_on"/></zeebe:ioMapping>'
    caller = d.diagram(
        d.el("startEvent", "start")
        + d.el(
            "callActivity",
            "call",
            zeebe=f'<zeebe:calledElement processId="q" propagateAllChildVariables="false"/>{mapping}',
        )
        + d.el("endEvent", "end")
        + d.chain("start", "call", "end")
    )
    start = {"clock.start": LIMIT, "clock.start.date": "=received_on", "clock.start.if": "=received_on != null"}
    called = d.diagram(
        d.el("startEvent", "start")
        + d.task("receive", **start)
        + d.task("answer")
        + d.chain("start", "receive", "answer"),
        "q",
    )
    bureau.publish_calendar()
    bureau.deploy(caller, called, limits_dmn=d.limits(t__answer=10))
    key = bureau.start()

    bureau.complete(key, "receive")

    # 28 February 2026, a Saturday, is worked in place of a holiday: 28, 2 to 6, 9 to 12 March
    assert due(bureau, key) == date(2026, 3, 12)


def test_minutes_count_from_the_moment_that_the_element_states(bureau: Bureau) -> None:
    start = {"clock.start": "t.call", "clock.start.moment": '="2026-03-02T08:50"'}
    minutes = d.limits(t__call=10).replace(b"working_day", b"minute").replace(b'roll: "next"', b'roll: "none"')
    process = d.diagram(
        d.el("startEvent", "start") + d.task("receive", **start) + d.task("call") + d.chain("start", "receive", "call")
    )
    bureau.publish_calendar()
    bureau.deploy(process, limits_dmn=minutes)
    key = bureau.start()

    bureau.complete(key, "receive")

    assert bureau.row(clock, root_key=key)["due_at"] == datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
