"""User name and password with every request (RFC 7617), for programs that can do no better."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update

from engine.commands.bus import CommandBus
from engine.commands.handlers import Answer, handles
from engine.commands.unit import UnitOfWork
from engine.history.events import UserSignedIn
from engine.identity.errors import AccountLocked, SignInRefused
from engine.identity.passwords import verify_password
from engine.identity.people import find_by_username, load_actor
from engine.identity.sessions import SignedIn, password_is_due
from engine.identity.sign_in import NOBODY, CountFailure
from engine.queries.settings import policy_of
from engine.store.database import reading
from engine.store.tables.identity import user

REMEMBERED_FOR = timedelta(minutes=5)
"""How long a password once checked is known again: checking it anew takes a tenth of a second and 64 MB."""
REMEMBERED = 1000
LOCKED = "密码错误次数过多，账号已锁定，请稍后重试。"


@dataclass(frozen=True, slots=True)
class NoteSignIn:
    """Keep that a user's password was checked and right."""

    user_id: str


class Memory:
    """The passwords checked lately, as keyed digests; the key is this process' own and is kept nowhere."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)
        self._until: OrderedDict[bytes, datetime] = OrderedDict()
        self._lock = threading.Lock()

    def knows(self, password: str, kept: str, now: datetime) -> bool:
        """Return whether ``password`` was found lately to be the one whose hash is ``kept``."""
        with self._lock:
            until = self._until.get(self._digest(password, kept))
        return until is not None and now < until

    def note(self, password: str, kept: str, now: datetime) -> None:
        """Remember for a while that it is."""
        with self._lock:
            self._until[self._digest(password, kept)] = now + REMEMBERED_FOR
            while len(self._until) > REMEMBERED:
                self._until.popitem(last=False)

    def _digest(self, password: str, kept: str) -> bytes:
        content = len(kept).to_bytes(4) + kept.encode() + password.encode(errors="surrogatepass")
        return hmac.digest(self._key, content, hashlib.sha256)


def by_password(bus: CommandBus, username: str, password: str, memory: Memory) -> SignedIn:
    """Return who has this user name and password. Raises SignInRefused, AccountLocked."""
    now = bus.clock.now()
    with reading(bus.engine) as connection:
        row = find_by_username(connection, username)
    if row is not None and row["locked_until"] is not None and row["locked_until"] > now:
        raise AccountLocked(LOCKED)
    kept = None if row is None else row["password_hash"]
    if row is None or kept is None or not memory.knows(password, kept, now):
        if not verify_password(kept, password) or row is None or kept is None:
            if row is not None:
                bus.execute(CountFailure(row["id"]), NOBODY)
            raise SignInRefused("用户名或密码不正确。")
        bus.execute(NoteSignIn(row["id"]), NOBODY)
        memory.note(password, kept, now)
    with reading(bus.engine) as connection:
        due = password_is_due(row, now, policy_of(connection))
        return SignedIn(load_actor(connection, row["id"], now), None, due)


@handles(NoteSignIn)
def note_sign_in(command: NoteSignIn, unit: UnitOfWork) -> Answer:
    """Clear the count of failures and write it to the log. Raises AccountLocked."""
    query = select(user.c.locked_until).where(user.c.id == command.user_id).with_for_update()
    locked_until = unit.connection.execute(query).scalar()
    if locked_until is not None and locked_until > unit.now:
        # Others' guesses have locked the account since the password was looked at.
        raise AccountLocked(LOCKED)
    unit.connection.execute(
        update(user).where(user.c.id == command.user_id).values(failed_sign_ins=0, locked_until=None)
    )
    unit.log(UserSignedIn(user_id=command.user_id))
    return {}
