"""Compensation, transactions, complex gateways, ad-hoc subprocesses."""

from __future__ import annotations

import pytest

from tests.unit.execution.diagrams import boundary, case, chain, el, event, flow, io, multi, script, user

START = event("startEvent", "s")


def open_tasks(run) -> list[str]:  # type: ignore[no-untyped-def]
    return sorted(task.element_id for task in run.watch.user_tasks.values())


def compensable(name: str, handler: str, inner: str = "", zeebe: str = "") -> str:
    """Return a user task with a compensation boundary event and its handler, a user task too."""
    return (
        el("userTask", name, inner)
        + boundary(name, f"{name}_cb", "compensation")
        + el("userTask", handler, zeebe=zeebe, isForCompensation="true")
        + f'<bpmn:association id="{name}_as" sourceRef="{name}_cb" targetRef="{handler}" associationDirection="One"/>'
    )


def test_handlers_run_in_the_reverse_order_of_completion_and_the_throw_waits_for_them() -> None:
    # given
    content = compensable("a", "undo_a") + compensable("b", "undo_b") + compensable("c", "undo_c")
    throw = event("intermediateThrowEvent", "t", "compensation")
    run = case(START + content + throw + user("z") + chain("s", "a", "b", "t", "z") + flow("z", "c"))
    run.complete_user_task("a")
    # when
    run.complete_user_task("b")
    # then
    assert open_tasks(run) == ["undo_b"]
    run.complete_user_task("undo_b")
    assert open_tasks(run) == ["undo_a"]
    run.complete_user_task("undo_a")
    assert open_tasks(run) == ["z"]


def test_what_is_not_completed_is_not_compensated_and_nothing_is_compensated_twice() -> None:
    content = compensable("a", "undo_a") + compensable("b", "undo_b") + el("parallelGateway", "g")
    throws = event("intermediateThrowEvent", "t1", "compensation") + event(
        "intermediateThrowEvent", "t2", "compensation"
    )
    run = case(START + content + throws + user("z") + chain("s", "g", "a", "t1", "t2", "z") + chain("g", "b"))
    run.complete_user_task("a")
    assert open_tasks(run) == ["b", "undo_a"]
    run.complete_user_task("undo_a")
    assert open_tasks(run) == ["b", "z"]


def test_a_throw_may_name_one_activity() -> None:
    throw = el("intermediateThrowEvent", "t", '<bpmn:compensateEventDefinition activityRef="a"/>')
    content = compensable("a", "undo_a") + compensable("b", "undo_b")
    run = case(START + content + throw + user("z") + chain("s", "a", "b", "t", "z"))
    run.complete_user_task("a")
    run.complete_user_task("b")
    assert open_tasks(run) == ["undo_a"]
    run.complete_user_task("undo_a")
    assert open_tasks(run) == ["z"]


def test_a_compensation_end_event_ends_when_everything_is_undone() -> None:
    run = case(START + compensable("a", "undo_a") + event("endEvent", "e", "compensation") + chain("s", "a", "e"))
    run.complete_user_task("a")
    assert not run.completed
    run.complete_user_task("undo_a")
    assert run.completed


def test_a_throw_that_does_not_wait_goes_on_at_once() -> None:
    throw = el("intermediateThrowEvent", "t", '<bpmn:compensateEventDefinition waitForCompletion="false"/>')
    run = case(START + compensable("a", "undo_a") + throw + user("z") + chain("s", "a", "t", "z"))
    run.complete_user_task("a")
    assert open_tasks(run) == ["undo_a", "z"]
    run.complete_user_task("z")
    assert not run.completed
    run.complete_user_task("undo_a")
    assert run.completed


