"""MigrateProcessInstance: a running case goes on under another version of its process."""

from __future__ import annotations

from engine.commands.migrate_process_instance import MigrateProcessInstance
from engine.store.tables.runtime import case_lock, element_instance, process_instance, user_task
from tests.unit.commands import diagrams as d
from tests.unit.commands.platforms import ADMIN, CLERK, Bureau, refused


def version(*tasks: str) -> bytes:
    content = d.el("startEvent", "start") + "".join(d.task(name) for name in tasks)
    return d.diagram(content + d.chain("start", *tasks))


def deployed(bureau: Bureau, *tasks: str) -> int:
    return int(bureau.deploy(version(*tasks))["deployed"][0]["key"])


def test_the_open_task_goes_on_where_the_new_version_has_it(bureau: Bureau) -> None:
    deployed(bureau, "one", "two")
    root = bureau.start()
    task = bureau.open_tasks(root)["one"]
    target = deployed(bureau, "first", "between", "two")

    bureau.bus.execute(MigrateProcessInstance(root, target, {"one": "first"}, "新办法"), ADMIN)

    assert bureau.open_tasks(root) == {"first": task}
    row = bureau.row(process_instance, key=root)
    assert (row["definition_key"], row["version"]) == (target, 2)
    assert bureau.row(case_lock, root_key=root)["definition_key"] == target
    assert bureau.row(user_task, key=task)["definition_key"] == target
    assert bureau.row(element_instance, key=task)["element_id"] == "first"
    bureau.complete(root, "first")
    assert list(bureau.open_tasks(root)) == ["between"]
    assert bureau.verify().findings == []


def test_a_step_without_a_place_in_the_new_version_keeps_everything_as_it_is(bureau: Bureau) -> None:
    deployed(bureau, "one")
    root = bureau.start()
    target = deployed(bureau, "other")

    error = refused(bureau, MigrateProcessInstance(root, target), ADMIN, "execution.migration-impossible")

    assert "one" in error.message


def test_only_administrators_do_it_to_what_there_is(bureau: Bureau) -> None:
    key = deployed(bureau, "one")
    root = bureau.start()

    refused(bureau, MigrateProcessInstance(root, key), CLERK, "commands.administrator-only")
    refused(bureau, MigrateProcessInstance(999, key), ADMIN, "commands.case-unknown")
    refused(bureau, MigrateProcessInstance(root, 999), ADMIN, "definitions.process-unknown")
    bureau.complete(root, "one")
    refused(bureau, MigrateProcessInstance(root, key), ADMIN, "commands.case-ended")
