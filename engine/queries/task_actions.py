"""What may be done with a user task now, and who else has to do with it: signers, delegates, rework, votes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, func, select

from engine.definitions.model import MultiInstance
from engine.definitions.repository import Definitions
from engine.feel import FeelError, compile_expression
from engine.queries import action_policy, names
from engine.queries.action_policy import Policy
from engine.queries.causality import causality_of
from engine.queries.user_tasks import Row
from engine.queries.variables import visible_variables
from engine.queries.viewer import Viewer
from engine.queries.withdrawing import obstacle_to_withdrawing
from engine.store.tables.actions import handover, held_completion, recorded_signature, rework, signer, urge
from engine.store.tables.runtime import element_instance, process_instance, user_task

OF_THE_HOLDER = (
    action_policy.RETURN,
    action_policy.TRANSFER,
    action_policy.DELEGATE,
    action_policy.SIGN_BEFORE,
    action_policy.SIGN_AFTER,
    action_policy.SIGN_PARALLEL,
    action_policy.ASSIST,
    action_policy.BATCH,
)
"""Actions of the one who has the user task, or may take it."""


def allowed_actions(
    connection: Connection, definitions: Definitions, viewer: Viewer, row: Row, basic: list[str]
) -> list[str]:
    """Return what the viewer may do with a user task now; ``basic`` is what holding it alone allows."""
    if row["suspended"]:
        return []
    policy = _policy(connection, definitions, row)
    if row["state"] == "COMPLETED":
        return _after_completion(connection, definitions, viewer, row)
    if row["state"] != "CREATED":
        return []
    actions = _of_the_holder(connection, definitions, viewer, row, basic, policy)
    allowed = _not_excluded(connection, definitions, row, policy)
    if action_policy.COPY in allowed and row["binding"] is None:
        actions.append("copy")
    if action_policy.URGE in allowed and row["assignee_id"] != viewer.id:
        actions.append("urge")
    if action_policy.RECORD in allowed and row["binding"] is None and _took_part(connection, viewer, row):
        actions.append("record")
    return actions


def involved(connection: Connection, definitions: Definitions, row: Row) -> dict[str, Any]:
    """Return who else has to do with a user task, and in which way."""
    key = row["key"]
    policy = _policy(connection, definitions, row)
    signers = _rows(connection, select(signer).where(signer.c.task_key == key).order_by(signer.c.at, signer.c.key))
    handovers = _rows(connection, select(handover).where(handover.c.task_key == key).order_by(handover.c.number))
    reworks = _rows(connection, select(rework).where(rework.c.task_key == key))
    signatures = _rows(connection, select(recorded_signature).where(recorded_signature.c.task_key == key))
    ids = [each[name] for each in signers for name in ("user_id", "requested_by")]
    ids += [each[name] for each in handovers for name in ("from_id", "to_id")]
    ids += [each["returned_by"] for each in reworks]
    ids += [each[name] for each in signatures for name in ("person_id", "recorded_by")]
    people = names.people(connection, ids)
    held = select(held_completion.c.at).where(held_completion.c.task_key == key)
    urged = select(func.count()).select_from(urge).where(urge.c.task_key == key)
    return {
        "binding": row["binding"],
        "bound_to": row["bound_to"],
        "held": connection.execute(held).first() is not None,
        "second_factor": policy.second_factor,
        "return_mode": policy.return_mode,
        "direct_allowed": policy.direct,
        "urged": connection.execute(urged).scalar_one(),
        "signers": [_signer(each, people) for each in signers],
        "handovers": [_handover(each, people) for each in handovers],
        "returned": next((_returned(each, people) for each in reworks), None),
        "recorded": next((_recorded(each, people) for each in signatures), None),
        "votes": votes(connection, definitions, row),
    }


def votes(connection: Connection, definitions: Definitions, row: Row) -> dict[str, Any] | None:
    """Return how far a multi-instance is: how many of how many are done, with which outcomes; None outside one."""
    own = connection.execute(select(element_instance).where(element_instance.c.key == row["key"])).mappings().first()
    node = definitions.model(connection, row["definition_key"]).node(row["element_id"])
    if own is None or node is None or node.multi_instance is None or own["scope_key"] is None:
        return None
    query = (
        select(user_task.c.state, user_task.c.outcome, func.count().label("number"))
        .join(element_instance, element_instance.c.key == user_task.c.key)
        .where(element_instance.c.scope_key == own["scope_key"])
        .group_by(user_task.c.state, user_task.c.outcome)
    )
    rows = connection.execute(query).all()
    done = sum(each.number for each in rows if each.state == "COMPLETED")
    outcomes = {each.outcome: each.number for each in rows if each.state == "COMPLETED" and each.outcome}
    created = sum(each.number for each in rows)
    total = _planned(connection, node.multi_instance, own["scope_key"]) or created
    return {"done": done, "total": max(total, created), "outcomes": outcomes}


def _planned(connection: Connection, loop: MultiInstance, body_key: int) -> int | None:
    """How many instances there will be, by the collection or the number that the diagram names."""
    source = loop.input_collection or loop.loop_cardinality
    if source is None:
        return None
    try:
        value = compile_expression(source.source).evaluate(visible_variables(connection, body_key))
    except FeelError:
        return None  # The collection may be gone by now; what was created is counted instead.
    if isinstance(value, list):
        return len(value)
    return int(value) if isinstance(value, int) or hasattr(value, "to_integral_value") else None


def _of_the_holder(
    connection: Connection, definitions: Definitions, viewer: Viewer, row: Row, basic: list[str], policy: Policy
) -> list[str]:
    if row["binding"] is not None:
        return [action for action in basic if action == "complete" or row["binding"] == "REWORK"]
    delegated = _open_delegation(connection, row["key"])
    if delegated is not None and delegated["from_id"] == viewer.id:
        return ["recall-delegation"]
    if delegated is not None:
        return [action for action in basic if action != "unclaim"]
    if not basic:
        return []
    left = _rows(
        connection,
        select(signer).where(signer.c.task_key == row["key"], signer.c.state.in_(("OPEN", "WAITING"))),
    )
    removing = ["remove-signer"] if left else []
    if connection.execute(select(held_completion.c.at).where(held_completion.c.task_key == row["key"])).first():
        return removing
    waits = any(each["kind"] == "BEFORE" for each in left) or _mended(connection, row["key"])
    actions = [action for action in basic if not (waits and action == "complete")]
    if _mended(connection, row["key"]):
        return actions
    allowed = _not_excluded(connection, definitions, row, policy)
    if policy.escalates and viewer.id == _initiator(connection, row["root_key"]):
        actions = [action for action in actions if action != "complete"]
    return actions + [name.replace(".", "-") for name in OF_THE_HOLDER if name in allowed] + removing


def _not_excluded(connection: Connection, definitions: Definitions, row: Row, policy: Policy) -> set[str]:
    marks = action_policy.marks_of(connection, definitions, row["root_key"])
    return {
        action
        for action in policy.allowed
        if action_policy.excluded(connection, definitions, action, policy.nature, marks) is None
    }


def _after_completion(connection: Connection, definitions: Definitions, viewer: Viewer, row: Row) -> list[str]:
    state = select(process_instance.c.state).where(process_instance.c.key == row["root_key"])
    if row["completed_by"] != viewer.id or connection.execute(state).scalar() != "ACTIVE":
        return []
    causality = causality_of(connection, definitions, row["root_key"])
    obstacle = obstacle_to_withdrawing(connection, definitions, viewer.id, row, causality)
    return ["withdraw"] if obstacle is None else []


def _policy(connection: Connection, definitions: Definitions, row: Row) -> Policy:
    model = definitions.model(connection, row["definition_key"])
    return action_policy.policy_of(model, model.node(row["element_id"]))


def _open_delegation(connection: Connection, key: int) -> Row | None:
    query = select(handover).where(handover.c.task_key == key, handover.c.state == "OPEN")
    return connection.execute(query).mappings().first()


def _mended(connection: Connection, key: int) -> bool:
    query = select(user_task.c.key).where(
        user_task.c.bound_to == key, user_task.c.binding == "REWORK", user_task.c.state == "CREATED"
    )
    return connection.execute(query).first() is not None


def _initiator(connection: Connection, root_key: int) -> str | None:
    return connection.execute(
        select(process_instance.c.initiator_id).where(process_instance.c.key == root_key)
    ).scalar()


def _took_part(connection: Connection, viewer: Viewer, row: Row) -> bool:
    if row["assignee_id"] == viewer.id:
        return False
    acted = select(user_task.c.key).where(
        user_task.c.root_key == row["root_key"], user_task.c.completed_by == viewer.id
    )
    return _initiator(connection, row["root_key"]) == viewer.id or connection.execute(acted).first() is not None


def _rows(connection: Connection, query: Any) -> list[Mapping[Any, Any]]:
    return list(connection.execute(query).mappings())


def _signer(row: Row, people: Mapping[str, names.Named]) -> dict[str, Any]:
    return {
        "key": row["key"],
        "user": people.get(row["user_id"]),
        "kind": row["kind"],
        "requested_by": people.get(row["requested_by"]),
        "reason": row["reason"],
        "state": row["state"],
        "outcome": row["outcome"],
        "opinion": row["opinion"],
        "ended_at": row["ended_at"],
    }


def _handover(row: Row, people: Mapping[str, names.Named]) -> dict[str, Any]:
    return {
        "kind": row["kind"],
        "from_user": people.get(row["from_id"]),
        "to_user": people.get(row["to_id"]),
        "reason": row["reason"],
        "state": row["state"],
        "variables": row["variables"],
        "opinion": row["opinion"],
        "at": row["at"],
    }


def _returned(row: Row, people: Mapping[str, names.Named]) -> dict[str, Any]:
    return {
        "by": people.get(row["returned_by"]),
        "reason": row["reason"],
        "direct": row["back_to"] is not None,
        "at": row["at"],
    }


def _recorded(row: Row, people: Mapping[str, names.Named]) -> dict[str, Any]:
    return {
        "person": people.get(row["person_id"]),
        "recorded_by": people.get(row["recorded_by"]),
        "evidence_kind": row["evidence_kind"],
        "evidence": row["evidence"],
        "document_id": row["document_id"],
        "state": row["state"],
        "note": row["note"],
    }
