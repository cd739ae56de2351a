"""UpdateVariables: an administrator sets what a case goes by."""

from __future__ import annotations

import json

from engine.commands.suspend_process_instance import SuspendProcessInstance
from engine.commands.update_variables import UpdateVariables
from engine.store.tables.history import history_event
from engine.store.tables.runtime import variable
from tests.unit.commands import diagrams as d
from tests.unit.commands.platforms import ADMIN, CLERK, Bureau, refused


def started(bureau: Bureau) -> tuple[int, int]:
    bureau.deploy(d.one_task())
    root = bureau.start(variables={"amount": 1})
    return root, bureau.open_tasks(root)["work"]


def values(bureau: Bureau, scope: int) -> dict[str, object]:
    return {row["name"]: row["value"] for row in bureau.rows(variable, scope_key=scope) if row["name"] != "initiator"}


def test_a_variable_is_set_where_it_lives(bureau: Bureau) -> None:
    root, key = started(bureau)

    bureau.bus.execute(UpdateVariables(key, {"amount": 2, "new": [1, {"a": None}]}, reason="更正"), ADMIN)

    assert values(bureau, root) == {"amount": 2, "new": [1, {"a": None}]}
    assert values(bureau, key) == {}
    payload = json.loads(bureau.row(history_event, type="variables_updated")["payload"])
    assert payload["reason"] == "更正"
    assert bureau.verify().findings == []


def test_a_local_variable_is_set_in_that_scope_only(bureau: Bureau) -> None:
    root, key = started(bureau)

    bureau.bus.execute(UpdateVariables(key, {"amount": 2}, local=True), ADMIN)

    assert (values(bureau, root), values(bureau, key)) == ({"amount": 1}, {"amount": 2})


def test_only_administrators_do_it(bureau: Bureau) -> None:
    root, _ = started(bureau)

    refused(bureau, UpdateVariables(root, {"amount": 2}), CLERK, "commands.administrator-only")


def test_what_is_over_or_still_is_refused(bureau: Bureau) -> None:
    root, _ = started(bureau)
    refused(bureau, UpdateVariables(999, {"amount": 2}), ADMIN, "commands.case-unknown")

    bureau.bus.execute(SuspendProcessInstance(root, "核查"), ADMIN)
    refused(bureau, UpdateVariables(root, {"amount": 2}), ADMIN, "commands.case-suspended")


def test_an_ended_case_and_an_ended_scope_are_refused(bureau: Bureau) -> None:
    content = d.el("startEvent", "s") + d.task("one") + d.task("two") + d.chain("s", "one", "two")
    bureau.deploy(d.diagram(content))
    root = bureau.start()
    over = bureau.open_tasks(root)["one"]
    bureau.complete(root, "one")

    refused(bureau, UpdateVariables(over, {"amount": 2}), ADMIN, "execution.element-instance-unknown")

    bureau.complete(root, "two")
    refused(bureau, UpdateVariables(root, {"amount": 2}), ADMIN, "commands.case-ended")
