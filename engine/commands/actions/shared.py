"""What the actions share: holding the user task, asking whether the action is allowed, finding people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, exists, or_, select

from engine.commands.actions.errors import (
    ActionNotAllowed,
    NotThroughOthers,
    PersonUnknown,
    ReasonMissing,
    WaitsForOthers,
)
from engine.commands.case import Case
from engine.commands.unit import UnitOfWork
from engine.commands.user_tasks import Row, open_user_task, require_free_or_own
from engine.history.events import UserTaskClaimed
from engine.queries import action_policy
from engine.queries.action_policy import LABELS, Policy
from engine.store.prepared import PreparedQuery
from engine.store.tables.actions import handover, held_completion, rework, signer
from engine.store.tables.identity import membership, user
from engine.store.tables.runtime import user_task
from engine.store.types import KEY


def hold_user_task(unit: UnitOfWork, key: int, action: str, *, take: bool = True) -> tuple[Row, Case]:
    """Return an open user task of the diagram that the actor has, or takes now, and that allows the action.

    Raises UserTaskUnknown, UserTaskNotOpen, UserTaskTaken, CaseEnded, CaseSuspended, NotThroughOthers,
    WaitsForOthers, ActionNotAllowed.
    """
    row, case = open_user_task(unit, key)
    require_free_or_own(unit.actor, row, unit.on_behalf_of)
    if row["binding"] is not None:
        raise NotThroughOthers(f"“{row['name']}”是附属于另一待办的事项，只能直接办理，不能{LABELS[action]}。")
    delegation = open_delegation(unit.connection, key)
    if delegation is not None and delegation["to_id"] == unit.doer:
        raise NotThroughOthers(f"“{row['name']}”是委派给您的，办理后将回到委派人；不能{LABELS[action]}。")
    if held(unit.connection, key) is not None:
        raise WaitsForOthers(f"“{row['name']}”已办理，正等待加签人，不能再{LABELS[action]}。")
    require_allowed(unit, row, action)
    if take and row["assignee_id"] is None:
        case.execute(UserTaskClaimed(key=key, assignee_id=unit.doer))
    return row, case


def policy(unit: UnitOfWork, row: Row) -> Policy:
    """Return what the user task's element allows."""
    model = unit.sources.definitions.model(unit.connection, row["definition_key"])
    return action_policy.policy_of(model, model.node(row["element_id"]))


def require_allowed(unit: UnitOfWork, row: Row, action: str) -> Policy:
    """Raise ActionNotAllowed unless the element and the table of exclusions allow the action; return the policy."""
    found = policy(unit, row)
    if action not in found.allowed:
        raise ActionNotAllowed(f"“{row['name']}”不允许{LABELS[action]}（由流程图规定）。")
    require_not_excluded(unit, row["root_key"], action, found)
    return found


def require_not_excluded(unit: UnitOfWork, root_key: int, action: str, found: Policy) -> None:
    """Raise ActionNotAllowed where the table of exclusions forbids the action."""
    definitions = unit.sources.definitions
    marks = action_policy.marks_of(unit.connection, definitions, root_key)
    why = action_policy.excluded(unit.connection, definitions, action, found.nature, marks)
    if why is not None:
        raise ActionNotAllowed(f"不能{LABELS[action]}：{why}。")


def require_reason(reason: str) -> str:
    """Return the reason; raise ReasonMissing when there is none."""
    if not reason.strip():
        raise ReasonMissing("请填写理由。")
    return reason.strip()


def require_person(unit: UnitOfWork, user_id: str) -> str:
    """Return the id of an active person; raise PersonUnknown."""
    if not is_active(unit.connection, user_id):
        raise PersonUnknown(f"没有用户“{user_id}”，或者该用户已停用。请重新选择。")
    return user_id


def is_active(connection: Connection, user_id: str | None) -> bool:
    """Return whether there is such a person who can still sign in."""
    return connection.execute(select(user.c.id).where(user.c.id == user_id, user.c.active)).first() is not None


def members(connection: Connection, groups: Iterable[str]) -> set[str]:
    """Return the active people who hold one of these roles."""
    query = (
        select(membership.c.user_id)
        .join(user, user.c.id == membership.c.user_id)
        .where(membership.c.group_name.in_(list(groups)), user.c.active)
    )
    return set(connection.execute(query).scalars())


def task_row(connection: Connection, key: int) -> Row | None:
    """Return a user task as it stands, whoever asks."""
    return connection.execute(select(user_task).where(user_task.c.key == key)).mappings().first()


def nothing_hangs_on(connection: Connection, key: int) -> bool:
    """Return whether a user task is as the diagram made it: no delegation, signers, held completion or rework.

    Asked first when one is completed, for that is how nearly all of them are: one look instead of five.
    """
    return not any(row["hangs"] for row in _HANGS.all(connection, {"key": key}))


def open_delegation(connection: Connection, key: int) -> Mapping[Any, Any] | None:
    """Return the delegation a user task is out on."""
    query = select(handover).where(
        handover.c.task_key == key, handover.c.kind == "DELEGATE", handover.c.state == "OPEN"
    )
    return connection.execute(query).mappings().first()


def held(connection: Connection, key: int) -> Mapping[Any, Any] | None:
    """Return the completion that waits for signers."""
    return connection.execute(select(held_completion).where(held_completion.c.task_key == key)).mappings().first()


def signers_left(connection: Connection, key: int) -> list[Mapping[Any, Any]]:
    """Return the signers of a user task who have not answered, in the order in which they were asked."""
    query = select(signer).where(signer.c.task_key == key, signer.c.state.in_(("OPEN", "WAITING")))
    return list(connection.execute(query.order_by(signer.c.key)).mappings())


def shown_task(row: Row, name: str, form_key: int | None = None) -> dict[str, Any]:
    """Return what bound user tasks show of the one they hang on."""
    return {
        "process_instance_key": row["process_instance_key"],
        "definition_key": row["definition_key"],
        "element_id": row["element_id"],
        "name": name,
        "form_key": form_key,
        "priority": row["priority"],
        "nature": row["nature"],
        "bound_to": row["key"],
    }


_KEY: BindParameter[int] = bindparam("key", type_=KEY)
_HANGS = PreparedQuery(
    select(
        or_(
            exists().where(handover.c.task_key == _KEY, handover.c.kind == "DELEGATE", handover.c.state == "OPEN"),
            exists().where(held_completion.c.task_key == _KEY),
            exists().where(signer.c.task_key == _KEY, or_(signer.c.state == "OPEN", signer.c.state == "WAITING")),
            exists().where(rework.c.task_key == _KEY),
            exists().where(
                user_task.c.bound_to == _KEY, user_task.c.binding == "REWORK", user_task.c.state == "CREATED"
            ),
        ).label("hangs")
    )
)
