"""Documents through the protocol: metadata, who reads them, how they are given out."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import insert

from engine.clock import FakeClock
from engine.store.database import writing
from engine.store.tables.general import setting
from tests.integration.v2.conftest import Caller
from webapi.services import services_of


def store(caller: Caller, content: bytes = b"paper", name: str = "材料.txt", query: str = "", **metadata: Any) -> Any:
    data: dict[str, Any] = {"file": (io.BytesIO(content), name)}
    if metadata:
        data["metadata"] = json.dumps(metadata)
    return caller.call("POST", f"/documents{query}", data=data, content_type="multipart/form-data")


def test_a_document_is_given_back_as_it_was_never_as_a_page(boss: Caller) -> None:
    stored = store(boss, b"<script>", "a.html", contentType="text/html", fileName="公文.html").json
    assert stored["camunda.document.type"] == "camunda"
    assert stored["metadata"]["fileName"] == "公文.html"
    response = boss.get(f"/documents/{stored['documentId']}", contentHash=stored["contentHash"])
    assert response.data == b"<script>"
    assert response.content_type == "application/octet-stream"
    assert response.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''%E5%85%AC")
    assert boss.get(f"/documents/{stored['documentId']}", contentHash="other").status_code == 404


def test_an_id_of_ones_own_is_given_once(boss: Caller) -> None:
    assert store(boss, query="?documentId=d1").json["documentId"] == "d1"
    assert store(boss, query="?documentId=d1").status_code == 409


def test_a_document_is_gone_when_its_time_is_over(boss: Caller, clock: FakeClock) -> None:
    later = (clock.now() + timedelta(days=1)).isoformat()
    id_ = store(boss, expiresAt=later).json["documentId"]
    assert boss.get(f"/documents/{id_}").status_code == 200
    clock.advance(timedelta(days=2))
    assert boss.get(f"/documents/{id_}").status_code == 404


def test_those_who_see_the_case_see_its_documents(boss: Caller, clerk: Caller, caller: Callable[[str], Caller]) -> None:
    key = boss.start("two-tasks")
    id_ = store(boss, processInstanceKey=key).json["documentId"]
    own = store(boss).json["documentId"]
    expected = {"clerk": (200, 404), "auditor": (200, 200), "keeper": (404, 404), "outsider": (404, 404)}
    for who, statuses in expected.items():
        asking = caller(who)
        assert tuple(asking.get(f"/documents/{each}").status_code for each in (id_, own)) == statuses, who


def test_several_are_stored_together(boss: Caller) -> None:
    data = {
        "files": [(io.BytesIO(b"1"), "1.txt"), (io.BytesIO(b"2"), "2.txt")],
        "metadataList": json.dumps([{"fileName": "一.txt"}, {}]),
    }
    stored = boss.call("POST", "/documents/batch", data=data, content_type="multipart/form-data").json
    assert [each["metadata"]["fileName"] for each in stored["createdDocuments"]] == ["一.txt", "2.txt"]
    assert stored["failedDocuments"] == []


def test_what_is_wrong_is_refused(boss: Caller) -> None:
    multipart = {"content_type": "multipart/form-data"}
    assert boss.call("POST", "/documents", data={}, **multipart).status_code == 400
    assert store(boss, size="big").status_code == 400
    assert store(boss, query="?storeId=other").status_code == 400
    wrong = {"file": (io.BytesIO(b"1"), "1"), "metadata": "[1]"}
    assert boss.call("POST", "/documents", data=wrong, **multipart).status_code == 400
    uneven = {"files": (io.BytesIO(b"1"), "1"), "metadataList": "[{}, {}]"}
    assert boss.call("POST", "/documents/batch", data=uneven, **multipart).status_code == 400


def test_what_is_marked_as_a_state_secret_or_can_not_be_scanned_is_refused(boss: Caller, app: Flask) -> None:
    assert store(boss, name="机密★长期.pdf").status_code == 400
    with writing(services_of(app).platform.engine) as connection:
        connection.execute(insert(setting), {"name": "documents.scanner", "value": "unix:///nowhere/clamd.ctl"})
    refused = store(boss)
    assert refused.status_code >= 400
    assert "病毒检查" in refused.text
