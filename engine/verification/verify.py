"""Verify one case, or everything."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from engine.commands.production import Sources
from engine.history.anchors import Anchor
from engine.history.chain import Head, examine, sm3
from engine.history.event import BUREAU_LOG, Event
from engine.store.tables.general import chain_head
from engine.store.tables.history import history_event
from engine.store.tables.repository import deployment_resource, resource
from engine.store.tables.runtime import case_lock
from engine.verification.findings import Finding, Severity
from engine.verification.read_models import compare_read_models, compare_state
from engine.verification.reexecution import reexecute


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
    by_case: dict[int, dict[int, str]] = {}
    for anchor in anchors:
        result.anchors += 1
        by_case.setdefault(anchor.root_key, {})[anchor.head.seq] = anchor.head.hash
    everything = root_keys is None
    heads = _heads(connection)
    for root_key in sorted(heads if root_keys is None else root_keys):
        _verify_case(connection, sources, root_key, heads.get(root_key), by_case.pop(root_key, {}), result)
    if everything:
        log = _log_head(connection)
        _verify_chain(connection, BUREAU_LOG, log, by_case.pop(BUREAU_LOG, {}), result)
        result.findings += [
            Finding(Severity.TAMPERED, "verification.case-gone", root_key, None, "锚定文件中有，数据库中没有")
            for root_key in sorted(by_case)
        ]
        result.findings += _verify_resources(connection)
    return result


def _verify_case(
    connection: Connection,
    sources: Sources,
    root_key: int,
    head: Mapping[str, Any] | None,
    anchors: Mapping[int, str],
    result: Verification,
) -> None:
    result.cases += 1
    if head is None:
        message = "没有这个案件"
        result.findings.append(Finding(Severity.TAMPERED, "verification.case-gone", root_key, None, message))
        return
    expected = Head(head["head_seq"], head["head_hash"])
    events = _verify_chain(connection, root_key, expected, anchors, result)
    if events is None:
        message = "部分内容已依法清除，只核验散列链，不重新执行"
        result.findings.append(Finding(Severity.NOTE, "verification.content-erased", root_key, None, message))
        return
    result.findings += compare_read_models(connection, root_key, events)
    again = reexecute(connection, sources, events)
    result.findings += again.findings
    if again.complete:
        result.findings += compare_state(connection, root_key, again.parts)


def _verify_chain(
    connection: Connection, root_key: int, expected: Head | None, anchors: Mapping[int, str], result: Verification
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
    for seq, hash_ in sorted(anchors.items()):
        if hashes.get(seq) != hash_:
            message = "与数据库外的锚定不符" if seq in hashes else "锚定文件中有，数据库中没有"
            result.findings.append(Finding(Severity.TAMPERED, "verification.anchor-differs", root_key, seq, message))
    if any(row["payload"] is None for row in rows):
        return None
    return [_event(row) for row in rows]


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
    query = select(case_lock.c.root_key, case_lock.c.head_seq, case_lock.c.head_hash)
    known: dict[int, Mapping[str, Any]] = {row["root_key"]: dict(row) for row in connection.execute(query).mappings()}
    orphans = select(history_event.c.root_key).distinct().where(history_event.c.root_key != BUREAU_LOG)
    for root_key in connection.execute(orphans).scalars():
        known.setdefault(root_key, {"head_seq": 0, "head_hash": ""})
    return known


def _log_head(connection: Connection) -> Head | None:
    row = connection.execute(select(chain_head).where(chain_head.c.root_key == BUREAU_LOG)).first()
    return None if row is None else Head(row.head_seq, row.head_hash)


def _verify_resources(connection: Connection) -> list[Finding]:
    """Every deployed file must have the content whose digest history names."""
    findings = []
    for row in connection.execute(select(resource.c.digest, resource.c.content)):
        if sm3(bytes(row.content)) != row.digest:
            message = f"已部署文件 {row.digest[:12]}… 的内容与摘要不符"
            findings.append(Finding(Severity.TAMPERED, "verification.resource-differs", BUREAU_LOG, None, message))
    recorded: set[tuple[int, str, str]] = set()
    query = select(history_event.c.payload).where(
        history_event.c.root_key == BUREAU_LOG, history_event.c.type == "resources_deployed"
    )
    for payload in connection.execute(query).scalars():
        data = json.loads(payload) if payload is not None else {"resources": {}}
        recorded |= {(data["deployment_key"], name, digest) for name, digest in data["resources"].items()}
    live = {(row.deployment_key, row.name, row.digest) for row in connection.execute(select(deployment_resource))}
    for key, name, _ in sorted(recorded ^ live):
        message = f"部署 {key} 的文件 {name} 与系统日志不符"
        findings.append(Finding(Severity.TAMPERED, "verification.deployment-differs", BUREAU_LOG, None, message))
    return findings
