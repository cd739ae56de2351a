"""Where a user task can be returned to, and what that would cancel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from engine.definitions.repository import Definitions
from engine.queries import names
from engine.queries.causality import HOLDS_STEPS, Causality, Instance, Token
from engine.store.tables.runtime import user_task

WHOLE = frozenset({"MULTI_INSTANCE_BODY", "SUB_PROCESS", "TRANSACTION", "CALL_ACTIVITY"})
"""What has ended is gone back to as a whole: a step inside it can't be opened without the rest."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What going back to an element instance takes: outermost instances to cut short, tokens at joins to take away,
    and tokens that a join had consumed from branches that are not undone, to put back."""

    target: Instance
    scope_key: int
    terminate: tuple[int, ...]
    drop: tuple[Token, ...]
    restore: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Target:
    """A step to which a user task can be returned."""

    instance: Instance
    nearest: bool
    """Whether no other such step lies between."""


def targets_of(causality: Causality, key: int) -> list[Target]:
    """Return the completed steps that led to a user task and can be opened again, the latest first."""
    steps: dict[tuple[int | None, str], Instance] = {}
    for ancestor in sorted(causality.ancestors(key)):
        instance = causality.instances[ancestor]
        if can_open_again(causality, instance):
            steps[(instance.scope_key, instance.element_id)] = instance
    found = {instance.key for instance in steps.values()}
    nearest = _nearest(causality, key, found)
    return [Target(causality.instances[each], each in nearest) for each in sorted(found, reverse=True)]


def start_of(causality: Causality, key: int) -> Instance | None:
    """Return the case's start event that led to a user task."""
    for ancestor in sorted(causality.ancestors(key)):
        instance = causality.instances[ancestor]
        if instance.type == "START_EVENT" and instance.scope_key == causality.root_key and not instance.void:
            return instance
    return None


def plan_for(causality: Causality, target: Instance, keep: int | None = None) -> Plan:
    """Return what going back to ``target`` takes; with ``keep``, an element instance that stays with its scopes."""
    undone = causality.descendants(target.key)
    kept = set() if keep is None else {keep, *causality.scopes_of(keep)}
    gone = undone - kept
    instances = causality.instances
    terminate = [
        key for key in sorted(gone) if instances[key].state == "ACTIVE" and instances[key].scope_key not in gone
    ]
    drop = [token for token in causality.waiting() if token.producer in undone and token.scope_key not in gone]
    restore = [
        token
        for key in sorted(undone - {target.key})
        if not instances[key].void
        for token in instances[key].consumed
        if token.producer not in undone
        and token.scope_key not in undone
        and instances[token.scope_key].state == "ACTIVE"
    ]
    scope_key = target.scope_key if target.scope_key is not None else causality.root_key
    return Plan(target, scope_key, tuple(terminate), tuple(drop), tuple(restore))


def direct_is_possible(plan: Plan, key: int | None) -> bool:
    """Return whether rework could lead straight back (直达): nothing is cancelled but the user task ``key`` (None: it
    stays), and what opens again is one step and not a whole with several."""
    kept = () if key is None else (key,)
    return plan.terminate == kept and not plan.drop and (key is None or plan.target.type == "USER_TASK")


def sees_a_mended_start(row: Mapping[Any, Any]) -> bool:
    """Return whether a user task would see the start form as it was mended.

    A called process works on a copy of its own, which would come back over the mended values when it ends.
    """
    return bool(row["process_instance_key"] == row["root_key"])


def cancelled_tasks(causality: Causality, connection: Connection, plan: Plan, key: int) -> list[dict[str, Any]]:
    """Return the open user tasks that going back would cancel, with who has them; ``key``, the one returned, first."""
    undone = causality.descendants(plan.target.key)
    query = select(user_task).where(user_task.c.root_key == causality.root_key, user_task.c.state == "CREATED")
    rows = [
        row
        for row in connection.execute(query.order_by(user_task.c.key)).mappings()
        if row["key"] in undone or row["bound_to"] in undone
    ]
    people = names.people(connection, (row["assignee_id"] for row in rows))
    return [
        {
            "key": row["key"],
            "name": row["name"],
            "element_id": row["element_id"],
            "assignee": people.get(row["assignee_id"]),
            "candidate_groups": row["candidate_groups"],
        }
        for row in sorted(rows, key=lambda row: (row["key"] != key, row["key"]))
    ]


def cancelled_elements(
    causality: Causality, connection: Connection, definitions: Definitions, plan: Plan
) -> list[dict[str, Any]]:
    """Return everything else that runs and would be cancelled: subprocesses, waiting events, service tasks."""
    undone = causality.descendants(plan.target.key)
    found = []
    for key in sorted(undone):
        instance = causality.instances[key]
        if instance.state != "ACTIVE" or instance.type == "USER_TASK":
            continue
        node = definitions.model(connection, instance.definition_key).node(instance.element_id)
        name = None if node is None else node.name
        found.append({"element_id": instance.element_id, "name": name or instance.element_id, "type": instance.type})
    return found


def target_values(connection: Connection, definitions: Definitions, targets: Sequence[Target]) -> list[dict[str, Any]]:
    """Return what people are shown of the steps they may choose from."""
    keys = [target.instance.key for target in targets]
    query = select(user_task).where(user_task.c.key.in_(keys))
    tasks = {row["key"]: row for row in connection.execute(query).mappings()}
    people = names.people(connection, (row["completed_by"] for row in tasks.values()))
    return [_target(connection, definitions, target, tasks.get(target.instance.key), people) for target in targets]


def _target(
    connection: Connection, definitions: Definitions, target: Target, row: Any, people: dict[str, names.Named]
) -> dict[str, Any]:
    instance = target.instance
    node = definitions.model(connection, instance.definition_key).node(instance.element_id)
    name = None if node is None else node.name
    return {
        "key": instance.key,
        "element_id": instance.element_id,
        "name": name or instance.element_id,
        "whole": instance.type != "USER_TASK",
        "previous": target.nearest,
        "completed_by": None if row is None else people.get(row["completed_by"]),
        "completed_at": None if row is None else row["ended_at"],
    }


def can_open_again(causality: Causality, instance: Instance) -> bool:
    """Return whether a completed step can be gone back to: its scope is alive, and nothing in it defies undoing."""
    scope = causality.instances.get(instance.scope_key or 0)
    if instance.state != "COMPLETED" or instance.void or scope is None:
        return False
    if scope.state != "ACTIVE" or scope.type not in HOLDS_STEPS:
        return False
    if instance.type != "USER_TASK" and not (instance.type in WHOLE and _has_steps(causality, instance)):
        return False
    # A complex gateway swallows tokens: which it took can't be told afterwards.
    undone = causality.descendants(instance.key)
    return not any(causality.instances[key].type == "COMPLEX_GATEWAY" for key in undone)


def _has_steps(causality: Causality, outer: Instance) -> bool:
    return any(
        each.type == "USER_TASK" and outer.key in causality.scopes_of(each.key)
        for each in causality.instances.values()
        if each.key > outer.key
    )


def _nearest(causality: Causality, key: int, found: set[int]) -> set[int]:
    nearest: set[int] = set()
    seen: set[int] = set()
    todo = [key]
    while todo:
        instance = causality.instances[todo.pop()]
        for parent in instance.parents if instance.came_from is None else {instance.came_from}:
            if parent in found:
                nearest.add(parent)
            elif parent not in seen:
                seen.add(parent)
                todo.append(parent)
    return nearest
