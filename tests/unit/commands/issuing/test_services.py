"""A service of papers is recorded when its task is done, provable, correctable, and starts the parties' clocks."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from engine.commands.complete_user_task import CompleteUserTask
from engine.commands.correct_service import CorrectService
from engine.store.tables.deadlines import clock
from engine.store.tables.issuing import service
from tests.unit.commands import diagrams as d
from tests.unit.commands.issuing.office import furnish, signing
from tests.unit.commands.platforms import CLERK, COLLEAGUE, STRANGER, Bureau, refused

LIMIT = "t.plea"
DIRECT = {"service_way": "直接", "served_on": "2026-03-02", "received_by": "当事人", "recipient": "某公司"}


def serving(**more: str) -> bytes:
    """Return: a task that is given a number, one that serves the paper and starts a clock, one that waits."""
    said = {"service__paper": "paper", "clock__start": LIMIT, "clock__start__date": "=served_on"}
    return d.diagram(
        d.el("startEvent", "start")
        + d.task("sign", number__series="fa")
        + d.task("serve", **(said | more))
        + d.task("wait", clock__due=LIMIT)
        + d.chain("start", "sign", "serve", "wait"),
        department="bgs",
    )


@pytest.fixture
def case(bureau: Bureau) -> tuple[Bureau, int]:
    """Give a case whose paper is signed and waits to be served."""
    furnish(bureau).publish_calendar()
    bureau.deploy(serving(), limits_dmn=d.limits(t__plea=5))
    paper = {"documentId": "17", "name": "处罚告知书.docx", "digest": "00", "paper": "gaozhi"}
    root = bureau.start(variables={"paper": paper})
    bureau.complete(root, "sign")
    return bureau, root


def due(bureau: Bureau, root: int) -> date:
    at = bureau.row(clock, root_key=root)["due_at"]
    return (at + timedelta(hours=8) - timedelta(seconds=1)).date()  # type: ignore[no-any-return]


# Saturday 2026-02-28 is a working day (春节调休), so five working days after the 27th end on 2026-03-05.


def test_a_service_is_in_the_register_and_its_day_starts_the_clock(case: tuple[Bureau, int]) -> None:
    bureau, root = case

    bureau.complete(root, "serve", {**DIRECT, "served_on": "2026-02-27", "service_place": "公司门卫室"})

    row = bureau.row(service)
    assert (row["paper"]["name"], row["number"], row["recipient"]) == (
        "处罚告知书.docx",
        "威工信发〔2026〕1号",
        "某公司",
    )
    assert (row["way"], row["served_on"], row["place"], row["received_by"], row["refused"]) == (
        "直接",
        "2026-02-27",
        "公司门卫室",
        "当事人",
        False,
    )
    assert due(bureau, root) == date(2026, 3, 5)
    assert bureau.verify().findings == []


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"service_way": "口头"}, "service_way"),
        ({"service_way": None}, "service_way"),
        ({"served_on": None}, "served_on"),
        ({"served_on": "不日"}, "served_on"),
        ({"served_on": "2026-03-03"}, "served_on"),
        ({"received_by": ""}, "received_by"),
        ({"refused": True}, "refused"),
        ({"service_way": "留置", "refused": True}, "evidence"),
        ({"service_way": "邮寄"}, "evidence"),
        ({"service_way": "公告"}, "evidence"),
    ],
)
def test_a_service_that_proves_nothing_is_refused(small_bureau: Bureau, changed: dict[str, Any], field: str) -> None:
    bureau = furnish(small_bureau)
    bureau.publish_calendar()
    bureau.deploy(serving(), limits_dmn=d.limits(t__plea=5))
    root = bureau.start()
    bureau.complete(root, "sign")
    key = bureau.open_tasks(root)["serve"]

    error = refused(bureau, CompleteUserTask(key, {**DIRECT, **changed}), CLERK, "issuing.service-incomplete")

    assert field in error.details["fields"]  # type: ignore[operator]


def test_who_refuses_a_paper_is_served_by_leaving_it_with_a_witness(case: tuple[Bureau, int]) -> None:
    bureau, root = case
    left = {"service_way": "留置", "refused": True, "received_by": None, "evidence": "见证人：社区王某；照片2张"}

    bureau.complete(root, "serve", {**DIRECT, **left})

    row = bureau.row(service)
    assert (row["way"], row["refused"], row["evidence"]) == ("留置", True, "见证人：社区王某；照片2张")


def test_a_correction_keeps_what_was_said_before_and_moves_the_clock(case: tuple[Bureau, int]) -> None:
    bureau, root = case
    bureau.complete(root, "serve", DIRECT)
    key = bureau.row(service)["key"]
    assert due(bureau, root) == date(2026, 3, 9)

    command = CorrectService(key, {"served_on": "2026-02-27"}, "送达回证原件", "录入有误", (LIMIT,))
    bureau.bus.execute(command, CLERK)

    row = bureau.row(service)
    assert (row["served_on"], row["corrected_by"]) == ("2026-02-27", "clerk")
    assert due(bureau, root) == date(2026, 3, 5)
    (event,) = [each for each in bureau.events(root) if each["type"] == "service_corrected"]
    assert '"before":{"served_on":"2026-03-02"}' in event["payload"]
    assert bureau.verify().findings == []


def test_a_correction_needs_evidence_a_reason_and_the_right_person(case: tuple[Bureau, int]) -> None:
    bureau, root = case
    bureau.complete(root, "serve", DIRECT)
    key = bureau.row(service)["key"]
    changes = {"served_on": "2026-02-27"}

    refused(bureau, CorrectService(key, changes, "", "录错"), CLERK, "commands.ground-missing")
    refused(bureau, CorrectService(key, changes, "回证", "录错"), COLLEAGUE, "issuing.not-keeper")
    refused(bureau, CorrectService(key, changes, "回证", "录错"), STRANGER, "issuing.service-unknown")
    refused(bureau, CorrectService(key, {"served_on": "2026-04-02"}, "回", "错"), CLERK, "issuing.service-incomplete")
    refused(bureau, CorrectService(key, {"place": "局里"}, "回", "错", (LIMIT,)), CLERK, "issuing.service-incomplete")
    refused(bureau, CorrectService(key, {"way": "直接"}, "回证", "录错"), CLERK, "issuing.service-incomplete")


def test_a_task_that_serves_nothing_says_nothing_of_it(small_bureau: Bureau) -> None:
    bureau = furnish(small_bureau)
    bureau.deploy(signing(service__paper="paper", service__if="serve = true"))
    root = bureau.start()
    bureau.complete(root, "draft")
    bureau.complete(root, "sign")

    assert bureau.rows(service) == []


def test_a_paper_that_is_not_there_is_named_by_its_task(small_bureau: Bureau) -> None:
    bureau = furnish(small_bureau)
    bureau.deploy(d.one_task(service__paper="=paper"))
    bureau.complete(bureau.start(), "work", DIRECT)

    assert bureau.row(service)["paper"] == {"name": "办理 work"}
