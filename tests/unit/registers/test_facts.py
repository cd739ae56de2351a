"""What a register's expressions see of a case: its clocks as long as the case is kept."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from engine.commands.suspend_clock import SuspendClock
from engine.registers.evaluating import rows_of
from engine.registers.facts import facts_of
from engine.registers.reading import read_register
from engine.store.database import reading
from tests.unit.commands import diagrams as d
from tests.unit.commands.platforms import CLERK, Bureau
from tests.unit.people.staff import employ

LIMIT = "t.answer"
REGISTER = """id: answers
title: 答复台账
procedures: [p]
columns:
  - {id: due, label: 答复期限, value: 'clock("t.answer").due', type: date}
  - {id: status, label: 计时, value: 'clock("t.answer").status'}
"""


def cells_of(bureau: Bureau, key: int, text: str = REGISTER) -> dict[str, Any]:
    """Return the one row that a case has in a register."""
    register = read_register(text, "organisation/registers/answers.yaml")
    with reading(bureau.engine) as connection:
        facts = facts_of(connection, bureau.platform.sources.definitions, [key], register)
    (row,) = rows_of(register, facts[key], bureau.clock.now())
    return row


def day(text: str) -> dict[str, str]:
    return {"$feel": "date", "value": text}


@pytest.fixture
def clocked(bureau: Bureau) -> tuple[Bureau, int]:
    """Give a case whose clock of ten working days runs since Monday 2026-03-02."""
    bureau.publish_calendar()
    content = d.el("startEvent", "start") + d.task("receive", clock__start=LIMIT) + d.task("answer", clock__stop=LIMIT)
    content += d.task("file") + d.chain("start", "receive", "answer", "file")
    bureau.deploy(d.diagram(content, department="bgs"), limits_dmn=d.limits(t__answer=10))
    key = bureau.start()
    bureau.complete(key, "receive")
    return bureau, key


def test_the_last_day_of_a_clock_stays_when_it_has_stopped(clocked: tuple[Bureau, int]) -> None:
    bureau, key = clocked
    assert cells_of(bureau, key) == {"due": day("2026-03-16"), "status": "计时"}

    bureau.clock.advance(timedelta(days=3))
    bureau.complete(key, "answer")

    assert cells_of(bureau, key) == {"due": day("2026-03-16"), "status": "停止"}


def test_a_suspended_clock_has_no_last_day(clocked: tuple[Bureau, int]) -> None:
    bureau, key = clocked

    bureau.bus.execute(SuspendClock(key, LIMIT, date(2026, 3, 4), "征求第三方意见", "征求意见书1号"), CLERK)

    assert cells_of(bureau, key) == {"due": None, "status": "中止"}


NAMED = """id: answers
title: 督办台账
procedures: [p]
columns:
  - {id: lead, label: 牵头科室, value: 'get value(departments, lead_department)'}
  - {id: others, label: 配合科室, value: 'string join(for each in others return get value(departments, each), "、")'}
"""


def test_departments_are_shown_by_their_names(bureau: Bureau) -> None:
    employ(bureau)
    bureau.deploy(d.one_task())
    key = bureau.start(variables={"lead_department": "kjk", "others": ["bgs", "kjk"]})

    assert cells_of(bureau, key, NAMED) == {"lead": "科技科", "others": "办公室、科技科"}


def test_a_department_that_is_not_there_leaves_the_cell_empty(bureau: Bureau) -> None:
    employ(bureau)
    bureau.deploy(d.one_task())

    assert cells_of(bureau, bureau.start(variables={"lead_department": "nowhere"}), NAMED)["lead"] is None
    assert cells_of(bureau, bureau.start(), NAMED)["lead"] is None
