"""What event definitions must say (BPMN 2.0.2 section 10.5.5), and where single ones belong."""

from __future__ import annotations

import re

from lxml import etree

from engine.definitions.iso8601 import is_legal, is_read
from engine.definitions.model import EventType, TimerKind
from engine.definitions.reading.document import EVENTS, XSI, local, name_of
from engine.definitions.reading.events import EVENT_TYPES, TIMER_KINDS, definitions_of
from engine.definitions.reading.expressions import FOREIGN, is_feel_language
from engine.definitions.rules.graph import Graph, breach, scope_of

TIMES = {TimerKind.DATE: "日期时间", TimerKind.DURATION: "时长", TimerKind.CYCLE: "循环间隔"}
"""What each timer has to be in ISO 8601 (table 10.101)."""
EXAMPLES = {
    TimerKind.DATE: "如 2026-09-01T09:00:00+08:00",
    TimerKind.DURATION: "如 PT1H",
    TimerKind.CYCLE: "如 R3/PT1H",
}
CRON = re.compile(
    r"@(yearly|annually|monthly|weekly|daily|midnight|hourly|every.*)"
    r"|(([\d*?][\w*?/,#-]*|[A-Za-z]{3}([,#-][A-Za-z0-9]+)*)( +|$)){5,7}"
)
CALL = re.compile(r"[A-Za-z_][\w.]*\(.*\)")
"""A call as other languages write it, like ``timedelta(hours=1)``: an expression, however wrong here."""
THROWS = ("endEvent", "intermediateThrowEvent")


def check_definitions(graph: Graph) -> None:
    """Messages, signals, errors, escalations, timers and conditions are named where the standard wants them."""
    for event in graph.document.all(*EVENTS):
        for definition in definitions_of(graph.document, event):
            match EVENT_TYPES[local(definition)]:
                case EventType.MESSAGE:
                    _message(graph, event, definition)
                case EventType.SIGNAL:
                    _named(graph, event, definition, "signalRef", "信号")
                case EventType.ERROR if local(event) in THROWS:
                    _coded(graph, event, definition, "errorRef", "errorCode", "错误")
                case EventType.ESCALATION if local(event) in THROWS:
                    _coded(graph, event, definition, "escalationRef", "escalationCode", "升级")
                case EventType.TIMER:
                    _timer(graph, event, definition)
                case EventType.CONDITIONAL:
                    _condition(graph, event, definition)
                case _:
                    pass


def _message(graph: Graph, event: etree._Element, definition: etree._Element) -> None:
    """A message is named (table 10.97); a throw event that Camunda 8 runs as a job needs none."""
    is_job = local(event) in THROWS and graph.document.extension(event, "taskDefinition") is not None
    if not is_job:
        _named(graph, event, definition, "messageRef", "消息")


def _named(graph: Graph, event: etree._Element, definition: etree._Element, attribute: str, what: str) -> None:
    if not definition.get(attribute):
        message = f"{name_of(event)} 没有指明{what}（{attribute}），请选择或新建。"
        breach(graph.document, "bpmn.event-reference-missing", message, definition)


def _coded(
    graph: Graph, event: etree._Element, definition: etree._Element, reference: str, code: str, what: str
) -> None:
    """A thrown error or escalation has a code (tables 10.95 and 10.96)."""
    _named(graph, event, definition, reference, what)
    target = graph.document.target_of(definition.get(reference))
    if target is not None and not target.get(code):
        message = f"{name_of(event)} 抛出的{what} {name_of(target)} 没有代码（{code}），请填写。"
        breach(graph.document, "bpmn.event-code-missing", message, definition)


def _timer(graph: Graph, event: etree._Element, definition: etree._Element) -> None:
    """A timer says when, in ISO 8601 or as an expression (table 10.101)."""
    written = list(graph.document.children(definition, *TIMER_KINDS))
    text = "".join(str(t) for t in written[0].itertext()).strip() if written else ""
    if not text:
        message = f"{name_of(event)} 没有写明时间（日期、时长或周期），请填写。"
        breach(graph.document, "bpmn.timer-missing", message, definition)
        return
    if text.startswith("=") or FOREIGN.search(text):
        return
    kind = TIMER_KINDS[local(written[0])]
    bare = text.strip('"').strip()
    if is_read(kind, bare):
        return
    language = written[0].get("language") or graph.document.root.get("expressionLanguage") or ""
    if not is_feel_language(language) or CALL.fullmatch(text):
        message = f"{name_of(event)} 的时间“{text}”是其他语言的表达式，不受支持，请改写为 ISO 8601 或以 = 开头的 FEEL。"
        graph.document.unsupported("bpmn.expression-foreign", message, definition)
    elif kind is TimerKind.CYCLE and CRON.fullmatch(text):
        message = f"{name_of(event)} 的周期“{text}”是 cron 写法，不受支持，请改用 ISO 8601（如 R/P1D）或 FEEL。"
        graph.document.unsupported("bpmn.timer-cron-unsupported", message, definition)
    elif is_legal(kind, bare):
        message = (
            f"{name_of(event)} 的{TIMES[kind]}“{text}”是本平台不执行的 ISO 8601 写法，请改写（{EXAMPLES[kind]}）。"
        )
        graph.document.unsupported("bpmn.timer-form-unsupported", message, definition)
    else:
        message = f"{name_of(event)} 的时间“{text}”不是 ISO 8601 的{TIMES[kind]}，也不是以 = 开头的 FEEL，请改正。"
        breach(graph.document, "bpmn.timer-format", message, written[0])


