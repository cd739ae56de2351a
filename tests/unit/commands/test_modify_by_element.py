"""ModifyProcessInstance with elements instead of keys: every instance that is active at that moment."""

from __future__ import annotations

import pytest

from engine.commands.errors import IdempotencyKeyReused
from engine.commands.modify_process_instance import Activation, ModifyProcessInstance, Move
from engine.store.tables.runtime import user_task
from tests.unit.commands import diagrams as d
from tests.unit.commands.platforms import ADMIN, Bureau, refused


def started(bureau: Bureau) -> int:
    content = d.el("startEvent", "start") + d.task("one") + d.task("two") + d.chain("start", "one", "two")
    bureau.deploy(d.diagram(content))
    return bureau.start()


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


def test_a_repeated_request_moves_nothing_twice(bureau: Bureau) -> None:
    root = started(bureau)
    command = ModifyProcessInstance(root, [Activation("two", {None: {"a": 1}})])

    for _ in range(2):
        bureau.bus.execute(command, ADMIN, idempotency_key="k")

    assert len(bureau.rows(user_task, root_key=root)) == 2
    other = ModifyProcessInstance(root, [Activation("two", {None: {"a": 2}})])
    with pytest.raises(IdempotencyKeyReused):
        bureau.bus.execute(other, ADMIN, idempotency_key="k")
