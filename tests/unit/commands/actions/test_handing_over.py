"""TransferUserTask, DelegateUserTask, RecallDelegation."""

from __future__ import annotations

from engine.commands.actions.delegate_user_task import DelegateUserTask
from engine.commands.actions.recall_delegation import RecallDelegation
from engine.commands.actions.return_user_task import ReturnUserTask
from engine.commands.actions.transfer_user_task import TransferUserTask
from engine.commands.complete_user_task import CompleteUserTask
from engine.store.tables.actions import handover
from engine.store.tables.runtime import process_instance, variable
from tests.unit.commands import diagrams as d
from tests.unit.commands.actions.office import Office, row
from tests.unit.commands.platforms import ROOT, refused


def test_a_transferred_task_is_the_other_persons(office: Office) -> None:
    office.bureau.deploy(row("draft"))
    root = office.start()
    key = office.tasks(root)["draft"]

    office.do("li", TransferUserTask(key, "qian", "归他管"))

    assert office.task(key)["assignee_id"] == "qian"
    refused(office.bureau, CompleteUserTask(key), office.person("wang"), "commands.user-task-taken")
    office.complete("qian", root, "draft")
    assert office.bureau.row(process_instance, key=root)["state"] == "COMPLETED"
    assert office.bureau.row(handover, task_key=key)["reason"] == "归他管"
    assert office.verified()


def test_a_transfer_needs_a_reason_a_person_and_permission(office: Office) -> None:
    office.bureau.deploy(row("draft", actions__deny="委派"))
    root = office.start()
    key = office.tasks(root)["draft"]
    li = office.person("li")

    refused(office.bureau, TransferUserTask(key, "qian", ""), li, "actions.reason-missing")
    refused(office.bureau, TransferUserTask(key, "nobody", "x"), li, "actions.person-unknown")
    refused(office.bureau, TransferUserTask(key, "li", "x"), li, "actions.person-unsuitable")
    refused(office.bureau, DelegateUserTask(key, "qian", "x"), li, "actions.not-allowed")


def test_a_delegated_task_comes_back_for_confirmation(office: Office) -> None:
    # given
    office.bureau.deploy(row("draft"))
    root = office.start()
    key = office.tasks(root)["draft"]
    office.do("wang", DelegateUserTask(key, "qian", "请起草"))
    refused(office.bureau, CompleteUserTask(key), office.person("wang"), "commands.user-task-taken")
    refused(office.bureau, ReturnUserTask(key, "x"), office.person("qian"), "actions.not-on-this-task")

    # when the delegate has done it
    office.do("qian", CompleteUserTask(key, {"text": "草稿"}, "已拟好"))

    # then it is the delegator's again, with what was filled in
    assert office.task(key)["state"] == "CREATED"
    assert office.task(key)["assignee_id"] == "wang"
    done = office.bureau.row(handover, task_key=key)
    assert (done["state"], done["variables"], done["opinion"]) == ("DONE", {"text": "草稿"}, "已拟好")

    # and when the delegator confirms
    office.do("wang", CompleteUserTask(key, {"text": "定稿"}))
    assert office.bureau.row(variable, scope_key=root, name="text")["value"] == "定稿"
    assert office.verified()


def test_a_delegation_can_be_recalled_by_the_delegator(office: Office) -> None:
    office.bureau.deploy(row("draft"))
    root = office.start()
    key = office.tasks(root)["draft"]
    office.do("wang", DelegateUserTask(key, "qian", "请起草"))
    refused(office.bureau, RecallDelegation(key), office.person("li"), "actions.delegation-unknown")

    office.do("wang", RecallDelegation(key))

    assert office.task(key)["assignee_id"] == "wang"
    refused(office.bureau, CompleteUserTask(key), office.person("qian"), "commands.user-task-unknown")
    office.complete("wang", root, "draft")
    assert office.verified()


def test_penalties_are_not_delegated(office: Office) -> None:
    table = (ROOT / "dmn" / "action-exclusions.dmn").read_bytes()
    content = d.el("startEvent", "start") + d.task("draft") + d.chain("start", "draft")
    office.bureau.deploy(d.diagram(content, nature="处罚"), exclusions_dmn=table)
    key = office.tasks(office.start())["draft"]

    refused(office.bureau, DelegateUserTask(key, "qian", "x"), office.person("li"), "actions.not-allowed")
    office.do("li", TransferUserTask(key, "qian", "归他管"))
