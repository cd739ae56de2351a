"""The built-in HTTP worker: named connections, pinned addresses, no redirects, results once, incidents at the end."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from sqlalchemy import select

from engine.clock import FakeClock
from engine.commands.actor import INSTALLER, Actor
from engine.commands.deploy_resources import DeployResources
from engine.commands.name_connection import ConnectionInvalid, NameConnection, resolve
from engine.commands.resolve_incident import ResolveIncident
from engine.commands.start_process_instance import StartProcessInstance
from engine.history.anchors import NoAnchors
from engine.jobs.workers import work_jobs
from engine.platform import Platform, open_platform
from engine.store.database import reading
from engine.store.tables.runtime import incident, job, process_instance, variable
from engine.verification import verify

CLERK = Actor("clerk", "张三", "bgs")

DIAGRAM = """<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="d" targetNamespace="t">
<bpmn:process id="lookup" isExecutable="true"><bpmn:startEvent id="s"/>
<bpmn:serviceTask id="call"><bpmn:extensionElements><zeebe:taskDefinition type="banjie:http" retries="2"/>
<zeebe:taskHeaders><zeebe:header key="connection" value="registry"/><zeebe:header key="method" value="POST"/>
<zeebe:header key="path" value="=&quot;companies/&quot; + code"/><zeebe:header key="body" value="={code: code}"/>
<zeebe:header key="result" value="={company: body.name}"/></zeebe:taskHeaders>
</bpmn:extensionElements></bpmn:serviceTask>
<bpmn:endEvent id="e"/><bpmn:sequenceFlow id="f1" sourceRef="s" targetRef="call"/>
<bpmn:sequenceFlow id="f2" sourceRef="call" targetRef="e"/></bpmn:process></bpmn:definitions>"""


class Registry(BaseHTTPRequestHandler):
    """An outside system that remembers what it was asked."""

    asked: list[tuple[str, dict[str, str], object]]
    status = 200

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.asked.append((self.path, dict(self.headers.items()), body))
        answer = json.dumps({"name": "威海某公司"}).encode()
        self.send_response(self.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Location", "http://127.0.0.1:9/")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def registry() -> Iterator[tuple[str, type[Registry]]]:
    handler = type("FreshRegistry", (Registry,), {"asked": [], "status": 200})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/api", handler
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def platform(any_database_url: str, tmp_path: Path) -> Iterator[Platform]:
    clock = FakeClock(datetime(2026, 11, 23, 1, tzinfo=UTC))
    opened = open_platform(
        any_database_url, validate_form=lambda schema, data, context, *, now: {}, anchors=NoAnchors(), clock=clock
    )
    opened.bus.execute(DeployResources({"lookup.bpmn": DIAGRAM.encode()}), INSTALLER)
    yield opened
    opened.engine.dispose()


def name(platform: Platform, url: str) -> None:
    platform.bus.execute(NameConnection("registry", url, resolve(url), {"X-Secret": "s"}), INSTALLER)


def start(platform: Platform) -> int:
    answer = platform.bus.execute(StartProcessInstance("lookup", variables={"code": "91370"}), CLERK)
    return int(answer["process_instance_key"])


def test_a_call_is_made_to_the_named_connection_and_its_result_becomes_variables(
    platform: Platform, registry: tuple[str, type[Registry]]
) -> None:
    url, handler = registry
    name(platform, url)
    key = start(platform)

    assert work_jobs(platform.bus) == 1
    assert work_jobs(platform.bus) == 0

    path, headers, body = handler.asked[0]
    assert (path, body) == ("/api/companies/91370", {"code": "91370"})
    assert headers["X-Secret"] == "s"
    assert headers["Idempotency-Key"]
    with reading(platform.engine) as connection:
        assert connection.execute(select(process_instance.c.state)).scalar() == "COMPLETED"
        query = select(variable.c.value).where(variable.c.scope_key == key, variable.c.name == "company")
        assert connection.execute(query).scalar() == "威海某公司"
        assert verify(connection, platform.sources, []).passed


@pytest.mark.parametrize("status", [302, 404, 500])
def test_a_redirect_or_an_error_is_tried_again_later_and_ends_in_an_incident(
    platform: Platform, registry: tuple[str, type[Registry]], status: int
) -> None:
    url, handler = registry
    handler.status = status
    name(platform, url)
    start(platform)

    work_jobs(platform.bus)
    assert work_jobs(platform.bus) == 0, "it must wait before the next try"
    platform.clock.advance(timedelta(hours=2))  # type: ignore[attr-defined]
    work_jobs(platform.bus)

    assert len(handler.asked) == 2
    with reading(platform.engine) as connection:
        found = connection.execute(select(incident)).one()
        assert (found.error_type, found.state) == ("JOB_NO_RETRIES", "ACTIVE")
        assert str(status) in found.message

    handler.status = 200
    platform.bus.execute(ResolveIncident(found.key), INSTALLER)
    work_jobs(platform.bus)

    with reading(platform.engine) as connection:
        assert connection.execute(select(process_instance.c.state)).scalar() == "COMPLETED"
        assert connection.execute(select(job.c.status)).scalars().all() == ["done"]
        assert verify(connection, platform.sources, []).passed


def test_without_the_connection_the_job_fails_and_says_what_to_do(platform: Platform) -> None:
    start(platform)

    work_jobs(platform.bus)

    with reading(platform.engine) as connection:
        assert "registry" in str(connection.execute(select(job.c.last_error)).scalar())


@pytest.mark.parametrize(
    "url", ["ftp://127.0.0.1/", "http://user:secret@127.0.0.1/", "http://127.0.0.1/?a=b", "http://", "file:///etc"]
)
def test_an_address_that_may_not_be_called_is_refused(url: str) -> None:
    with pytest.raises(ConnectionInvalid):
        resolve(url)


@pytest.mark.parametrize("address", ["169.254.169.254", "224.0.0.1", "0.0.0.0"])
def test_an_address_of_the_link_or_of_nobody_is_refused(platform: Platform, address: str) -> None:
    with pytest.raises(ConnectionInvalid):
        platform.bus.execute(NameConnection("x", "http://x", address), INSTALLER)
