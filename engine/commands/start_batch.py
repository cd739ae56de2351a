"""Order one thing for many cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import insert

from engine.commands.administration import require_administrator
from engine.commands.batches import BatchInvalid, BatchKind, check_parameters
from engine.commands.handlers import Answer, handles
from engine.commands.unit import UnitOfWork
from engine.store.keys import draw_key
from engine.store.tables.batches import batch_item, batch_operation

MOST_CASES = 10_000


@dataclass(frozen=True, slots=True)
class StartBatch:
    """Do ``kind`` to each of the cases ``keys``, one after the other, each in a transaction of its own.

    ``parameters`` are as ``check_parameters`` says. The cases are taken up by the ticker, in the name of the one who
    ordered it and as far as that one may do so at that time.
    """

    kind: str
    keys: Sequence[int]
    reason: str
    parameters: Mapping[str, Any] = field(default_factory=dict)


@handles(StartBatch)
def handle(command: StartBatch, unit: UnitOfWork) -> Answer:
    """Write the order down. Raises AdministratorOnly, BatchInvalid."""
    require_administrator(unit.actor)
    if command.kind not in {kind.value for kind in BatchKind}:
        raise BatchInvalid(f"没有“{command.kind}”这种批量操作，可用的有：{'、'.join(BatchKind)}。")
    kind = BatchKind(command.kind)
    keys = list(dict.fromkeys(command.keys))
    if not 0 < len(keys) <= MOST_CASES:
        raise BatchInvalid(f"一次批量操作应有 1 到 {MOST_CASES} 个案件，现有 {len(keys)} 个。")
    if not command.reason.strip():
        raise BatchInvalid("请写明批量操作的原因，它记入每个案件的历史。")
    parameters = check_parameters(kind, command.parameters)
    if kind is BatchKind.MIGRATE:
        unit.sources.definitions.process(unit.connection, parameters["definition_key"])
    key = draw_key(unit.connection)
    order: dict[str, Any] = {"key": key, "kind": kind.value, "parameters": parameters, "reason": command.reason}
    order |= {"actor_id": unit.actor.id, "total": len(keys), "started_at": unit.now, "canceled_at": None}
    unit.connection.execute(insert(batch_operation), order)
    unit.connection.execute(
        insert(batch_item),
        [
            {"batch_key": key, "position": position, "root_key": root_key, "state": "PENDING"}
            for position, root_key in enumerate(keys)
        ],
    )
    return {"key": key, "total": len(keys)}
