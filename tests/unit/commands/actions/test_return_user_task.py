"""ReturnUserTask: back to an earlier step, and nothing lost, doubled or stuck."""

from __future__ import annotations

import pytest

from engine.commands.actions.return_user_task import ReturnUserTask
from engine.commands.complete_user_task import CompleteUserTask
from engine.store.tables.actions import rework
from engine.store.tables.runtime import process_instance, user_task, variable
from tests.unit.commands import diagrams as d
from tests.unit.commands.actions.office import Office, row
from tests.unit.commands.platforms import refused

EACH = (
    "<bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements>"
    '<zeebe:loopCharacteristics inputCollection="=people" inputElement="who"/>'
    "</bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics>"
)


def test_back_to_the_previous_step_and_to_who_did_it(office: Office) -> None:
    # given
    office.bureau.deploy(row("draft", "check", "sign:leaders"))
    root = office.start()
    office.complete("li", root, "draft", text="第一稿")
    office.complete("wang", root, "check")
    key = office.tasks(root)["sign"]

    # when
    answer = office.do("zhang", ReturnUserTask(key, "数字不对"))

    # then
    opened = office.tasks(root)
    assert opened == {"check": answer["opened"][0]}
    assert answer["cancelled"] == [key]
    assert office.task(opened["check"])["assignee_id"] == "wang"
    assert office.task(key)["state"] == "CANCELED"
    assert office.bureau.row(rework, task_key=opened["check"])["reason"] == "数字不对"
    assert office.bureau.row(variable, scope_key=root, name="text")["value"] == "第一稿"
    assert office.verified()

    # and the case goes on to its end
    office.complete("wang", root, "check")
    office.complete("zhang", root, "sign")
    assert office.bureau.row(process_instance, key=root)["state"] == "COMPLETED"
    assert office.verified()


def test_back_to_any_earlier_step(office: Office) -> None:
    office.bureau.deploy(row("draft", "check", "sign:leaders"))
    root = office.start()
    target = office.complete("li", root, "draft")
    office.complete("wang", root, "check")
    key = office.tasks(root)["sign"]
    assert office.targets(root, key) == ["check", "draft"]

    office.do("zhang", ReturnUserTask(key, "重拟", target=target))

    assert list(office.tasks(root)) == ["draft"]
    office.complete("li", root, "draft")
    assert list(office.tasks(root)) == ["check"]
    assert office.verified()


def test_direct_goes_straight_back_to_who_returned_it(office: Office) -> None:
    # given
    office.bureau.deploy(row("draft", "check", "sign:leaders"))
    root = office.start()
    target = office.complete("li", root, "draft")
    office.complete("wang", root, "check")
    office.do("zhang", ReturnUserTask(office.tasks(root)["sign"], "补充", target=target, direct=True))

    # when
    office.complete("li", root, "draft", text="补好了")

    # then
    assert list(office.tasks(root)) == ["sign"]
    assert office.task(office.tasks(root)["sign"])["assignee_id"] == "zhang"
    assert office.bureau.row(variable, scope_key=root, name="text")["value"] == "补好了"
    assert office.verified()

    # and it can be returned again, to the step it came from now
    assert office.targets(root, office.tasks(root)["sign"])[0] == "draft"
    office.do("zhang", ReturnUserTask(office.tasks(root)["sign"], "还差一点", direct=True))
    office.complete("li", root, "draft")
    office.complete("zhang", root, "sign")
    assert office.bureau.row(process_instance, key=root)["state"] == "COMPLETED"
    assert office.verified()


def test_the_other_branch_goes_on_when_a_branch_is_returned_within_itself(office: Office) -> None:
    content = (
        d.el("startEvent", "start")
        + d.el("parallelGateway", "fork")
        + d.task("a1")
        + d.task("a2")
        + d.task("b1")
        + d.el("parallelGateway", "join")
        + d.task("after")
        + d.chain("start", "fork", "a1", "a2", "join", "after")
        + d.chain("fork", "b1", "join")
    )
    office.bureau.deploy(d.diagram(content))
    root = office.start()
    office.complete("li", root, "a1")
    b1 = office.tasks(root)["b1"]

    office.do("wang", ReturnUserTask(office.tasks(root)["a2"], "再看"))

    assert set(office.tasks(root)) == {"a1", "b1"}
    assert office.tasks(root)["b1"] == b1
    for element_id in ("a1", "b1", "a2", "after"):
        office.complete("li", root, element_id)
    assert office.bureau.row(process_instance, key=root)["state"] == "COMPLETED"
    assert office.verified()


