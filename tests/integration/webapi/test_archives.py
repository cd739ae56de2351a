"""Archiving over HTTP: ordered by archivists, made in the background, fetched by nobody else."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from engine.commands.actor import INSTALLER
from engine.commands.publish_organisation_file import PublishOrganisationFile
from engine.jobs.archiving import run_archives
from tests.support.requirements import ROOT
from webapi.services import services_of

pytestmark = pytest.mark.both_databases
People = Callable[[str], Any]


@pytest.fixture
def ended(app: Flask, person: People) -> tuple[Any, str]:
    """Give the bus of an office with a retention table, and a case that has ended."""
    bus = services_of(app).platform.bus
    text = (ROOT / "organisation" / "retention.yaml").read_text(encoding="utf-8")
    bus.execute(PublishOrganisationFile("retention", text, "test"), INSTALLER)
    case = person("jia").start(shi="买纸", jine=10)
    task = person("yi").task("审批", case)
    assert person("yi").complete(task, yijian="同意").status_code == 200
    ding = person("ding")
    assert ding.complete(ding.task("归档", case)).status_code == 200
    return bus, case


def test_an_ended_case_is_archived_listed_and_fetched_by_auditors(person: People, ended: tuple[Any, str]) -> None:
    bus, case = ended
    shen = person("shen")
    assert shen.get(f"/process-instances/{case}/archive").json["state"] == "PENDING"
    run_archives(bus)

    found = shen.get(f"/process-instances/{case}/archive").json
    assert (found["state"], len(found["packages"])) == ("DONE", 1)
    listed = shen.get("/archives", search="买纸").json
    assert (listed["total"], listed["items"][0]["processInstanceKey"]) == (1, case)
    file = shen.get(f"/documents/{found['packages'][0]['documentId']}")
    assert zipfile.ZipFile(io.BytesIO(file.data)).testzip() is None

    assert shen.post(f"/process-instances/{case}/archive", {}, key="a1").status_code == 201
    run_archives(bus)
    assert [each["number"] for each in shen.get(f"/process-instances/{case}/archive").json["packages"]] == [2, 1]


def test_who_is_no_archivist_is_refused(person: People, ended: tuple[Any, str]) -> None:
    bus, case = ended
    run_archives(bus)
    jia = person("jia")

    for path in ("/archives", "/archives/refused", f"/process-instances/{case}/archive"):
        assert jia.get(path).status_code == 403
    assert jia.post(f"/process-instances/{case}/archive", {}).status_code == 403
    document = person("shen").get("/archives").json["items"][0]["documentId"]
    assert jia.get(f"/documents/{document}").status_code == 404


def test_an_open_case_is_refused_and_an_unknown_one_not_found(person: People, ended: tuple[Any, str]) -> None:
    shen = person("shen")
    case = person("jia").start(shi="租车", jine=10)

    assert shen.post(f"/process-instances/{case}/archive", {}).json["code"] == "archive.case-open"
    assert shen.post("/process-instances/1/archive", {}).status_code == 404
    assert shen.get("/process-instances/1/archive").status_code == 404
    assert shen.get("/archives/refused").json["items"] == []
