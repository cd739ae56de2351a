"""DeployResources: everything that is wrong is said with its place, and then nothing has changed."""

from __future__ import annotations

import json
import textwrap

import pytest

from engine.commands.deploy_resources import DeployResources
from engine.store.tables.repository import (
    decision_definition,
    deployment,
    deployment_resource,
    form,
    process_definition,
    resource,
)
from tests.unit.commands import diagrams as d
from tests.unit.commands.platforms import ADMIN, CLERK, MONDAY, Bureau, refused, together

PYTHON = d.el("scriptTask", "calc", "<bpmn:script>x = 1</bpmn:script>", scriptFormat="python")
BROKEN_FEEL = d.el("startEvent", "s") + d.script("calc", "1 +", "x") + d.chain("s", "calc")
ENTITY = b'<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>\n<x>&e;</x>'
BOMB = (
    b'<?xml version="1.0"?>\n<!DOCTYPE lolz [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "&%c;&%c;">' % (letter + 1, letter, letter) for letter in range(ord("a"), ord("p")))
    + b"]>\n<x>&p;</x>"
)


def lines(diagram: bytes) -> bytes:
    """Put each element on a line of its own, so that a line says something."""
    return diagram.replace(b"><", b">\n<")


def line_of(data: bytes, marker: bytes) -> int:
    return data[: data.index(marker)].count(b"\n") + 1


