"""Everything execution reads from outside an instance.

The caller answers, records each answer as a fact, and plays the facts back when the commands are executed again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from engine.definitions.model import Binding, FlowNode

if TYPE_CHECKING:
    from engine.execution.program import Program

CLOCKS = "clock."
"""How properties begin whose expressions the outside works out with what an element sees when it is left."""

ISSUING = ("number.", "draft.", "service.", "seal.")
"""How properties of an element begin that ask the outside for something when the element is left."""


@dataclass(frozen=True, slots=True)
class DecisionOutcome:
    """What a decision answered: a JSON or FEEL value, and JSON-able details for history (versions, matched rules)."""

    value: object
    record: Mapping[str, Any]


class Outside(Protocol):
    """The world of one command."""

    @property
    def now(self) -> datetime:
        """The command's moment, in UTC."""
        ...

    @property
    def functions(self) -> Mapping[str, Callable[..., object]]:
        """FEEL functions offered to expressions beside the built-in ones."""
        ...

    @property
    def ambient(self) -> Mapping[str, object]:
        """Values that every expression sees behind all variables, such as who acts."""
        ...

    def program(self, process_id: str, binding: Binding, version_tag: str | None, from_definition_key: int) -> Program:
        """Return the program that a call activity of definition ``from_definition_key`` calls.

        Raises a BanjieError when there is none; the call activity then gets a CALLED_ELEMENT_ERROR incident.
        """
        ...

    def program_by_key(self, definition_key: int) -> Program:
        """Return the program of a definition that a saved state names (not a fact: state is read with it)."""
        ...

    def decide(
        self,
        decision_id: str,
        binding: Binding,
        version_tag: str | None,
        from_definition_key: int,
        context: Mapping[str, object],
    ) -> DecisionOutcome:
        """Evaluate a DMN decision with the variables in ``context``.

        Raises a BanjieError when there is none or it fails; the task then gets a CALLED_DECISION_ERROR incident.
        """
        ...

    def issue(
        self, node: FlowNode, key: int, process_instance_key: int, context: Mapping[str, object]
    ) -> Mapping[str, object]:
        """Do what an element's properties (``ISSUING``) ask for once its work is done; return variables to set.

        Asked once for an element instance, before its output mappings. Raises a BanjieError: of a user task it
        refuses the command, of any other element it makes an incident.
        """
        ...

    def leaving(self, key: int, context: Mapping[str, object]) -> None:
        """Hear that an element instance with ``CLOCKS`` properties is left, and what it sees; the view stays alive."""
        ...
