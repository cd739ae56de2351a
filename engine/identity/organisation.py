"""The organisation from files: departments, roles and, for trying out, sample people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import insert, select

from engine.commands.administration import require_administrator
from engine.commands.handlers import Answer, handles
from engine.commands.unit import UnitOfWork
from engine.errors import InvalidInput, Place
from engine.history.events import OrganisationLoaded
from engine.identity.roles import require_compatible
from engine.store.tables.identity import department, group, membership, user
from engine.store.tables.people import post, responsibility

INTERNAL = "internal"


class OrganisationInvalid(InvalidInput):
    """An organisation file is not as it should be."""

    code = "identity.organisation-invalid"


@dataclass(frozen=True, slots=True)
class LoadOrganisation:
    """Add what is not there yet; what is there stays as it is.

    ``departments``, ``groups`` and ``users`` are the entries of the files; ``password_hash`` is given to new users.
    """

    departments: tuple[Mapping[str, Any], ...]
    groups: tuple[Mapping[str, Any], ...]
    users: tuple[Mapping[str, Any], ...] = ()
    password_hash: str | None = None
    source: str = "organisation"
    posts: tuple[Mapping[str, Any], ...] = ()
    responsibilities: tuple[Mapping[str, Any], ...] = ()


def read_organisation(folder: Path, *, people: bool, password_hash: str | None) -> LoadOrganisation:
    """Read ``departments.yaml``, ``roles.yaml`` and, with ``people``, ``people.yaml``; raise OrganisationInvalid.

    ``posts.yaml`` and ``responsibilities.yaml`` are read where there are any.
    """
    departments = tuple(_entries(folder / "departments.yaml", "departments", ("id", "name", "kind")))
    general = _entries(folder / "roles.yaml", "groups", ("name", "label"))
    of_departments = _entries(folder / "roles.yaml", "department_groups", ("name", "label"))
    groups = [*general]
    for place in departments:
        if place["kind"] == INTERNAL:
            groups += [
                {
                    "name": f"{role['name']}@{place['id']}",
                    "label": f"{place['name']}{role['label']}",
                    "department": place["id"],
                }
                for role in of_departments
            ]
    users = _entries(folder / "people.yaml", "users", ("username", "name", "department")) if people else []
    posts = _entries(folder / "posts.yaml", "posts", ("id", "department", "name"), optional=True)
    matrix = _entries(folder / "responsibilities.yaml", "responsibilities", ("id", "matter", "lead"), optional=True)
    return LoadOrganisation(
        departments, tuple(groups), tuple(users), password_hash, posts=tuple(posts), responsibilities=tuple(matrix)
    )


@handles(LoadOrganisation)
def handle(command: LoadOrganisation, unit: UnitOfWork) -> Answer:
    """Load. Raises AdministratorOnly, RolesExclusive."""
    require_administrator(unit.actor)
    for person in command.users:
        require_compatible(person.get("groups", ()))
    _add(unit, post, post.c.id, _post_rows(command))
    _add(unit, responsibility, responsibility.c.id, _responsibility_rows(command))
    counts = {
        "departments": _add(unit, department, department.c.id, _department_rows(command)),
        "groups": _add(unit, group, group.c.name, _group_rows(command)),
        "users": _add(unit, user, user.c.id, _user_rows(command, unit), on_new=lambda row: _join(unit, command, row)),
    }
    if any(counts.values()):
        unit.log(OrganisationLoaded(**counts, source=command.source))
    return counts


def _department_rows(command: LoadOrganisation) -> list[dict[str, Any]]:
    return [
        {
            "id": entry["id"],
            "name": entry["name"],
            "parent_id": entry.get("parent"),
            "kind": entry["kind"],
            "position": position,
            "details": {name: value for name, value in entry.items() if name not in ("id", "name", "kind", "parent")},
        }
        for position, entry in enumerate(command.departments)
    ]


def _group_rows(command: LoadOrganisation) -> list[dict[str, Any]]:
    return [
        {"name": entry["name"], "label": entry["label"], "department_id": entry.get("department")}
        for entry in command.groups
    ]


def _post_rows(command: LoadOrganisation) -> list[dict[str, Any]]:
    return [
        {
            "id": entry["id"],
            "department_id": entry["department"],
            "name": entry["name"],
            "position": position,
            "duties": entry.get("duties", []),
            "line": entry.get("line"),
        }
        for position, entry in enumerate(command.posts)
    ]


def _responsibility_rows(command: LoadOrganisation) -> list[dict[str, Any]]:
    return [
        {
            "id": entry["id"],
            "matter": entry["matter"],
            "lead": entry["lead"],
            "assist": entry.get("assist", []),
            "line": entry.get("line"),
            "position": position,
        }
        for position, entry in enumerate(command.responsibilities)
    ]


def _user_rows(command: LoadOrganisation, unit: UnitOfWork) -> list[dict[str, Any]]:
    return [
        {
            "id": entry["username"],
            "username": entry["username"],
            "name": entry["name"],
            "email": entry.get("email"),
            "kind": entry.get("kind", "staff"),
            "post_id": entry.get("post"),
            "department_id": entry["department"],
            "password_hash": command.password_hash,
            "must_change_password": False,
            "active": True,
            "failed_sign_ins": 0,
            "locked_until": None,
            "created_at": unit.now,
            "password_changed_at": None,
        }
        for entry in command.users
    ]


def _add(unit: UnitOfWork, table: Any, key: Any, rows: list[dict[str, Any]], on_new: Any = None) -> int:
    known = set(unit.connection.execute(select(key)).scalars())
    fresh = [row for row in rows if row[key.name] not in known]
    if fresh:
        unit.connection.execute(insert(table), fresh)
    for row in fresh:
        if on_new is not None:
            on_new(row)
    return len(fresh)


def _join(unit: UnitOfWork, command: LoadOrganisation, row: Mapping[str, Any]) -> None:
    entry = next(entry for entry in command.users if entry["username"] == row["id"])
    rows = [{"user_id": row["id"], "group_name": name} for name in dict.fromkeys(entry.get("groups", ()))]
    if rows:
        unit.connection.execute(insert(membership), rows)


def _entries(path: Path, name: str, required: tuple[str, ...], *, optional: bool = False) -> list[dict[str, Any]]:
    if optional and not path.exists():
        return []
    try:
        data = yaml.safe_load(path.read_text("utf-8"))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = None if mark is None else mark.line + 1
        raise OrganisationInvalid(f"{path.name} 不是有效的 YAML：{error}", place=Place(path.name, line)) from error
    except OSError as error:
        raise OrganisationInvalid(f"不能读取 {path}：{error.strerror}", place=Place(path.name)) from error
    entries = data.get(name) if isinstance(data, dict) else None
    if not isinstance(entries, list):
        raise OrganisationInvalid(f"{path.name} 缺少列表 {name}。", place=Place(path.name))
    for number, entry in enumerate(entries, start=1):
        missing = [field for field in required if not isinstance(entry, dict) or not entry.get(field)]
        if missing:
            raise OrganisationInvalid(
                f"{path.name} 的 {name} 第 {number} 项缺少 {'、'.join(missing)}。", place=Place(path.name)
            )
    return entries
