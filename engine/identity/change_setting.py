"""Change a setting of the installation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from engine.commands.handlers import Answer, handles
from engine.commands.unit import UnitOfWork
from engine.history.people_events import SettingChanged
from engine.identity.roles import require_security
from engine.queries.settings import HIDDEN, Setting, secret_owner, setting_of
from engine.store.tables.general import setting
from engine.store.vault import SealBroken, is_sealed


@dataclass(frozen=True, slots=True)
class ChangeSetting:
    """Give the setting ``name`` another value."""

    name: str
    value: Any


@handles(ChangeSetting)
def handle(command: ChangeSetting, unit: UnitOfWork) -> Answer:
    """Change. Raises SecurityAdministratorOnly, SettingUnknown, SettingInvalid."""
    require_security(unit.connection, unit.actor)
    known = setting_of(command.name)
    value = known.check(command.value)
    kept = unit.connection.execute(select(setting.c.value).where(setting.c.name == known.name)).first()
    before = known.default if kept is None else kept.value
    if value == (_opened(unit, known, before) if known.secret else before):
        return {"name": known.name, "changed": False}
    unit.batch.upsert(setting, {"name": known.name, "value": _sealed(unit, known, value) if known.secret else value})
    shown = (HIDDEN, HIDDEN) if known.secret else (value, before)
    unit.log(SettingChanged(name=known.name, value=shown[0], before=shown[1]))
    return {"name": known.name, "changed": True}


def _sealed(unit: UnitOfWork, known: Setting, value: str) -> str:
    return unit.vault.seal(value, secret_owner(known.name)) if value else value


def _opened(unit: UnitOfWork, known: Setting, kept: str) -> str | None:
    """What can't be opened any more is another value than any that is given."""
    if not is_sealed(kept):
        return kept
    try:
        return unit.vault.open(kept, secret_owner(known.name))
    except SealBroken:
        return None
