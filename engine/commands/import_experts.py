"""Replace the pool of experts by what a file holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert

from engine.commands.actor import Actor
from engine.commands.handlers import Answer, handles
from engine.commands.unit import UnitOfWork
from engine.errors import Forbidden
from engine.history.chain import sm3
from engine.history.control_events import ExpertsImported
from engine.store.tables.controls import expert
from engine.store.types import canonical_json

DRAWERS = ("科室负责人@zgk", "经办人@zgk")
"""政工科 keeps the pool and draws from it (L2581)."""

WORKER_ID = "system:worker"


class DrawersOnly(Forbidden):
    """The pool of experts and draws from it are the personnel department's."""

    code = "controls.drawers-only"


def require_drawer(actor: Actor) -> None:
    """Raise DrawersOnly unless the actor is of the department that draws, or the platform's own worker."""
    if actor.id != WORKER_ID and actor.groups.isdisjoint(DRAWERS):
        raise DrawersOnly("专家库和专家抽取由政工科负责，业务科室不能操作。")


@dataclass(frozen=True, slots=True)
class ImportExperts:
    """Replace the pool: each of ``experts`` has ``id``, ``name``, ``employer``, ``fields``, ``active``."""

    experts: Sequence[Mapping[str, Any]]
    source: str


@handles(ImportExperts)
def handle(command: ImportExperts, unit: UnitOfWork) -> Answer:
    """Replace. Raises DrawersOnly."""
    require_drawer(unit.actor)
    rows = [dict(each) for each in command.experts]
    unit.connection.execute(delete(expert))
    if rows:
        unit.connection.execute(insert(expert), rows)
    digest = sm3(canonical_json(rows).encode())
    unit.log(ExpertsImported(experts=len(rows), digest=digest, source=command.source))
    return {"experts": len(rows)}
