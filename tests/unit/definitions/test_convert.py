"""Files of other engines: what means the same is rewritten and then reads like our own; the rest is reported."""

# ruff: noqa: E501 (XML reads better unbroken)
from __future__ import annotations

import pytest

from engine.definitions.convert import Conversion, convert, needs_conversion
from engine.definitions.converting.juel import NotConvertible, to_feel
from engine.definitions.model import Expression, FlowNode
from engine.definitions.problems import Kind
from engine.definitions.reader import read
from engine.feel import evaluate
from tests.unit.definitions.files import HEAD, chain, flow

VENDORS = {
    "camunda": "http://camunda.org/schema/1.0/bpmn",
    "flowable": "http://flowable.org/bpmn",
    "activiti": "http://activiti.org/bpmn",
}


def foreign(content: str, vendor: str = "camunda", attributes: str = "") -> bytes:
    head = HEAD.replace(' id="definitions"', f' xmlns:{vendor}="{VENDORS[vendor]}" id="definitions"')
    head = head.replace(' xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"', "")
    return f'{head}<bpmn:process id="p" isExecutable="true"{attributes}>{content}</bpmn:process></bpmn:definitions>'.encode()


def around(node: str, vendor: str = "camunda") -> bytes:
    return foreign(f'<bpmn:startEvent id="start"/>{node}<bpmn:endEvent id="end"/>{chain("start", "x", "end")}', vendor)


def result(conversion: Conversion) -> FlowNode:
    found = read(conversion.xml, "converted.bpmn")
    assert found.model is not None, [str(problem) for problem in found.problems]
    node = found.model.processes[0].node("x")
    assert node is not None
    return node


def text(expression: Expression | None) -> str:
    assert expression is not None
    return ("=" if expression.is_feel else "") + expression.source


@pytest.mark.parametrize("vendor", VENDORS)
def test_assignment_dates_and_priority_mean_the_same_for_each_vendor(vendor: str) -> None:
    attributes = (
        f'{vendor}:assignee="${{initiator}}" {vendor}:candidateGroups="office,${{team}}" {vendor}:candidateUsers="li,wang"'
        f' {vendor}:dueDate="${{due}}" {vendor}:priority="70"'
    )
    conversion = convert(around(f'<bpmn:userTask id="x" {attributes}/>', vendor), "a.bpmn")
    assert conversion.left == ()
    task = result(conversion).user_task
    assert task is not None
    assert text(task.assignee) == "=initiator"
    assert text(task.candidate_groups) == '=["office", team]'
    assert text(task.candidate_users) == "li,wang"
    assert text(task.due_date) == "=due"
    assert text(task.priority) == "70"
    assert not needs_conversion(conversion.xml, "a.bpmn")


def test_a_due_date_given_as_a_duration_counts_from_now() -> None:
    task = result(convert(around('<bpmn:userTask id="x" camunda:dueDate="P3D"/>'), "a")).user_task
    assert task is not None
    assert text(task.due_date) == '=now() + duration("P3D")'


@pytest.mark.parametrize(
    ("vendor", "attribute", "expected"),
    [
        ("camunda", 'formKey="camunda-forms:deployment:forms/leave.form"', ("leave", None)),
        ("camunda", 'formRef="leave"', ("leave", None)),
        ("camunda", 'formKey="embedded:app:leave.html"', (None, "embedded:app:leave.html")),
        ("flowable", 'formKey="leave"', ("leave", None)),
    ],
)
def test_forms(vendor: str, attribute: str, expected: tuple[str | None, str | None]) -> None:
    task = result(convert(around(f'<bpmn:userTask id="x" {vendor}:{attribute}/>', vendor), "a")).user_task
    assert task is not None
    form = None if task.form is None else task.form.id.source
    outside = None if task.external_form is None else task.external_form.source
    assert (form, outside) == expected


def test_external_tasks_decisions_and_mappings() -> None:
    job = result(convert(around('<bpmn:serviceTask id="x" camunda:type="external" camunda:topic="mail"/>'), "a")).job
    assert job is not None
    assert text(job.type) == "mail"
    decision = result(
        convert(around('<bpmn:businessRuleTask id="x" camunda:decisionRef="d" camunda:resultVariable="r"/>'), "a")
    ).called_decision
    assert decision is not None
    assert (decision.decision.id.source, decision.result_variable) == ("d", "r")
    mapping = (
        '<bpmn:userTask id="x"><bpmn:extensionElements><camunda:inputOutput><camunda:inputParameter name="a">${b.c}'
        '</camunda:inputParameter><camunda:outputParameter name="d">fixed</camunda:outputParameter></camunda:inputOutput>'
        "</bpmn:extensionElements></bpmn:userTask>"
    )
    node = result(convert(around(mapping), "a"))
    assert [(text(m.source), m.target) for m in (*node.inputs, *node.outputs)] == [("=b.c", "a"), ("fixed", "d")]


def test_a_called_process_gets_only_the_variables_that_are_named() -> None:
    call = (
        '<bpmn:callActivity id="x" calledElement="other"><bpmn:extensionElements><camunda:in source="a" target="b"/>'
        '<camunda:out variables="all"/><camunda:in businessKey="${key}"/></bpmn:extensionElements></bpmn:callActivity>'
    )
    node = result(convert(around(call), "a"))
    called = node.called_element
    assert called is not None
    assert (called.process.id.source, text(called.business_id)) == ("other", "=key")
    assert (called.propagate_all_parent_variables, called.propagate_all_child_variables) == (False, True)
    assert [(text(m.source), m.target) for m in node.inputs] == [("=a", "b")]