def test_back_before_a_split_cancels_all_its_branches(office: Office) -> None:
    content = (
        d.el("startEvent", "start")
        + d.task("draft")
        + d.el("parallelGateway", "fork")
        + d.task("left")
        + d.task("right")
        + d.el("parallelGateway", "join")
        + d.task("after")
        + d.chain("start", "draft", "fork", "left", "join", "after")
        + d.chain("fork", "right", "join")
    )
    office.bureau.deploy(d.diagram(content))
    root = office.start()
    office.complete("li", root, "draft")
    office.complete("li", root, "right")
    left = office.tasks(root)["left"]

    # with a token of the other branch waiting at the join
    answer = office.do("wang", ReturnUserTask(left, "重来"))

    assert list(office.tasks(root)) == ["draft"]
    assert answer["cancelled"] == [left]
    for element_id in ("draft", "left", "right", "after"):
        office.complete("li", root, element_id)
    assert office.bureau.row(process_instance, key=root)["state"] == "COMPLETED"
    assert office.verified()


def test_back_into_one_branch_from_after_the_join_waits_for_that_branch_only(office: Office) -> None:
    # given
    office.bureau.deploy(d.parallel())
    root = office.start()
    left = office.complete("li", root, "left")
    office.complete("wang", root, "right")
    after = office.tasks(root)["after"]
    refused(office.bureau, ReturnUserTask(after, "看哪边"), office.person("li"), "actions.target-ambiguous")

    # when
    office.do("li", ReturnUserTask(after, "左边不对", target=left, direct=True))

    # then the other branch's token is back at the join, and taken away again on the way straight back
    assert list(office.tasks(root)) == ["left"]
    office.complete("li", root, "left")
    assert list(office.tasks(root)) == ["after"]
    assert office.verified()

    # and without 直达 it is consumed there
    office.do("li", ReturnUserTask(office.tasks(root)["after"], "再来", target=_latest(office, root, "right")))
    office.complete("wang", root, "right")
    assert list(office.tasks(root)) == ["after"]
    office.complete("li", root, "after")
    assert office.bureau.row(process_instance, key=root)["state"] == "COMPLETED"
    assert office.verified()


def _latest(office: Office, root: int, element_id: str) -> int:
    found = [each for each in office.causality(root).instances.values() if each.element_id == element_id]
    return max(each.key for each in found if each.state == "COMPLETED")


def test_direct_is_refused_where_other_branches_would_be_cancelled(office: Office) -> None:
    content = (
        d.el("startEvent", "start")
        + d.task("draft")
        + d.el("parallelGateway", "fork")
        + d.task("left")
        + d.task("right")
        + d.chain("start", "draft", "fork", "left")
        + d.chain("fork", "right")
    )
    office.bureau.deploy(d.diagram(content))
    root = office.start()
    office.complete("li", root, "draft")
    key = office.tasks(root)["left"]

    refused(office.bureau, ReturnUserTask(key, "x", direct=True), office.person("li"), "actions.direct-impossible")


def test_what_was_shown_must_still_be_what_is_cancelled(office: Office) -> None:
    office.bureau.deploy(row("draft", "check"))
    root = office.start()
    office.complete("li", root, "draft")
    key = office.tasks(root)["check"]

    refused(office.bureau, ReturnUserTask(key, "x", cancels=[]), office.person("li"), "actions.preview-outdated")
    office.do("li", ReturnUserTask(key, "x", cancels=[key]))


def test_a_reason_is_mandatory_and_the_first_step_has_nothing_before_it(office: Office) -> None:
    office.bureau.deploy(row("draft", "check"))
    root = office.start()
    key = office.tasks(root)["draft"]

    refused(office.bureau, ReturnUserTask(key, "  "), office.person("li"), "actions.reason-missing")
    refused(office.bureau, ReturnUserTask(key, "x"), office.person("li"), "actions.target-unknown")
    refused(office.bureau, ReturnUserTask(key, "x", target=5), office.person("li"), "actions.target-unknown")
    refused(office.bureau, ReturnUserTask(key, "x"), office.person("qian"), "commands.user-task-unknown")


@pytest.mark.parametrize(
    ("properties", "target"),
    [({"actions__deny": "退回、转办"}, None), ({"actions__return": "none"}, None), ({"actions__allow": "转办"}, None),
     ({"actions__return": "previous"}, "draft"), ({"actions__return": "initiator"}, None)],
)  # fmt: skip
def test_the_element_says_what_is_allowed(small_office: Office, properties: dict[str, str], target: str | None) -> None:
    office = small_office
    office.bureau.deploy(row("draft", "check", "sign", **properties))
    root = office.start("wang")
    keys = {"draft": office.complete("li", root, "draft"), "check": office.complete("li", root, "check")}
    command = ReturnUserTask(office.tasks(root)["sign"], "x", target=keys.get(target or ""))

    refused(office.bureau, command, office.person("li"), "actions.not-allowed")


