"""Correct what was recorded of a service of papers (更正), with evidence; clocks that it started move with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from engine.clock import LEGAL_ZONE
from engine.commands.clocks.access import HEADS, department_of, require_texts
from engine.commands.clocks.reactor import ClockReactor
from engine.commands.clocks.runners import runs_clocks
from engine.commands.handlers import Answer, handles
from engine.commands.issuing.errors import NotKeeper, ServiceIncomplete, ServiceUnknown
from engine.commands.issuing.serving import require_complete
from engine.commands.unit import UnitOfWork
from engine.history.paper_events import ServiceCorrected
from engine.queries.sight import Sight, sight_of
from engine.store.tables.issuing import service

CORRECTABLE = (
    "number",
    "recipient",
    "way",
    "served_on",
    "place",
    "received_by",
    "refused",
    "substitute_reason",
    "evidence",
    "note",
)
"""What of a service may be corrected."""


@dataclass(frozen=True, slots=True)
class CorrectService:
    """Correct the service ``key``: ``changes`` by their names in ``CORRECTABLE``.

    ``limits`` are the time limits whose clocks started on the day of service and start on the corrected day instead.
    """

    key: int
    changes: Mapping[str, Any]
    evidence: str
    reason: str
    limits: Sequence[str] = ()


@runs_clocks(ServiceCorrected)
def run(event: ServiceCorrected, reactor: ClockReactor) -> None:
    """Let the clocks start on the corrected day."""
    for limit_id in event.limits:
        day = date.fromisoformat(event.changes["served_on"])
        reactor.replace_start(limit_id, day, event.evidence, event.reason)


@handles(CorrectService)
def handle(command: CorrectService, unit: UnitOfWork) -> Answer:
    """Correct. Who recorded it may, and the heads of the case's department.

    Raises ServiceUnknown, NotKeeper, GroundMissing, ServiceIncomplete, ClockOperationRefused.
    """
    query = select(service).where(service.c.key == command.key)
    row = unit.connection.execute(query).mappings().first()
    if row is None or sight_of(unit.connection, unit.actor, row["root_key"]) is not Sight.CONTENT:
        raise ServiceUnknown(f"没有编号为 {command.key} 的送达记录，或者您无权查看。")
    case = unit.open_case(row["root_key"])
    row = unit.connection.execute(query).mappings().one()
    department = department_of(unit, row["root_key"])
    heads = {f"{role}@{department}" for role in HEADS}
    if unit.actor.id != row["actor_id"] and unit.actor.groups.isdisjoint(heads):
        raise NotKeeper("只有登记送达的人和主办科室的负责人可以更正送达记录。")
    require_texts(依据=command.evidence, 更正原因=command.reason)
    changes = {name: value for name, value in command.changes.items() if name in CORRECTABLE and value != row[name]}
    if not changes or (command.limits and "served_on" not in changes):
        message = "没有要更正的内容；只有更正送达日期时才会改动期限。"
        raise ServiceIncomplete(message, details={"fields": {"changes": [message]}})
    require_complete({**row, **changes}, unit.now.astimezone(LEGAL_ZONE).date())
    case.execute(
        ServiceCorrected(
            key=row["key"],
            changes=changes,
            before={name: row[name] for name in changes},
            evidence=command.evidence.strip(),
            reason=command.reason.strip(),
            limits=list(command.limits),
        )
    )
    return {"key": row["key"], "process_instance_key": row["root_key"]}
