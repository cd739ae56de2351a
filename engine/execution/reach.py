"""Which incoming flows of a join a token can still reach, computed once for each definition."""

from __future__ import annotations

from collections import defaultdict

from engine.definitions.model import ElementType, EventType, FlowNode, Scope


def reachable_inputs(scope: Scope, join: FlowNode) -> dict[str, frozenset[str]]:
    """Map each element of ``scope`` to the incoming flows of ``join`` that a token at it can reach.

    Paths do not pass through the join itself (BPMN 2.0.2 section 13.4.3); they may leave an activity by its boundary
    events and jump along link events.
    """
    before = _predecessors(scope)
    reached: dict[str, set[str]] = defaultdict(set)
    for flow_id in join.incoming:
        seen: set[str] = set()
        todo = [scope.flows[flow_id].source]
        while todo:
            node_id = todo.pop()
            if node_id in seen:
                continue
            seen.add(node_id)
            if node_id != join.id:
                todo.extend(before[node_id])
        for node_id in seen:
            reached[node_id].add(flow_id)
    return {node_id: frozenset(flows) for node_id, flows in reached.items()}


def _predecessors(scope: Scope) -> dict[str, list[str]]:
    before: dict[str, list[str]] = defaultdict(list)
    for flow in scope.flows.values():
        before[flow.target].append(flow.source)
    catching = {
        node.event.link_name: node.id
        for node in scope.nodes.values()
        if node.type is ElementType.INTERMEDIATE_CATCH_EVENT
        and node.event is not None
        and node.event.type is EventType.LINK
    }
    for node in scope.nodes.values():
        if node.attached_to is not None:
            before[node.id].append(node.attached_to)
        if (
            node.type is ElementType.INTERMEDIATE_THROW_EVENT
            and node.event is not None
            and node.event.type is EventType.LINK
            and node.event.link_name in catching
        ):
            before[catching[node.event.link_name]].append(node.id)
    return before
