"""Verify one case, or everything.

Whatever a hand may have left in the database is a finding, never a failure of the verification: content that is no
JSON, events of no known type, rows of no case.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from engine.commands.production import Sources
from engine.errors import BanjieError
from engine.history.anchors import Anchor
from engine.history.chain import Head, examine
from engine.history.event import BUREAU_LOG, Event
from engine.store.tables.general import chain_head
from engine.store.tables.history import history_event
from engine.store.tables.runtime import case_lock
from engine.verification.deployments import verify_deployments
from engine.verification.findings import Finding, Severity
from engine.verification.read_models import compare_log_models, compare_read_models, compare_state, rows_of_no_case
from engine.verification.reexecution import reexecute

Anchored = Mapping[int, set[str]]
"""The hashes kept outside the database for the events of one chain, by sequence number."""


@dataclass(slots=True)
class Verification:
    """What was verified and found."""

    cases: int = 0
    events: int = 0
    anchors: int = 0
    findings: list[Finding] = field(default_factory=list)

    @property
    def passed(self) -> bool:
        """Whether nothing was found that can't have been written by the platform."""
        return not any(finding.severity is Severity.TAMPERED for finding in self.findings)


def verify(
    connection: Connection, sources: Sources, anchors: Iterable[Anchor], root_keys: Iterable[int] | None = None
) -> Verification:
    """Verify the cases ``root_keys``, or, with None, all cases, the bureau's log and every deployed file.

    ``anchors`` are the heads kept outside the database.
    """
    result = Verification()
    by_case: dict[int, dict[int, set[str]]] = {}
    for anchor in anchors:
        result.anchors += 1
        by_case.setdefault(anchor.root_key, {}).setdefault(anchor.head.seq, set()).add(anchor.head.hash)
    everything = root_keys is None
    heads = _heads(connection)
    for root_key in sorted(heads if root_keys is None else root_keys):
        _verify_case(connection, sources, root_key, heads.get(root_key), by_case.pop(root_key, {}), result)
    if everything:
        log, log_anchors = _log_head(connection), by_case.pop(BUREAU_LOG, {})
        _guarded(BUREAU_LOG, result, lambda: _verify_log(connection, log, log_anchors, result))
        result.findings += [
            Finding(Severity.TAMPERED, "verification.case-gone", root_key, None, "锚定文件中有，数据库中没有")
            for root_key in sorted(by_case)
        ]
        result.findings += verify_deployments(connection)
        result.findings += rows_of_no_case(connection, heads)
    return result


def _verify_case(
    connection: Connection,
    sources: Sources,
    root_key: int,
    head: Mapping[str, Any] | None,
    anchors: Anchored,
    result: Verification,
) -> None:
    result.cases += 1
    if head is None:
        message = "没有这个案件"
        result.findings.append(Finding(Severity.TAMPERED, "verification.case-gone", root_key, None, message))
        return
    _guarded(root_key, result, lambda: _verify_content(connection, sources, root_key, head, anchors, result))


def _guarded(root_key: int, result: Verification, work: Callable[[], object]) -> None:
    try:
        work()
    except (BanjieError, LookupError, TypeError, ValueError, AttributeError) as error:
        message = f"记录无法读取，不是平台写下的样子：{error!r}"
        result.findings.append(Finding(Severity.TAMPERED, "verification.unreadable", root_key, None, message))


def _verify_content(
    connection: Connection,
    sources: Sources,
    root_key: int,
    head: Mapping[str, Any],
    anchors: Anchored,
    result: Verification,
) -> None:
    expected = Head(head["head_seq"], head["head_hash"])
    events = _verify_chain(connection, root_key, expected, anchors, result)
    if events is None:
        return
    result.findings += compare_read_models(connection, root_key, events, head)
    again = reexecute(connection, sources, events)
    result.findings += again.findings
    if again.complete:
        result.findings += compare_state(connection, root_key, again.parts)


def _verify_log(connection: Connection, head: Head | None, anchors: Anchored, result: Verification) -> None:
    events = _verify_chain(connection, BUREAU_LOG, head, anchors, result)
    if events is not None:
        result.findings += compare_log_models(connection, events)


def _verify_chain(
    connection: Connection, root_key: int, expected: Head | None, anchors: Anchored, result: Verification
) -> list[Event] | None:
    """Check one chain and its anchors; return its events, or None when content is missing."""
    query = select(history_event).where(history_event.c.root_key == root_key).order_by(history_event.c.seq)
    rows = [dict(row) for row in connection.execute(query).mappings()]
    result.events += len(rows)
    for broken in examine(rows, expected):
        result.findings.append(
            Finding(Severity.TAMPERED, "verification.chain-broken", root_key, broken.seq, broken.reason)
        )
    hashes = {row["seq"]: row["hash"] for row in rows}
    for seq, anchored in sorted(anchors.items()):
        # Two anchors of one place that differ: something was cut off there, and the chain grew on another way.
        if anchored != {hashes.get(seq)}:
            message = "与数据库外的锚定不符" if seq in hashes else "锚定文件中有，数据库中没有"
            result.findings.append(Finding(Severity.TAMPERED, "verification.anchor-differs", root_key, seq, message))
    gone = [row["seq"] for row in rows if row["payload"] is None]
    if gone:
        result.findings += _missing_content(connection, root_key, gone)
        return None
    return [_event(row) for row in rows]


def _missing_content(connection: Connection, root_key: int, seqs: Iterable[int]) -> list[Finding]:
    """Content may be gone only where the bureau's log says that it was erased, and by what law."""
    query = select(history_event.c.payload).where(
        history_event.c.root_key == BUREAU_LOG,
        history_event.c.type == "content_erased",
        history_event.c.payload.is_not(None),
    )
    erasures = [json.loads(payload) for payload in connection.execute(query).scalars()]
    lawful = {seq for erasure in erasures if erasure["root_key"] == root_key for seq in erasure["seqs"]}
    message = "内容已不在，系统日志中没有依法清除的记录"
    findings = [
        Finding(Severity.TAMPERED, "verification.content-gone", root_key, seq, message)
        for seq in seqs
        if seq not in lawful
    ]
    if not findings:
        message = "部分内容已依法清除，只核验散列链，不重新执行"
        findings.append(Finding(Severity.NOTE, "verification.content-erased", root_key, None, message))
    return findings


def _event(row: Mapping[str, Any]) -> Event:
    return Event(
        row["root_key"],
        row["seq"],
        row["command_seq"],
        row["at"],
        row["type"],
        row["version"],
        row["actor_id"],
        row["on_behalf_of"],
        json.loads(row["payload"]),
    )


def _heads(connection: Connection) -> dict[int, Mapping[str, Any]]:
    query = select(case_lock)
    known: dict[int, Mapping[str, Any]] = {row["root_key"]: dict(row) for row in connection.execute(query).mappings()}
    orphans = select(history_event.c.root_key).distinct().where(history_event.c.root_key != BUREAU_LOG)
    for root_key in connection.execute(orphans).scalars():
        known.setdefault(root_key, {"head_seq": 0, "head_hash": ""})
    return known


def _log_head(connection: Connection) -> Head | None:
    row = connection.execute(select(chain_head).where(chain_head.c.root_key == BUREAU_LOG)).first()
    if row is not None:
        return Head(row.head_seq, row.head_hash)
    begun = select(history_event.c.seq).where(history_event.c.root_key == BUREAU_LOG).limit(1)
    return None if connection.execute(begun).first() is None else Head(0, "")
