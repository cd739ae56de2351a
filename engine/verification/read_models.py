"""Rebuilds a case's read models from its history and compares them with the live tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, select

from engine.history.appliers import apply
from engine.history.event import BUREAU_LOG, Event
from engine.store.batch import Batch
from engine.store.tables.actions import (
    copy,
    handover,
    held_completion,
    intervention,
    recorded_signature,
    rework,
    signer,
    urge,
)
from engine.store.tables.controls import control_override, control_result, expert_draw
from engine.store.tables.deadlines import clock
from engine.store.tables.issuing import (
    issued_number,
    number_reservation,
    seal_handover,
    seal_loan,
    seal_use,
    service,
    text_version,
)
from engine.store.tables.papers import issued_paper
from engine.store.tables.records import case_document
from engine.store.tables.runtime import (
    decision_instance,
    element_instance,
    incident,
    job,
    message_subscription,
    process_instance,
    signal_subscription,
    state_part,
    user_task,
    user_task_candidate,
    variable,
)
from engine.verification.findings import Finding, Severity

COMPARED: Mapping[Table, frozenset[str]] = {
    process_instance: frozenset(),
    element_instance: frozenset(),
    variable: frozenset(),
    user_task: frozenset(),
    user_task_candidate: frozenset(),
    job: frozenset({"lock_owner", "lock_until", "fence", "attempts", "last_error"}),
    incident: frozenset(),
    decision_instance: frozenset(),
    message_subscription: frozenset(),
    signal_subscription: frozenset(),
    clock: frozenset(),
    rework: frozenset(),
    handover: frozenset(),
    signer: frozenset(),
    held_completion: frozenset(),
    copy: frozenset(),
    urge: frozenset(),
    recorded_signature: frozenset(),
    intervention: frozenset(),
    control_result: frozenset(),
    control_override: frozenset(),
    expert_draw: frozenset({"seed"}),
    case_document: frozenset(),
    issued_paper: frozenset(),
    issued_number: frozenset(),
    number_reservation: frozenset(),
    text_version: frozenset(),
    service: frozenset(),
    seal_use: frozenset(),
    seal_loan: frozenset(),
    seal_handover: frozenset(),
}
"""Each read model with the columns that belong to delivery and not to history."""


def compare_read_models(
    connection: Connection, root_key: int, events: Sequence[Event], case: Mapping[str, Any]
) -> list[Finding]:
    """Return where the live read models of a case, or its ``case`` row, are not what its history makes of them."""
    batch = Batch()
    for event in events:
        apply(event, batch)
    rebuilt = batch.rows()
    findings = _compare_tables(connection, root_key, rebuilt)
    return findings + _compare_case_row(root_key, rebuilt.get(process_instance, {}).get((root_key,)), case)


def compare_log_models(connection: Connection, events: Sequence[Event]) -> list[Finding]:
    """Return where rows that belong to no case are not what the bureau's own log makes of them."""
    batch = Batch()
    for event in events:
        apply(event, batch)
    return _compare_tables(connection, BUREAU_LOG, batch.rows())


def rows_of_no_case(connection: Connection, known: Iterable[int]) -> list[Finding]:
    """Return which tables hold rows of a case that does not exist: they were never written by a command."""
    cases = {*known, BUREAU_LOG}
    findings = []
    for table in (*COMPARED, state_part):
        strange = set(connection.execute(select(table.c.root_key).distinct()).scalars()) - cases
        findings += [
            Finding(
                Severity.TAMPERED, "verification.case-unknown", root_key, None, f"{table.name} 中有不存在的案件的行"
            )
            for root_key in sorted(strange)
        ]
    return findings


def _compare_tables(
    connection: Connection, root_key: int, rebuilt: Mapping[Table, Mapping[tuple[Any, ...], Mapping[str, Any]]]
) -> list[Finding]:
    findings: list[Finding] = []
    for table, ignored in COMPARED.items():
        live = {
            tuple(row[column.name] for column in table.primary_key.columns): dict(row)
            for row in connection.execute(select(table).where(table.c.root_key == root_key)).mappings()
        }
        findings += _compare_table(root_key, table, rebuilt.get(table, {}), live, ignored)
    return findings


def _compare_case_row(root_key: int, rebuilt: Mapping[str, Any] | None, case: Mapping[str, Any]) -> list[Finding]:
    if rebuilt is None or "ended" not in case:
        return []  # the chain's own examination says that there is no beginning, or no row
    expected = {
        "definition_key": rebuilt["definition_key"],
        "suspended": rebuilt["suspended"],
        "ended": rebuilt["state"] != "ACTIVE",
    }
    names = [name for name, value in expected.items() if case[name] != value]
    if not names:
        return []
    message = f"ru_case 的一行中 {'、'.join(names)} 与历史不符"
    return [Finding(Severity.TAMPERED, "verification.read-model-differs", root_key, None, message)]


def compare_state(connection: Connection, root_key: int, parts: Mapping[str, str]) -> list[Finding]:
    """Return where the saved state of a case is not what re-execution gives."""
    query = select(state_part.c.part, state_part.c.content).where(state_part.c.root_key == root_key)
    live = {row.part: row.content for row in connection.execute(query)}
    return [
        Finding(
            Severity.TAMPERED,
            "verification.state-differs",
            root_key,
            None,
            f"保存的执行状态（{part}）与历史不符",
        )
        for part in sorted(live.keys() | parts.keys())
        if live.get(part) != parts.get(part)
    ]


def _compare_table(
    root_key: int,
    table: Table,
    rebuilt: Mapping[tuple[Any, ...], Mapping[str, Any]],
    live: Mapping[tuple[Any, ...], Mapping[str, Any]],
    ignored: Iterable[str],
) -> list[Finding]:
    findings = []
    for identity in sorted(rebuilt.keys() | live.keys(), key=str):
        one, other = rebuilt.get(identity), live.get(identity)
        if one is None or other is None:
            what = "多出" if one is None else "缺少"
            message = f"{table.name} {what}一行 {identity}"
        else:
            names = [name for name in other if name not in ignored and one[name] != _settled(other[name])]
            if not names:
                continue
            message = f"{table.name} 的一行 {identity} 中 {'、'.join(names)} 与历史不符"
        findings.append(Finding(Severity.TAMPERED, "verification.read-model-differs", root_key, None, message))
    return findings


def _settled(value: Any) -> Any:
    """A job out on lease is, to history, still ready."""
    return "ready" if value == "leased" else value
