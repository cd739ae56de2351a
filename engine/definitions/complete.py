"""Whether an executable process says all that execution needs: which script, job, decision, process."""

from __future__ import annotations

from lxml import etree

from engine.definitions.reading.activities import EMBEDDED_FORM
from engine.definitions.reading.document import Document, is_bpmn, is_true, local, name_of, text_of, zeebe
from engine.definitions.rules.graph import breach


def check_complete(document: Document) -> None:
    """Note tasks that do not say what to do. BPMN allows that; nobody could execute it."""
    processes = document.processes_to_run
    if not processes:
        document.unsupported("bpmn.process-missing", "文件里没有流程（process），没有可执行的内容。", document.root)
    for process in processes:
        if not is_true(process.get("isExecutable")):
            message = f"{name_of(process)} 没有标记 isExecutable，按可执行流程读取，请确认并标记。"
            document.convention("bpmn.not-marked-executable", message, process)
        if not any(True for _ in document.flow_nodes(process)):
            message = f"{name_of(process)} 里没有任何步骤，没有可执行的内容，请补画。"
            breach(document, "bpmn.process-empty", message, process)
        for element in process.iter("*"):
            if is_bpmn(element):
                _check(document, element)


def _check(document: Document, element: etree._Element) -> None:
    has_job = document.extension(element, "taskDefinition") is not None
    match local(element):
        case "serviceTask" if not has_job and document.uses_zeebe:
            _lacks(document, element, "bpmn.job-type-missing", "作业类型（taskDefinition 的 type）")
        case "sendTask" if not has_job and document.uses_zeebe and not element.get("messageRef"):
            _lacks(document, element, "bpmn.job-type-missing", "作业类型（taskDefinition 的 type）或消息")
        case "businessRuleTask" if not has_job and document.uses_zeebe:
            if document.extension(element, "calledDecision") is None:
                _lacks(document, element, "bpmn.decision-missing", "决策（calledDecision）或作业类型")
        case "receiveTask" if document.uses_zeebe and not element.get("messageRef"):
            _lacks(document, element, "bpmn.message-missing", "消息（messageRef）")
        case "callActivity" if not _calls_something(document, element):
            message = f"{name_of(element)} 没有写明被调用的流程（calledElement），无法执行，请补上。"
            breach(document, "bpmn.called-element-missing", message, element)
        case "scriptTask" if not has_job and document.extension(element, "script") is None:
            if text_of(document.child(element, "script")) is None:
                message = (
                    f"{name_of(element)} 没有脚本，执行时什么也不做（BPMN 2.0.2 表 10.14），请补上或改为普通任务。"
                )
                document.convention("bpmn.script-missing", message, element)
        case "userTask":
            _check_form(document, element)
        case _:
            pass


def _calls_something(document: Document, element: etree._Element) -> bool:
    extension = document.extension(element, "calledElement")
    if extension is not None:
        return bool(extension.get("processId") or extension.get("processIdExpression"))
    return bool((element.get("calledElement") or "").strip())


def _lacks(document: Document, element: etree._Element, code: str, what: str) -> None:
    document.unsupported(code, f"{name_of(element)} 没有写明{what}，无法执行，请补上。", element)


def _check_form(document: Document, element: etree._Element) -> None:
    """A form written into the process must be there."""
    definition = document.extension(element, "formDefinition")
    key = "" if definition is None else definition.get("formKey") or ""
    if definition is None or not key.startswith(EMBEDDED_FORM):
        return
    process = next(ancestor for ancestor in element.iterancestors() if local(ancestor) == "process")
    holder = document.child(process, "extensionElements")
    forms = [] if holder is None else [form.get("id") for form in holder.iterchildren(zeebe("userTaskForm"))]
    wanted = key.removeprefix(EMBEDDED_FORM)
    if wanted not in forms:
        message = f"{name_of(element)} 的内嵌表单“{wanted}”不在流程里，请补上或改用 formId。"
        document.invalid("zeebe.form-unknown", message, definition)