def test_a_multi_instance_that_has_ended_is_returned_to_as_a_whole(office: Office) -> None:
    # given 会签, then a leader
    multi = d.el(
        "userTask",
        "sign",
        zeebe='<zeebe:assignmentDefinition assignee="=who"/>',
        inner=EACH,
        name="会签",
    )
    content = d.el("startEvent", "start") + multi + d.task("lead", groups="leaders") + d.chain("start", "sign", "lead")
    office.bureau.deploy(d.diagram(content))
    root = office.start(people=["li", "wang"])
    for person in ("li", "wang"):
        office.do(person, CompleteUserTask(_mine(office, root, person)))

    # when
    office.do("zhang", ReturnUserTask(office.tasks(root)["lead"], "重新会签"))

    # then everybody signs again
    for person in ("li", "wang"):
        office.do(person, CompleteUserTask(_mine(office, root, person)))
    assert list(office.tasks(root)) == ["lead"]
    assert office.verified()


def test_a_signer_of_a_multi_instance_returns_it_for_all(office: Office) -> None:
    multi = d.el(
        "userTask",
        "sign",
        zeebe='<zeebe:assignmentDefinition assignee="=who"/>',
        inner=EACH,
    )
    content = d.el("startEvent", "start") + d.task("draft") + multi + d.chain("start", "draft", "sign")
    office.bureau.deploy(d.diagram(content))
    root = office.start(people=["li", "wang", "qian"])
    office.complete("li", root, "draft")
    office.do("li", CompleteUserTask(_mine(office, root, "li")))
    keys = [_mine(office, root, person) for person in ("wang", "qian")]

    answer = office.do("wang", ReturnUserTask(keys[0], "材料不全"))

    assert sorted(answer["cancelled"]) == sorted(keys)
    assert list(office.tasks(root)) == ["draft"]
    assert office.verified()


def test_within_a_subprocess_and_out_of_it(office: Office) -> None:
    # given
    inside = d.el("startEvent", "is") + d.task("s1") + d.task("s2") + d.chain("is", "s1", "s2")
    content = (
        d.el("startEvent", "start")
        + d.task("draft")
        + d.el("subProcess", "sub", inside)
        + d.task("after")
        + d.chain("start", "draft", "sub", "after")
    )
    office.bureau.deploy(d.diagram(content))
    root = office.start()
    draft = office.complete("li", root, "draft")
    office.complete("li", root, "s1")
    assert office.targets(root, office.tasks(root)["s2"]) == ["s1", "draft"]

    # when within
    office.do("wang", ReturnUserTask(office.tasks(root)["s2"], "一"))
    assert list(office.tasks(root)) == ["s1"]
    office.complete("li", root, "s1")

    # when out of it
    office.do("wang", ReturnUserTask(office.tasks(root)["s2"], "二", target=draft))
    assert list(office.tasks(root)) == ["draft"]
    for element_id in ("draft", "s1", "s2"):
        office.complete("li", root, element_id)

    # when back into it after it has ended: as a whole
    assert office.targets(root, office.tasks(root)["after"])[0] == "sub"
    office.do("wang", ReturnUserTask(office.tasks(root)["after"], "三"))
    assert list(office.tasks(root)) == ["s1"]
    assert office.verified()


def _mine(office: Office, root: int, person: str) -> int:
    (found,) = office.bureau.rows(user_task, root_key=root, assignee_id=person, state="CREATED")
    return int(found["key"])


def test_a_whole_is_not_gone_straight_back_from(office: Office) -> None:
    """The first of several who sign anew would leave the others behind."""
    multi = d.el("userTask", "sign", EACH, '<zeebe:assignmentDefinition assignee="=who"/>')
    content = d.el("startEvent", "start") + multi + d.task("lead", groups="leaders") + d.chain("start", "sign", "lead")
    office.bureau.deploy(d.diagram(content))
    root = office.start(people=["li", "wang"])
    for person in ("li", "wang"):
        office.do(person, CompleteUserTask(_mine(office, root, person)))
    command = ReturnUserTask(office.tasks(root)["lead"], "重新会签", direct=True)

    refused(office.bureau, command, office.person("zhang"), "actions.direct-impossible")
