"""Whether a completed user task can still be taken back (撤回)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from engine.definitions.model import EventType, FlowNode
from engine.definitions.repository import Definitions
from engine.queries.action_policy import WITHDRAW, excluded, marks_on, policy_of
from engine.queries.causality import Causality, Instance
from engine.queries.events import steps_of
from engine.queries.paper_marks import marks_by_instance
from engine.queries.returning import can_open_again
from engine.queries.user_tasks import Row

PASSIVE = frozenset({"user_task_completed", "user_task_urged", "copies_sent", "copy_read"})
"""Commands on a user task that are no acting on it; a completed one is seen by its element instance."""
ACTED = frozenset({"USER_TASK", "SERVICE_TASK", "SEND_TASK", "RECEIVE_TASK", "BOUNDARY_EVENT"})
"""Elements whose completion means that somebody, or something outside, has acted."""


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why a user task can't be taken back: forbidden, or too late."""

    forbidden: bool
    message: str


def obstacle_to_withdrawing(
    connection: Connection, definitions: Definitions, actor_id: str, row: Row, causality: Causality
) -> Obstacle | None:
    """Return why the actor can't take back the completed user task, or None."""
    model = definitions.model(connection, row["definition_key"])
    policy = policy_of(model, model.node(row["element_id"]))
    if WITHDRAW not in policy.allowed:
        return Obstacle(True, f"“{row['name']}”不允许撤回（由流程图规定）。")
    target = causality.instances.get(row["key"])
    if row["binding"] is not None or target is None or not can_open_again(causality, target):
        return Obstacle(False, f"“{row['name']}”所在的环节已经结束，不能撤回。")
    after = causality.descendants(row["key"])
    registered = marks_by_instance(connection, row["root_key"])
    marks: set[str] = set()
    for key in after:
        marks |= registered.get(key, set())
        instance = causality.instances[key]
        node = definitions.model(connection, instance.definition_key).node(instance.element_id)
        if instance.state == "COMPLETED":
            marks |= marks_on(node)
        if key != row["key"] and _acted(instance, node):
            return Obstacle(False, f"“{row['name']}”之后已有人办理，不能撤回。")
    why = excluded(connection, definitions, WITHDRAW, policy.nature, frozenset(marks))
    if why is not None:
        return Obstacle(True, f"不能撤回：{why}。")
    for step in steps_of(connection, row["root_key"]):
        payload = step.command.payload or {}
        touched = {payload.get("key"), payload.get("bound_to")} & (after - {row["key"]})
        if touched and step.command.type not in PASSIVE and step.actor_id != actor_id:
            return Obstacle(False, f"“{row['name']}”之后已有人办理，不能撤回。")
    return None


def _acted(instance: Instance, node: FlowNode | None) -> bool:
    if instance.state == "ACTIVE":
        return False
    sends = node is not None and node.event is not None and node.event.type in (EventType.MESSAGE, EventType.SIGNAL)
    return instance.type in ACTED or sends
