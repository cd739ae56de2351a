"""What is wrong is told by problem details: unknown keys 404, bad bodies 400 with the field, conflicts 409."""

from __future__ import annotations

import io
from typing import Any

import pytest
from flask import Flask

from tests.integration.v2.conftest import Caller
from tests.integration.v2.test_roles import TABLE

UNKNOWN = "8796093022207"


def test_an_unknown_key_is_not_found_wherever_there_is_one(boss: Caller) -> None:
    asked = [row for row in TABLE if "{" in row[2] and row[0] not in ("createElementInstanceVariables",)]
    for operation_id, method, path, body, _ in asked:
        address = path
        for name in ("definition", "decision", "requirements", "form", "case", "case2", "task", "own", "incident"):
            address = address.replace("{" + name + "}", UNKNOWN)
        for name in ("variable", "evaluated", "document", "job", "job2"):
            address = address.replace("{" + name + "}", UNKNOWN)
        content = {**body, "targetProcessDefinitionKey": UNKNOWN} if operation_id.startswith("migrate") else body
        response = boss.call(method, address, content)
        assert response.status_code == 404, (operation_id, response.status_code, response.text)
        assert response.content_type == "application/problem+json"
        assert response.json["type"] == "about:blank"
        assert response.json["status"] == 404
        assert response.json["instance"] == f"/v2{address}"


BAD: list[tuple[str, str, Any, str]] = [
    ("POST", "/process-instances", {}, "processDefinitionId"),
    ("POST", "/process-instances", {"processDefinitionId": "x", "processDefinitionKey": "1"}, "processDefinitionId"),
    ("POST", "/process-instances", {"processDefinitionId": 5}, "processDefinitionId"),
    ("POST", "/process-instances", {"processDefinitionId": "work", "variables": []}, "variables"),
    ("POST", "/process-instances", {"processDefinitionId": "work", "tenantId": "other"}, "tenantId"),
    ("POST", "/process-instances", {"processDefinitionId": "work", "tags": ["1"]}, "tags[0]"),
    ("POST", "/process-instances", {"processDefinitionId": "work", "tags": ["a\n"]}, "tags[0]"),
    ("POST", "/process-instances", {"processDefinitionId": "work", "requestTimeout": "1"}, "requestTimeout"),
    (
        "POST",
        "/process-instances",
        {"processDefinitionId": "work", "startInstructions": [{"elementId": "serve"}]},
        "startInstructions",
    ),
    ("POST", "/jobs/activation", {"type": "x"}, "timeout"),
    ("POST", "/jobs/activation", {"type": "x", "timeout": 1, "maxJobsToActivate": 0}, "maxJobsToActivate"),
    ("PATCH", "/jobs/1", {}, "changeset"),
    ("PATCH", "/jobs/1", {"changeset": {"priority": 5}}, "changeset.priority"),
    ("POST", "/jobs/1/error", {}, "errorCode"),
    ("POST", "/jobs/1/failure", {"retries": -1}, "retries"),
    ("POST", "/user-tasks/1/assignment", {}, "assignee"),
    ("PATCH", "/user-tasks/1", {"changeset": {"dueDate": "tomorrow"}}, "changeset.dueDate"),
    ("PATCH", "/user-tasks/1", {"changeset": {"priority": 101}}, "changeset.priority"),
    ("POST", "/messages/publication", {"name": ""}, "name"),
    ("POST", "/messages/publication", {"name": "x", "timeToLive": -1}, "timeToLive"),
    ("POST", "/signals/broadcast", {}, "signalName"),
    ("POST", "/decision-definitions/evaluation", {}, "decisionDefinitionId"),
    ("POST", "/expression/evaluation", {}, "expression"),
    ("POST", "/process-instances/1/migration", {"mappingInstructions": []}, "targetProcessDefinitionKey"),
    (
        "POST",
        "/process-instances/1/modification",
        {"terminateInstructions": [{}]},
        "terminateInstructions[0].elementInstanceKey",
    ),
    (
        "POST",
        "/process-instances/1/modification",
        {"moveInstructions": [{"sourceElementInstruction": {"sourceType": "byId"}, "targetElementId": "x"}]},
        "moveInstructions[0].sourceElementInstruction.sourceElementId",
    ),
    ("POST", "/process-instances/1/modification", {"activateInstructions": 1}, "activateInstructions"),
    ("POST", "/users", {"username": "a", "password": "short"}, "newPassword"),
    ("PUT", "/clock", {"timestamp": -1}, "timestamp"),
]