REFUSED = {
    "a Python script": (
        "a.bpmn",
        lines(d.diagram(d.el("startEvent", "s") + PYTHON + d.chain("s", "calc"))),
        b'id="calc"',
        "calc",
        "unsupported",
    ),
    "a broken FEEL expression": ("a.bpmn", lines(d.diagram(BROKEN_FEEL)), b'id="calc"', "calc", "invalid"),
    "a missing form": ("a.bpmn", lines(d.one_task(form="nowhere")), b"formDefinition", "work", "unsupported"),
    "a missing start form": (
        "a.bpmn",
        lines(
            d.diagram(
                d.el("startEvent", "s", zeebe='<zeebe:formDefinition formId="nowhere"/>')
                + d.task("work")
                + d.chain("s", "work")
            )
        ),
        b'id="s"',
        "s",
        "unsupported",
    ),
    "a missing decision": (
        "a.bpmn",
        lines(
            d.diagram(
                d.el("startEvent", "s")
                + d.el("businessRuleTask", "rule", zeebe='<zeebe:calledDecision decisionId="x" resultVariable="r"/>')
                + d.chain("s", "rule")
            )
        ),
        b'id="rule"',
        "rule",
        "unsupported",
    ),
    "a missing process": (
        "a.bpmn",
        lines(
            d.diagram(
                d.el("startEvent", "s")
                + d.el("callActivity", "call", zeebe='<zeebe:calledElement processId="x"/>')
                + d.chain("s", "call")
            )
        ),
        b'id="call"',
        "call",
        "unsupported",
    ),
    "an unsupported element": (
        "a.bpmn",
        lines(d.diagram(d.el("startEvent", "s") + d.el("callChoreography", "odd") + d.task("w") + d.chain("s", "w"))),
        b'id="odd"',
        None,
        None,
    ),
    "an external entity": ("a.bpmn", ENTITY, b"<!DOCTYPE", None, "invalid"),
    "an XML bomb": ("a.bpmn", BOMB, b"<!DOCTYPE", None, "invalid"),
    "a file cut short": ("a.bpmn", lines(d.one_task())[:-40], None, None, "invalid"),
    "a broken decision": (
        "a.dmn",
        lines(d.table("x", "1 +")),
        b'id="l_x"',
        None,
        "invalid",
    ),
    "a DMN bomb": ("a.dmn", BOMB, None, None, "invalid"),
    "broken JSON": ("a.form", b'{"id": "a",\n "components": [}', None, None, "invalid"),
    "a form without an id": ("a.form", b'{"type": "default", "components": []}', None, None, "invalid"),
    "another kind of file": ("a.py", b"print('x')", None, None, "invalid"),
    "an empty file": ("a.bpmn", b"", None, None, "invalid"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_it_is_refused_with_file_line_element_and_reason_and_nothing_has_changed(bureau: Bureau, what: str) -> None:
    name, data, marker, element, kind = REFUSED[what]
    sound = {"sound.bpmn": d.one_task("sound")}
    bureau.deploy(d.one_task("before"))

    error = refused(bureau, DeployResources({**sound, name: data}), ADMIN, "commands.deployment-refused")

    problems = error.details["problems"]
    assert isinstance(problems, list)
    assert problems
    assert {problem["file"] for problem in problems} == {name}
    assert all(problem["message"] and problem["code"] for problem in problems)
    if kind is not None:
        assert kind in {problem["kind"] for problem in problems}
    if marker is not None:
        line = line_of(data, marker)
        assert any(abs(problem["line"] - line) <= 3 for problem in problems), (line, problems)
    if element is not None:
        assert element in {problem["element"] for problem in problems}
    assert name in error.message


def test_everything_that_is_wrong_is_said_at_once(small_bureau: Bureau) -> None:
    files = {REFUSED[what][0].replace("a.", f"{number}."): REFUSED[what][1] for number, what in enumerate(REFUSED)}

    error = refused(small_bureau, DeployResources(files), ADMIN, "commands.deployment-refused")

    named = {problem["file"] for problem in error.details["problems"]}  # type: ignore[attr-defined]
    assert named == set(files)


def test_two_files_with_one_id_are_refused(small_bureau: Bureau) -> None:
    files = {"a.bpmn": d.one_task(), "b.bpmn": d.one_task()}

    error = refused(small_bureau, DeployResources(files), ADMIN, "commands.deployment-refused")

    assert [problem["code"] for problem in error.details["problems"]] == ["content.id-doubled"]  # type: ignore[attr-defined]


def test_only_administrators_deploy(bureau: Bureau) -> None:
    refused(bureau, DeployResources({"a.bpmn": d.one_task()}), CLERK, "commands.administrator-only")


def test_what_is_deployed_has_a_first_version_and_its_file_kept_by_digest(bureau: Bureau) -> None:
    files = {
        "bpmn/p.bpmn": d.diagram(d.el("startEvent", "s") + d.task("w", form="f") + d.chain("s", "w"), department="bgs"),
        "dmn/x.dmn": d.table("x", "1"),
        "forms/f.form": d.form("f", "a"),
    }

    answer = bureau.bus.execute(DeployResources(files, "folder"), ADMIN)

    assert {(item["kind"], item["id"], item["version"], item["new"]) for item in answer["deployed"]} == {
        ("process", "p", 1, True),
        ("decision", "x", 1, True),
        ("form", "f", 1, True),
    }
    row = bureau.row(deployment, key=answer["deployment_key"])
    assert (row["actor_id"], row["source"], row["deployed_at"]) == ("admin", "folder", MONDAY)
    kept = {row["digest"]: bytes(row["content"]) for row in bureau.rows(resource)}
    names = {row["name"]: kept[row["digest"]] for row in bureau.rows(deployment_resource)}
    assert names == files
    process = bureau.row(process_definition)
    assert (process["department"], process["startable"], process["resource_name"]) == ("bgs", True, "bpmn/p.bpmn")


def test_what_did_not_change_keeps_its_version(bureau: Bureau) -> None:
    same = d.one_task("one")
    bureau.deploy(same, other_bpmn=d.one_task("two"))

    answer = bureau.deploy(same, other_bpmn=d.one_task("two", outcome="x"))

    versions = {item["id"]: (item["version"], item["new"]) for item in answer["deployed"]}
    assert versions == {"one": (1, False), "two": (2, True)}
    assert len(bureau.rows(resource)) == 3


def test_content_that_comes_back_is_a_new_version(bureau: Bureau) -> None:
    one, other = d.one_task(), d.one_task(outcome="x")
    for content in (one, other, one):
        bureau.deploy(content)

    rows = bureau.rows(process_definition)
    assert [row["version"] for row in sorted(rows, key=lambda row: row["version"])] == [1, 2, 3]
    assert len(bureau.rows(resource)) == 2


def test_references_may_be_met_by_what_is_deployed_already(bureau: Bureau) -> None:
    bureau.deploy(f_form=d.form("f", "a"))

    assert bureau.deploy(d.one_task(form="f"))["deployed"][0]["new"]


def test_a_running_case_keeps_its_diagram_and_a_new_one_has_the_new(bureau: Bureau) -> None:
    two = d.el("startEvent", "s") + d.task("work") + d.task("more") + d.chain("s", "work", "more")
    bureau.deploy(d.one_task())
    running = bureau.start()
    bureau.deploy(d.diagram(two))
    fresh = bureau.start()

    assert bureau.complete(running, "work")["case_ended"]
    assert not bureau.complete(fresh, "work")["case_ended"]
    assert bureau.verify().findings == []


def test_a_user_task_keeps_the_form_it_was_created_with(bureau: Bureau) -> None:
    bureau.deploy(d.one_task(form="f"), f_form=d.form("f", "old"))
    running = bureau.start()
    bureau.deploy(f_form=d.form("f", "new"))
    fresh = bureau.start()

    assert bureau.complete(running, "work", {"old": "x"})["case_ended"]
    assert bureau.complete(fresh, "work", {"new": "x"})["case_ended"]
    assert [row["version"] for row in bureau.rows(form)] == [1, 2]


def test_a_rule_bound_to_the_deployment_keeps_its_version_and_one_bound_to_the_latest_does_not(bureau: Bureau) -> None:
    def rule(id_: str, binding: str) -> str:
        called = f'<zeebe:calledDecision decisionId="x" resultVariable="{id_}" bindingType="{binding}"/>'
        return d.el("businessRuleTask", id_, zeebe=called)

    content = (
        d.el("startEvent", "s")
        + d.task("work")
        + rule("bound", "deployment")
        + rule("free", "latest")
        + d.task("end")
        + d.chain("s", "work", "bound", "free", "end")
    )
    bureau.deploy(d.diagram(content), x_dmn=d.table("x", '"old"'))
    root = bureau.start()
    bureau.deploy(x_dmn=d.table("x", '"new"'))

    bureau.complete(root, "work")

    decided = [json.loads(row["payload"]) for row in bureau.events(root) if row["type"] == "decision_evaluated"]
    assert [(one["evaluation"]["value"], one["evaluation"]["version"]) for one in decided] == [("old", 1), ("new", 2)]
    assert len(bureau.rows(decision_definition)) == 2
    assert bureau.verify().findings == []


def test_the_same_files_deployed_by_two_at_once_have_one_version(bureau: Bureau) -> None:
    files = {"a.bpmn": d.one_task("a"), "b.dmn": d.table("b", "1")}

    answers = together(*[lambda: bureau.bus.execute(DeployResources(files), ADMIN)] * 3)

    assert all(isinstance(answer, dict) for answer in answers), answers
    assert [row["version"] for row in bureau.rows(process_definition)] == [1]
    assert [row["version"] for row in bureau.rows(decision_definition)] == [1]
    assert bureau.verify().findings == []


def test_a_message_names_the_first_problems_and_counts_the_rest(small_bureau: Bureau) -> None:
    error = refused(
        small_bureau,
        DeployResources({f"{number}.form": b"{" for number in range(5)}),
        ADMIN,
        "commands.deployment-refused",
    )

    assert "共 5 处" in textwrap.shorten(error.message, 4000)
