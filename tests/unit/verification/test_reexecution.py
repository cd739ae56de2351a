"""Verification executes recorded commands again; what a newer engine answers differently is no proof of tampering."""

from __future__ import annotations

import json
from threading import Event, Thread
from typing import Any

import pytest
from sqlalchemy import update

from engine.commands.complete_user_task import CompleteUserTask
from engine.execution import Machine
from engine.store.database import reading
from engine.store.tables.history import history_event
from engine.verification import Severity, verify
from tests.unit.commands import diagrams as d
from tests.unit.commands.platforms import CLERK, Bureau
from tests.unit.verification import tampering
from tests.unit.verification.cases import rich_case


def test_what_another_version_of_the_engine_recorded_and_this_one_answers_differently_differs(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = rich_case(bureau)

    monkeypatch.setattr("engine.verification.reexecution.__version__", "99.0.0")
    original = Machine.user_task_completed

    def differently(self: Machine, key: int, variables: Any) -> None:
        original(self, key, {**variables, "invented": True})

    monkeypatch.setattr(Machine, "user_task_completed", differently)
    result = bureau.verify(root)

    assert result.passed
    assert {finding.severity for finding in result.findings} == {Severity.DIFFERS}
    assert "99.0.0" in result.findings[0].message


def test_the_same_version_answering_differently_is_tampering(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    root = rich_case(bureau)
    original = Machine.user_task_completed

    def differently(self: Machine, key: int, variables: Any) -> None:
        original(self, key, {**variables, "invented": True})

    monkeypatch.setattr(Machine, "user_task_completed", differently)

    assert not bureau.verify(root).passed


def test_another_version_that_answers_the_same_leaves_nothing_to_say(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = rich_case(bureau)

    monkeypatch.setattr("engine.verification.reexecution.__version__", "99.0.0")

    assert bureau.verify(root).findings == []


def test_reexecution_asks_for_nothing_that_was_not_recorded(small_bureau: Bureau) -> None:
    """New versions of everything the case read are deployed since; it still follows from what it read then."""
    root = rich_case(small_bureau)
    small_bureau.publish_calendar(2025, 2026)
    small_bureau.deploy(d.one_task("called"), limits_dmn=d.limits(t__answer=1))

    assert small_bureau.verify(root).findings == []


def test_a_fact_that_is_left_over_or_missing_is_found(small_bureau: Bureau) -> None:
    root = rich_case(small_bureau)
    with_facts = [row for row in small_bureau.events(root) if "facts" in json.loads(row["payload"])]
    assert with_facts

    for row in with_facts:
        for tamper in (lambda facts: facts[:-1], lambda facts: [*facts, ["process", [], {"answer": 1}]]):
            payload = json.loads(row["payload"])
            payload["facts"] = tamper(payload["facts"])
            with small_bureau.engine.connect() as connection:
                transaction = connection.begin()
                tampering.without_triggers(connection)
                this = tampering.this(history_event, row)
                connection.execute(update(history_event).where(*this).values(payload=json.dumps(payload)))
                tampering.chain_again(connection, root)
                findings = verify(connection, small_bureau.platform.sources, []).findings
                transaction.rollback()
            assert findings


def test_a_platform_at_work_can_be_verified(bureau: Bureau) -> None:
    """Cases go on between any two statements of the verification; it sees one moment of all of them."""
    bureau.deploy(d.parallel())
    roots = [bureau.start() for _ in range(6)]
    enough = Event()

    def work() -> None:
        while not enough.is_set():
            root = bureau.start()
            for element_id in ("left", "right", "after"):
                bureau.bus.execute(CompleteUserTask(bureau.open_tasks(root)[element_id]), CLERK)

    worker = Thread(target=work)
    worker.start()
    try:
        findings = []
        for _ in range(5):
            with reading(bureau.engine) as connection:
                findings += verify(connection, bureau.platform.sources, []).findings
    finally:
        enough.set()
        worker.join(timeout=60)

    assert findings == []
    assert bureau.verify(*roots).cases == 6
