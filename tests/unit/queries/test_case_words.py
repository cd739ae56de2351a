"""A case's data as the forms call it: dates have labels of their own, choices are read by their words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from engine.printing.facts import print_case, print_task
from engine.queries.case import case_detail
from engine.queries.user_tasks import Moment
from engine.store.database import reading
from tests.unit.commands import diagrams as d
from tests.unit.commands.platforms import CLERK, Bureau

DEPARTMENTS = [{"label": "规划与技术改造科", "value": "ghk"}, {"label": "科技科", "value": "kjk"}]
FIELDS: list[dict[str, Any]] = [
    {"type": "datetime", "id": "a", "key": "due_on", "subtype": "date", "dateLabel": "拟办期限"},
    {"type": "select", "id": "b", "key": "lead", "label": "牵头科室", "valuesExpression": "=departments"},
    {"type": "taglist", "id": "c", "key": "assist", "label": "配合科室", "valuesExpression": "=departments"},
    {
        "type": "dynamiclist",
        "id": "f",
        "path": "asked",
        "label": "征求意见的对象",
        "components": [{"type": "textfield", "id": "g", "key": "party", "label": "名称"}],
    },
    {"type": "radio", "id": "e", "key": "way", "label": "方式", "values": [{"label": "邮寄", "value": "post"}]},
]
FORM = json.dumps({"type": "default", "id": "plan", "schemaVersion": 18, "components": FIELDS}).encode()


@pytest.fixture
def bureau(sqlite_url: str, tmp_path: Path) -> Iterator[Bureau]:
    """Give a bureau on SQLite."""
    opened = Bureau(sqlite_url, tmp_path / "data")
    yield opened
    opened.close()


@pytest.fixture
def planned(bureau: Bureau) -> tuple[int, int]:
    """Give a case that dispatches to departments, and its task."""
    content = d.el("startEvent", "s") + d.task("work", form="plan") + d.chain("s", "work")
    bureau.deploy(d.diagram(content), plan_form=FORM)
    data = {"due_on": "2026-12-18", "lead": "ghk", "assist": ["kjk"], "way": "post", "departments": DEPARTMENTS}
    key = bureau.start(variables=data)
    return key, bureau.open_tasks(key)["work"]


def test_dates_have_their_labels_and_choices_their_words(bureau: Bureau, planned: tuple[int, int]) -> None:
    with reading(bureau.engine) as connection:
        definitions = bureau.platform.sources.definitions
        detail = case_detail(connection, CLERK, planned[0], Moment(bureau.clock.now(), None), definitions)

    labels = {"due_on": "拟办期限", "lead": "牵头科室", "assist": "配合科室", "way": "方式"}
    assert detail["labels"] == {**labels, "asked": "征求意见的对象", "party": "名称"}
    named = {"ghk": "规划与技术改造科", "kjk": "科技科"}
    assert detail["choices"] == {"lead": named, "assist": named, "way": {"post": "邮寄"}}


def test_printed_pages_show_the_words_of_choices_and_the_dates(bureau: Bureau, planned: tuple[int, int]) -> None:
    with reading(bureau.engine) as connection:
        definitions = bureau.platform.sources.definitions
        moment = Moment(bureau.clock.now(), None)
        pages = [
            print_case(connection, CLERK, planned[0], moment, definitions),
            print_task(connection, CLERK, planned[1], definitions),
        ]

    for page in pages:
        for shown in ("拟办期限", "2026-12-18", "规划与技术改造科", "科技科", "邮寄"):
            assert shown in page, shown
