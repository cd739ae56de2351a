"""Seal the secrets of second factors that an earlier version kept as they are."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select, update

from engine.commands.administration import require_administrator
from engine.commands.handlers import Answer, handles
from engine.commands.unit import UnitOfWork
from engine.history.action_events import SecondFactorsSealed
from engine.store.tables.actions import second_factor
from engine.store.vault import is_sealed


@dataclass(frozen=True, slots=True)
class SealSecondFactors:
    """Seal what is not sealed yet; done again it changes nothing. A migration can't: it knows no secret."""


@handles(SealSecondFactors)
def handle(command: SealSecondFactors, unit: UnitOfWork) -> Answer:
    """Seal. Raises AdministratorOnly, SecretTooShort."""
    require_administrator(unit.actor)
    columns = second_factor.c
    rows = unit.connection.execute(select(columns.user_id, columns.secret)).all()
    plain = [row for row in rows if not is_sealed(row.secret)]
    for row in plain:
        sealed = unit.vault.seal(row.secret, row.user_id)
        unit.connection.execute(update(second_factor).where(columns.user_id == row.user_id).values(secret=sealed))
    if plain:
        unit.log(SecondFactorsSealed(count=len(plain)))
    return {"sealed": len(plain)}
