"""Substitution during absence (离岗委托): for a period, in all procedures or in some."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from engine.commands.actor import Actor
from engine.commands.administration import require_administrator
from engine.commands.handlers import Answer, handles
from engine.commands.unit import UnitOfWork
from engine.errors import Conflict, InvalidInput, NotFound
from engine.history.event import moment_text
from engine.history.people_events import SubstitutionGranted, SubstitutionWithdrawn
from engine.identity.errors import UserUnknown
from engine.identity.roles import HEAD
from engine.notices import Kind, notify
from engine.store.keys import draw_key
from engine.store.tables.identity import user
from engine.store.tables.people import substitution
from engine.store.tables.repository import process_definition


class SubstitutionInvalid(InvalidInput):
    """Period, person or procedures of a substitution are not as they should be."""

    code = "identity.substitution-invalid"


class SubstitutionOverlaps(Conflict):
    """Somebody else stands in for the same person in the same period and procedure already."""

    code = "identity.substitution-overlaps"


class SubstitutionUnknown(NotFound):
    """There is no such substitution, or it is over, or the actor has nothing to do with it."""

    code = "identity.substitution-unknown"


@dataclass(frozen=True, slots=True)
class GrantSubstitution:
    """Let ``substitute_id`` see and do the principal's user tasks from ``starts_at`` until ``ends_at``.

    ``principal_id`` None means the actor. ``process_ids`` None means in all procedures.
    """

    substitute_id: str
    starts_at: datetime
    ends_at: datetime
    reason: str
    process_ids: Sequence[str] | None = None
    principal_id: str | None = None


@dataclass(frozen=True, slots=True)
class WithdrawSubstitution:
    """End the substitution ``key`` before its time."""

    key: int


@handles(GrantSubstitution)
def grant(command: GrantSubstitution, unit: UnitOfWork) -> Answer:
    """Grant one's own absence, or as head or administrator another's; both are told.

    Raises AdministratorOnly, UserUnknown, SubstitutionInvalid, SubstitutionOverlaps.
    """
    principal_id = command.principal_id or unit.actor.id
    _require_entitled(unit, principal_id)
    _check(unit, command, principal_id)
    key = draw_key(unit.connection)
    unit.log(
        SubstitutionGranted(
            key=key,
            principal_id=principal_id,
            substitute_id=command.substitute_id,
            starts_at=moment_text(command.starts_at),
            ends_at=moment_text(command.ends_at),
            process_ids=None if command.process_ids is None else list(command.process_ids),
            reason=command.reason,
        )
    )
    told = {principal_id, command.substitute_id} - {unit.actor.id}
    notify(unit, Kind.SUBSTITUTION, told)
    return {"key": key}


@handles(WithdrawSubstitution)
def withdraw(command: WithdrawSubstitution, unit: UnitOfWork) -> Answer:
    """Withdraw. Raises SubstitutionUnknown."""
    query = select(substitution).where(substitution.c.key == command.key)
    row = unit.connection.execute(query).first()
    if row is None or row.withdrawn_at is not None or row.ends_at <= unit.now:
        raise SubstitutionUnknown("没有这项委托，或者已经结束。")
    if unit.actor.id != row.substitute_id:
        _require_entitled(unit, row.principal_id)
    unit.log(SubstitutionWithdrawn(key=command.key))
    notify(unit, Kind.SUBSTITUTION, {row.principal_id, row.substitute_id} - {unit.actor.id})
    return {"key": command.key}


def _require_entitled(unit: UnitOfWork, principal_id: str) -> None:
    if unit.actor.id == principal_id or _is_head_of(unit, unit.actor, principal_id):
        return
    require_administrator(unit.actor)


def _is_head_of(unit: UnitOfWork, actor: Actor, user_id: str) -> bool:
    place = unit.connection.execute(select(user.c.department_id).where(user.c.id == user_id)).scalar()
    return place is not None and f"{HEAD}@{place}" in actor.groups


def _check(unit: UnitOfWork, command: GrantSubstitution, principal_id: str) -> None:
    connection = unit.connection
    wanted = {principal_id, command.substitute_id}
    active = set(connection.execute(select(user.c.id).where(user.c.id.in_(wanted), user.c.active)).scalars())
    if wanted - active:
        raise UserUnknown(f"没有在用的用户 {'、'.join(sorted(wanted - active))}。")
    problems: dict[str, list[str]] = {}
    if principal_id == command.substitute_id:
        problems["substitute"] = ["不能委托给本人。"]
    if command.ends_at <= command.starts_at:
        problems["endsAt"] = ["结束时间应晚于开始时间。"]
    elif command.ends_at <= unit.now:
        problems["endsAt"] = ["结束时间已过。"]
    if command.process_ids is not None:
        known = select(process_definition.c.process_id).where(
            process_definition.c.process_id.in_(list(command.process_ids))
        )
        missing = set(command.process_ids) - set(connection.execute(known).scalars())
        if missing or not command.process_ids:
            problems["procedures"] = [f"没有流程 {'、'.join(sorted(missing))}。" if missing else "请至少选一个流程。"]
    if problems:
        raise SubstitutionInvalid("委托有误，请按提示改正。", details={"fields": problems})
    _refuse_overlap(unit, command, principal_id)


def _refuse_overlap(unit: UnitOfWork, command: GrantSubstitution, principal_id: str) -> None:
    """Two substitutes for one matter would not know who is to act."""
    columns = substitution.c
    query = select(columns.process_ids).where(
        columns.principal_id == principal_id,
        columns.withdrawn_at.is_(None),
        columns.starts_at < command.ends_at,
        columns.ends_at > command.starts_at,
        columns.ends_at > unit.now,
    )
    for process_ids in unit.connection.execute(query).scalars():
        both = process_ids is None or command.process_ids is None or set(process_ids) & set(command.process_ids)
        if both:
            raise SubstitutionOverlaps("这段时间的同一流程已有委托，请先撤销原委托或改期。")
