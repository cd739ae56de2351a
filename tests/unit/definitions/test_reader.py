"""What the reader makes of elements: Camunda 8's dialect and plain BPMN 2.0."""

# ruff: noqa: E501 (XML reads better unbroken)
from __future__ import annotations

from engine.definitions.model import Binding, ElementType, EventType, Expression, FlowNode, TimerKind
from tests.unit.definitions.files import DEFINITIONS, ZEEBE, around, chain, definitions, flow, process, reading


def node(xml: bytes, identifier: str = "x") -> FlowNode:
    found = reading(xml)
    assert found.model is not None, [str(problem) for problem in found.problems]
    result = found.model.processes[0].node(identifier)
    assert result is not None
    return result


def written(expression: Expression | None) -> tuple[str, bool]:
    assert expression is not None
    return expression.source, expression.is_feel


def extended(tag: str, extensions: str, inner: str = "", attributes: str = "") -> bytes:
    return around(f'<bpmn:{tag} id="x"{attributes}>{ZEEBE.format(extensions)}{inner}</bpmn:{tag}>')


def test_a_user_task_has_assignment_schedule_priority_form_and_headers() -> None:
    task = node(
        extended(
            "userTask",
            '<zeebe:userTask/><zeebe:assignmentDefinition assignee="=initiator" candidateGroups="a, b"'
            ' candidateUsers="=list"/><zeebe:taskSchedule dueDate="=due" followUpDate="2026-01-01T00:00:00Z"/>'
            '<zeebe:priorityDefinition priority="60"/><zeebe:formDefinition formId="f" bindingType="versionTag"'
            ' versionTag="v1"/><zeebe:taskHeaders><zeebe:header key="k" value="v"/></zeebe:taskHeaders>',
        )
    ).user_task
    assert task is not None
    assert written(task.assignee) == ("initiator", True)
    assert written(task.candidate_groups) == ("a, b", False)
    assert written(task.candidate_users) == ("list", True)
    assert written(task.due_date) == ("due", True)
    assert written(task.follow_up_date) == ("2026-01-01T00:00:00Z", False)
    assert written(task.priority) == ("60", False)
    assert task.form is not None
    assert (task.form.id.source, task.form.binding, task.form.version_tag) == ("f", Binding.VERSION_TAG, "v1")
    assert task.headers == {"k": "v"}


def test_forms_may_be_outside_or_written_into_the_process() -> None:
    outside = node(extended("userTask", '<zeebe:formDefinition externalReference="https://a"/>')).user_task
    assert outside is not None
    assert written(outside.external_form) == ("https://a", False)
    key = ZEEBE.format('<zeebe:formDefinition formKey="camunda-forms:bpmn:uf"/>')
    task = f'<bpmn:userTask id="x">{key}</bpmn:userTask>'
    form = ZEEBE.format('<zeebe:userTaskForm id="uf">{"type":"default"}</zeebe:userTaskForm>')
    xml = process(f'{form}<bpmn:startEvent id="start"/>{task}<bpmn:endEvent id="end"/>{chain("start", "x", "end")}')
    inside = node(xml).user_task
    assert inside is not None
    assert (inside.embedded_form, inside.external_form) == ("uf", None)
    model = reading(xml).model
    assert model is not None
    assert model.processes[0].embedded_forms == {"uf": '{"type":"default"}'}


def test_a_service_task_is_a_job_with_mappings_properties_and_listeners() -> None:
    task = node(
        extended(
            "serviceTask",
            '<zeebe:taskDefinition type="=kind" retries="5"/><zeebe:ioMapping><zeebe:input source="=a" target="b"/>'
            '<zeebe:output source="=c" target="d.e"/></zeebe:ioMapping><zeebe:properties><zeebe:property'
            ' name="clock.start" value="x"/></zeebe:properties><zeebe:executionListeners><zeebe:executionListener'
            ' eventType="start" type="log" retries="1"/></zeebe:executionListeners>',
        )
    )
    assert task.job is not None
    assert written(task.job.type) == ("kind", True)
    assert written(task.job.retries) == ("5", False)
    assert [(written(m.source), m.target) for m in (*task.inputs, *task.outputs)] == [
        (("a", True), "b"),
        (("c", True), "d.e"),
    ]
    assert task.properties == {"clock.start": "x"}
    assert [(each.event, each.job.type.source, each.of_task) for each in task.listeners] == [("start", "log", False)]


