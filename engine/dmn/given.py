"""What the caller gave: finding an input by its name and import path."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from engine.feel.convert import from_python

if TYPE_CHECKING:
    from .unit import Unit

Value = Any


def find_input(inputs: Mapping[str, Value], unit: Unit, names: Sequence[str]) -> tuple[bool, Value]:
    """(Whether it was given, the value). An input of an imported model may be given

    - in nested contexts named as the imports: ``{"import": {"name": …}}``, also with dots: ``{"import.name": …}``;
    - by namespace, for all import paths: ``{"{http://…}name": …}``;
    - by its bare name.
    """
    context: Any = inputs
    for step in unit.path:
        context = context.get(step) if isinstance(context, Mapping) else None
    if isinstance(context, Mapping):
        for name in names:
            if name in context:
                return True, from_python(context[name])
    for name in names:
        for key in (".".join((*unit.path, name)), f"{{{unit.namespace}}}{name}", name):
            if key in inputs:
                return True, from_python(inputs[key])
    return False, None
