"""Timers in every form of ISO 8601: read, legal but not read, or no time at all."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from engine.definitions.iso8601 import Interval, interval, is_legal, is_read, moment, repetition
from engine.definitions.model import TimerKind
from engine.definitions.problems import Kind
from tests.unit.definitions.files import around, chain, codes, process

TAGS = {TimerKind.DATE: "timeDate", TimerKind.DURATION: "timeDuration", TimerKind.CYCLE: "timeCycle"}
DATE, DURATION, CYCLE = TAGS

READ = [
    (DATE, "2026-01-05T10:00:00Z"),
    (DATE, "2026-01-05T10:00:00+08:00"),
    (DATE, "2026-01-05T10:00+08:00[Asia/Shanghai]"),
    (DATE, "2026-01-05T10:00:00.123Z"),
    (DATE, "20260105T100000Z"),
    (DATE, "2026-01-05"),
    (DURATION, "P1Y2M3DT4H5M6S"),
    (DURATION, "P2W"),
    (DURATION, "PT0.5H"),
    (DURATION, "PT1M1,5S"),
    (CYCLE, "R3/PT1H"),
    (CYCLE, "R/P1D"),
    (CYCLE, "R-1/P1D"),
    (CYCLE, "R2/2026-01-05T10:00:00Z/PT1H"),
    (CYCLE, "R2/PT1H/2026-01-05T10:00:00Z"),
    (CYCLE, "R2/2026-01-05T10:00:00Z/2026-01-05T11:00:00Z"),
]
LEGAL = [
    (DATE, "2026-01-05T24:00:00Z"),
    (DATE, "2026-001"),
    (DURATION, "P0001-00-04T05:06:00"),
    (DURATION, "P1.5Y"),
    (DURATION, "2026-01-05T10:00:00Z/PT1H"),
    (CYCLE, "R0/PT1H"),
    (CYCLE, "R3/P0.5M"),
]
WRONG = [
    (DATE, "2026-13-45T99:00:00Z"),
    (DATE, "2026-02-30"),
    (DATE, "tomorrow"),
    (DATE, "05/01/2026"),
    (DATE, "PT1H"),
    (DURATION, "P"),
    (DURATION, "PT"),
    (DURATION, "P1DT"),
    (DURATION, "P1H"),
    (DURATION, "PT1S1H"),
    (DURATION, "PT1.5H3M"),
    (DURATION, "1 hour"),
    (DURATION, "2026-01-05"),
    (DURATION, "a/b"),
    (CYCLE, "R3"),
    (CYCLE, "R/"),
    (CYCLE, "R3/garbage"),
    (CYCLE, "R3/PT1H/PT2H"),
    (CYCLE, "R3/2026-13-01T00:00:00Z/PT1H"),
    (CYCLE, "Rx/PT1H"),
    (CYCLE, "PT1H"),
    (CYCLE, "every day of the week"),
]


def timer_file(kind: TimerKind, text: str) -> bytes:
    tag = TAGS[kind]
    time = f"<bpmn:timerEventDefinition><bpmn:{tag}>{text}</bpmn:{tag}></bpmn:timerEventDefinition>"
    return around(f'<bpmn:intermediateCatchEvent id="x">{time}</bpmn:intermediateCatchEvent>')


@pytest.mark.parametrize(("kind", "text"), READ)
def test_what_is_read_is_deployed(kind: TimerKind, text: str) -> None:
    assert is_read(kind, text)
    assert is_legal(kind, text)
    assert codes(timer_file(kind, text)) == set()


@pytest.mark.parametrize(("kind", "text"), LEGAL)
def test_what_is_legal_but_not_read_is_unsupported_and_not_invalid(kind: TimerKind, text: str) -> None:
    assert not is_read(kind, text)
    assert codes(timer_file(kind, text), Kind.UNSUPPORTED) == {"bpmn.timer-form-unsupported"}
    assert codes(timer_file(kind, text), Kind.INVALID) == set()


@pytest.mark.parametrize(("kind", "text"), WRONG)
def test_what_is_no_time_is_invalid(kind: TimerKind, text: str) -> None:
    assert codes(timer_file(kind, text), Kind.INVALID, Kind.UNSUPPORTED) == {"bpmn.timer-format"}


@pytest.mark.parametrize("text", ["0 0/5 * * * ?", "0 0 9-17 * * MON-FRI", "*/5 * * * *", "@daily"])
def test_cron_is_unsupported(text: str) -> None:
    assert codes(timer_file(CYCLE, text), Kind.INVALID, Kind.UNSUPPORTED) == {"bpmn.timer-cron-unsupported"}


def test_an_expression_of_another_language_is_unsupported_and_not_invalid() -> None:
    tag = b'<bpmn:timeDuration xsi:type="bpmn:tFormalExpression" language="javascript">'
    stated = timer_file(DURATION, "wait").replace(b"<bpmn:timeDuration>", tag)
    for xml in (timer_file(DURATION, "timedelta(hours=1)"), stated):
        assert codes(xml, Kind.INVALID, Kind.UNSUPPORTED) == {"bpmn.expression-foreign"}


def test_times_outside_executable_processes_are_not_held_to_the_form() -> None:
    content = '<bpmn:startEvent id="start"/><bpmn:endEvent id="end"/>'
    wait = "<bpmn:timerEventDefinition><bpmn:timeDate>someday</bpmn:timeDate></bpmn:timerEventDefinition>"
    content += f'<bpmn:intermediateCatchEvent id="x">{wait}</bpmn:intermediateCatchEvent>' + chain("start", "x", "end")
    assert codes(process(content, executable="false"), Kind.INVALID) == set()


def test_what_they_mean() -> None:
    ten = datetime(2026, 1, 5, 10, tzinfo=UTC)
    assert moment("20260105T100000Z") == ten
    assert interval("P1Y2M1WT1,5S") == Interval(14, timedelta(weeks=1, seconds=1.5))
    found = repetition("R2/2026-01-05T10:00:00Z/2026-01-05T11:00:00Z")
    assert (found.times, found.first, interval(found.every)) == (2, ten, Interval(0, timedelta(hours=1)))
    assert repetition("R/PT1H").first is None
