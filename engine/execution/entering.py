"""A process instance that begins where the work stands already: tokens on given elements, none on a start event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from engine.execution import modification
from engine.execution.records import ElementActivated
from engine.execution.specs.scopes import open_event_starts
from engine.execution.variables import set_local
from engine.execution.workflow import CaseWorkflow


def enter(workflow: CaseWorkflow, variables: Mapping[str, object], element_ids: Sequence[str]) -> None:
    """Bring the instance to life, and put a token on each element. Raises ElementUnknown, ScopeAmbiguous.

    What event subprocesses wait for is open, as it would be by now; start listeners had their turn outside.
    """
    root = workflow.task_tree
    workflow.runtime.emit(
        ElementActivated(
            root.key,
            workflow.spec.element_id,
            workflow.spec.element_type,
            None,
            root.key,
            workflow.program.definition_key,
        )
    )
    for name, value in variables.items():
        set_local(root, name, value)
    if workflow.spec.event_starts:
        workflow.runtime.attempt(root, "starting", open_event_starts)
    for element_id in element_ids:
        modification.activate(workflow, element_id, {}, None)