def test_a_completed_subprocess_is_undone_from_inside_with_its_variables_as_they_were() -> None:
    # given
    inner = event("startEvent", "is") + compensable("a", "undo_a") + compensable("b", "undo_b")
    sub = el("subProcess", "sp", inner + chain("is", "a", "b"), io(("input", "=x", "local")))
    throw = event("intermediateThrowEvent", "t", "compensation")
    run = case(START + sub + throw + user("z") + chain("s", "sp", "t", "z"), {"x": 7})
    run.complete_user_task("a")
    run.command(lambda machine: machine.variables_set(run.key, {"x": 8}))
    # when
    run.complete_user_task("b")
    # then
    (key,) = run.watch.user_tasks
    assert open_tasks(run) == ["undo_b"]
    assert run.watch.scopes[key] == {"local": 7}
    run.complete_user_task("undo_b")
    run.complete_user_task("undo_a")
    assert open_tasks(run) == ["z"]


def test_each_completed_instance_of_a_multi_instance_subprocess_is_undone() -> None:
    inner = multi() + event("startEvent", "is") + compensable("a", "undo_a") + chain("is", "a")
    throw = event("intermediateThrowEvent", "t", "compensation")
    run = case(START + el("subProcess", "sp", inner) + throw + chain("s", "sp", "t"), {"items": [1, 2]})
    run.complete_user_task("a")
    run.complete_user_task("a")
    run.complete_user_task("undo_a")
    run.complete_user_task("undo_a")
    assert run.completed


def test_an_error_event_subprocess_may_compensate_the_scope_around_it() -> None:
    start = event("startEvent", "es_s", "error") + event("endEvent", "es_e", "compensation") + chain("es_s", "es_e")
    inner = event("startEvent", "is") + compensable("a", "undo_a") + event("endEvent", "ie", "error")
    inner += chain("is", "a", "ie") + el("subProcess", "es", start, triggeredByEvent="true")
    run = case(START + el("subProcess", "sp", inner) + user("z") + chain("s", "sp", "z"))
    run.complete_user_task("a")
    assert open_tasks(run) == ["undo_a"]
    run.complete_user_task("undo_a")
    assert open_tasks(run) == ["z"]


def test_a_cancelled_transaction_stops_undoes_and_leaves_by_its_cancel_event() -> None:
    # given
    inner = event("startEvent", "is") + el("parallelGateway", "g") + compensable("a", "undo_a") + user("b", "c")
    inner += event("endEvent", "ce", "cancel") + chain("is", "g", "a") + chain("g", "b") + chain("g", "c", "ce")
    content = el("transaction", "tx", inner) + boundary("tx", "cancelled", "cancel") + user("ok", "failed")
    run = case(START + content + chain("s", "tx", "ok") + chain("cancelled", "failed"))
    run.complete_user_task("a")
    # when
    run.complete_user_task("c")
    # then
    assert open_tasks(run) == ["undo_a"]
    assert ("terminated", "b") in run.trace()
    run.complete_user_task("undo_a")
    assert open_tasks(run) == ["failed"]
    assert ("terminated", "tx") in run.trace()


def test_a_transaction_that_is_not_cancelled_completes_like_a_subprocess() -> None:
    inner = event("startEvent", "is") + user("a") + chain("is", "a")
    run = case(
        START + el("transaction", "tx", inner) + boundary("tx", "x", "cancel") + user("z") + chain("s", "tx", "z")
    )
    run.complete_user_task("a")
    assert open_tasks(run) == ["z"]


def test_a_cancel_end_deep_in_a_transaction_cancels_the_whole_of_it() -> None:
    # given: the cancel end lies in a subprocess of the transaction, beside other work and behind what is completed
    inmost = event("startEvent", "ds") + compensable("b", "undo_b") + event("endEvent", "ce", "cancel")
    inner = event("startEvent", "is") + compensable("a", "undo_a") + el("parallelGateway", "g") + user("other")
    inner += el("subProcess", "deep", inmost + chain("ds", "b", "ce")) + chain("is", "a", "g", "deep")
    content = el("transaction", "tx", inner + chain("g", "other")) + boundary("tx", "cancelled", "cancel")
    run = case(START + content + user("ok", "failed") + chain("s", "tx", "ok") + chain("cancelled", "failed"))
    run.complete_user_task("a")
    # when
    run.complete_user_task("b")
    # then: last completed first
    assert ("terminated", "other") in run.trace()
    assert open_tasks(run) == ["undo_b"]
    run.complete_user_task("undo_b")
    assert open_tasks(run) == ["undo_a"]
    run.complete_user_task("undo_a")
    assert open_tasks(run) == ["failed"]
    assert [each for each in run.trace() if each[0] == "terminated"][-3:] == [
        ("terminated", "ce"),
        ("terminated", "deep"),
        ("terminated", "tx"),
    ]


