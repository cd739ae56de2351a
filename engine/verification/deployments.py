"""Proof that what is deployed is what history says was deployed."""

from __future__ import annotations

import json

from sqlalchemy import Connection, select

from engine.history.chain import sm3
from engine.history.event import BUREAU_LOG
from engine.store.tables.history import history_event
from engine.store.tables.repository import (
    decision_definition,
    deployment_resource,
    form,
    process_definition,
    resource,
)
from engine.verification.findings import Finding, Severity

Deployed = set[tuple[int, str, str]]
"""Deployment key, file name and digest."""


def verify_deployments(connection: Connection) -> list[Finding]:
    """Return where files, or the definitions made of them, are not what the bureau's log names."""
    recorded = _recorded(connection)
    findings = [
        _finding("verification.resource-differs", f"已部署文件 {row.digest[:12]}… 的内容与摘要不符")
        for row in connection.execute(select(resource.c.digest, resource.c.content))
        if sm3(bytes(row.content)) != row.digest
    ]
    live = {(row.deployment_key, row.name, row.digest) for row in connection.execute(select(deployment_resource))}
    findings += [
        _finding("verification.deployment-differs", f"部署 {key} 的文件 {name} 与系统日志不符")
        for key, name, _ in sorted(recorded ^ live)
    ]
    known = set(connection.execute(select(resource.c.digest)).scalars())
    findings += [
        _finding("verification.resource-gone", f"部署 {key} 的文件 {name} 内容已不在")
        for key, name, digest in sorted(recorded)
        if digest not in known
    ]
    for table in (process_definition, decision_definition, form):
        query = select(table.c.key, table.c.deployment_key, table.c.resource_name, table.c.digest)
        findings += [
            _finding("verification.definition-differs", f"{table.name} 的一行 {row.key} 与系统日志不符")
            for row in connection.execute(query)
            if (row.deployment_key, row.resource_name, row.digest) not in recorded
        ]
    return findings


def _recorded(connection: Connection) -> Deployed:
    query = select(history_event.c.payload).where(
        history_event.c.root_key == BUREAU_LOG, history_event.c.type == "resources_deployed"
    )
    recorded: Deployed = set()
    for payload in connection.execute(query).scalars():
        try:
            data = json.loads(payload or "")
            recorded |= {(data["deployment_key"], name, digest) for name, digest in data["resources"].items()}
        except (ValueError, KeyError, TypeError, AttributeError):
            continue  # the chain's own examination says what is wrong with it; its files are found missing below
    return recorded


def _finding(code: str, message: str) -> Finding:
    return Finding(Severity.TAMPERED, code, BUREAU_LOG, None, message)