def test_scripts_decisions_and_called_processes() -> None:
    script = node(extended("scriptTask", '<zeebe:script expression="=a + 1" resultVariable="r"/>')).script
    assert script is not None
    assert (written(script.expression), script.result_variable) == (("a + 1", True), "r")
    plain = node(
        around('<bpmn:scriptTask id="x" scriptFormat="FEEL"><bpmn:script>a + 1</bpmn:script></bpmn:scriptTask>')
    )
    assert plain.script is not None
    assert written(plain.script.expression) == ("a + 1", True)
    decision = node(
        extended(
            "businessRuleTask", '<zeebe:calledDecision decisionId="d" resultVariable="r" bindingType="deployment"/>'
        )
    ).called_decision
    assert decision is not None
    assert (decision.decision.id.source, decision.decision.binding, decision.result_variable) == (
        "d",
        Binding.DEPLOYMENT,
        "r",
    )
    called = node(
        extended("callActivity", '<zeebe:calledElement processId="=which" propagateAllChildVariables="false"/>')
    ).called_element
    assert called is not None
    assert written(called.process.id) == ("which", True)
    assert (called.propagate_all_child_variables, called.propagate_all_parent_variables) == (False, True)


def test_multi_instance_in_camundas_way() -> None:
    loop = node(
        around(
            '<bpmn:userTask id="x"><bpmn:multiInstanceLoopCharacteristics isSequential="true">'
            + ZEEBE.format(
                '<zeebe:loopCharacteristics inputCollection="=people" inputElement="person" outputCollection="votes"'
                ' outputElement="=vote"/>'
            )
            + '<bpmn:completionCondition xsi:type="bpmn:tFormalExpression">count(votes) &gt; 2</bpmn:completionCondition>'
            "</bpmn:multiInstanceLoopCharacteristics></bpmn:userTask>"
        )
    ).multi_instance
    assert loop is not None
    assert loop.sequential
    assert written(loop.input_collection) == ("people", True)
    assert (loop.input_element, loop.output_collection) == ("person", "votes")
    assert written(loop.output_element) == ("vote", True)
    assert written(loop.completion_condition) == ("count(votes) > 2", True)


def test_multi_instance_over_a_data_object_in_plain_bpmn() -> None:
    loop = node(
        process(
            '<bpmn:startEvent id="start"/><bpmn:dataObject id="d" name="people" isCollection="true"/>'
            '<bpmn:dataObjectReference id="dr" dataObjectRef="d"/><bpmn:task id="x"><bpmn:ioSpecification>'
            '<bpmn:dataInput id="di" isCollection="true"/><bpmn:inputSet><bpmn:dataInputRefs>di</bpmn:dataInputRefs>'
            "</bpmn:inputSet><bpmn:outputSet/></bpmn:ioSpecification><bpmn:dataInputAssociation><bpmn:sourceRef>dr"
            "</bpmn:sourceRef><bpmn:targetRef>di</bpmn:targetRef></bpmn:dataInputAssociation>"
            "<bpmn:multiInstanceLoopCharacteristics><bpmn:loopDataInputRef>di</bpmn:loopDataInputRef>"
            '<bpmn:inputDataItem id="item" name="person"/></bpmn:multiInstanceLoopCharacteristics></bpmn:task>'
            f'<bpmn:endEvent id="end"/>{chain("start", "x", "end")}'
        )
    ).multi_instance
    assert loop is not None
    assert written(loop.input_collection) == ("people", True)
    assert loop.input_element == "person"


