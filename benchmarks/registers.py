"""Measures a register over many cases: entering them, pages, filters, an export.

    python -m benchmarks.registers sqlite:////tmp/registers.sqlite3 100000

The database must be empty; the cases are written straight into the read models, as their commands would leave them.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import insert

from engine.clock import FakeClock
from engine.commands.actor import INSTALLER, Actor
from engine.commands.publish_organisation_file import PublishOrganisationFile
from engine.commands.register_exports import OrderExport
from engine.identity.organisation import LoadOrganisation
from engine.identity.roles import AUDITORS
from engine.jobs.registers import enter_changes, run_exports
from engine.platform import Platform, open_platform
from engine.queries.registers import ListRequest, count_of_register, page_of_register, register_of
from engine.store.database import reading, writing
from engine.store.migrations import upgrade
from engine.store.tables.records import register_due
from engine.store.tables.repository import process_definition
from engine.store.tables.runtime import process_instance, variable
from webapi.forms import validate_form

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
AUDITOR = Actor("auditor", "审计", None, frozenset({AUDITORS}), auditor=True)
CLERK = Actor("clerk7", "经办", None, frozenset())
REGISTER = """id: incoming
title: 收文登记簿
procedures: [incoming-p]
columns:
  - {id: number, label: 收文号, value: n, type: number}
  - {id: received_on, label: 日期, value: 'date(received_on)', type: date}
  - {id: sender, label: 来文单位, value: sender, width: 20}
  - {id: subject, label: 标题, value: subject, width: 40}
  - {id: urgency, label: 紧急程度, value: urgency}
  - {id: lead, label: 牵头科室, value: lead}
  - {id: due, label: 期限, value: 'date(due_on)', type: date}
  - {id: by, label: 登记人, value: case.initiator}
  - {id: state, label: 状态, value: case.state}
sort: -received_on
"""


def main(url: str, cases: int) -> None:
    """Measure and print."""
    upgrade(url)
    with TemporaryDirectory() as folder:
        platform = open_platform(url, validate_form=validate_form, data_dir=Path(folder), clock=FakeClock(NOW))
        _prepare(platform, cases)
        entered = _timed("enter every case", lambda: _enter_all(platform))
        print(f"{'':34}{cases / entered:10.0f} cases/s")
        for name, viewer in (("auditor", AUDITOR), ("clerk with 1 % of the cases", CLERK)):
            print(name)
            for label, request in REQUESTS.items():
                _timed(f"  {label}", partial(_page, platform, viewer, request), times=20)
        platform.bus.execute(OrderExport("incoming"), AUDITOR)
        _timed("export of all", lambda: run_exports(platform.bus))
    print(f"largest memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


REQUESTS = {
    "first page": ListRequest(),
    "sorted by another column": ListRequest(sort="sender"),
    "filter: contains": ListRequest(filters={"sender": "单位77"}),
    "filter: range of days": ListRequest(filters={"received_on": "2026-03-01..2026-03-31"}),
    "search that finds little": ListRequest(search="事项 99999"),
}


def _prepare(platform: Platform, cases: int) -> None:
    people = tuple({"username": f"clerk{n}", "name": f"经办{n}", "department": "bgs", "groups": []} for n in range(100))
    auditor = {"username": "auditor", "name": "审计", "department": "bgs", "groups": [AUDITORS]}
    department = {"id": "bgs", "name": "办公室", "kind": "internal"}
    groups = ({"name": AUDITORS, "label": AUDITORS},)
    platform.bus.execute(LoadOrganisation((department,), groups, (*people, auditor)), INSTALLER)
    _deploy(platform)
    platform.bus.execute(PublishOrganisationFile("registers/incoming", REGISTER, "benchmark"), INSTALLER)
    with reading(platform.engine) as connection:
        key = connection.execute(process_definition.select()).mappings().one()["key"]
    for begin in range(0, cases, 5000):
        with writing(platform.engine) as connection:
            rows = [_case(number, key) for number in range(begin, min(begin + 5000, cases))]
            connection.execute(insert(process_instance), [row for row, _ in rows])
            connection.execute(insert(variable), [each for _, values in rows for each in values])
            noted = [{"root_key": row["key"], "noted_at": NOW} for row, _ in rows]
            connection.execute(insert(register_due), noted)


def _deploy(platform: Platform) -> None:
    from engine.commands.deploy_resources import DeployResources

    diagram = (
        '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="urn:b">'
        '<bpmn:process id="incoming-p" name="收文" isExecutable="true"><bpmn:startEvent id="s"/><bpmn:endEvent id="e"/>'
        '<bpmn:sequenceFlow id="f" sourceRef="s" targetRef="e"/></bpmn:process></bpmn:definitions>'
    )
    platform.bus.execute(DeployResources({"incoming.bpmn": diagram.encode()}), INSTALLER)


def _case(number: int, definition_key: int) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    key = (number + 1000) << 24
    day = (NOW - timedelta(days=number % 1000)).date().isoformat()
    values = {
        "n": number,
        "received_on": day,
        "sender": f"单位{number % 997}",
        "subject": f"关于事项 {number} 的通知",
        "urgency": "特急" if number % 20 == 0 else "平件",
        "lead": f"科室{number % 16}",
        "due_on": day,
        "handling": "办理",
    }
    row = {
        "key": key,
        "root_key": key,
        "definition_key": definition_key,
        "process_id": "incoming-p",
        "version": 1,
        "title": f"收文 {number}",
        "state": "ACTIVE" if number % 3 else "COMPLETED",
        "suspended": False,
        "initiator_id": f"clerk{number % 100}",
        "department": "bgs",
        "started_at": NOW,
    }
    places = [
        {"scope_key": key, "name": name, "root_key": key, "value": value, "key": key + position}
        for position, (name, value) in enumerate(values.items())
    ]
    return row, places


def _enter_all(platform: Platform) -> None:
    while enter_changes(platform.bus):
        pass


def _page(platform: Platform, viewer: Actor, request: ListRequest) -> None:
    with reading(platform.engine) as connection:
        register = register_of(connection, viewer, "incoming")
        definitions = platform.sources.definitions
        page_of_register(connection, viewer, definitions, register, request, NOW)
        count_of_register(connection, viewer, register, request)


def _timed(label: str, work: Callable[[], object], times: int = 1) -> float:
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    median = sorted(taken)[len(taken) // 2]
    print(f"{label:34}{median * 1000:10.1f} ms", flush=True)
    return median


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
