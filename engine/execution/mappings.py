"""Input and output mappings (``zeebe:ioMapping``) with Camunda 8's scope rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from engine.definitions.model import IoMapping
from engine.execution.errors import ElementFailed, present
from engine.execution.expressions import Formula
from engine.execution.variables import Overlay, ScopeView, propagate, set_local

if TYPE_CHECKING:
    from engine.execution.task import ElementTask


class Mappings:
    """Compiled mappings of one element, in document order; a later one sees the targets of the earlier ones."""

    __slots__ = ("_steps", "names")

    def __init__(self, mappings: tuple[IoMapping, ...]) -> None:
        self.names = frozenset(mapping.target.split(".")[0] for mapping in mappings)
        self._steps = tuple((Formula(mapping.source), tuple(mapping.target.split("."))) for mapping in mappings)

    def document(self, task: ElementTask, *, merge: bool) -> dict[str, Any]:
        """Evaluate all in the scope of ``task``; with ``merge``, ``a.b`` keeps the other entries of a visible ``a``."""
        result: dict[str, Any] = {}
        view = ScopeView(task)
        context: Mapping[str, object] = Overlay(result, view)
        for formula, path in self._steps:
            try:
                value = formula.json(task, context)
            except ElementFailed as failure:
                raise ElementFailed("IO_MAPPING_ERROR", failure.message) from failure
            _put(result, path, value, view if merge else None)
        return result


def _put(document: dict[str, Any], path: tuple[str, ...], value: Any, view: Mapping[str, object] | None) -> None:
    """Set ``path`` in ``document``; contexts on the way are copied, since variables are never changed in place."""
    name, rest = path[0], path[1:]
    if not rest:
        document[name] = value
        return
    inner = document.get(name)
    if inner is None and view is not None and name in view:
        inner = view[name]
    inner = dict(inner) if isinstance(inner, dict) else {}
    _put(inner, rest, value, None)
    document[name] = inner


def apply_inputs(task: ElementTask, inputs: Mappings) -> None:
    """Create the local variables of an element.

    When its activation is tried again, the mappings must not see what they made the first time: ``n = n + 1`` counts
    once. What was local before them is kept under ``given``.
    """
    data = task.internal_data
    if "given" in data:
        for name in inputs.names & task.variables.keys():
            del task.variables[name]
        task.variables.update(data["given"])
    else:
        data["given"] = {name: task.variables[name] for name in inputs.names & task.variables.keys()}
    for name, value in inputs.document(task, merge=False).items():
        set_local(task, name, value)


def apply_outputs(task: ElementTask, outputs: Mappings) -> None:
    """Propagate the results of the output mappings from the enclosing scope outwards."""
    propagate(present(task.outer), outputs.document(task, merge=True))
