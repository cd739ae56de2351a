"""Two hundred people sign at once, some in vain: no number is missing and none is given twice."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from engine.commands.complete_user_task import CompleteUserTask
from engine.commands.number_registers import ReserveNumbers
from engine.errors import BanjieError
from engine.store.database import reading
from engine.store.tables.issuing import issued_number, number_reservation
from engine.store.tables.runtime import variable
from tests.unit.commands.issuing.office import KEEPER, furnish, signing
from tests.unit.commands.platforms import CLERK, Bureau

SIGNINGS = 200
THREADS = 8
REFUSED_EVERY = 7
"""Every so many-th signature is refused after its number was given, and rolled back."""


@pytest.mark.slow
def test_two_hundred_signatures_at_once_leave_no_gap_and_double_nothing(bureau: Bureau) -> None:
    furnish(bureau).deploy(signing(clock__suspend="unknown", clock__suspend__if="=spoilt = true"))
    cases = []
    for number in range(SIGNINGS + SIGNINGS // REFUSED_EVERY):
        root = bureau.start(variables={"spoilt": number % REFUSED_EVERY == REFUSED_EVERY - 1})
        bureau.complete(root, "draft")
        cases.append(bureau.open_tasks(root)["sign"])

    def sign(task: int) -> str:
        try:
            bureau.bus.execute(CompleteUserTask(task, {}), CLERK)
        except BanjieError as error:
            return error.code
        return "signed"

    def set_aside(_: int) -> str:
        bureau.bus.execute(ReserveNumbers("fa", 1, "留用"), KEEPER)
        return "reserved"

    with ThreadPoolExecutor(THREADS) as pool:
        works = [pool.submit(sign, task) for task in cases]
        works += [pool.submit(set_aside, each) for each in range(10)]
        outcomes = [work.result(timeout=300) for work in works]

    done = outcomes.count("signed")
    assert outcomes.count("deadlines.clock-operation-refused") == len(cases) - done > 0
    assert done >= SIGNINGS - REFUSED_EVERY
    given = sorted(row["number"] for row in bureau.rows(issued_number))
    aside = sorted(row["number"] for row in bureau.rows(number_reservation))
    assert sorted([*given, *aside]) == list(range(1, done + 10 + 1))
    with reading(bureau.engine) as connection:
        query = select(variable.c.value).where(variable.c.name == "document_number")
        texts = list(connection.execute(query).scalars())
    assert sorted(texts) == sorted(f"威工信发〔2026〕{number}号" for number in given)
    assert bureau.verify().findings == []
