"""What pages show of a case and of a form, for somebody who may see it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from engine.clock import LEGAL_ZONE
from engine.definitions.repository import Definitions
from engine.printing.fields import EMPTY, digests_of, form_blocks, value_blocks
from engine.printing.pages import write_page
from engine.queries import names
from engine.queries.case import case_detail
from engine.queries.documents import case_documents
from engine.queries.events import steps_of
from engine.queries.forms import in_words
from engine.queries.record import COMPLETIONS, record
from engine.queries.sight import Sight, require_sight
from engine.queries.user_task import UserTaskInvisible, visible_row
from engine.queries.user_tasks import Moment
from engine.queries.variables import scope_chain
from engine.queries.viewer import Viewer
from engine.queries.visibility import hidden_fields, shown
from engine.store.tables.identity import department

STATES = {"ACTIVE": "在办", "COMPLETED": "已办结", "TERMINATED": "已终止", "SUSPENDED": "已暂停"}
_CLOCKS = {"running": "计时", "suspended": "中止", "stopped": "停止"}
_FOOT = "本页由办结系统依据案件记录生成。"

Row = Mapping[Any, Any]


def print_case(connection: Connection, viewer: Viewer, key: int, moment: Moment, definitions: Definitions) -> str:
    """Return the page of a case; raise CaseInvisible. Its variables are in it only for who sees the content."""
    case = case_detail(connection, viewer, key, moment, definitions)
    root_key, sight = require_sight(connection, viewer, key, Sight.OUTLINE)
    choices: Mapping[str, Mapping[str, str]] = case["choices"]
    variables = {
        name: in_words(value, choices.get(name, {})) for name, value in case["variables"].items() if name != "initiator"
    }
    return write_page(
        "case",
        {
            "bureau": bureau_name(connection),
            "title": case["case_title"],
            "facts": _case_facts(case),
            "clocks": [_clock(each) for each in case["clocks"]],
            "variables": value_blocks(variables, case["labels"]),
            "record": [_step(each) for each in record(connection, viewer, root_key, definitions)["items"]],
            "files": files_of(connection, viewer, root_key, definitions) if sight is Sight.CONTENT else [],
            "foot": f"{_FOOT}案件编号 {root_key}。",
        },
    )


def print_task(connection: Connection, viewer: Viewer, key: int, definitions: Definitions) -> str:
    """Return the page of a user task's form as it was filled in, or as it stands; raise UserTaskInvisible."""
    row = task_row(connection, viewer, key)
    title, values, signed = _form_state(connection, viewer, row, definitions)
    schema = {"components": []} if row["form_key"] is None else definitions.form_schema(connection, row["form_key"])
    facts = [("环节", row["name"]), ("开始", moment_text(row["created_at"])), ("办理", moment_text(row["ended_at"]))]
    return write_page(
        "form",
        {
            "bureau": bureau_name(connection),
            "title": row["name"],
            "facts": [("案件", title), *facts],
            "content": form_blocks(schema, values),
            "signed": signed,
            "foot": f"{_FOOT}案件编号 {row['root_key']}，待办编号 {key}。",
        },
    )


def task_row(connection: Connection, viewer: Viewer, key: int) -> Row:
    """Return a user task of a case whose content the viewer sees; raise UserTaskInvisible."""
    row, sight = visible_row(connection, viewer, key)
    if sight is not Sight.CONTENT:
        raise UserTaskInvisible(f"没有键为 {key} 的待办，或者您无权查看。")
    return row


def bureau_name(connection: Connection) -> str:
    """Return the bureau's name, for the head of pages."""
    query = select(department.c.name).where(department.c.kind == "bureau").order_by(department.c.position).limit(1)
    return str(connection.execute(query).scalar() or "")


def files_of(connection: Connection, viewer: Viewer, root_key: int, definitions: Definitions) -> list[dict[str, Any]]:
    """Return the files of a case: papers and other files that variables hold, and what was added by itself."""
    found: dict[str, Mapping[str, Any]] = {}
    detail_hidden = hidden_fields(connection, definitions, viewer, root_key)
    for step in steps_of(connection, root_key):
        for event in step.events:
            if event.type == "variable_changed" and event.payload and event.payload["name"] not in detail_hidden:
                for each in _files_in(event.payload["value"]):
                    found[str(each["documentId"])] = each
    for each in case_documents(connection, viewer, root_key, definitions):
        found.setdefault(str(each["document_id"]), each)
    return [
        {"name": str(each.get("name") or EMPTY), "size": size_text(each.get("size")), "digest": str(each.get("digest"))}
        for each in found.values()
    ]


