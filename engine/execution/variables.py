"""Variables in scopes, by Camunda 8's rules: looked up outwards, created inside, propagated upwards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from engine.execution.records import VariableChanged

if TYPE_CHECKING:
    from engine.execution.task import ElementTask

_SCALARS = (str, int, float, bool, type(None))


class ScopeView(Mapping[str, object]):
    """The variables that an element instance sees, inner before outer; nothing is copied."""

    __slots__ = ("_task",)

    def __init__(self, task: ElementTask) -> None:
        self._task = task

    def __getitem__(self, name: str) -> object:
        task: ElementTask | None = self._task
        while task is not None:
            if name in task.variables:
                return task.variables[name]
            counter = task.task_spec.counters.get(name)
            if counter is not None:
                return counter(task)
            task = task.outer
        return self._task.runtime.outside.ambient[name]

    def __contains__(self, name: object) -> bool:
        task: ElementTask | None = self._task
        while task is not None:
            if name in task.variables or name in task.task_spec.counters:
                return True
            task = task.outer
        return name in self._task.runtime.outside.ambient

    def __iter__(self) -> Iterator[str]:
        return iter(self._names())

    def __len__(self) -> int:
        return len(self._names())

    def _names(self) -> dict[str, None]:
        names: dict[str, None] = {}
        task: ElementTask | None = self._task
        while task is not None:
            names.update(dict.fromkeys(task.variables))
            names.update(dict.fromkeys(task.task_spec.counters))
            task = task.outer
        return names


class Overlay(Mapping[str, object]):
    """Some values in front of another view."""

    __slots__ = ("_behind", "_front")

    def __init__(self, front: Mapping[str, object], behind: Mapping[str, object]) -> None:
        self._front = front
        self._behind = behind

    def __getitem__(self, name: str) -> object:
        return self._front[name] if name in self._front else self._behind[name]

    def __contains__(self, name: object) -> bool:
        return name in self._front or name in self._behind

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys([*self._front, *self._behind]))

    def __len__(self) -> int:
        return len(dict.fromkeys([*self._front, *self._behind]))


def visible(task: ElementTask) -> dict[str, Any]:
    """Return all variables that ``task`` sees, as JSON values."""
    chain: list[ElementTask] = []
    current: ElementTask | None = task
    while current is not None:
        chain.append(current)
        current = current.outer
    merged: dict[str, Any] = {}
    for each in reversed(chain):
        merged.update(each.variables)
    return merged


def set_local(task: ElementTask, name: str, value: Any) -> None:
    """Create or overwrite a variable (a JSON value) in the scope of ``task`` itself."""
    variables = task.variables
    if name in variables:
        old = variables[name]
        if type(old) is type(value) and isinstance(value, _SCALARS) and old == value:
            return
    variables[name] = value
    runtime = task.runtime
    runtime.emit(VariableChanged(task.key, name, value))
    runtime.conditions_stale = True


def propagate(task: ElementTask, values: Mapping[str, Any]) -> None:
    """Set each variable in the nearest scope that has it, outwards from ``task``, else in the process instance."""
    for name, value in values.items():
        scope = task
        while name not in scope.variables and scope.outer is not None:
            scope = scope.outer
        set_local(scope, name, value)
