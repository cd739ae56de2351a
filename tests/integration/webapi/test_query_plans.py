"""Lists are served by indexes: no question that people ask often reads a whole table."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from sqlalchemy import event

from tests.integration.webapi.conftest import Person
from webapi.services import services_of

GROWING = ("ru_user_task", "ru_process_instance", "ru_element_instance", "ru_clock", "ru_variable", "hi_event")
"""Tables that grow with every case."""


@pytest.fixture
def plans(app: Flask) -> Iterator[Callable[[], list[str]]]:
    """Return a function that gives the steps by which SQLite answers what was asked since."""
    engine = services_of(app).platform.engine
    asked: list[tuple[str, object]] = []

    def note(connection: object, cursor: object, statement: str, parameters: object, *rest: object) -> None:
        if statement.startswith("SELECT"):
            asked.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", note)

    def explain() -> list[str]:
        questions = list(asked)
        with engine.connect() as connection:
            rows = [
                row
                for statement, parameters in questions
                for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)  # type: ignore[arg-type]
            ]
        assert questions
        return [str(row[-1]) for row in rows]

    yield explain
    event.remove(engine, "before_cursor_execute", note)


@pytest.mark.parametrize(
    "path",
    [
        "/counts",
        "/user-tasks",
        "/user-tasks?tab=done",
        "/process-instances",
        "/process-instances?tab=all",
        "/process-instances?tab=all&state=ACTIVE",
        "/process-instances/{case}",
        "/process-instances/{case}/replay",
        "/process-instances/{case}/record",
        "/process-instances/{case}/history",
        "/process-instances/{case}/variables",
        "/user-tasks/{task}",
    ],
)
@pytest.mark.parametrize("name", ["ding", "shen"])
def test_no_table_that_grows_is_read_as_a_whole(
    person: Callable[[str], Person], plans: Callable[[], list[str]], path: str, name: str
) -> None:
    # given
    case = person("jia").start(shi="采购")
    somebody, task = person(name), person("yi").task("审批")
    plans_before = len(plans())

    # when
    response = somebody.client.get("/api" + path.format(case=case, task=task))

    # then
    assert response.status_code == 200
    scans = [
        step
        for step in plans()[plans_before:]
        if step.startswith("SCAN") and any(f" {table}" in step for table in GROWING) and "INDEX" not in step
    ]
    assert scans == []
