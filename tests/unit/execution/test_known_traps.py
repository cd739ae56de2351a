"""What SpiffWorkflow does silently wrong by itself, each row held here to what BPMN says.

The rows are those of the research notes on SpiffWorkflow 3.2.0; where another file tests the same at length, this is
the shortest diagram that would go wrong.
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.definitions.problems import Kind
from engine.definitions.reader import read
from engine.execution.errors import ElementInstanceUnknown
from engine.execution.rehearsal import Rehearsal
from tests.unit.execution.diagrams import (
    boundary,
    case,
    chain,
    document,
    el,
    event,
    flow,
    io,
    multi,
    process,
    script,
    service,
    user,
    with_ends,
)  # fmt: skip

START = event("startEvent", "s")
DI = 'xmlns:di="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"'
SHAPE = (
    '<di:BPMNShape id="shape_{id}" bpmnElement="{id}"><dc:Bounds x="0" y="{y}" width="1" height="1"/></di:BPMNShape>'
)


def open_tasks(run) -> list[str]:  # type: ignore[no-untyped-def]
    return sorted(task.element_id for task in run.watch.user_tasks.values())


def both_branches(left: str, right: str, extra: str = "") -> str:
    nodes = el("parallelGateway", "g") + left + right + el("parallelGateway", "j") + extra
    return START + nodes + chain("s", "g", "a", "j") + chain("g", "b", "j")


def test_parallel_join_loses_no_update() -> None:
    run = case(both_branches(user("a"), user("b")) + user("z") + chain("j", "z"), {"x": 0, "y": 0})
    run.complete_user_task("a", {"x": 1})
    run.complete_user_task("b", {"y": 1})
    assert run.variables == {"x": 1, "y": 1}


def test_parallel_multi_instance_without_output_collection_loses_no_update() -> None:
    run = case(START + el("userTask", "t", multi()) + chain("s", "t"), {"items": [1, 2], "x": 0, "y": 0})
    run.complete_user_task("t", {"x": 1})
    run.complete_user_task("t", {"y": 1})
    assert (run.variables["x"], run.variables["y"]) == (1, 1)


def test_joins_count_tokens_after_everything_finished_was_pruned() -> None:
    flows = (
        chain("s", "m", "g", "a", "j", "x")
        + chain("g", "b", "j")
        + flow("x", "m", "again")
        + flow("x", "z", flow_id="d")
    )
    nodes = el("exclusiveGateway", "m") + el("parallelGateway", "g") + user("a", "b") + el("parallelGateway", "j")
    run = case(START + nodes + el("exclusiveGateway", "x", default="d") + user("z") + flows)
    for again in (True, False):
        run.complete_user_task("a", {"again": again})
        assert open_tasks(run) == ["b"]
        run.complete_user_task("b")
    assert open_tasks(run) == ["z"]


def test_an_inclusive_join_does_not_fire_with_a_token_still_upstream() -> None:
    flows = (
        flow("s", "g") + flow("g", "a", "true") + flow("g", "b", "true") + chain("b", "c", "j", "z") + flow("a", "j")
    )
    run = case(START + el("inclusiveGateway", "g") + user("a", "b", "c", "z") + el("inclusiveGateway", "j") + flows)
    run.complete_user_task("a")
    run.complete_user_task("b")
    assert open_tasks(run) == ["c"]


@pytest.mark.parametrize("heights", [(10, 20), (20, 10)])
def test_the_order_is_that_of_the_document_not_of_the_picture(heights: tuple[int, int]) -> None:
    # given: the same process, its two tasks drawn one above the other or the other way round
    flows = flow("s", "g") + flow("g", "a", "x > 0") + flow("g", "b", "x > 1")
    file = with_ends(document(process(START + el("exclusiveGateway", "g") + user("a", "b") + flows)))
    shapes = "".join(SHAPE.format(id=i, y=y) for i, y in zip("ab", heights, strict=True))
    plane = f'<di:BPMNPlane id="plane" bpmnElement="p">{shapes}</di:BPMNPlane>'
    picture = f'<di:BPMNDiagram {DI} id="diagram">{plane}</di:BPMNDiagram>'
    # when
    reading = read(file.replace(b"</bpmn:definitions>", picture.encode() + b"</bpmn:definitions>"), "x.bpmn")
    assert reading.model is not None
    # then
    assert open_tasks(Rehearsal(reading.model).start(variables={"x": 5})) == ["a"]


def test_an_interrupting_boundary_event_on_a_multi_instance_subprocess() -> None:
    inner = multi() + event("startEvent", "is") + user("a") + chain("is", "a")
    run = case(
        START
        + el("subProcess", "sp", inner)
        + boundary("sp", "b", "duration PT1H")
        + user("z")
        + chain("s", "sp")
        + chain("b", "z"),
        {"items": [1, 2]},
    )
    run.complete_user_task("a")
    run.fire_timer("b")
    assert open_tasks(run) == ["z"]


def test_an_element_that_fails_keeps_its_token() -> None:
    run = case(
        START + el("userTask", "a", zeebe='<zeebe:assignmentDefinition assignee="=x"/>') + chain("s", "a"), {"x": 1.5}
    )
    run = case(START + el("userTask", "a", zeebe='<zeebe:assignmentDefinition assignee="=[x]"/>') + chain("s", "a"))
    assert run.watch.incidents
    assert not run.completed
    assert any(each.element_id == "a" for each in run.watch.elements.values())


def test_correlation_keys_are_feel() -> None:
    run = case(START + event("intermediateCatchEvent", "c", "message") + chain("s", "c"), {"key": "__import__('os')"})
    (subscription,) = run.watch.messages.values()
    assert subscription.correlation_key == "__import__('os')"


def test_sequence_flow_ids_are_kept() -> None:
    run = case(START + user("a") + flow("s", "a", flow_id="the_flow"))
    assert any(getattr(record, "taken", ()) == ("the_flow",) for record in run.records)


def test_link_events_do_not_strand_the_token() -> None:
    nodes = event("intermediateThrowEvent", "out", "link L") + event("intermediateCatchEvent", "in", "link L")
    assert open_tasks(case(START + nodes + user("a") + chain("s", "out") + chain("in", "a"))) == ["a"]


def test_compensation_throws_run_their_handlers() -> None:
    content = user("a") + boundary("a", "cb", "compensation") + el("userTask", "undo", isForCompensation="true")
    content += '<bpmn:association id="as" sourceRef="cb" targetRef="undo" associationDirection="One"/>'
    run = case(START + content + event("intermediateThrowEvent", "t", "compensation") + chain("s", "a", "t"))
    run.complete_user_task("a")
    assert open_tasks(run) == ["undo"]


def test_a_signal_end_event_is_thrown() -> None:
    run = case(START + event("endEvent", "e", "signal") + chain("s", "e"))
    assert any(type(record).__name__ == "SignalThrown" for record in run.records)


def event_sub(what: str, first: str, *, interrupting: bool = True) -> str:
    start = event("startEvent", "es_s", what, isInterrupting="true" if interrupting else "false")
    return el("subProcess", "es", start + user(first) + chain("es_s", first), triggeredByEvent="true")


def test_an_event_subprocess_interrupts() -> None:
    run = case(START + user("a") + event_sub("signal", "z") + chain("s", "a"))
    run.rehearsal.broadcast_signal("sig")
    assert open_tasks(run) == ["z"]


def test_an_unfired_timer_start_does_not_block_completion() -> None:
    run = case(START + user("a") + event_sub("duration PT1H", "z") + chain("s", "a"))
    run.complete_user_task("a")
    assert run.completed


@pytest.mark.parametrize("what", ["error", "escalation"])
def test_error_and_escalation_start_events_start_only_when_thrown(what: str) -> None:
    run = case(START + user("a") + event_sub(what, "z") + event("endEvent", "e", what) + chain("s", "a", "e"))
    assert open_tasks(run) == ["a"]
    run.complete_user_task("a")
    assert open_tasks(run) == ["z"]


def test_an_ad_hoc_subprocess_needs_neither_data_objects_nor_a_condition() -> None:
    run = case(START + el("adHocSubProcess", "ah", user("a", "b")) + chain("s", "ah"))
    assert open_tasks(run) == ["a", "b"]


def test_two_timers_behind_an_event_gateway_have_each_their_own_moment() -> None:
    nodes = el("eventBasedGateway", "g") + event("intermediateCatchEvent", "t1", "duration PT2H")
    nodes += event("intermediateCatchEvent", "t2", "duration PT1H") + user("x", "y")
    run = case(START + nodes + chain("s", "g", "t1", "x") + chain("g", "t2", "y"))
    assert len({timer.due_at for timer in run.watch.timers.values()}) == 2
    run.rehearsal.advance(timedelta(hours=1))
    assert open_tasks(run) == ["y"]


def test_an_interrupting_boundary_event_with_a_cycle_interrupts() -> None:
    run = case(START + user("a") + boundary("a", "b", "cycle R2/PT1H") + user("z") + chain("s", "a") + chain("b", "z"))
    run.rehearsal.advance(timedelta(hours=1))
    assert open_tasks(run) == ["z"]


def test_a_non_interrupting_message_boundary_event_fires_every_time() -> None:
    catch = boundary("a", "b", "message", interrupting=False)
    run = case(START + user("a") + catch + user("z") + chain("s", "a") + chain("b", "z"), {"key": "k"})
    run.rehearsal.publish_message("m", "k")
    run.rehearsal.publish_message("m", "k")
    assert open_tasks(run) == ["a", "z", "z"]


def test_a_sequence_flow_without_an_id_is_a_flow() -> None:
    run = case(START + user("a") + '<bpmn:sequenceFlow sourceRef="s" targetRef="a"/>')
    assert open_tasks(run) == ["a"]


def test_a_start_event_may_be_called_start() -> None:
    assert open_tasks(case(event("startEvent", "Start") + user("End") + chain("Start", "End"))) == ["End"]


def test_a_data_object_two_levels_up_hurts_nobody() -> None:
    inner = event("startEvent", "s2") + user("a") + chain("s2", "a")
    middle = event("startEvent", "s1") + el("subProcess", "sp2", inner) + chain("s1", "sp2")
    content = '<bpmn:dataObject id="data"/><bpmn:dataObjectReference id="ref" dataObjectRef="data"/>'
    assert open_tasks(case(START + content + el("subProcess", "sp1", middle) + chain("s", "sp1"))) == ["a"]


def test_a_path_without_an_end_event_completes() -> None:
    run = case(user("a", "b") + chain("a", "b"))
    run.complete_user_task("a")
    run.complete_user_task("b")
    assert run.completed


def test_a_conditional_boundary_event_sees_all_variables() -> None:
    run = case(
        START + user("a") + boundary("a", "b", "if x > 1") + user("z") + chain("s", "a") + chain("b", "z"), {"x": 1}
    )
    run.command(lambda machine: machine.variables_set(run.key, {"x": 2}))
    assert open_tasks(run) == ["z"]


@pytest.mark.parametrize("name", ["nrOfInstances", "nrOfCompletedInstances", "nrOfActiveInstances"])
def test_multi_instance_counters_are_provided(name: str) -> None:
    loop = multi(output=("r", f"={name}"), sequential=True)
    run = case(START + el("userTask", "t", loop) + chain("s", "t"), {"items": [1]})
    run.complete_user_task("t")
    assert isinstance(run.variables["r"][0], int)


def test_a_service_task_goes_on_when_its_job_is_done() -> None:
    run = case(START + service("t") + chain("s", "t"))
    run.complete_job("t")
    assert run.completed


def test_a_task_may_have_two_outgoing_flows() -> None:
    run = case(START + user("a", "b", "c") + chain("s", "a", "b") + flow("a", "c"))
    run.complete_user_task("a")
    assert open_tasks(run) == ["b", "c"]


def test_a_complex_gateway_is_executed() -> None:
    condition = "=activationCount &gt;= 1"
    inner = f'<bpmn:activationCondition xsi:type="bpmn:tFormalExpression">{condition}</bpmn:activationCondition>'
    nodes = el("parallelGateway", "g") + user("a", "b", "z") + el("complexGateway", "j", inner)
    run = case(START + nodes + chain("s", "g", "a", "j", "z") + chain("g", "b", "j"))
    run.complete_user_task("a")
    assert open_tasks(run) == ["b", "z"]


def test_a_condition_on_a_tasks_only_flow_is_refused_at_deployment() -> None:
    content = START + user("a", "b") + event("endEvent", "e") + chain("s", "a") + flow("a", "b", "x") + flow("b", "e")
    reading = read(document(process(content)), "x.bpmn")
    assert [problem.kind for problem in reading.problems if problem.code == "bpmn.condition-alone"] == [Kind.INVALID]


def test_a_completed_task_cannot_run_again() -> None:
    run = case(START + user("a", "b") + chain("s", "a", "b"))
    (key,) = run.watch.user_tasks
    run.complete_user_task("a")
    with pytest.raises(ElementInstanceUnknown):
        run.command(lambda machine: machine.user_task_completed(key, {}))


def test_data_holding_a_key_typename_is_saved_and_loaded() -> None:
    run = case(START + user("a", "b") + chain("s", "a", "b"))
    run.complete_user_task("a", {"form": {"typename": "datetime", "value": 1}})
    run.complete_user_task("b")
    assert run.variables["form"] == {"typename": "datetime", "value": 1}


def test_a_script_cannot_change_what_was_recorded_before() -> None:
    content = START + script("a", 'context put(o, "x", 2)', "o2") + user("b") + chain("s", "a", "b")
    run = case(content, {"o": {"x": 1}})
    assert (run.variables["o"], run.variables["o2"]) == ({"x": 1}, {"x": 2})


@pytest.mark.parametrize("rounds", [333, 1200])
def test_a_rework_loop_of_many_rounds_neither_stalls_nor_overflows(rounds: int) -> None:
    nodes = el("exclusiveGateway", "m") + el("parallelGateway", "g") + script("a", "n + 1", "n") + el("task", "b")
    nodes += el("parallelGateway", "j") + el("exclusiveGateway", "x", default="d") + user("z")
    flows = (
        chain("s", "m", "g", "a", "j", "x")
        + chain("g", "b", "j")
        + flow("x", "m", f"n < {rounds}")
        + flow("x", "z", flow_id="d")
    )
    run = case(START + nodes + flows, {"n": 0})
    assert open_tasks(run) == ["z"]
    assert run.variables["n"] == rounds


def test_timers_keep_their_moment_through_saves_and_each_fires_by_its_own_command() -> None:
    catch = boundary("a", "b1", "duration PT1H", interrupting=False) + boundary(
        "a", "b2", "duration PT2H", interrupting=False
    )
    run = case(START + user("a", "x", "y") + catch + chain("s", "a") + chain("b1", "x") + chain("b2", "y"))
    due = {timer.element_id: timer.due_at for timer in run.watch.timers.values()}
    run.rehearsal.advance(timedelta(minutes=30))
    run.command(lambda machine: machine.variables_set(run.key, {"v": 1}))
    assert {timer.element_id: timer.due_at for timer in run.watch.timers.values()} == due
    run.rehearsal.advance(timedelta(minutes=30))
    assert open_tasks(run) == ["a", "x"]


@pytest.mark.parametrize("expression", ["__import__('os').getcwd()", "().__class__.__mro__", "open('x').read()"])
def test_python_in_a_script_is_refused_at_deployment_or_has_no_value(expression: str) -> None:
    content = START + script("a", expression, "x") + event("endEvent", "e") + chain("s", "a", "e")
    reading = read(document(process(content)), "x.bpmn")
    if reading.ok and reading.model is not None:
        run = Rehearsal(reading.model).start()
        assert run.variables == {"x": None}
    else:
        assert any("FEEL" in problem.message or "feel" in problem.code for problem in reading.problems)


def test_a_multi_instance_and_a_loop_loaded_after_a_restart_go_on() -> None:
    loop = '<bpmn:standardLoopCharacteristics loopMaximum="2"/>'
    content = START + el("userTask", "t", multi(sequential=True)) + el("userTask", "u", loop) + chain("s", "t", "u")
    run = case(content, {"items": [1, 2]})
    for element_id in ("t", "t", "u", "u"):
        run.complete_user_task(element_id)
    assert run.completed


def test_the_state_of_a_long_case_stays_small() -> None:
    nodes = el("exclusiveGateway", "m") + user("a") + el("exclusiveGateway", "x", default="d") + user("z")
    run = case(START + nodes + chain("s", "m", "a", "x") + flow("x", "m", "again") + flow("x", "z", flow_id="d"))
    sizes = set()
    for _ in range(60):
        run.complete_user_task("a", {"again": True})
        sizes.add(len(run.parts["main"]))
    assert max(sizes) - min(sizes) <= 4


def test_input_and_output_mappings_cannot_run_python_either() -> None:
    run = case(START + service("a", io(("input", "=string(1 + 1)", "x"))) + chain("s", "a"))
    (job,) = run.watch.jobs.values()
    assert run.watch.scopes[job.element_instance_key] == {"x": "2"}
