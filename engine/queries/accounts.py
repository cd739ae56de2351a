"""Accounts as administrators and auditors review them: settings, sessions, stale accounts, substitutions, reads."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, func, or_, select

from engine.queries import names
from engine.queries.administrators import EXCLUSIVE
from engine.queries.paging import LARGEST_LIMIT
from engine.queries.settings import HIDDEN, SETTINGS, policy_of
from engine.store.tables.general import setting
from engine.store.tables.history import history_event
from engine.store.tables.identity import api_token, membership, session, user
from engine.store.tables.people import case_read, substitution
from engine.store.tables.runtime import process_instance

DIGEST_SHOWN = 16
"""How much of a session's digest names it."""


def settings(connection: Connection) -> dict[str, Any]:
    """Return every setting with its value in force; of a secret only whether it is set."""
    kept = {row.name: row.value for row in connection.execute(select(setting))}
    items = []
    for known in SETTINGS.values():
        value = kept.get(known.name, known.default)
        items.append(
            {
                "name": known.name,
                "label": known.label,
                "value": (HIDDEN if value else "") if known.secret else value,
                "default": known.default,
                "choices": list(known.choices),
                "secret": known.secret,
            }
        )
    return {"items": items}


def sessions(connection: Connection, now: datetime, user_id: str | None = None) -> dict[str, Any]:
    """Return the sessions that are not over, of one user or of all."""
    idle = timedelta(minutes=policy_of(connection).whole("session.idle-minutes"))
    query = select(session).where(session.c.expires_at > now, session.c.seen_at > now - idle)
    if user_id is not None:
        query = query.where(session.c.user_id == user_id)
    rows = connection.execute(query.order_by(session.c.seen_at.desc()).limit(LARGEST_LIMIT)).all()
    people = names.people(connection, (row.user_id for row in rows))
    return {
        "items": [
            {
                "id": row.digest[:DIGEST_SHOWN],
                "user": people.get(row.user_id),
                "created_at": row.created_at,
                "seen_at": row.seen_at,
                "expires_at": row.expires_at,
            }
            for row in rows
        ]
    }


def review(connection: Connection, now: datetime) -> dict[str, Any]:
    """Return the account review (GB/T 22239-2019, 访问控制): each account with what about it wants looking at."""
    policy = policy_of(connection)
    stale = timedelta(days=policy.whole("accounts.stale-days"))
    roles: dict[str, list[str]] = {}
    for row in connection.execute(select(membership).order_by(membership.c.user_id, membership.c.group_name)):
        roles.setdefault(row.user_id, []).append(row.group_name)
    last = _last_sign_ins(connection)
    tokens = select(api_token.c.user_id, func.count().label("count")).group_by(api_token.c.user_id)
    counted = {row.user_id: int(row[1]) for row in connection.execute(tokens)}
    items = []
    for row in connection.execute(select(user).order_by(user.c.username)):
        held, seen = roles.get(row.id, []), last.get(row.id)
        findings = []
        if row.active and now - (seen or row.created_at) >= stale:
            findings.append("久未登录")
        if row.active and not held:
            findings.append("没有任何角色")
        if not row.active and held:
            findings.append("已停用但仍有角色")
        if len(set(held) & set(EXCLUSIVE)) > 1:
            findings.append("兼任互斥的管理员")
        if row.active and row.must_change_password:
            findings.append("尚未修改初始密码")
        items.append(
            {
                "id": row.id,
                "name": row.name,
                "active": row.active,
                "roles": held,
                "last_sign_in": seen,
                "password_changed_at": row.password_changed_at,
                "tokens": counted.get(row.id, 0),
                "findings": findings,
            }
        )
    return {"items": items}


def substitutions(connection: Connection, user_id: str | None, now: datetime) -> dict[str, Any]:
    """Return substitutions, the latest first: those that concern one user, or all."""
    query = select(substitution).order_by(substitution.c.starts_at.desc(), substitution.c.key.desc())
    if user_id is not None:
        query = query.where(or_(substitution.c.principal_id == user_id, substitution.c.substitute_id == user_id))
    rows = connection.execute(query.limit(LARGEST_LIMIT)).all()
    people = names.people(connection, (id_ for row in rows for id_ in (row.principal_id, row.substitute_id)))
    return {
        "items": [
            {
                "key": row.key,
                "principal": people.get(row.principal_id),
                "substitute": people.get(row.substitute_id),
                "starts_at": row.starts_at,
                "ends_at": row.ends_at,
                "procedures": row.process_ids,
                "reason": row.reason,
                "withdrawn_at": row.withdrawn_at,
                "in_force": row.withdrawn_at is None and row.starts_at <= now < row.ends_at,
            }
            for row in rows
        ]
    }


def case_reads(connection: Connection, root_key: int | None) -> dict[str, Any]:
    """Return who read restricted cases, the latest first, for auditors."""
    query = (
        select(case_read, process_instance.c.title)
        .join(process_instance, process_instance.c.key == case_read.c.root_key)
        .order_by(case_read.c.seq.desc())
        .limit(LARGEST_LIMIT)
    )
    if root_key is not None:
        query = query.where(case_read.c.root_key == root_key)
    rows = connection.execute(query).mappings().all()
    people = names.people(connection, (row["user_id"] for row in rows))
    return {
        "items": [
            {
                "process_instance_key": row["root_key"],
                "case_title": row["title"],
                "user": people.get(row["user_id"]),
                "resource": row["resource"],
                "read_at": row["read_at"],
            }
            for row in rows
        ]
    }


def _last_sign_ins(connection: Connection) -> dict[str, datetime]:
    columns = history_event.c
    query = (
        select(columns.payload, columns.at)
        .where(columns.root_key == 0, columns.type == "user_signed_in", columns.payload.is_not(None))
        .order_by(columns.seq)
    )
    return {json.loads(row.payload)["user_id"]: row.at for row in connection.execute(query)}
