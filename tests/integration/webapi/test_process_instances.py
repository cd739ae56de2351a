"""Cases: starting, lists, who sees what, replay, record, history, variables."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from engine.history.chain import GENESIS
from tests.integration.webapi.conftest import Person

pytestmark = pytest.mark.both_databases
People = Callable[[str], Person]


def test_starting_with_wrong_form_data_is_refused_and_starts_nothing(person: People) -> None:
    jia = person("jia")

    response = jia.post("/process-instances", {"procedureId": "shenqing", "variables": {"jine": -1}})

    assert response.status_code == 400
    assert response.json["fields"] == {"shi": ["请填写此项。"], "jine": ["不能小于 0。"]}
    assert jia.get("/counts").json["started"] == 0


def test_a_repeated_start_with_its_key_starts_one_case(person: People) -> None:
    jia = person("jia")
    body = {"procedureId": "shenqing", "variables": {"shi": "采购"}}

    first, second = (jia.post("/process-instances", body, key="k") for _ in range(2))

    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json == second.json
    assert jia.get("/counts").json["started"] == 1


def test_an_unknown_procedure_is_not_found(person: People) -> None:
    response = person("jia").post("/process-instances", {"procedureId": "nix", "variables": {}})

    assert response.status_code == 404
    assert response.json["code"] == "definitions.process-unknown"


def test_who_started_took_part_or_may_take_part_sees_a_case_and_nobody_else(person: People) -> None:
    # given
    case = person("jia").start(shi="采购")
    person("yi").complete(person("yi").task("审批"), yijian="同意")
    resources = ("", "/replay", "/record", "/history", "/variables")

    # then: jia started it, yi took part, ding may file it, shen audits
    for name in ("jia", "yi", "ding", "shen"):
        for resource in resources:
            assert person(name).get(f"/process-instances/{case}{resource}").status_code == 200, (name, resource)
        assert case in [item["key"] for item in person(name).get("/process-instances", tab="all").json["items"]]

    # and bing could have approved it before, wu never could
    for name in ("bing", "wu"):
        for resource in resources:
            response = person(name).get(f"/process-instances/{case}{resource}")
            assert response.status_code == 404, (name, resource)
            assert response.json["code"] == "queries.case-unknown"
        assert person(name).get("/process-instances", tab="all").json["total"] == 0


def test_an_administrator_sees_that_there_is_a_case_but_not_what_is_in_it(person: People) -> None:
    # given
    case = person("jia").start(shi="机密采购")
    admin = person("admin")

    # then
    assert admin.get("/process-instances", tab="all").json["total"] == 1
    detail = admin.get(f"/process-instances/{case}").json
    assert detail["currentElements"] == [{"elementId": "shenpi", "name": "审批", "assignees": []}]
    assert detail["variables"] == {}
    replay = admin.get(f"/process-instances/{case}/replay").json
    assert "variable_changed" not in {event["type"] for step in replay["steps"] for event in step["events"]}
    record = admin.get(f"/process-instances/{case}/record").json
    assert [item["changes"] for item in record["items"]] == [[]]
    assert admin.get(f"/process-instances/{case}/history").status_code == 404
    assert admin.get(f"/process-instances/{case}/variables").status_code == 404


def test_a_case_says_where_it_stands_and_what_its_data_is_called(person: People) -> None:
    jia = person("jia")
    case = jia.start(shi="采购", jine=5)

    detail = jia.get(f"/process-instances/{case}").json

    assert (detail["state"], detail["procedureName"], detail["version"]) == ("ACTIVE", "申请", 1)
    assert detail["variables"]["jine"] == 5
    assert detail["labels"] == {"shi": "事项", "jine": "金额", "yijian": "意见"}
    assert detail["hasIncident"] is False
    assert detail["clocks"] == []


def test_the_list_of_cases_turns_its_pages_and_filters_by_state(person: People) -> None:
    # given
    jia, yi, ding = person("jia"), person("yi"), person("ding")
    cases = [jia.start(shi=f"第{number}件") for number in range(3)]
    yi.complete(yi.task("审批", cases[0]), yijian="同意")
    ding.complete(ding.task("归档", cases[0]))

    # then the latest comes first
    first = jia.get("/process-instances", limit=2).json
    second = jia.get("/process-instances", limit=2, cursor=first["nextCursor"]).json
    assert [item["key"] for item in (*first["items"], *second["items"])] == cases[::-1]
    assert (first["total"], second["nextCursor"]) == (3, None)
    done = jia.get("/process-instances", state="COMPLETED").json
    assert [item["key"] for item in done["items"]] == [cases[0]]
    assert jia.get("/process-instances", state="SUSPENDED").json["total"] == 0
    assert jia.get("/process-instances", search="第2件").json["total"] == 1
    assert jia.get("/process-instances", state="FERTIG").status_code == 400


def test_a_replay_holds_the_diagram_and_every_step_in_order(person: People) -> None:
    # given
    case = person("jia").start(shi="采购")
    yi = person("yi")
    yi.complete(yi.task("审批"), yijian="同意")

    # when
    replay = yi.get(f"/process-instances/{case}/replay").json

    # then
    assert "<bpmn:process" in replay["definition"]["xml"]
    assert [(step["index"], step["command"], step["actor"]["name"]) for step in replay["steps"]] == [
        (0, "发起", "甲某"),
        (1, "办理", "乙某"),
    ]
    completed = [
        (event["elementId"], event["taken"])
        for step in replay["steps"]
        for event in step["events"]
        if event["type"] == "element_completed"
    ]
    assert completed == [("kaishi", ["kaishi_shenpi"]), ("shenpi", ["shenpi_guidang"])]
    activated = [event for event in replay["steps"][0]["events"] if event["type"] == "element_activated"]
    assert all(event["elementInstanceKey"] == event["key"] for event in activated)
    assert all(isinstance(event["processInstanceKey"], str) for event in activated)


def test_the_record_says_who_did_what_with_opinion_outcome_and_changes(person: People) -> None:
    # given
    case = person("jia").start(shi="采购")
    yi = person("yi")
    task = yi.task("审批")
    yi.post(f"/user-tasks/{task}/claim")
    yi.post(f"/user-tasks/{task}/completion", {"variables": {"yijian": "同意"}, "opinion": "可以"})

    # when
    started, claimed, approved = yi.get(f"/process-instances/{case}/record").json["items"]

    # then
    assert (started["action"], started["actor"]["name"], started["elementName"]) == ("发起", "甲某", None)
    assert {"name": "shi", "label": "事项", "old": None, "new": "采购"} in started["changes"]
    assert (claimed["action"], claimed["elementName"]) == ("认领", "审批")
    assert (approved["action"], approved["opinion"], approved["outcome"]) == ("办理", "可以", "同意")
    assert approved["durationSeconds"] == 0
    assert approved["changes"] == [{"name": "yijian", "label": "意见", "old": None, "new": "同意"}]


def test_history_is_given_with_its_hash_chain_page_by_page(person: People) -> None:
    # given
    jia = person("jia")
    case = jia.start(shi="采购")

    # when
    events, cursor = [], ""
    while cursor is not None:
        page = jia.get(f"/process-instances/{case}/history", limit=3, **({"cursor": cursor} if cursor else {})).json
        events += page["items"]
        cursor = page["nextCursor"]

    # then
    assert [event["seq"] for event in events] == list(range(1, page["total"] + 1))
    assert events[0]["type"] == "process_instance_started"
    assert all(len(event["hash"]) == len(GENESIS) for event in events)
    assert json.loads(json.dumps(events[0]["payload"]))["variables"] == {"shi": "采购"}


def test_variables_are_given_with_their_scopes(person: People) -> None:
    jia = person("jia")
    case = jia.start(shi="采购")

    items = {item["name"]: item for item in jia.get(f"/process-instances/{case}/variables").json["items"]}

    assert items["shi"] == {
        "name": "shi",
        "value": "采购",
        "scopeKey": case,
        "elementId": "shenqing",
        "processInstanceKey": case,
    }


def test_a_clock_proves_its_due_date_day_by_day(person: People) -> None:
    # given
    case = person("jia").start("xianshi", shi="公开")
    ding = person("ding")
    ding.complete(ding.task("受理"))

    # when
    (clock,) = ding.get(f"/process-instances/{case}").json["clocks"]
    proof = ding.get(f"/process-instances/{case}/clocks/{clock['id']}/proof").json

    # then
    assert (clock["state"], clock["startedOn"], clock["light"]) == ("running", "2026-11-23", "green")
    assert clock["basis"]
    counted = [day for day in proof["days"] if day["counted"]]
    assert [day["number"] for day in counted] == list(range(1, 21))
    assert (counted[0]["date"], counted[-1]["date"]) == ("2026-11-24", "2026-12-21")
    assert proof["dueAt"] == clock["dueAt"] == "2026-12-21T16:00:00Z"
    assert ding.get(f"/process-instances/{case}/clocks/nix/proof").status_code == 404


def test_the_catalogue_lists_procedures_by_department_with_start_form_and_diagram(person: People) -> None:
    # when
    jia = person("jia")
    departments = jia.get("/procedures").json["departments"]

    # then
    assert [(one["name"], [p["id"] for p in one["procedures"]]) for one in departments] == [
        ("办公室", ["shenqing", "xianshi", "yichang"]),
        ("科技科", ["huiqian"]),
    ]
    shenqing = departments[0]["procedures"][0]
    assert shenqing["startable"] is True
    assert shenqing["documentation"]["seed"] == "L1“申请”"
    start_form = jia.get("/procedures/shenqing/start-form").json
    assert start_form["form"]["id"] == "apply"
    assert start_form["definitionKey"] == shenqing["definitionKey"]
    assert jia.get("/procedures/huiqian/start-form").json["form"] is None
    xml = jia.get(f"/definitions/{shenqing['definitionKey']}/xml")
    assert (xml.mimetype, b"<bpmn:process" in xml.data) == ("application/xml", True)