def _condition(graph: Graph, event: etree._Element, definition: etree._Element) -> None:
    """A conditional event has a condition (table 10.94)."""
    condition = graph.document.child(definition, "condition")
    if condition is None or not "".join(str(t) for t in condition.itertext()).strip():
        message = f"{name_of(event)} 没有条件表达式，请填写。"
        breach(graph.document, "bpmn.event-condition-missing", message, definition)
    elif not is_formal(condition):
        message = f'{name_of(event)} 的条件只是文字说明，可执行流程须写成表达式（xsi:type="tFormalExpression"）。'
        breach(graph.document, "bpmn.condition-not-formal", message, condition)


def is_formal(expression: etree._Element) -> bool:
    """Whether an expression is typed as formal, as conditional events of executable processes need it (table 10.94)."""
    return (expression.get(f"{{{XSI}}}type") or "").rpartition(":")[2] == "tFormalExpression"


def check_cancel(graph: Graph) -> None:
    """Cancel events belong to transactions: ends inside one, boundary events on one (sections 10.3.5 and 10.5.6).

    A transaction that may be cancelled needs the boundary event: else nothing says where the flow goes on.
    """
    for event in graph.document.all("endEvent", "boundaryEvent"):
        if EventType.CANCEL not in graph.event_types(event):
            continue
        if local(event) == "endEvent":
            transaction = next((each for each in event.iterancestors() if local(each) == "transaction"), None)
            fits = transaction is not None
            if transaction is not None:
                _check_cancellable(graph, event, transaction)
        else:
            host = graph.document.target_of(event.get("attachedToRef"))
            fits = host is not None and local(host) == "transaction"
        if not fits:
            message = f"取消事件 {name_of(event)} 只能用于事务子流程（结束事件在其中，边界事件附在其上）。"
            graph.document.invalid("bpmn.cancel-outside-transaction", message, event)


def _check_cancellable(graph: Graph, end: etree._Element, transaction: etree._Element) -> None:
    if not any(EventType.CANCEL in graph.event_types(each) for each in graph.boundary_events(transaction)):
        message = f"{name_of(transaction)} 会被 {name_of(end)} 取消，却没有取消边界事件，不知往下走到哪里，请补上。"
        graph.document.unsupported("bpmn.cancel-not-caught", message, end)


def check_links(graph: Graph) -> None:
    """A thrown link has exactly one catching link of its name on its level (section 10.5.6, Link)."""
    for scope in graph.scopes():
        caught: dict[str, etree._Element] = {}
        for event, definition in _links(graph, scope, "intermediateCatchEvent"):
            name = definition.get("name") or ""
            if name in caught:
                message = f"链接“{name}”在本层有两个捕获事件，只能有一个，请改名。"
                graph.document.invalid("bpmn.link-ambiguous", message, event)
            caught.setdefault(name, event)
        thrown = list(_links(graph, scope, "intermediateThrowEvent"))
        for event, definition in thrown:
            if (definition.get("name") or "") not in caught:
                message = f"链接“{definition.get('name') or ''}”在本层没有同名的捕获事件，请补画。"
                graph.document.invalid("bpmn.link-unpaired", message, event)
        names = {definition.get("name") or "" for _, definition in thrown}
        for name, event in caught.items():
            if name not in names:
                message = f"捕获链接“{name}”没有同名的抛出事件，永远走不到。"
                graph.document.invalid("bpmn.link-unpaired", message, event)


def _links(graph: Graph, scope: etree._Element, kind: str) -> list[tuple[etree._Element, etree._Element]]:
    return [
        (event, definition)
        for event in graph.document.children(scope, kind)
        for definition in definitions_of(graph.document, event)
        if local(definition) == "linkEventDefinition"
    ]


def check_boundary_hosts(graph: Graph) -> None:
    """A boundary event sits on an activity of its own level (section 10.5.4)."""
    for event in graph.document.all("boundaryEvent"):
        host = graph.document.target_of(event.get("attachedToRef"))
        if host is None or scope_of(host) is scope_of(event):
            continue
        message = f"边界事件 {name_of(event)} 附着的 {name_of(host)} 不在同一流程层级，请改正。"
        graph.document.invalid("bpmn.boundary-host", message, event)
