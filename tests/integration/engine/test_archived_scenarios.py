"""Scenarios of the bureau's own procedures, played to their end: in their registers, archived, packages verified."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from engine.archive.verify_package import main
from engine.commands.actor import Actor
from engine.jobs.archiving import run_archives
from engine.jobs.registers import enter_changes
from engine.queries.registers import ListRequest, count_of_register, page_of_register, register_of
from engine.rehearsal import Stage, read_scenarios
from engine.store.database import reading
from engine.store.tables.records import archive, archive_order
from tests.support.requirements import ROOT
from webapi.forms import validate_form

AUDITOR = Actor("auditor", "审计", None, auditor=True)
REGISTERS = {"bgs-shouwen": "shouwen", "bgs-xingwen": "fawen", "bgs-ysqgk": "yishenqing", "bgs-yinzhang": "yongyin"}


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """Give a stage with the procedures of the office and what they call."""
    root = tmp_path_factory.mktemp("content")
    for folder in ("organisation", "dmn"):
        shutil.copytree(ROOT / folder, root / folder)
    for folder in ("bpmn", "forms", "documents"):
        for part in ("bgs", "shared", "zhk"):
            if (ROOT / folder / part).is_dir():
                shutil.copytree(ROOT / folder / part, root / folder / part)
    opened = Stage(root, validate_form)
    yield opened
    opened.close()


@pytest.mark.slow
@pytest.mark.parametrize("procedure", REGISTERS)
def test_a_played_case_is_in_its_register_and_its_package_holds(
    stage: Stage, procedure: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bus = stage.platform.bus
    for scenario in read_scenarios(ROOT / "bpmn" / "bgs" / f"{procedure}.scenarios.yaml")[:4]:
        assert stage.perform(scenario).problems == []

    enter_changes(bus)
    while run_archives(bus):
        pass

    with reading(bus.engine) as connection:
        register = register_of(connection, AUDITOR, REGISTERS[procedure])
        rows, _ = page_of_register(
            connection, AUDITOR, bus.sources.definitions, register, ListRequest(limit=200), stage.clock.now()
        )
        assert rows, "no case is in the register"
        assert count_of_register(connection, AUDITOR, register, ListRequest()) == len(rows)
        packages = connection.execute(select(archive).where(archive.c.process_id == procedure)).mappings().all()
        refused = connection.execute(select(archive_order.c.problems).where(archive_order.c.state == "REFUSED")).all()
    assert refused == []
    assert packages
    for package in packages:
        content = bus.sources.contents.read(package["sm3"])
        assert content is not None
        path = tmp_path / "package.zip"
        path.write_bytes(content)
        assert main([str(path), "--digest", package["sm3"]]) == 0, capsys.readouterr().out
