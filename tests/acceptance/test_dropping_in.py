"""Files saved into the content folders are in force within ten seconds; what is refused changes nothing."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, TypeVar

import httpx
import pytest

from tests.browser.served import ROOT, Server, serve

pytestmark = pytest.mark.slow

WITHIN_SECONDS = 10
LOOKS_A_SECOND = 4

DIAGRAM = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="d" targetNamespace="t">
<bpmn:process id="bgs-dropped" name="借用会议室" isExecutable="true">
<bpmn:extensionElements><zeebe:properties><zeebe:property name="department" value="bgs"/></zeebe:properties>
</bpmn:extensionElements>
<bpmn:startEvent id="s"><bpmn:extensionElements><zeebe:formDefinition formId="dropped-form"/></bpmn:extensionElements>
</bpmn:startEvent>
<bpmn:businessRuleTask id="rule"><bpmn:extensionElements>
<zeebe:calledDecision decisionId="dropped_room" resultVariable="room"/></bpmn:extensionElements></bpmn:businessRuleTask>
<bpmn:userTask id="confirm" name="确认会议室"><bpmn:extensionElements><zeebe:userTask/>
<zeebe:assignmentDefinition assignee="=initiator.id"/></bpmn:extensionElements></bpmn:userTask>
<bpmn:endEvent id="e"/>
<bpmn:sequenceFlow id="f1" sourceRef="s" targetRef="rule"/>
<bpmn:sequenceFlow id="f2" sourceRef="rule" targetRef="confirm"/>
<bpmn:sequenceFlow id="f3" sourceRef="confirm" targetRef="e"/></bpmn:process></bpmn:definitions>"""

TABLE = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="dropped" name="会议室" namespace="t">
<decision id="dropped_room" name="会议室"><decisionTable id="t" hitPolicy="UNIQUE">
<input id="i"><inputExpression id="ie" typeRef="number"><text>people</text></inputExpression></input>
<output id="o" name="room" typeRef="string"/>
<rule id="r1"><inputEntry id="a1"><text>&lt;= 10</text></inputEntry>
<outputEntry id="b1"><text>"小会议室"</text></outputEntry></rule>
<rule id="r2"><inputEntry id="a2"><text>&gt; 10</text></inputEntry>
<outputEntry id="b2"><text>"大会议室"</text></outputEntry></rule>
</decisionTable></decision></definitions>"""

FORM = {
    "type": "default",
    "id": "dropped-form",
    "schemaVersion": 19,
    "components": [
        {"type": "number", "id": "f1", "key": "people", "label": "人数", "validate": {"required": True, "min": 1}}
    ],
}


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("content")
    shutil.copytree(ROOT / "organisation", folder / "organisation")
    for name in ("bpmn", "dmn", "forms"):
        (folder / name).mkdir()
    return folder


@pytest.fixture(scope="module")
def server(content: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serve(tmp_path_factory.mktemp("served"), content) as running:
        yield running


def sign_in(server: Server, username: str) -> httpx.Client:
    session = httpx.Client(base_url=server.address, timeout=30)
    answer = session.post("/api/session", json={"username": username, "password": server.password})
    answer.raise_for_status()
    session.headers["X-CSRF-Token"] = answer.json()["csrfToken"]
    return session


@pytest.fixture(scope="module")
def clerk(server: Server) -> Iterator[httpx.Client]:
    with closing(sign_in(server, "kjk-jingban")) as session:
        yield session


@pytest.fixture(scope="module")
def administrator(server: Server) -> Iterator[httpx.Client]:
    with closing(sign_in(server, "admin")) as session:
        yield session


Found = TypeVar("Found")


def within_ten_seconds(look: Callable[[], Found | None]) -> Found:
    """Look again and again, bounded, and return what was seen."""
    pause = threading.Event()
    for _ in range(WITHIN_SECONDS * LOOKS_A_SECOND):
        found = look()
        if found is not None:
            return found
        pause.wait(1 / LOOKS_A_SECOND)
    raise AssertionError(f"not seen within {WITHIN_SECONDS} seconds")


def procedure(clerk: httpx.Client, version: int) -> dict[str, Any] | None:
    departments = clerk.get("/api/procedures").json()["departments"]
    for department in departments:
        for found in department["procedures"]:
            if (found["id"], found["version"]) == ("bgs-dropped", version):
                return dict(found)
    return None


def test_a_diagram_a_form_and_a_table_saved_together_can_be_used_and_a_broken_one_changes_nothing(
    content: Path, clerk: httpx.Client, administrator: httpx.Client
) -> None:
    # given nothing is deployed
    assert procedure(clerk, 1) is None

    # when the three files are saved while the server runs
    (content / "bpmn" / "bgs-dropped.bpmn").write_text(DIAGRAM, "utf-8")
    (content / "dmn" / "dropped.dmn").write_text(TABLE, "utf-8")
    (content / "forms" / "dropped.form").write_text(json.dumps(FORM), "utf-8")

    # then the procedure can be started: its form is enforced and its table decides
    within_ten_seconds(lambda: procedure(clerk, 1))
    refused = start(clerk, {})
    assert refused.status_code == 400
    assert "people" in refused.json()["fields"]
    started = start(clerk, {"people": 12})
    assert started.status_code == 201
    variables = clerk.get(f"/api/process-instances/{started.json()['key']}").json()
    assert variables["variables"]["room"] == "大会议室"

    # when a broken version of the diagram is saved
    broken = DIAGRAM.replace("=initiator.id", "=initiator.").replace("借用会议室", "借用会议室（二）")
    (content / "bpmn" / "bgs-dropped.bpmn").write_text(broken, "utf-8")

    # then administrators see why it was refused, with its place, and the running version stands
    problem = within_ten_seconds(lambda: refusal(administrator))
    assert problem["file"] == "bpmn/bgs-dropped.bpmn"
    assert problem["line"] is not None
    assert problem["element"] == "confirm"
    assert procedure(clerk, 2) is None
    assert start(clerk, {"people": 3}).status_code == 201

    # when it is mended
    (content / "bpmn" / "bgs-dropped.bpmn").write_text(DIAGRAM.replace("借用会议室", "借用会议室（二）"), "utf-8")

    # then the new version is in force and nothing is refused any more
    found = within_ten_seconds(lambda: procedure(clerk, 2))
    assert found["name"] == "借用会议室（二）"
    assert refusal(administrator) is None


def start(clerk: httpx.Client, variables: dict[str, Any]) -> httpx.Response:
    body = {"procedureId": "bgs-dropped", "variables": variables}
    return clerk.post("/api/process-instances", json=body)


def refusal(administrator: httpx.Client) -> dict[str, Any] | None:
    listed = administrator.get("/api/admin/procedures").json()
    problems = [problem for item in listed for problem in item["problems"] if problem["severity"] == "error"]
    return problems[0] if problems else None
