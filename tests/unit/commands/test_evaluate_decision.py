"""EvaluateDecision: a decision asked outside any case is kept like one asked inside."""

from __future__ import annotations

from sqlalchemy import update

from engine.commands.actor import Actor
from engine.commands.evaluate_decision import EvaluateDecision
from engine.commands.jobs import WORKERS
from engine.history.event import BUREAU_LOG
from engine.store.database import writing
from engine.store.tables.history import history_event
from engine.store.tables.runtime import decision_instance
from tests.unit.commands import diagrams as d
from tests.unit.commands.platforms import ADMIN, CLERK, Bureau, refused

SYSTEM = Actor("system", "外部系统", None, frozenset({WORKERS}))


def test_the_value_is_answered_and_kept(bureau: Bureau) -> None:
    key = bureau.deploy(tier_dmn=d.table("tier", "amount * 2", "amount"))["deployed"][0]["key"]

    answer = bureau.bus.execute(EvaluateDecision("tier", variables={"amount": 21}), SYSTEM)

    assert answer["evaluation"]["value"] == 42
    row = bureau.row(decision_instance)
    assert (row["key"], row["number"], row["root_key"]) == (answer["key"], 1, BUREAU_LOG)
    assert (row["root_decision_key"], row["decision_id"], row["result"]) == (key, "tier", 42)
    assert row["actor_id"] == "system"
    assert bureau.row(history_event, type="standalone_decision_evaluated")["root_key"] == BUREAU_LOG
    assert bureau.verify().findings == []


def test_a_version_is_asked_by_its_key(bureau: Bureau) -> None:
    older = bureau.deploy(tier_dmn=d.table("tier", "1"))["deployed"][0]["key"]
    bureau.deploy(tier_dmn=d.table("tier", "2"))

    assert bureau.bus.execute(EvaluateDecision("tier"), ADMIN)["evaluation"]["value"] == 2
    assert bureau.bus.execute(EvaluateDecision(decision_key=older), ADMIN)["evaluation"]["value"] == 1


def test_the_same_request_twice_is_evaluated_once(bureau: Bureau) -> None:
    bureau.deploy(tier_dmn=d.table("tier", "1"))

    first = bureau.bus.execute(EvaluateDecision("tier"), ADMIN, idempotency_key="k")
    again = bureau.bus.execute(EvaluateDecision("tier"), ADMIN, idempotency_key="k")

    assert first == again
    assert len(bureau.rows(decision_instance)) == 1


def test_what_is_not_deployed_or_not_allowed_is_refused(bureau: Bureau) -> None:
    bureau.deploy(tier_dmn=d.table("tier", "1"))

    refused(bureau, EvaluateDecision("tier"), CLERK, "commands.worker-only")
    refused(bureau, EvaluateDecision("other"), ADMIN, "definitions.decision-unknown")
    refused(bureau, EvaluateDecision(decision_key=999), ADMIN, "definitions.decision-unknown")


def test_an_answer_that_was_changed_afterwards_is_found(bureau: Bureau) -> None:
    bureau.deploy(tier_dmn=d.table("tier", "1"))
    bureau.bus.execute(EvaluateDecision("tier"), ADMIN)

    with writing(bureau.engine) as connection:
        connection.execute(update(decision_instance).values(result=2))

    assert [finding.root_key for finding in bureau.verify().findings] == [BUREAU_LOG]
