"""Who may what, and nobody more: every operation of the protocol, asked by each kind of caller."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from tests.integration.v2.bureau import TASKS_LATER
from tests.integration.v2.conftest import Caller

CALLERS = ("anonymous", "outsider", "clerk", "worker", "auditor", "keeper")
"""Nobody; somebody with nothing to do with the case; a candidate of its task; a program that works jobs; the auditor;
an administrator who takes no part."""

ALL = (401, 200, 200, 200, 200, 200)
CASE = (401, 404, 200, 404, 200, 200)
CONTENT = (401, 404, 200, 404, 200, 404)
JOB = (401, 403, 403, 204, 403, 204)
MANAGE = (401, 403, 403, 403, 403, 204)
OPEN = (204, 204, 204, 204, 204, 204)

Expected = tuple[int, int, int, int, int, int]


def files(field: str, name: str, content: bytes) -> Callable[[], dict[str, Any]]:
    """Return a form with a file; a stream is read once, so each request gets its own."""
    return lambda: {
        "data": {field: [(io.BytesIO(content), name)]},
        "content_type": "multipart/form-data",
    }


LEASE = {"type": "none", "timeout": 1000, "maxJobsToActivate": 1, "requestTimeout": -1}
NEW_USER = {"username": "fresh", "password": "Lingshi-2026-ab", "name": "新某"}

TABLE: list[tuple[str, str, str, Any, Expected]] = [
    ("getStatus", "GET", "/status", None, OPEN),
    ("getLicense", "GET", "/license", None, (200,) * 6),  # type: ignore[list-item]
    ("getTopology", "GET", "/topology", None, ALL),
    ("getAuthentication", "GET", "/authentication/me", None, ALL),
    # what is deployed is no secret
    ("searchProcessDefinitions", "POST", "/process-definitions/search", {}, ALL),
    ("getProcessDefinition", "GET", "/process-definitions/{definition}", None, ALL),
    ("getProcessDefinitionXML", "GET", "/process-definitions/{definition}/xml", None, ALL),
    ("getStartProcessForm", "GET", "/process-definitions/{definition}/form", None, (401, 204, 204, 204, 204, 204)),
    (
        "getProcessDefinitionStatistics",
        "POST",
        "/process-definitions/{definition}/statistics/element-instances",
        {},
        ALL,
    ),
    ("searchDecisionDefinitions", "POST", "/decision-definitions/search", {}, ALL),
    ("getDecisionDefinition", "GET", "/decision-definitions/{decision}", None, ALL),
    ("getDecisionDefinitionXML", "GET", "/decision-definitions/{decision}/xml", None, ALL),
    ("searchDecisionRequirements", "POST", "/decision-requirements/search", {}, ALL),
    ("getDecisionRequirements", "GET", "/decision-requirements/{requirements}", None, ALL),
    ("getDecisionRequirementsXML", "GET", "/decision-requirements/{requirements}/xml", None, ALL),
    ("getResource", "GET", "/resources/{form}", None, ALL),
    ("getResourceContent", "GET", "/resources/{form}/content", None, ALL),
    ("getResourceContentBinary", "GET", "/resources/{form}/content/binary", None, ALL),
    ("getFormByKey", "GET", "/forms/{form}", None, ALL),
    ("deleteResource", "POST", "/resources/{form}/deletion", {}, (401, 403, 403, 403, 403, 409)),
    # of a case: those whom it concerns, the auditor; administrators its outline only
    ("searchProcessInstances", "POST", "/process-instances/search", {}, ALL),
    ("getProcessInstance", "GET", "/process-instances/{case}", None, CASE),
    ("getProcessInstanceCallHierarchy", "GET", "/process-instances/{case}/call-hierarchy", None, CASE),
    ("getProcessInstanceSequenceFlows", "GET", "/process-instances/{case}/sequence-flows", None, CASE),
    ("getProcessInstanceStatistics", "GET", "/process-instances/{case}/statistics/element-instances", None, CASE),
    ("searchProcessInstanceIncidents", "POST", "/process-instances/{case}/incidents/search", {}, CASE),
    ("searchElementInstances", "POST", "/element-instances/search", {}, ALL),
    ("getElementInstance", "GET", "/element-instances/{task}", None, CASE),
    ("searchElementInstanceIncidents", "POST", "/element-instances/{task}/incidents/search", {}, CASE),
    ("searchUserTasks", "POST", "/user-tasks/search", {}, ALL),
    ("getUserTask", "GET", "/user-tasks/{task}", None, CASE),
    ("getUserTaskForm", "GET", "/user-tasks/{task}/form", None, CASE),
    ("searchIncidents", "POST", "/incidents/search", {}, ALL),
    ("getIncident", "GET", "/incidents/{incident}", None, (401, 404, 404, 404, 200, 200)),
    ("searchMessageSubscriptions", "POST", "/message-subscriptions/search", {}, ALL),
    ("searchVariables", "POST", "/variables/search", {}, ALL),
    ("getVariable", "GET", "/variables/{variable}", None, CONTENT),
    ("searchDecisionInstances", "POST", "/decision-instances/search", {}, ALL),
    ("getDecisionInstance", "GET", "/decision-instances/{evaluated}", None, (401, 404, 404, 404, 200, 404)),
    ("getDocument", "GET", "/documents/{document}", None, CONTENT),
    # what is found of the case's variables is the content search's affair, see below
    ("searchUserTaskVariables", "POST", "/user-tasks/{task}/variables/search", {}, CASE),
    ("searchUserTaskEffectiveVariables", "POST", "/user-tasks/{task}/effective-variables/search", {}, CASE),
    # people
    ("searchUsers", "POST", "/users/search", {}, ALL),
    ("getUser", "GET", "/users/boss", None, (401, 404, 404, 404, 200, 200)),
    ("searchGroups", "POST", "/groups/search", {}, ALL),
    ("getGroup", "GET", "/groups/文书", None, ALL),
    ("searchUsersForGroup", "POST", "/groups/文书/users/search", {}, ALL),
    ("searchRoles", "POST", "/roles/search", {}, ALL),
    ("getRole", "GET", "/roles/worker", None, ALL),
    ("searchTenants", "POST", "/tenants/search", {}, ALL),
    ("getTenant", "GET", "/tenants/<default>", None, ALL),
    ("createUser", "POST", "/users", NEW_USER, (401, 403, 403, 403, 403, 201)),
    # jobs and decisions: workers and administrators
    ("searchJobs", "POST", "/jobs/search", {}, ALL),
    ("activateJobs", "POST", "/jobs/activation", LEASE, (401, 403, 403, 200, 403, 200)),
    ("updateJob", "PATCH", "/jobs/{job}", {"changeset": {"retries": 2}}, JOB),
    ("failJob", "POST", "/jobs/{job}/failure", {"retries": 1}, JOB),
    ("completeJob", "POST", "/jobs/{job}/completion", {}, JOB),
    ("throwJobError", "POST", "/jobs/{job2}/error", {"errorCode": "BROKEN"}, JOB),
    (
        "evaluateDecision",
        "POST",
        "/decision-definitions/evaluation",
        {"decisionDefinitionId": "level"},
        (401, 403, 403, 200, 403, 200),
    ),
    # everybody starts procedures and stores papers
    ("createProcessInstance", "POST", "/process-instances", {"processDefinitionId": "two-tasks"}, ALL),
    ("createDocument", "POST", "/documents", files("file", "a.txt", b"a"), (401, 201, 201, 201, 201, 201)),
    ("createDocuments", "POST", "/documents/batch", files("files", "a.txt", b"a"), (401, 201, 201, 201, 201, 201)),
    # administrators
    (
        "createDeployment",
        "POST",
        "/deployments",
        files("resources", "a.bpmn", TASKS_LATER),
        (401, 403, 403, 403, 403, 200),
    ),
    ("evaluateExpression", "POST", "/expression/evaluation", {"expression": "=1"}, (401, 403, 403, 403, 403, 200)),
    ("publishMessage", "POST", "/messages/publication", {"name": "x"}, (401, 403, 403, 403, 403, 200)),
    (
        "correlateMessage",
        "POST",
        "/messages/correlation",
        {"name": "paid", "correlationKey": "A"},
        (401, 403, 403, 403, 403, 200),
    ),
    ("broadcastSignal", "POST", "/signals/broadcast", {"signalName": "x"}, (401, 403, 403, 403, 403, 200)),
    ("createElementInstanceVariables", "PUT", "/element-instances/{case}/variables", {"variables": {}}, MANAGE),
    ("updateUserTask", "PATCH", "/user-tasks/{task}", {"changeset": {"priority": 60}}, MANAGE),
    ("resolveIncident", "POST", "/incidents/{incident}/resolution", {}, MANAGE),
    ("suspendProcessInstance", "POST", "/process-instances/{case2}/suspension", {}, MANAGE),
    ("resumeProcessInstance", "POST", "/process-instances/{case2}/resumption", {}, MANAGE),
    (
        "modifyProcessInstance",
        "POST",
        "/process-instances/{case2}/modification",
        {"activateInstructions": [{"elementId": "second"}]},
        MANAGE,
    ),
    (
        "migrateProcessInstance",
        "POST",
        "/process-instances/{case2}/migration",
        {"targetProcessDefinitionKey": "{definition}", "mappingInstructions": []},
        MANAGE,
    ),
    ("cancelProcessInstance", "POST", "/process-instances/{case2}/cancellation", {}, MANAGE),
    ("pinClock", "PUT", "/clock", {"timestamp": 0}, (401, 403, 403, 403, 403, 403)),
    ("resetClock", "POST", "/clock/reset", None, (401, 403, 403, 403, 403, 403)),
    # user tasks: candidates take and do them, administrators give them to somebody
    ("unassignUserTask", "DELETE", "/user-tasks/{own}/assignee", None, (401, 404, 204, 404, 404, 204)),
    ("assignUserTask", "POST", "/user-tasks/{task}/assignment", {"assignee": "clerk"}, (401, 403, 204, 403, 403, 204)),
    ("completeUserTask", "POST", "/user-tasks/{task}/completion", {}, (401, 404, 204, 404, 404, 404)),
    ("deleteDocument", "DELETE", "/documents/{document}", None, (401, 404, 404, 404, 404, 204)),
]  # fmt: skip


@pytest.fixture
def keys(boss: Caller, clerk: Caller) -> dict[str, str]:
    """Return keys of one thing of each kind, all of it an administrator's who does a clerk's work too."""
    case, case2 = boss.start("two-tasks", matter="x"), boss.start("two-tasks", matter="y")
    own = boss.only("/user-tasks", processInstanceKey=boss.start("two-tasks"))["userTaskKey"]
    clerk.post(f"/user-tasks/{own}/assignment", {"assignee": "clerk"})
    for _ in range(2):
        boss.start("work")
    jobs = [job["jobKey"] for job in boss.work("serve")]
    boss.start("broken")
    boss.start("waits", order="A")
    boss.start("decides", amount=1)
    stored = boss.call(
        "POST",
        "/documents",
        data={"file": (io.BytesIO(b"x"), "x.txt"), "metadata": f'{{"processInstanceKey": "{case}"}}'},
        content_type="multipart/form-data",
    )
    decision = boss.only("/decision-definitions")
    return {
        "case": case,
        "case2": case2,
        "own": own,
        "task": boss.only("/user-tasks", processInstanceKey=case)["userTaskKey"],
        "definition": boss.only("/process-definitions", processDefinitionId="two-tasks")["processDefinitionKey"],
        "decision": decision["decisionDefinitionKey"],
        "requirements": decision["decisionRequirementsKey"],
        "form": boss.only("/user-tasks", processInstanceKey=case)["formKey"],
        "incident": boss.only("/incidents")["incidentKey"],
        "variable": boss.only("/variables", processInstanceKey=case, name="matter")["variableKey"],
        "evaluated": boss.only("/decision-instances")["decisionEvaluationInstanceKey"],
        "document": stored.json["documentId"],
        "job": jobs[0],
        "job2": jobs[1],
    }


@pytest.mark.parametrize("who", CALLERS)
def test_each_operation_answers_each_caller_as_the_table_says(
    app: Flask, caller: Callable[[str], Caller], keys: dict[str, str], who: str
) -> None:
    asking = Caller(app.test_client(), {}) if who == "anonymous" else caller(who)
    answers = {}
    for operation_id, method, path, body, _ in TABLE:
        more = body() if callable(body) else {}
        content = None if callable(body) or body is None else _filled(body, keys)
        answers[operation_id] = asking.call(method, path.format(**keys), content, **more).status_code
    column = CALLERS.index(who)
    assert answers == {operation_id: expected[column] for operation_id, _, _, _, expected in TABLE}


def test_no_operation_is_missing_from_the_table(app: Flask) -> None:
    served = {rule.endpoint.partition(".")[2] for rule in app.url_map.iter_rules() if rule.rule.startswith("/v2/")}
    assert served == {row[0] for row in TABLE}


FOUND = {
    "process-instances": (0, 3, 0, 8, 8),
    "user-tasks": (0, 3, 0, 3, 3),
    "variables": (0, 5, 0, 13, 0),
    "jobs": (0, 0, 2, 2, 2),
    "incidents": (0, 0, 0, 1, 1),
    "message-subscriptions": (0, 0, 0, 1, 1),
    "decision-instances": (0, 0, 0, 1, 0),
    "users": (1, 1, 1, 7, 7),
}


@pytest.mark.parametrize("list_", FOUND)
def test_each_list_shows_each_caller_what_concerns_them(
    caller: Callable[[str], Caller], keys: dict[str, str], list_: str
) -> None:
    found = {who: len(caller(who).find(f"/{list_}")) for who in CALLERS[1:]}
    assert found == dict(zip(CALLERS[1:], FOUND[list_], strict=True))


def test_an_administrator_sees_no_variables_of_a_task_that_is_none_of_theirs(
    caller: Callable[[str], Caller], keys: dict[str, str]
) -> None:
    path = f"/user-tasks/{keys['task']}/variables"
    assert caller("keeper").find(path) == []
    assert [item["name"] for item in caller("clerk").find(path)] == ["initiator", "matter"]


def _filled(body: Any, keys: dict[str, str]) -> Any:
    return {name: value.format(**keys) if isinstance(value, str) else value for name, value in body.items()}
