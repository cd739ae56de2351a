"""Note, once, that a seal which was taken out is not back in time (L393 “印章……带出使用”)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from engine.commands.handlers import Answer, handles
from engine.commands.runners import runs, untouched
from engine.commands.unit import UnitOfWork
from engine.documents.organisation_files import seals_in_force
from engine.history.paper_events import SealOverdueNoted
from engine.store.tables.issuing import seal_loan

runs(SealOverdueNoted)(untouched)


@dataclass(frozen=True, slots=True)
class NoteSealOverdue:
    """Tell of the loan ``key`` of a seal."""

    key: int


@handles(NoteSealOverdue)
def handle(command: NoteSealOverdue, unit: UnitOfWork) -> Answer:
    """Tell, unless the seal is back or it was told before. Raises CaseBusy while somebody works on the case."""
    query = select(seal_loan).where(seal_loan.c.key == command.key)
    row = unit.connection.execute(query).mappings().first()
    if row is None:
        return {"told": False}
    case = unit.open_case(row["root_key"], wait=False)
    row = unit.connection.execute(query).mappings().one()
    if row["watch_at"] is None or row["watch_at"] > unit.now:
        return {"told": False}
    seal = seals_in_force(unit.connection).find(row["seal"])
    groups = [] if seal is None else [*seal.keepers, *seal.told]
    case.execute(SealOverdueNoted(key=row["key"], seal=row["seal"], groups=groups, users=[row["handed_out_by"]]))
    return {"told": True}
