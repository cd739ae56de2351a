"""Tasks: for people, for workers, for rules; undefined and manual tasks pass through (ElementSpec as it is)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from engine.definitions.model import CalledDecision, FlowNode, JobDetails, ScriptDetails, UserTaskDetails
from engine.errors import BanjieError
from engine.execution import ending
from engine.execution.errors import ElementFailed
from engine.execution.expressions import EXTRACT, Formula, formula
from engine.execution.records import DecisionEvaluated, UserTaskCreated
from engine.execution.specs.base import ElementSpec
from engine.execution.specs.jobs import JobWork
from engine.execution.specs.listening import COMPLETING, CREATING
from engine.execution.variables import ScopeView
from engine.feel.json import to_json

if TYPE_CHECKING:
    from engine.execution.program import ScopeSpec
    from engine.execution.specs.base import Flow
    from engine.execution.task import ElementTask

DEFAULT_PRIORITY = 50


class UserTaskSpec(ElementSpec):
    """Somebody has to do something; waits for the completion."""

    def __init__(self, scope: ScopeSpec, node: FlowNode, order: int, name: str | None = None) -> None:
        super().__init__(scope, node, order, name)
        details = node.user_task or UserTaskDetails()
        self.manual = True
        self.details = details
        self.assignee = formula(details.assignee)
        self.candidate_groups = formula(details.candidate_groups)
        self.candidate_users = formula(details.candidate_users)
        self.due_date = formula(details.due_date)
        self.follow_up_date = formula(details.follow_up_date)
        self.priority = formula(details.priority)
        self.form_id = formula(None if details.form is None else details.form.id)
        self.external_form = formula(details.external_form)

    def behave(self, task: ElementTask) -> bool:
        """Create the user task, once its creating listeners are done."""
        if self.listening.wait(task, CREATING):
            return False
        form = self.details.form
        priority = DEFAULT_PRIORITY if self.priority is None else self.priority.integer(task)
        if not 0 <= priority <= 100:
            raise ElementFailed(EXTRACT, f"优先级应在 0 到 100 之间，却得到 {priority}。请改正后重试。")
        task.runtime.emit(
            UserTaskCreated(
                key=task.key,
                element_id=self.element_id,
                name=self.node.name,
                assignee=None if self.assignee is None else self.assignee.text_or_none(task),
                candidate_groups=() if self.candidate_groups is None else self.candidate_groups.texts(task),
                candidate_users=() if self.candidate_users is None else self.candidate_users.texts(task),
                due_date=None if self.due_date is None else self.due_date.moment_text(task),
                follow_up_date=None if self.follow_up_date is None else self.follow_up_date.moment_text(task),
                priority=priority,
                form_id=None if self.form_id is None else self.form_id.text(task),
                form_binding=None if form is None else form.binding.value,
                form_version_tag=None if form is None else form.version_tag,
                external_form=None if self.external_form is None else self.external_form.text_or_none(task),
                headers=self.details.headers,
                process_instance_key=task.workflow.process.key,
                definition_key=task.workflow.program.definition_key,
            )
        )
        return False

    def work_done(self, task: ElementTask, variables: Mapping[str, Any]) -> None:
        """Hear that the work is done; it takes effect once the completing listeners are done too."""
        if self.listening.wait(task, COMPLETING):
            task.internal_data["completion"] = dict(variables)
        else:
            ending.complete(task, variables)

    def listened(self, task: ElementTask, done: str) -> None:
        """Go on after the last listener of a kind."""
        if done == CREATING:
            self.go_on(task)
        elif done == COMPLETING:
            ending.complete(task, task.internal_data.pop("completion"))
        else:
            super().listened(task, done)

    def choose(self, task: ElementTask) -> tuple[Flow, ...]:
        """Return the flows to take; none when the case goes straight elsewhere from here."""
        return () if "astray" in task.internal_data else super().choose(task)


class JobSpec(ElementSpec):
    """A service, send, script or rule task or a throw event that a worker does; waits for the job."""

    def __init__(
        self, scope: ScopeSpec, node: FlowNode, order: int, name: str | None = None, *, details: JobDetails
    ) -> None:
        super().__init__(scope, node, order, name)
        self.work = JobWork(details)

    def behave(self, task: ElementTask) -> bool:
        """Create the job."""
        self.work.create(task)
        return False


class ScriptSpec(ElementSpec):
    """Evaluates a FEEL expression into a variable."""

    def __init__(
        self, scope: ScopeSpec, node: FlowNode, order: int, name: str | None = None, *, details: ScriptDetails
    ) -> None:
        super().__init__(scope, node, order, name)
        self.expression = Formula(details.expression)
        self.result_variable = details.result_variable

    def behave(self, task: ElementTask) -> bool:
        """Evaluate."""
        value = self.expression.json(task)
        if self.result_variable:
            ending.deliver(task, {self.result_variable: value})
        return True


class DecisionSpec(ElementSpec):
    """Asks a DMN decision and puts its answer into a variable."""

    def __init__(
        self, scope: ScopeSpec, node: FlowNode, order: int, name: str | None = None, *, details: CalledDecision
    ) -> None:
        super().__init__(scope, node, order, name)
        self.decision_id = Formula(details.decision.id)
        self.binding = details.decision.binding
        self.version_tag = details.decision.version_tag
        self.result_variable = details.result_variable

    def behave(self, task: ElementTask) -> bool:
        """Ask."""
        decision_id = self.decision_id.text(task)
        context: Mapping[str, object] = ScopeView(task)
        definition_key = task.workflow.program.definition_key
        try:
            outcome = task.runtime.outside.decide(decision_id, self.binding, self.version_tag, definition_key, context)
        except BanjieError as error:
            raise ElementFailed("CALLED_DECISION_ERROR", f"决策“{decision_id}”未能得出结果：{error.message}") from error
        value: Any = to_json(outcome.value)
        task.runtime.emit(DecisionEvaluated(task.key, decision_id, outcome.record))
        ending.deliver(task, {self.result_variable: value})
        return True
