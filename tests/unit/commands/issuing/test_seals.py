"""Every use of a seal is in its register; a seal that is out must come back, and each hand-over has two signatures."""

from __future__ import annotations

from datetime import timedelta

from engine.commands.complete_user_task import CompleteUserTask
from engine.commands.hand_over_seal import AnswerSealHandover, HandOverSeal
from engine.jobs.seal_watch import watch_seals
from engine.store.tables.identity import membership, user
from engine.store.tables.issuing import seal_handover, seal_loan, seal_use
from engine.store.tables.notices import notice
from tests.unit.commands import diagrams as d
from tests.unit.commands.issuing.office import BOSS, KEEPER, furnish
from tests.unit.commands.platforms import CLERK, STRANGER, Bureau, refused

DUE = "2026-03-03T17:00:00+08:00"


def sealing(**more: str) -> bytes:
    """Return: approve, put the seal, end."""
    return d.diagram(
        d.el("startEvent", "start")
        + d.task("approve")
        + d.task("put", **({"seal__use": "=seal_name", "number__series": "total", "number__result": "line"} | more))
        + d.task("store")
        + d.chain("start", "approve", "put", "store")
    )


def lending(seal: str = "公章") -> bytes:
    """Return: hand the seal out, take it back, end."""
    return d.diagram(
        d.el("startEvent", "start")
        + d.task("out", **{"seal__take-out": seal, "seal__taken-by": '="两人：" + who'})
        + d.task("back", seal__return=seal)
        + d.task("store")
        + d.chain("start", "out", "back", "store")
    )


def people(bureau: Bureau) -> None:
    """Enter the people of these tests."""
    with bureau.engine.begin() as connection:
        for actor in (KEEPER, BOSS, CLERK):
            row = {"id": actor.id, "username": actor.id, "name": actor.name, "active": True, "failed_sign_ins": 0}
            row |= {"must_change_password": False, "created_at": bureau.clock.now()}
            connection.execute(user.insert(), row)
            for group in actor.groups:
                connection.execute(membership.insert(), {"user_id": actor.id, "group_name": group})


def test_using_a_seal_writes_its_register(bureau: Bureau) -> None:
    furnish(bureau).deploy(sealing())
    root = bureau.start(variables={"seal_name": "公章", "seal_matter": "印发通知", "document_title": "通知"})
    bureau.complete(root, "approve")
    bureau.complete(root, "put", {"sealed_copies": 3, "document_number": "威工信发〔2026〕1号"})

    row = bureau.row(seal_use)
    assert (row["seal"], row["matter"], row["document_title"], row["document_number"], row["copies"]) == (
        "gongzhang",
        "印发通知",
        "通知",
        "威工信发〔2026〕1号",
        3,
    )
    assert (row["actor_id"], row["asked_by"], row["number"], row["used_at"]) == (
        "clerk",
        "周静玲",
        "0001",
        bureau.clock.now(),
    )
    assert bureau.verify().findings == []


def test_a_seal_that_the_bureau_does_not_have_is_not_put(small_bureau: Bureau) -> None:
    bureau = furnish(small_bureau)
    bureau.deploy(sealing())
    root = bureau.start()
    bureau.complete(root, "approve")
    key = bureau.open_tasks(root)["put"]

    refused(bureau, CompleteUserTask(key, {"seal_name": "萝卜章"}), CLERK, "issuing.seal-unknown")
    refused(bureau, CompleteUserTask(key, {"seal_name": None}), CLERK, "issuing.refused")


def test_a_seal_goes_out_until_a_time_and_comes_back(bureau: Bureau) -> None:
    furnish(bureau).deploy(lending())
    root, other = bureau.start(variables={"who": "甲、乙"}), bureau.start(variables={"who": "丙、丁"})
    bureau.complete(root, "out", {"returns_at": DUE})

    key = bureau.open_tasks(other)["out"]
    refused(bureau, CompleteUserTask(key, {"returns_at": DUE}), CLERK, "issuing.seal-not-here")
    row = bureau.row(seal_loan)
    assert (row["seal"], row["taken_by"], row["returned_at"]) == ("gongzhang", "两人：甲、乙", None)

    bureau.complete(root, "back")
    bureau.complete(other, "out", {"returns_at": DUE})

    row = bureau.row(seal_loan, root_key=root)
    assert (row["returned_at"], row["received_by"]) == (bureau.clock.now(), "clerk")
    assert bureau.verify().findings == []


