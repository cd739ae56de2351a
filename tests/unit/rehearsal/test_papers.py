"""Rehearsals make the papers of a case for real: one that can't be made is a problem of the scenario."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from engine.documents.papers.rendering import text_of_paper
from engine.rehearsal.play import Stage
from engine.rehearsal.scenario import Scenario
from engine.store.database import reading
from engine.store.tables.papers import issued_paper
from tests.unit.documents.papers.word_files import description, word_file
from tests.unit.installation.places import content
from tests.unit.jobs.test_paper_issue import issuing
from webapi.forms import validate_form

DONE = {"do": "work", "by": "zhou"}


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    root = content(tmp_path_factory.mktemp("content"))
    (root / "bpmn" / "issuing.bpmn").write_bytes(issuing().replace(b'process id="p"', b'process id="issuing"'))
    (root / "documents").mkdir()
    (root / "documents" / "notice.docx").write_bytes(word_file("{{ to | date_cn }}，{{ steps.work.person }}"))
    (root / "documents" / "notice.yaml").write_bytes(description())
    opened = Stage(root, validate_form)
    yield opened
    opened.close()


def scenario(to: str) -> Scenario:
    at = datetime(2026, 3, 2, 1, tzinfo=UTC)
    return Scenario("issuing", "x", at, {"by": "zhou", "form": {"to": to}}, (DONE,), {"tasks": ["after"]})


def test_the_paper_of_a_scenario_is_made(stage: Stage) -> None:
    assert stage.perform(scenario("2026-09-18")).problems == []

    with reading(stage.platform.engine) as connection:
        digest = connection.execute(issued_paper.select()).mappings().one()["digest"]
    paper = stage.platform.sources.contents.read(digest)
    assert paper is not None
    assert text_of_paper(paper).startswith("2026年9月18日，")


def test_a_paper_that_can_not_be_made_is_a_problem(stage: Stage) -> None:
    (problem,) = stage.perform(scenario("明天")).problems

    assert "issue" in problem
    assert "“明天”不是日期" in problem
