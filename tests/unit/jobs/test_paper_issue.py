"""A service task issues a paper: once, from a template that is deployed with its diagram, and history can prove it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from engine.commands.deploy_folder import deploy_folder
from engine.commands.deploy_resources import DeployResources
from engine.commands.errors import DeploymentRefused
from engine.commands.issue_paper import IssuePaper, MadeFile
from engine.documents.papers.fonts import FontMap
from engine.documents.papers.printing import NotPrinted, Printer
from engine.documents.papers.rendering import text_of_paper
from engine.history.chain import sm3
from engine.jobs.paper_issue import RENDER, PaperWork
from engine.jobs.workers import with_printer, work_jobs
from engine.queries.variables import visible_variables
from engine.store.database import reading
from engine.store.tables.general import document
from engine.store.tables.papers import issued_paper
from engine.store.tables.repository import paper
from engine.store.tables.runtime import job
from tests.unit.commands import diagrams as d
from tests.unit.commands.platforms import ADMIN, CLERK, Bureau, refused
from tests.unit.documents.papers.word_files import description, word_file

TEMPLATE = word_file(
    "致{{ to }}：{{ steps.work.opinion | default('无意见') }}（{{ steps.work.person }}，{{ case.title }}）"
)
FILES = {"documents/bgs/notice.docx": TEMPLATE, "documents/bgs/notice.yaml": description("登记回执", format="decision")}


class NoPrinter(Printer):
    """A printer that is out of order."""

    def to_pdf(self, docx: bytes, *, now: datetime) -> bytes:
        raise NotPrinted("卡纸")


class FakePrinter(Printer):
    """A printer that is quick."""

    def to_pdf(self, docx: bytes, *, now: datetime) -> bytes:
        return b"%PDF-1.7 " + sm3(docx).encode()


FONTS: FontMap = {}


def issuing(*, document: str = "notice", **headers: str) -> bytes:
    told = {"document": document, **headers}
    inner = "".join(f'<zeebe:header key="{key}" value="{value}"/>' for key, value in told.items())
    zeebe = f'<zeebe:taskDefinition type="{RENDER}"/><zeebe:taskHeaders>{inner}</zeebe:taskHeaders>'
    content = (
        d.el("startEvent", "start")
        + d.task("work")
        + d.el("serviceTask", "issue", zeebe=zeebe)
        + d.task("after")
        + d.chain("start", "work", "issue", "after")
    )
    return d.diagram(content)


def deploy(bureau: Bureau, diagram: bytes, files: dict[str, bytes] = FILES) -> dict[str, Any]:
    return bureau.bus.execute(DeployResources({"bpmn/p.bpmn": diagram, **files}), ADMIN)


def run(bureau: Bureau, printer: Printer | None = None) -> int:
    root_key = bureau.start(variables={"to": "李明"})
    bureau.complete(root_key, "work")
    work_jobs(bureau.bus, with_printer(printer))
    return root_key


def problems_of(error: DeploymentRefused) -> list[dict[str, Any]]:
    problems: Any = error.details["problems"]
    return list(problems)


def variables(bureau: Bureau, root_key: int) -> dict[str, Any]:
    with reading(bureau.engine) as connection:
        return visible_variables(connection, root_key)


def test_the_paper_is_made_stored_and_named_in_a_variable(bureau: Bureau) -> None:
    deploy(bureau, issuing(result="receipt", title="=&quot;回执：&quot; + to"))

    root_key = run(bureau)

    held = variables(bureau, root_key)["receipt"]
    content = bureau.platform.sources.contents.read(held["digest"])
    assert content is not None
    assert text_of_paper(content).startswith("致李明：无意见（")
    assert held["name"] == "回执：李明.docx"
    assert (held["paper"], held["size"]) == ("notice", len(content))
    assert bureau.row(document, id=held["documentId"])["process_instance_key"] == root_key
    assert bureau.open_tasks(root_key).keys() == {"after"}


def test_history_says_from_which_template_and_data_and_verifies(bureau: Bureau) -> None:
    deploy(bureau, issuing())

    root_key = run(bureau, FakePrinter("x", FONTS))

    row = bureau.row(issued_paper, root_key=root_key)
    assert row["template_digest"] == sm3(TEMPLATE)
    assert row["digest"] == variables(bureau, root_key)["document"]["digest"]
    assert row["pdf"]["digest"] == variables(bureau, root_key)["document"]["pdf"]["digest"]
    assert "paper_issued" in [event["type"] for event in bureau.events(root_key)]
    assert bureau.verify(root_key).findings == []


@pytest.mark.parametrize(("printer", "note"), [(None, "没有安装 LibreOffice"), (NoPrinter("x", FONTS), "卡纸")])
def test_without_a_pdf_the_word_file_stands_and_says_why(small_bureau: Bureau, printer: Any, note: str) -> None:
    deploy(small_bureau, issuing())

    root_key = run(small_bureau, printer)

    assert "pdf" not in variables(small_bureau, root_key)["document"]
    assert note in small_bureau.row(issued_paper, root_key=root_key)["note"]


def test_a_job_that_is_tried_again_issues_no_second_paper(bureau: Bureau) -> None:
    deploy(bureau, issuing())
    root_key = bureau.start(variables={"to": "李明"})
    bureau.complete(root_key, "work")
    given: list[dict[str, Any]] = []

    def dies_before_reporting(bus: Any, taken: Any) -> dict[str, Any]:
        given.append(PaperWork()(bus, taken))
        raise RuntimeError("the machine lost its power")

    work_jobs(bureau.bus, {RENDER: dies_before_reporting})
    bureau.clock.advance(timedelta(hours=1))
    work_jobs(bureau.bus)

    assert len(bureau.rows(issued_paper)) == 1
    assert variables(bureau, root_key)["document"] == given[0]["document"]


def test_data_that_does_not_fit_is_an_incident_in_words(small_bureau: Bureau) -> None:
    files = {**FILES, "documents/bgs/notice.docx": word_file("{{ to | date_cn }}")}
    deploy(small_bureau, issuing(), files)
    root_key = small_bureau.start(variables={"to": "李明"})
    small_bureau.complete(root_key, "work")

    for _ in range(small_bureau.row(job, root_key=root_key)["retries"]):
        work_jobs(small_bureau.bus)
        small_bureau.clock.advance(timedelta(hours=1))

    (incident,) = small_bureau.incidents(root_key)
    assert "“李明”不是日期" in incident["message"]


def test_a_diagram_whose_paper_is_not_there_is_refused(small_bureau: Bureau) -> None:
    with pytest.raises(DeploymentRefused) as caught:
        deploy(small_bureau, issuing(document="other"))

    (problem,) = problems_of(caught.value)
    assert (problem["code"], problem["element"]) == ("content.paper-missing", "issue")


def test_a_preview_of_a_paper_that_is_not_there_is_refused(small_bureau: Bureau) -> None:
    with pytest.raises(DeploymentRefused) as caught:
        deploy(small_bureau, d.one_task(paper__preview="notice, other"))

    assert [problem["code"] for problem in problems_of(caught.value)] == ["content.paper-missing"]


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_template_without_its_description_is_refused_and_the_other_way_round(small_bureau: Bureau, name: str) -> None:
    with pytest.raises(DeploymentRefused):
        small_bureau.bus.execute(DeployResources({name: FILES[name]}), ADMIN)


def test_dropped_in_each_change_of_template_or_description_is_a_new_version(small_bureau: Bureau) -> None:
    files = {"bpmn/p.bpmn": issuing(), **FILES}
    deploy_folder(small_bureau.bus, files)
    changed = {**files, "documents/bgs/notice.docx": word_file("{{ to }}")}

    outcomes = [
        deploy_folder(small_bureau.bus, files),
        deploy_folder(small_bureau.bus, changed),
        deploy_folder(small_bureau.bus, {**changed, "documents/bgs/notice.yaml": description("回执二")}),
    ]

    assert [[item["version"] for item in outcome.deployed] for outcome in outcomes] == [[], [2], [3]]
    assert [row["title"] for row in small_bureau.rows(paper)] == ["登记回执", "登记回执", "回执二"]


def test_only_workers_issue_papers(small_bureau: Bureau) -> None:
    deploy(small_bureau, issuing())
    root_key = small_bureau.start(variables={"to": "李明"})
    small_bureau.complete(root_key, "work")
    key = small_bureau.row(job, root_key=root_key)["key"]
    made = MadeFile("x.docx", sm3(b"x"), 1)
    command = IssuePaper(key, 0, "document", "notice", 1, "t", "d", "回执", made, None, None)

    refused(small_bureau, command, CLERK, "commands.worker-only")
    refused(small_bureau, command, ADMIN, "attachments.content-gone")
