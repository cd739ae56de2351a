"""SendCopies, ReadCopy, UrgeUserTask, RecordForPerson and its confirmation."""

from __future__ import annotations

from datetime import timedelta

from engine.commands.actions.answer_recorded_signature import AnswerRecordedSignature
from engine.commands.actions.read_copy import ReadCopy
from engine.commands.actions.record_for_person import RecordForPerson
from engine.commands.actions.scan_recorded_signature import ScanRecordedSignature
from engine.commands.actions.send_copies import SendCopies
from engine.commands.actions.urge_user_task import UrgeUserTask
from engine.queries.sight import Sight, sight_of
from engine.store.database import reading
from engine.store.tables.actions import copy, recorded_signature, urge
from engine.store.tables.runtime import process_instance
from tests.unit.commands.actions.office import Office, row
from tests.unit.commands.platforms import refused


def test_a_copy_lets_somebody_see_the_case_and_is_receipted_once(office: Office) -> None:
    office.bureau.deploy(row("draft"))
    root = office.start()
    qian = office.person("qian")
    refused(office.bureau, SendCopies(root, ["zhao"]), qian, "commands.case-unknown")

    (key,) = office.do("li", SendCopies(root, ["qian", "qian"], "CIRCULATE", note="请阅"))["copies"]

    with reading(office.bureau.engine) as connection:
        assert sight_of(connection, qian, root) is Sight.CONTENT
    refused(office.bureau, ReadCopy(key), office.person("li"), "actions.copy-unknown")
    office.do("qian", ReadCopy(key))
    first = office.bureau.row(copy, key=key)["read_at"]
    office.bureau.clock.advance(timedelta(hours=1))
    office.do("qian", ReadCopy(key))
    assert office.bureau.row(copy, key=key)["read_at"] == first
    assert office.verified()


def test_a_closed_case_can_be_circulated(office: Office) -> None:
    office.bureau.deploy(row("draft"))
    root = office.start()
    office.complete("li", root, "draft")

    (key,) = office.do("li", SendCopies(root, ["qian"], "CIRCULATE"))["copies"]
    office.do("qian", ReadCopy(key))

    assert office.verified()


def test_urging_has_a_limit_a_day(office: Office) -> None:
    office.bureau.deploy(row("draft:leaders"))
    root = office.start()
    key = office.tasks(root)["draft"]

    assert office.do("li", UrgeUserTask(key, "请尽快"))["left_today"] == 1
    assert office.do("li", UrgeUserTask(key))["left_today"] == 0
    refused(office.bureau, UrgeUserTask(key), office.person("li"), "actions.urged-enough")
    office.bureau.clock.advance(timedelta(days=1))
    office.do("li", UrgeUserTask(key))
    assert len(office.bureau.rows(urge)) == 3
    refused(office.bureau, UrgeUserTask(key), office.person("qian"), "commands.user-task-unknown")
    assert office.verified()


def test_what_was_signed_on_paper_is_entered_and_confirmed_later(office: Office) -> None:
    # given
    office.bureau.deploy(row("sign:leaders", outcome="yijian"))
    root = office.start()
    key = office.tasks(root)["sign"]
    refused(office.bureau, RecordForPerson(key, "zhang", "PAPER", " "), office.person("li"), "actions.evidence-missing")
    wrong = RecordForPerson(key, "wang", "PAPER", "原件")
    refused(office.bureau, wrong, office.person("li"), "commands.user-task-taken")
    refused(
        office.bureau, RecordForPerson(key, "zhang", "PAPER", "x"), office.person("qian"), "commands.user-task-unknown"
    )

    # when
    command = RecordForPerson(key, "zhang", "PAPER", "3月2日在纸质件上签批", {"yijian": "同意"}, "同意")
    office.do("li", command)

    # then
    done = office.task(key)
    assert (done["completed_by"], done["on_behalf_of"], done["outcome"]) == ("li", "zhang", "同意")
    assert office.bureau.row(process_instance, key=root)["state"] == "COMPLETED"
    refused(office.bureau, AnswerRecordedSignature(key, True), office.person("li"), "actions.signature-unknown")
    office.do("li", ScanRecordedSignature(key, "scan-1"))
    office.do("zhang", AnswerRecordedSignature(key, True))
    found = office.bureau.row(recorded_signature, task_key=key)
    assert (found["state"], found["document_id"]) == ("CONFIRMED", "scan-1")
    refused(office.bureau, AnswerRecordedSignature(key, True), office.person("zhang"), "actions.signature-unknown")
    assert office.verified()


def test_who_disputes_says_why(office: Office) -> None:
    office.bureau.deploy(row("sign:leaders"))
    key = office.tasks(office.start())["sign"]
    office.do("li", RecordForPerson(key, "zhang", "TELEPHONE", "电话同意，8时30分"))

    refused(office.bureau, AnswerRecordedSignature(key, False), office.person("zhang"), "actions.reason-missing")
    office.do("zhang", AnswerRecordedSignature(key, False, "没有说过"))

    assert office.bureau.row(recorded_signature, task_key=key)["state"] == "DISPUTED"
    assert office.verified()
