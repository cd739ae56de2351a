"""Tasks of all kinds, their incidents, and the keys of what they create."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

import pytest

from engine.errors import NotFound
from engine.execution.errors import AlreadyEnded, ElementInstanceUnknown, NotWaiting
from engine.execution.records import DecisionEvaluated, JobCreated, UserTaskCreated
from tests.unit.execution.diagrams import case, chain, el, event, io, script, service, user

START = event("startEvent", "s")


def created(run, kind):  # type: ignore[no-untyped-def]
    return [record for record in run.records if isinstance(record, kind)]


def test_a_user_task_carries_assignment_schedule_priority_and_form_evaluated_in_its_scope() -> None:
    # given
    zeebe = (
        '<zeebe:assignmentDefinition assignee="=clerk" candidateGroups="=[&quot;g1&quot;, group]"'
        ' candidateUsers="u1, u2"/>'
        '<zeebe:taskSchedule dueDate="=date and time(&quot;2026-03-01T09:00:00+08:00&quot;)"'
        ' followUpDate="2026-02-01T09:00:00+08:00"/>'
        '<zeebe:priorityDefinition priority="=40 + 2"/><zeebe:formDefinition formId="f" bindingType="versionTag"'
        ' versionTag="v1"/><zeebe:taskHeaders><zeebe:header key="h" value="1"/></zeebe:taskHeaders>'
    )
    # when
    run = case(START + el("userTask", "a", zeebe=zeebe, name="受理") + chain("s", "a"), {"clerk": "王", "group": "g2"})
    # then
    (task,) = created(run, UserTaskCreated)
    assert (task.name, task.assignee, task.candidate_groups, task.candidate_users) == (
        "受理",
        "王",
        ("g1", "g2"),
        ("u1", "u2"),
    )
    assert task.due_date == "2026-03-01T09:00:00+08:00"
    assert task.follow_up_date == "2026-02-01T09:00:00+08:00"
    assert (task.priority, task.form_id, task.form_binding, task.form_version_tag) == (42, "f", "versionTag", "v1")
    assert task.headers == {"h": "1"}
    assert task.key in run.watch.elements


def test_an_assignment_of_the_wrong_type_is_an_incident_before_any_user_task_exists() -> None:
    zeebe = '<zeebe:assignmentDefinition assignee="=x"/>'
    run = case(START + el("userTask", "a", zeebe=zeebe) + chain("s", "a"), {"x": [1]})
    assert [incident.error_type for incident in run.watch.incidents.values()] == ["EXTRACT_VALUE_ERROR"]
    assert not created(run, UserTaskCreated)
    # when
    run.command(lambda machine: machine.variables_set(run.key, {"x": "李"}))
    run.resolve_incidents()
    # then: the element instance is the same one
    (task,) = created(run, UserTaskCreated)
    assert task.assignee == "李"
    assert [what for what in run.trace() if what == ("activated", "a")] == [("activated", "a")]


def test_keys_are_the_instance_key_plus_a_counter_and_the_process_has_the_instance_key() -> None:
    run = case(START + user("a") + chain("s", "a"))
    assert run.trace()[0] == ("activated", "p")
    assert sorted(run.watch.elements) == [run.key, run.key + 2]


def test_commands_that_do_not_fit_are_refused() -> None:
    # given
    run = case(START + user("a") + service("b") + chain("s", "a", "b"))
    (key,) = run.watch.user_tasks
    with pytest.raises(ElementInstanceUnknown):
        run.command(lambda machine: machine.user_task_completed(key + 99, {}))
    with pytest.raises(ElementInstanceUnknown):
        run.command(lambda machine: machine.job_completed(key, {}))
    with pytest.raises(NotWaiting):
        run.command(lambda machine: machine.user_task_completed(run.key, {}))
    with pytest.raises(NotFound):
        run.complete_user_task("nowhere")
    # when
    run.complete_user_task("a")
    with pytest.raises(ElementInstanceUnknown):
        run.command(lambda machine: machine.user_task_completed(key, {}))
    run.complete_job("b")
    with pytest.raises(AlreadyEnded):
        run.command(lambda machine: machine.user_task_completed(key, {}))


def test_a_service_task_is_a_job_with_type_retries_and_headers() -> None:
    task = el(
        "serviceTask",
        "a",
        zeebe='<zeebe:taskDefinition type="=&quot;pay-&quot; + kind" retries="5"/>'
        '<zeebe:taskHeaders><zeebe:header key="h" value="1"/></zeebe:taskHeaders>',
    )
    run = case(START + task + chain("s", "a"), {"kind": "bank"})
    (job,) = created(run, JobCreated)
    assert (job.type, job.retries, job.headers, job.kind) == ("pay-bank", 5, {"h": "1"}, "BPMN_ELEMENT")
    run.complete_job("a", {"paid": True})
    assert run.completed
    assert run.variables["paid"] is True


@pytest.mark.parametrize("kind", ["sendTask", "businessRuleTask", "scriptTask"])
def test_other_tasks_with_a_task_definition_are_jobs_too(kind: str) -> None:
    run = case(START + el(kind, "a", zeebe='<zeebe:taskDefinition type="work"/>') + chain("s", "a"))
    run.complete_job("a")
    assert run.completed


def test_a_job_without_retries_is_an_incident_and_can_be_completed_after_it_is_resolved() -> None:
    run = case(START + service("a") + chain("s", "a"))
    (key,) = run.watch.jobs
    # when
    incident_key = run.command(lambda machine: machine.job_failed_without_retries(key, "连不上"))
    # then
    incident = run.watch.incidents[incident_key]
    assert (incident.error_type, incident.message, incident.job_key) == ("JOB_NO_RETRIES", "连不上", key)
    # when
    run.resolve_incidents()
    assert not run.watch.incidents
    run.complete_job("a")
    assert run.completed


def test_an_error_that_nothing_catches_is_an_incident_on_the_task() -> None:
    run = case(START + service("a") + chain("s", "a"))
    assert run.throw_error("a", "E9") is False
    assert [incident.error_type for incident in run.watch.incidents.values()] == ["UNHANDLED_ERROR_EVENT"]


def test_undefined_and_manual_tasks_pass_through() -> None:
    run = case(START + el("task", "a") + el("manualTask", "b") + chain("s", "a", "b"))
    assert run.completed_elements() == ["s", "a", "b", "p_end", "p"]


def test_a_script_puts_its_value_into_a_variable_and_changes_nothing_else() -> None:
    run = case(START + script("a", 'context put(o, "x", 1)', "r") + chain("s", "a"), {"o": {"x": 0}})
    assert run.variables == {"o": {"x": 0}, "r": {"x": 1}}


def test_a_script_keeps_numbers_lists_and_dates_through_a_save() -> None:
    run = case(START + script("a", '{n: 0.1 + 0.2, l: [1, null], d: date("2026-01-01")}', "r") + chain("s", "a"))
    assert run.variables["r"]["n"] == 0.3
    assert run.variables["r"]["l"] == [1, None]
    assert run.completed


def test_a_rule_task_asks_the_decision_with_the_variables_it_sees() -> None:
    # given
    asked = []

    def decide(decision_id, context):  # type: ignore[no-untyped-def]
        asked.append((decision_id, context["amount"], context["local"]))
        return {"tier": 2}

    rule = '<zeebe:calledDecision decisionId="tiers" resultVariable="result"/>' + io(("input", "=amount * 2", "local"))
    # when
    run = case(START + el("businessRuleTask", "a", zeebe=rule) + chain("s", "a"), {"amount": 5}, decide=decide)
    # then
    assert asked == [("tiers", 5, 10)]
    assert run.variables["result"] == {"tier": 2}
    assert [record.decision_id for record in created(run, DecisionEvaluated)] == ["tiers"]


def test_a_decision_that_cannot_be_found_is_an_incident() -> None:
    rule = '<zeebe:calledDecision decisionId="tiers" resultVariable="result"/>'
    run = case(START + el("businessRuleTask", "a", zeebe=rule) + chain("s", "a"))
    assert [incident.error_type for incident in run.watch.incidents.values()] == ["CALLED_DECISION_ERROR"]


def test_termination_cancels_everything_inner_first() -> None:
    run = case(START + el("parallelGateway", "g") + user("a") + service("b") + chain("s", "g", "a") + chain("g", "b"))
    run.command(lambda machine: machine.terminate())
    assert run.terminated
    assert run.trace()[-3:] == [("terminated", "a"), ("terminated", "b"), ("terminated", "p")]
    assert not run.watch.jobs
    with pytest.raises(AlreadyEnded):
        run.command(lambda machine: machine.terminate())


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ('=now() + duration("P1D")', "2026-01-06T09:00:00+08:00"),
        ('=date and time("2026-03-01T09:00:00@Asia/Shanghai")', "2026-03-01T09:00:00+08:00"),
        ('=date and time("2026-03-01T09:00:00Z")', "2026-03-01T09:00:00+00:00"),
        ('=date and time("2026-03-01T09:00:00")', "2026-03-01T09:00:00+08:00"),
        ('=string(date("2026-03-01")) + "T00:00:00+08:00"', "2026-03-01T00:00:00+08:00"),
        ("=null", None),
    ],
)
def test_a_due_date_is_a_moment_with_its_offset(expression: str, expected: str | None) -> None:
    zeebe = f"<zeebe:taskSchedule dueDate={quoteattr(expression)}/>"
    run = case(START + el("userTask", "a", zeebe=zeebe) + chain("s", "a"))
    assert [task.due_date for task in created(run, UserTaskCreated)] == [expected]


@pytest.mark.parametrize(
    "expression", ['=date("2026-03-01")', '="tomorrow"', "=5", '="2026-03-01T09:00:00@Nowhere/Land"']
)
def test_a_due_date_that_is_no_moment_is_an_incident(expression: str) -> None:
    zeebe = f"<zeebe:taskSchedule dueDate={quoteattr(expression)}/>"
    run = case(START + el("userTask", "a", zeebe=zeebe) + chain("s", "a"))
    assert [incident.error_type for incident in run.watch.incidents.values()] == ["EXTRACT_VALUE_ERROR"]