def _files_in(value: Any) -> list[Mapping[str, Any]]:
    if isinstance(value, list):
        return [file for each in value for file in _files_in(each)]
    if not isinstance(value, Mapping):
        return []
    if value.get("documentId") and digests_of(value):
        return [value]
    return [file for each in value.values() for file in _files_in(each)]


def _form_state(
    connection: Connection, viewer: Viewer, row: Row, definitions: Definitions
) -> tuple[str, dict[str, Any], dict[str, Any] | None]:
    """The case's title, the values that the form showed when it was completed (or shows now), and who signed it."""
    scopes = scope_chain(connection, row["bound_to"] or row["key"])
    values: dict[tuple[int, str], Any] = {}
    sent: Mapping[str, Any] = {}
    title, signed = "", None
    for step in steps_of(connection, row["root_key"]):
        payload = step.command.payload or {}
        title = payload.get("title", title)
        if step.command.type in COMPLETIONS and payload.get("key") == row["key"]:
            sent = payload.get("variables") or {}
            signed = _signature(connection, step.actor_id, step.on_behalf_of, payload, step.at)
            if row["state"] == "COMPLETED":
                break
        for event in step.events:
            if event.type == "variable_changed" and event.payload is not None:
                values[(event.payload["scope_key"], event.payload["name"])] = event.payload["value"]
    known = {name: value for scope in reversed(scopes) for (place, name), value in values.items() if place == scope}
    hidden = hidden_fields(connection, definitions, viewer, row["root_key"])
    return title, shown({**known, **sent}, hidden), signed if row["state"] == "COMPLETED" else None


def _signature(
    connection: Connection, actor_id: str, on_behalf_of: str | None, payload: Mapping[str, Any], at: datetime
) -> dict[str, Any]:
    people = names.people(connection, (actor_id, on_behalf_of, payload.get("person_id")))
    by = people[actor_id]["name"]
    if on_behalf_of:
        by = f"{by}（代 {people[on_behalf_of]['name']}）"
    if payload.get("person_id"):
        by = f"{people[payload['person_id']]['name']}（{by} 代录）"
    return {
        "by": by,
        "at": moment_text(at),
        "opinion": payload.get("opinion") or EMPTY,
        "outcome": payload.get("outcome") or "",
    }


def _case_facts(case: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [
        ("流程", f"{case['procedure_name']}（第 {case['version']} 版）"),
        ("案号", case["case_number"] or EMPTY),
        ("状态", STATES.get(case["state"], case["state"])),
        ("发起人", (case["initiator"] or {}).get("name", EMPTY)),
        ("发起时间", moment_text(case["started_at"])),
        ("办结时间", moment_text(case["ended_at"])),
    ]


def _clock(clock: Mapping[str, Any]) -> dict[str, Any]:
    last_day = clock["last_day"]
    return {
        "name": clock["name"],
        "status": _CLOCKS.get(clock["state"], clock["state"]),
        "due": EMPTY if last_day is None else last_day.isoformat(),
        "provisional": bool(clock["provisional"]),
        "basis": clock.get("basis") or EMPTY,
    }


def _step(item: Mapping[str, Any]) -> dict[str, str]:
    by = (item["actor"] or {}).get("name", EMPTY)
    if item["on_behalf_of"]:
        by = f"{by}（代 {item['on_behalf_of']['name']}）"
    return {
        "at": moment_text(item["at"]),
        "element": item["element_name"] or EMPTY,
        "action": item["action"],
        "outcome": item["outcome"] or "",
        "opinion": item["opinion"] or EMPTY,
        "by": by,
    }


def moment_text(moment: datetime | None) -> str:
    """Return a moment as it is in Weihai."""
    return EMPTY if moment is None else moment.astimezone(LEGAL_ZONE).strftime("%Y-%m-%d %H:%M")


def size_text(size: Any) -> str:
    """Return a number of bytes as people read it."""
    if not isinstance(size, int):
        return EMPTY
    return f"{size} 字节" if size < 1000 else f"{size / 1000:.1f} KB" if size < 1_000_000 else f"{size / 1e6:.1f} MB"
