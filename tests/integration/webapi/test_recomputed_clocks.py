"""After a calendar was confirmed: which time limits moved, from which date to which."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from engine.commands.actor import INSTALLER
from engine.identity.accounts import CreateUser
from engine.identity.people import ADMINISTRATORS
from engine.jobs.clock_watch import watch_clocks
from tests.integration.webapi.conftest import Person
from webapi.services import services_of

pytestmark = pytest.mark.both_databases
People = Callable[[str], Person]


def test_old_and_new_dates_are_told_to_administrators(app: Flask, person: People) -> None:
    # given
    bus = services_of(app).platform.bus
    command = CreateUser("admin2", "副管理员", "bgs", (ADMINISTRATORS,), "x", must_change_password=False)
    bus.execute(command, INSTALLER)
    first, second, clerk = person("admin"), person("admin2"), person("ding")
    case = person("jia").start("xianshi", shi="公开申请")
    clerk.complete(clerk.task("受理", case))
    body = {
        "year": 2026,
        "source": "停止办公的通知",
        "days": [{"date": "2026-11-25", "off": True, "name": "停止办公"}],
    }
    key = first.post("/admin/calendar/proposals", body).json["key"]
    path = f"/admin/calendar/proposals/{key}/recomputed"
    assert first.get(path).json == {"items": [], "unmoved": 0, "restricted": 0, "waiting": 0}

    # when
    second.post(f"/admin/calendar/proposals/{key}/confirmation")

    # then
    assert first.get(path).json["waiting"] == 1
    watch_clocks(bus)
    told = first.get(path).json
    assert told["waiting"] == 0
    (moved,) = told["items"]
    assert (moved["processInstanceKey"], moved["clockId"]) == (case, "bgs-ysqgk.answer")
    assert moved["newDue"] > moved["oldDue"]
    assert clerk.get(path).status_code == 403
