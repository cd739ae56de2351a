"""Which element instance of a case brought about which: worked out from history, along tokens, not by mere time.

A token on a sequence flow links the element instance that sent it with the one that took it; what a scope begins with
hangs on the scope, a boundary event on its host. So descendants of an element instance are all that was started
because of it, and going back to it (design decision 9) means cancelling exactly those.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sqlalchemy import Connection

from engine.definitions.model import EventType, FlowNode
from engine.definitions.repository import Definitions
from engine.queries.events import Recorded, Step, steps_of

BODY = "MULTI_INSTANCE_BODY"
JOINS = frozenset({"PARALLEL_GATEWAY", "INCLUSIVE_GATEWAY", "COMPLEX_GATEWAY"})
HOLDS_STEPS = frozenset({"PROCESS", "SUB_PROCESS", "TRANSACTION", "EVENT_SUB_PROCESS"})
"""Scopes into which a step can be put again."""

Place = tuple[int, str]
"""A sequence flow in a scope instance."""


@dataclass(frozen=True, slots=True)
class Token:
    """A token that lies, or lay, on a flow: where, and who sent it."""

    scope_key: int
    flow_id: str
    producer: int

    def to_list(self) -> list[Any]:
        """Return it as JSON values."""
        return [self.scope_key, self.flow_id, self.producer]


@dataclass(slots=True)
class Instance:
    """An element instance with what brought it about."""

    key: int
    element_id: str
    type: str
    scope_key: int | None
    definition_key: int
    state: str = "ACTIVE"
    ended: int = 0
    """When it completed, counted over the case."""
    parents: set[int] = field(default_factory=set)
    consumed: list[Token] = field(default_factory=list)
    came_from: int | None = None
    """Of a step gone straight back to (直达): the step that was done anew."""
    void: bool = False
    """Undone by a return: what it did does not count any more."""


@dataclass(frozen=True, slots=True)
class _Given:
    """An activation that a command asked for, so that it took no token."""

    parents: set[int]
    replaces: int | None = None
    """The step that it opens again."""
    came_from: int | None = None
    undone: set[int] = field(default_factory=set)
    """What came after that step and was undone."""


class Causality:
    """The element instances of a case, and the tokens that wait at joins."""

    def __init__(self, root_key: int, incoming: Mapping[int, Mapping[str, FlowNode]]) -> None:
        self.root_key = root_key
        self.instances: dict[int, Instance] = {}
        self._nodes = incoming
        self._ended = 0
        self._waiting: dict[Place, list[Token]] = defaultdict(list)
        self._given: dict[Place, _Given] = {}
        """Activations that a command asked for: by scope (0: any) and element."""
        self._undone: dict[int, _Given] = {}
        """By a step that was opened again: what its opening undid."""

    def add(self, step: Step) -> None:
        """Take in one command with what followed from it."""
        self._given = {}
        payload = step.command.payload or {}
        match step.command.type:
            case "user_task_returned":
                self._rewound(payload)
            case "start_form_mended" if payload["target_key"] is not None:
                self._rewound({**payload, "drop": [], "restore": []})
            case "user_task_returned_to_initiator":
                self._drop(payload["drop"])
            case "user_task_reworked" | "completion_took_effect" if payload["back_to"] is not None:
                self._sent_back(payload)
            case "process_instance_modified":
                for item in payload["activate"]:
                    self._given[(0, item["element_id"])] = _Given(set())
            case _:
                pass
        for event in step.events:
            self._event(event)

    def waiting(self) -> Iterator[Token]:
        """Yield the tokens that wait at joins of live scopes."""
        for (scope_key, _), tokens in self._waiting.items():
            if self.instances[scope_key].state == "ACTIVE":
                yield from tokens

    def ancestors(self, key: int) -> set[int]:
        """Return all that led to an element instance."""
        return self._closure([key], lambda each: self.instances[each].parents)

    def descendants(self, key: int) -> set[int]:
        """Return an element instance with all that was started because of it."""
        children: dict[int, list[int]] = defaultdict(list)
        for each in self.instances.values():
            for parent in each.parents:
                children[parent].append(each.key)
        return {key, *self._closure([key], lambda each: children[each])}

    def scopes_of(self, key: int) -> list[int]:
        """Return the scopes around an element instance, innermost first; called processes' callers too."""
        found = []
        scope = self.instances[key].scope_key
        while scope is not None:
            found.append(scope)
            scope = self.instances[scope].scope_key
        return found

    def _closure(self, first: Iterable[int], following: Any) -> set[int]:
        seen: set[int] = set()
        todo = list(first)
        while todo:
            for key in following(todo.pop()):
                if key not in seen and key in self.instances:
                    seen.add(key)
                    todo.append(key)
        return seen

    # -- commands -------------------------------------------------------------------------------------------------

    def _rewound(self, payload: Mapping[str, Any]) -> None:
        target = self.instances[payload["target_key"]]
        undone = {key for key in self.descendants(target.key) if not self.instances[key].void}
        for key in undone:
            self.instances[key].void = True
        self._drop(payload["drop"])
        for scope_key, flow_id, producer in payload["restore"]:
            self._waiting[(scope_key, flow_id)].append(Token(scope_key, flow_id, producer))
        place = (payload["scope_key"], payload["element_id"])
        self._given[place] = _Given({*target.parents, target.key}, target.key, None, undone - {target.key})

    def _sent_back(self, payload: Mapping[str, Any]) -> None:
        """直达: what the return undid counts again, with the step done anew in the place of the step it replaces."""
        back_to, again = payload["back_to"], payload["key"]
        self._drop(back_to["drop"])
        former = self._undone[again]
        for key in former.undone:
            instance = self.instances[key]
            instance.void = False
            instance.parents = {again if each == former.replaces else each for each in instance.parents}
            instance.consumed = [
                Token(each.scope_key, each.flow_id, again) if each.producer == former.replaces else each
                for each in instance.consumed
            ]
        self._given[(back_to["scope_key"], back_to["element_id"])] = _Given({back_to["origin"], again}, came_from=again)

    def _drop(self, tokens: Iterable[Any]) -> None:
        for each in tokens:
            token = Token(*each)
            self._waiting[(token.scope_key, token.flow_id)].remove(token)

    # -- events ---------------------------------------------------------------------------------------------------

    def _event(self, event: Recorded) -> None:
        payload = event.payload
        if payload is None:
            return
        if event.type == "element_activated":
            self._activated(payload)
        elif event.type in ("element_completed", "element_terminated"):
            instance = self.instances[payload["key"]]
            instance.state = "COMPLETED" if event.type == "element_completed" else "TERMINATED"
            self._ended += 1
            instance.ended = self._ended
            for flow_id in payload.get("taken", ()):
                place = (instance.scope_key or 0, flow_id)
                self._waiting[place].append(Token(*place, instance.key))
        elif event.type == "element_migrated":
            instance = self.instances[payload["key"]]
            instance.element_id = payload["target_element_id"]
            instance.definition_key = payload["definition_key"]

    def _activated(self, payload: Mapping[str, Any]) -> None:
        instance = Instance(
            payload["key"],
            payload["element_id"],
            payload["element_type"],
            payload["flow_scope_key"],
            payload["definition_key"],
        )
        self.instances[instance.key] = instance
        scope = instance.scope_key
        if scope is None:
            return
        given = self._given.pop((scope, instance.element_id), None) or self._given.pop((0, instance.element_id), None)
        if given is not None:
            instance.parents = set(given.parents) or {scope}
            instance.came_from = given.came_from
            if given.replaces is not None:
                self._undone[instance.key] = given
            return
        instance.consumed = self._take(instance, scope)
        instance.parents = {token.producer for token in instance.consumed} or {self._host(instance, scope)}

    def _take(self, instance: Instance, scope: int) -> list[Token]:
        """Take the tokens an element instance began with: at a join one of each flow, elsewhere the oldest."""
        node = self._nodes[instance.definition_key].get(instance.element_id)
        if node is None or instance.type == "PROCESS" or self.instances[scope].type == BODY:
            return []
        places = [(scope, flow_id) for flow_id in node.incoming]
        if node.event is not None and node.event.type is EventType.LINK:
            places += [place for place in self._waiting if place[0] == scope and place[1].endswith(f"->{node.id}")]
        full = [place for place in places if self._waiting.get(place)]
        if node.type.value not in JOINS:
            # The queue is first in, first out, so the oldest token is the one of the oldest sender.
            full = sorted(full, key=lambda place: self._order(self._waiting[place][0]))[:1]
        return [self._waiting[place].pop(0) for place in full]

    def _order(self, token: Token) -> int:
        return self.instances[token.producer].ended

    def _host(self, instance: Instance, scope: int) -> int:
        node = self._nodes[instance.definition_key].get(instance.element_id)
        attached = None if node is None else node.attached_to
        if attached is not None:
            for other in reversed(self.instances.values()):
                if other.element_id == attached and other.scope_key == scope and other.state != "COMPLETED":
                    return other.key
        return scope


def causality_of(connection: Connection, definitions: Definitions, root_key: int) -> Causality:
    """Return the causality of a case as its history tells it."""

    @cache
    def nodes(definition_key: int) -> dict[str, FlowNode]:
        return {node.id: node for node in definitions.model(connection, definition_key).body.walk()}

    found = Causality(root_key, _Lazy(nodes))
    for step in steps_of(connection, root_key):
        found.add(step)
    return found


class _Lazy(Mapping[int, Mapping[str, FlowNode]]):
    """The nodes of definitions, read when they are asked for."""

    def __init__(self, find: Any) -> None:
        self._find = find

    def __getitem__(self, key: int) -> Mapping[str, FlowNode]:
        found: Mapping[str, FlowNode] = self._find(key)
        return found

    def __iter__(self) -> Iterator[int]:
        return iter(())

    def __len__(self) -> int:
        return 0
