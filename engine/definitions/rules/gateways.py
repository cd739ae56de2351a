"""Gateways (BPMN 2.0.2 section 10.6)."""

from __future__ import annotations

from lxml import etree

from engine.definitions.model import EventType
from engine.definitions.reading.document import GATEWAYS, is_true, local, name_of
from engine.definitions.rules.graph import Graph, in_choreography

AWAITED = frozenset({EventType.MESSAGE, EventType.SIGNAL, EventType.TIMER, EventType.CONDITIONAL})
"""What an event-based gateway may wait for (section 10.6.6)."""


def check_shape(graph: Graph) -> None:
    """A gateway merges or splits the flow, as its ``gatewayDirection`` says (section 10.6, table 8.49)."""
    for gateway in graph.document.all(*GATEWAYS):
        entering, leaving = len(graph.incoming(gateway)), len(graph.outgoing(gateway))
        direction = gateway.get("gatewayDirection") or "Unspecified"
        if entering < 2 and leaving < 2:
            message = f"网关 {name_of(gateway)} 既不分支也不汇合（进 {entering}，出 {leaving}），请补线或删除。"
            graph.document.invalid("bpmn.gateway-useless", message, gateway)
        elif (
            (direction == "Converging" and leaving > 1)
            or (direction == "Diverging" and entering > 1)
            or (direction == "Mixed" and (entering < 2 or leaving < 2))
        ):
            message = (
                f"网关 {name_of(gateway)} 的 gatewayDirection 是 {direction}，与进 {entering}、出 {leaving} 条流不符。"
            )
            graph.document.invalid("bpmn.gateway-direction", message, gateway)


def check_decisions(graph: Graph) -> None:
    """Each branch of an exclusive or inclusive split needs a condition or is the default: else nobody can choose."""
    for gateway in graph.document.all("exclusiveGateway", "inclusiveGateway", "complexGateway"):
        flows = graph.outgoing(gateway)
        if len(flows) < 2 or (local(gateway) == "complexGateway"):
            continue
        for flow in flows:
            is_default = flow.get("id") is not None and gateway.get("default") == flow.get("id")
            condition = graph.document.child(flow, "conditionExpression")
            if is_default or (condition is not None and "".join(str(t) for t in condition.itertext()).strip()):
                continue
            message = f"{name_of(gateway)} 的分支 {name_of(flow)} 没有条件，也不是默认流，请写明。"
            graph.document.unsupported("bpmn.condition-missing", message, flow)


def check_event_based(graph: Graph) -> None:
    """An event-based gateway leads to two or more receive tasks or catch events, each entered only from it (10.6.6)."""
    for gateway in graph.document.all("eventBasedGateway"):
        if in_choreography(gateway):
            continue
        targets = graph.successors(gateway)
        if len(targets) < 2:
            message = f"{name_of(gateway)} 至少要有两条离开的流。"
            graph.document.invalid("bpmn.event-gateway-branches", message, gateway)
        for target in targets:
            _check_target(graph, gateway, target)
        kinds = {local(target) for target in targets if _waits_for_message(graph, target)}
        if len(kinds) > 1:
            message = f"{name_of(gateway)} 之后不能既有接收任务又有消息事件，请统一用一种。"
            graph.document.invalid("bpmn.event-gateway-mixed", message, gateway)
        _check_instantiation(graph, gateway)


def _waits_for_message(graph: Graph, node: etree._Element) -> bool:
    return local(node) == "receiveTask" or EventType.MESSAGE in graph.event_types(node)


def _check_target(graph: Graph, gateway: etree._Element, target: etree._Element) -> None:
    types = set(graph.event_types(target))
    receives = local(target) == "receiveTask"
    if not receives and not (local(target) == "intermediateCatchEvent" and types and types <= AWAITED):
        message = (
            f"{name_of(gateway)} 之后只能是接收任务，或消息、信号、定时器、条件捕获事件，不能是 {name_of(target)}。"
        )
        graph.document.invalid("bpmn.event-gateway-target", message, target)
        return
    if len(graph.incoming(target)) > 1:
        message = f"{name_of(target)} 在事件网关之后，不能再有其他进入的流。"
        graph.document.invalid("bpmn.event-gateway-target-incoming", message, target)
    if receives and graph.boundary_events(target):
        message = f"{name_of(target)} 在事件网关之后，不能带边界事件。"
        graph.document.invalid("bpmn.event-gateway-boundary", message, target)


def _check_instantiation(graph: Graph, gateway: etree._Element) -> None:
    instantiates = is_true(gateway.get("instantiate"))
    sources = [graph.end(flow, "sourceRef") for flow in graph.incoming(gateway)]
    from_none_start = len(sources) == 1 and local(sources[0]) == "startEvent" and not graph.event_types(sources[0])
    if instantiates and sources and not from_none_start:
        message = f"{name_of(gateway)} 用来启动流程（instantiate），除来自无触发开始事件外不能有进入的流。"
        graph.document.invalid("bpmn.instantiate-incoming", message, gateway)
    if gateway.get("eventGatewayType") == "Parallel" and not instantiates:
        message = f"{name_of(gateway)} 只有在启动流程（instantiate）时才能是 Parallel。"
        graph.document.invalid("bpmn.event-gateway-parallel", message, gateway)
