"""Files over HTTP: uploaded, shown safely, put into forms, seen by those who see the case."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from tests.unit.attachments.files import OLE, PDF, PNG
from webapi.security import CSRF_HEADER

pytestmark = pytest.mark.both_databases

People = Callable[[str], Any]


def upload(
    person: Any, name: str = "证明.pdf", content: bytes = PDF, key: str | None = None, **parts: str
) -> TestResponse:
    headers = {CSRF_HEADER: person.csrf_token, **({} if key is None else {"Idempotency-Key": key})}
    file = FileStorage(io.BytesIO(content), name)
    boundary, body = encode_multipart({"file": file, **parts})
    kind = f'multipart/form-data; boundary="{boundary}"'
    answer: TestResponse = person.client.post("/api/documents", data=body, content_type=kind, headers=headers)
    return answer


def test_a_file_is_uploaded_and_shown_to_who_uploaded_it(person: People) -> None:
    jia, yi = person("jia"), person("yi")

    answer = upload(jia)

    assert answer.status_code == 201, answer.text
    file = answer.json
    assert (file["name"], file["size"], file["contentType"], file["inline"]) == (
        "证明.pdf",
        len(PDF),
        "application/pdf",
        True,
    )
    assert jia.get(f"/documents/{file['documentId']}").data == PDF
    assert jia.get(f"/documents/{file['documentId']}/metadata").json["digest"] == file["digest"]
    for path in (f"/documents/{file['documentId']}", f"/documents/{file['documentId']}/metadata"):
        assert yi.get(path).status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "shown", "media_type"),
    [
        ("图.png", PNG, "inline", "image/png"),
        ("证.pdf", PDF, "inline", "application/pdf"),
        ("表.doc", OLE, "attachment", "application/octet-stream"),
        ("文.txt", b"<script>alert(1)</script>", "attachment", "application/octet-stream"),
    ],
)
def test_a_browser_shows_pictures_and_pdf_and_saves_the_rest(
    person: People, name: str, content: bytes, shown: str, media_type: str
) -> None:
    jia = person("jia")
    id_ = upload(jia, name, content).json["documentId"]

    answer = jia.get(f"/documents/{id_}")

    assert answer.mimetype == media_type
    assert answer.headers["Content-Disposition"].startswith(f"{shown}; filename*=UTF-8''")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "script-src" not in answer.headers["Content-Security-Policy"]
    assert int(answer.headers["Content-Length"]) == len(content)


def test_a_repeated_upload_is_one_document(person: People) -> None:
    jia = person("jia")

    first, second = upload(jia, key="k1"), upload(jia, key="k1")

    assert first.json == second.json


@pytest.mark.parametrize(
    ("name", "content", "parts", "status", "code"),
    [
        ("页.html", b"<html>", {}, 400, "attachments.type-refused"),
        ("机密★.pdf", PDF, {}, 400, "attachments.secret-marked"),
        ("文.pdf", PDF, {"secrecy": "机密"}, 400, "webapi.input-invalid"),
        ("文.pdf", PDF, {"taskKey": "1"}, 404, "commands.user-task-unknown"),
        ("文.pdf", PDF, {"processInstanceKey": "1"}, 404, "queries.case-unknown"),
        ("文.pdf", PDF, {"processInstanceKey": "x"}, 400, "webapi.input-invalid"),
    ],
)
def test_what_may_not_be_uploaded_is_told(
    person: People, name: str, content: bytes, parts: dict[str, str], status: int, code: str
) -> None:
    answer = upload(person("jia"), name, content, **parts)

    assert (answer.status_code, answer.json["code"]) == (status, code), answer.text


def test_the_settings_say_what_is_taken(person: People) -> None:
    admin = person("admin")
    assert admin.put("/admin/settings/documents.largest-megabytes", {"value": 1}).status_code == 204
    assert admin.put("/admin/settings/documents.types", {"value": "pdf"}).status_code == 204
    jia = person("jia")

    assert upload(jia, "大.pdf", PDF + b" " * 1_000_000).status_code in (400, 413)
    assert upload(jia, "太大.pdf", PDF + b" " * 3_000_000).status_code == 413
    assert upload(jia, "图.png", PNG).json["code"] == "attachments.type-refused"
    assert upload(jia).status_code == 201


def test_while_the_scanner_is_down_uploads_are_refused(person: People) -> None:
    person("admin").put("/admin/settings/documents.scanner", {"value": "unix:///nowhere/clamd.ctl"})

    answer = upload(person("jia"))

    assert (answer.status_code, answer.json["code"]) == (422, "attachments.scanner-unusable")


def test_a_file_added_to_a_case_is_seen_by_who_sees_the_case(person: People) -> None:
    jia, yi, wu = person("jia"), person("yi"), person("wu")
    case = jia.start(shi="买纸")

    added = upload(jia, processInstanceKey=case, note="补充材料")

    assert added.status_code == 201, added.text
    listed = yi.get(f"/process-instances/{case}/attachments").json["items"]
    assert [(each["name"], each["note"], each["uploadedBy"]["name"]) for each in listed] == [
        ("证明.pdf", "补充材料", jia.get("/session").json["user"]["name"])
    ]
    assert yi.get(f"/documents/{added.json['documentId']}").data == PDF
    assert wu.get(f"/documents/{added.json['documentId']}").status_code == 404
    assert wu.get(f"/process-instances/{case}/attachments").status_code == 404


def test_one_takes_back_what_no_case_took(person: People, app: Flask) -> None:
    jia = person("jia")
    waiting = upload(jia).json["documentId"]
    taken = upload(jia, processInstanceKey=jia.start(shi="买纸")).json["documentId"]

    assert jia.delete(f"/documents/{waiting}").status_code == 204
    assert jia.get(f"/documents/{waiting}").status_code == 404
    assert jia.delete(f"/documents/{taken}").status_code == 409


def test_who_is_not_signed_in_uploads_nothing(anybody: Any) -> None:
    assert upload(anybody).status_code == 401
