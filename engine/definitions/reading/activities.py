"""What activities do: user tasks, jobs, scripts, decisions, called processes."""

from __future__ import annotations

import re

from lxml import etree

from engine.definitions.model import (
    Binds,
    CalledDecision,
    CalledElement,
    Expression,
    JobDetails,
    ScriptDetails,
    UserTaskDetails,
)
from engine.definitions.reading import extensions
from engine.definitions.reading.document import Document, is_true, line_of, text_of
from engine.definitions.reading.expressions import feel, is_feel_language, syntax_error, value

EMBEDDED_FORM = "camunda-forms:bpmn:"
"""Prefix of a ``formKey`` that names a ``zeebe:userTaskForm`` of the same process."""


def user_task(document: Document, element: etree._Element) -> UserTaskDetails:
    """Read assignment, schedule, priority and form; BPMN's resource roles where there is no ``zeebe:`` assignment."""
    assignment = document.extension(element, "assignmentDefinition")
    schedule = document.extension(element, "taskSchedule")
    priority = document.extension(element, "priorityDefinition")
    assignee, groups, users = _resource_roles(document, element)
    if assignment is not None:
        assignee = value(document, assignment.get("assignee"), assignment)
        groups = value(document, assignment.get("candidateGroups"), assignment)
        users = value(document, assignment.get("candidateUsers"), assignment)
    form, external, embedded = _form(document, element)
    return UserTaskDetails(
        assignee=assignee,
        candidate_groups=groups,
        candidate_users=users,
        due_date=None if schedule is None else value(document, schedule.get("dueDate"), schedule),
        follow_up_date=None if schedule is None else value(document, schedule.get("followUpDate"), schedule),
        priority=None if priority is None else value(document, priority.get("priority"), priority),
        form=form,
        external_form=external,
        embedded_form=embedded,
        headers=extensions.headers(document, element),
    )


def _form(document: Document, element: etree._Element) -> tuple[Binds | None, Expression | None, str | None]:
    definition = document.extension(element, "formDefinition")
    if definition is None:
        return None, None, None
    form = extensions.binds(document, definition, definition.get("formId"))
    key = definition.get("formKey") or ""
    if key.startswith(EMBEDDED_FORM):
        return form, None, key.removeprefix(EMBEDDED_FORM)
    return form, value(document, definition.get("externalReference") or key, definition), None


def start_form(document: Document, element: etree._Element) -> Binds | None:
    """Read the form of a start event."""
    definition = document.extension(element, "formDefinition")
    return None if definition is None else extensions.binds(document, definition, definition.get("formId"))


def _resource_roles(
    document: Document, element: etree._Element
) -> tuple[Expression | None, Expression | None, Expression | None]:
    """Return assignee, groups and users from ``humanPerformer`` and ``potentialOwner`` (BPMN 2.0.2 section 10.3.4)."""
    assignee: Expression | None = None
    groups: list[str] = []
    users: list[str] = []
    for role in document.children(element, "humanPerformer", "performer", "potentialOwner"):
        text = _resource(document, role)
        if text is None:
            continue
        if text.startswith("="):
            written = value(document, text, role)
            if etree.QName(role).localname == "potentialOwner":
                return assignee, written, None
            assignee = written
        elif etree.QName(role).localname == "potentialOwner":
            people = re.findall(r"user\(([^)]*)\)", text)
            teams = re.findall(r"group\(([^)]*)\)", text)
            users += people
            groups += teams if people or teams else [part.strip() for part in text.split(",") if part.strip()]
        else:
            assignee = value(document, re.sub(r"^user\((.*)\)$", r"\1", text), role)
    return assignee, _listed(groups, element), _listed(users, element)


def _resource(document: Document, role: etree._Element) -> str | None:
    holder = document.child(role, "resourceAssignmentExpression")
    for expression in document.children(holder, "formalExpression", "expression"):
        return text_of(expression)
    reference = text_of(document.child(role, "resourceRef"))
    resource = document.target_of(reference)
    return reference if resource is None else resource.get("name") or resource.get("id")


