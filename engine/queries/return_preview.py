"""What a return would do, shown before it is confirmed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from engine.definitions.repository import Definitions
from engine.errors import Conflict
from engine.queries.action_policy import policy_of
from engine.queries.causality import Causality, causality_of
from engine.queries.paper_marks import number_in_the_way
from engine.queries.returning import (
    Plan,
    Target,
    cancelled_elements,
    cancelled_tasks,
    direct_is_possible,
    plan_for,
    sees_a_mended_start,
    start_of,
    target_values,
    targets_of,
)
from engine.queries.sight import Sight, sight_of
from engine.queries.user_task import UserTaskInvisible
from engine.queries.user_tasks import Row
from engine.queries.viewer import Viewer
from engine.store.tables.identity import user
from engine.store.tables.runtime import process_instance, user_task


class ReturnImpossible(Conflict):
    """The user task can't be returned there."""

    code = "queries.return-impossible"


@dataclass(frozen=True, slots=True)
class InitiatorWay:
    """How a user task goes back to the initiator: to the first step of their own, else by mending the start form."""

    plan: Plan
    mend: bool


def return_targets(connection: Connection, definitions: Definitions, viewer: Viewer, key: int) -> dict[str, Any]:
    """Return the steps to which an open user task can be returned; raise UserTaskInvisible."""
    row = _row(connection, viewer, key)
    model = definitions.model(connection, row["definition_key"])
    policy = policy_of(model, model.node(row["element_id"]))
    causality = causality_of(connection, definitions, row["root_key"])
    found = targets_of(causality, key) if row["binding"] is None else []
    shown = [target for target in found if policy.return_mode == "any" or target.nearest]
    by_mode: dict[str, list[Target]] = {"none": [], "initiator": []}
    return {
        "items": target_values(connection, definitions, by_mode.get(policy.return_mode, shown)),
        "mode": policy.return_mode,
        "direct_allowed": policy.direct,
        "initiator": policy.return_mode in ("any", "initiator")
        and row["binding"] is None
        and way_to_initiator(connection, row, causality, found) is not None,
    }


def return_preview(
    connection: Connection, definitions: Definitions, viewer: Viewer, key: int, target: int | None, to: str
) -> dict[str, Any]:
    """Return what going back there would cancel. Raises UserTaskInvisible, ReturnImpossible."""
    row = _row(connection, viewer, key)
    causality = causality_of(connection, definitions, row["root_key"])
    plan, mend = _plan(connection, row, causality, target, to)
    reason = number_in_the_way(connection, causality.root_key, causality.descendants(plan.target.key))
    if reason is not None:
        raise ReturnImpossible(reason)
    undone = cancelled_tasks(causality, connection, plan, key)
    return {
        "target_key": plan.target.key,
        "element_id": plan.target.element_id,
        "mend": mend,
        "tasks": undone,
        "elements": cancelled_elements(causality, connection, definitions, plan),
        "direct_possible": direct_is_possible(plan, None if mend else key) and (not mend or sees_a_mended_start(row)),
    }


def way_to_initiator(
    connection: Connection, row: Row, causality: Causality, targets: list[Target]
) -> InitiatorWay | None:
    """Return how a user task goes back to the initiator; None where they are no active person."""
    query = select(process_instance.c.initiator_id).where(process_instance.c.key == row["root_key"])
    initiator = connection.execute(query).scalar_one()
    for each in reversed(targets):
        done = connection.execute(select(user_task).where(user_task.c.key == each.instance.key)).mappings().first()
        if done is not None and initiator in (done["completed_by"], done["on_behalf_of"]):
            return InitiatorWay(plan_for(causality, each.instance), mend=False)
    start = start_of(causality, row["key"])
    active = connection.execute(select(user.c.id).where(user.c.id == initiator, user.c.active)).first()
    if start is None or active is None:
        return None
    return InitiatorWay(plan_for(causality, start, keep=row["key"]), mend=True)


def _plan(connection: Connection, row: Row, causality: Causality, target: int | None, to: str) -> tuple[Plan, bool]:
    targets = targets_of(causality, row["key"]) if row["binding"] is None and row["state"] == "CREATED" else []
    if target is None and to == "INITIATOR":
        way = way_to_initiator(connection, row, causality, targets)
        if way is None:
            raise ReturnImpossible("案件不是由在册人员填表发起的，不能退回发起人。")
        return way.plan, way.mend
    wanted = [each for each in targets if each.instance.key == target or (target is None and each.nearest)]
    if len(wanted) != 1:
        raise ReturnImpossible("请选择要退回到的步骤；所选步骤可能不在本步骤之前，或者已经结束。")
    return plan_for(causality, wanted[0].instance), False


def _row(connection: Connection, viewer: Viewer, key: int) -> Row:
    row = connection.execute(select(user_task).where(user_task.c.key == key)).mappings().first()
    if row is None or sight_of(connection, viewer, row["root_key"]) is not Sight.CONTENT:
        raise UserTaskInvisible(f"没有键为 {key} 的待办，或者您无权查看。")
    return row
