"""Idempotency keys: a repeated command answers the same and does nothing twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from engine.commands.complete_user_task import CompleteUserTask
from engine.commands.correct_clock_start import CorrectClockStart
from engine.commands.drop_old_requests import KEPT
from engine.commands.errors import CommandUnknown, IdempotencyKeyReused
from engine.commands.extend_clock import ExtendClock
from engine.commands.requests import fingerprint
from engine.commands.restart_clock import RestartClock
from engine.commands.resume_clock import ResumeClock
from engine.commands.start_process_instance import StartProcessInstance
from engine.commands.stop_clock import StopClock
from engine.commands.suspend_clock import SuspendClock
from engine.errors import BanjieError
from engine.jobs.orphans import drop_old_requests
from engine.store.tables.general import request_key
from engine.store.tables.history import history_event
from engine.store.tables.runtime import process_instance
from tests.unit.commands import diagrams as d
from tests.unit.commands.platforms import CLERK, COLLEAGUE, STRANGER, Bureau, together


def test_a_repeated_command_is_given_the_first_answer_and_changes_nothing(bureau: Bureau) -> None:
    bureau.deploy(d.one_task())
    command = StartProcessInstance("p", variables={"b": [1, {"c": "丙"}], "a": None})
    first = bureau.bus.execute(command, CLERK, idempotency_key="k1")
    before = bureau.tables()

    again = bureau.bus.execute(command, CLERK, idempotency_key="k1")

    assert again == first
    assert bureau.tables() == before


def test_the_first_answer_is_given_even_when_the_command_would_be_refused_by_now(bureau: Bureau) -> None:
    bureau.deploy(d.one_task())
    key = bureau.open_tasks(bureau.start())["work"]
    first = bureau.bus.execute(CompleteUserTask(key, {"x": 1}), CLERK, idempotency_key="k1")

    assert bureau.bus.execute(CompleteUserTask(key, {"x": 1}), CLERK, idempotency_key="k1") == first


def test_another_command_with_the_same_key_is_refused(bureau: Bureau) -> None:
    bureau.deploy(d.one_task())
    bureau.bus.execute(StartProcessInstance("p"), CLERK, idempotency_key="k1")
    before = bureau.tables()

    with pytest.raises(IdempotencyKeyReused) as caught:
        bureau.bus.execute(StartProcessInstance("p", variables={"a": 1}), CLERK, idempotency_key="k1")

    assert caught.value.code == "commands.idempotency-key-reused"
    assert bureau.tables() == before


def test_each_person_has_keys_of_their_own(bureau: Bureau) -> None:
    bureau.deploy(d.one_task())

    one = bureau.bus.execute(StartProcessInstance("p"), CLERK, idempotency_key="k1")
    other = bureau.bus.execute(StartProcessInstance("p"), COLLEAGUE, idempotency_key="k1")

    assert one["process_instance_key"] != other["process_instance_key"]


def test_a_refused_command_leaves_its_key_free(bureau: Bureau) -> None:
    bureau.deploy(d.one_task())
    key = bureau.open_tasks(bureau.start())["work"]
    with pytest.raises(BanjieError):
        bureau.bus.execute(CompleteUserTask(key), STRANGER, idempotency_key="k1")

    assert bureau.rows(request_key) == []
    assert bureau.bus.execute(CompleteUserTask(key), CLERK, idempotency_key="k1")["case_ended"]


def test_of_many_repeats_at_once_one_does_it_and_all_get_its_answer(bureau: Bureau) -> None:
    bureau.deploy(d.one_task())
    command = StartProcessInstance("p", variables={"n": 1})

    answers = together(*[lambda: bureau.bus.execute(command, CLERK, idempotency_key="k1")] * 8)

    assert answers == [answers[0]] * 8
    assert isinstance(answers[0], dict)
    assert len(bureau.rows(process_instance)) == 1
    assert len(bureau.rows(history_event, type="process_instance_started")) == 1


def test_a_command_nobody_handles_is_a_mistake_of_the_program(small_bureau: Bureau) -> None:
    @dataclass(frozen=True)
    class Unheard:
        pass

    with pytest.raises(CommandUnknown):
        small_bureau.bus.execute(Unheard(), CLERK)


DAYS = (date(2026, 11, 23), date(2026, 11, 24))


@pytest.mark.parametrize(
    "commands",
    [
        [SuspendClock(1, "limit", day, "ground", "paper") for day in DAYS],
        [ResumeClock(1, "limit", day, "paper") for day in DAYS],
        [ExtendClock(1, "limit", 5, "working_day", day, "approver", "paper") for day in DAYS],
        [RestartClock(1, "limit", day, "ground", "evidence") for day in DAYS],
        [StopClock(1, "limit", day, "reason") for day in DAYS],
        [CorrectClockStart(1, "limit", day, "evidence", "reason") for day in DAYS],
    ],
    ids=lambda commands: type(commands[0]).__name__,
)
def test_commands_that_carry_a_day_are_told_apart_by_it(commands: list[object]) -> None:
    first, other = (fingerprint(command) for command in commands)

    assert first != other
    assert first == fingerprint(commands[0])


def test_keys_of_long_ago_are_forgotten_and_younger_ones_are_not(bureau: Bureau) -> None:
    bureau.deploy(d.one_task())
    for number in range(3):
        bureau.bus.execute(StartProcessInstance("p"), CLERK, idempotency_key=f"old {number}")
        bureau.clock.advance(timedelta(hours=20))
    bureau.clock.advance(KEPT - timedelta(hours=40))
    bureau.bus.execute(StartProcessInstance("p"), CLERK, idempotency_key="young")

    assert drop_old_requests(bureau.bus) == 2

    assert {row["idempotency_key"] for row in bureau.rows(request_key)} == {"old 2", "young"}
    assert drop_old_requests(bureau.bus) == 0
