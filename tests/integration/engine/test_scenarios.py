"""The longest scenario of each procedure: after each step the read models rebuilt from history equal the live ones,
and at its end the case verifies.

The scenarios themselves are judged elsewhere (``banjie rehearse``); here what they leave behind is.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, select

import engine.rehearsal.play as play
from engine.clock import Clock
from engine.commands.unit import FormValidator
from engine.history.anchors import read_anchors
from engine.history.event import Event
from engine.platform import Platform, open_platform
from engine.rehearsal import Scenario, Stage, read_scenarios
from engine.rehearsal.scenario import SUFFIX
from engine.store.database import reading
from engine.store.tables.history import history_event
from engine.store.tables.runtime import case_lock
from engine.verification import verify
from engine.verification.read_models import compare_read_models
from tests.unit.commands.platforms import ROOT
from webapi.forms import validate_form

FILES = sorted((ROOT / "bpmn").rglob(f"*{SUFFIX}"))


@dataclass
class Watched:
    """A stage on a test's own database, and what was seen after each of its commands."""

    stage: Stage
    folder: Path
    differences: list[Any] = field(default_factory=list)
    steps: int = 0
    _known: dict[int, int] = field(default_factory=dict)

    def look(self) -> None:
        """Rebuild the read models of every case that has moved, and compare."""
        with reading(self.stage.platform.engine) as connection:
            for case in connection.execute(select(case_lock)).mappings():
                if self._known.get(case["root_key"]) == case["head_seq"]:
                    continue
                self._known[case["root_key"]] = case["head_seq"]
                self.steps += 1
                events = history(connection, case["root_key"])
                self.differences += compare_read_models(connection, case["root_key"], events, dict(case))

    def verify(self) -> list[Any]:
        """Verify everything, with the anchors."""
        platform = self.stage.platform
        with reading(platform.engine) as connection:
            return verify(connection, platform.sources, list(read_anchors(self.folder / "anchors"))).findings


def history(connection: Connection, root_key: int) -> list[Event]:
    query = select(history_event).where(history_event.c.root_key == root_key).order_by(history_event.c.seq)
    return [
        Event(**{**{name: row[name] for name in Event.__slots__}, "payload": json.loads(row["payload"])})
        for row in connection.execute(query).mappings()
    ]


def watched(url: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Watched:
    """Set a stage on a database of our own instead of one in memory, and look after each command."""

    def ours(clock: Clock, validator: FormValidator) -> Platform:
        return open_platform(url, validate_form=validator, data_dir=folder, clock=clock)

    monkeypatch.setattr(play, "open_scratch_platform", ours)
    made = Watched(Stage(ROOT, validate_form), folder)
    bus = made.stage.platform.bus
    original = bus.execute

    def execute(*args: Any, **more: Any) -> Any:
        answer = original(*args, **more)
        made.look()
        return answer

    monkeypatch.setattr(bus, "execute", execute)
    return made


@pytest.fixture
def sqlite_stage(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watched]:
    made = watched(sqlite_url, tmp_path, monkeypatch)
    yield made
    made.stage.close()


@pytest.fixture
def postgres_stage(postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watched]:
    made = watched(postgres_url, tmp_path, monkeypatch)
    yield made
    made.stage.close()


def perform(made: Watched, scenarios: list[Scenario]) -> None:
    for scenario in scenarios:
        made.stage.perform(scenario)
        assert made.differences == [], scenario.name
    assert made.steps >= len(scenarios)
    assert made.verify() == []


def longest(files: list[Path]) -> list[Scenario]:
    """Return the scenario with the most steps of each file."""
    return [max(read_scenarios(file), key=lambda scenario: len(scenario.steps)) for file in files]


@pytest.mark.slow
def test_on_sqlite_read_models_follow_from_history_at_every_step_of_every_procedure(sqlite_stage: Watched) -> None:
    perform(sqlite_stage, longest(FILES))


@pytest.mark.slow
@pytest.mark.postgres_heavy
def test_on_postgresql_they_do_for_a_procedure_of_each_department(postgres_stage: Watched) -> None:
    of_each = {file.parent: file for file in FILES}

    perform(postgres_stage, longest(list(of_each.values())))
