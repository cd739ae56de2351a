"""A certified service seals a paper of the case, once; without one nothing is sealed, and that is said."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from sqlalchemy import insert

from engine.commands.actor import INSTALLER
from engine.commands.name_connection import NameConnection, resolve
from engine.commands.store_document import StoreDocument
from engine.history.chain import sm3
from engine.jobs.certified_seal import CONNECTION
from engine.jobs.workers import work_jobs
from engine.store.tables.general import document, setting
from engine.store.tables.runtime import variable
from tests.unit.commands import diagrams as d
from tests.unit.commands.issuing.office import furnish
from tests.unit.commands.platforms import Bureau

PAPER = b"%PDF-1.7 a letter"
HEADERS = (
    '<zeebe:taskDefinition type="banjie:seal" retries="2"/><zeebe:taskHeaders>'
    '<zeebe:header key="document" value="=paper"/><zeebe:header key="seal" value="公章"/>'
    '<zeebe:header key="matter" value="=&quot;印发：&quot; + title"/></zeebe:taskHeaders>'
)


class Service(BaseHTTPRequestHandler):
    """A certified service that remembers what it was asked."""

    asked: list[dict[str, Any]]
    answer: Any = None

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.asked.append({"path": self.path, "key": self.headers["Idempotency-Key"], **body})
        content = base64.b64decode(body["document"]["content"]) + b" sealed"
        sealed = {"name": "sealed.pdf", "contentType": "application/pdf", "content": base64.b64encode(content).decode()}
        data = json.dumps(self.answer or {"serial": "YZ-1", "document": sealed}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def service() -> Iterator[tuple[str, type[Service]]]:
    """Give the address of a running service, and what it was asked."""
    handler = type("FreshService", (Service,), {"asked": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/certified", handler
    server.shutdown()
    thread.join()
    server.server_close()


def switch_on(bureau: Bureau, url: str) -> None:
    """Name the connection of the service, and the service."""
    bureau.bus.execute(NameConnection("yinzhang", url, resolve(url), {"X-Secret": "s"}), INSTALLER)
    with bureau.engine.begin() as connection:
        connection.execute(insert(setting), {"name": CONNECTION, "value": "yinzhang"})


def waiting(bureau: Bureau, *, of_the_case: bool = True) -> int:
    """Start a case that waits for its paper to be sealed; return its key."""
    furnish(bureau)
    content = (
        d.el("startEvent", "start")
        + d.task("sign")
        + d.el("serviceTask", "seal", zeebe=HEADERS)
        + d.task("file")
        + d.chain("start", "sign", "seal", "file")
    )
    bureau.deploy(d.diagram(content))
    root = bureau.start(variables={"title": "通知"})
    where = root if of_the_case else None
    stored = StoreDocument(PAPER, "通知.pdf", "application/pdf", process_instance_key=where)
    row = bureau.bus.execute(stored, INSTALLER)
    bureau.complete(root, "sign", {"paper": {"documentId": row["id"], "digest": row["digest"]}})
    return root


def sealed_variable(bureau: Bureau, root: int) -> Any:
    rows = bureau.rows(variable, scope_key=root, name="sealed_document")
    return rows[0]["value"] if rows else None


def test_a_paper_is_sealed_once_and_stored_in_its_case(bureau: Bureau, service: tuple[str, type[Service]]) -> None:
    url, handler = service
    switch_on(bureau, url)
    root = waiting(bureau)

    assert (work_jobs(bureau.bus), work_jobs(bureau.bus)) == (1, 0)

    (asked,) = handler.asked
    assert (asked["path"], asked["seal"], asked["matter"]) == ("/certified/seal", "gongzhang", "印发：通知")
    assert (asked["document"]["sm3"], asked["requestId"]) == (sm3(PAPER), asked["key"])
    found = sealed_variable(bureau, root)
    assert (found["name"], found["seal"], found["serial"]) == ("sealed.pdf", "gongzhang", "YZ-1")
    row = bureau.row(document, id=found["documentId"])
    assert (row["digest"], row["process_instance_key"]) == (sm3(PAPER + b" sealed"), root)
    assert list(bureau.open_tasks(root)) == ["file"]
    assert bureau.verify().findings == []


def test_without_a_service_nothing_is_sealed_and_the_incident_says_so(bureau: Bureau) -> None:
    root = waiting(bureau)

    for _ in range(2):
        work_jobs(bureau.bus)
        bureau.clock.advance(timedelta(hours=2))

    (incident,) = bureau.incidents(root)
    assert "没有启用电子印章服务" in incident["message"]
    assert sealed_variable(bureau, root) is None


@pytest.mark.parametrize(
    "answer", [{"serial": "1"}, {"serial": "", "document": {"content": "eA==", "contentType": "x"}}, ["什么"],
               {"serial": "1", "document": {"content": "?", "contentType": "x"}}],
)  # fmt: skip
def test_an_answer_that_proves_nothing_is_no_seal(
    small_bureau: Bureau, service: tuple[str, type[Service]], answer: Any
) -> None:
    url, handler = service
    handler.answer = answer
    switch_on(small_bureau, url)
    root = waiting(small_bureau)

    work_jobs(small_bureau.bus)

    assert sealed_variable(small_bureau, root) is None
    assert list(small_bureau.open_tasks(root)) == []


def test_a_paper_of_no_case_is_not_sealed(small_bureau: Bureau, service: tuple[str, type[Service]]) -> None:
    url, handler = service
    switch_on(small_bureau, url)
    waiting(small_bureau, of_the_case=False)

    work_jobs(small_bureau.bus)

    assert handler.asked == []
