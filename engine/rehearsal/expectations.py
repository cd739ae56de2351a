"""Compares what a scenario expects with what happened."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from engine.rehearsal.traces import Trace


def differences(expected: Mapping[str, Any], trace: Trace) -> list[str]:
    """Return, in Chinese, everything that is not as expected. An open incident always is a difference."""
    found = [f"流程受阻：{incident}" for incident in trace.incidents]
    for word, value in expected.items():
        found += _CHECKS[word](value, trace)
    return found


def _end(expected: Any, trace: Trace) -> Iterator[str]:
    if trace.ends[-1:] != [expected]:
        yield f"应结束于 {expected}，实际为 {trace.ends or trace.state}（待办：{trace.tasks}）"


def _ends(expected: Any, trace: Trace) -> Iterator[str]:
    if sorted(trace.ends) != sorted(expected):
        yield f"应到达结束事件 {expected}，实际为 {trace.ends}"


def _path(expected: Sequence[str], trace: Trace) -> Iterator[str]:
    rest = iter(trace.path)
    for element_id in expected:
        if element_id not in rest:
            yield f"路径中缺少 {element_id}（按次序），实际路径为 {trace.path}"
            return


def _avoids(expected: Sequence[str], trace: Trace) -> Iterator[str]:
    for element_id in expected:
        if element_id in trace.path:
            yield f"不应经过 {element_id}"


def _decisions(expected: Mapping[str, Any], trace: Trace) -> Iterator[str]:
    for decision_id, value in expected.items():
        values = trace.decisions.get(decision_id, [])
        if not values or values[-1] != value:
            yield f"决策 {decision_id} 应为 {value}，实际为 {values or '未计算'}"


def _variables(expected: Mapping[str, Any], trace: Trace) -> Iterator[str]:
    for name, value in expected.items():
        if trace.variables.get(name) != value:
            yield f"变量 {name} 应为 {value}，实际为 {trace.variables.get(name)}"


def _due(expected: Mapping[str, Any], trace: Trace) -> Iterator[str]:
    for limit_id, day in expected.items():
        if limit_id not in trace.due:
            yield f"时限 {limit_id} 没有起算"
        elif trace.due[limit_id] != day:
            yield f"时限 {limit_id} 应到 {day}，实际为 {trace.due[limit_id]}"


def _tasks(expected: Sequence[str], trace: Trace) -> Iterator[str]:
    if sorted(trace.tasks) != sorted(expected):
        yield f"待办应为 {expected}，实际为 {trace.tasks}"


def _state(expected: str, trace: Trace) -> Iterator[str]:
    if trace.state != expected:
        yield f"案件状态应为 {expected}，实际为 {trace.state}"


def _outcomes(expected: Mapping[str, Any], trace: Trace) -> Iterator[str]:
    for element_id, values in expected.items():
        wanted = values if isinstance(values, list) else [values]
        if trace.outcomes.get(element_id, []) != wanted:
            yield f"{element_id} 的办理结果应为 {wanted}，实际为 {trace.outcomes.get(element_id, [])}"


def _provisional(expected: Sequence[str], trace: Trace) -> Iterator[str]:
    if sorted(trace.provisional) != sorted(expected):
        yield f"暂算的时限应为 {expected}，实际为 {trace.provisional}"


_CHECKS: Mapping[str, Callable[[Any, Trace], Iterator[str]]] = {
    "end": _end,
    "ends": _ends,
    "path": _path,
    "avoids": _avoids,
    "decisions": _decisions,
    "variables": _variables,
    "due": _due,
    "tasks": _tasks,
    "state": _state,
    "outcomes": _outcomes,
    "provisional": _provisional,
}
