"""What administrators do, and that nobody else may."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from tests.integration.webapi.conftest import Person
from tests.integration.webapi.house import PASSWORD
from webapi.operations import operation_of

pytestmark = pytest.mark.both_databases
People = Callable[[str], Person]


def test_operations_for_administrators_are_refused_to_everybody_else(app: Flask, person: People) -> None:
    refused = 0
    for rule in app.url_map.iter_rules():
        known = operation_of(app.view_functions[rule.endpoint])
        if known is None or not known.administrators or not rule.rule.startswith("/api/"):
            continue
        path = (
            rule.rule.removeprefix("/api").replace("<key:key>", "1").replace("<id_>", "x").replace("<int:year>", "2026")
        )
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            for name in ("jia", "shen"):
                somebody = person(name)
                response = somebody.get(path) if method == "GET" else somebody._send(method, path, {}, None)
                assert response.status_code == 403, (name, method, path)
                assert response.json["code"] == "commands.administrator-only"
                refused += 1
    assert refused > 15


def test_a_suspended_case_stands_still_until_it_is_resumed(person: People) -> None:
    # given
    case = person("jia").start(shi="采购")
    yi, admin = person("yi"), person("admin")
    task = yi.task("审批")

    # when
    assert admin.post(f"/process-instances/{case}/suspension", {"reason": "核查"}).status_code == 200

    # then
    assert yi.get(f"/user-tasks/{task}").json["actions"] == []
    refused = yi.complete(task, yijian="同意")
    assert (refused.status_code, refused.json["code"]) == (409, "commands.case-suspended")
    assert person("jia").get("/process-instances", state="SUSPENDED").json["items"][0]["state"] == "SUSPENDED"

    # and when
    assert admin.post(f"/process-instances/{case}/resumption").status_code == 200
    assert yi.complete(task, yijian="同意").status_code == 200


def test_a_cancelled_case_leaves_every_inbox_and_keeps_the_reason(person: People) -> None:
    case = person("jia").start(shi="采购")
    admin = person("admin")

    assert admin.post(f"/process-instances/{case}/cancellation", {}).status_code == 400
    assert admin.post(f"/process-instances/{case}/cancellation", {"reason": "重复"}).status_code == 200

    assert person("yi").tasks() == []
    jia = person("jia")
    assert jia.get(f"/process-instances/{case}").json["state"] == "TERMINATED"
    last = jia.get(f"/process-instances/{case}/record").json["items"][-1]
    assert (last["action"], last["opinion"]) == ("终止案件", "重复")
    assert admin.post(f"/process-instances/{case}/cancellation", {"reason": "再次"}).status_code == 409


def test_an_incident_is_listed_and_tried_again_after_its_cause_is_gone(person: People) -> None:
    # given
    jia, admin = person("jia"), person("admin")
    case = jia.start("yichang", shi="坏")
    (found,) = admin.get("/admin/incidents").json["items"]
    assert (found["processInstanceKey"], found["elementId"]) == (case, "suan")
    assert jia.get(f"/process-instances/{case}").json["hasIncident"] is True

    # when the data is set right and the element tried again
    corrected = admin.put(f"/process-instances/{case}/variables", {"variables": {"shi": "好"}, "reason": "笔误"})
    resolved = admin.post(f"/admin/incidents/{found['key']}/resolution")

    # then
    assert (corrected.status_code, resolved.status_code) == (200, 204)
    assert admin.get("/admin/incidents").json["items"] == []
    assert [item["key"] for item in admin.get("/admin/incidents", state="resolved").json["items"]] == [found["key"]]
    assert [task["name"] for task in person("ding").tasks()] == ["kan"]
    assert admin.post(f"/admin/incidents/{found['key']}/resolution").status_code == 404


def test_timers_are_listed_by_status(person: People) -> None:
    # given
    person("jia").start("xianshi", shi="公开")
    ding, admin = person("ding"), person("admin")
    ding.complete(ding.task("受理"))

    # then
    (job,) = admin.get("/admin/jobs").json["items"]
    assert (job["kind"], job["status"], job["dueAt"]) == ("timer", "scheduled", "2026-11-24T01:00:00Z")
    assert admin.get("/admin/jobs", status="scheduled").json["items"] == [job]
    assert admin.get("/admin/jobs", status="due").json["items"] == []
    ding.complete(ding.task("答复"))
    assert [item["status"] for item in admin.get("/admin/jobs", status="canceled").json["items"]] == ["canceled"]


def test_procedures_are_listed_with_their_versions(person: People) -> None:
    listed = {item["id"]: item for item in person("admin").get("/admin/procedures").json}

    assert set(listed) == {"shenqing", "xianshi", "yichang", "huiqian"}
    assert (listed["shenqing"]["version"], listed["shenqing"]["state"], listed["shenqing"]["problems"]) == (
        1,
        "active",
        [],
    )


def test_users_are_created_and_given_new_passwords(person: People, anybody: Person) -> None:
    # given
    admin = person("admin")

    # when
    created = admin.post("/admin/users", {"username": "xin", "name": "新某", "department": "bgs", "roles": ["文书"]})

    # then
    assert created.status_code == 201
    signed_in = anybody.post("/session", {"username": "xin", "password": created.json["firstPassword"]})
    assert (signed_in.status_code, signed_in.json["mustChangePassword"]) == (200, True)
    assert admin.post("/admin/users", {"username": "xin", "name": "又"}).status_code == 409
    assert admin.put("/admin/users/xin/password", {"newPassword": PASSWORD}).status_code == 204
    assert anybody.get("/session").status_code == 401
    assert anybody.post("/session", {"username": "xin", "password": PASSWORD}).status_code == 200
    listed = {item["id"]: item for item in admin.get("/admin/users").json["items"]}
    assert listed["xin"]["roles"] == ["文书"]
    assert (listed["admin"]["administrator"], listed["shen"]["auditor"]) == (True, True)


def test_a_year_of_the_calendar_says_how_far_it_can_be_relied_on(person: People) -> None:
    admin = person("admin")

    official = admin.get("/admin/calendar/2026").json
    missing = admin.get("/admin/calendar/2031").json

    assert official["status"] == "official"
    days = {day["date"]: day for day in official["days"]}
    assert days["2026-10-01"]["off"] is True
    assert missing["status"] == "missing"
    assert all(day["provisional"] for day in missing["days"])
    assert admin.get("/admin/calendar/0").status_code == 404
