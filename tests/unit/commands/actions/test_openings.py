"""What happens when a user task opens: approvals of the same person merged, and the next level up for the applicant."""

from __future__ import annotations

from engine.commands.actions.return_user_task import ReturnUserTask
from engine.commands.complete_user_task import CompleteUserTask
from engine.store.tables.runtime import process_instance, user_task
from tests.unit.commands.actions.office import Office, row
from tests.unit.commands.platforms import refused

MERGING = {"outcome": "yijian", "merge__same-person": "true"}


def test_the_second_approval_of_the_same_person_is_merged(office: Office) -> None:
    office.bureau.deploy(row("first:主要负责人", "second:主要负责人", "last", **MERGING))
    root = office.start()

    office.complete("zhao", root, "first", yijian="同意")

    assert list(office.tasks(root)) == ["last"]
    (merged,) = office.bureau.rows(user_task, root_key=root, element_id="second")
    assert (merged["state"], merged["outcome"], merged["completed_by"]) == ("COMPLETED", "同意", "zhao")
    assert office.verified()


def test_a_refusal_another_person_or_a_choice_of_people_is_not_merged(office: Office) -> None:
    office.bureau.deploy(row("first:主要负责人", "second:主要负责人", "third:clerks", **MERGING))
    root = office.start()
    office.complete("zhao", root, "first", yijian="不同意")
    assert list(office.tasks(root)) == ["second"]
    office.complete("zhao", root, "second", yijian="同意")
    assert list(office.tasks(root)) == ["third"]
    assert office.verified()


def test_an_approval_before_a_return_counts_no_more(office: Office) -> None:
    office.bureau.deploy(row("draft:leaders", "first:主要负责人", "check:leaders", "second:主要负责人", **MERGING))
    root = office.start()
    draft = office.complete("zhang", root, "draft")
    office.complete("zhao", root, "first", yijian="同意")
    office.do("zhang", ReturnUserTask(office.tasks(root)["check"], "改", target=draft))
    office.complete("zhang", root, "draft")

    assert list(office.tasks(root)) == ["first"]
    office.complete("zhao", root, "first", yijian="同意")
    office.complete("zhang", root, "check")
    assert office.bureau.row(process_instance, key=root)["state"] == "COMPLETED"
    assert office.verified()


def test_the_next_level_up_decides_where_the_applicant_is_the_approver(office: Office) -> None:
    office.bureau.deploy(row("approve:科室负责人@bgs", **{"self-approval": "escalate", "outcome": "yijian"}))
    root = office.start("wang")

    key = office.tasks(root)["approve"]
    assert office.task(key)["candidate_groups"] == ["分管负责人@bgs"]
    refused(office.bureau, CompleteUserTask(key), office.person("wang"), "commands.user-task-unknown")
    office.complete("zhang", root, "approve", yijian="同意")
    assert office.verified()


def test_where_others_can_decide_the_applicant_only_may_not(office: Office) -> None:
    office.bureau.deploy(row("approve:clerks", **{"self-approval": "escalate"}))
    root = office.start("wang")
    key = office.tasks(root)["approve"]
    assert office.task(key)["candidate_groups"] == ["clerks"]

    refused(office.bureau, CompleteUserTask(key), office.person("wang"), "actions.self-approval")
    office.complete("li", root, "approve")
    assert office.verified()
