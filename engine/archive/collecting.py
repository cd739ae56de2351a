"""What goes into the package of a case, read from one snapshot of the database."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from engine.archive.errors import ContentMissing
from engine.clock import legal_date
from engine.definitions.repository import Definitions
from engine.history.event import moment_text
from engine.printing.facts import STATES
from engine.queries import names
from engine.queries.case import case_variables
from engine.queries.documents import ARCHIVE, EXPORT
from engine.queries.record import COMPLETIONS
from engine.store.tables.general import document
from engine.store.tables.history import history_event
from engine.store.tables.identity import user
from engine.store.tables.records import case_document
from engine.store.tables.repository import decision_definition, form, process_definition, resource
from engine.store.tables.runtime import decision_instance, process_instance, user_task
from engine.store.types import canonical_json

Row = Mapping[Any, Any]


@dataclass(frozen=True, slots=True)
class Definition:
    """A file that the case ran by."""

    key: str
    member: str
    content: bytes


@dataclass(slots=True)
class Collected:
    """A case as it is archived."""

    instance: Row
    events: list[dict[str, Any]]
    documents: list[Row] = field(default_factory=list)
    discarded: list[str] = field(default_factory=list)
    tasks: list[Row] = field(default_factory=list)
    definitions: list[Definition] = field(default_factory=list)
    variables: dict[str, Any] = field(default_factory=dict)
    case: dict[str, Any] = field(default_factory=dict)

    @property
    def erased(self) -> list[int]:
        """The events whose content was lawfully erased."""
        return [event["seq"] for event in self.events if event["payload"] is None]


def collect(connection: Connection, definitions: Definitions, root_key: int) -> Collected:
    """Gather everything about a case. Raises ContentMissing for a file of the case that is not there."""
    query = select(process_instance).where(process_instance.c.key == root_key)
    instance = connection.execute(query).mappings().one()
    found = Collected(instance, list(_events(connection, root_key)))
    found.variables = case_variables(connection, root_key)
    _add_documents(connection, root_key, found)
    query = select(user_task).where(user_task.c.root_key == root_key, user_task.c.state == "COMPLETED")
    tasks = connection.execute(query.order_by(user_task.c.ended_at, user_task.c.key)).mappings()
    found.tasks = [row for row in tasks if row["form_key"] is not None]
    found.definitions = list(_definitions(connection, root_key, found))
    found.case = _case(connection, definitions, found)
    return found


def files_named(value: Any) -> Iterator[str]:
    """Yield the ids of the files that a recorded value names."""
    if isinstance(value, list):
        for each in value:
            yield from files_named(each)
    elif isinstance(value, Mapping):
        id_ = value.get("documentId", value.get("document_id"))
        if isinstance(id_, str) and id_:
            yield id_
        for each in value.values():
            yield from files_named(each)


def event_line(event: Mapping[str, Any]) -> str:
    """Return an event as a line of the package's history."""
    return canonical_json(event) + "\n"


def _events(connection: Connection, root_key: int) -> Iterator[dict[str, Any]]:
    query = select(history_event).where(history_event.c.root_key == root_key).order_by(history_event.c.seq)
    for row in connection.execute(query).mappings():
        yield {
            "seq": row["seq"],
            "command_seq": row["command_seq"],
            "at": moment_text(row["at"]),
            "type": row["type"],
            "version": row["version"],
            "actor_id": row["actor_id"],
            "on_behalf_of": row["on_behalf_of"],
            "payload": row["payload"],
            "salt": None if row["salt"] is None else bytes(row["salt"]).hex(),
            "digest": row["digest"],
            "hash": row["hash"],
        }


def _add_documents(connection: Connection, root_key: int, found: Collected) -> None:
    named = dict.fromkeys(id_ for event in found.events for id_ in files_named(json.loads(event["payload"] or "null")))
    query = select(case_document.c.document_id).where(case_document.c.root_key == root_key)
    taken = set(connection.execute(query).scalars())
    rows: dict[str, Row] = {}
    listed = list(named)
    for begin in range(0, len(listed), 500):
        part = select(document).where(document.c.id.in_(listed[begin : begin + 500]))
        rows.update({row["id"]: row for row in connection.execute(part).mappings()})
    for id_ in listed:
        row = rows.get(id_)
        if row is None and id_ in taken:
            raise ContentMissing(f"案件的附件 {id_} 已不在，不能归档，请告知系统管理员。")
        if row is None or row["purpose"] in (ARCHIVE, EXPORT):
            found.discarded.append(id_)
        else:
            found.documents.append(row)