def _listed(names: list[str], element: etree._Element) -> Expression | None:
    return Expression(",".join(names), is_feel=False, line=line_of(element)) if names else None


def script(document: Document, element: etree._Element) -> ScriptDetails | None:
    """Read ``zeebe:script``, or a ``bpmn:script`` whose format is FEEL; other formats are not supported."""
    extension = document.extension(element, "script")
    if extension is not None:
        expression = feel(document, extension.get("expression"), extension)
        if expression is None:
            document.invalid("zeebe.script-missing", "脚本任务的 zeebe:script 没有 expression，请补上。", extension)
            return None
        return ScriptDetails(expression, extension.get("resultVariable") or None)
    text, written = text_of(document.child(element, "script")), element.get("scriptFormat") or ""
    if text is None or (document.trial and _is_foreign(text, written)):
        return None
    if not is_feel_language(written):
        message = f"脚本格式 {written} 不受支持：图中只执行 FEEL，请改写或改为服务任务。"
        document.unsupported("bpmn.script-format-unsupported", message, element)
        return None
    expression = feel(document, text, element)
    return None if expression is None else ScriptDetails(expression)


def trial_script(document: Document, element: etree._Element) -> JobDetails | None:
    """Return the job that stands for a script in another language while a file is rehearsed; None for any other."""
    text, written = text_of(document.child(element, "script")), element.get("scriptFormat") or ""
    if not document.trial or text is None or not _is_foreign(text, written):
        return None
    return JobDetails(Expression(written or "script", is_feel=False, line=line_of(element)))


def _is_foreign(text: str, written: str) -> bool:
    return not is_feel_language(written) or syntax_error(text.removeprefix("=")) is not None


def called_decision(document: Document, element: etree._Element) -> CalledDecision | None:
    """Read ``zeebe:calledDecision``."""
    extension = document.extension(element, "calledDecision")
    if extension is None:
        return None
    decision = extensions.binds(document, extension, extension.get("decisionId"))
    result = extension.get("resultVariable")
    if decision is None or not result:
        message = "calledDecision 必须写明 decisionId 和 resultVariable，请补齐。"
        document.invalid("zeebe.decision-incomplete", message, extension)
        return None
    return CalledDecision(decision, result)


def called_element(document: Document, element: etree._Element) -> CalledElement | None:
    """Read ``zeebe:calledElement``, or BPMN's own ``calledElement`` attribute."""
    extension = document.extension(element, "calledElement")
    if extension is None:
        called = (element.get("calledElement") or "").strip()
        target = document.target_of(called)
        identifier = value(document, called if target is None else target.get("id"), element)
        return None if identifier is None else CalledElement(Binds(identifier))
    process = extensions.binds(document, extension, extension.get("processId") or extension.get("processIdExpression"))
    if process is None:
        return None
    return CalledElement(
        process,
        propagate_all_child_variables=_true_unless_denied(extension.get("propagateAllChildVariables")),
        propagate_all_parent_variables=_true_unless_denied(extension.get("propagateAllParentVariables")),
        business_id=value(document, extension.get("businessId"), extension),
    )


def _true_unless_denied(written: str | None) -> bool:
    return written is None or is_true(written)


def plain_job(document: Document, element: etree._Element) -> JobDetails | None:
    """Name a job for a task of a plain BPMN file: by its operation, else its implementation, else its own id."""
    operation = document.target_of(element.get("operationRef"))
    implementation = element.get("implementation") or ""
    kind = None if operation is None else operation.get("name") or operation.get("id")
    if kind is None and implementation and not implementation.startswith("##"):
        kind = implementation
    kind = kind or element.get("id")
    return None if not kind else JobDetails(Expression(kind, is_feel=False, line=line_of(element)))
