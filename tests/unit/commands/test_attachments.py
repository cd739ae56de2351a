"""Files in forms: uploaded by who submits them, taken by one case, swept away when nothing took them."""

from __future__ import annotations

import io
import json
from datetime import timedelta
from typing import Any

import pytest

from engine.attachments.receiving import receive as receive_file
from engine.attachments.receiving import rules_of
from engine.commands.actions.record_for_person import RecordForPerson
from engine.commands.actor import Actor
from engine.commands.complete_user_task import CompleteUserTask
from engine.commands.delete_document import DeleteDocument
from engine.commands.drop_orphans import DropOrphanedDocuments, SweepContent
from engine.commands.save_draft import SaveDraft
from engine.commands.start_process_instance import StartProcessInstance
from engine.commands.upload_document import MOST_WAITING, UploadDocument
from engine.identity.organisation import LoadOrganisation
from engine.queries.documents import DocumentInvisible, case_documents, document_of
from engine.queries.settings import Policy
from engine.store.database import reading
from engine.store.tables.general import document
from engine.store.tables.records import case_document
from tests.unit.attachments.files import PDF, PNG
from tests.unit.commands import diagrams as d
from tests.unit.commands.platforms import ADMIN, CLERK, COLLEAGUE, STRANGER, Bureau, refused

PEOPLE = LoadOrganisation(
    ({"id": "bgs", "name": "办公室", "kind": "internal"},),
    ({"name": "clerks", "label": "文书"},),
    (
        {"username": "clerk", "name": "周静玲", "department": "bgs", "groups": ["clerks"]},
        {"username": "colleague", "name": "吴雪瑶", "department": "bgs", "groups": ["clerks"]},
    ),
)
AUDITOR = Actor("auditor", "审计", None, auditor=True)


def picker(key: str, **more: Any) -> dict[str, Any]:
    return {"type": "filepicker", "id": f"f_{key}", "key": key, "label": key, **more}


def form(id_: str, *components: dict[str, Any]) -> bytes:
    return json.dumps({"type": "default", "id": id_, "components": list(components)}).encode()


FORM = form(
    "papers",
    picker("scan", accept=".pdf,image/*", multiple=True, properties={"maxMegabytes": "1"}),
    {
        "type": "dynamiclist",
        "id": "l",
        "path": "evidence",
        "isRepeating": True,
        "allowAddRemove": True,
        "components": [picker("file")],
    },
)


def diagram(**properties: str) -> bytes:
    content = d.el("startEvent", "s") + d.task("a", form="papers") + d.task("b") + d.chain("s", "a", "b")
    return d.diagram(content, **properties)


@pytest.fixture
def deployed(bureau: Bureau) -> Bureau:
    bureau.deploy(
        diagram(),
        papers_form=FORM,
    )
    return bureau


def upload(
    bureau: Bureau, by: Actor = CLERK, content: bytes = PDF, name: str = "证明.pdf", **more: Any
) -> dict[str, Any]:
    """Upload a file and return it as forms keep it."""
    received = receive_file(io.BytesIO(content), name, rules_of(Policy({})), bureau.platform.sources.contents)
    command = UploadDocument(received.digest, received.size, received.content_type, received.name, **more)
    answer = bureau.bus.execute(command, by)
    return {
        "documentId": answer["id"],
        "name": answer["file_name"],
        "digest": answer["digest"],
        "size": answer["size"],
        "contentType": answer["content_type"],
    }


def submit(bureau: Bureau, root_key: int, by: Actor = CLERK, **variables: Any) -> CompleteUserTask:
    return CompleteUserTask(bureau.open_tasks(root_key)["a"], variables)


def test_a_case_takes_the_files_of_a_form_and_history_says_so(deployed: Bureau) -> None:
    root_key = deployed.start()
    scan, row = upload(deployed), upload(deployed, content=PNG, name="照片.png")

    deployed.bus.execute(submit(deployed, root_key, scan=[scan], evidence=[{"file": [row]}]), CLERK)

    taken = {each["document_id"]: each["field"] for each in deployed.rows(case_document, root_key=root_key)}
    assert taken == {scan["documentId"]: "scan", row["documentId"]: "evidence"}
    assert {each["process_instance_key"] for each in deployed.rows(document)} == {root_key}
    assert "attachments_taken" in [event["type"] for event in deployed.events(root_key)]
    assert deployed.verify().findings == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"documentId": "999"}, "已不在"),
        ({"name": "别的.pdf"}, "不符"),
        ({"digest": "0" * 64}, "不符"),
        ({"size": 1}, "不符"),
    ],
)
def test_what_a_form_says_of_a_file_must_be_true(deployed: Bureau, change: dict[str, Any], told: str) -> None:
    root_key = deployed.start()
    command = submit(deployed, root_key, scan=[{**upload(deployed), **change}], evidence=[])

    error = refused(deployed, command, CLERK, "commands.form-refused")

    assert told in error.details["fields"]["scan"][0]  # type: ignore[index]


