"""At the start after an upgrade, secrets of second factors that lay plain are sealed, and go on to serve."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import insert, select

from engine.clock import SystemClock
from engine.installation.setup import FIRST_PASSWORD, set_up
from engine.store.database import open_engine, reading, writing
from engine.store.migrations import upgrade
from engine.store.tables.actions import second_factor
from engine.store.tables.history import history_event
from engine.store.vault import FILE, VARIABLE, is_sealed, vault_of
from tests.unit.installation.places import installation
from webapi.forms import validate_form

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def test_plain_secrets_are_sealed_once_at_the_start(
    any_database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given what an earlier version left
    monkeypatch.delenv(FIRST_PASSWORD, raising=False)
    monkeypatch.delenv(VARIABLE, raising=False)
    settings = installation(any_database_url, tmp_path)
    upgrade(settings.database_url)
    database = open_engine(settings.database_url)
    row = {"user_id": "li", "method": "totp", "algorithm": "SHA1", "secret": SECRET, "confirmed": True}
    counted = {"last_step": 0, "failures": 0, "locked_until": None, "enrolled_at": SystemClock().now()}
    with writing(database) as connection:
        connection.execute(insert(second_factor), {**row, **counted})

    # when
    for _ in range(2):
        set_up(settings, validate_form)

    # then
    with reading(database) as connection:
        kept = connection.execute(select(second_factor.c.secret)).scalar_one()
        told = select(history_event.c.payload).where(history_event.c.type == "second_factors_sealed")
        events = list(connection.execute(told).scalars())
    database.dispose()
    assert is_sealed(kept)
    assert vault_of(settings.data_dir).open(kept, "li") == SECRET
    assert (settings.data_dir / FILE).is_file()
    assert len(events) == 1
    assert SECRET not in events[0]