def test_a_seal_leaves_with_a_time_to_come_or_not_at_all(small_bureau: Bureau) -> None:
    bureau = furnish(small_bureau)
    bureau.deploy(lending())
    key = bureau.open_tasks(bureau.start(variables={"who": "甲"}))["out"]
    for given in (None, "明天", "2026-03-02T08:00:00+08:00", "2026-03-01"):
        refused(bureau, CompleteUserTask(key, {"returns_at": given}), CLERK, "issuing.refused")

    bureau.deploy(lending("党组章"))
    key = bureau.open_tasks(bureau.start(variables={"who": "甲"}))["out"]
    refused(bureau, CompleteUserTask(key, {"returns_at": DUE}), CLERK, "issuing.seal-not-here")


def test_what_was_not_taken_out_does_not_come_back(small_bureau: Bureau) -> None:
    bureau = furnish(small_bureau)
    bureau.deploy(d.one_task(seal__return="公章"))
    key = bureau.open_tasks(bureau.start())["work"]

    refused(bureau, CompleteUserTask(key), CLERK, "issuing.seal-not-here")


def test_a_seal_that_is_not_back_in_time_alarms_keepers_and_office_once(bureau: Bureau) -> None:
    furnish(bureau).deploy(lending())
    people(bureau)
    root = bureau.start(variables={"who": "甲"})
    bureau.complete(root, "out", {"returns_at": DUE})
    assert watch_seals(bureau.bus) == 0

    bureau.clock.advance(timedelta(days=2))

    assert (watch_seals(bureau.bus), watch_seals(bureau.bus)) == (1, 0)
    told = {row["user_id"] for row in bureau.rows(notice, kind="seal-overdue")}
    assert told == {"keeper", "boss", "clerk"}
    assert bureau.row(seal_loan)["alarmed_at"] == bureau.clock.now()
    bureau.complete(root, "back")
    assert bureau.verify().findings == []


def test_a_hand_over_stands_when_the_other_has_signed_too(bureau: Bureau) -> None:
    furnish(bureau)
    people(bureau)
    command = HandOverSeal("公章", "boss", "2026-03-02T08:30:00+08:00", "轮岗")
    key = bureau.bus.execute(command, KEEPER)["key"]
    assert [row["user_id"] for row in bureau.rows(notice, kind="seal-handed-over")] == ["boss"]
    refused(bureau, AnswerSealHandover(key, True), KEEPER, "issuing.not-keeper")
    refused(bureau, AnswerSealHandover(key, True), CLERK, "issuing.handover-unknown")

    bureau.bus.execute(AnswerSealHandover(key, True), BOSS)

    row = bureau.row(seal_handover)
    assert (row["seal"], row["from_id"], row["to_id"], row["state"]) == ("gongzhang", "keeper", "boss", "CONFIRMED")
    assert row["confirmed_at"] == bureau.clock.now()
    refused(bureau, AnswerSealHandover(key, False), BOSS, "issuing.handover-unknown")
    assert bureau.verify().findings == []


def test_only_a_keeper_hands_over_and_to_somebody_else(small_bureau: Bureau) -> None:
    bureau = furnish(small_bureau)
    people(bureau)

    refused(bureau, HandOverSeal("公章", "boss"), STRANGER, "issuing.not-keeper")
    refused(bureau, HandOverSeal("公章", "keeper"), KEEPER, "actions.person-unsuitable")
    refused(bureau, HandOverSeal("公章", "nobody"), KEEPER, "actions.person-unsuitable")
    refused(bureau, HandOverSeal("公章", "boss", "2026-03-02T10:00:00+08:00"), KEEPER, "actions.person-unsuitable")
    refused(bureau, HandOverSeal("萝卜章", "boss"), KEEPER, "issuing.seal-unknown")
