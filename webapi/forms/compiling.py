"""A form-js schema as inputs, lists of rows, and the conditions under which they are shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.definitions.forms import INPUTS

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Input:
    """A component that gives data, at ``path`` below its form or row."""

    component: Mapping[str, Any]
    path: Path
    hides: tuple[str, ...]
    """The conditions that hide it: its own and those of the groups around it, up to its row."""

    @property
    def type(self) -> str:
        """The component's type."""
        return str(self.component["type"])

    @property
    def disabled(self) -> bool:
        """Whether it is never filled in."""
        return bool(self.component.get("disabled"))

    @property
    def validation(self) -> Mapping[str, Any]:
        """What the form asks of the value."""
        validate = self.component.get("validate")
        return validate if isinstance(validate, dict) else {}


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """A dynamic list: its content is repeated, a row each."""

    component: Mapping[str, Any]
    path: Path
    hides: tuple[str, ...]
    scope: Scope

    @property
    def fixed(self) -> bool:
        """Whether rows can be neither added nor removed."""
        return not self.component.get("allowAddRemove")

    @property
    def default_length(self) -> int:
        """How many rows there are before there is data."""
        count = self.component.get("defaultRepetitions", 1)
        return count if isinstance(count, int) and count > 0 else 0


@dataclass(frozen=True, slots=True, eq=False)
class Scope:
    """What stands together: a form, or one row of a dynamic list."""

    inputs: list[Input] = field(default_factory=list)
    rows: list[Rows] = field(default_factory=list)

    def walk(self) -> Iterator[Input]:
        """Yield every input, those inside rows too."""
        yield from self.inputs
        for rows in self.rows:
            yield from rows.scope.walk()


def compile_form(schema: Mapping[str, Any]) -> Scope:
    """Return the form of a form-js schema."""
    scope = Scope()
    _gather(schema.get("components"), scope, (), ())
    return scope


def _gather(components: Any, scope: Scope, path: Path, hides: tuple[str, ...]) -> None:
    for component in components if isinstance(components, list) else []:
        if not isinstance(component, dict):
            continue
        conditions = hides + _hide_of(component)
        kind = component.get("type")
        if kind in INPUTS:
            if isinstance(component.get("key"), str) and component["key"]:
                scope.inputs.append(Input(component, path + _steps(component["key"]), conditions))
        elif kind == "dynamiclist" and component.get("isRepeating"):
            inner = Scope()
            _gather(component.get("components"), inner, (), ())
            scope.rows.append(Rows(component, path + _steps(component.get("path")), conditions, inner))
        else:
            _gather(component.get("components"), scope, path + _steps(component.get("path")), conditions)


def _hide_of(component: Mapping[str, Any]) -> tuple[str, ...]:
    conditional = component.get("conditional")
    hide = conditional.get("hide") if isinstance(conditional, dict) else None
    return (hide,) if isinstance(hide, str) and hide else ()


def _steps(path: Any) -> Path:
    return tuple(path.split(".")) if isinstance(path, str) and path else ()
