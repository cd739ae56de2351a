"""StartProcessInstance: which version, with which data, under which title."""

from __future__ import annotations

import pytest

from engine.commands.start_process_instance import StartProcessInstance
from engine.store.tables.repository import process_definition
from engine.store.tables.runtime import case_lock, process_instance, variable
from tests.unit.commands import diagrams as d
from tests.unit.commands.platforms import CLERK, MONDAY, Bureau, refused


def test_a_case_begins_with_its_starter_and_data(bureau: Bureau) -> None:
    bureau.deploy(d.one_task())

    answer = bureau.bus.execute(StartProcessInstance("p", variables={"amount": 5}, business_key="2026-1"), CLERK)

    key = answer["process_instance_key"]
    definition = bureau.row(process_definition, process_id="p")
    assert answer == {
        "process_instance_key": key,
        "definition_key": definition["key"],
        "process_id": "p",
        "version": 1,
        "title": "p（周静玲）",
    }
    row = bureau.row(process_instance, key=key)
    assert (row["root_key"], row["state"], row["business_key"]) == (key, "ACTIVE", "2026-1")
    assert (row["initiator_id"], row["department"], row["started_at"]) == ("clerk", "bgs", MONDAY)
    variables = {row["name"]: row["value"] for row in bureau.rows(variable, scope_key=key)}
    assert variables == {"amount": 5, "initiator": {"id": "clerk", "name": "周静玲", "department": "bgs"}}
    assert bureau.row(case_lock, root_key=key)["head_seq"] == len(bureau.events(key))


def test_nobody_can_start_in_another_ones_name(bureau: Bureau) -> None:
    bureau.deploy(d.one_task())

    root = bureau.start(variables={"initiator": {"id": "juzhang"}})

    assert bureau.row(variable, scope_key=root, name="initiator")["value"]["id"] == "clerk"


def test_the_newest_version_is_started_unless_another_is_named(bureau: Bureau) -> None:
    bureau.deploy(d.one_task())
    bureau.deploy(d.one_task(outcome="x"))
    first = bureau.row(process_definition, process_id="p", version=1)["key"]

    newest = bureau.bus.execute(StartProcessInstance("p"), CLERK)
    old = bureau.bus.execute(StartProcessInstance(definition_key=first), CLERK)

    assert (newest["version"], old["version"], old["definition_key"]) == (2, 1, first)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ('="资金：" + item', "资金：机房"),
        ("=missing", "p（周静玲）"),
        ('=" "', "p（周静玲）"),
        ("=12", "p（周静玲）"),
        ("固定标题", "固定标题"),
        ("=initiator.name + string(now().year)", "周静玲2026"),
    ],
)
def test_the_title_is_what_the_diagram_says_or_names_procedure_and_starter(
    small_bureau: Bureau, title: str, expected: str
) -> None:
    diagram = d.diagram(d.el("startEvent", "s") + d.task("work") + d.chain("s", "work"), case__title=title)
    small_bureau.deploy(diagram)

    root = small_bureau.start(variables={"item": "机房"})

    assert small_bureau.row(process_instance, key=root)["title"] == expected


@pytest.mark.parametrize(
    "command", [StartProcessInstance("nothing"), StartProcessInstance(definition_key=1), StartProcessInstance()]
)
def test_an_unknown_process_is_refused(bureau: Bureau, command: StartProcessInstance) -> None:
    refused(bureau, command, CLERK, "definitions.process-unknown")


def test_a_stopped_procedure_is_refused(bureau: Bureau) -> None:
    content = d.el("startEvent", "s") + d.task("work") + d.chain("s", "work")
    bureau.deploy(d.diagram(content, badge="种子原文, 停用"))

    refused(bureau, StartProcessInstance("p"), CLERK, "commands.not-startable")


def test_a_procedure_that_only_a_message_starts_is_refused(bureau: Bureau) -> None:
    content = d.event("startEvent", "s", "start message") + d.task("work") + d.chain("s", "work")
    bureau.deploy(d.diagram(content))

    refused(bureau, StartProcessInstance("p"), CLERK, "commands.not-startable")


def test_data_the_start_form_does_not_take_is_refused(bureau: Bureau) -> None:
    form = '<zeebe:formDefinition formId="apply"/>'
    content = d.el("startEvent", "s", zeebe=form) + d.task("work") + d.chain("s", "work")
    bureau.deploy(d.diagram(content), apply_form=d.form("apply", "item"))

    error = refused(bureau, StartProcessInstance("p"), CLERK, "commands.form-refused")

    assert list(error.details["fields"]) == ["item"]  # type: ignore[call-overload]
    assert bureau.start(variables={"item": "机房"})


def test_a_case_that_never_waits_is_over_at_once(bureau: Bureau) -> None:
    bureau.deploy(d.diagram(d.el("startEvent", "s") + d.script("x", "1 + 1", "two") + d.chain("s", "x")))

    root = bureau.start()

    assert bureau.row(process_instance, key=root)["state"] == "COMPLETED"
    assert bureau.row(case_lock, root_key=root)["ended"]
    assert bureau.row(variable, scope_key=root, name="two")["value"] == 2
    assert bureau.verify().findings == []
