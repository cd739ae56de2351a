"""RequestIntervention and DecideIntervention: 跳转 and 终止 with the approval of the procedure's owner only."""

from __future__ import annotations

from engine.commands.actions.decide_intervention import DecideIntervention
from engine.commands.actions.request_intervention import RequestIntervention
from engine.commands.publish_controls import PublishControls
from engine.store.tables.actions import intervention
from engine.store.tables.runtime import process_instance
from tests.unit.commands import diagrams as d
from tests.unit.commands.actions.office import Office
from tests.unit.commands.platforms import ADMIN, refused


def owned() -> bytes:
    content = d.el("startEvent", "start") + d.task("draft") + d.task("check") + d.chain("start", "draft", "check")
    return d.diagram(content, department="bgs")


def test_a_jump_is_made_when_the_owner_agrees(office: Office) -> None:
    office.bureau.deploy(owned())
    root = office.start()
    key = office.tasks(root)["draft"]
    wanted = RequestIntervention(root, "JUMP", "材料已在另案审过", "check", [key])

    answer = office.do("li", wanted)

    assert answer["owner_groups"] == ["科室负责人@bgs"]
    assert office.tasks(root) == {"draft": key}
    refused(office.bureau, DecideIntervention(answer["key"], True), office.person("li"), "actions.intervention-unknown")
    refused(
        office.bureau, DecideIntervention(answer["key"], True), office.person("zhang"), "actions.intervention-unknown"
    )
    office.do("wang", DecideIntervention(answer["key"], True))
    assert list(office.tasks(root)) == ["check"]
    refused(
        office.bureau, DecideIntervention(answer["key"], True), office.person("wang"), "actions.intervention-unknown"
    )
    assert office.verified()


def test_the_case_ends_when_the_owner_agrees_and_goes_on_when_not(office: Office) -> None:
    office.bureau.deploy(owned())
    root = office.start()
    first = office.do("li", RequestIntervention(root, "TERMINATE", "申请人撤回"))["key"]
    refused(office.bureau, DecideIntervention(first, False), office.person("wang"), "actions.reason-missing")
    office.do("wang", DecideIntervention(first, False, "再等等"))
    assert list(office.tasks(root)) == ["draft"]

    second = office.do("li", RequestIntervention(root, "TERMINATE", "申请人撤回"))["key"]
    office.do("wang", DecideIntervention(second, True))

    assert office.bureau.row(process_instance, key=root)["state"] == "TERMINATED"
    assert [each["state"] for each in office.bureau.rows(intervention)] == ["REFUSED", "APPROVED"]
    assert office.verified()


def test_the_owners_own_request_goes_to_the_next_level(office: Office) -> None:
    office.bureau.deploy(owned())
    root = office.start("wang")

    answer = office.do("wang", RequestIntervention(root, "TERMINATE", "重复"))

    assert answer["owner_groups"] == ["分管负责人@bgs"]
    office.do("zhang", DecideIntervention(answer["key"], True))
    assert office.verified()


def test_without_an_owner_or_a_place_to_go_it_is_refused(office: Office) -> None:
    office.bureau.deploy(d.one_task("q"), owned())
    alone = office.start(process_id="q")
    root = office.start()
    li = office.person("li")

    refused(office.bureau, RequestIntervention(alone, "TERMINATE", "x"), li, "actions.no-owner")
    refused(office.bureau, RequestIntervention(root, "JUMP", "x", "nowhere", [1]), li, "actions.target-unknown")
    refused(office.bureau, RequestIntervention(root, "JUMP", "x", "check", []), li, "actions.target-unknown")
    refused(office.bureau, RequestIntervention(root, "TERMINATE", "x"), office.person("qian"), "commands.case-unknown")


def test_nobody_jumps_past_what_a_control_wants_done_before(office: Office) -> None:
    content = d.el("startEvent", "start") + d.task("draft") + d.task("review") + d.task("check")
    office.bureau.deploy(d.diagram(content + d.chain("start", "draft", "review", "check"), department="bgs"))
    register = (
        "controls:\n  - {id: C1, title: 先审后办, words: [{line: 645, text: 资料不全不予支付}], owner: bgs, "
        "strength: BLOCK, watch: {procedures: [p], elements: [check]}, order: {first: [review]}}\n"
    )
    office.bureau.bus.execute(PublishControls(register, "test"), ADMIN)
    root = office.start()
    wanted = RequestIntervention(root, "JUMP", "赶时间", "check", [office.tasks(root)["draft"]])
    key = office.do("li", wanted)["key"]

    refused(office.bureau, DecideIntervention(key, True), office.person("wang"), "controls.blocked")

    assert list(office.tasks(root)) == ["draft"]
    office.do("wang", DecideIntervention(key, False, "先审"))
    assert office.verified()