def test_standard_loops() -> None:
    loop = node(
        around(
            '<bpmn:task id="x"><bpmn:standardLoopCharacteristics testBefore="true" loopMaximum="3"><bpmn:loopCondition'
            ' xsi:type="bpmn:tFormalExpression">i &lt; 3</bpmn:loopCondition></bpmn:standardLoopCharacteristics></bpmn:task>'
        )
    ).standard_loop
    assert loop is not None
    assert (written(loop.condition), loop.test_before, loop.maximum) == (("i < 3", True), True, 3)


def test_events_carry_what_they_wait_for() -> None:
    def caught(kind: str) -> FlowNode:
        return node(around(f'<bpmn:intermediateCatchEvent id="x">{DEFINITIONS[kind]}</bpmn:intermediateCatchEvent>'))

    timer = caught("timer").event
    assert timer is not None
    assert (timer.type, timer.timer_kind, written(timer.timer)) == (
        EventType.TIMER,
        TimerKind.DURATION,
        ("PT1H", False),
    )
    message = caught("message").event
    assert message is not None
    assert message.message is not None
    assert written(message.message.name) == ("m", False)
    signal = caught("signal").event
    assert signal is not None
    assert written(signal.signal_name) == ("sig", False)
    condition = caught("conditional").event
    assert condition is not None
    assert written(condition.condition) == ("x > 1", True)


def test_an_error_caught_without_a_code_catches_all() -> None:
    def code(reference: str) -> Expression | None:
        inner = f"<bpmn:errorEventDefinition{reference}/>"
        host = f'<bpmn:task id="x"/><bpmn:boundaryEvent id="b" attachedToRef="x">{inner}</bpmn:boundaryEvent>'
        xml = around(host, more=flow("b", "end")).replace(b"<bpmn:error id", b'<bpmn:error id="bare"/><bpmn:error id')
        event = node(xml, "b").event
        assert event is not None
        return event.error_code

    assert written(code(' errorRef="err"')) == ("E1", False)
    assert code("") is None
    assert code(' errorRef="bare"') is None


def test_the_bpmn_namespace_may_be_the_default_and_the_file_may_begin_with_a_mark() -> None:
    text = around('<bpmn:task id="x" name="受理"/>').decode().replace("bpmn:", "").replace("xmlns:bpmn=", "xmlns=")
    assert node(text.encode("utf-8-sig")).name == "受理"


def test_timers_are_iso_text_however_they_are_quoted_or_feel() -> None:
    def timer(text: str, kind: str = "timeDuration") -> tuple[str, bool]:
        catch = DEFINITIONS["timer"].replace("PT1H", text).replace("timeDuration", kind)
        event = node(around(f'<bpmn:intermediateCatchEvent id="x">{catch}</bpmn:intermediateCatchEvent>')).event
        assert event is not None
        return written(event.timer)

    assert timer('"P5D"') == timer("P5D") == timer("=P5D") == timer('="P5D"') == ("P5D", False)
    assert timer("=due") == ("due", True)
    assert timer("R3/PT10M", "timeCycle") == ("R3/PT10M", False)


def test_a_message_has_its_correlation_key() -> None:
    subscription = ZEEBE.format('<zeebe:subscription correlationKey="=key"/>')
    xml = definitions(
        f'<bpmn:message id="m2" name="=n">{subscription}</bpmn:message>'
        '<bpmn:process id="p" isExecutable="true"><bpmn:startEvent id="start"/>'
        '<bpmn:receiveTask id="x" messageRef="m2"/><bpmn:endEvent id="end"/>'
        f"{chain('start', 'x', 'end')}</bpmn:process>"
    )
    event = node(xml).event
    assert event is not None
    assert event.message is not None
    assert (written(event.message.name), written(event.message.correlation_key)) == (("n", True), ("key", True))


