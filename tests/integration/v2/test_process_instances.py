"""Starting, waiting for the end, moving tokens and reading what happened, through the protocol."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.integration.v2.bureau import TASKS, TASKS_LATER
from tests.integration.v2.conftest import Caller, Sleeper


def start(caller: Caller, **body: Any) -> Any:
    return caller.post("/process-instances", body)


def test_a_version_is_started_by_number_by_tag_and_by_key(boss: Caller) -> None:
    later = boss.deploy(two_tasks__bpmn=TASKS_LATER).json["deployments"][0]["processDefinition"]
    assert later["processDefinitionVersion"] == 2
    assert start(boss, processDefinitionId="two-tasks").json["processDefinitionVersion"] == 2
    older = start(boss, processDefinitionId="two-tasks", processDefinitionVersion=1).json
    assert older["processDefinitionVersion"] == 1
    assert (
        start(boss, processDefinitionId="two-tasks", processDefinitionVersionTag="v1").json["processDefinitionKey"]
        == older["processDefinitionKey"]
    )
    assert start(boss, processDefinitionKey=older["processDefinitionKey"]).json["processDefinitionVersion"] == 1
    assert start(boss, processDefinitionId="two-tasks", processDefinitionVersion=3).status_code == 404
    assert start(boss, processDefinitionId="nothing").status_code == 404


def test_what_was_deployed_already_keeps_its_version(boss: Caller) -> None:
    again = boss.deploy(**{"two-tasks__bpmn": TASKS}).json["deployments"][0]["processDefinition"]
    assert again["processDefinitionVersion"] == 1


def test_the_end_is_waited_for_and_its_variables_are_given(boss: Caller, sleeper: Sleeper) -> None:
    body = {"processDefinitionId": "decides", "variables": {"amount": 1000}, "awaitCompletion": True}
    assert start(boss, **body).json["variables"]["level"] == "局长"
    assert start(boss, **body, fetchVariables=["amount"]).json["variables"] == {"amount": 1000}
    assert sleeper.pauses == []


def test_the_end_comes_while_it_is_waited_for(boss: Caller, sleeper: Sleeper) -> None:
    def work() -> None:
        for job in boss.work("serve"):
            boss.post(f"/jobs/{job['jobKey']}/completion", {"variables": {"done": True}})

    sleeper.meanwhile = work
    answer = start(boss, processDefinitionId="work", awaitCompletion=True)
    assert answer.json["variables"]["done"] is True


def test_a_case_that_goes_on_longer_is_told_so_and_goes_on(boss: Caller, sleeper: Sleeper) -> None:
    answer = start(boss, processDefinitionId="work", awaitCompletion=True, requestTimeout=1000)
    assert answer.status_code == 504
    assert answer.json["type"] == "about:blank"
    assert boss.only("/process-instances", processDefinitionId="work")["state"] == "ACTIVE"


def test_tokens_are_moved_by_element(boss: Caller) -> None:
    key = boss.start("two-tasks")
    move = {
        "sourceElementInstruction": {"sourceType": "byId", "sourceElementId": "first"},
        "targetElementId": "second",
        "variableInstructions": [{"variables": {"why": "急件"}}],
    }
    assert boss.post(f"/process-instances/{key}/modification", {"moveInstructions": [move]}).status_code == 204
    [task] = boss.find("/user-tasks", processInstanceKey=key, state="CREATED")
    assert task["elementId"] == "second"
    assert boss.only("/variables", name="why")["value"] == '"急件"'
    assert boss.post(f"/process-instances/{key}/modification", {"moveInstructions": [move]}).status_code == 404


def test_effective_variables_are_the_innermost_ones(boss: Caller) -> None:
    key = boss.start("two-tasks", matter="外")
    task = boss.only("/user-tasks", processInstanceKey=key)["userTaskKey"]
    boss.call("PUT", f"/element-instances/{task}/variables", {"variables": {"matter": "内"}, "local": True})

    both = [item["value"] for item in boss.find(f"/user-tasks/{task}/variables", name="matter")]
    assert sorted(both) == ['"内"', '"外"']
    assert boss.only(f"/user-tasks/{task}/effective-variables", name="matter")["value"] == '"内"'


def test_a_long_value_is_cut_off_unless_it_is_asked_for_whole(boss: Caller) -> None:
    boss.start("two-tasks", matter="长" * 9000)
    cut = boss.only("/variables", name="matter")
    assert (len(cut["value"]), cut["isTruncated"]) == (8191, True)
    body = {"filter": {"name": "matter"}}
    whole = boss.call("POST", "/variables/search", body, query_string={"truncateValues": "false"}).json["items"][0]
    assert (len(whole["value"]), whole["isTruncated"]) == (9002, False)
    assert len(boss.get(f"/variables/{cut['variableKey']}").json["value"]) == 9002


def test_an_ordinary_user_takes_but_does_not_hand_out(boss: Caller, clerk: Caller) -> None:
    task = boss.only("/user-tasks", processInstanceKey=boss.start("two-tasks"))["userTaskKey"]
    assert clerk.post(f"/user-tasks/{task}/assignment", {"assignee": "boss"}).status_code == 403
    assert clerk.post(f"/user-tasks/{task}/assignment", {"assignee": "clerk"}).status_code == 204
    assert boss.post(f"/user-tasks/{task}/assignment", {"assignee": "boss", "allowOverride": False}).status_code == 409
    unknown = boss.post(f"/user-tasks/{task}/assignment", {"assignee": "nobody"})
    assert (unknown.status_code, list(unknown.json["fields"])) == (400, ["assignee"])
    assert boss.post(f"/user-tasks/{task}/assignment", {"assignee": "boss"}).status_code == 204


def test_what_a_client_says_of_its_action_is_kept_as_the_opinion(boss: Caller, clerk: Caller) -> None:
    key = boss.start("two-tasks")
    task = boss.only("/user-tasks", processInstanceKey=key)["userTaskKey"]
    assert clerk.post(f"/user-tasks/{task}/completion", {"action": "同意"}).status_code == 204
    record = clerk.client.get(f"/api/process-instances/{key}/record", headers=clerk.headers).json["items"]
    assert "同意" in [item["opinion"] for item in record]


def test_a_form_that_is_not_there_is_no_content(boss: Caller) -> None:
    definition = boss.only("/process-definitions", processDefinitionId="two-tasks")["processDefinitionKey"]
    assert boss.get(f"/process-definitions/{definition}/form").status_code == 204


def test_what_an_expression_sees_is_what_the_scope_sees(boss: Caller, caller: Callable[[str], Caller]) -> None:
    key = boss.start("two-tasks", amount=5)
    body = {"expression": "=amount + plus", "variables": {"plus": 1}, "scopeKey": key}
    assert boss.post("/expression/evaluation", body).json["result"] == 6
    assert boss.post("/expression/evaluation", {"expression": "=1 +"}).status_code == 400
    assert boss.post("/expression/evaluation", {"expression": "nothing.at.all"}).json["warnings"]
    assert caller("keeper").post("/expression/evaluation", body).status_code == 404
