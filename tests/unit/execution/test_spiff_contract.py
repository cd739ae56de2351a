"""One contract for each hook of SpiffWorkflow that execution overrides: what Spiff does there, and that ours is used.

SpiffWorkflow is pinned exactly; when the pin moves, these tests say which assumption no longer holds.
"""

from __future__ import annotations

import inspect
from importlib.metadata import version
from typing import Any

import pytest
from SpiffWorkflow.bpmn.exceptions import WorkflowTaskException
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec
from SpiffWorkflow.bpmn.specs.defaults import UserTask
from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.exceptions import WorkflowException
from SpiffWorkflow.specs.base import TaskSpec
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState
from SpiffWorkflow.workflow import Workflow

from engine.execution import program, task, workflow
from engine.execution.specs import base, events, gateways, loops, scopes, tasks
from tests.unit.execution.diagrams import boundary, case, chain, el, event, user

MODULES = (base, events, gateways, loops, scopes, tasks, task, workflow, program)
SPIFF = "SpiffWorkflow"
COVERED = {
    "Task.__init__",
    "Task._set_state",
    "Task._add_child",
    "Task.run",
    "TaskSpec.__init__",
    "TaskSpec._predict",
    "TaskSpec._update_hook",
    "TaskSpec._on_ready",
    "TaskSpec._run",
    "TaskSpec._run_hook",
    "TaskSpec._on_complete_hook",
    "TaskSpec._on_cancel",
    "Workflow.__init__",
    "Workflow.update_waiting_tasks",
    "Workflow._task_completed_notify",
    "Workflow._task_removed_notify",
    "BpmnSubWorkflow._calculate_depth",
    "WorkflowSpec.__init__",
    "PythonScriptEngine.__init__",
    "PythonScriptEngine.evaluate",
    "PythonScriptEngine.execute",
    "PythonScriptEngine.call_service",
}
"""Every hook overridden, named by the Spiff class that first defines it."""


def overridden() -> set[str]:
    """Find what our classes define that a class of Spiff defines too."""
    found = set()
    for module in MODULES:
        for _, cls in inspect.getmembers(module, inspect.isclass):
            spiff = [each for each in cls.__mro__ if each.__module__.startswith(SPIFF)]
            ours = [each for each in cls.__mro__ if each.__module__.startswith("engine.")]
            for name in {name for each in ours for name, value in vars(each).items() if callable(value)}:
                owners = [each for each in spiff if name in vars(each)]
                if owners and not (name.startswith("__") and name != "__init__"):
                    found.add(f"{owners[-1].__name__}.{name}")
    return found


def test_every_override_has_a_contract_here() -> None:
    assert overridden() == COVERED


def test_the_version_is_the_one_these_contracts_were_written_for() -> None:
    assert version("SpiffWorkflow") == "3.2.0"


START = event("startEvent", "s")


def live_tasks(content: str = START + user("a") + chain("s", "a")) -> dict[str, Any]:
    """Return the live tasks of a fresh case by element id, with their machine kept alive."""
    found: dict[str, Any] = {}

    def look(machine: Any) -> None:
        found["machine"] = machine
        for each in machine._workflow.tasks.values():
            found[each.task_spec.element_id] = each

    case(content).command(look)
    return found


def spiff_task(spec_class: type[TaskSpec] = UserTask) -> Task:
    """Return a task of plain Spiff, on its only element."""
    spec = BpmnProcessSpec("p")
    spec.start.connect(spec_class(spec, "t"))
    spec.task_specs["t"].connect(spec.end)
    return next(each for each in BpmnWorkflow(spec).tasks.values() if each.task_spec.name == "t")


def test_task_init_sets_the_same_attributes_as_spiffs() -> None:
    assert set(vars(spiff_task())) <= set(vars(live_tasks()["a"]))
    assert list(inspect.signature(Task.__init__).parameters) == [
        "self",
        "workflow",
        "task_spec",
        "parent",
        "state",
        "id",
    ]


def test_task_set_state_is_how_spiff_changes_states() -> None:
    for method in (Task._ready, Task.cancel, Task.complete, Task.run):
        assert "_set_state" in inspect.getsource(method)
    a = live_tasks()["a"]
    a._set_state(TaskState.WAITING)
    assert a.state == TaskState.WAITING


def test_task_add_child_is_how_tasks_are_made_and_ours_have_numbers() -> None:
    assert list(inspect.signature(Task._add_child).parameters) == ["self", "task_spec", "state"]
    a = live_tasks()["a"]
    child = a._add_child(a.task_spec, TaskState.FUTURE)
    assert isinstance(child, task.ElementTask)
    assert child.id == a.id + 1
    assert child.parent is a


def test_task_run_completes_on_true_and_waits_on_none() -> None:
    plain = spiff_task()
    plain.task_spec._run_hook = lambda _: None
    plain._set_state(TaskState.READY)
    plain.run()
    assert plain.state == TaskState.STARTED
    # ours: a task that was cancelled while it ran stays cancelled
    a = live_tasks()["a"]
    a._set_state(TaskState.READY)
    a.task_spec = type("Cancelling", (), {"_run": lambda _, each: each._set_state(TaskState.CANCELLED)})()
    a.run()
    assert a.state == TaskState.CANCELLED


