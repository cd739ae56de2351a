"""ModifyProcessInstance: tokens moved by hand, by key and by element."""

from __future__ import annotations

from engine.commands.modify_process_instance import Activation, ModifyProcessInstance, Move
from engine.store.tables.runtime import user_task, variable
from tests.unit.commands import diagrams as d
from tests.unit.commands.platforms import ADMIN, CLERK, Bureau, refused


def started(bureau: Bureau) -> int:
    content = d.el("startEvent", "start") + d.task("one") + d.task("two") + d.chain("start", "one", "two")
    bureau.deploy(d.diagram(content))
    return bureau.start()


def test_an_element_is_activated_with_variables_and_another_terminated(bureau: Bureau) -> None:
    root = started(bureau)
    one = bureau.open_tasks(root)["one"]

    activation = Activation("two", {None: {"whole": 1}, "two": {"own": 2}})
    bureau.bus.execute(ModifyProcessInstance(root, [activation], [one], "跳过"), ADMIN)

    tasks = bureau.open_tasks(root)
    assert list(tasks) == ["two"]
    assert bureau.row(variable, name="whole")["scope_key"] == root
    assert bureau.row(variable, name="own")["scope_key"] == tasks["two"]
    assert bureau.verify().findings == []


def test_every_active_instance_of_an_element_is_moved(bureau: Bureau) -> None:
    root = started(bureau)
    bureau.bus.execute(ModifyProcessInstance(root, [Activation("one")]), ADMIN)

    bureau.bus.execute(ModifyProcessInstance(root, moves=[Move("one", Activation("two"))]), ADMIN)

    assert [row["element_id"] for row in bureau.rows(user_task, root_key=root, state="CREATED")] == ["two", "two"]
    assert bureau.verify().findings == []


def test_every_active_instance_of_an_element_is_terminated(bureau: Bureau) -> None:
    root = started(bureau)
    bureau.bus.execute(ModifyProcessInstance(root, [Activation("one"), Activation("two")]), ADMIN)

    bureau.bus.execute(ModifyProcessInstance(root, terminate_elements=["one"]), ADMIN)

    assert list(bureau.open_tasks(root)) == ["two"]


def test_an_element_without_active_instances_is_refused(bureau: Bureau) -> None:
    root = started(bureau)

    command = ModifyProcessInstance(root, moves=[Move("two", Activation("one"))])
    refused(bureau, command, ADMIN, "commands.nothing-to-move")
    refused(bureau, ModifyProcessInstance(root, terminate_elements=["no"]), ADMIN, "commands.nothing-to-move")


def test_what_does_not_exist_is_refused_and_only_administrators_do_it(bureau: Bureau) -> None:
    root = started(bureau)

    refused(bureau, ModifyProcessInstance(root, [Activation("no")]), ADMIN, "execution.element-unknown")
    refused(bureau, ModifyProcessInstance(root, [], [999]), ADMIN, "execution.element-instance-unknown")
    refused(bureau, ModifyProcessInstance(999, [Activation("two")]), ADMIN, "commands.case-unknown")
    refused(bureau, ModifyProcessInstance(root, [Activation("two")]), CLERK, "commands.administrator-only")
