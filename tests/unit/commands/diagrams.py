"""Procedures small enough to be read at a glance, one for each thing the commands promise."""

from __future__ import annotations

import json
from xml.sax.saxutils import quoteattr

from tests.unit.execution.diagrams import boundary, chain, document, el, event, flow, io, process, script, with_ends

CLERKS = "clerks"

__all__ = [
    "CLERKS",
    "boundary",
    "chain",
    "diagram",
    "el",
    "event",
    "flow",
    "form",
    "io",
    "limits",
    "one_task",
    "parallel",
    "properties",
    "script",
    "table",
    "task",
]


def properties(**values: str) -> str:
    """Return Banjie's own properties; ``clock__start`` is written for ``clock.start``."""
    inner = "".join(
        f"<zeebe:property name={quoteattr(name.replace('__', '.'))} value={quoteattr(value)}/>"
        for name, value in values.items()
    )
    return f"<zeebe:properties>{inner}</zeebe:properties>"


def task(element_id: str, *, groups: str = CLERKS, assignee: str = "", form: str = "", **more: str) -> str:
    """Return a user task offered to ``groups`` (parted by commas), or given to ``assignee``."""
    to = f" assignee={quoteattr(assignee)}" if assignee else ""
    to += f" candidateGroups={quoteattr(groups)}" if groups else ""
    zeebe = f"<zeebe:assignmentDefinition{to}/>" if to else ""
    zeebe += f"<zeebe:formDefinition formId={quoteattr(form)}/>" if form else ""
    zeebe += properties(**more) if more else ""
    return el("userTask", element_id, zeebe=zeebe, name=f"办理 {element_id}")


def diagram(content: str, process_id: str = "p", **more: str) -> bytes:
    """Return a file with one process; ``more`` are the process' own properties."""
    extension = f"<bpmn:extensionElements>{properties(**more)}</bpmn:extensionElements>" if more else ""
    return with_ends(document(process(extension + content, process_id)))


def one_task(process_id: str = "p", **more: str) -> bytes:
    """Return: start, one user task, end."""
    return diagram(el("startEvent", "start") + task("work", **more) + chain("start", "work"), process_id)


def parallel(process_id: str = "p") -> bytes:
    """Return: two user tasks side by side, a join, and one user task after it."""
    content = (
        el("startEvent", "start")
        + el("parallelGateway", "fork")
        + task("left")
        + task("right")
        + el("parallelGateway", "join")
        + task("after")
        + chain("start", "fork", "left", "join", "after")
        + chain("fork", "right", "join")
    )
    return diagram(content, process_id)


def form(form_id: str, *fields: str, required: bool = True) -> bytes:
    """Return a form of text fields."""
    components = [
        {
            "type": "textfield",
            "id": f"Field_{key}",
            "key": key,
            "label": key,
            "validate": {"required": required},
        }
        for key in fields
    ]
    return json.dumps({"id": form_id, "type": "default", "schemaVersion": 18, "components": components}).encode()


def table(decision_id: str, expression: str, *inputs: str) -> bytes:
    """Return a DMN file whose one decision is a FEEL expression over ``inputs``."""
    data = "".join(f'<inputData id="{name}" name="{name}"><variable name="{name}"/></inputData>' for name in inputs)
    needed = "".join(
        f'<informationRequirement id="r_{name}"><requiredInput href="#{name}"/></informationRequirement>'
        for name in inputs
    )
    text = expression.replace("&", "&amp;").replace("<", "&lt;")
    return (
        '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" '
        f'id="d_{decision_id}" name="{decision_id}" namespace="urn:test:{decision_id}">{data}'
        f'<decision id="{decision_id}" name="{decision_id}"><variable name="{decision_id}"/>{needed}'
        f'<literalExpression id="l_{decision_id}"><text>{text}</text></literalExpression></decision></definitions>'
    ).encode()


def limits(**days: int) -> bytes:
    """Return a table of time limits in working days, each extensible twice by at most ten."""
    cases = "".join(
        f'if limit_id = "{name.replace("__", ".")}" then {{name: "{name}", kind: "deadline", amount: {amount}, '
        'unit: "working_day", direction: "duty", counting: "forward", roll: "next", seed_value: '
        f'{amount}, seed_unit: "working_day", seed_text: "", seed_line: "1", law_value: null, law_unit: null, '
        'law_text: "", internal_value: null, internal_unit: null, mode: "stricter", max_extensions: 2, '
        'extension_value: 10, extension_unit: "working_day", starts_from: "", basis: "测试", '
        "effective_from: null, effective_to: null, notes: null} else "
        for name, amount in days.items()
    )
    return table("time_limits", cases + "null", "limit_id", "starting_date")