def test_another_persons_file_is_not_ones_own_to_submit(deployed: Bureau) -> None:
    root_key = deployed.start()
    command = submit(deployed, root_key, scan=[upload(deployed, by=COLLEAGUE)], evidence=[])

    error = refused(deployed, command, CLERK, "commands.form-refused")

    assert "不是您上传的" in str(error.details)


def test_a_file_belongs_to_one_case(deployed: Bureau) -> None:
    first, second = deployed.start(), deployed.start()
    scan = upload(deployed)
    deployed.bus.execute(submit(deployed, first, scan=[scan], evidence=[]), CLERK)

    error = refused(deployed, submit(deployed, second, scan=[scan], evidence=[]), CLERK, "commands.form-refused")

    assert "其他案件" in str(error.details)


@pytest.mark.parametrize(
    ("value", "told"),
    [("files::1", "重新选择"), ([{"documentId": "1"}], "重新选择"), ([1], "重新选择")],
)
def test_a_file_picker_holds_files_and_nothing_else(deployed: Bureau, value: Any, told: str) -> None:
    root_key = deployed.start()

    error = refused(deployed, submit(deployed, root_key, scan=value, evidence=[]), CLERK, "commands.form-refused")

    assert told in str(error.details)


def test_a_field_takes_its_own_types_number_and_size_only(deployed: Bureau) -> None:
    root_key = deployed.start()
    text = upload(deployed, content=b"text", name="a.txt")
    large = upload(deployed, content=PDF + b" " * 1_000_000, name="b.pdf")
    two = [upload(deployed), upload(deployed)]

    for scan, evidence, told in (([text], [], "格式"), ([large], [], "兆字节"), ([], [{"file": two}], "重新选择")):
        command = submit(deployed, root_key, scan=scan, evidence=evidence)
        assert told in str(refused(deployed, command, CLERK, "commands.form-refused").details)


def test_start_forms_take_files_too(bureau: Bureau) -> None:
    start = d.el("startEvent", "s", zeebe='<zeebe:formDefinition formId="papers"/>')
    bureau.deploy(d.diagram(start + d.task("a") + d.chain("s", "a")), papers_form=FORM)
    scan = upload(bureau)

    answer = bureau.bus.execute(StartProcessInstance("p", variables={"scan": [scan], "evidence": []}), CLERK)

    row = bureau.row(case_document)
    assert (row["root_key"], row["task_key"]) == (answer["process_instance_key"], None)
    assert bureau.verify().findings == []


def test_a_file_added_to_a_case_by_itself_is_in_its_history(deployed: Bureau) -> None:
    root_key = deployed.start()

    upload(deployed, process_instance_key=root_key, note="当事人补交")

    row = deployed.row(case_document)
    assert (row["field"], row["note"], row["actor_id"]) == (None, "当事人补交", "clerk")
    assert deployed.verify().findings == []


def test_who_does_not_see_a_case_adds_nothing_to_it(deployed: Bureau) -> None:
    root_key = deployed.start()
    file = upload(deployed, by=STRANGER)
    command = UploadDocument(file["digest"], file["size"], file["contentType"], file["name"], None, root_key)

    refused(deployed, command, STRANGER, "queries.case-unknown")


def test_who_has_no_task_uploads_nothing_for_it(deployed: Bureau) -> None:
    root_key = deployed.start()
    file = upload(deployed)
    command = UploadDocument(
        file["digest"], file["size"], file["contentType"], file["name"], deployed.open_tasks(root_key)["a"]
    )

    refused(deployed, command, STRANGER, "commands.user-task-unknown")


def test_a_content_that_is_gone_is_told(deployed: Bureau) -> None:
    refused(deployed, UploadDocument("0" * 64, 1, "text/plain", "a.txt"), CLERK, "attachments.content-gone")


