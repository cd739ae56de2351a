"""Draw experts for a case: announced with the digest of a secret seed, then opened before a witness."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from engine.commands.errors import CaseUnknown
from engine.commands.handlers import Answer, handles
from engine.commands.import_experts import require_drawer
from engine.commands.runners import runs, untouched
from engine.commands.unit import UnitOfWork
from engine.controls.draw import SEED_BYTES, ordered, seed_digest, split_pool
from engine.errors import Conflict, InvalidInput, NotFound
from engine.history.control_events import ExpertDrawCommitted, ExpertsDrawn
from engine.store.keys import draw_key
from engine.store.tables.controls import expert, expert_draw
from engine.store.tables.runtime import process_instance

runs(ExpertDrawCommitted)(untouched)
runs(ExpertsDrawn)(untouched)

USUAL_SIZE = 7
"""L2581: 随机抽取7名专家."""


class DrawUnknown(NotFound):
    """There is no such draw."""

    code = "controls.draw-unknown"


class DrawDone(Conflict):
    """The experts were drawn already; another draw is announced anew, with a reason."""

    code = "controls.draw-done"


class DrawReasonMissing(InvalidInput):
    """A second draw for a case needs a reason."""

    code = "controls.draw-reason-missing"


class PoolTooSmall(Conflict):
    """The field has fewer experts without conflict than are to be drawn."""

    code = "controls.pool-too-small"


@dataclass(frozen=True, slots=True)
class CommitExpertDraw:
    """Announce a draw for the case ``key``: ``size`` experts of a field, none employed by one of ``applicants``."""

    key: int
    field: str
    size: int = USUAL_SIZE
    alternates: int = 3
    applicants: Sequence[str] = ()
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class PerformExpertDraw:
    """Open the seed of draw ``key``; ``witness`` is what the witness said after the announcement."""

    key: int
    witness: str = ""


@handles(CommitExpertDraw)
def commit(command: CommitExpertDraw, unit: UnitOfWork) -> Answer:
    """Fix the pool and the seed, of which the digest alone is told.

    Raises DrawersOnly, CaseUnknown, CaseEnded, CaseSuspended, DrawReasonMissing, PoolTooSmall.
    """
    require_drawer(unit.actor)
    query = select(process_instance.c.root_key).where(process_instance.c.key == command.key)
    root_key = unit.connection.execute(query).scalar()
    if root_key is None:
        raise CaseUnknown(f"没有编号为 {command.key} 的案件，请核对。")
    case = unit.open_case(root_key)
    case.require_live()
    _require_reason(unit, root_key, command.reason)
    experts: list[Mapping[Any, Any]] = list(unit.connection.execute(select(expert)).mappings())
    pool, excluded = split_pool(experts, command.field, command.applicants)
    if command.size < 1 or len(pool) < command.size:
        raise PoolTooSmall(f"“{command.field}”领域可抽取的专家 {len(pool)} 名，不足 {command.size} 名，请补充专家库。")
    key, seed = draw_key(unit.connection), os.urandom(SEED_BYTES).hex()
    case.execute(
        ExpertDrawCommitted(
            key=key,
            field=command.field,
            size=command.size,
            alternates=command.alternates,
            pool=pool,
            excluded=excluded,
            seed_digest=seed_digest(seed),
            reason=command.reason,
        )
    )
    # The seed goes into history when it is opened, not before.
    unit.batch.update(expert_draw, (key,), {"seed": seed})
    return {"key": key, "seed_digest": seed_digest(seed)}


@handles(PerformExpertDraw)
def perform(command: PerformExpertDraw, unit: UnitOfWork) -> Answer:
    """Draw. Raises DrawersOnly, DrawUnknown, DrawDone, CaseEnded, CaseSuspended."""
    require_drawer(unit.actor)
    query = select(expert_draw).where(expert_draw.c.key == command.key)
    known = unit.connection.execute(query).mappings().first()
    if known is None:
        raise DrawUnknown(f"没有编号为 {command.key} 的专家抽取。")
    case = unit.open_case(known["root_key"])
    case.require_live()
    row = unit.connection.execute(query).mappings().one()
    if row["state"] != "COMMITTED":
        raise DrawDone("专家已经抽取；需要重新抽取的，请写明理由重新公布。")
    order = [dict(each) for each in ordered(row["pool"], row["seed"], command.witness)]
    drawn, rest = order[: row["size"]], order[row["size"] :]
    alternates = rest[: row["alternates_wanted"]]
    case.execute(
        ExpertsDrawn(key=command.key, seed=row["seed"], witness=command.witness, drawn=drawn, alternates=alternates)
    )
    return {"key": command.key, "drawn": drawn, "alternates": alternates}


def _require_reason(unit: UnitOfWork, root_key: int, reason: str | None) -> None:
    earlier = select(expert_draw.c.key).where(expert_draw.c.root_key == root_key)
    if unit.connection.execute(earlier).first() is not None and not (reason or "").strip():
        raise DrawReasonMissing("本案已经公布过专家抽取，再次抽取须写明理由。")
