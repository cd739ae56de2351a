"""Columns: how far along its way each node stands (longest path; loops do not count)."""

from __future__ import annotations

from dataclasses import dataclass

from engine.layout.graph import FlowGraph, topological
from engine.layout.model import Flow


@dataclass(frozen=True, slots=True)
class _Step:
    source: str
    target: str
    length: int


def assign_columns(graphs: list[FlowGraph], messages: list[Flow], spans: dict[str, int]) -> dict[str, int]:
    """The column of every flow node of all pools, from 0.

    ``spans`` tells how many columns a node takes (expanded subprocesses take several). A message's receiver stands
    in the sender's column or to its right wherever that contradicts no flow, so that messages run vertically.
    """
    steps: dict[str, list[_Step]] = {node: [] for graph in graphs for node in graph.order}
    for graph in graphs:
        for node in topological(graph):
            for flow in graph.forward(node):
                steps[node].append(_Step(node, flow.target, spans.get(node, 1)))
    anchors = {boundary: host for graph in graphs for boundary, host in graph.hosts.items()}
    for message in messages:
        source, target = anchors.get(message.source, message.source), anchors.get(message.target, message.target)
        if source in steps and target in steps and not _reaches(steps, target, source):
            steps[source].append(_Step(source, target, 0))
    columns = _longest_paths(steps)
    _draw_entries_near(steps, columns, spans)
    return columns


def _reaches(steps: dict[str, list[_Step]], start: str, goal: str) -> bool:
    seen, stack = {start}, [start]
    while stack:
        node = stack.pop()
        if node == goal:
            return True
        for step in steps[node]:
            if step.target not in seen:
                seen.add(step.target)
                stack.append(step.target)
    return False


def _longest_paths(steps: dict[str, list[_Step]]) -> dict[str, int]:
    waiting = dict.fromkeys(steps, 0)
    for node in steps:
        for step in steps[node]:
            waiting[step.target] += 1
    columns = dict.fromkeys(steps, 0)
    ready = [node for node in steps if waiting[node] == 0]
    while ready:
        node = ready.pop(0)
        for step in steps[node]:
            columns[step.target] = max(columns[step.target], columns[node] + step.length)
            waiting[step.target] -= 1
            if waiting[step.target] == 0:
                ready.append(step.target)
    return columns


def _draw_entries_near(steps: dict[str, list[_Step]], columns: dict[str, int], spans: dict[str, int]) -> None:
    """A later entry (second start event) moves to the column just before what it leads to."""
    entered = {step.target for onward in steps.values() for step in onward}
    for node, onward in steps.items():
        if node not in entered and onward:
            columns[node] = max(0, min(columns[step.target] - step.length for step in onward))
