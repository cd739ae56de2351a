"""Content that must go is erased by two administrators: one proposes it, another confirms it.

The event's payload and salt go, and with them everything that could be guessed against its digest; digests and chain
stay, so the rest still proves itself. What read models and the running state hold of it goes too.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, Text, delete, insert, select, update

from engine.commands.administration import require_administrator
from engine.commands.calendar_proposals import ProposalDecided, ProposalUnknown, SecondPersonNeeded
from engine.commands.case import Case
from engine.commands.clocks.access import require_texts
from engine.commands.erasure_scope import Scope, scope_of
from engine.commands.handlers import Answer, handles
from engine.commands.unit import UnitOfWork
from engine.errors import InvalidInput
from engine.history.control_events import ErasureProposed, ErasureRejected
from engine.history.erasing import GONE, scrubbed
from engine.history.events import ContentErased, VariablesUpdated
from engine.store.keys import draw_key
from engine.store.tables.base import metadata
from engine.store.tables.controls import erasure
from engine.store.tables.history import history_event
from engine.store.tables.issuing import text_version
from engine.store.tables.runtime import draft, element_instance, state_part, user_task, variable
from engine.store.types import JsonText


class NothingToErase(InvalidInput):
    """The case holds nothing of what was named."""

    code = "commands.nothing-to-erase"


@dataclass(frozen=True, slots=True)
class ProposeErasure:
    """Propose that the variables (and single events) of the case ``key`` go; ``basis`` names the law that wants it."""

    key: int
    variables: Sequence[str]
    events: Sequence[int]
    basis: str


@dataclass(frozen=True, slots=True)
class ConfirmErasure:
    """Erase what proposal ``key`` names."""

    key: int


@dataclass(frozen=True, slots=True)
class RejectErasure:
    """Reject or withdraw proposal ``key``."""

    key: int
    reason: str


@handles(ProposeErasure)
def propose(command: ProposeErasure, unit: UnitOfWork) -> Answer:
    """Propose; what other variables and events hold the same texts is found and named.

    Raises AdministratorOnly, GroundMissing, CaseUnknown, NothingToErase.
    """
    require_administrator(unit.actor)
    require_texts(法律依据=command.basis)
    case = unit.open_case(command.key)
    scope = scope_of(unit.connection, case.root_key, command.variables, command.events)
    if not scope.seqs:
        raise NothingToErase("案件的历史中没有所指的内容，请核对变量名称。")
    key = draw_key(unit.connection)
    unit.connection.execute(
        insert(erasure),
        {
            "key": key,
            "root_key": case.root_key,
            "seqs": sorted(scope.seqs),
            "variables": sorted(scope.names),
            "basis": command.basis,
            "state": "PROPOSED",
            "proposed_by": unit.actor.id,
            "proposed_at": unit.now,
        },
    )
    names = sorted(scope.names)
    unit.log(ErasureProposed(key=key, events=sorted(scope.seqs), variables=names, basis=command.basis))
    return {"key": key, "events": sorted(scope.seqs)}


@handles(ConfirmErasure)
def confirm(command: ConfirmErasure, unit: UnitOfWork) -> Answer:
    """Erase. Raises AdministratorOnly, ProposalUnknown, ProposalDecided, SecondPersonNeeded."""
    require_administrator(unit.actor)
    row = _open_proposal(unit, command.key)
    if row["proposed_by"] == unit.actor.id:
        raise SecondPersonNeeded("清除内容须由另一位管理员确认，提出人不能确认自己的提议。")
    case = unit.open_case(row["root_key"])
    scope = scope_of(unit.connection, case.root_key, row["variables"], row["seqs"])
    _empty_live_variables(unit, case, scope.names)
    unit.batch.flush(unit.connection)
    _scrub_read_models(unit, case.root_key, scope)
    columns = history_event.c
    unit.connection.execute(
        update(history_event)
        .where(columns.root_key == case.root_key, columns.seq.in_(scope.seqs), columns.payload.is_not(None))
        .values(payload=None, salt=None)
    )
    unit.log(ContentErased(root_key=case.root_key, seqs=sorted(scope.seqs), basis=row["basis"]))
    _decide(unit, command.key, "ERASED")
    return {"key": command.key, "events": sorted(scope.seqs)}


@handles(RejectErasure)
def reject(command: RejectErasure, unit: UnitOfWork) -> Answer:
    """Reject. Raises AdministratorOnly, GroundMissing, ProposalUnknown, ProposalDecided."""
    require_administrator(unit.actor)
    require_texts(原因=command.reason)
    _open_proposal(unit, command.key)
    _decide(unit, command.key, "REJECTED", reason=command.reason)
    unit.log(ErasureRejected(key=command.key, reason=command.reason))
    return {"key": command.key}


def _empty_live_variables(unit: UnitOfWork, case: Case, names: Collection[str]) -> None:
    """Set the variables of live scopes to null, by the machine, so that the case goes on without them."""
    if case.ended:
        return
    query = (
        select(variable.c.scope_key, variable.c.name)
        .join(element_instance, element_instance.c.key == variable.c.scope_key)
        .where(variable.c.root_key == case.root_key, variable.c.name.in_(names), element_instance.c.state == "ACTIVE")
        .order_by(variable.c.scope_key, variable.c.name)
    )
    by_scope: dict[int, dict[str, Any]] = {}
    for row in unit.connection.execute(query):
        by_scope.setdefault(row.scope_key, {})[row.name] = None
    for scope_key, values in by_scope.items():
        case.execute(VariablesUpdated(scope_key=scope_key, variables=values, local=True, reason="依法清除内容"))


def _scrub_read_models(unit: UnitOfWork, root_key: int, scope: Scope) -> None:
    """Directly, not by appliers: history no longer holds what they would need."""
    tasks = select(user_task.c.key).where(user_task.c.root_key == root_key)
    unit.connection.execute(delete(draft).where(draft.c.user_task_key.in_(tasks)))
    for table in metadata.sorted_tables:
        if "root_key" in table.c and table not in (history_event, state_part, erasure):
            _scrub_table(unit, table, root_key, scope)


def _scrub_table(unit: UnitOfWork, table: Table, root_key: int, scope: Scope) -> None:
    columns = [column for column in table.columns if isinstance(column.type, JsonText | Text)]
    if not columns:
        return
    keys = list(table.primary_key.columns)
    for row in unit.connection.execute(select(table).where(table.c.root_key == root_key)).mappings().all():
        values = {}
        for column in columns:
            if column.primary_key:
                continue
            new = scrubbed(row[column.name], scope.names, scope.texts)
            if table is variable and column.name == "value" and row["name"] in scope.names:
                new = None
            if table is text_version and column.name == "content" and row["variable"] in scope.names:
                new = [GONE]
            if new != row[column.name]:
                values[column.name] = new
        if values:
            found = [key == row[key.name] for key in keys]
            unit.connection.execute(update(table).where(*found).values(**values))


def _open_proposal(unit: UnitOfWork, key: int) -> Mapping[Any, Any]:
    query = select(erasure).where(erasure.c.key == key)
    if unit.connection.dialect.name == "postgresql":
        query = query.with_for_update()
    row = unit.connection.execute(query).mappings().first()
    if row is None:
        raise ProposalUnknown(f"没有编号为 {key} 的清除提议。")
    if row["state"] != "PROPOSED":
        raise ProposalDecided("该清除提议已经处理，请刷新。", details={"state": row["state"]})
    return row


def _decide(unit: UnitOfWork, key: int, state: str, **more: Any) -> None:
    values = {"state": state, "decided_by": unit.actor.id, "decided_at": unit.now, **more}
    unit.connection.execute(update(erasure).where(erasure.c.key == key).values(**values))
