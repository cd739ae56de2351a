"""A second proof of identity (GB/T 22239-2019, 身份鉴别 d): set up, confirmed, checked, taken away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from engine.commands.handlers import Answer, handles
from engine.commands.totp import matching_step
from engine.commands.unit import UnitOfWork
from engine.errors import BanjieError, Conflict, Forbidden, NotFound
from engine.history.action_events import (
    SecondFactorConfirmed,
    SecondFactorEnrolled,
    SecondFactorFailed,
    SecondFactorRemoved,
)
from engine.store.tables.actions import second_factor

ALLOWED_FAILURES = 5
LOCKED_FOR = timedelta(minutes=15)
METHOD = "totp"


class SecondFactorMissing(Forbidden):
    """The user task asks for a second factor, and no code was given."""

    code = "identity.second-factor-missing"


class SecondFactorNotEnrolled(Forbidden):
    """The actor has set up no second factor."""

    code = "identity.second-factor-not-enrolled"


class SecondFactorRefused(Forbidden):
    """The code is wrong, or was used before."""

    code = "identity.second-factor-refused"


class SecondFactorLocked(Forbidden):
    """Too many wrong codes: locked for a while."""

    code = "identity.second-factor-locked"


class SecondFactorPresent(Conflict):
    """There is a confirmed second factor already; it has to be taken away first."""

    code = "identity.second-factor-present"


class SecondFactorUnknown(NotFound):
    """There is no second factor to confirm or take away."""

    code = "identity.second-factor-unknown"


class AlgorithmUnknown(BanjieError):
    """Only SHA1 and SM3 are offered."""

    code = "identity.second-factor-algorithm"


@dataclass(frozen=True, slots=True)
class EnrolSecondFactor:
    """Keep a secret for the actor, made outside so that no answer is stored with it."""

    secret: str
    algorithm: str = "SHA1"


@dataclass(frozen=True, slots=True)
class ConfirmSecondFactor:
    """Show by a first code that the actor's device has the secret."""

    code: str


@dataclass(frozen=True, slots=True)
class RemoveSecondFactor:
    """Take the actor's own second factor away, with a code; a lost one is taken away by the security administrator."""

    code: str | None = None


@dataclass(frozen=True, slots=True)
class CountSecondFactorFailure:
    """Note a wrong code of the actor; the fifth in a row locks the factor for a while."""


@handles(EnrolSecondFactor)
def enrol(command: EnrolSecondFactor, unit: UnitOfWork) -> Answer:
    """Enrol; what was not confirmed is replaced. Raises SecondFactorPresent, AlgorithmUnknown."""
    if command.algorithm not in ("SHA1", "SM3"):
        raise AlgorithmUnknown("二次验证只支持 SHA1 与 SM3。")
    found = _row(unit.connection, unit.actor.id)
    if found is not None and found["confirmed"]:
        raise SecondFactorPresent("您已启用二次验证；更换设备请先停用。")
    unit.connection.execute(delete(second_factor).where(second_factor.c.user_id == unit.actor.id))
    unit.connection.execute(
        insert(second_factor),
        {
            "user_id": unit.actor.id,
            "method": METHOD,
            "algorithm": command.algorithm,
            "secret": unit.vault.seal(command.secret, unit.actor.id),
            "confirmed": False,
            "last_step": 0,
            "failures": 0,
            "locked_until": None,
            "enrolled_at": unit.now,
        },
    )
    unit.log(SecondFactorEnrolled(user_id=unit.actor.id, method=METHOD))
    return {}


@handles(ConfirmSecondFactor)
def confirm(command: ConfirmSecondFactor, unit: UnitOfWork) -> Answer:
    """Confirm. Raises SecondFactorUnknown, SecondFactorLocked, SecondFactorRefused."""
    row = _row(unit.connection, unit.actor.id)
    if row is None or row["confirmed"]:
        raise SecondFactorUnknown("没有等待确认的二次验证，请先设置。")
    check_code(unit, row, command.code)
    unit.connection.execute(
        update(second_factor).where(second_factor.c.user_id == unit.actor.id).values(confirmed=True)
    )
    unit.log(SecondFactorConfirmed(user_id=unit.actor.id))
    return {}


@handles(RemoveSecondFactor)
def remove(command: RemoveSecondFactor, unit: UnitOfWork) -> Answer:
    """Remove. Raises SecondFactorUnknown, SecondFactorRefused, SecondFactorLocked."""
    row = _row(unit.connection, unit.actor.id)
    if row is None:
        raise SecondFactorUnknown("您没有启用二次验证。")
    if row["confirmed"]:
        check_code(unit, row, command.code or "")
    unit.connection.execute(delete(second_factor).where(second_factor.c.user_id == unit.actor.id))
    unit.log(SecondFactorRemoved(user_id=unit.actor.id))
    return {}


@handles(CountSecondFactorFailure)
def count_failure(command: CountSecondFactorFailure, unit: UnitOfWork) -> Answer:
    """Count, and lock at the limit; who has no second factor has nothing to count."""
    row = _row(unit.connection, unit.actor.id)
    if row is None:
        return {}
    failures = row["failures"] + 1
    locked = failures >= ALLOWED_FAILURES
    unit.connection.execute(
        update(second_factor)
        .where(second_factor.c.user_id == unit.actor.id)
        .values(failures=0 if locked else failures, locked_until=unit.now + LOCKED_FOR if locked else None)
    )
    unit.log(SecondFactorFailed(user_id=unit.actor.id, locked=locked))
    return {}


def verify_second_factor(unit: UnitOfWork, code: str | None) -> None:
    """Accept a code of the actor's once. Raises SecondFactorMissing, SecondFactorNotEnrolled, SecondFactorLocked,
    SecondFactorRefused."""
    row = _row(unit.connection, unit.actor.id)
    if row is None or not row["confirmed"]:
        raise SecondFactorNotEnrolled("此环节须二次验证。请先在“个人设置”中启用动态口令。")
    if not code:
        raise SecondFactorMissing("此环节须二次验证，请输入动态口令。")
    check_code(unit, row, code)


def check_code(unit: UnitOfWork, row: Mapping[Any, Any], code: str) -> None:
    """Accept a code of somebody's second factor once. Raises SecondFactorLocked, SecondFactorRefused, SealBroken."""
    if row["locked_until"] is not None and row["locked_until"] > unit.now:
        raise SecondFactorLocked("动态口令错误次数过多，已暂时锁定，请稍后再试。")
    secret = unit.vault.open(row["secret"], row["user_id"])
    step = matching_step(secret, code, unit.now, row["last_step"], row["algorithm"])
    if step is None:
        raise SecondFactorRefused("动态口令不正确或已使用过，请输入新的口令。")
    unit.connection.execute(
        update(second_factor)
        .where(second_factor.c.user_id == row["user_id"])
        .values(last_step=step, failures=0, locked_until=None)
    )


def has_second_factor(connection: Connection, user_id: str) -> bool:
    """Return whether somebody has set up and confirmed a second factor."""
    row = _row(connection, user_id)
    return row is not None and bool(row["confirmed"])


def _row(connection: Connection, user_id: str) -> Mapping[Any, Any] | None:
    return connection.execute(select(second_factor).where(second_factor.c.user_id == user_id)).mappings().first()
