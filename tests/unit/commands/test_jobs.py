"""Jobs for workers: handed out under a lease, reported done, failed or in error, tried again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from engine.commands.activate_jobs import ActivateJobs
from engine.commands.actor import Actor
from engine.commands.complete_job import CompleteJob
from engine.commands.errors import JobNotOpen
from engine.commands.fail_job import FailJob
from engine.commands.jobs import WORKERS
from engine.commands.resolve_incident import ResolveIncident
from engine.commands.suspend_process_instance import SuspendProcessInstance
from engine.commands.throw_job_error import ThrowJobError
from engine.commands.update_job import UpdateJob
from engine.store.tables.runtime import job, variable
from tests.unit.commands import diagrams as d
from tests.unit.commands.platforms import ADMIN, CLERK, Bureau, refused, together
from tests.unit.execution.diagrams import service

WORKER = Actor("worker", "外部系统", None, frozenset({WORKERS}))


def deploy(bureau: Bureau) -> None:
    content = (
        d.el("startEvent", "s")
        + service("ask")
        + d.boundary("ask", "no", "error")
        + d.task("done")
        + d.task("denied")
        + d.chain("s", "ask", "done")
        + d.chain("no", "denied")
    )
    bureau.deploy(d.diagram(content))


def waiting(bureau: Bureau, **variables: Any) -> tuple[int, int]:
    deploy(bureau)
    root = bureau.start(variables=variables)
    return root, bureau.row(job, root_key=root)["key"]


def lease(bureau: Bureau, maximum: int = 10, timeout: int = 60_000, **more: Any) -> list[dict[str, Any]]:
    answer = bureau.bus.execute(ActivateJobs("work", "w1", maximum, timeout, **more), WORKER)
    return list(answer["jobs"])


def test_a_job_is_handed_out_with_what_its_element_sees(bureau: Bureau) -> None:
    root, key = waiting(bureau, amount=5, secret="x")

    (found,) = lease(bureau, fetch=["amount"])

    assert (found["key"], found["type"], found["element_id"], found["fence"]) == (key, "work", "ask", 1)
    assert (found["process_instance_key"], found["process_id"], found["version"]) == (root, "p", 1)
    assert found["variables"] == {"amount": 5}
    assert found["deadline"] == int((bureau.clock.now() + timedelta(minutes=1)).timestamp() * 1000)
    assert bureau.verify().findings == []


def test_a_job_on_lease_is_nobody_elses_until_the_lease_is_over(bureau: Bureau) -> None:
    waiting(bureau)
    (first,) = lease(bureau)
    assert lease(bureau) == []

    bureau.clock.advance(timedelta(minutes=1))
    (second,) = lease(bureau)

    assert second["fence"] == first["fence"] + 1
    refused(bureau, CompleteJob(first["key"], {}, first["fence"]), WORKER, "commands.job-taken")
    assert bureau.bus.execute(CompleteJob(second["key"], {}, second["fence"]), WORKER)["key"] == second["key"]


def test_workers_asking_at_once_get_different_jobs(bureau: Bureau) -> None:
    deploy(bureau)
    for _ in range(12):
        bureau.start()

    answers = together(*[lambda: lease(bureau, 3)] * 4)

    keys = [found["key"] for answer in answers for found in answer]
    assert len(keys) == len(set(keys))
    keys += [found["key"] for found in lease(bureau, 100)]
    assert sorted(keys) == sorted(row["key"] for row in bureau.rows(job))


def test_a_completed_job_lets_the_case_go_on_with_its_result(bureau: Bureau) -> None:
    root, key = waiting(bureau)

    bureau.bus.execute(CompleteJob(key, {"answer": 42}), WORKER)

    assert list(bureau.open_tasks(root)) == ["done"]
    assert bureau.row(variable, scope_key=root, name="answer")["value"] == 42
    assert bureau.row(job, key=key)["status"] == "done"
    assert bureau.verify().findings == []


def test_of_two_reporting_at_once_one_is_heard(bureau: Bureau) -> None:
    root, key = waiting(bureau)

    answers = together(*[lambda: bureau.bus.execute(CompleteJob(key), WORKER)] * 2)

    assert sorted(type(answer).__name__ for answer in answers) == [JobNotOpen.__name__, "dict"]
    assert list(bureau.open_tasks(root)) == ["done"]


def test_a_failed_job_is_offered_again_after_its_pause(bureau: Bureau) -> None:
    _, key = waiting(bureau)
    lease(bureau)

    bureau.bus.execute(FailJob(key, 2, "没有应答", 30_000), WORKER)

    row = bureau.row(job, key=key)
    assert (row["status"], row["retries"], row["last_error"]) == ("ready", 2, "没有应答")
    assert lease(bureau) == []
    bureau.clock.advance(timedelta(seconds=30))
    assert len(lease(bureau)) == 1
    assert bureau.verify().findings == []


def test_a_job_that_failed_for_good_waits_for_somebody_to_resolve_its_incident(bureau: Bureau) -> None:
    root, key = waiting(bureau)
    bureau.bus.execute(FailJob(key, 0, "没有应答"), WORKER)
    (found,) = bureau.incidents(root)
    assert (found["error_type"], found["job_key"]) == ("JOB_NO_RETRIES", key)
    assert lease(bureau) == []

    bureau.bus.execute(UpdateJob(key, retries=3), ADMIN)
    bureau.bus.execute(ResolveIncident(found["key"]), ADMIN)

    assert bureau.incidents(root) == []
    assert [found["retries"] for found in lease(bureau)] == [3]
    bureau.bus.execute(CompleteJob(key), WORKER)
    assert list(bureau.open_tasks(root)) == ["done"]
    assert bureau.verify().findings == []


def test_an_error_goes_to_what_catches_it_and_is_an_incident_where_nothing_does(bureau: Bureau) -> None:
    root, key = waiting(bureau)
    bureau.bus.execute(ThrowJobError(key, "E1", "拒绝", {"why": "x"}), WORKER)
    assert list(bureau.open_tasks(root)) == ["denied"]

    other = bureau.start()
    bureau.bus.execute(ThrowJobError(bureau.row(job, root_key=other)["key"], "E9", "不认识"), WORKER)
    assert [found["error_type"] for found in bureau.incidents(other)] == ["UNHANDLED_ERROR_EVENT"]
    assert bureau.verify().findings == []


def test_a_longer_lease_is_kept(bureau: Bureau) -> None:
    _, key = waiting(bureau)
    lease(bureau)
    bureau.clock.advance(timedelta(seconds=50))

    bureau.bus.execute(UpdateJob(key, timeout=60_000), WORKER)
    bureau.clock.advance(timedelta(seconds=50))

    assert lease(bureau) == []


@pytest.mark.parametrize(
    "command", [CompleteJob, lambda key: FailJob(key, 1), lambda key: ThrowJobError(key, "E1"), UpdateJob]
)
def test_what_can_not_be_reported_is_refused(bureau: Bureau, command: Any) -> None:
    root, key = waiting(bureau)
    refused(bureau, command(key), CLERK, "commands.worker-only")
    refused(bureau, command(999), WORKER, "commands.job-unknown")
    bureau.bus.execute(SuspendProcessInstance(root, "核查"), ADMIN)
    refused(bureau, command(key), WORKER, "commands.case-suspended")
    assert lease(bureau) == []


def test_clerks_are_handed_no_jobs(bureau: Bureau) -> None:
    waiting(bureau)

    refused(bureau, ActivateJobs("work", "w1"), CLERK, "commands.worker-only")


def test_a_timer_is_no_job_for_workers(bureau: Bureau) -> None:
    content = d.el("startEvent", "s") + d.event("intermediateCatchEvent", "t", "duration PT1S") + d.chain("s", "t")
    bureau.deploy(d.diagram(content))
    key = bureau.row(job, root_key=bureau.start())["key"]

    refused(bureau, CompleteJob(key), WORKER, "commands.job-unknown")
    bureau.clock.advance(timedelta(minutes=1))
    assert bureau.bus.execute(ActivateJobs("timer", "w1"), WORKER)["jobs"] == []
