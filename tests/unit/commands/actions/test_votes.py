"""会签, 或签, 票签 and 批示: multi-instances with a completion condition, and how far they are."""

from __future__ import annotations

from typing import Any

from engine.commands.complete_user_task import CompleteUserTask
from engine.queries.task_actions import votes
from engine.store.database import reading
from engine.store.tables.runtime import process_instance, user_task
from tests.unit.commands import diagrams as d
from tests.unit.commands.actions.office import Office

PEOPLE = ["li", "wang", "zhang", "zhao", "qian"]


def voting(condition: str, *, sequential: str = "false", collection: str = "=people") -> bytes:
    loop = (
        f'<bpmn:multiInstanceLoopCharacteristics isSequential="{sequential}"><bpmn:extensionElements>'
        f'<zeebe:loopCharacteristics inputCollection="{collection}" inputElement="who" outputCollection="votes"'
        ' outputElement="=vote"/></bpmn:extensionElements>'
        + (f"<bpmn:completionCondition>{condition}</bpmn:completionCondition>" if condition else "")
        + "</bpmn:multiInstanceLoopCharacteristics>"
    )
    zeebe = '<zeebe:assignmentDefinition assignee="=who"/>' + d.properties(outcome="vote")
    sign = d.el("userTask", "sign", loop, zeebe, name="表决")
    return d.diagram(d.el("startEvent", "start") + sign + d.task("after") + d.chain("start", "sign", "after"))


def vote(office: Office, root: int, person: str, value: str) -> None:
    (row,) = office.bureau.rows(user_task, root_key=root, assignee_id=person, state="CREATED")
    office.do(person, CompleteUserTask(row["key"], {"vote": value}))


def tally(office: Office, root: int) -> dict[str, Any] | None:
    rows = office.bureau.rows(user_task, root_key=root, element_id="sign")
    with reading(office.bureau.engine) as connection:
        return votes(connection, office.bureau.platform.sources.definitions, rows[0])


def test_everybody_signs(office: Office) -> None:
    office.bureau.deploy(voting(""))
    root = office.start(people=PEOPLE)
    for number, person in enumerate(PEOPLE):
        assert tally(office, root) == {"done": number, "total": 5, "outcomes": {"同意": number} if number else {}}
        vote(office, root, person, "同意")

    assert list(office.tasks(root)) == ["after"]
    assert office.verified()


def test_one_is_enough(office: Office) -> None:
    office.bureau.deploy(voting("=numberOfCompletedInstances &gt;= 1"))
    root = office.start(people=PEOPLE)

    vote(office, root, "wang", "同意")

    assert list(office.tasks(root)) == ["after"]
    assert {row["state"] for row in office.bureau.rows(user_task, root_key=root, element_id="sign")} == {
        "COMPLETED",
        "CANCELED",
    }
    assert office.verified()


def test_more_than_half_of_those_who_may_vote(office: Office) -> None:
    won = "count(votes[item = &quot;同意&quot;]) * 2 &gt; numberOfInstances"
    lost = "count(votes[item = &quot;不同意&quot;]) * 2 &gt;= numberOfInstances"
    office.bureau.deploy(voting(f"={won} or {lost}"))
    root = office.start(people=PEOPLE)

    for person, value in (("li", "同意"), ("wang", "不同意"), ("zhang", "同意")):
        vote(office, root, person, value)
    assert tally(office, root) == {"done": 3, "total": 5, "outcomes": {"同意": 2, "不同意": 1}}
    vote(office, root, "zhao", "同意")

    assert list(office.tasks(root)) == ["after"]
    assert office.verified()


def test_two_thirds_of_those_present_and_a_quorum(office: Office) -> None:
    counted = "count(votes[item != null])"
    yes = "count(votes[item = &quot;同意&quot;])"
    office.bureau.deploy(voting(f"={counted} &gt;= 4 and {yes} * 3 &gt;= {counted} * 2"))
    root = office.start(people=PEOPLE)

    for person in ("li", "wang", "zhang"):
        vote(office, root, person, "同意")
        assert list(office.bureau.rows(user_task, root_key=root, element_id="after")) == []
    vote(office, root, "qian", "不同意")

    assert list(office.tasks(root)) == ["after"]
    assert office.verified()


def test_one_after_the_other_counts_all_who_will_sign(office: Office) -> None:
    office.bureau.deploy(voting("", sequential="true"))
    root = office.start(people=PEOPLE)
    vote(office, root, "li", "同意")

    assert tally(office, root) == {"done": 1, "total": 5, "outcomes": {"同意": 1}}


def test_an_instruction_dispatches_the_departments_that_the_form_names(office: Office) -> None:
    # given 批示: a task whose form says which departments handle it
    loop = (
        "<bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements>"
        '<zeebe:loopCharacteristics inputCollection="=departments" inputElement="department"/>'
        "</bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics>"
    )
    groups = '<zeebe:assignmentDefinition candidateGroups="=[&quot;科室负责人@&quot; + department]"/>'
    content = (
        d.el("startEvent", "start")
        + d.task("instruct", groups="主要负责人")
        + d.el("userTask", "handle", loop, groups)
        + d.task("report", groups="主要负责人")
        + d.chain("start", "instruct", "handle", "report")
    )
    office.bureau.deploy(d.diagram(content))
    root = office.start()

    # when
    office.complete("zhao", root, "instruct", departments=["bgs", "bgs"])

    # then
    handled = office.bureau.rows(user_task, root_key=root, element_id="handle", state="CREATED")
    assert [row["candidate_groups"] for row in handled] == [["科室负责人@bgs"], ["科室负责人@bgs"]]
    for row in handled:
        office.do("wang", CompleteUserTask(row["key"]))
    office.complete("zhao", root, "report")
    assert office.bureau.row(process_instance, key=root)["state"] == "COMPLETED"
    assert office.verified()
