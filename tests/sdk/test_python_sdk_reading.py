"""The official Python client: what it deploys, finds, reads and evaluates."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from tests.sdk.clients import File, client, connect, errors, found, models, sdk, start, values
from tests.sdk.conftest import Served

pytestmark = [pytest.mark.both_databases, pytest.mark.slow]

__all__ = ["client"]


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
