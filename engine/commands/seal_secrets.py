"""Seal the secrets that an earlier version kept as they are: of second factors, settings and connections."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select, update

from engine.commands.administration import require_administrator
from engine.commands.handlers import Answer, handles
from engine.commands.unit import UnitOfWork
from engine.history.action_events import SecondFactorsSealed
from engine.history.people_events import SecretsSealed
from engine.queries.settings import SETTINGS, secret_owner
from engine.store.connections import sealed_headers
from engine.store.tables.actions import second_factor
from engine.store.tables.general import connection, setting
from engine.store.vault import is_sealed


@dataclass(frozen=True, slots=True)
class SealSecrets:
    """Seal what is not sealed yet; done again it changes nothing. A migration can't: it knows no secret."""


@handles(SealSecrets)
def handle(command: SealSecrets, unit: UnitOfWork) -> Answer:
    """Seal. Raises AdministratorOnly, SecretTooShort."""
    require_administrator(unit.actor)
    factors = _seal_second_factors(unit)
    if factors:
        unit.log(SecondFactorsSealed(count=factors))
    others = _seal_settings(unit) + _seal_connections(unit)
    if others:
        unit.log(SecretsSealed(count=others))
    return {"sealed": factors + others}


def _seal_second_factors(unit: UnitOfWork) -> int:
    columns = second_factor.c
    rows = unit.connection.execute(select(columns.user_id, columns.secret)).all()
    plain = [row for row in rows if not is_sealed(row.secret)]
    for row in plain:
        sealed = unit.vault.seal(row.secret, row.user_id)
        unit.connection.execute(update(second_factor).where(columns.user_id == row.user_id).values(secret=sealed))
    return len(plain)


def _seal_settings(unit: UnitOfWork) -> int:
    columns = setting.c
    secret = [known.name for known in SETTINGS.values() if known.secret]
    rows = unit.connection.execute(select(columns.name, columns.value).where(columns.name.in_(secret))).all()
    plain = [row for row in rows if row.value and not is_sealed(row.value)]
    for row in plain:
        sealed = unit.vault.seal(row.value, secret_owner(row.name))
        unit.connection.execute(update(setting).where(columns.name == row.name).values(value=sealed))
    return len(plain)


def _seal_connections(unit: UnitOfWork) -> int:
    columns = connection.c
    rows = unit.connection.execute(select(columns.name, columns.headers)).all()
    plain = [row for row in rows if any(not is_sealed(value) for value in row.headers.values())]
    for row in plain:
        headers = sealed_headers(row.headers, unit.vault, row.name)
        unit.connection.execute(update(connection).where(columns.name == row.name).values(headers=headers))
    return len(plain)
