"""One case, several people at once: nothing is lost and nothing happens twice."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select

from engine.commands.complete_user_task import CompleteUserTask
from engine.store.database import reading
from engine.store.tables.history import history_event
from engine.store.tables.runtime import case_lock, element_instance, process_instance, user_task
from tests.unit.commands import diagrams as d
from tests.unit.commands.platforms import CLERK, COLLEAGUE, Bureau

INSTANCES = 200


@pytest.mark.slow
def test_two_parallel_tasks_completed_at_once_fire_the_join_once_in_every_case(bureau: Bureau) -> None:
    bureau.deploy(d.parallel())
    cases = [bureau.open_tasks(bureau.start()) for _ in range(INSTANCES)]
    barrier = Barrier(2)

    def complete(element_id: str, actor: object) -> None:
        for tasks in cases:
            barrier.wait(timeout=60)
            bureau.bus.execute(CompleteUserTask(tasks[element_id]), actor)  # type: ignore[arg-type]

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(complete, "left", CLERK), pool.submit(complete, "right", COLLEAGUE)]:
            done.result(timeout=300)

    with reading(bureau.engine) as connection:
        query = select(user_task.c.root_key, func.count()).where(user_task.c.element_id == "after")
        after = connection.execute(query.group_by(user_task.c.root_key)).all()
        joins = select(element_instance.c.root_key, func.count()).where(element_instance.c.element_id == "join")
        joined = connection.execute(joins.group_by(element_instance.c.root_key)).all()
    assert [count for _, count in after] == [1] * INSTANCES
    assert [count for _, count in joined] == [1] * INSTANCES
    assert bureau.verify().findings == []


def test_a_revision_is_a_command_that_did_something(bureau: Bureau) -> None:
    bureau.deploy(d.parallel())
    root = bureau.start()
    for element_id in ("left", "right", "after"):
        bureau.complete(root, element_id)

    commands = {row["command_seq"] for row in bureau.rows(history_event, root_key=root)}
    assert bureau.row(case_lock, root_key=root)["revision"] == len(commands) == 4
    assert bureau.row(process_instance, key=root)["state"] == "COMPLETED"


def test_many_people_start_cases_at_once_and_no_key_is_given_twice(bureau: Bureau) -> None:
    bureau.deploy(d.one_task())

    with ThreadPoolExecutor(6) as pool:
        roots = list(pool.map(lambda _: bureau.start(), range(60)))

    assert len(set(roots)) == 60
    assert len(bureau.rows(process_instance)) == 60
    assert bureau.verify().findings == []
