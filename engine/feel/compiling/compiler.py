"""The compiler: one method a node, handed on to the module of its subject."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from engine.feel.runtime import Code, Frame
from engine.feel.tree import Node


class Scope:
    """The names that a frame will hold when the code runs; ``is_filter`` for the frame of a filtered item."""

    __slots__ = ("is_filter", "names", "parent")

    def __init__(self, names: Iterable[str] = (), parent: Scope | None = None, *, is_filter: bool = False) -> None:
        self.names = set(names)
        self.parent = parent
        self.is_filter = is_filter


class Compiler:
    """Compiles the nodes of one text."""

    def __init__(self, text: str) -> None:
        self.text = text

    def compile(self, node: Node, scope: Scope) -> Code:
        """Return the code of a node in a scope."""
        return HANDLERS[type(node)](self, node, scope)

    def warner(self, at: int, code: str, message: str) -> Callable[[Frame], None]:
        """Return what notes a warning at this place when it is called with the frame."""
        text = self.text

        def warn(frame: Frame) -> None:
            if frame.root.warnings is not None:
                frame.root.warn(code, message, text, at)

        return warn


Handler = Callable[[Compiler, "object", Scope], Code]
HANDLERS: dict[type[Node], Callable[..., Code]] = {}


def handles(kind: type[Node]) -> Callable[[Callable[..., Code]], Callable[..., Code]]:
    """Register the function below as the one that compiles nodes of ``kind``."""

    def register(handler: Callable[..., Code]) -> Callable[..., Code]:
        HANDLERS[kind] = handler
        return handler

    return register
