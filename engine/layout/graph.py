"""The sequence flows as a graph: loops found, the main path chosen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from engine.layout.model import Flow, Kind, Link, Node, Scope

_NEGATIVE = ("不", "未", "无", "否", "非", "退", "驳", "逾期", "超期", "终止", "撤", "拒", "no", "reject")


@dataclass(slots=True)
class FlowGraph:
    """Who follows whom in one scope. A boundary event's flows count as flows of its host."""

    order: list[str]
    outgoing: dict[str, list[Flow]]
    back: set[str] = field(default_factory=set)
    remaining: dict[str, int] = field(default_factory=dict)
    hosts: dict[str, str] = field(default_factory=dict)

    def forward(self, node: str) -> list[Flow]:
        """The flows out of a node that do not close a loop."""
        return [flow for flow in self.outgoing[node] if flow.id not in self.back]

    def ranked(self, node: str) -> list[Flow]:
        """The forward flows, the one that continues the main path first.

        Refusals come after assents, boundary events last; then the flow with the longest way to go wins, then
        document order.
        """
        return sorted(self.forward(node), key=lambda flow: self._precedence(node, flow))

    def _precedence(self, node: str, flow: Flow) -> tuple[bool, bool, int]:
        return flow.source != node, is_negative(flow.name), -self.remaining[flow.target]


def is_negative(name: str) -> bool:
    """Whether the name of a branch is a refusal (不齐全、驳回…): such branches are drawn downwards."""
    return name.lower().startswith(_NEGATIVE) or "不" in name[:3]


def flow_graph(scope: Scope) -> FlowGraph:
    """The graph of a scope's flow nodes; loops are cut where a depth-first walk from the start finds them."""
    nodes = [node for node in scope.nodes.values() if is_flow_node(node)]
    hosts = {node.id: node.host or node.id for node in scope.nodes.values() if node.kind is Kind.BOUNDARY}
    graph = FlowGraph([node.id for node in nodes], {node.id: [] for node in nodes}, hosts=hosts)
    for flow in scope.flows:
        source = hosts.get(flow.source, flow.source)
        if flow.link is Link.SEQUENCE and source in graph.outgoing and flow.target in graph.outgoing:
            graph.outgoing[source].append(flow)
    _cut_loops(graph, _entries(graph, scope))
    _measure(graph)
    return graph


def is_flow_node(node: Node) -> bool:
    """Whether the node takes a column of its own in the order of the work."""
    return node.kind in (Kind.TASK, Kind.SUBPROCESS, Kind.GATEWAY, Kind.EVENT) and not node.detached


def _entries(graph: FlowGraph, scope: Scope) -> list[str]:
    """All nodes, start events first, then whatever nothing leads to."""
    entered = {flow.target for flows in graph.outgoing.values() for flow in flows}
    return sorted(graph.order, key=lambda node: (scope.nodes[node].tag != "startEvent", node in entered))


def _cut_loops(graph: FlowGraph, entries: list[str]) -> None:
    done: set[str] = set()
    active: set[str] = set()
    for entry in entries:
        if entry in done:
            continue
        stack: list[tuple[str, Iterator[Flow]]] = [(entry, iter(graph.outgoing[entry]))]
        active.add(entry)
        while stack:
            node, flows = stack[-1]
            flow = next(flows, None)
            if flow is None:
                stack.pop()
                active.discard(node)
                done.add(node)
            elif flow.target in active:
                graph.back.add(flow.id)
            elif flow.target not in done:
                active.add(flow.target)
                stack.append((flow.target, iter(graph.outgoing[flow.target])))


def topological(graph: FlowGraph) -> list[str]:
    """The nodes so that every forward flow leads onwards; among equals document order."""
    waiting = dict.fromkeys(graph.order, 0)
    for node in graph.order:
        for flow in graph.forward(node):
            waiting[flow.target] += 1
    ready = [node for node in graph.order if waiting[node] == 0]
    result = []
    while ready:
        node = ready.pop(0)
        result.append(node)
        for flow in graph.forward(node):
            waiting[flow.target] -= 1
            if waiting[flow.target] == 0:
                ready.append(flow.target)
    return result


def _measure(graph: FlowGraph) -> None:
    for node in reversed(topological(graph)):
        graph.remaining[node] = 1 + max((graph.remaining[flow.target] for flow in graph.forward(node)), default=0)
