"""A process model made executable."""

from __future__ import annotations

from dataclasses import dataclass

from engine.definitions.model import ProcessModel


@dataclass(frozen=True, slots=True)
class Program:
    """An executable process; immutable, shared by all instances of its definition and by threads."""

    model: ProcessModel
    definition_key: int


def compile_program(model: ProcessModel, definition_key: int) -> Program:
    """Make ``model`` executable under ``definition_key``."""
    return Program(model, definition_key)
