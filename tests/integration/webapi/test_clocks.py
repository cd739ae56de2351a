"""Clocks through the API: operations by people, suppositions, proofs, and calendars confirmed by a second person."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from engine.commands.actor import INSTALLER
from engine.identity.accounts import CreateUser
from engine.identity.people import ADMINISTRATORS
from engine.jobs.clock_watch import watch_clocks
from webapi.services import services_of

LIMIT = "bgs-ysqgk.answer"

pytestmark = pytest.mark.both_databases


@pytest.fixture
def case(person: Callable[[str], Any]) -> tuple[Any, str]:
    """Give a clerk and a case whose clock of twenty working days runs since Monday 2026-11-23."""
    clerk = person("ding")
    key = clerk.start("xianshi")
    assert clerk.complete(clerk.task("受理", key)).status_code == 200
    return clerk, f"/process-instances/{key}/clocks/{LIMIT}"


def test_a_suspension_and_its_end_are_recorded_with_old_and_new_due_dates(case: tuple[Any, str]) -> None:
    clerk, clock = case
    assert clerk.get(clock).json["dueAt"] == "2026-12-21T16:00:00Z"

    said = {"firstDay": "2026-11-24", "ground": "征求第三方意见", "paper": "征求意见书"}
    assert clerk.post(f"{clock}/suspension", said).status_code == 200
    assert clerk.get(clock).json["light"] == "paused"
    assert clerk.post(f"{clock}/resumption", {"lastDay": "2026-11-26", "paper": "答复"}).status_code == 200

    found = clerk.get(clock).json
    assert found["dueAt"] == "2026-12-24T16:00:00Z"
    assert [record["operation"] for record in found["records"]] == ["suspend", "resume"]
    assert found["records"][0]["old_due"] == "2026-12-21"
    assert found["records"][1]["new_due"] == "2026-12-24"
    days = clerk.get(f"{clock}/proof").json["days"]
    assert sum(day["counted"] for day in days) == 20


def test_extension_restart_correction_and_stop(case: tuple[Any, str]) -> None:
    clerk, clock = case
    extension = {
        "amount": 20,
        "unit": "working_day",
        "decidedOn": "2026-11-23",
        "approver": "张国峰",
        "paper": "延期告知书",
    }
    assert clerk.post(f"{clock}/extension", extension).status_code == 200
    again = clerk.post(f"{clock}/extension", extension)
    assert (again.status_code, again.json["code"]) == (409, "deadlines.extension-refused")
    correction = {"day": "2026-11-20", "evidence": "邮戳", "reason": "录错"}
    assert clerk.post(f"{clock}/start-correction", correction).status_code == 200
    assert clerk.get(clock).json["startedOn"] == "2026-11-20"
    restart = {"day": "2026-11-23", "ground": "补正", "evidence": "收件登记"}
    assert clerk.post(f"{clock}/restart", restart).status_code == 200
    assert clerk.get(clock).json["dueAt"] == "2026-12-21T16:00:00Z"
    assert clerk.post(f"{clock}/stop", {"day": "2026-11-23", "reason": "撤回申请"}).status_code == 200
    assert clerk.get(clock).json["state"] == "stopped"
    of_case = clock.partition("/clocks/")[0]
    (shown,) = clerk.get(of_case).json["clocks"]
    assert (shown["dueAt"], shown["lastDay"]) == (None, "2026-12-21")
    assert "2026-12-21" in clerk.get(f"{of_case}/print").text


def test_what_is_missing_or_malformed_is_refused_by_name(case: tuple[Any, str]) -> None:
    clerk, clock = case
    answer = clerk.post(f"{clock}/suspension", {"firstDay": "昨天", "ground": "", "paper": "x"})
    assert answer.status_code in (400, 422)
    assert clerk.get(clock).json["records"] == []


def test_a_supposition_shows_the_dates_and_changes_nothing(case: tuple[Any, str]) -> None:
    clerk, clock = case
    operations = [
        {"operation": "suspend", "first_day": "2026-11-24"},
        {"operation": "resume", "last_day": "2026-11-26"},
    ]

    answer = clerk.post(f"{clock}/what-if", {"operations": operations})

    assert answer.status_code == 200, answer.text
    assert answer.json["due"] == "2026-12-24"
    assert [step["new_due"] for step in answer.json["steps"]] == [None, "2026-12-24"]
    assert clerk.get(clock).json["dueAt"] == "2026-12-21T16:00:00Z"


def test_somebody_who_has_nothing_to_do_with_the_case_is_refused(
    case: tuple[Any, str], person: Callable[[str], Any]
) -> None:
    _, clock = case
    answer = person("jia").post(f"{clock}/stop", {"day": "2026-11-23", "reason": "撤回"})
    assert answer.status_code == 403


def test_a_calendar_takes_two_administrators_and_moves_open_clocks(
    case: tuple[Any, str], person: Callable[[str], Any], app: Flask
) -> None:
    clerk, clock = case
    bus = services_of(app).platform.bus
    bus.execute(CreateUser("admin2", "副管理员", None, (ADMINISTRATORS,), "x", must_change_password=False), INSTALLER)
    first, second = person("admin"), person("admin2")
    closed = {"year": 2026, "source": "暴雪停止办公通知", "days": [{"date": "2026-12-01", "off": True, "name": "暴雪"}]}

    proposed = first.post("/admin/calendar/proposals", closed)
    assert proposed.status_code == 201, proposed.text
    address = f"/admin/calendar/proposals/{proposed.json['key']}"
    shown = second.get("/admin/calendar/proposals").json["items"][0]
    assert [(day["date"], day["isWorking"]) for day in shown["changes"]] == [("2026-12-01", False)]
    own = first.post(f"{address}/confirmation")
    assert (own.status_code, own.json["code"]) == (403, "commands.second-person-needed")
    assert clerk.post("/admin/calendar/proposals", closed).status_code == 403

    assert second.post(f"{address}/confirmation").status_code == 200
    assert second.post(f"{address}/confirmation").status_code == 409
    assert watch_clocks(bus) == 1
    found = clerk.get(clock).json
    assert found["dueAt"] == "2026-12-22T16:00:00Z"
    assert found["records"][-1]["operation"] == "recompute"


def test_a_notice_of_the_state_council_is_imported_as_it_is_published(person: Callable[[str], Any]) -> None:
    notice = {
        "year": 2027,
        "papers": ["https://www.gov.cn/zhengce/content/202611/content_1.htm"],
        "days": [
            {"name": "元旦", "date": "2027-01-01", "isOffDay": True},
            {"name": "元旦", "date": "2027-01-09", "isOffDay": False},
        ],
    }
    admin = person("admin")
    body = {"year": 2027, "holidayJson": json.dumps(notice, ensure_ascii=False)}

    assert admin.post("/admin/calendar/proposals", body).status_code == 201
    changes = {day["date"]: day for day in admin.get("/admin/calendar/proposals").json["items"][0]["changes"]}
    assert changes["2027-01-09"]["isWorking"] is True
    empty = admin.post("/admin/calendar/proposals", {"year": 2027, "holidayJson": '{"year": 2027, "days": []}'})
    assert empty.status_code == 422
