"""SignUserTask and RemoveSigner: 前加签, 后加签, 并加签, 协办, 减签."""

from __future__ import annotations

import pytest

from engine.commands.actions.remove_signer import RemoveSigner
from engine.commands.actions.return_user_task import ReturnUserTask
from engine.commands.actions.sign_user_task import SignUserTask
from engine.commands.complete_user_task import CompleteUserTask
from engine.store.tables.actions import held_completion, signer
from engine.store.tables.runtime import process_instance, user_task
from tests.unit.commands.actions.office import Office, row
from tests.unit.commands.platforms import refused


def signed(office: Office, kind: str, *people: str) -> tuple[int, int, list[int]]:
    office.bureau.deploy(row("draft", "check"))
    root = office.start()
    key = office.tasks(root)["draft"]
    answer = office.do("li", SignUserTask(key, kind, people, "请把关"))
    return root, key, answer["signers"]


def test_before_the_task_waits_for_them(office: Office) -> None:
    root, key, (first, second) = signed(office, "BEFORE", "wang", "qian")
    refused(office.bureau, CompleteUserTask(key), office.person("li"), "actions.waits-for-others")

    office.do("wang", CompleteUserTask(first, opinion="可以"))
    refused(office.bureau, CompleteUserTask(key), office.person("li"), "actions.waits-for-others")
    office.do("qian", CompleteUserTask(second, outcome="不同意", opinion="欠妥"))

    office.do("li", CompleteUserTask(key))
    assert list(office.tasks(root)) == ["check"]
    answers = [(each["opinion"], each["outcome"]) for each in office.bureau.rows(signer, task_key=key)]
    assert answers == [("可以", "同意"), ("欠妥", "不同意")]
    assert office.verified()


@pytest.mark.parametrize("kind", ["AFTER", "PARALLEL", "ASSIST"])
def test_otherwise_the_completion_takes_effect_when_they_are_done(office: Office, kind: str) -> None:
    root, key, (first, second) = signed(office, kind, "wang", "qian")
    if kind == "AFTER":
        assert office.tasks(root, bound=True) == {}
    else:
        office.do("wang", CompleteUserTask(first))

    answer = office.do("li", CompleteUserTask(key, {"text": "定"}, "拟同意"))

    assert answer["held"]
    assert office.tasks(root) == {"draft": key}
    refused(office.bureau, CompleteUserTask(key), office.person("li"), "actions.waits-for-others")
    if kind == "AFTER":
        office.do("wang", CompleteUserTask(first))
        assert office.tasks(root) == {"draft": key}
    office.do("qian", CompleteUserTask(second))
    assert list(office.tasks(root)) == ["check"]
    done = office.task(key)
    assert (done["completed_by"], done["opinion"]) == ("li", "拟同意")
    assert office.verified()


def test_all_parallel_signers_first_then_the_task_at_once(office: Office) -> None:
    root, key, (only,) = signed(office, "PARALLEL", "wang")
    office.do("wang", CompleteUserTask(only))

    assert "held" not in office.do("li", CompleteUserTask(key))
    assert list(office.tasks(root)) == ["check"]
    assert office.verified()


def test_who_disagrees_afterwards_gives_the_task_back(office: Office) -> None:
    root, key, (first, second) = signed(office, "AFTER", "wang", "qian")
    office.do("li", CompleteUserTask(key))

    office.do("wang", CompleteUserTask(first, outcome="不同意", opinion="不行"))

    assert office.tasks(root) == {"draft": key}
    assert office.bureau.rows(held_completion) == []
    refused(office.bureau, CompleteUserTask(second), office.person("qian"), "commands.user-task-not-open")
    office.do("li", CompleteUserTask(key))
    assert list(office.tasks(root)) == ["check"]
    assert office.verified()


def test_a_signer_let_go_is_not_waited_for(office: Office) -> None:
    root, key, (first, second) = signed(office, "AFTER", "wang", "qian")
    office.do("li", RemoveSigner(second, "不必"))
    office.do("li", CompleteUserTask(key))
    refused(office.bureau, RemoveSigner(first), office.person("wang"), "actions.signer-unknown")

    office.do("li", RemoveSigner(first, "来不及"))

    assert list(office.tasks(root)) == ["check"]
    assert {each["state"] for each in office.bureau.rows(signer)} == {"CANCELED"}
    refused(office.bureau, RemoveSigner(first), office.person("li"), "actions.signer-unknown")
    assert office.verified()


def test_signers_go_with_a_task_that_is_cancelled(office: Office) -> None:
    office.bureau.deploy(row("draft", "check"))
    root = office.start()
    office.complete("li", root, "draft")
    key = office.tasks(root)["check"]
    (asked,) = office.do("wang", SignUserTask(key, "BEFORE", ["qian"], "请把关"))["signers"]

    office.do("wang", ReturnUserTask(key, "重拟"))

    assert office.task(asked)["state"] == "CANCELED"
    assert office.bureau.row(signer, key=asked)["state"] == "CANCELED"
    assert office.verified()


def test_nobody_is_asked_twice_and_signers_ask_nobody(office: Office) -> None:
    _, key, (only,) = signed(office, "PARALLEL", "wang")
    li = office.person("li")

    refused(office.bureau, SignUserTask(key, "AFTER", ["wang"], "x"), li, "actions.person-unsuitable")
    refused(office.bureau, SignUserTask(key, "AFTER", ["li"], "x"), li, "actions.person-unsuitable")
    refused(
        office.bureau, SignUserTask(only, "AFTER", ["zhao"], "x"), office.person("wang"), "actions.not-on-this-task"
    )
    assert office.bureau.row(process_instance)["state"] == "ACTIVE"
    assert len(office.bureau.rows(user_task)) == 2
