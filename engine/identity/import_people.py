"""Importing the organisation and its people from a spreadsheet: a preview with every mistake first, then all of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from engine.commands.administration import require_administrator
from engine.commands.handlers import Answer, handles
from engine.commands.register_dues import names_changed
from engine.commands.unit import UnitOfWork
from engine.errors import Conflict, InvalidInput
from engine.history.chain import sm3
from engine.history.people_events import OrganisationImported
from engine.identity.administer import write_roles
from engine.identity.roles import EXCLUSIVE, require_security
from engine.identity.spreadsheet import Line, read_spreadsheet
from engine.store.tables.identity import department, group, membership, session, user
from engine.store.tables.people import post

KINDS = ("bureau", "leadership", "resident", "internal", "subordinate", "superior", "district", "outside")
_PEOPLE_KINDS = {"": "staff", "本局": "staff", "外部": "outside"}
_NAMED_IN_REGISTERS = ("机构", "人员")
_SERVING = {"": True, "是": True, "在用": True, "否": False, "停用": False}


class ImportRefused(InvalidInput):
    """The spreadsheet has mistakes; ``details['problems']`` has them all."""

    code = "identity.import-refused"


class ImportOutdated(Conflict):
    """What the import would do is not what was previewed: somebody changed something meanwhile."""

    code = "identity.import-outdated"


@dataclass(frozen=True, slots=True)
class ImportPeople:
    """Carry out an import as it was previewed; new people get ``password_hash`` and must change it."""

    content: bytes
    file_name: str
    password_hash: str | None = None
    digest: str | None = None
    """Of the previewed changes; when given, anything else is refused."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing an import does."""

    sheet: str
    row: int
    action: str
    id: str
    name: str
    changes: Mapping[str, Any]

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {
            "sheet": self.sheet,
            "row": self.row,
            "action": self.action,
            "id": self.id,
            "name": self.name,
            "changes": dict(self.changes),
        }


@dataclass(slots=True)
class Preview:
    """What an import would do, and every mistake that keeps it from being done."""

    changes: list[Change] = field(default_factory=list)
    problems: list[dict[str, Any]] = field(default_factory=list)

    @property
    def digest(self) -> str:
        """What tells these changes from others."""
        return sm3(repr([change.to_dict() for change in self.changes]).encode())

    def problem(self, line: Line, column: str | None, message: str) -> None:
        """Note a mistake."""
        self.problems.append({"sheet": line.sheet, "row": line.row, "column": column, "message": message})

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {
            "digest": self.digest,
            "changes": [change.to_dict() for change in self.changes],
            "problems": self.problems,
        }


def preview_import(connection: Connection, content: bytes, file_name: str) -> Preview:
    """Return what importing the file would do, changing nothing. Raises SpreadsheetUnreadable."""
    return _Comparison(connection).compare(read_spreadsheet(content, file_name))


@handles(ImportPeople)
def import_people(command: ImportPeople, unit: UnitOfWork) -> Answer:
    """Import, all or nothing.

    Raises AdministratorOnly, SecurityAdministratorOnly (administrators' roles), SpreadsheetUnreadable, ImportRefused,
    ImportOutdated.
    """
    require_administrator(unit.actor)
    found = preview_import(unit.connection, command.content, command.file_name)
    if found.problems:
        first = found.problems[0]
        message = (
            f"未导入：共 {len(found.problems)} 处错误，如“{first['sheet']}”第 {first['row']} 行：{first['message']}"
        )
        raise ImportRefused(message, details={"problems": found.problems})
    if command.digest is not None and command.digest != found.digest:
        raise ImportOutdated("预览之后资料有变化，请重新预览再导入。")
    if any(not set(EXCLUSIVE).isdisjoint(change.changes.get("roles", ())) for change in found.changes):
        require_security(unit.connection, unit.actor)
    for change in found.changes:
        _carry_out(unit, change, command.password_hash)
    if any("name" in change.changes for change in found.changes if change.sheet in _NAMED_IN_REGISTERS):
        names_changed(unit)
    if found.changes:
        unit.log(
            OrganisationImported(
                source=command.file_name,
                digest=sm3(command.content),
                changes=[change.to_dict() for change in found.changes],
            )
        )
    return found.to_dict()


