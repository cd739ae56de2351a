"""Who is behind a cookie or a token."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update

from engine.commands.actor import Actor
from engine.commands.bus import CommandBus
from engine.commands.handlers import Answer, handles
from engine.commands.unit import UnitOfWork
from engine.identity.errors import SessionOver
from engine.identity.people import load_actor
from engine.identity.secrets import digest_of
from engine.identity.sign_in import NOBODY, session_is_live
from engine.queries.settings import Policy, policy_of
from engine.store.database import reading
from engine.store.tables.identity import api_token, session, user

SEEN_STEP = timedelta(minutes=1)
"""How exactly the last use is kept: writing it at each request would make every read a write."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """An actor and what its browser must send with every change."""

    actor: Actor
    csrf_token: str | None
    must_change_password: bool = False
    """Whether nothing else may be done before the password is changed: it is another's, or too old."""


@dataclass(frozen=True, slots=True)
class NoteUse:
    """Keep that a session was used just now."""

    digest: str


def by_session(bus: CommandBus, secret: str) -> SignedIn:
    """Return who holds the session cookie; raise SessionOver."""
    digest, now = digest_of(secret), bus.clock.now()
    with reading(bus.engine) as connection:
        policy = policy_of(connection)
        row = connection.execute(select(session).where(session.c.digest == digest)).first()
        if row is None or not session_is_live(row.expires_at, row.seen_at, now, policy):
            raise SessionOver("登录已失效，请重新登录。")
        person = connection.execute(select(user).where(user.c.id == row.user_id)).mappings().one()
        found = SignedIn(load_actor(connection, row.user_id, now), row.csrf_token, password_is_due(person, now, policy))
    if now - row.seen_at >= SEEN_STEP:
        bus.execute(NoteUse(digest), NOBODY)
    return found


def by_token(bus: CommandBus, secret: str) -> SignedIn:
    """Return who holds the API token; raise SessionOver."""
    with reading(bus.engine) as connection:
        row = connection.execute(select(api_token).where(api_token.c.digest == digest_of(secret))).first()
        if row is None or (row.expires_at is not None and row.expires_at <= bus.clock.now()):
            raise SessionOver("访问令牌无效或已过期，请重新申请。")
        return SignedIn(load_actor(connection, row.user_id, bus.clock.now()), None)


def password_is_due(row: Mapping[Any, Any], now: datetime, policy: Policy) -> bool:
    """Return whether a user must change the password: at the first sign-in, and when it has expired."""
    if not policy.flag("password.force-change") or row["password_hash"] is None:
        return False
    days = policy.whole("password.expiry-days")
    since = row["password_changed_at"] or row["created_at"]
    return bool(row["must_change_password"]) or (days > 0 and now - since >= timedelta(days=days))


@handles(NoteUse)
def note_use(command: NoteUse, unit: UnitOfWork) -> Answer:
    """Keep the moment."""
    unit.connection.execute(update(session).where(session.c.digest == command.digest).values(seen_at=unit.now))
    return {}
