"""Nodes that no token reaches, and paths that never end: legal by the letter, but hardly meant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lxml import etree

from engine.definitions.reading.document import is_event_sub_process, is_true, local, name_of
from engine.definitions.rules.graph import Graph, is_compensation_activity

Neighbours = Mapping[etree._Element, list[etree._Element]]


def check_reachable(graph: Graph) -> None:
    """Warn of nodes on a loop that nothing leads into, and of nodes from which no end can be reached."""
    links = _links(graph)
    for scope in graph.scopes():
        nodes = list(graph.document.flow_nodes(scope))
        if local(scope) == "adHocSubProcess" or not nodes:
            continue
        after = {node: _after(graph, node, links) for node in nodes}
        before: dict[etree._Element, list[etree._Element]] = {node: [] for node in nodes}
        for node, followers in after.items():
            for follower in followers:
                before.setdefault(follower, []).append(node)
        reached = _closure([node for node in nodes if _begins(graph, node)], after)
        ending = _closure([node for node in nodes if not graph.outgoing(node) and node not in links], before)
        _report(graph, nodes, reached, ending)


def _after(graph: Graph, node: etree._Element, links: Neighbours) -> list[etree._Element]:
    """Return where a token at ``node`` may go next: along a flow, through a link, or out at a boundary event."""
    return [*graph.successors(node), *links.get(node, ()), *graph.boundary_events(node)]


def _report(
    graph: Graph, nodes: list[etree._Element], reached: set[etree._Element], ending: set[etree._Element]
) -> None:
    for node in nodes:
        if node not in reached and graph.incoming(node):
            message = f"从开始事件走不到 {name_of(node)}，请检查连线。"
            graph.document.convention("bpmn.unreachable", message, node)
        if node not in ending:
            message = f"从 {name_of(node)} 走不到任何结束，流程可能永远不会办结，请检查回路的出口。"
            graph.document.convention("bpmn.never-ends", message, node)


def _begins(graph: Graph, node: etree._Element) -> bool:
    if local(node) == "boundaryEvent":
        return False
    if is_event_sub_process(node) or is_compensation_activity(node):
        return True
    return not graph.incoming(node) or is_true(node.get("instantiate"))


def _links(graph: Graph) -> dict[etree._Element, list[etree._Element]]:
    """Map each throwing link to the catching links of its name on its level."""
    found: dict[etree._Element, list[etree._Element]] = {}
    for scope in graph.scopes():
        caught: dict[str, list[etree._Element]] = {}
        for event in graph.document.children(scope, "intermediateCatchEvent"):
            for definition in graph.document.children(event, "linkEventDefinition"):
                caught.setdefault(definition.get("name") or "", []).append(event)
        for event in graph.document.children(scope, "intermediateThrowEvent"):
            for definition in graph.document.children(event, "linkEventDefinition"):
                found[event] = caught.get(definition.get("name") or "", [])
    return found


def _closure(begin: Iterable[etree._Element], neighbours: Neighbours) -> set[etree._Element]:
    reached: set[etree._Element] = set()
    waiting = list(begin)
    while waiting:
        node = waiting.pop()
        if node not in reached:
            reached.add(node)
            waiting.extend(neighbours.get(node, ()))
    return reached