class _Comparison:
    """Compares the rows of a spreadsheet with what there is."""

    def __init__(self, connection: Connection) -> None:
        self._departments = {row["id"]: row for row in connection.execute(select(department)).mappings()}
        self._groups = {row["name"]: row for row in connection.execute(select(group)).mappings()}
        self._users = {row["id"]: row for row in connection.execute(select(user)).mappings()}
        self._posts = set(connection.execute(select(post.c.id)).scalars())
        self._roles: dict[str, set[str]] = {}
        for row in connection.execute(select(membership)):
            self._roles.setdefault(row.user_id, set()).add(row.group_name)
        self._place_ids: set[str] = set(self._departments)
        self._place_names: dict[str, str] = {}
        self._role_names: set[str] = set(self._groups)
        self._preview = Preview()

    def compare(self, lines: Sequence[Line]) -> Preview:
        """Look at every row, whatever is wrong with those before it."""
        of = {sheet: [line for line in lines if line.sheet == sheet] for sheet in ("机构", "角色", "人员")}
        fresh = {line.get("名称"): line.get("编号") for line in of["机构"]}
        self._place_ids = {*self._departments, *fresh.values()}
        self._place_names = {**{row["name"]: id_ for id_, row in self._departments.items()}, **fresh}
        self._role_names = {*self._groups, *(line.get("角色") for line in of["角色"])}
        for sheet, work in (("机构", self._department), ("角色", self._group), ("人员", self._person)):
            seen: set[str] = set()
            for line in of[sheet]:
                self._row(line, seen, work)
        return self._preview

    def _row(self, line: Line, seen: set[str], work: Any) -> None:
        column = {"机构": "编号", "角色": "角色", "人员": "用户名"}[line.sheet]
        id_ = line.get(column)
        if not id_:
            self._preview.problem(line, column, "不能为空。")
            return
        if id_ in seen:
            self._preview.problem(line, column, f"{id_} 在表中重复。")
            return
        seen.add(id_)
        work(line, id_)

    def _department(self, line: Line, id_: str) -> None:
        kind, parent = line.get("类型"), self._place(line, "上级")
        if kind not in KINDS:
            self._preview.problem(line, "类型", f"应为 {'、'.join(KINDS)} 之一。")
        self._named(line, "名称")
        self._note(line, id_, self._departments.get(id_), {"name": line.get("名称"), "kind": kind, "parent_id": parent})

    def _group(self, line: Line, id_: str) -> None:
        self._named(line, "名称")
        values = {"label": line.get("名称"), "department_id": self._place(line, "机构")}
        self._note(line, id_, self._groups.get(id_), values)

    def _person(self, line: Line, id_: str) -> None:
        self._named(line, "姓名")
        place = self._place(line, "机构")
        if not line.get("机构"):
            self._preview.problem(line, "机构", "不能为空。")
        roles = list(dict.fromkeys(line.listed("角色")))
        for name in roles:
            if name not in self._role_names:
                self._preview.problem(line, "角色", f"没有角色 {name}。")
        if len(set(roles) & set(EXCLUSIVE)) > 1:
            self._preview.problem(line, "角色", "系统、安全、审计管理员不能由同一人担任。")
        for column, known in (("类型", _PEOPLE_KINDS), ("在用", _SERVING)):
            if line.get(column) not in known:
                self._preview.problem(line, column, f"应为 {'、'.join(name for name in known if name)} 之一。")
        if line.get("岗位") and line.get("岗位") not in self._posts:
            self._preview.problem(line, "岗位", f"没有岗位 {line.get('岗位')}。")
        values: dict[str, Any] = {"name": line.get("姓名"), "department_id": place}
        if "邮箱" in line.cells:
            values["email"] = line.get("邮箱") or None
        if "岗位" in line.cells:
            values["post_id"] = line.get("岗位") or None
        if "类型" in line.cells:
            values["kind"] = _PEOPLE_KINDS.get(line.get("类型"), "staff")
        if "在用" in line.cells:
            values["active"] = _SERVING.get(line.get("在用"), True)
        held = self._users.get(id_)
        if "角色" in line.cells and set(roles) != self._roles.get(id_, set()):
            values["roles"] = roles
        self._note(line, id_, held, values)

    def _note(self, line: Line, id_: str, held: Mapping[Any, Any] | None, values: Mapping[str, Any]) -> None:
        name = str(values.get("name") or values.get("label") or id_)
        if held is None:
            self._preview.changes.append(Change(line.sheet, line.row, "add", id_, name, values))
            return
        fresh = {key: value for key, value in values.items() if key == "roles" or held[key] != value}
        if fresh:
            action = {True: "activate", False: "deactivate", None: "change"}[fresh.get("active")]
            self._preview.changes.append(Change(line.sheet, line.row, action, id_, name, fresh))

    def _named(self, line: Line, column: str) -> None:
        if not line.get(column):
            self._preview.problem(line, column, "不能为空。")

    def _place(self, line: Line, column: str) -> str | None:
        """The id of a department that a cell names by its id or its name."""
        said = line.get(column)
        if not said:
            return None
        if said in self._place_ids:
            return said
        if said in self._place_names:
            return str(self._place_names[said])
        self._preview.problem(line, column, f"没有机构 {said}。")
        return None


def _carry_out(unit: UnitOfWork, change: Change, password_hash: str | None) -> None:
    connection, values = unit.connection, dict(change.changes)
    roles = values.pop("roles", None)
    table, key = {"机构": (department, "id"), "角色": (group, "name"), "人员": (user, "id")}[change.sheet]
    if change.action != "add":
        if values:
            connection.execute(update(table).where(table.c[key] == change.id).values(values))
    elif change.sheet == "机构":
        last = connection.execute(select(func.max(department.c.position))).scalar() or 0
        connection.execute(insert(table), {"id": change.id, **values, "position": last + 1, "details": {}})
    elif change.sheet == "角色":
        connection.execute(insert(table), {"name": change.id, **values})
    else:
        connection.execute(insert(table), {**_new_user(unit, change.id, password_hash), **values})
    if roles is not None:
        write_roles(unit, change.id, roles)
    if change.action == "deactivate":
        connection.execute(delete(session).where(session.c.user_id == change.id))


def _new_user(unit: UnitOfWork, id_: str, password_hash: str | None) -> dict[str, Any]:
    return {
        "id": id_,
        "username": id_,
        "email": None,
        "kind": "staff",
        "post_id": None,
        "password_hash": password_hash,
        "must_change_password": True,
        "active": True,
        "failed_sign_ins": 0,
        "locked_until": None,
        "created_at": unit.now,
        "password_changed_at": None,
    }
