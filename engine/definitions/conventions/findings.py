"""How a convention check notes what it finds: always a warning, always with the number of the rule it follows."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.definitions.model import DefinitionsModel, FlowNode
from engine.definitions.problems import Kind, Problem
from engine.errors import Place


@dataclass(slots=True)
class Findings:
    """The findings about one file."""

    model: DefinitionsModel
    found: list[Problem] = field(default_factory=list)

    def note(self, rule: int, code: str, message: str, *, line: int | None, element: str | None) -> None:
        """Note a departure from rule number ``rule`` of the drawing conventions."""
        text = f"{message}（建模规范第 {rule} 条）"
        self.found.append(Problem(Kind.CONVENTION, f"convention.{code}", text, Place(self.model.file, line, element)))

    def at(self, node: FlowNode, rule: int, code: str, message: str) -> None:
        """Note a departure at a node."""
        self.note(rule, code, message, line=node.line, element=node.id)


def label(node: FlowNode) -> str:
    """Return how a message names a node."""
    return f"“{node.name}”（{node.id}）" if node.name else node.id
