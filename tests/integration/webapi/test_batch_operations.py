"""Operations on many cases over HTTP."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from engine.jobs.batches import run_batches
from tests.integration.webapi.conftest import Person
from webapi.services import services_of

pytestmark = pytest.mark.both_databases
People = Callable[[str], Person]


def test_an_administrator_cancels_many_cases_and_sees_what_became_of_each(app: Flask, person: People) -> None:
    # given
    cases = [person("jia").start(shi="采购") for _ in range(2)]
    admin = person("admin")
    order = {"kind": "CANCEL", "processInstanceKeys": [*cases, "12345"], "reason": "重复登记"}

    # when
    started = admin.post("/admin/batch-operations", order)
    assert (started.status_code, started.json["total"]) == (201, 3)
    path = f"/admin/batch-operations/{started.json['key']}"
    assert admin.get(path).json["pending"] == 3
    run_batches(services_of(app).platform.bus)

    # then
    shown = admin.get(path).json
    assert (shown["state"], shown["done"], shown["failed"]) == ("COMPLETED", 2, 1)
    (failed,) = admin.get(path, state="FAILED").json["items"]
    assert failed["processInstanceKey"] == "12345"
    assert failed["code"] == "commands.case-unknown"
    assert admin.get("/admin/batch-operations").json["items"][0]["kind"] == "CANCEL"


def test_an_operation_is_called_off(app: Flask, person: People) -> None:
    case, admin = person("jia").start(shi="采购"), person("admin")
    order = {"kind": "RESOLVE_INCIDENTS", "processInstanceKeys": [case], "reason": "重试"}
    key = admin.post("/admin/batch-operations", order).json["key"]
    assert admin.post(f"/admin/batch-operations/{key}/cancellation").status_code == 204
    assert admin.get(f"/admin/batch-operations/{key}").json["canceled"] == 1
    assert admin.post("/admin/batch-operations/1/cancellation").status_code == 404


def test_what_a_kind_does_not_take_is_refused(person: People) -> None:
    order = {"kind": "CANCEL", "processInstanceKeys": ["1"], "reason": "x", "definitionKey": "5"}
    refused = person("admin").post("/admin/batch-operations", order)
    assert (refused.status_code, refused.json["code"]) == (400, "commands.batch-invalid")
