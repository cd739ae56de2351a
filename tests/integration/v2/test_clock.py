"""The clock is set through the protocol only where the server was started with one that can be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine.installation.settings import Settings
from tests.integration.v2.conftest import Caller
from webapi.app import create_app
from webapi.services import services_of
from webapi.v2.pinned_clock import SWITCH, PinnedClock, pinnable_clock

MOMENT = datetime(2030, 1, 2, 3, 4, 5, tzinfo=UTC)


def test_the_clock_stays_the_machines_unless_the_server_allows_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(SWITCH, raising=False)
    assert pinnable_clock(tmp_path) is None
    monkeypatch.setenv(SWITCH, "1")
    assert isinstance(pinnable_clock(tmp_path), PinnedClock)


def test_all_processes_stand_at_the_same_moment(tmp_path: Path) -> None:
    one, other = PinnedClock(tmp_path / "x" / "pinned"), PinnedClock(tmp_path / "x" / "pinned")
    one.pin(MOMENT)
    assert other.now() == MOMENT
    other.reset()
    other.reset()
    assert one.now() != MOMENT


def test_an_administrator_pins_and_resets_it(settings: Settings, caller: Callable[[str], Caller]) -> None:
    clock = PinnedClock(settings.data_dir / "pinned")
    app = create_app(settings, clock)
    boss = Caller(app.test_client(), caller("boss").headers)
    clerk = Caller(app.test_client(), caller("clerk").headers)

    assert clerk.call("PUT", "/clock", {"timestamp": 1}).status_code == 403
    assert boss.call("PUT", "/clock", {"timestamp": int(MOMENT.timestamp() * 1000)}).status_code == 204
    assert services_of(app).platform.clock.now() == MOMENT
    assert boss.post("/clock/reset").status_code == 204
    assert services_of(app).platform.clock.now() != MOMENT
    services_of(app).platform.engine.dispose()
