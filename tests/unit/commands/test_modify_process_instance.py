"""ModifyProcessInstance: an administrator moves tokens by hand, all or nothing."""

from __future__ import annotations

import json

from engine.commands.modify_process_instance import Activation, ModifyProcessInstance
from engine.commands.suspend_process_instance import SuspendProcessInstance
from engine.store.tables.history import history_event
from engine.store.tables.runtime import element_instance, process_instance, user_task, variable
from tests.unit.commands import diagrams as d
from tests.unit.commands.platforms import ADMIN, CLERK, Bureau, refused


def started(bureau: Bureau) -> tuple[int, int]:
    content = d.el("startEvent", "s") + d.task("one") + d.task("two") + d.chain("s", "one", "two")
    bureau.deploy(d.diagram(content))
    root = bureau.start()
    return root, bureau.open_tasks(root)["one"]


def test_a_token_is_moved_with_the_reason_kept(bureau: Bureau) -> None:
    root, key = started(bureau)

    bureau.bus.execute(ModifyProcessInstance(root, (Activation("two", {None: {"x": 1}}),), (key,), "误送"), ADMIN)

    assert list(bureau.open_tasks(root)) == ["two"]
    assert bureau.row(user_task, key=key)["state"] == "CANCELED"
    assert bureau.row(element_instance, key=key)["state"] == "TERMINATED"
    assert bureau.row(variable, scope_key=root, name="x")["value"] == 1
    assert json.loads(bureau.row(history_event, type="process_instance_modified")["payload"])["reason"] == "误送"
    assert bureau.complete(root, "two")["case_ended"]
    assert bureau.verify().findings == []


def test_a_case_whose_last_token_is_taken_is_over(bureau: Bureau) -> None:
    root, key = started(bureau)

    bureau.bus.execute(ModifyProcessInstance(root, terminate=(key,)), ADMIN)

    assert bureau.row(process_instance, key=root)["state"] == "TERMINATED"
    assert bureau.verify().findings == []


def test_it_is_all_or_nothing(bureau: Bureau) -> None:
    root, key = started(bureau)

    for command, code in (
        (ModifyProcessInstance(root, (Activation("two"),), (999,)), "execution.element-instance-unknown"),
        (ModifyProcessInstance(root, (Activation("nothing"),), (key,)), "execution.element-unknown"),
        (ModifyProcessInstance(999, (Activation("two"),)), "commands.case-unknown"),
        (ModifyProcessInstance(root, terminate_elements=("two",)), "commands.nothing-to-move"),
    ):
        refused(bureau, command, ADMIN, code)


def test_only_administrators_do_it_and_only_in_a_case_that_runs(bureau: Bureau) -> None:
    root, key = started(bureau)
    refused(bureau, ModifyProcessInstance(root, terminate=(key,)), CLERK, "commands.administrator-only")

    bureau.bus.execute(SuspendProcessInstance(root, "核查"), ADMIN)
    refused(bureau, ModifyProcessInstance(root, terminate=(key,)), ADMIN, "commands.case-suspended")
