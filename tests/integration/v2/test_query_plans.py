"""Searches are served by indexes: what is asked often reads no whole table, however large it has grown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from tests.integration.v2.conftest import Caller
from webapi.services import services_of

GROWING = (
    "ru_user_task",
    "ru_process_instance",
    "ru_element_instance",
    "ru_variable",
    "ru_job",
    "ru_incident",
    "hi_event",
)
"""Tables that grow with every case."""


@pytest.fixture
def plans(app: Flask) -> Iterator[Callable[[], list[str]]]:
    """Return a function that gives the steps by which SQLite answers what was asked since."""
    engine = services_of(app).platform.engine
    asked: list[tuple[str, Any]] = []

    def note(connection: object, cursor: object, statement: str, parameters: object, *rest: object) -> None:
        if statement.startswith("SELECT"):
            asked.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", note)

    def explain() -> list[str]:
        questions = list(asked)
        assert questions
        with engine.connect() as connection:
            return [
                str(row[-1])
                for statement, parameters in questions
                for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            ]

    yield explain
    event.remove(engine, "before_cursor_execute", note)


ASKED: list[tuple[str, dict[str, Any]]] = [
    ("/user-tasks/search", {"filter": {"state": "CREATED"}}),
    ("/user-tasks/search", {"filter": {"state": "CREATED", "assignee": "clerk"}}),
    ("/user-tasks/search", {"filter": {"processInstanceKey": "{case}"}}),
    ("/process-instances/search", {"filter": {"processDefinitionId": "two-tasks", "state": "ACTIVE"}}),
    ("/process-instances/search", {"filter": {"processDefinitionKey": "{definition}"}}),
    ("/process-instances/search", {"filter": {"state": "ACTIVE"}, "sort": [{"field": "startDate"}]}),
    ("/process-instances/search", {"filter": {"businessId": "x"}}),
    ("/process-instances/search", {"filter": {"parentProcessInstanceKey": "{case}"}}),
    ("/element-instances/search", {"filter": {"processInstanceKey": "{case}"}}),
    ("/variables/search", {"filter": {"processInstanceKey": "{case}"}}),
    ("/variables/search", {"filter": {"scopeKey": "{case}"}}),
    ("/variables/search", {"filter": {"variableKey": "{case}"}}),
    ("/jobs/search", {"filter": {"type": "serve"}}),
    ("/jobs/search", {"filter": {"processInstanceKey": "{case}"}}),
    ("/incidents/search", {"filter": {"state": "ACTIVE"}}),
    ("/incidents/search", {"filter": {"processInstanceKey": "{case}"}}),
    ("/process-instances/{case}/incidents/search", {}),
    ("/user-tasks/{task}/variables/search", {}),
]


@pytest.mark.parametrize("who", ["boss", "clerk", "auditor"])
def test_no_search_reads_a_whole_table(
    boss: Caller, caller: Callable[[str], Caller], plans: Callable[[], list[str]], who: str
) -> None:
    case = boss.start("two-tasks")
    keys = {
        "case": case,
        "task": boss.only("/user-tasks", processInstanceKey=case)["userTaskKey"],
        "definition": boss.only("/process-definitions", processDefinitionId="two-tasks")["processDefinitionKey"],
    }
    asking = caller(who)
    for path, body in ASKED:
        filters = {name: str(value).format(**keys) for name, value in body.get("filter", {}).items()}
        response = asking.post(path.format(**keys), {**body, "filter": filters})
        assert response.status_code == 200, response.text
    scans = [step for step in plans() if step.startswith("SCAN") and any(name in step for name in GROWING)]
    assert [step for step in scans if "INDEX" not in step] == []
