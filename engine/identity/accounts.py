"""Commands on accounts: create users, change passwords, issue and withdraw API tokens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import delete, insert, select, update

from engine.commands.actor import Actor
from engine.commands.administration import require_administrator
from engine.commands.bus import CommandBus
from engine.commands.handlers import Answer, handles
from engine.commands.unit import UnitOfWork
from engine.errors import NotFound
from engine.history.events import ApiTokenIssued, ApiTokenWithdrawn, PasswordChanged, UserCreated
from engine.identity.errors import SignInRefused, UserNameTaken, UserUnknown
from engine.identity.passwords import check_policy, hash_password, verify_password
from engine.identity.secrets import digest_of, new_secret
from engine.store.database import reading
from engine.store.keys import draw_key
from engine.store.tables.identity import api_token, membership, session, user


@dataclass(frozen=True, slots=True)
class CreateUser:
    """Create a user. ``password_hash`` comes from ``hash_password``; without one nobody can sign in as this user."""

    username: str
    name: str
    department: str | None = None
    groups: Sequence[str] = field(default_factory=tuple)
    password_hash: str | None = None
    must_change_password: bool = True


@dataclass(frozen=True, slots=True)
class ChangePassword:
    """Keep a new password; every other session of the user ends."""

    user_id: str
    password_hash: str
    kept_session: str | None = None


@dataclass(frozen=True, slots=True)
class IssueApiToken:
    """Keep the digest of a new token."""

    name: str
    digest: str
    expires_in_days: int | None = None


@dataclass(frozen=True, slots=True)
class WithdrawApiToken:
    """Make one's own token useless."""

    id: int


def change_password(bus: CommandBus, actor: Actor, current: str, new: str, kept_session: str | None) -> None:
    """Change one's own password. Raises SignInRefused for a wrong current one, PasswordTooWeak."""
    with reading(bus.engine) as connection:
        row = connection.execute(select(user).where(user.c.id == actor.id)).one()
    if not verify_password(row.password_hash, current):
        raise SignInRefused("当前密码不正确，请重新输入。")
    check_policy(new, username=row.username)
    bus.execute(ChangePassword(actor.id, hash_password(new), kept_session), actor)


def issue_api_token(bus: CommandBus, actor: Actor, name: str, expires_in_days: int | None) -> tuple[int, str]:
    """Return the id and the secret of a new token for the actor; the secret is shown this once."""
    secret = new_secret()
    answer = bus.execute(IssueApiToken(name, digest_of(secret), expires_in_days), actor)
    return answer["id"], secret


@handles(CreateUser)
def create_user(command: CreateUser, unit: UnitOfWork) -> Answer:
    """Create. Raises AdministratorOnly, UserNameTaken."""
    require_administrator(unit.actor)
    connection = unit.connection
    if connection.execute(select(user.c.id).where(user.c.username == command.username)).first() is not None:
        raise UserNameTaken(f"用户名 {command.username} 已被使用，请换一个。")
    connection.execute(
        insert(user),
        {
            "id": command.username,
            "username": command.username,
            "name": command.name,
            "email": None,
            "department_id": command.department,
            "password_hash": command.password_hash,
            "must_change_password": command.must_change_password,
            "active": True,
            "failed_sign_ins": 0,
            "locked_until": None,
            "created_at": unit.now,
            "password_changed_at": unit.now if command.password_hash else None,
        },
    )
    for name in dict.fromkeys(command.groups):
        connection.execute(insert(membership), {"user_id": command.username, "group_name": name})
    unit.log(
        UserCreated(
            user_id=command.username,
            name=command.name,
            department=command.department,
            groups=list(command.groups),
        )
    )
    return {"id": command.username}


@handles(ChangePassword)
def keep_password(command: ChangePassword, unit: UnitOfWork) -> Answer:
    """Keep the hash. One's own, or an administrator's doing. Raises AdministratorOnly, UserUnknown."""
    own = unit.actor.id == command.user_id
    if not own:
        require_administrator(unit.actor)
    changed = unit.connection.execute(
        update(user)
        .where(user.c.id == command.user_id)
        .values(
            password_hash=command.password_hash,
            must_change_password=not own,
            password_changed_at=unit.now,
            failed_sign_ins=0,
            locked_until=None,
        )
    )
    if changed.rowcount != 1:
        raise UserUnknown(f"没有用户 {command.user_id}。")
    others = delete(session).where(session.c.user_id == command.user_id)
    if command.kept_session is not None:
        others = others.where(session.c.digest != command.kept_session)
    unit.connection.execute(others)
    unit.log(PasswordChanged(user_id=command.user_id))
    return {}


@handles(IssueApiToken)
def keep_api_token(command: IssueApiToken, unit: UnitOfWork) -> Answer:
    """Keep the token's digest for the actor; a name used before is taken over."""
    days = command.expires_in_days
    key = draw_key(unit.connection)
    unit.connection.execute(
        delete(api_token).where(api_token.c.user_id == unit.actor.id, api_token.c.name == command.name)
    )
    unit.connection.execute(
        insert(api_token),
        {
            "id": key,
            "user_id": unit.actor.id,
            "name": command.name,
            "digest": command.digest,
            "created_at": unit.now,
            "expires_at": None if days is None else unit.now + timedelta(days=days),
            "used_at": None,
        },
    )
    unit.log(ApiTokenIssued(token_id=key, name=command.name))
    return {"id": key}


@handles(WithdrawApiToken)
def withdraw_api_token(command: WithdrawApiToken, unit: UnitOfWork) -> Answer:
    """Withdraw. Raises NotFound unless the token is the actor's."""
    gone = unit.connection.execute(
        delete(api_token).where(api_token.c.id == command.id, api_token.c.user_id == unit.actor.id)
    )
    if gone.rowcount != 1:
        raise NotFound("没有这个访问令牌。")
    unit.log(ApiTokenWithdrawn(token_id=command.id))
    return {}
