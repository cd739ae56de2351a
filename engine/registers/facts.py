"""What the expressions of registers see of a case: its variables, ``case`` with what the platform knows of it, and
``departments``, the name of each by its id.

Functions: ``clock("id")`` gives a clock's ``due`` (the last day, kept when it has stopped), ``status`` and ``started``;
``task("element id")`` the last completion of an element: ``by``, ``on``, ``outcome``, ``opinion``;
``files("variable")`` names its files.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from engine.clock import legal_date
from engine.definitions.repository import Definitions
from engine.feel import compile_expression
from engine.feel.json import from_json
from engine.queries import names
from engine.registers.model import Register
from engine.store.tables.deadlines import clock
from engine.store.tables.runtime import element_instance, process_instance, user_task, variable

_STATES = {"ACTIVE": "在办", "COMPLETED": "办结", "TERMINATED": "终止"}
_CLOCK_STATES = {"running": "计时", "suspended": "中止", "stopped": "停止"}

Functions = Mapping[str, Callable[..., object]]


@dataclass(slots=True)
class CaseFacts:
    """One case as plain FEEL values."""

    key: int
    process_id: str
    definition_key: int
    variables: dict[str, Any] = field(default_factory=dict)
    case: dict[str, Any] = field(default_factory=dict)
    clocks: dict[str, Any] = field(default_factory=dict)
    tasks: dict[str, Any] = field(default_factory=dict)
    departments: Mapping[str, str] = field(default_factory=dict)

    def without(self, hidden: Iterable[str]) -> CaseFacts:
        """Return the case as it is for somebody from whom some variables are hidden."""
        gone = set(hidden)
        if not gone:
            return self
        kept = {name: value for name, value in self.variables.items() if name not in gone}
        return replace(self, variables=kept)

    @property
    def context(self) -> dict[str, Any]:
        """The names that expressions may use; what the platform gives goes before variables that are called alike."""
        return {**self.variables, "case": self.case, "departments": self.departments}

    @property
    def functions(self) -> Functions:
        """The functions that expressions may call."""
        return {
            "clock": lambda id_: self.clocks.get(str(id_)),
            "task": lambda id_: self.tasks.get(str(id_)),
            "files": lambda name: file_names(self.variables.get(str(name))),
        }


def file_names(value: Any) -> list[str]:
    """Return the names of the files that a variable holds, papers and uploads alike."""
    listed = value if isinstance(value, list) else [value]
    return [str(each.get("name")) for each in listed if isinstance(each, Mapping) and each.get("documentId")]


def facts_of(
    connection: Connection, definitions: Definitions, keys: Sequence[int], register: Register
) -> dict[int, CaseFacts]:
    """Return the cases that a register's expressions are evaluated on, by key; a few queries whatever their number."""
    wanted = names_used(register)
    rows = connection.execute(select(process_instance).where(process_instance.c.key.in_(keys))).mappings().all()
    people = names.people(connection, (row["initiator_id"] for row in rows))
    departments = {id_: named["name"] for id_, named in names.departments(connection).items()}
    procedures = names.procedures(connection, (row["definition_key"] for row in rows))
    found: dict[int, CaseFacts] = {}
    for row in rows:
        found[row["key"]] = CaseFacts(row["key"], row["process_id"], row["definition_key"], departments=departments)
        found[row["key"]].case = {
            "key": str(row["key"]),
            "title": row["title"],
            "number": row["business_key"],
            "procedure": procedures[row["definition_key"]]["name"],
            "state": _STATES.get(row["state"], row["state"]),
            "started": _day(row["started_at"]),
            "ended": None if row["ended_at"] is None else _day(row["ended_at"]),
            "initiator": people.get(row["initiator_id"], {}).get("name"),
            "department": departments.get(row["department"] or ""),
            "outcome": None,
        }
    _add_variables(connection, found, wanted)
    if "case" in wanted:
        _add_outcomes(connection, definitions, found)
    if "clock" in wanted:
        _add_clocks(connection, found)
    if "task" in wanted:
        _add_tasks(connection, found)
    return found


def names_used(register: Register) -> frozenset[str]:
    """Return the names that a register's expressions may use; more do no harm."""
    sources = [each.value for each in register.columns] + [each for each in (register.when, register.rows) if each]
    used: set[str] = set()
    for source in sources:
        # A variable may be called like a built-in function, which is no free name: every word counts.
        used |= compile_expression(source).names_possibly_used | set(re.findall(r"\w+", source))
    return frozenset(used)


def _add_variables(connection: Connection, found: Mapping[int, CaseFacts], wanted: frozenset[str]) -> None:
    columns = variable.c
    query = select(columns.scope_key, columns.name, columns.value).where(columns.scope_key.in_(list(found)))
    if "files" not in wanted:
        query = query.where(columns.name.in_(wanted))
    for row in connection.execute(query):
        found[row.scope_key].variables[row.name] = from_json(row.value)


def _add_outcomes(connection: Connection, definitions: Definitions, found: Mapping[int, CaseFacts]) -> None:
    """The end events of the outermost process that were reached last: what became of the case."""
    columns = element_instance.c
    query = (
        select(columns.root_key, columns.definition_key, columns.element_id)
        .where(columns.process_instance_key.in_(list(found)), columns.type == "END_EVENT", columns.state == "COMPLETED")
        .order_by(columns.key)
    )
    for row in connection.execute(query):
        node = definitions.model(connection, row.definition_key).node(row.element_id)
        found[row.root_key].case["outcome"] = row.element_id if node is None else node.name or node.id


def _add_clocks(connection: Connection, found: Mapping[int, CaseFacts]) -> None:
    for row in connection.execute(select(clock).where(clock.c.root_key.in_(list(found)))).mappings():
        # The row's due_at is for watching and empty once the clock has stopped; its state keeps the day.
        deadline = row["state"]["deadline"]
        found[row["root_key"]].clocks[row["limit_id"]] = {
            "due": None if deadline is None else _date(deadline["due"]),
            "status": _CLOCK_STATES.get(row["status"], row["status"]),
            "started": _date(row["state"]["effective_date"]),
            "name": row["name"],
        }


def _add_tasks(connection: Connection, found: Mapping[int, CaseFacts]) -> None:
    columns = user_task.c
    query = select(user_task).where(columns.root_key.in_(list(found)), columns.state == "COMPLETED")
    rows = connection.execute(query.order_by(columns.ended_at, columns.key)).mappings().all()
    people = names.people(connection, (row["completed_by"] for row in rows))
    for row in rows:
        found[row["root_key"]].tasks[row["element_id"]] = {
            "by": people.get(row["completed_by"] or "", {}).get("name"),
            "on": _day(row["ended_at"]),
            "outcome": row["outcome"],
            "opinion": row["opinion"],
        }


def _day(moment: datetime) -> Any:
    """The legal day of a moment."""
    return _date(legal_date(moment))


def _date(day: str) -> Any:
    """A day as FEEL has it."""
    return from_json({"$feel": "date", "value": day})