def test_a_cancel_end_in_an_event_subprocess_cancels_the_transaction_around_it() -> None:
    start = event("startEvent", "es_s", "error") + event("endEvent", "ce", "cancel") + chain("es_s", "ce")
    inner = event("startEvent", "is") + compensable("a", "undo_a") + event("endEvent", "ie", "error")
    inner += chain("is", "a", "ie") + el("subProcess", "es", start, triggeredByEvent="true")
    content = el("transaction", "tx", inner) + boundary("tx", "cancelled", "cancel") + user("ok", "failed")
    run = case(START + content + chain("s", "tx", "ok") + chain("cancelled", "failed"))
    run.complete_user_task("a")
    run.complete_user_task("undo_a")
    assert open_tasks(run) == ["failed"]


def complex_join(condition: str) -> str:
    text = f'<bpmn:activationCondition xsi:type="bpmn:tFormalExpression">={condition}</bpmn:activationCondition>'
    return el("complexGateway", "j", text)


def test_a_complex_gateway_goes_on_at_two_of_three_and_swallows_the_third() -> None:
    flows = chain("s", "g", "a", "j", "z") + chain("g", "b", "j") + chain("g", "c", "j")
    run = case(
        START + el("parallelGateway", "g") + user("a", "b", "c", "z") + complex_join("activationCount &gt;= 2") + flows
    )
    run.complete_user_task("b")
    assert open_tasks(run) == ["a", "c"]
    run.complete_user_task("a")
    assert open_tasks(run) == ["c", "z"]
    run.complete_user_task("c")
    assert open_tasks(run) == ["z"]
    run.complete_user_task("z")
    assert run.completed


def test_a_complex_gateway_does_not_wait_for_a_rest_that_cannot_come() -> None:
    flows = (
        chain("s", "g", "a", "j", "z") + chain("g", "b", "x") + flow("x", "j", "late") + flow("x", "e2", flow_id="d")
    )
    nodes = el("parallelGateway", "g") + user("a", "b", "z") + el("exclusiveGateway", "x", default="d")
    run = case(
        START + nodes + complex_join("activationCount &gt;= 1") + event("endEvent", "e2") + flows, {"late": False}
    )
    run.complete_user_task("a")
    run.complete_user_task("b")
    assert open_tasks(run) == ["z"]
    run.complete_user_task("z")
    assert run.completed


def test_a_complex_gateway_may_split_by_conditions() -> None:
    gateway = el("complexGateway", "g", default="d")
    flows = (
        flow("s", "g")
        + flow("g", "a", "x &gt; 1".replace("&gt;", ">"))
        + flow("g", "b", "x > 2")
        + flow("g", "c", flow_id="d")
    )
    assert open_tasks(case(START + gateway + user("a", "b", "c") + flows, {"x": 3})) == ["a", "b"]
    assert open_tasks(case(START + gateway + user("a", "b", "c") + flows, {"x": 0})) == ["c"]


def ad_hoc(content: str, condition: str | None = None, zeebe: str = "", **attributes: str) -> str:
    inner = content
    if condition is not None:
        inner += f'<bpmn:completionCondition xsi:type="bpmn:tFormalExpression">={condition}</bpmn:completionCondition>'
    return el("adHocSubProcess", "ah", inner, zeebe, **attributes)


def test_an_ad_hoc_subprocess_offers_everything_and_ends_when_all_is_done() -> None:
    run = case(START + ad_hoc(user("a", "b", "c") + chain("a", "b")) + user("z") + chain("s", "ah", "z"))
    assert open_tasks(run) == ["a", "c"]
    for element_id in ("a", "c", "b"):
        run.complete_user_task(element_id)
    assert open_tasks(run) == ["z"]