def test_a_bad_body_is_refused_by_the_name_of_its_field(boss: Caller) -> None:
    for method, path, body, field in BAD:
        response = boss.call(method, path, body)
        assert response.status_code == 400, (path, body, response.status_code, response.text)
        assert field in response.json["fields"], (path, body, response.json)


@pytest.mark.parametrize(
    "content", [b"{", b"\xff", b'{"a": NaN}', b'{"a": 1e999}', b'{"name": "\\u0000"}', b"[" * 5000]
)
def test_what_is_no_json_is_refused(boss: Caller, content: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    response = boss.call("POST", "/messages/publication", data=content, headers=headers)
    assert response.status_code == 400, response.text


def test_what_is_of_another_kind_is_refused(boss: Caller) -> None:
    response = boss.call("POST", "/signals/broadcast", data=b"<a/>", headers={"Content-Type": "application/xml"})
    assert response.status_code == 400


def test_a_second_message_with_the_same_id_conflicts(boss: Caller) -> None:
    message = {"name": "x", "correlationKey": "k", "timeToLive": 60_000, "messageId": "m1"}
    assert boss.post("/messages/publication", message).status_code == 200
    assert boss.post("/messages/publication", message).status_code == 409


def test_a_case_that_is_over_conflicts_with_what_is_asked_of_it(boss: Caller) -> None:
    key = boss.start("two-tasks")
    task = boss.only("/user-tasks", processInstanceKey=key)["userTaskKey"]
    assert boss.post(f"/process-instances/{key}/cancellation").status_code == 204
    for path in (f"/process-instances/{key}/cancellation", f"/user-tasks/{task}/completion"):
        response = boss.post(path)
        assert response.status_code == 409, response.text
        assert response.json["title"] == "Conflict"


def test_a_step_that_cannot_migrate_conflicts_with_the_reason(boss: Caller) -> None:
    key = boss.start("two-tasks")
    target = boss.only("/process-definitions", processDefinitionId="work")["processDefinitionKey"]
    response = boss.post(
        f"/process-instances/{key}/migration", {"targetProcessDefinitionKey": target, "mappingInstructions": []}
    )
    assert response.status_code == 409
    assert "first" in response.json["detail"]


def test_a_refused_deployment_tells_every_problem_and_its_place(boss: Caller) -> None:
    response = boss.deploy(bad__bpmn=b"<no")
    assert response.status_code == 400
    assert [(each["file"], each["line"]) for each in response.json["problems"]] == [("bad.bpmn", 1)]


@pytest.mark.parametrize("name", ["../x.bpmn", "/x.bpmn", "x.exe", "a\\b.bpmn", ""])
def test_a_file_with_a_name_that_cannot_be_is_refused(boss: Caller, name: str) -> None:
    data = {"resources": (io.BytesIO(b"x"), name)}
    response = boss.call("POST", "/deployments", data=data, content_type="multipart/form-data")
    assert response.status_code == 400, response.text


def test_an_address_that_is_none_is_not_found(boss: Caller) -> None:
    for path in ("/nonsense", "/process-instances/abc", f"/process-instances/{2**63}", "/agents/search"):
        response = boss.get(path)
        assert response.status_code in (404, 405)
        assert response.content_type == "application/problem+json"


def test_the_body_is_limited(app: Flask, boss: Caller) -> None:
    app.config["MAX_CONTENT_LENGTH"] = 100
    response = boss.post("/signals/broadcast", {"signalName": "x", "variables": {"a": "b" * 200}})
    assert response.status_code == 413
