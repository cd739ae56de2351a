"""The official Python client: user tasks, jobs, messages and cases moved by it."""

from __future__ import annotations

import asyncio
import io
import json
from typing import Any

import pytest

from tests.integration.v2.bureau import TASKS_LATER
from tests.sdk.clients import File, client, configuration, connect, errors, found, jobs, models, sdk, start, user_tasks
from tests.sdk.conftest import Served

pytestmark = [pytest.mark.both_databases, pytest.mark.slow]

__all__ = ["client"]


def test_user_tasks_are_assigned_updated_and_completed(client: Any, served: Served) -> None:
    # given
    instance = start(client, "two-tasks", matter="买纸")
    [first] = user_tasks(client, instance)
    assert (first.name, first.candidate_groups, first.assignee) == ("受理", ["文书"], None)
    # when
    client.assign_user_task(first.user_task_key, data=models.UserTaskAssignmentRequest(assignee="clerk"))
    changes = models.Changeset(priority=80, candidate_users=["boss"])
    client.update_user_task(first.user_task_key, data=models.UserTaskUpdateRequest(changeset=changes))
    # then
    task = client.get_user_task(first.user_task_key)
    assert (task.assignee, task.priority, task.candidate_users) == ("clerk", 80, ["boss"])
    seen = client.search_user_task_variables(first.user_task_key).items
    assert {item.name: item.value for item in seen}["matter"] == '"买纸"'
    assert client.get_user_task_form(first.user_task_key).form_id == "apply"
    # when: an ordinary user does what is theirs
    with connect(served, "clerk") as clerk:
        data = models.UserTaskCompletionRequestVariables.from_dict({"matter": "买两包纸"})
        clerk.complete_user_task(first.user_task_key, data=models.UserTaskCompletionRequest(variables=data))
        [second] = user_tasks(clerk, instance)
        clerk.assign_user_task(second.user_task_key, data=models.UserTaskAssignmentRequest(assignee="clerk"))
        clerk.unassign_user_task(second.user_task_key)
        clerk.complete_user_task(second.user_task_key)
    # then
    assert client.get_process_instance(instance.process_instance_key).state == "COMPLETED"
    with pytest.raises(errors.ConflictError):
        client.assign_user_task(second.user_task_key, data=models.UserTaskAssignmentRequest(assignee="boss"))


def test_a_job_fails_raises_an_incident_is_resolved_and_done(client: Any, served: Served) -> None:
    # given
    instance = start(client, "work", order="7")
    with connect(served, "worker") as worker:
        [job] = jobs(worker, "serve")
        assert (job.process_instance_key, job.retries) == (instance.process_instance_key, 3)
        assert job.variables.to_dict()["order"] == "7"
        assert job.custom_headers.to_dict() == {"kind": "test"}
        # when
        worker.fail_job(job.job_key, data=models.JobFailRequest(retries=0, error_message="打印机没有纸"))
    # then
    [incident] = client.search_process_instance_incidents(instance.process_instance_key).items
    assert (incident.error_type, incident.error_message) == ("JOB_NO_RETRIES", "打印机没有纸")
    assert client.get_process_instance(instance.process_instance_key).has_incident
    # when
    client.update_job(job.job_key, data=models.JobUpdateRequest(changeset=models.JobChangeset(retries=2)))
    client.resolve_incident(incident.incident_key)
    # then
    assert client.get_incident(incident.incident_key).state == "RESOLVED"
    with connect(served, "worker") as worker:
        [again] = jobs(worker, "serve")
        result = models.JobCompletionRequestVariables.from_dict({"printed": True})
        worker.complete_job(again.job_key, data=models.JobCompletionRequest(variables=result))
        with pytest.raises(errors.ConflictError):
            worker.complete_job(again.job_key)
    assert client.get_process_instance(instance.process_instance_key).state == "COMPLETED"
    [done] = client.search_jobs().items
    assert (done.state, done.worker) == ("COMPLETED", "tests")


def test_the_clients_own_worker_waits_for_jobs_under_a_lease_and_does_them(client: Any, served: Served) -> None:
    done: list[str] = []

    async def work() -> None:
        finished = asyncio.Event()

        async def serve(job: Any) -> dict[str, Any]:
            done.append(job.variables.to_dict()["order"])
            if len(done) == 2:
                finished.set()
            return {"printed": True}

        async with sdk.CamundaAsyncClient(configuration(served, "worker")) as asynchronous:
            config = sdk.WorkerConfig("serve", job_timeout_milliseconds=60_000, with_lease=True)
            worker = asynchronous.create_job_worker(config, serve, execution_strategy="async")
            await asyncio.to_thread(start, client, "work", order="1")
            await asyncio.to_thread(start, client, "work", order="2")
            await asyncio.wait_for(finished.wait(), 60)
            await worker.aclose()

    asyncio.run(work())
    assert sorted(done) == ["1", "2"]


