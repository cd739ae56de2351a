"""The field's official Python client, as it is in the registry, against a running server.

It checks answers strictly: a missing member, or a value outside an enumeration, is an exception.
"""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.integration.v2.bureau import TASKS_LATER
from tests.sdk.conftest import Served

try:
    import camunda_orchestration_sdk as sdk
    from camunda_orchestration_sdk import errors, models
    from camunda_orchestration_sdk.types import File
except ImportError:
    pytest.skip("missing: camunda-orchestration-sdk: pip install -r requirements/dev.lock", allow_module_level=True)

pytestmark = [pytest.mark.both_databases, pytest.mark.slow]


def configuration(served: Served, username: str) -> dict[str, str]:
    """Return what a client needs to know: where the server is, and who asks with which password."""
    return {
        "CAMUNDA_REST_ADDRESS": served.address,
        "CAMUNDA_AUTH_STRATEGY": "BASIC",
        "CAMUNDA_BASIC_AUTH_USERNAME": username,
        "CAMUNDA_BASIC_AUTH_PASSWORD": served.password,
        "CAMUNDA_SDK_LOG_LEVEL": "silent",
    }


def connect(served: Served, username: str) -> Any:
    """Return the client of somebody with a password."""
    return sdk.CamundaClient(configuration(served, username))


@pytest.fixture
def client(served: Served) -> Iterator[Any]:
    """Return an administrator's client, everything deployed."""
    with connect(served, "boss") as found:
        found.deploy_resources_from_files(sorted(served.files.iterdir()))
        yield found


def values(**content: Any) -> Any:
    """Return variables as the client takes them."""
    return models.ProcessInstanceCreationInstructionBaseVariables.from_dict(content)


def start(client: Any, process_id: str, **variables: Any) -> Any:
    """Start the newest version of a process."""
    creation = models.ProcessCreationById(sdk.ProcessDefinitionId(process_id), variables=values(**variables))
    return client.create_process_instance(data=creation)


def found(search: Any, query: type, filter_type: type, **filters: Any) -> list[Any]:
    """Return the items of a search."""
    items: list[Any] = search(data=query(filter_=filter_type(**filters))).items
    return items


def user_tasks(client: Any, instance: Any) -> list[Any]:
    """Return the open user tasks of a process instance."""
    return found(
        client.search_user_tasks,
        models.UserTaskSearchQuery,
        models.UserTaskSearchQueryFilter,
        process_instance_key=instance.process_instance_key,
        state=models.UserTaskStateExactMatch.CREATED,
    )


def jobs(client: Any, type_: str, most: int = 10) -> list[Any]:
    """Activate jobs."""
    request = models.JobActivationRequest(
        type_=type_, timeout=60_000, max_jobs_to_activate=most, worker="tests", request_timeout=-1
    )
    activated: list[Any] = client.activate_jobs(data=request).jobs
    return activated


def test_the_server_says_what_it_is(client: Any) -> None:
    assert client.get_topology().brokers[0].partitions[0].role == models.PartitionRole.LEADER
    assert client.get_license().is_commercial is False
    me = client.get_authentication()
    assert (me.username, me.display_name, me.roles) == ("boss", "管某", ["admin"])


def test_what_is_deployed_is_found_and_read(client: Any, served: Served) -> None:
    # given: a deployment that brings nothing new
    again = client.deploy_resources_from_files(sorted(served.files.iterdir()))
    assert {item.process_definition_version for item in again.processes} == {1}
    assert [item.form_id for item in again.forms] == ["apply"]
    assert [item.decision_definition_id for item in again.decisions] == ["level"]
    assert len(again.decision_requirements) == 1
    # when
    [definition] = found(
        client.search_process_definitions,
        models.ProcessDefinitionSearchQuery,
        models.ProcessDefinitionSearchQueryFilter,
        process_definition_id="two-tasks",
    )
    # then
    key = definition.process_definition_key
    assert client.get_process_definition(key).version_tag == "v1"
    assert "<bpmn:process" in client.get_process_definition_xml(key)
    form = client.get_form_by_key(again.forms[0].form_key)
    assert json.loads(form.schema)["id"] == "apply"
    assert client.get_resource(again.forms[0].form_key).resource_name == "apply.form"
    assert "<decision " in client.get_decision_definition_xml(again.decisions[0].decision_definition_key)


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


def test_decisions_are_evaluated_and_found_again(client: Any) -> None:
    # when
    given = models.DecisionEvaluationByIdVariables.from_dict({"amount": 1000})
    result = client.evaluate_decision(
        data=models.DecisionEvaluationByID(sdk.DecisionDefinitionId("level"), variables=given)
    )
    # then
    assert json.loads(result.output) == "局长"
    [decision] = result.evaluated_decisions
    assert (decision.decision_definition_type, decision.matched_rules[0].rule_id) == ("DECISION_TABLE", "high")
    assert decision.evaluated_inputs[0].input_value == "1000"
    kept = client.get_decision_instance(decision.decision_evaluation_instance_key)
    assert (kept.result, kept.process_instance_key) == (result.output, None)
    # and: in a case
    started = models.ProcessCreationById(
        sdk.ProcessDefinitionId("decides"), variables=values(amount=3), await_completion=True
    )
    case = client.create_process_instance(data=started)
    assert case.variables.to_dict()["level"] == "科长"
    [asked] = found(
        client.search_decision_instances,
        models.DecisionInstanceSearchQuery,
        models.DecisionInstanceSearchQueryFilter,
        process_instance_key=case.process_instance_key,
    )
    assert (asked.decision_definition_id, json.loads(asked.result)) == ("level", "科长")


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


