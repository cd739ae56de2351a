"""The pool of experts from files people have, and who may see it and the draws from it."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from flask import Flask
from openpyxl import Workbook
from werkzeug.test import TestResponse

from engine.commands.actor import INSTALLER
from engine.identity.accounts import CreateUser
from tests.integration.webapi.conftest import Person
from webapi.security import CSRF_HEADER
from webapi.services import services_of

pytestmark = pytest.mark.both_databases
People = Callable[[str], Person]
HEADING = ("编号", "姓名", "单位", "领域", "停用")


@pytest.fixture
def drawer(app: Flask, person: People) -> Person:
    """Give somebody of 政工科."""
    command = CreateUser("sun", "孙永倩", "bgs", ("经办人@zgk",), "x", must_change_password=False)
    services_of(app).platform.bus.execute(command, INSTALLER)
    return person("sun")


def _xlsx(*rows: tuple[object, ...]) -> bytes:
    book, written = Workbook(), io.BytesIO()
    for row in (HEADING, *rows):
        book.active.append(list(row))
    book.save(written)
    return written.getvalue()


def _upload(who: Person, content: bytes, name: str) -> TestResponse:
    data = {"file": (io.BytesIO(content), name)}
    return who.client.post("/api/experts/import", data=data, headers={CSRF_HEADER: who.csrf_token})


def test_a_spreadsheet_replaces_the_pool(drawer: Person) -> None:
    content = _xlsx(
        (1, "甲", "一厂", "装备、焊接", None), (2, "乙", "二厂", "装备", "是"), (None, None, None, None, None)
    )

    assert _upload(drawer, content, "专家库.xlsx").json == {"experts": 2}

    first, second = drawer.get("/experts").json["items"]
    assert first == {"id": "1", "name": "甲", "employer": "一厂", "fields": ["装备", "焊接"], "active": True}
    assert (second["id"], second["active"]) == ("2", False)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ("编号,姓名,单位,领域\n7,丙,三厂,电子\n".encode("gb18030"), "名单.csv"),
        ("experts: [{id: '7', name: 丙, employer: 三厂, fields: [电子]}]".encode(), "名单.yaml"),
    ],
)
def test_so_do_csv_as_office_programs_save_it_and_yaml(drawer: Person, content: bytes, name: str) -> None:
    assert _upload(drawer, content, name).json == {"experts": 1}
    assert drawer.get("/experts").json["items"][0]["fields"] == ["电子"]


def test_every_mistake_is_told_and_nothing_changes(drawer: Person) -> None:
    _upload(drawer, _xlsx((1, "甲", "一厂", "装备", None)), "a.xlsx")

    refused = _upload(drawer, _xlsx((1, "甲", "", "装备", None), (3, "丁", "四厂", None, None)), "b.xlsx")

    assert (refused.status_code, refused.json["code"]) == (400, "controls.experts-invalid")
    assert refused.json["problems"] == ["第 2 行缺少单位", "第 3 行缺少领域"]
    assert len(drawer.get("/experts").json["items"]) == 1
    assert _upload(drawer, b"no spreadsheet", "c.xlsx").json["code"] == "spreadsheets.unreadable"


def test_pool_and_draws_are_for_who_draws_and_who_watches(drawer: Person, person: People) -> None:
    _upload(drawer, _xlsx(*((n, f"专家{n}", f"单位{n}", "装备", None) for n in range(12))), "a.xlsx")
    case = person("jia").start(shi="评审")
    drawer.post(f"/process-instances/{case}/draws", {"field": "装备", "applicants": []})

    (seen,) = drawer.get("/draws").json["items"]
    assert (seen["processInstanceKey"], seen["state"], seen["seed"]) == (case, "COMMITTED", None)
    assert person("shen").get("/draws").json["items"][0]["caseTitle"] == seen["caseTitle"]
    for path in ("/experts", "/draws"):
        assert person("jia").get(path).status_code == 403
    assert _upload(person("jia"), b"", "a.csv").status_code in (400, 403)
