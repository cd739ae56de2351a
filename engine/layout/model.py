"""What there is to draw: the diagram's meaning, without coordinates."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum


class Kind(Enum):
    """The families of shapes that differ in size, ports and label."""

    TASK = "task"
    SUBPROCESS = "subprocess"
    GATEWAY = "gateway"
    EVENT = "event"
    BOUNDARY = "boundary"
    DATA = "data"
    STORE = "store"
    ANNOTATION = "annotation"
    POOL = "pool"
    LANE = "lane"


class Link(Enum):
    """The kinds of edges."""

    SEQUENCE = "sequence"
    MESSAGE = "message"
    ASSOCIATION = "association"


@dataclass(slots=True)
class Node:
    """A shape inside a process. ``host`` is the activity that a boundary event sits on."""

    id: str
    kind: Kind
    tag: str
    name: str
    width: float
    height: float
    host: str | None = None
    inner: Scope | None = None
    detached: bool = False
    """An event subprocess: takes part in no sequence flow."""
    text: str = ""


@dataclass(slots=True)
class Flow:
    """An edge from one shape to another."""

    id: str
    link: Link
    source: str
    target: str
    name: str = ""
    default: bool = False


@dataclass(slots=True)
class Lane:
    """A lane; those with children only group them."""

    id: str
    name: str
    members: list[str] = field(default_factory=list)
    children: list[Lane] = field(default_factory=list)

    def leaves(self) -> list[Lane]:
        """The innermost lanes, top to bottom."""
        return [leaf for child in self.children for leaf in child.leaves()] or [self]

    def depth(self) -> int:
        """Levels of lanes, this one included."""
        return 1 + max((child.depth() for child in self.children), default=0)


@dataclass(slots=True)
class Scope:
    """A process or the inside of an expanded subprocess."""

    id: str
    nodes: dict[str, Node] = field(default_factory=dict)
    flows: list[Flow] = field(default_factory=list)
    lanes: list[Lane] = field(default_factory=list)

    def homes(self) -> dict[str, str]:
        """For everything that stands in or on another node of this scope (at any depth): which node."""
        found = {node.id: node.host for node in self.nodes.values() if node.host}
        for node in self.nodes.values():
            if node.inner:
                found.update(dict.fromkeys([*node.inner.nodes, *node.inner.homes()], node.id))
        return found


@dataclass(slots=True)
class Pool:
    """A participant; without a scope it is collapsed. ``framed`` is false for a process that no participant shows."""

    id: str
    name: str
    scope: Scope | None
    framed: bool = True


@dataclass(slots=True)
class Plane:
    """What one BPMNDiagram shows: a collaboration or a single process."""

    id: str
    pools: list[Pool]
    messages: list[Flow] = field(default_factory=list)