def test_who_sees_the_case_sees_its_files_and_nobody_else(deployed: Bureau) -> None:
    root_key = deployed.start()
    waiting, scan = upload(deployed), upload(deployed)
    deployed.bus.execute(submit(deployed, root_key, scan=[scan], evidence=[]), CLERK)

    def sees(viewer: Actor, id_: str) -> bool:
        with reading(deployed.engine) as connection:
            try:
                document_of(connection, viewer, id_, deployed.clock.now(), deployed.platform.sources.definitions)
            except DocumentInvisible:
                return False
        return True

    assert [sees(each, scan["documentId"]) for each in (CLERK, COLLEAGUE, AUDITOR, STRANGER, ADMIN)] == [
        True,
        True,
        True,
        False,
        False,
    ]
    assert [sees(each, waiting["documentId"]) for each in (CLERK, COLLEAGUE, STRANGER)] == [True, False, False]


def test_a_file_in_a_hidden_variable_is_hidden(bureau: Bureau) -> None:
    bureau.deploy(
        diagram(visibility__hide__scan="colleague"),
        papers_form=FORM,
    )
    root_key = bureau.start()
    scan, other = upload(bureau), upload(bureau)
    bureau.bus.execute(submit(bureau, root_key, scan=[scan], evidence=[{"file": [other]}]), CLERK)
    definitions = bureau.platform.sources.definitions

    with reading(bureau.engine) as connection:
        shown = case_documents(connection, COLLEAGUE, root_key, definitions)
        with pytest.raises(DocumentInvisible):
            document_of(connection, COLLEAGUE, scan["documentId"], bureau.clock.now(), definitions)

    assert [each["document_id"] for each in shown] == [other["documentId"]]


def test_a_file_that_a_case_took_stays(deployed: Bureau) -> None:
    root_key = deployed.start()
    scan = upload(deployed)
    deployed.bus.execute(submit(deployed, root_key, scan=[scan], evidence=[]), CLERK)

    refused(deployed, DeleteDocument(scan["documentId"]), CLERK, "attachments.taken")
    refused(deployed, DeleteDocument(scan["documentId"]), ADMIN, "attachments.taken")


def test_what_nothing_took_goes_in_time_but_what_a_draft_names(deployed: Bureau) -> None:
    root_key = deployed.start()
    taken = upload(deployed, content=PNG, name="a.png")
    deployed.bus.execute(submit(deployed, root_key, scan=[taken], evidence=[]), CLERK)
    other = deployed.start()
    orphan, drafted = upload(deployed), upload(deployed, content=b"draft", name="b.txt")
    deployed.bus.execute(SaveDraft(deployed.open_tasks(other)["a"], {"scan": [drafted]}), CLERK)

    deployed.clock.advance(timedelta(days=6))
    assert deployed.bus.execute(DropOrphanedDocuments(), ADMIN) == {"dropped": 0}
    deployed.clock.advance(timedelta(days=2))
    assert deployed.bus.execute(DropOrphanedDocuments(), ADMIN) == {"dropped": 1}

    assert {each["id"] for each in deployed.rows(document)} == {taken["documentId"], drafted["documentId"]}
    assert not deployed.platform.sources.contents.has(orphan["digest"])
    assert deployed.verify().findings == []


def test_contents_that_no_document_names_are_swept_away_and_no_others(deployed: Bureau) -> None:
    contents = deployed.platform.sources.contents
    kept = upload(deployed)
    contents.put("0" * 64, b"nobody's")

    assert deployed.bus.execute(SweepContent("0" * 64), ADMIN) == {"removed": True}
    assert deployed.bus.execute(SweepContent(kept["digest"]), ADMIN) == {"removed": False}

    assert (contents.has("0" * 64), contents.has(kept["digest"])) == (False, True)


def test_nobody_fills_the_store_with_files_for_nothing(small_bureau: Bureau) -> None:
    file = upload(small_bureau)
    command = UploadDocument(file["digest"], file["size"], file["contentType"], file["name"])
    for _ in range(MOST_WAITING - 1):
        small_bureau.bus.execute(command, CLERK)

    refused(small_bureau, command, CLERK, "attachments.refused")


def test_a_scan_of_a_signature_entered_for_somebody_stays_with_the_case(deployed: Bureau) -> None:
    deployed.bus.execute(PEOPLE, ADMIN)
    root_key = deployed.start()
    deployed.bus.execute(submit(deployed, root_key, scan=[], evidence=[]), CLERK)
    task = deployed.open_tasks(root_key)["b"]
    scan, strange = upload(deployed, task_key=task), upload(deployed, by=STRANGER)

    def entering(id_: str) -> RecordForPerson:
        return RecordForPerson(task, "colleague", "PAPER", "原件在卷", document_id=id_)

    refused(deployed, entering(strange["documentId"]), CLERK, "commands.form-refused")
    deployed.bus.execute(entering(scan["documentId"]), CLERK)

    assert deployed.row(case_document)["document_id"] == scan["documentId"]
    assert deployed.verify().findings == []
