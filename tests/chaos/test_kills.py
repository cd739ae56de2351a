"""20 kills (-9) at random moments under 8 clients that send again what was not answered: nothing lost, nothing twice.

The moments are drawn from BANJIE_CHAOS_SEED (a number; there is one by default), which is printed when a run fails.
"""

from __future__ import annotations

import json
import os
import random
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from sqlalchemy import select

from engine.clock import SystemClock
from engine.commands.actor import INSTALLER
from engine.commands.deploy_resources import DeployResources
from engine.history.anchors import read_anchors
from engine.identity.accounts import CreateUser, issue_api_token
from engine.identity.people import load_actor
from engine.platform import Platform, open_platform
from engine.store.database import reading
from engine.store.tables.history import history_event
from engine.store.tables.runtime import job, process_instance, user_task, variable
from engine.verification import verify
from tests.chaos.client import Client
from tests.chaos.served import Served
from tests.unit.commands import diagrams as d
from tests.unit.commands.platforms import ROOT
from webapi.forms import validate_form

CLIENTS = 8
KILLS = 20
SEED = int(os.environ.get("BANJIE_CHAOS_SEED", "20260302"))
PATIENCE_SECONDS = 400

pytestmark = [pytest.mark.chaos, pytest.mark.slow]

MINE = "=initiator.id"
PROCEDURE = d.diagram(
    d.el("startEvent", "s")
    + d.task("a", groups="", assignee=MINE)
    + d.el("parallelGateway", "fork")
    + d.task("b", groups="", assignee=MINE)
    + d.task("c", groups="", assignee=MINE)
    + d.event("intermediateCatchEvent", "pause", "duration PT0.2S")
    + d.el("parallelGateway", "join")
    + d.task("e", groups="", assignee=MINE)
    + d.chain("s", "a", "fork", "b", "join", "e")
    + d.chain("fork", "c", "join")
    + d.chain("fork", "pause", "join"),
    "chaos",
)
TASKS = {"a": 1, "b": 1, "c": 1, "e": 1}


class Arena:
    """An installation of its own, with eight people."""

    def __init__(self, url: str, folder: Path) -> None:
        self.url = url
        self.data = folder / "data"
        self.data.mkdir()
        content = folder / "content"
        content.mkdir()
        self.platform: Platform = open_platform(
            url, validate_form=validate_form, data_dir=self.data, clock=SystemClock()
        )
        bus = self.platform.bus
        bus.execute(DeployResources({"chaos.bpmn": PROCEDURE}), INSTALLER)
        self.tokens = {}
        for number in range(CLIENTS):
            name = f"person{number}"
            bus.execute(CreateUser(name, name, "bgs", must_change_password=False), INSTALLER)
            with reading(self.platform.engine) as connection:
                actor = load_actor(connection, name)
            self.tokens[name] = issue_api_token(bus, actor, "chaos", None)[1]
        environment = {
            **os.environ,
            "BANJIE_DATABASE_URL": url,
            "BANJIE_DATA_DIR": str(self.data),
            "BANJIE_CONTENT_DIR": str(content),
        }
        self.served = Served(ROOT, environment, folder / "server.log")

    def rows(self, table: Any) -> list[Any]:
        with reading(self.platform.engine) as connection:
            return list(connection.execute(select(table)).mappings())

    def close(self) -> None:
        self.served.end()
        self.platform.engine.dispose()


@pytest.fixture
def arena(any_database_url: str, tmp_path: Path) -> Iterator[Arena]:
    opened = Arena(any_database_url, tmp_path)
    yield opened
    opened.close()


def storm(arena: Arena) -> list[Client]:
    """Kill while the clients work; return them once every case they began has come to its end."""
    rng, over, patience = random.Random(SEED), Event(), Event()
    arena.served.start()
    arena.served.wait_until_it_answers(patience)
    clients = [Client(name, token, arena.served.port, over) for name, token in arena.tokens.items()]
    with ThreadPoolExecutor(CLIENTS) as pool:
        running: list[Future[None]] = [pool.submit(client.run) for client in clients]
        try:
            for _ in range(KILLS):
                patience.wait(rng.uniform(0.2, 1.5))
                arena.served.wait_until_it_answers(patience)
                arena.served.kill_something(rng)
        finally:
            over.set()
        done, waiting = wait(running, timeout=PATIENCE_SECONDS)
        for future in done:
            future.result()
        assert not waiting, f"{len(waiting)} clients never finished"
    return clients


def test_what_was_acknowledged_is_there_once_and_every_case_finishes(arena: Arena) -> None:
    clients = storm(arena)

    print(f"seed {SEED}: {Counter(arena.served.killed)}, sent again {sum(c.sent_again for c in clients)}")
    assert len(arena.served.killed) == KILLS
    assert {"worker", "server"} == set(arena.served.killed)
    assert sum(client.sent_again for client in clients) > 0, "no kill met a request: nothing was shown"
    _cases_are_those_that_were_started(arena, clients)
    _completions_are_those_that_were_acknowledged(arena, clients)
    _timers_fired_once(arena)
    with reading(arena.platform.engine) as connection:
        result = verify(connection, arena.platform.sources, list(read_anchors(arena.data / "anchors")))
    assert result.findings == []
    assert result.cases == sum(len(client.started) for client in clients)


def _cases_are_those_that_were_started(arena: Arena, clients: list[Client]) -> None:
    cases = {row["key"]: row for row in arena.rows(process_instance)}
    started = [key for client in clients for key in client.started.values()]

    assert sorted(cases) == sorted(started), "a repeated start begins no second case"
    assert {row["state"] for row in cases.values()} == {"COMPLETED"}
    assert all(cases[key]["initiator_id"] == client.name for client in clients for key in client.started.values())


def _completions_are_those_that_were_acknowledged(arena: Arena, clients: list[Client]) -> None:
    acknowledged = {key: (client.name, data) for client in clients for key, data in client.completed.items()}
    tasks = {row["key"]: row for row in arena.rows(user_task)}
    events = Counter(
        json.loads(row["payload"])["key"] for row in arena.rows(history_event) if row["type"] == "user_task_completed"
    )
    variables = {(row["root_key"], row["name"]): row["value"] for row in arena.rows(variable)}

    assert set(events) == set(acknowledged) == set(tasks)
    assert set(events.values()) == {1}
    for key, (name, data) in acknowledged.items():
        row = tasks[key]
        assert (row["state"], row["completed_by"], row["opinion"]) == ("COMPLETED", name, name)
        assert all(variables[row["root_key"], field] == value for field, value in data.items())
    for root_key in {row["root_key"] for row in tasks.values()}:
        assert Counter(row["element_id"] for row in tasks.values() if row["root_key"] == root_key) == TASKS


def _timers_fired_once(arena: Arena) -> None:
    fired = Counter(row["root_key"] for row in arena.rows(history_event) if row["type"] == "timer_fired")

    assert set(fired.values()) == {1}
    assert {row["status"] for row in arena.rows(job)} == {"done"}
