"""To whom a user task goes when it opens, so that it never goes to nobody.

Candidate groups name roles. When nobody in service holds any of them, the user task goes to the head of the role's own
department, else of the procedure's, else of the office, else to the system administrators, and an incident says so.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, select

from engine.history.events import CommandEvent
from engine.history.facts import Facts
from engine.history.people_events import UserTaskRedirected, UserTaskReoffered
from engine.store.prepared import PreparedQuery
from engine.store.tables.identity import membership, user
from engine.store.types import canonical_json

Derived = tuple[str, dict[str, Any]]

PART = "unheld"
"""The state part that lists the user tasks of a case that went elsewhere."""

HEAD = "科室负责人"
OFFICE_HEAD = f"{HEAD}@bgs"
LAST_RESORT = "系统管理员"


class Offering:
    """Where the user tasks of one command go, and which of the case's went elsewhere."""

    def __init__(self, connection: Connection, facts: Facts, load_part: Callable[[str], str | None]) -> None:
        self._connection = connection
        self._facts = facts
        self._load_part = load_part
        self._elsewhere: set[int] | None = None
        self._changed = False

    def created(self, payload: dict[str, Any], department: str | None) -> list[Derived]:
        """Look whom a new user task reaches, and send it elsewhere, in ``payload``, when that is nobody."""
        assignee, groups, users = payload["assignee"], payload["candidate_groups"], payload["candidate_users"]
        instead = fallbacks(groups, department)
        arguments = [assignee, list(groups), list(users), instead]
        went_to = self._facts.ask(
            "holders", arguments, lambda: instead_of_nobody(self._connection, assignee, groups, users, instead)
        )
        if went_to is None:
            return []
        note = _note(payload["key"], payload, assignee, groups, users, went_to)
        payload.update(assignee=None, candidate_groups=[went_to], candidate_users=[])
        self._add(payload["key"])
        return [note]

    def happened(self, event: CommandEvent) -> list[Derived]:
        """Note what a command did to where a user task goes."""
        if isinstance(event, UserTaskReoffered):
            return self.gone(event.key)
        if isinstance(event, UserTaskRedirected):
            self._add(event.key)
            task = {"process_instance_key": event.process_instance_key, "element_id": event.element_id}
            return [
                _note(
                    event.key,
                    task,
                    event.assignee_id,
                    event.candidate_groups,
                    event.candidate_users,
                    event.went_to,
                )
            ]
        return []

    def gone(self, key: int) -> list[Derived]:
        """Forget a user task that is over or went where it belongs; its incident is over with it."""
        if key not in self._keys():
            return []
        self._keys().discard(key)
        self._changed = True
        return [("role_held_again", {"key": key})]

    def save(self, parts: dict[str, str | None]) -> None:
        """Put the part where it changed."""
        if self._changed:
            parts[PART] = canonical_json(sorted(self._keys())) if self._keys() else None

    def _add(self, key: int) -> None:
        self._keys().add(key)
        self._changed = True

    def _keys(self) -> set[int]:
        if self._elsewhere is None:
            text = self._load_part(PART)
            self._elsewhere = set() if text is None else set(json.loads(text))
        return self._elsewhere


def fallbacks(groups: Sequence[str], department: str | None) -> list[str]:
    """Return the roles that are asked in turn when nobody holds any of ``groups``."""
    places = [name.partition("@")[2] for name in groups]
    heads = [f"{HEAD}@{place}" for place in (*places, department or "") if place]
    return list(dict.fromkeys([*heads, OFFICE_HEAD, LAST_RESORT]))


def instead_of_nobody(
    connection: Connection, assignee: str | None, groups: Sequence[str], users: Sequence[str], instead: Sequence[str]
) -> str | None:
    """Return the role a user task goes to because it would reach nobody; None when it reaches somebody.

    Without any person in service, as in a rehearsal, everything stays as the diagram says.
    """
    named = [assignee] if assignee is not None else users
    held = () if assignee is not None else groups
    if any(_found(connection, _HELD, name) for name in held) or any(_found(connection, _SERVES, id_) for id_ in named):
        return None
    if _ANYBODY.first(connection, {}) is None:
        return None
    for name in instead:
        if _found(connection, _HELD, name):
            return name
    return instead[-1]


def _found(connection: Connection, query: PreparedQuery, name: str) -> bool:
    return query.first(connection, {"name": name}) is not None


def _note(
    key: int,
    task: Mapping[str, Any],
    assignee: str | None,
    groups: Sequence[str],
    users: Sequence[str],
    went_to: str,
) -> Derived:
    wanted = "、".join([*([assignee] if assignee else []), *groups, *users]) or "（未指明办理人）"
    return (
        "role_unheld",
        {
            "key": key,
            "process_instance_key": task["process_instance_key"],
            "element_id": task["element_id"],
            "assignee": assignee,
            "candidate_groups": list(groups),
            "candidate_users": list(users),
            "went_to": [went_to],
            "message": f"{wanted} 没有在用的人员，待办已转给 {went_to}。请在“用户”中安排人员后重试此异常。",
        },
    )


# One name a statement: lists in a statement cost more to prepare than the statement does, and mostly there is one name.
_ANYBODY = PreparedQuery(select(user.c.id).where(user.c.active).limit(1))
_SERVES = PreparedQuery(select(user.c.id).where(user.c.id == bindparam("name"), user.c.active))
_HELD = PreparedQuery(
    select(membership.c.user_id)
    .join(user, user.c.id == membership.c.user_id)
    .where(membership.c.group_name == bindparam("name"), user.c.active)
    .limit(1)
)
