"""A bureau with people in it, and the words tests of office work need."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from engine.commands.actor import INSTALLER, Actor
from engine.commands.complete_user_task import CompleteUserTask
from engine.identity.organisation import LoadOrganisation
from engine.identity.people import load_actor
from engine.queries.causality import Causality, causality_of
from engine.queries.returning import targets_of
from engine.store.database import reading
from engine.store.tables.runtime import user_task
from tests.unit.commands import diagrams as d
from tests.unit.commands.platforms import Bureau

PEOPLE = {
    "li": ("李某", "bgs", ["clerks", "经办人@bgs"]),
    "wang": ("王某", "bgs", ["clerks", "科室负责人@bgs"]),
    "zhang": ("张某", "jld", ["leaders", "分管负责人@bgs"]),
    "zhao": ("赵某", "jld", ["主要负责人"]),
    "qian": ("钱某", "kjk", ["others"]),
}


class Office:
    """A bureau whose people are li, wang, zhang, zhao and qian."""

    def __init__(self, bureau: Bureau) -> None:
        self.bureau = bureau
        self.bus = bureau.bus
        users = tuple(
            {"username": name, "name": called, "department": department, "groups": groups}
            for name, (called, department, groups) in PEOPLE.items()
        )
        names = {group for _, _, groups in PEOPLE.values() for group in groups}
        groups = tuple({"name": name, "label": name} for name in sorted(names))
        departments = tuple({"id": id_, "name": id_, "kind": "internal"} for id_ in ("bgs", "jld", "kjk"))
        self.bus.execute(LoadOrganisation(departments, groups, users), INSTALLER)

    def person(self, name: str) -> Actor:
        """Return somebody as they stand now."""
        with reading(self.bureau.engine) as connection:
            return load_actor(connection, name)

    def start(self, by: str = "li", process_id: str = "p", **variables: Any) -> int:
        """Start a case."""
        return self.bureau.start(process_id, variables, by=self.person(by))

    def do(self, by: str, command: Any) -> dict[str, Any]:
        """Execute a command."""
        return self.bus.execute(command, self.person(by))

    def tasks(self, root: int, *, bound: bool = False) -> dict[str, int]:
        """Return the open user tasks of the diagram, or those bound to them, by element id."""
        query = select(user_task.c.element_id, user_task.c.key).where(
            user_task.c.root_key == root,
            user_task.c.state == "CREATED",
            user_task.c.binding.is_not(None) if bound else user_task.c.binding.is_(None),
        )
        with reading(self.bureau.engine) as connection:
            rows = connection.execute(query.order_by(user_task.c.key)).all()
        found = {row.element_id: row.key for row in rows}
        assert len(found) == len(rows), f"doubled: {rows}"
        return found

    def complete(self, by: str, root: int, element_id: str, **variables: Any) -> int:
        """Complete the open user task of an element; return its key."""
        key = self.tasks(root)[element_id]
        self.do(by, CompleteUserTask(key, variables))
        return key

    def task(self, key: int) -> Any:
        """Return a user task's row."""
        return self.bureau.row(user_task, key=key)

    def causality(self, root: int) -> Causality:
        """Return what led to what in a case."""
        with reading(self.bureau.engine) as connection:
            return causality_of(connection, self.bureau.platform.sources.definitions, root)

    def targets(self, root: int, key: int) -> list[str]:
        """Return the elements to which a user task can be returned, the latest first."""
        return [target.instance.element_id for target in targets_of(self.causality(root), key)]

    def verified(self) -> bool:
        """Whether everything can be executed again with the same outcome."""
        result = self.bureau.verify()
        assert result.findings == [], result.findings
        return True


@pytest.fixture
def office(bureau: Bureau) -> Office:
    """Give an office; the test runs on both kinds of database."""
    return Office(bureau)


@pytest.fixture
def small_office(small_bureau: Bureau) -> Office:
    """Give an office on SQLite alone."""
    return Office(small_bureau)


def row(*tasks: str, **more: str) -> bytes:
    """Return user tasks in a row: ``a:group`` offered to a group, ``a=person`` given to a person."""
    content, names = d.el("startEvent", "start"), ["start"]
    for each in tasks:
        content += _task(each, **more)
        names.append(_name(each))
    return d.diagram(content + d.chain(*names))


def _name(text: str) -> str:
    return text.replace("=", ":").partition(":")[0]


def _task(text: str, **more: str) -> str:
    if "=" in text:
        name, _, person = text.partition("=")
        return d.task(name, groups="", assignee=person, **more)
    name, _, group = text.partition(":")
    return d.task(name, groups=group or "clerks", **more)
