"""Who may start a procedure: its property ``start.groups``; without one, everybody of the bureau."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from engine.feel import FeelError, compile_expression
from engine.feel.json import to_json


class Starter(Protocol):
    """A person as this question sees them."""

    @property
    def groups(self) -> frozenset[str]:
        """The roles they hold."""
        ...

    @property
    def outside(self) -> bool:
        """Whether they are a party or another body."""
        ...

    def as_initiator(self) -> Mapping[str, Any]:
        """Return id, name and department."""
        ...


def may_start(starter: Starter, start_groups: Any) -> bool:
    """Return whether somebody may start a procedure with these ``start_groups`` (as its deployment kept them).

    FEEL is given ``initiator`` and says one role or a list of them; an expression that fails lets nobody start.
    """
    if start_groups is None:
        return not starter.outside
    return not starter.groups.isdisjoint(roles_to_start(starter, start_groups))


def roles_to_start(starter: Starter, start_groups: Any) -> list[str]:
    """Return the roles that may start a procedure, as they are for this person."""
    if isinstance(start_groups, list):
        return [str(name) for name in start_groups]
    try:
        expression = compile_expression(str(start_groups["feel"]).removeprefix("="))
        value = to_json(expression.evaluate({"initiator": dict(starter.as_initiator())}))
    except FeelError:
        return []
    return [str(item) for item in (value if isinstance(value, list) else [value]) if item is not None]
