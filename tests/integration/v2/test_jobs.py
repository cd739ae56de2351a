"""Jobs through the protocol: leases, long polling within bounds, headers and listeners."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from engine.clock import FakeClock
from tests.integration.v2.conftest import Caller, Sleeper
from webapi.v2.waiting import LONGEST

ASKED = {"type": "serve", "worker": "w", "timeout": 60_000, "maxJobsToActivate": 5}


def test_a_job_is_leased_to_one_worker_until_its_time_is_over(boss: Caller, clock: FakeClock) -> None:
    boss.start("work", order="7")
    [job] = boss.work("serve")
    assert (job["worker"], job["retries"], job["customHeaders"]) == ("w", 3, {"kind": "test"})
    assert job["deadline"] == int((clock.now() + timedelta(minutes=1)).timestamp() * 1000)
    assert boss.work("serve") == []
    clock.advance(timedelta(minutes=1))
    assert [each["jobKey"] for each in boss.work("serve")] == [job["jobKey"]]


def test_who_lost_the_lease_cannot_report(boss: Caller, clock: FakeClock) -> None:
    boss.start("work")
    [first] = boss.work("serve", withLease=True)
    clock.advance(timedelta(minutes=2))
    [second] = boss.work("serve", withLease=True)
    path = f"/jobs/{first['jobKey']}/completion"

    assert boss.post(path, {"jobLeaseToken": first["jobLeaseToken"]}).status_code == 409
    assert boss.post(path, {"jobLeaseToken": "nonsense"}).status_code == 409
    assert boss.post(path, {"jobLeaseToken": second["jobLeaseToken"]}).status_code == 204


def test_only_the_variables_asked_for_come_along(boss: Caller) -> None:
    boss.start("work", a=1, b=2)
    [job] = boss.work("serve", fetchVariable=["b", "none"])
    assert job["variables"] == {"b": 2}


def test_a_worker_waits_for_a_job_and_gets_it_when_it_comes(boss: Caller, sleeper: Sleeper) -> None:
    def bring() -> None:
        if len(sleeper.pauses) == 3:
            boss.start("work")

    sleeper.meanwhile = bring
    response = boss.post("/jobs/activation", {**ASKED, "requestTimeout": 60_000})

    assert len(response.json["jobs"]) == 1
    assert len(sleeper.pauses) == 3


def test_nobody_waits_longer_than_the_bound(boss: Caller, sleeper: Sleeper) -> None:
    assert boss.post("/jobs/activation", {**ASKED, "requestTimeout": 3_600_000}).json == {"jobs": []}
    assert sum(sleeper.pauses) <= LONGEST + 0.001
    sleeper.pauses.clear()
    boss.post("/jobs/activation", {**ASKED, "requestTimeout": 1_000})
    assert abs(sum(sleeper.pauses) - 1) < 0.001


def test_who_does_not_want_to_wait_does_not(boss: Caller, sleeper: Sleeper) -> None:
    assert boss.work("serve") == []
    assert sleeper.pauses == []


def test_a_job_that_failed_waits_for_its_next_try(boss: Caller, clock: FakeClock) -> None:
    boss.start("work")
    [job] = boss.work("serve")
    failure = {"retries": 2, "errorMessage": "没有纸", "retryBackOff": 30_000}
    boss.post(f"/jobs/{job['jobKey']}/failure", failure)

    assert boss.work("serve") == []
    [seen] = boss.find("/jobs")
    assert (seen["state"], seen["hasFailedWithRetriesLeft"], seen["retries"]) == ("FAILED", True, 2)
    clock.advance(timedelta(seconds=30))
    [again] = boss.work("serve")
    assert again["retries"] == 2


def test_a_lease_is_made_longer(boss: Caller, clock: FakeClock) -> None:
    boss.start("work")
    [job] = boss.work("serve")
    assert boss.call("PATCH", f"/jobs/{job['jobKey']}", {"changeset": {"timeout": 600_000}}).status_code == 204
    clock.advance(timedelta(minutes=5))
    assert boss.work("serve") == []


def test_jobs_of_a_suspended_case_wait(boss: Caller) -> None:
    key = boss.start("work")
    boss.post(f"/process-instances/{key}/suspension")
    assert boss.work("serve") == []
    boss.post(f"/process-instances/{key}/resumption")
    assert len(boss.work("serve")) == 1


def test_a_worker_sees_of_a_case_what_its_jobs_bring(caller: Callable[[str], Caller], boss: Caller) -> None:
    key = boss.start("work", order="7")
    worker = caller("worker")
    [job] = worker.work("serve")
    assert job["variables"]["order"] == "7"
    assert worker.get(f"/process-instances/{key}").status_code == 404
    assert worker.find("/variables") == []
