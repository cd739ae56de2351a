"""Deploying over the API: what is right gets a version, what is wrong changes nothing."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.integration.webapi.conftest import Person
from tests.integration.webapi.house import APPLY, SIMPLE, flows, form, process, user_task

pytestmark = pytest.mark.both_databases
People = Callable[[str], Person]

START, END = '<bpmn:startEvent id="kaishi"/>', '<bpmn:endEvent id="jieshu"/>'


def deploy(admin: Person, **files: str) -> TestResponse:
    """Deploy files; ``_`` in a name stands for a dot."""
    sent = [{"name": name.replace("_", "."), "content": content} for name, content in files.items()]
    return admin.post("/deployments", {"files": sent})


def test_files_deployed_together_get_versions(person: People) -> None:
    # given
    admin = person("admin")
    diagram = process(
        "xin", "新", START + user_task("tian", "文书", form="xinbiao") + END + flows("kaishi", "tian", "jieshu")
    )

    # when
    response = deploy(admin, xin_bpmn=diagram, xin_form=form("xinbiao"))

    # then
    assert response.status_code == 200
    assert [(item["kind"], item["id"], item["version"], item["new"]) for item in response.json["deployed"]] == [
        ("process", "xin", 1, True),
        ("form", "xinbiao", 1, True),
    ]
    assert person("jia").post("/process-instances", {"procedureId": "xin"}).status_code == 201

    # and the very same again is no new version
    again = deploy(admin, xin_bpmn=diagram, xin_form=form("xinbiao"))
    assert {item["new"] for item in again.json["deployed"]} == {False}


def test_running_cases_keep_their_version(person: People) -> None:
    case = person("jia").start(shi="采购")

    assert deploy(person("admin"), shenqing_bpmn=SIMPLE.replace('name="归档"', 'name="存档"')).status_code == 200

    yi, ding = person("yi"), person("ding")
    yi.complete(yi.task("审批"), yijian="同意")
    assert [task["name"] for task in ding.tasks()] == ["归档"]
    assert ding.get(f"/process-instances/{case}").json["version"] == 1


def test_files_may_be_sent_as_a_form(person: People) -> None:
    admin = person("admin")
    data: dict[str, Any] = {"files": [(io.BytesIO(APPLY.replace("apply", "neu").encode()), "forms/neu.form")]}

    response = admin.client.post(
        "/api/deployments",
        data=data,
        content_type="multipart/form-data",
        headers={"X-CSRF-Token": admin.csrf_token},
    )

    assert response.status_code == 200, response.text
    assert [(item["id"], item["name"]) for item in response.json["deployed"]] == [("neu", "forms/neu.form")]


SCRIPT = process(
    "p",
    "坏",
    START
    + '<bpmn:scriptTask id="py" scriptFormat="python"><bpmn:script>import os</bpmn:script></bpmn:scriptTask>'
    + END
    + flows("kaishi", "py", "jieshu"),
)
BROKEN_FEEL = process(
    "p",
    "坏",
    START
    + '<bpmn:exclusiveGateway id="fen" default="fen_jieshu"/>'
    + user_task("yi", "文书")
    + END
    + flows("kaishi", "fen", "jieshu")
    + flows("yi", "jieshu").replace("yi_jieshu", "yi_ende")
    + '<bpmn:sequenceFlow id="fen_yi" sourceRef="fen" targetRef="yi"><bpmn:conditionExpression '
    'xsi:type="bpmn:tFormalExpression">=jine &gt;</bpmn:conditionExpression></bpmn:sequenceFlow>',
)
MISSING_FORM = process(
    "p", "坏", START + user_task("tian", "文书", form="nirgends") + END + flows("kaishi", "tian", "jieshu")
)
UNSUPPORTED = process("p", "坏", START + '<bpmn:complexGateway id="fu"/>' + END + flows("kaishi", "fu", "jieshu"))
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "aaaaaaaaaa"><!ENTITY c "&a;&a;&a;&a;">]>' + SIMPLE.partition("?>")[2]
)
EXTERNAL = '<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + SIMPLE.partition("?>")[2]


@pytest.mark.parametrize(
    ("content", "element"),
    [
        pytest.param(SCRIPT, "py", id="a Python script"),
        pytest.param(BROKEN_FEEL, "fen_yi", id="a broken FEEL expression"),
        pytest.param(MISSING_FORM, "tian", id="a form that is missing"),
        pytest.param(UNSUPPORTED, "fu", id="an element that is not executed"),
        pytest.param(BOMB, None, id="an XML bomb"),
        pytest.param(EXTERNAL, None, id="an external entity"),
        pytest.param("<bpmn:definitions", None, id="half a file"),
    ],
)
def test_what_cannot_run_faithfully_is_refused_with_its_place_and_changes_nothing(
    person: People, content: str, element: str | None
) -> None:
    # given a set with a good file and a bad one
    admin = person("admin")
    before = admin.get("/admin/procedures").json

    # when
    response = deploy(admin, gut_form=form("gut"), schlecht_bpmn=content)

    # then
    assert response.status_code == 422
    assert response.json["code"] == "commands.deployment-refused"
    first = next(problem for problem in response.json["problems"] if problem["severity"] == "error")
    assert first["file"] == "schlecht.bpmn"
    assert first["line"] >= 1
    assert first["message"]
    assert first["code"]
    if element is not None:
        assert element in {problem["element"] for problem in response.json["problems"]}
    assert admin.get("/admin/procedures").json == before
    assert deploy(admin, gut_form=form("gut")).json["deployed"][0]["version"] == 1


@pytest.mark.parametrize("name", ["../x.form", "/x.form", "a\\x.form", "a//x.form", "x\n.form"])
def test_names_that_are_no_relative_paths_are_refused(person: People, name: str) -> None:
    response = person("admin").post("/deployments", {"files": [{"name": name, "content": "{}"}]})

    assert response.status_code == 400
    assert response.json["code"] == "webapi.body-invalid"


def test_a_file_of_another_kind_is_refused(person: People) -> None:
    response = deploy(person("admin"), x_py="import os")

    assert response.status_code == 422
    assert response.json["problems"][0]["code"] == "content.kind-unknown"
