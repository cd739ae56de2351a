"""What the independent interpreter keeps of a running case."""

from __future__ import annotations

from collections import deque
from typing import Any

from tests.property.diagram import Body, Node


class Instance:
    """A process, subprocess, body or element instance, or a token on its way to become one."""

    def __init__(self, seq: int, node: Node | None, body: Body | None, outer: Instance | None) -> None:
        self.seq = seq
        self.node = node
        self.body = body
        """Content, of a scope."""
        self.outer = outer
        self.vars: dict[str, Any] = {}
        self.kids: list[Instance] = []
        self.joins: dict[str, dict[str, int]] = {}
        self.alive = True
        self.entered = False
        self.is_body = False
        self.caller: Instance | None = None
        self.payload: Any = None
        self.event: str | None = None
        self.data: dict[str, Any] = {}
        self.interrupted = False

    @property
    def name(self) -> str:
        return self.node.id if self.node is not None else self.body.id if self.body is not None else ""

    def chain(self) -> list[Instance]:
        found: list[Instance] = []
        current: Instance | None = self
        while current is not None:
            found.append(current)
            current = current.outer
        return found


class Wait:
    """Something the outside can make happen."""

    def __init__(self, seq: int, kind: str, owner: Instance, node: Node, left: int = 1) -> None:
        self.seq = seq
        self.kind = kind
        self.owner = owner
        self.node = node
        self.left = left
        self.was = False


class Shared:
    """What the parts of the interpreter share; each part defines some of the methods the others call."""

    processes: dict[str, Body]
    trace: list[tuple[str, str]]
    queue: deque[Instance]
    waits: list[Wait]
    changed: bool
    ended: bool
    root: Instance

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(name)
