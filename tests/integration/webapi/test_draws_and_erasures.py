"""Draws of experts and erasure through the API."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from engine.commands.actor import INSTALLER
from engine.identity.accounts import CreateUser
from engine.identity.people import ADMINISTRATORS
from webapi.services import services_of

pytestmark = pytest.mark.both_databases

POOL = "编号,姓名,单位,领域\n" + "\n".join(f"{number},专家{number},单位{number},装备" for number in range(12))


def create(app: Flask, username: str, name: str, *groups: str) -> None:
    """Create somebody who signs in."""
    command = CreateUser(username, name, "bgs", groups, "x", must_change_password=False)
    services_of(app).platform.bus.execute(command, INSTALLER)


def test_experts_are_drawn_by_the_personnel_department_before_a_witness(
    app: Flask, person: Callable[[str], Any]
) -> None:
    create(app, "zheng", "孙永倩", "科室负责人@zgk")
    case = person("jia").start("shenqing", shi="评审")
    drawer, reader = person("zheng"), person("jia")
    assert drawer.put("/experts", {"content": POOL, "source": "专家库.csv"}).json["experts"] == 12
    assert reader.put("/experts", {"content": POOL, "source": "x"}).status_code == 403

    body = {"field": "装备", "applicants": ["单位3"]}
    committed = drawer.post(f"/process-instances/{case}/draws", body)
    assert committed.status_code == 201, committed.text
    assert reader.get(f"/process-instances/{case}/draws").json["items"][0]["seed"] is None
    drawn = drawer.post(f"/draws/{committed.json['key']}/drawing", {"witness": "派驻组：三十七"})
    assert drawn.status_code == 200

    shown = reader.get(f"/process-instances/{case}/draws").json["items"][0]
    assert shown["reproduced"] is True
    assert len(shown["drawn"]) == 7
    assert [expert["employer"] for expert in shown["excluded"]] == ["单位3"]
    again = drawer.post(f"/process-instances/{case}/draws", body)
    assert (again.status_code, again.json["code"]) == (400, "controls.draw-reason-missing")


def test_content_goes_when_a_second_administrator_confirms(app: Flask, person: Callable[[str], Any]) -> None:
    create(app, "admin2", "副管理员", ADMINISTRATORS)
    secret = "涉密事项代号"
    reader = person("jia")
    case = reader.start("shenqing", shi=secret)
    first, second = person("admin"), person("admin2")

    body = {"variables": ["shi"], "basis": "保守国家秘密法第三十一条"}
    proposed = first.post(f"/admin/process-instances/{case}/erasures", body)
    assert proposed.status_code == 201, proposed.text
    address = f"/admin/erasures/{proposed.json['key']}/confirmation"
    assert first.post(address).status_code == 403
    assert second.post(address).status_code == 200

    assert second.get("/admin/erasures").json["items"][0]["state"] == "ERASED"
    for part in ("", "/replay", "/record", "/history", "/variables"):
        response = reader.get(f"/process-instances/{case}{part}")
        assert response.status_code == 200, part
        assert secret not in response.text