def test_an_error_thrown_by_a_worker_is_caught(client: Any) -> None:
    instance = start(client, "work")
    [job] = jobs(client, "serve")
    client.throw_job_error(job.job_key, data=models.JobErrorRequest(error_code="BROKEN", error_message="坏了"))
    [task] = user_tasks(client, instance)
    assert task.name == "补正"
    [thrown] = client.search_jobs().items
    assert (thrown.state, thrown.error_code) == ("ERROR_THROWN", "BROKEN")


def test_messages_and_signals_reach_who_waits(client: Any) -> None:
    # given
    waiting = start(client, "waits", order="A1")
    buffered = start(client, "waits", order="B2")
    listening = start(client, "listens")
    [subscription, _] = client.search_message_subscriptions().items
    assert (subscription.message_name, subscription.correlation_key) == ("paid", "A1")
    # when
    paid = models.MessageCorrelationRequestVariables.from_dict({"amount": 12.5})
    reached = client.correlate_message(
        data=models.MessageCorrelationRequest(name="paid", correlation_key="A1", variables=paid)
    )
    client.publish_message(data=models.MessagePublicationRequest(name="paid", correlation_key="B2", time_to_live=1000))
    client.broadcast_signal(data=models.SignalBroadcastRequest(signal_name="bell"))
    # then
    assert reached.process_instance_key == waiting.process_instance_key
    for instance in (waiting, buffered, listening):
        assert client.get_process_instance(instance.process_instance_key).state == "COMPLETED"
    with pytest.raises(errors.NotFoundError):
        client.correlate_message(data=models.MessageCorrelationRequest(name="paid", correlation_key="nobody"))


def test_many_instances_have_a_job_each_and_join(client: Any) -> None:
    instance = start(client, "many", items=["甲", "乙", "丙"])
    activated = jobs(client, "each")
    assert sorted(job.variables.to_dict()["item"] for job in activated) == sorted(["甲", "乙", "丙"])
    bodies = found(
        client.search_element_instances,
        models.ElementInstanceSearchQuery,
        models.ElementInstanceSearchQueryFilter,
        process_instance_key=instance.process_instance_key,
        type_=models.ElementInstanceSearchQueryFilterType.MULTI_INSTANCE_BODY,
    )
    assert [body.element_id for body in bodies] == ["each"]
    for job in reversed(activated):
        result = models.JobCompletionRequestVariables.from_dict({"result": job.variables.to_dict()["item"] + "办"})
        client.complete_job(job.job_key, data=models.JobCompletionRequest(variables=result))
    [results] = found(
        client.search_variables,
        models.VariableSearchQuery,
        models.VariableSearchQueryFilter,
        process_instance_key=instance.process_instance_key,
        name="results",
    )
    assert json.loads(client.get_variable(results.variable_key).value) == ["甲办", "乙办", "丙办"]


def test_a_case_is_modified_migrated_suspended_and_cancelled(client: Any) -> None:
    # given
    instance = start(client, "two-tasks", matter="x")
    key = instance.process_instance_key
    [first] = user_tasks(client, instance)
    # when: from the first task to the second
    client.modify_process_instance(
        key,
        data=models.ProcessInstanceModificationInstruction(
            activate_instructions=[models.ProcessInstanceModificationActivateInstruction(sdk.ElementId("second"))],
            terminate_instructions=[
                models.ProcessInstanceModificationTerminateByKeyInstruction(first.element_instance_key)
            ],
        ),
    )
    # then
    assert [task.element_id for task in user_tasks(client, instance)] == ["second"]
    # when: to a version where it has another id
    content = File(payload=io.BytesIO(TASKS_LATER), file_name="two-tasks.bpmn")
    later = client.create_deployment(data=models.CreateDeploymentData(resources=[content])).deployments[0]
    mapping = models.MigrateProcessInstanceMappingInstruction(sdk.ElementId("second"), sdk.ElementId("closing"))
    client.migrate_process_instance(
        key,
        data=models.ProcessInstanceMigrationInstruction(
            later.process_definition.process_definition_key, mapping_instructions=[mapping]
        ),
    )
    # then
    [task] = user_tasks(client, instance)
    assert (task.element_id, task.process_definition_version) == ("closing", 2)
    assert client.get_process_instance(key).process_definition_version == 2
    # when
    client.suspend_process_instance(key, data=models.SuspendProcessInstanceRequest())
    with pytest.raises(errors.ConflictError):
        client.complete_user_task(task.user_task_key)
    client.resume_process_instance(key, data=models.ResumeProcessInstanceRequest())
    client.cancel_process_instance(key, data=models.CancelProcessInstanceRequest())
    # then
    assert client.get_process_instance(key).state == "TERMINATED"
    assert client.get_user_task(task.user_task_key).state == "CANCELED"
