"""WithdrawUserTask: by the last actor, while nobody has acted since."""

from __future__ import annotations

from engine.commands.actions.sign_user_task import SignUserTask
from engine.commands.actions.withdraw_user_task import WithdrawUserTask
from engine.commands.claim_user_task import ClaimUserTask
from engine.commands.release_user_task import ReleaseUserTask
from engine.store.tables.runtime import process_instance
from tests.unit.commands import diagrams as d
from tests.unit.commands.actions.office import Office, row
from tests.unit.commands.platforms import ROOT, refused


def test_it_is_open_again_for_the_one_who_had_done_it(office: Office) -> None:
    office.bureau.deploy(row("draft", "check"))
    root = office.start()
    key = office.complete("li", root, "draft")

    answer = office.do("li", WithdrawUserTask(key, "写错了"))

    assert office.tasks(root) == {"draft": answer["opened"][0]}
    assert office.task(answer["opened"][0])["assignee_id"] == "li"
    office.complete("li", root, "draft")
    office.complete("wang", root, "check")
    assert office.bureau.row(process_instance, key=root)["state"] == "COMPLETED"
    assert office.verified()


def test_all_that_followed_is_taken_away_and_other_branches_stay(office: Office) -> None:
    office.bureau.deploy(d.parallel())
    root = office.start()
    office.complete("wang", root, "right")
    key = office.complete("li", root, "left")
    assert list(office.tasks(root)) == ["after"]

    office.do("li", WithdrawUserTask(key))

    assert list(office.tasks(root)) == ["left"]
    office.complete("li", root, "left")
    assert list(office.tasks(root)) == ["after"]
    assert office.verified()


def test_nobody_else_may_and_not_after_somebody_acted(office: Office) -> None:
    office.bureau.deploy(row("draft", "check", "sign:leaders"))
    root = office.start()
    key = office.complete("li", root, "draft")
    refused(office.bureau, WithdrawUserTask(key), office.person("wang"), "commands.user-task-unknown")

    office.do("wang", ClaimUserTask(office.tasks(root)["check"]))
    refused(office.bureau, WithdrawUserTask(key), office.person("li"), "actions.somebody-acted")
    office.do("wang", ReleaseUserTask(office.tasks(root)["check"]))
    refused(office.bureau, WithdrawUserTask(key), office.person("li"), "actions.somebody-acted")

    office.complete("wang", root, "check")
    refused(office.bureau, WithdrawUserTask(key), office.person("li"), "actions.somebody-acted")


def test_a_signer_asked_since_has_acted(office: Office) -> None:
    office.bureau.deploy(row("draft", "check"))
    root = office.start()
    key = office.complete("li", root, "draft")
    office.do("wang", SignUserTask(office.tasks(root)["check"], "PARALLEL", ["qian"], "请阅"))

    refused(office.bureau, WithdrawUserTask(key), office.person("li"), "actions.somebody-acted")


def test_not_where_the_table_of_exclusions_forbids_it(office: Office) -> None:
    table = (ROOT / "dmn" / "action-exclusions.dmn").read_bytes()
    office.bureau.deploy(row("draft", "check", nature="处罚"), exclusions_dmn=table)
    root = office.start()
    key = office.complete("li", root, "draft")

    error = refused(office.bureau, WithdrawUserTask(key), office.person("li"), "actions.not-allowed")

    assert "处罚" in error.message


def test_not_once_the_paper_has_been_sealed(office: Office) -> None:
    table = (ROOT / "dmn" / "action-exclusions.dmn").read_bytes()
    content = (
        d.el("startEvent", "start")
        + d.task("draft")
        + d.task("seal", marks="用印")
        + d.task("file")
        + d.chain("start", "draft", "seal", "file")
    )
    office.bureau.deploy(d.diagram(content), exclusions_dmn=table)
    root = office.start()
    office.complete("li", root, "draft")
    key = office.complete("li", root, "seal")

    error = refused(office.bureau, WithdrawUserTask(key), office.person("li"), "actions.not-allowed")

    assert "用印" in error.message


def test_the_last_step_of_a_case_cannot_be_taken_back(office: Office) -> None:
    office.bureau.deploy(row("draft"))
    root = office.start()
    key = office.complete("li", root, "draft")

    refused(office.bureau, WithdrawUserTask(key), office.person("li"), "commands.case-ended")
