"""Registers over HTTP: listed, filtered, exported and fetched by who ordered them."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from openpyxl import load_workbook

from engine.commands.actor import INSTALLER
from engine.commands.publish_organisation_file import PublishOrganisationFile
from engine.jobs.registers import enter_changes, run_exports
from webapi.services import services_of

pytestmark = pytest.mark.both_databases
People = Callable[[str], Any]

REGISTER = """id: requests
title: 申请台账
note: 试用
procedures: [shenqing]
columns:
  - {id: subject, label: 事项, value: shi, width: 20}
  - {id: amount, label: 金额, value: jine, type: money}
  - {id: by, label: 发起人, value: case.initiator}
sort: subject
"""


@pytest.fixture
def bus(app: Flask) -> Any:
    """Give the bus of an office with a register and three cases."""
    found = services_of(app).platform.bus
    found.execute(PublishOrganisationFile("registers/requests", REGISTER, "test"), INSTALLER)
    return found


def test_a_register_is_listed_page_by_page(person: People, bus: Any) -> None:
    jia, wu = person("jia"), person("wu")
    for subject in ("买纸", "买笔", "租车"):
        jia.start(shi=subject, jine=10)
    enter_changes(bus)

    (register,) = jia.get("/registers").json["items"]
    assert (register["id"], [each["label"] for each in register["columns"]]) == ("requests", ["事项", "金额", "发起人"])
    assert register["sort"] == {"column": "subject", "descending": False}

    first = jia.get("/registers/requests/rows", limit=2, sort="-subject").json
    second = jia.get("/registers/requests/rows", limit=2, sort="-subject", cursor=first["nextCursor"]).json
    assert [each["values"]["subject"] for each in first["items"] + second["items"]] == ["租车", "买纸", "买笔"]
    assert (first["total"], second["nextCursor"]) == (3, None)
    assert wu.get("/registers/requests/rows").json["items"] == []

    filtered = jia.get("/registers/requests/rows", filters=json.dumps({"subject": "买"})).json
    assert filtered["total"] == 2


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"sort": "nothing"}, 400),
        ({"filters": "["}, 400),
        ({"filters": '{"subject": 1}'}, 400),
        ({"limit": 1000}, 400),
        ({"cursor": "x"}, 400),
    ],
)
def test_what_a_list_cannot_be_asked_is_told(person: People, bus: Any, query: dict[str, Any], status: int) -> None:
    assert person("jia").get("/registers/requests/rows", **query).status_code == status


def test_an_unknown_register_is_not_found(person: People, bus: Any) -> None:
    assert person("jia").get("/registers/nothing/rows").status_code == 404
    assert person("jia").post("/registers/nothing/exports", {}).status_code == 404


def test_an_export_is_ordered_followed_and_fetched(person: People, bus: Any) -> None:
    jia, wu = person("jia"), person("wu")
    jia.start(shi="买纸", jine=12.5)
    enter_changes(bus)

    ordered = jia.post("/registers/requests/exports", {"filters": {"subject": "买"}}, key="e1")
    assert ordered.status_code == 201, ordered.text
    key = ordered.json["key"]
    assert jia.get(f"/register-exports/{key}").json["state"] == "PENDING"
    assert wu.get(f"/register-exports/{key}").status_code == 404
    run_exports(bus)

    done = jia.get(f"/register-exports/{key}").json
    assert (done["state"], done["done"], done["total"]) == ("DONE", 1, 1)
    file = jia.get(f"/documents/{done['documentId']}")
    assert file.headers["Content-Disposition"].startswith("attachment")
    rows = list(load_workbook(io.BytesIO(file.data)).active.iter_rows(values_only=True))
    assert rows[1][:2] == ("买纸", 12.5)
    assert wu.get(f"/documents/{done['documentId']}").status_code == 404
    assert jia.get("/register-exports").json["items"][0]["key"] == key


def test_an_export_is_called_off(person: People, bus: Any) -> None:
    jia = person("jia")
    key = jia.post("/registers/requests/exports", {}).json["key"]

    assert jia.delete(f"/register-exports/{key}").status_code == 204

    assert jia.get(f"/register-exports/{key}").json["state"] == "CANCELED"
