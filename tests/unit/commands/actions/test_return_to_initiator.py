"""ReturnUserTask to the initiator: to their own first step, else by mending the start form."""

from __future__ import annotations

from engine.commands.actions.return_user_task import ReturnUserTask
from engine.commands.complete_user_task import CompleteUserTask
from engine.queries.return_preview import return_preview
from engine.store.database import reading
from engine.store.tables.runtime import process_instance, variable
from tests.unit.commands import diagrams as d
from tests.unit.commands.actions.office import Office, row
from tests.unit.commands.platforms import refused


def with_start_form() -> bytes:
    start = d.el("startEvent", "start", zeebe='<zeebe:formDefinition formId="apply"/>')
    tasks = d.task("check") + d.task("sign", groups="leaders")
    return d.diagram(start + tasks + d.chain("start", "check", "sign"))


def test_who_did_the_first_step_gets_it_again(office: Office) -> None:
    office.bureau.deploy(row("draft", "check", "sign:leaders"))
    root = office.start("li")
    office.complete("li", root, "draft")
    office.complete("wang", root, "check")

    office.do("zhang", ReturnUserTask(office.tasks(root)["sign"], "重来", to="INITIATOR"))

    assert list(office.tasks(root)) == ["draft"]
    assert office.task(office.tasks(root)["draft"])["assignee_id"] == "li"
    assert office.verified()


def test_who_only_filled_in_the_start_form_mends_it_and_the_case_begins_anew(office: Office) -> None:
    # given
    office.bureau.deploy(with_start_form(), apply_form=d.form("apply", "shi"))
    root = office.start("li", shi="采购")
    office.complete("wang", root, "check")
    sign = office.tasks(root)["sign"]

    # when
    (mend,) = office.do("zhang", ReturnUserTask(sign, "事由不清", to="INITIATOR"))["opened"]

    # then the initiator has the start form, and nobody else can go on meanwhile
    assert office.task(mend)["assignee_id"] == "li"
    assert office.task(mend)["form_key"] is not None
    refused(office.bureau, CompleteUserTask(sign), office.person("zhang"), "actions.waits-for-others")
    refused(office.bureau, CompleteUserTask(mend, {"shi": ""}), office.person("li"), "commands.form-refused")

    # and when it is mended
    office.do("li", CompleteUserTask(mend, {"shi": "采购打印机"}))
    assert list(office.tasks(root)) == ["check"]
    assert office.bureau.row(variable, scope_key=root, name="shi")["value"] == "采购打印机"
    assert office.verified()
    office.complete("wang", root, "check")
    office.complete("zhang", root, "sign")
    assert office.bureau.row(process_instance, key=root)["state"] == "COMPLETED"
    assert office.verified()


def test_mended_with_direct_the_case_goes_on_where_it_was(office: Office) -> None:
    office.bureau.deploy(with_start_form(), apply_form=d.form("apply", "shi"))
    root = office.start("li", shi="采购")
    office.complete("wang", root, "check")
    sign = office.tasks(root)["sign"]
    (mend,) = office.do("zhang", ReturnUserTask(sign, "事由不清", to="INITIATOR", direct=True))["opened"]

    office.do("li", CompleteUserTask(mend, {"shi": "采购打印机"}))

    assert office.tasks(root) == {"sign": sign}
    office.complete("zhang", root, "sign")
    assert office.bureau.row(process_instance, key=root)["state"] == "COMPLETED"
    assert office.verified()


def test_all_branches_are_cancelled_while_the_start_form_is_mended(office: Office) -> None:
    start = d.el("startEvent", "start")
    content = (
        start
        + d.el("parallelGateway", "fork")
        + d.task("left")
        + d.task("right")
        + d.task("third")
        + d.el("parallelGateway", "join")
        + d.task("after")
        + d.chain("start", "fork", "left", "join", "after")
        + d.chain("fork", "right", "join")
        + d.chain("fork", "third", "join")
    )
    office.bureau.deploy(d.diagram(content))
    root = office.start("zhang")
    office.complete("wang", root, "third")
    left = office.tasks(root)["left"]

    (mend,) = office.do("li", ReturnUserTask(left, "重填", to="INITIATOR"))["opened"]

    assert list(office.tasks(root)) == ["left"]
    office.do("zhang", CompleteUserTask(mend))
    assert set(office.tasks(root)) == {"left", "right", "third"}
    for element_id in ("left", "right", "third", "after"):
        office.complete("li", root, element_id)
    assert office.bureau.row(process_instance, key=root)["state"] == "COMPLETED"
    assert office.verified()


def test_a_called_process_is_not_gone_straight_back_to_for_it_works_on_a_copy(office: Office) -> None:
    # given a step in a called process, which was given the start form's data
    start = d.el("startEvent", "start", zeebe='<zeebe:formDefinition formId="apply"/>')
    part = '<zeebe:calledElement processId="part" propagateAllChildVariables="true"/>'
    content = start + d.el("callActivity", "call", zeebe=part) + d.task("after") + d.chain("start", "call", "after")
    inner = d.el("startEvent", "begin") + d.task("sign", groups="leaders") + d.chain("begin", "sign")
    office.bureau.deploy(d.diagram(content), d.diagram(inner, "part"), apply_form=d.form("apply", "shi"))
    root = office.start("li", shi="采购")
    sign = office.tasks(root)["sign"]

    # when
    straight = ReturnUserTask(sign, "事由不清", to="INITIATOR", direct=True)
    refused(office.bureau, straight, office.person("zhang"), "actions.direct-impossible")
    with reading(office.bureau.engine) as connection:
        definitions = office.bureau.platform.sources.definitions
        shown = return_preview(connection, definitions, office.person("zhang"), sign, None, "INITIATOR")
    assert shown["direct_possible"] is False

    # then step by step, and what was mended is what the case goes on with
    (mend,) = office.do("zhang", ReturnUserTask(sign, "事由不清", to="INITIATOR"))["opened"]
    office.do("li", CompleteUserTask(mend, {"shi": "采购打印机"}))
    office.complete("zhang", root, "sign")
    assert office.bureau.row(variable, scope_key=root, name="shi")["value"] == "采购打印机"
    assert office.verified()
