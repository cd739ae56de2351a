"""Papers over HTTP: previewed before signing, listed and read by those who see the case, hidden where variables are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from flask import Flask

from engine.commands.actor import INSTALLER
from engine.commands.deploy_resources import DeployResources
from engine.documents.papers.printing import Printer
from engine.documents.papers.rendering import text_of_paper
from engine.jobs.paper_previews import print_previews
from engine.jobs.workers import work_jobs
from tests.integration.webapi.house import flows, process, properties, user_task
from tests.unit.documents.papers.word_files import description, word_file
from webapi.services import services_of

People = Callable[[str], Any]


def paper_process(**rules: str) -> str:
    issue = (
        '<bpmn:serviceTask id="huizhi" name="生成回执"><bpmn:extensionElements>'
        '<zeebe:taskDefinition type="banjie:render"/><zeebe:taskHeaders><zeebe:header key="document" value="receipt"/>'
        '<zeebe:header key="result" value="receipt"/><zeebe:header key="data" value="={who: shi + &quot;！&quot;}"/>'
        "</zeebe:taskHeaders></bpmn:extensionElements></bpmn:serviceTask>"
    )
    content = (
        '<bpmn:startEvent id="kaishi"><bpmn:extensionElements><zeebe:formDefinition formId="apply"/>'
        "</bpmn:extensionElements></bpmn:startEvent>"
        + user_task("qian", "领导", more=properties(paper__preview="receipt"), name="签发")
        + issue
        + user_task("fa", "文书", name="发出")
        + '<bpmn:endEvent id="jieshu"/>'
        + flows("kaishi", "qian", "huizhi", "fa", "jieshu")
    )
    made = process("wenshu", "文书", content)
    return made.replace(
        "<zeebe:properties>",
        "<zeebe:properties>"
        + "".join(f'<zeebe:property name="{name}" value="{value}"/>' for name, value in rules.items()),
        1,
    )


@pytest.fixture
def deploy(app: Flask) -> Callable[..., None]:
    def run(**rules: str) -> None:
        files = {
            "bpmn/bgs/wenshu.bpmn": paper_process(**rules).encode(),
            "documents/bgs/receipt.docx": word_file("{{ who }}：{{ steps.qian.person | default('未签') }}"),
            "documents/bgs/receipt.yaml": description("回执"),
        }
        services_of(app).platform.bus.execute(DeployResources(files), INSTALLER)

    return run


def work(app: Flask) -> None:
    work_jobs(services_of(app).platform.bus)


def test_a_paper_is_previewed_with_the_form_as_it_is_and_nothing_is_kept(deploy: Any, person: People) -> None:
    deploy()
    case, leader = person("jia").start("wenshu", shi="李明"), person("yi")
    key = leader.task("签发", case)

    assert leader.get(f"/user-tasks/{key}").json["papers"] == [{"id": "receipt", "title": "回执", "format": "letter"}]
    stored = leader.post(f"/user-tasks/{key}/papers/receipt/preview")
    typed = leader.post(f"/user-tasks/{key}/papers/receipt/preview", {"variables": {"shi": "王五"}})

    assert text_of_paper(stored.data).split("\n") == ["预览", "李明！：未签"]
    assert text_of_paper(typed.data).split("\n") == ["预览", "王五！：未签"]
    assert stored.headers["Cache-Control"] == "no-store"
    assert leader.get(f"/process-instances/{case}/documents").json == {"items": []}


def test_only_those_who_see_the_task_preview_and_only_the_papers_it_names(deploy: Any, person: People) -> None:
    deploy(visibility="restricted")
    case = person("jia").start("wenshu", shi="李明")
    key = person("yi").task("签发", case)

    assert person("wu").post(f"/user-tasks/{key}/papers/receipt/preview").status_code == 404
    answer = person("yi").post(f"/user-tasks/{key}/papers/other/preview")
    assert (answer.status_code, answer.json["code"]) == (404, "queries.paper-not-previewable")


def test_what_the_data_does_not_give_is_a_blank_in_the_preview(deploy: Any, person: People) -> None:
    deploy()
    key = person("yi").task("签发", person("jia").start("wenshu", shi="李明"))

    answer = person("yi").post(f"/user-tasks/{key}/papers/receipt/preview", {"variables": {"shi": 3}})

    assert text_of_paper(answer.data).split("\n") == ["预览", "＿＿＿＿：未签"]


@pytest.mark.both_databases
def test_an_issued_paper_is_listed_and_read_by_those_who_see_the_case(app: Flask, deploy: Any, person: People) -> None:
    deploy(visibility="restricted")
    case, leader = person("jia").start("wenshu", shi="李明"), person("yi")
    leader.complete(leader.task("签发", case))
    work(app)

    (paper,) = leader.get(f"/process-instances/{case}/documents").json["items"]

    assert (paper["paper"], paper["version"], paper["name"], paper["pdf"]) == ("receipt", 1, "回执.docx", None)
    assert "LibreOffice" in paper["note"]
    assert text_of_paper(leader.get(f"/documents/{paper['documentId']}").data) == "李明！：乙某"
    assert person("wu").get(f"/documents/{paper['documentId']}").status_code == 404
    assert person("wu").get(f"/process-instances/{case}/documents").status_code == 404


def test_a_paper_in_a_hidden_variable_is_hidden(app: Flask, deploy: Any, person: People) -> None:
    deploy(**{"visibility.hide.receipt": "领导"})
    case, leader = person("jia").start("wenshu", shi="李明"), person("yi")
    leader.complete(leader.task("签发", case))
    work(app)

    (paper,) = person("jia").get(f"/process-instances/{case}/documents").json["items"]

    assert leader.get(f"/process-instances/{case}/documents").json == {"items": []}
    assert leader.get(f"/documents/{paper['documentId']}").status_code == 404
    assert person("jia").get(f"/documents/{paper['documentId']}").status_code == 200


class FakePrinter(Printer):
    """A printer that is quick."""

    def to_pdf(self, docx: bytes, *, now: datetime) -> bytes:
        return b"%PDF-1.7 " + text_of_paper(docx).encode()


def test_a_preview_is_printed_and_shown_to_the_one_who_ordered_it(app: Flask, deploy: Any, person: People) -> None:
    deploy()
    leader = person("yi")
    key = leader.task("签发", person("jia").start("wenshu", shi="李明"))

    ordered = leader.post(f"/user-tasks/{key}/papers/receipt/printed-previews", {"variables": {"shi": "王五"}})
    address = f"/printed-previews/{ordered.json['key']}"
    waiting = leader.get(address).json
    early = leader.get(f"{address}/content")
    print_previews(services_of(app).platform.bus, FakePrinter("fake", {}))
    shown = leader.get(f"{address}/content")

    assert (ordered.status_code, waiting["state"], early.status_code) == (201, "PENDING", 404)
    assert leader.get(address).json | {"key": ""} == {
        "key": "",
        "state": "DONE",
        "message": None,
        "fileName": "回执（预览）.pdf",
    }
    assert shown.data.decode() == "%PDF-1.7 预览\n王五！：未签"
    assert shown.headers["Content-Type"] == "application/pdf"
    assert shown.headers["Content-Disposition"].startswith("inline")
    assert "sandbox" in shown.headers["Content-Security-Policy"]
    assert shown.headers["Cache-Control"] == "no-store"
    assert person("jia").get(f"{address}/content").status_code == 404
