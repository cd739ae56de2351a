"""Packages: made at the end of a case, whole, readable, verified by Python alone."""

from __future__ import annotations

import ast
import hashlib
import json
import subprocess
import sys
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from lxml import etree

from engine.archive import verify_package
from engine.commands.actor import SCHEDULER
from engine.commands.archiving import OrderArchive, RecordArchive, TakeArchiveOrder
from engine.commands.cancel_process_instance import CancelProcessInstance
from engine.commands.publish_controls import PublishControls
from engine.documents.papers.printing import find_printer
from engine.jobs.archiving import run_archives
from engine.queries.documents import DocumentInvisible, document_of
from engine.store.database import reading
from engine.store.tables.general import document
from engine.store.tables.history import history_event
from engine.store.tables.records import archive, archive_order
from engine.store.tables.runtime import process_instance
from tests.support.requirements import ROOT, Requirement, skip_for_want_of
from tests.unit.archive.office import ARCHIVIST, AUDITOR, finished, package_of, prepared, report
from tests.unit.commands.platforms import ADMIN, CLERK, Bureau, refused

SCRIPT = ROOT / "scripts" / "verify_package.py"


def verified(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the script as an auditor does: Python alone, away from the repository, with no packages."""
    command = [sys.executable, "-I", "-S", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd="/")


def test_a_case_that_ends_is_archived_and_its_package_verifies_itself(bureau: Bureau, tmp_path: Path) -> None:
    prepared(bureau)
    root_key = finished(bureau)

    assert run_archives(bureau.bus) == 1

    row = bureau.row(archive, root_key=root_key)
    assert (row["period"], row["category"], row["title"]) == ("10年", "文书档案", bureau_title(bureau, root_key))
    path = package_of(bureau, root_key, tmp_path)
    anchors = str(tmp_path / "data" / "anchors")
    done = verified(str(SCRIPT), str(path), "--digest", row["sm3"], "--anchors", anchors)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "四性检测通过" in done.stdout
    assert bureau.verify().findings == []
    logged = [event for event in bureau.rows(history_event, root_key=0) if event["type"] == "case_archived"]
    assert json.loads(logged[0]["payload"])["sm3"] == row["sm3"]


def bureau_title(bureau: Bureau, root_key: int) -> str:
    return str(bureau.row(process_instance, key=root_key)["title"])


def test_the_script_in_the_package_verifies_the_package_it_came_from(small_bureau: Bureau, tmp_path: Path) -> None:
    prepared(small_bureau)
    root_key = finished(small_bureau)
    run_archives(small_bureau.bus)
    path = package_of(small_bureau, root_key, tmp_path)
    with zipfile.ZipFile(path) as opened:
        assert opened.testzip() is None
        (tmp_path / "verify.py").write_bytes(opened.read("verify.py"))

    done = verified(str(tmp_path / "verify.py"), str(path), "--json")

    assert report(done.stdout)["passed"] is True, done.stdout
    assert (tmp_path / "verify.py").read_bytes() == SCRIPT.read_bytes()


def test_the_verifier_needs_nothing_but_python() -> None:
    tree = ast.parse(SCRIPT.read_text(encoding="utf-8"))
    modules = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    modules |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}

    assert {name.partition(".")[0] for name in modules} <= sys.stdlib_module_names


@pytest.mark.parametrize("length", [0, 1, 3, 55, 56, 63, 64, 65, 119, 120, 1000])
def test_its_own_sm3_is_the_standards(length: int) -> None:
    data = bytes(number * 7 % 256 for number in range(length))
    own = verify_package.OwnSm3()
    own.update(data[:40])
    own.update(data[40:])

    assert own.hexdigest() == hashlib.new("sm3", data).hexdigest()


def test_what_a_package_holds(small_bureau: Bureau, tmp_path: Path) -> None:
    prepared(small_bureau)
    root_key = finished(small_bureau)
    run_archives(small_bureau.bus)

    with zipfile.ZipFile(package_of(small_bureau, root_key, tmp_path)) as opened:
        names = opened.namelist()
        metadata = etree.fromstring(opened.read("metadata.xml"), etree.XMLParser(resolve_entities=False))
        page = opened.read(next(name for name in names if name.startswith("forms/"))).decode()
        case = opened.read("case.html").decode()

    assert names[-2:] == ["index.json", "index.sm3"]
    folders = {name.partition("/")[0] for name in names if "/" in name}
    assert folders == {"attachments", "forms", "history", "definitions"}
    assert metadata.findtext("题名")
    assert metadata.findtext("立档单位名称") == "威海市工业和信息化局"
    assert metadata.findtext("档号") == f"WHGX-WS·2026-D10-bgs-{root_key}"
    assert [node.findtext("行为描述") for node in metadata.findall("业务行为")] == ["请审批", "同意"]
    assert "12000.50" in page
    assert "请审批" in page
    assert "购买服务器 &lt;b&gt;两台&lt;/b&gt;" in page
    assert "证明.pdf" in case


def test_the_same_case_gives_the_same_bytes(small_bureau: Bureau) -> None:
    prepared(small_bureau)
    root_key = finished(small_bureau)
    run_archives(small_bureau.bus)
    small_bureau.clock.advance(timedelta(days=400))
    small_bureau.bus.execute(OrderArchive(root_key), ARCHIVIST)
    run_archives(small_bureau.bus)

    first, second = small_bureau.rows(archive, root_key=root_key)

    assert (first["number"], second["number"]) == (1, 2)
    assert first["sm3"] == second["sm3"]


def test_pages_are_pdf_too_where_libreoffice_is(small_bureau: Bureau, tmp_path: Path) -> None:
    printer = find_printer()
    if printer is None:
        skip_for_want_of(Requirement("LibreOffice", "apt-get install libreoffice-writer"))
    prepared(small_bureau)
    root_key = finished(small_bureau)
    run_archives(small_bureau.bus, printer)
    path = package_of(small_bureau, root_key, tmp_path)

    with zipfile.ZipFile(path) as opened:
        made = [name for name in opened.namelist() if name.endswith(".pdf") and not name.startswith("attachments")]

    assert "case.pdf" in made
    assert len(made) == 2
    assert verified(str(SCRIPT), str(path)).returncode == 0


def test_what_the_procedure_wants_in_the_archive_must_be_there(bureau: Bureau) -> None:
    prepared(bureau, archive__required="scan, minutes")
    root_key = finished(bureau)

    run_archives(bureau.bus)

    row = bureau.row(archive_order, root_key=root_key)
    assert (row["state"], row["problems"]) == ("REFUSED", ["缺少“minutes”"])
    assert bureau.rows(archive) == []


def test_what_a_control_wants_in_the_archive_must_be_there(bureau: Bureau) -> None:
    register = (
        "controls:\n  - id: T1\n    title: 归档材料齐全\n    strength: BLOCK\n    basis: 试用\n    owner: bgs\n"
        "    papers: [{name: minutes, label: 会议纪要}]\n"
    )
    bureau.bus.execute(PublishControls(register, "test"), ADMIN)
    prepared(bureau, archive__control="T1")
    root_key = finished(bureau)
    run_archives(bureau.bus)

    assert bureau.row(archive_order, root_key=root_key)["problems"] == ["归档材料齐全：缺少：会议纪要"]


def test_a_file_that_was_changed_in_the_store_is_not_archived(small_bureau: Bureau, tmp_path: Path) -> None:
    prepared(small_bureau)
    root_key = finished(small_bureau)
    digest = small_bureau.row(document, purpose="upload")["digest"]
    (tmp_path / "data" / "documents" / digest[:2] / digest).write_bytes(b"other")

    run_archives(small_bureau.bus)

    assert "改动过" in small_bureau.row(archive_order, root_key=root_key)["problems"][0]


def test_a_procedure_may_say_that_its_cases_are_not_archived(small_bureau: Bureau) -> None:
    prepared(small_bureau, archive="none")
    finished(small_bureau)

    assert run_archives(small_bureau.bus) == 0
    assert small_bureau.rows(archive_order) == []


def test_a_cancelled_case_is_archived_with_what_there_is(small_bureau: Bureau, tmp_path: Path) -> None:
    prepared(small_bureau)
    root_key = small_bureau.start(variables={"title": "撤回的请示"})
    small_bureau.bus.execute(CancelProcessInstance(root_key, "申请人撤回"), ADMIN)
    run_archives(small_bureau.bus)

    path = package_of(small_bureau, root_key, tmp_path)

    assert verified(str(SCRIPT), str(path)).returncode == 0


def test_only_archivists_and_auditors_order_packages_and_fetch_them(bureau: Bureau) -> None:
    prepared(bureau)
    root_key = finished(bureau)
    run_archives(bureau.bus)

    refused(bureau, OrderArchive(root_key), CLERK, "archive.archivists-only")
    refused(bureau, OrderArchive(root_key), ADMIN, "archive.archivists-only")
    id_ = bureau.row(archive)["document_id"]
    with reading(bureau.engine) as connection:
        definitions, now = bureau.platform.sources.definitions, bureau.clock.now()
        for viewer in (ARCHIVIST, AUDITOR):
            assert document_of(connection, viewer, id_, now, definitions)["purpose"] == "archive"
        for viewer in (CLERK, ADMIN):
            with pytest.raises(DocumentInvisible):
                document_of(connection, viewer, id_, now, definitions)


def test_an_open_case_is_not_archived(bureau: Bureau) -> None:
    prepared(bureau)
    root_key = bureau.start()

    refused(bureau, OrderArchive(root_key), ARCHIVIST, "archive.case-open")
    refused(bureau, OrderArchive(1), ARCHIVIST, "commands.case-unknown")


def test_an_order_is_worked_on_by_one_process_at_a_time(bureau: Bureau) -> None:
    prepared(bureau)
    root_key = finished(bureau)
    taken = bureau.bus.execute(TakeArchiveOrder(root_key), SCHEDULER)

    assert taken["taken"] is True
    assert bureau.bus.execute(TakeArchiveOrder(root_key), SCHEDULER) == {"taken": False}
    assert run_archives(bureau.bus) == 0
    bureau.clock.advance(timedelta(minutes=16))
    assert run_archives(bureau.bus) == 1
    refused(bureau, RecordArchive(root_key, taken["fence"], {}), SCHEDULER, "archive.lost")