def test_called_processes_elements_flows_and_counts_are_read(client: Any) -> None:
    instance = start(client, "calls", matter="x")
    key = instance.process_instance_key
    [child] = found(
        client.search_process_instances,
        models.ProcessInstanceSearchQuery,
        models.ProcessInstanceSearchQueryFilter,
        parent_process_instance_key=key,
    )
    hierarchy = client.get_process_instance_call_hierarchy(child.process_instance_key)
    assert [entry.process_definition_name for entry in hierarchy] == ["调用", "两步"]
    flows = client.get_process_instance_sequence_flows(key).items
    assert [flow.element_id for flow in flows] == ["start_call"]
    counts = {item.element_id: item for item in client.get_process_instance_statistics(key).items}
    assert (counts["call"].active, counts["start"].completed) == (1, 1)
    element = client.search_element_instances().items[0]
    assert client.get_element_instance(element.element_instance_key).element_id == element.element_id
    of_definition = client.get_process_definition_statistics(child.process_definition_key).items
    assert {item.element_id: item.active for item in of_definition}["first"] == 1


def test_variables_are_set_and_expressions_evaluated(client: Any) -> None:
    instance = start(client, "two-tasks", matter="x")
    more = models.SetVariableRequestVariables.from_dict({"amount": 5})
    client.create_element_instance_variables(
        sdk.ElementInstanceKey(instance.process_instance_key), data=models.SetVariableRequest(variables=more)
    )
    result = client.evaluate_expression(
        data=models.ExpressionEvaluationRequest("=amount * 2", scope_key=instance.process_instance_key)
    )
    assert result.result == 10


def test_documents_are_stored_read_and_deleted(client: Any) -> None:
    file = File(payload=io.BytesIO("纸质材料".encode()), file_name="材料.txt", mime_type="text/plain")
    metadata = models.DocumentMetadata(file_name="材料.txt", content_type="text/plain")
    reference = client.create_document(data=models.CreateDocumentData(file=file, metadata=metadata))
    assert (reference.metadata.size, reference.metadata.file_name) == (12, "材料.txt")
    assert client.get_document(reference.document_id).payload.read().decode() == "纸质材料"
    client.delete_document(reference.document_id)
    with pytest.raises(errors.NotFoundError):
        client.get_document(reference.document_id)


def test_users_and_groups_are_found(client: Any, served: Served) -> None:
    request = models.UserRequest(password="Lingshi-2026-ab", username=sdk.Username("newcomer"), name="新某")
    assert client.create_user(data=request).name == "新某"
    assert client.get_user("newcomer").name == "新某"
    with pytest.raises(errors.ConflictError):
        client.create_user(data=request)
    assert "文书" in [group.group_id for group in client.search_groups().items]
    members = client.search_users_for_group("文书").items
    assert [member.username for member in members] == ["boss", "clerk"]


def test_pages_follow_one_another_by_cursor(client: Any) -> None:
    # given
    for number in range(5):
        start(client, "two-tasks", matter=str(number))
    sort = [
        models.ProcessInstanceSearchQuerySortRequest(
            models.ProcessInstanceSearchQuerySortRequestField.PROCESSINSTANCEKEY, order=models.SortOrderEnum.DESC
        )
    ]
    keys: list[str] = []
    page: Any = models.LimitBasedPagination(limit=2)
    # when
    while True:
        result = client.search_process_instances(data=models.ProcessInstanceSearchQuery(sort=sort, page=page))
        if not result.items:
            break
        keys += [item.process_instance_key for item in result.items]
        page = models.CursorBasedForwardPagination(after=result.page.end_cursor, limit=2)
    # then
    assert len(keys) == 5
    assert keys == sorted(keys, key=int, reverse=True)
    assert (result.page.total_items, result.page.has_more_total_items) == (5, False)


def test_what_is_wrong_is_told_by_status(client: Any, served: Served) -> None:
    with pytest.raises(errors.NotFoundError):
        client.get_process_instance(sdk.ProcessInstanceKey("1"))
    with pytest.raises(errors.NotFoundError):
        client.complete_user_task(sdk.UserTaskKey("1"))
    with pytest.raises(errors.BadRequestError) as refused:
        client.create_deployment(
            data=models.CreateDeploymentData(resources=[File(io.BytesIO(b"<no"), file_name="x.bpmn")])
        )
    assert "x.bpmn" in refused.value.parsed.detail
    with connect(served, "clerk") as clerk, pytest.raises(errors.ApiError) as forbidden:
        clerk.create_deployment(
            data=models.CreateDeploymentData(resources=[File(io.BytesIO(b"<no"), file_name="x.bpmn")])
        )
    assert forbidden.value.status_code == 403
    stranger = connect(Served(served.address, "wrong", served.files), "boss")
    with stranger, pytest.raises(errors.UnauthorizedError):
        stranger.get_topology()