def test_boundary_events_know_their_host_and_whether_they_interrupt() -> None:
    boundary = node(
        around(
            '<bpmn:task id="x"/><bpmn:boundaryEvent id="b" attachedToRef="x" cancelActivity="false">'
            f"{DEFINITIONS['timer']}</bpmn:boundaryEvent>",
            more=flow("b", "end"),
        ),
        "b",
    )
    assert (boundary.attached_to, boundary.interrupting, boundary.type) == ("x", False, ElementType.BOUNDARY_EVENT)


def test_a_compensation_event_leads_to_its_handler() -> None:
    boundary = node(
        around(
            '<bpmn:task id="x"/><bpmn:task id="h" isForCompensation="true"/>'
            f'<bpmn:boundaryEvent id="b" attachedToRef="x">{DEFINITIONS["compensation"]}</bpmn:boundaryEvent>',
            more='<bpmn:association id="a" sourceRef="b" targetRef="h"/>',
        ),
        "b",
    )
    assert boundary.compensation_handler == "h"


def test_flows_without_ids_get_stable_ids_of_their_own() -> None:
    bare = '<bpmn:sequenceFlow sourceRef="{}" targetRef="{}"/>'.format
    found = reading(
        process(
            '<bpmn:startEvent id="start"/><bpmn:task id="x"/><bpmn:endEvent id="end"/>'
            + bare("start", "x")
            + bare("x", "end")
            + bare("x", "end")
        )
    ).model
    assert found is not None
    body = found.processes[0].body
    assert list(body.flows) == ["start->x", "x->end", "x->end#2"]
    assert body.nodes["x"].outgoing == ("x->end", "x->end#2")


def test_lanes_name_their_nodes_by_the_innermost() -> None:
    xml = process(
        '<bpmn:laneSet id="ls"><bpmn:lane id="a" name="外"><bpmn:flowNodeRef>x</bpmn:flowNodeRef><bpmn:childLaneSet id="c">'
        '<bpmn:lane id="b" name="内"><bpmn:flowNodeRef>x</bpmn:flowNodeRef></bpmn:lane></bpmn:childLaneSet></bpmn:lane>'
        '</bpmn:laneSet><bpmn:startEvent id="start"/><bpmn:task id="x"/><bpmn:endEvent id="end"/>'
        + chain("start", "x", "end")
    )
    assert node(xml).lane == "内"


def test_resource_roles_of_plain_bpmn_become_candidates() -> None:
    role = (
        "<bpmn:potentialOwner><bpmn:resourceAssignmentExpression><bpmn:formalExpression>user(li), group(office)"
        "</bpmn:formalExpression></bpmn:resourceAssignmentExpression></bpmn:potentialOwner>"
    )
    task = node(around(f'<bpmn:userTask id="x">{role}</bpmn:userTask>')).user_task
    assert task is not None
    assert (written(task.candidate_groups), written(task.candidate_users)) == (("office", False), ("li", False))


def test_a_condition_on_a_default_flow_is_ignored() -> None:
    xml = process(
        '<bpmn:startEvent id="start"/><bpmn:exclusiveGateway id="x" default="x_end"/><bpmn:task id="y"/>'
        '<bpmn:endEvent id="end"/>'
        + flow("start", "x")
        + flow("x", "end", "<bpmn:conditionExpression>=false</bpmn:conditionExpression>")
        + flow("x", "y", "<bpmn:conditionExpression>=true</bpmn:conditionExpression>")
        + flow("y", "end")
    )
    found = reading(xml)
    assert found.model is not None
    assert found.model.processes[0].body.flows["x_end"].condition is None


def test_only_marked_processes_run_unless_none_is_marked() -> None:
    def read_processes(first: str, second: str) -> list[str]:
        found = reading(
            definitions(
                f'<bpmn:process id="p"{first}><bpmn:task id="a"/></bpmn:process>'
                f'<bpmn:process id="q"{second}><bpmn:task id="b"/></bpmn:process>'
            )
        ).model
        assert found is not None
        return [each.id for each in found.processes]

    assert read_processes(' isExecutable="true"', ' isExecutable="false"') == ["p"]
    assert read_processes("", ' isExecutable="false"') == ["p", "q"]