def test_an_ad_hoc_subprocess_activates_the_elements_named() -> None:
    zeebe = '<zeebe:adHoc activeElementsCollection="=wanted"/>'
    run = case(START + ad_hoc(user("a", "b", "c"), zeebe=zeebe) + chain("s", "ah"), {"wanted": ["c", "a"]})
    assert open_tasks(run) == ["a", "c"]
    run = case(START + ad_hoc(user("a"), zeebe=zeebe) + chain("s", "ah"), {"wanted": ["nowhere"]})
    assert [incident.error_type for incident in run.watch.incidents.values()] == ["EXTRACT_VALUE_ERROR"]


@pytest.mark.parametrize("cancel", ["true", "false"])
def test_the_condition_of_an_ad_hoc_subprocess_ends_it(cancel: str) -> None:
    content = ad_hoc(user("a", "b"), "done", cancelRemainingInstances=cancel)
    run = case(START + content + user("z") + chain("s", "ah", "z"), {"done": False})
    run.complete_user_task("a", {"done": True})
    assert open_tasks(run) == (["z"] if cancel == "true" else ["b"])
    if cancel == "false":
        run.complete_user_task("b")
        assert open_tasks(run) == ["z"]


def test_an_ad_hoc_subprocess_whose_condition_does_not_hold_waits_for_more_to_be_activated() -> None:
    run = case(START + ad_hoc(user("a", "b"), "done") + chain("s", "ah"), {"done": False})
    run.complete_user_task("a")
    run.complete_user_task("b")
    assert not run.completed
    (key,) = [key for key, each in run.watch.elements.items() if each.element_id == "ah"]
    run.command(lambda machine: machine.element_activated("a", ancestor_scope_key=key))
    run.complete_user_task("a", {"done": True})
    assert run.completed


def test_a_sequential_ad_hoc_subprocess_runs_one_element_at_a_time() -> None:
    run = case(START + ad_hoc(user("a", "b"), ordering="Sequential") + chain("s", "ah"))
    assert open_tasks(run) == ["a"]
    run.complete_user_task("a")
    assert open_tasks(run) == ["b"]
    run.complete_user_task("b")
    assert run.completed


def test_an_ad_hoc_condition_that_fails_is_an_incident_that_can_be_resolved() -> None:
    run = case(START + ad_hoc(user("a") + script("b", "1", "x"), "done") + chain("s", "ah"))
    assert [incident.element_id for incident in run.watch.incidents.values()] == ["ah"]
    run.command(lambda machine: machine.variables_set(run.key, {"done": True}))
    run.resolve_incidents()
    assert run.completed


def test_a_compensation_event_subprocess_undoes_its_subprocess_in_its_own_way() -> None:
    # given: it does one thing itself, then has the rest undone
    undo = (
        event("startEvent", "es_s", "compensation")
        + user("own_way")
        + event("intermediateThrowEvent", "rest", "compensation")
    )
    undo += chain("es_s", "own_way", "rest")
    inner = event("startEvent", "is") + compensable("a", "undo_a") + chain("is", "a")
    inner += el("subProcess", "es", undo, triggeredByEvent="true")
    sub = el("subProcess", "sp", inner, io(("input", "=x", "local")))
    throw = event("intermediateThrowEvent", "t", "compensation")
    run = case(START + sub + throw + user("z") + chain("s", "sp", "t", "z"), {"x": 7})
    # when
    run.complete_user_task("a")
    # then
    assert open_tasks(run) == ["own_way"]
    event_sub = next(key for key, each in run.watch.elements.items() if each.element_id == "es")
    assert run.watch.scopes[event_sub] == {"local": 7}
    run.complete_user_task("own_way")
    assert open_tasks(run) == ["undo_a"]
    run.complete_user_task("undo_a")
    assert open_tasks(run) == ["z"]
    run.complete_user_task("z")
    assert run.completed


def test_more_parallel_instances_than_one_command_may_start_are_one_incident() -> None:
    run = case(START + el("userTask", "t", multi(cardinality="=n")) + chain("s", "t"), {"n": 60}, max_steps=50)
    assert [incident.error_type for incident in run.watch.incidents.values()] == ["EXTRACT_VALUE_ERROR"]