def test_task_spec_init_registers_the_spec_under_its_name() -> None:
    spec = BpmnProcessSpec("p")
    UserTask(spec, "t")
    with pytest.raises(KeyError):
        UserTask(spec, "t")


def test_predict_makes_tasks_for_the_future_in_spiff_and_none_with_us() -> None:
    assert any(each.state == TaskState.FUTURE for each in spiff_task().workflow.tasks.values())
    tasks_of_case = live_tasks()["machine"]._workflow.tasks.values()
    assert not [each for each in tasks_of_case if each.has_state(TaskState.PREDICTED_MASK | TaskState.FUTURE)]


def test_update_hook_decides_whether_update_makes_a_task_ready() -> None:
    plain = spiff_task()
    plain.task_spec._update_hook = lambda _: False
    plain._set_state(TaskState.WAITING)
    plain.task_spec._update(plain)
    assert plain.state == TaskState.WAITING
    plain.task_spec._update_hook = lambda _: True
    plain.task_spec._update(plain)
    assert plain.state == TaskState.READY


def test_on_ready_checks_inputs_in_spiff_and_queues_with_us() -> None:
    spec = BpmnProcessSpec("p")
    with pytest.raises(WorkflowException):
        UserTask(spec, "alone")._on_ready(Task(BpmnWorkflow(spec), spec.task_specs["alone"]))
    a = live_tasks()["a"]
    a._ready()
    assert list(a.runtime.queue) == [a]


def test_run_makes_a_failing_task_an_error_in_spiff_and_an_incident_with_us() -> None:
    plain = spiff_task()

    def fail(_: Task) -> None:
        raise WorkflowTaskException("x", task=plain)

    plain.task_spec._run_hook = fail
    with pytest.raises(WorkflowTaskException):
        plain.run()
    assert plain.state == TaskState.ERROR
    failing = el("userTask", "a", zeebe='<zeebe:assignmentDefinition assignee="=1 = 1"/>')
    found = live_tasks(START + failing + chain("s", "a"))
    assert found["a"].state == TaskState.STARTED
    assert "incident" in found["a"].internal_data


def test_run_hook_is_what_run_calls() -> None:
    assert "_run_hook" in inspect.getsource(TaskSpec._run)


def test_on_complete_calls_its_hook_then_updates_children_then_notifies_the_workflow() -> None:
    source = inspect.getsource(TaskSpec._on_complete)
    assert source.index("_on_complete_hook") < source.index("_update(child)") < source.index("_task_completed_notify")


def test_on_cancel_is_called_by_cancel_after_the_children_are_dropped() -> None:
    source = inspect.getsource(Task.cancel)
    assert source.index("CANCELLED") < source.index("_drop_children") < source.index("_on_cancel")


def test_a_workflow_created_for_deserializing_has_no_tasks_of_its_own() -> None:
    spec = BpmnProcessSpec("p")
    spec.start.connect(spec.end)
    assert BpmnWorkflow(spec, deserializing=True).tasks == {}
    assert "deserializing" in inspect.signature(Workflow.__init__).parameters


def test_update_waiting_tasks_searches_the_tree_after_every_task_in_spiff_and_nothing_with_us() -> None:
    assert "update_waiting_tasks" in inspect.getsource(Workflow._task_completed_notify)
    assert live_tasks()["machine"]._workflow.update_waiting_tasks() is None


def test_task_completed_notify_prunes_the_task_and_gives_its_children_to_its_parent() -> None:
    found = live_tasks()
    tree = found["machine"]._workflow.task_tree
    assert [each.task_spec.element_id for each in tree.children] == ["a"]
    assert len(found["machine"]._workflow.tasks) == 2


def test_task_removed_notify_is_called_for_every_removed_task() -> None:
    assert "_task_removed_notify" in inspect.getsource(Workflow._remove_task)
    found = live_tasks()
    a = found["a"]
    found["machine"]._workflow._remove_task(a.id)
    assert a.id not in a.runtime.owners


def test_calculate_depth_is_called_by_the_init_of_a_subworkflow() -> None:
    assert "_calculate_depth" in inspect.getsource(BpmnSubWorkflow.__init__)
    inner = el("subProcess", "sp", event("startEvent", "is") + user("a") + chain("is", "a"))
    found = live_tasks(START + inner + chain("s", "sp"))
    assert found["sp"].content.depth == 1


def test_the_process_spec_of_spiff_takes_names_that_ours_leaves_free() -> None:
    assert {"Start", "End"} <= set(BpmnProcessSpec("p").task_specs)
    names = live_tasks()["machine"]._workflow.spec.task_specs
    assert set(names) == {"#start", "s", "a", "p_end"}


@pytest.mark.parametrize("method", ["evaluate", "execute", "call_service"])
def test_no_way_is_left_to_run_python(method: str) -> None:
    assert callable(getattr(PythonScriptEngine, method))
    engine = live_tasks()["machine"]._workflow.script_engine
    for each in (engine, engine.environment):
        with pytest.raises(RuntimeError):
            getattr(each, method)(None, "1 + 1")


def test_no_element_of_ours_uses_spiffs_events_or_joins() -> None:
    found = live_tasks(START + user("a") + boundary("a", "b", "duration PT1H") + chain("s", "a"))
    assert found["machine"]._workflow.event_manager.tasks == {}
