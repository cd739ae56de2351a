"""The attributes of other engines: assignment, schedule, forms, jobs, decisions, versions."""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml import etree

from engine.definitions.converting.report import Report
from engine.definitions.converting.writer import converted_list, converted_value, extension
from engine.definitions.reading.document import bpmn, local

DURATION = re.compile(r"P(?=.)(\d+[YMWD])*(T(\d+[HMS])+)?")
HARMLESS = frozenset(
    {
        "asyncBefore", "asyncAfter", "async", "asynchronous", "exclusive", "jobPriority", "taskPriority",
        "historyTimeToLive", "isStartableInTasklist", "modelerTemplate", "modelerTemplateVersion", "diagramRelationId",
        "historyLevel", "category",
    }
)  # fmt: skip
"""About the other engine's threads, jobs and archives: Banjie does all that by itself."""

Handler = Callable[[Report, etree._Element, str, str], bool]


def _assignment(target: str, *, listed: bool) -> Handler:
    def handle(report: Report, element: etree._Element, what: str, text: str) -> bool:
        value = (converted_list if listed else converted_value)(report, element, what, text)
        return value is not None and _set(report, element, what, text, "assignmentDefinition", target, value)

    return handle


def _schedule(target: str) -> Handler:
    def handle(report: Report, element: etree._Element, what: str, text: str) -> bool:
        if DURATION.fullmatch(text.strip()):
            value: str | None = f'=now() + duration("{text.strip()}")'
        else:
            value = converted_value(report, element, what, text)
        return value is not None and _set(report, element, what, text, "taskSchedule", target, value)

    return handle


def _priority(report: Report, element: etree._Element, what: str, text: str) -> bool:
    if local(element) != "userTask":
        return False
    if text.strip().lstrip("-").isdecimal() and not 0 <= int(text) <= 100:
        report.leave(element, f"{what}={text}", "优先级应在 0 到 100 之间")
        return False
    value = converted_value(report, element, what, text)
    return value is not None and _set(report, element, what, text, "priorityDefinition", "priority", value)


def _form_key(report: Report, element: etree._Element, what: str, text: str) -> bool:
    """Camunda 7's ``camunda-forms:…:name.form`` names a Camunda form; Flowable's and Activiti's key names their own."""
    camunda_form = re.fullmatch(r"camunda-forms:\w+:(?:.*/)?([^/]+)\.form", text.strip())
    if camunda_form is not None:
        return _set(report, element, what, text, "formDefinition", "formId", camunda_form[1])
    value = converted_value(report, element, what, text)
    if value is None:
        return False
    target = "externalReference" if what.startswith("camunda:") else "formId"
    return _set(report, element, what, text, "formDefinition", target, value)


def _form_ref(report: Report, element: etree._Element, what: str, text: str) -> bool:
    value = converted_value(report, element, what, text)
    return value is not None and _set(report, element, what, text, "formDefinition", "formId", value)


def _form_ref_binding(report: Report, element: etree._Element, what: str, text: str) -> bool:
    if text not in ("latest", "deployment"):
        report.leave(element, f"{what}={text}", "不能按版本号绑定表单")
        return False
    return _set(report, element, what, text, "formDefinition", "bindingType", text)


def _topic(report: Report, element: etree._Element, what: str, text: str) -> bool:
    value = converted_value(report, element, what, text)
    return value is not None and _set(report, element, what, text, "taskDefinition", "type", value)


def _external(report: Report, element: etree._Element, what: str, text: str) -> bool:
    """``type="external"`` says what a job always is; other types are the other engine's own tasks."""
    if text != "external":
        report.leave(element, f"{what}={text}", "这种任务由原引擎自带的程序执行")
        return False
    report.done(element, f"{what}={text}", "（作业）")
    return True


def _decision(report: Report, element: etree._Element, what: str, text: str) -> bool:
    """A decision needs a variable for its result: ``resultVariable`` of the same vendor beside it."""
    vendor = etree.QName(next(str(name) for name in element.attrib if str(name).endswith("}decisionRef"))).namespace
    if not element.get(f"{{{vendor}}}resultVariable"):
        report.leave(element, f"{what}={text}", "没有写明结果变量（resultVariable）")
        return False
    value = converted_value(report, element, what, text)
    return value is not None and _set(report, element, what, text, "calledDecision", "decisionId", value)


def _result_variable(report: Report, element: etree._Element, what: str, text: str) -> bool:
    """The result of a decision, or of a script that is FEEL already."""
    script = element.find(bpmn("script"))
    if local(element) == "businessRuleTask":
        return _set(report, element, what, text, "calledDecision", "resultVariable", text)
    if local(element) == "scriptTask" and script is not None and "feel" in (element.get("scriptFormat") or "").lower():
        extension(element, "script").set("expression", "=" + (script.text or "").strip().removeprefix("="))
        return _set(report, element, what, text, "script", "resultVariable", text)
    report.leave(element, f"{what}={text}", "结果由原引擎的程序给出")
    return False


def _version_tag(report: Report, element: etree._Element, what: str, text: str) -> bool:
    return _set(report, element, what, text, "versionTag", "value", text)


def _collection(report: Report, element: etree._Element, what: str, text: str) -> bool:
    value = converted_value(report, element, what, text)
    if value is None:
        return False
    return _set(
        report, element, what, text, "loopCharacteristics", "inputCollection", value if value[0] == "=" else f"={value}"
    )


def _element_variable(report: Report, element: etree._Element, what: str, text: str) -> bool:
    return _set(report, element, what, text, "loopCharacteristics", "inputElement", text)


def _set(
    report: Report, element: etree._Element, what: str, before: str, holder: str, attribute: str, value: str
) -> bool:
    extension(element, holder).set(attribute, value)
    report.done(element, f"{what}={before}", f"zeebe:{holder}/{attribute}={value}")
    return True


HANDLERS: dict[str, Handler] = {
    "assignee": _assignment("assignee", listed=False),
    "candidateGroups": _assignment("candidateGroups", listed=True),
    "candidateUsers": _assignment("candidateUsers", listed=True),
    "dueDate": _schedule("dueDate"),
    "followUpDate": _schedule("followUpDate"),
    "priority": _priority,
    "formKey": _form_key,
    "formRef": _form_ref,
    "formRefBinding": _form_ref_binding,
    "topic": _topic,
    "type": _external,
    "decisionRef": _decision,
    "resultVariable": _result_variable,
    "versionTag": _version_tag,
    "collection": _collection,
    "elementVariable": _element_variable,
}
"""An attribute's name to what rewrites it; it returns whether the attribute may go."""