def test_multi_instance_collections_and_conditions() -> None:
    loop = (
        '<bpmn:userTask id="x"><bpmn:multiInstanceLoopCharacteristics camunda:collection="people"'
        ' camunda:elementVariable="person"><bpmn:completionCondition xsi:type="bpmn:tFormalExpression">'
        "${nrOfCompletedInstances &gt; 1}</bpmn:completionCondition></bpmn:multiInstanceLoopCharacteristics></bpmn:userTask>"
    )
    many = result(convert(around(loop), "a")).multi_instance
    assert many is not None
    assert (text(many.input_collection), many.input_element) == ("=people", "person")
    assert text(many.completion_condition) == "=nrOfCompletedInstances > 1"
    xml = foreign(
        '<bpmn:startEvent id="start"/><bpmn:exclusiveGateway id="x" default="x_end"/><bpmn:task id="y"/>'
        f'<bpmn:endEvent id="end"/>{chain("start", "x", "end")}'
        + flow(
            "x",
            "y",
            '<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">${a &amp;&amp; !b}</bpmn:conditionExpression>',
        )
        + flow("y", "end")
    )
    found = read(convert(xml, "a").xml, "a").model
    assert found is not None
    assert text(found.processes[0].body.flows["x_y"].condition) == "=a and not(b)"


@pytest.mark.parametrize(
    ("node", "what"),
    [
        ('<bpmn:serviceTask id="x" camunda:class="org.example.Mail"/>', "camunda:class"),
        ('<bpmn:serviceTask id="x" camunda:delegateExpression="${mail}"/>', "camunda:delegateExpression"),
        ('<bpmn:userTask id="x" camunda:assignee="${users.find(1)}"/>', "camunda:assignee"),
        ('<bpmn:userTask id="x" camunda:priority="700"/>', "camunda:priority"),
        ('<bpmn:businessRuleTask id="x" camunda:decisionRef="d"/>', "camunda:decisionRef"),
        (
            '<bpmn:userTask id="x"><bpmn:extensionElements><camunda:formData/></bpmn:extensionElements></bpmn:userTask>',
            "camunda:formData",
        ),
        (
            '<bpmn:userTask id="x"><bpmn:extensionElements><camunda:taskListener event="create" class="a.B"/></bpmn:extensionElements></bpmn:userTask>',
            "camunda:taskListener",
        ),
    ],
)
def test_what_means_something_else_stays_and_is_reported(node: str, what: str) -> None:
    conversion = convert(around(node), "a.bpmn")
    assert len(conversion.left) == 1
    problem = conversion.left[0]
    assert problem.message.startswith(what)
    assert (problem.kind, problem.place.element) == (Kind.UNSUPPORTED, "x")
    assert what.encode() in conversion.xml


def test_what_only_tunes_the_other_engine_goes_without_a_word() -> None:
    conversion = convert(around('<bpmn:userTask id="x" camunda:asyncBefore="true" camunda:exclusive="false"/>'), "a")
    assert conversion.left == ()
    assert b"asyncBefore" not in conversion.xml


@pytest.mark.parametrize(
    ("juel", "feel"),
    [
        ("${a}", "a"),
        ("#{a.b.c}", "a.b.c"),
        ("${a == 'x' && b != null}", 'a = "x" and b != null'),
        ("${a eq 1 or not b}", "a = 1 or not(b)"),
        ("${(a + 2) * 3 >= c}", "(a + 2) * 3 >= c"),
        ("${a > 1 ? 'yes' : 'no'}", 'if a > 1 then "yes" else "no"'),
        ("案号${no}号", '"案号" + string(no) + "号"'),
        ("${empty a}", '(a = null or a = "" or a = [])'),
        ("${-a < 0}", "-a < 0"),
    ],
)
def test_simple_expressions_become_feel(juel: str, feel: str) -> None:
    assert to_feel(juel) == feel


@pytest.mark.parametrize(
    ("juel", "context", "value"),
    [
        ("${a > 1 ? 'yes' : 'no'}", {"a": 2}, "yes"),
        ("${empty a}", {"a": None}, True),
        ("${!(a == 1) || b}", {"a": 1, "b": False}, False),
        ("no ${n}", {"n": 7}, "no 7"),
        ("${'a\\'b\"c'}", {}, "a'b\"c"),
    ],
)
def test_the_feel_gives_the_same_value(juel: str, context: dict[str, object], value: object) -> None:
    assert evaluate(to_feel(juel), context) == value


@pytest.mark.parametrize(
    "juel",
    [
        "${a.b()}",
        "${a[0]}",
        "${a = 1}",
        "${a +}",
        "${(a}",
        "${a b}",
        "${'x}",
        "${}",
        "${a -> b}",
        "${if}",
        "${" + "(" * 200,
    ],
)
def test_anything_else_is_not_guessed(juel: str) -> None:
    with pytest.raises(NotConvertible):
        to_feel(juel + ("" if juel.endswith("}") else "}"))