def _definitions(connection: Connection, root_key: int, found: Collected) -> Iterator[Definition]:
    """The diagrams that history names, the forms of completed tasks, the rules that were evaluated."""
    keys = {found.instance["definition_key"]}
    for event in found.events:
        payload = json.loads(event["payload"] or "null")
        if isinstance(payload, dict) and isinstance(payload.get("definition_key"), int):
            keys.add(payload["definition_key"])
    yield from _files(connection, process_definition, keys, "process_id", "bpmn")
    yield from _files(connection, form, {row["form_key"] for row in found.tasks}, "form_id", "form")
    query = select(decision_instance.c.root_decision_key).where(decision_instance.c.root_key == root_key)
    decisions = set(connection.execute(query).scalars())
    yield from _files(connection, decision_definition, decisions, "decision_id", "dmn")


def _files(connection: Connection, table: Any, keys: set[int], id_: str, ending: str) -> Iterator[Definition]:
    query = (
        select(table.c.key, table.c[id_], table.c.version, resource.c.content)
        .join(resource, resource.c.digest == table.c.digest)
        .where(table.c.key.in_(keys))
        .order_by(table.c.key)
    )
    for row in connection.execute(query).mappings():
        yield Definition(
            str(row["key"]), f"definitions/{row[id_]}-v{row['version']}-{row['key']}.{ending}", bytes(row["content"])
        )


def _case(connection: Connection, definitions: Definitions, found: Collected) -> dict[str, Any]:
    row = found.instance
    procedure = names.procedures(connection, [row["definition_key"]])[row["definition_key"]]
    department = names.departments(connection).get(row["department"] or "")
    last = found.events[-1]
    first = json.loads(found.events[0]["payload"] or "{}")
    return {
        "key": str(row["key"]),
        "title": row["title"],
        "number": row["business_key"],
        "numbers": _numbers(found.variables),
        "process_id": row["process_id"],
        "procedure": procedure["name"],
        "version": row["version"],
        "state": STATES.get(row["state"], row["state"]),
        "department_id": row["department"],
        "department": None if department is None else department["name"],
        "started_on": legal_date(row["started_at"]),
        "ended_on": None if row["ended_at"] is None else legal_date(row["ended_at"]),
        "engine": first.get("engine", ""),
        "head": {"seq": last["seq"], "hash": last["hash"]},
        "people": _people(connection, found.events),
        "record": _record(connection, found),
    }


def _numbers(variables: Mapping[str, Any]) -> list[str]:
    """The numbers of papers that the case holds."""
    found = [value for name, value in sorted(variables.items()) if name.endswith("_number") and isinstance(value, str)]
    return list(dict.fromkeys(value for value in found if value))


def _people(connection: Connection, events: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    ids = {id_ for event in events for id_ in (event["actor_id"], event["on_behalf_of"]) if id_}
    known = names.people(connection, ids)
    query = select(user.c.id, user.c.department_id).where(user.c.id.in_(ids))
    of = {row.id: row.department_id for row in connection.execute(query)}
    departments = names.departments(connection)
    return [
        {
            "机构人员类型": "个人" if id_ in of else "系统",
            "机构人员名称": known[id_]["name"],
            "所属机构": departments.get(of.get(id_) or "", {}).get("name", ""),
        }
        for id_ in sorted(ids)
    ]


def _record(connection: Connection, found: Collected) -> list[dict[str, Any]]:
    """业务行为: who completed what, when, with which outcome."""
    query = select(user_task.c.key, user_task.c.name).where(user_task.c.root_key == found.instance["key"])
    tasks: dict[int, str] = {row.key: row.name for row in connection.execute(query)}
    done = [event for event in found.events if event["type"] in COMPLETIONS and event["payload"]]
    people = names.people(connection, (event["actor_id"] for event in done))
    record = []
    for event in done:
        payload = json.loads(event["payload"])
        record.append(
            {
                "行为名称": tasks.get(payload.get("key"), ""),
                "行为时间": event["at"],
                "行为人": people[event["actor_id"]]["name"],
                "行为描述": "；".join(str(payload[each]) for each in ("outcome", "opinion") if payload.get(each)),
            }
        )
    return record
