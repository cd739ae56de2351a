"""The requirements graph: in which order decisions are evaluated, and whether it has a cycle."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence

from .nodes import DecisionNode, Node


def order(targets: Iterable[Node], stop: Container[Node] = frozenset()) -> list[Node]:
    """The targets and all decisions and input data they require, each after what it requires.

    Nodes in ``stop`` are listed but not looked behind. Iterative, so that no chain of decisions is too long.
    """
    done: dict[Node, None] = {}
    stack: list[tuple[Node, bool]] = [(target, False) for target in reversed(list(targets))]
    while stack:
        node, ready = stack.pop()
        if node in done:
            continue
        if ready or node in stop:
            done[node] = None
            continue
        stack.append((node, True))
        stack.extend((required, False) for required in reversed(required_by(node)) if required not in done)
    return list(done)


def required_by(node: Node) -> Sequence[Node]:
    """The decisions and input data that ``node`` requires directly."""
    if isinstance(node, DecisionNode):
        return [requirement.node for requirement in node.information]
    return ()


def cycle(nodes: Iterable[Node]) -> list[Node]:
    """Some decisions that require one another in a circle; empty if there are none."""
    finished: set[Node] = set()
    for start in nodes:
        path: list[Node] = []
        on_path: set[Node] = set()
        stack: list[tuple[Node, bool]] = [(start, False)]
        while stack:
            node, leaving = stack.pop()
            if leaving:
                path.pop()
                on_path.discard(node)
                finished.add(node)
                continue
            if node in on_path:
                return path[path.index(node) :]
            if node in finished:
                continue
            path.append(node)
            on_path.add(node)
            stack.append((node, True))
            stack.extend((required, False) for required in required_by(node))
    return []
