"""Commands on accounts: create users, change passwords, issue and withdraw API tokens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import Connection, delete, func, insert, select, update

from engine.commands.actor import Actor
from engine.commands.administration import require_administrator
from engine.commands.bus import CommandBus
from engine.commands.handlers import Answer, handles
from engine.commands.unit import UnitOfWork
from engine.errors import NotFound
from engine.history.events import ApiTokenIssued, ApiTokenWithdrawn, PasswordChanged, UserCreated
from engine.identity.errors import SignInRefused, UserNameTaken, UserUnknown
from engine.identity.passwords import check_policy, hash_password, too_weak, verify_password
from engine.identity.roles import EXCLUSIVE, require_compatible, require_security
from engine.identity.secrets import digest_of, new_secret
from engine.queries.settings import SETTINGS, policy_of
from engine.store.database import reading
from engine.store.keys import draw_key
from engine.store.tables.identity import api_token, membership, session, user
from engine.store.tables.people import old_password


@dataclass(frozen=True, slots=True)
class CreateUser:
    """Create a user. ``password_hash`` comes from ``hash_password``; without one nobody can sign in as this user."""

    username: str
    name: str
    department: str | None = None
    groups: Sequence[str] = field(default_factory=tuple)
    password_hash: str | None = None
    must_change_password: bool = True
    email: str | None = None
    kind: str = "staff"
    post: str | None = None


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
        policy = policy_of(connection)
        kept = old_passwords(connection, actor.id, policy.whole("password.history"))
    if not verify_password(row.password_hash, current):
        raise SignInRefused("当前密码不正确，请重新输入。")
    check_policy(new, username=row.username, policy=policy)
    if any(verify_password(old, new) for old in dict.fromkeys((row.password_hash, *kept))):
        raise too_weak(f"新密码不得与当前密码及最近 {policy.whole('password.history')} 次用过的密码相同，请重新设置。")
    bus.execute(ChangePassword(actor.id, hash_password(new), kept_session), actor)


def issue_api_token(bus: CommandBus, actor: Actor, name: str, expires_in_days: int | None) -> tuple[int, str]:
    """Return the id and the secret of a new token for the actor; the secret is shown this once."""
    secret = new_secret()
    answer = bus.execute(IssueApiToken(name, digest_of(secret), expires_in_days), actor)
    return answer["id"], secret


def old_passwords(connection: Connection, user_id: str, count: int) -> list[str]:
    """Return the hashes of the passwords a user had before the present one, the latest first."""
    columns = old_password.c
    query = select(columns.password_hash).where(columns.user_id == user_id).order_by(columns.number.desc())
    return list(connection.execute(query.limit(count)).scalars())


@handles(CreateUser)
def create_user(command: CreateUser, unit: UnitOfWork) -> Answer:
    """Create. Raises AdministratorOnly, RolesExclusive, SecurityAdministratorOnly, UserNameTaken."""
    require_administrator(unit.actor)
    connection = unit.connection
    require_compatible(command.groups)
    if not set(EXCLUSIVE).isdisjoint(command.groups):
        require_security(connection, unit.actor)
    if connection.execute(select(user.c.id).where(user.c.username == command.username)).first() is not None:
        raise UserNameTaken(f"用户名 {command.username} 已被使用，请换一个。")
    connection.execute(
        insert(user),
        {
            "id": command.username,
            "username": command.username,
            "name": command.name,
            "email": command.email,
            "kind": command.kind,
            "post_id": command.post,
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
    _keep_old(unit, command.user_id)
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


def _keep_old(unit: UnitOfWork, user_id: str) -> None:
    """Keep the present password's hash among the old ones, as many as any policy may ask for."""
    connection = unit.connection
    query = select(user.c.password_hash).where(user.c.id == user_id)
    kept = connection.execute(query).scalar()
    if kept is None:
        return
    columns = old_password.c
    last = connection.execute(select(func.max(columns.number)).where(columns.user_id == user_id)).scalar() or 0
    connection.execute(insert(old_password), {"user_id": user_id, "number": last + 1, "password_hash": kept})
    most = SETTINGS["password.history"].largest
    connection.execute(delete(old_password).where(columns.user_id == user_id, columns.number <= last + 1 - most))


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
