"""Signing in. The slow part, checking the password, happens outside any transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select, update

from engine.commands.actor import Actor
from engine.commands.bus import CommandBus
from engine.commands.handlers import Answer, handles
from engine.commands.unit import UnitOfWork
from engine.history.events import SignInFailed, UserSignedIn, UserSignedOut
from engine.identity.errors import AccountLocked, SignInRefused
from engine.identity.passwords import verify_password
from engine.identity.people import find_by_username
from engine.identity.secrets import digest_of, new_secret
from engine.queries.settings import Policy, policy_of
from engine.store.database import reading
from engine.store.tables.identity import session, user

NOBODY = Actor("system:nobody", "未登录")


@dataclass(frozen=True, slots=True)
class Session:
    """A session as given to the one who signed in. ``secret`` goes into the cookie and is kept nowhere."""

    secret: str
    csrf_token: str
    user_id: str


@dataclass(frozen=True, slots=True)
class OpenSession:
    """Begin a session for a user whose password was right."""

    user_id: str
    digest: str
    csrf_token: str


@dataclass(frozen=True, slots=True)
class CountFailure:
    """Note a wrong password; one too many in a row locks the account for a while."""

    user_id: str


@dataclass(frozen=True, slots=True)
class CloseSession:
    """End a session."""

    digest: str


def sign_in(bus: CommandBus, username: str, password: str) -> Session:
    """Return a new session. Raises SignInRefused (not saying what is wrong) or AccountLocked."""
    now = bus.clock.now()
    with reading(bus.engine) as connection:
        row = find_by_username(connection, username)
    if row is not None and row["locked_until"] is not None and row["locked_until"] > now:
        raise _locked(row["locked_until"] - now)
    if not verify_password(None if row is None else row["password_hash"], password) or row is None:
        if row is not None:
            bus.execute(CountFailure(row["id"]), NOBODY)
        raise SignInRefused("用户名或密码不正确，请重新输入。")
    found = Session(new_secret(), new_secret(), row["id"])
    bus.execute(OpenSession(row["id"], digest_of(found.secret), found.csrf_token), NOBODY)
    return found


@handles(OpenSession)
def open_session(command: OpenSession, unit: UnitOfWork) -> Answer:
    """Write the session, clear the count of failures, drop sessions that are over. Raises AccountLocked."""
    connection, now = unit.connection, unit.now
    query = select(user.c.locked_until).where(user.c.id == command.user_id).with_for_update()
    locked_until = connection.execute(query).scalar()
    if locked_until is not None and locked_until > now:
        # Others' guesses have locked the account since the password was looked at.
        raise _locked(locked_until - now)
    connection.execute(delete(session).where(session.c.expires_at < now))
    connection.execute(
        insert(session),
        {
            "digest": command.digest,
            "user_id": command.user_id,
            "csrf_token": command.csrf_token,
            "created_at": now,
            "seen_at": now,
            "expires_at": now + timedelta(hours=policy_of(connection).whole("session.lifetime-hours")),
        },
    )
    connection.execute(update(user).where(user.c.id == command.user_id).values(failed_sign_ins=0, locked_until=None))
    unit.log(UserSignedIn(user_id=command.user_id))
    return {}


@handles(CountFailure)
def count_failure(command: CountFailure, unit: UnitOfWork) -> Answer:
    """Count, and lock at the limit."""
    # Counted one after the other: several guesses at once are several failures.
    query = select(user.c.failed_sign_ins).where(user.c.id == command.user_id).with_for_update()
    failures = unit.connection.execute(query).scalar_one() + 1
    policy = policy_of(unit.connection)
    locked = failures >= policy.whole("sign-in.failures")
    locked_for = timedelta(minutes=policy.whole("sign-in.lock-minutes"))
    unit.connection.execute(
        update(user)
        .where(user.c.id == command.user_id)
        .values(
            failed_sign_ins=0 if locked else failures,
            locked_until=unit.now + locked_for if locked else None,
        )
    )
    unit.log(SignInFailed(user_id=command.user_id, locked=locked))
    return {}


@handles(CloseSession)
def close_session(command: CloseSession, unit: UnitOfWork) -> Answer:
    """End the session; one that is over already stays over."""
    query = select(session.c.user_id).where(session.c.digest == command.digest)
    user_id = unit.connection.execute(query).scalar()
    if user_id is not None:
        unit.connection.execute(delete(session).where(session.c.digest == command.digest))
        unit.log(UserSignedOut(user_id=user_id))
    return {}


def session_is_live(expires_at: datetime, seen_at: datetime, now: datetime, policy: Policy) -> bool:
    """Return whether a session has neither expired nor been idle too long (GB/T 22239-2019, 身份鉴别 b)."""
    return now < expires_at and now - seen_at < timedelta(minutes=policy.whole("session.idle-minutes"))


def _locked(left: timedelta) -> AccountLocked:
    minutes = int(left.total_seconds() // 60) + 1
    return AccountLocked(f"密码错误次数过多，账号已锁定，请在 {minutes} 分钟后重试。")
