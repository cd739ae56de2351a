"""A second factor where the element asks for one."""

from __future__ import annotations

from datetime import timedelta

from engine.commands.actions.record_for_person import RecordForPerson
from engine.commands.complete_user_task import CompleteUserTask
from engine.commands.second_factor import (
    ConfirmSecondFactor,
    CountSecondFactorFailure,
    EnrolSecondFactor,
    RemoveSecondFactor,
)
from engine.commands.totp import code_at, new_totp_secret, step_at
from engine.store.tables.history import history_event
from tests.unit.commands.actions.office import Office, row
from tests.unit.commands.platforms import ADMIN, refused

SIGNING = {"second-factor": "totp"}


def enrolled(office: Office, name: str, algorithm: str = "SHA1") -> str:
    secret = new_totp_secret()
    office.do(name, EnrolSecondFactor(secret, algorithm))
    office.do(name, ConfirmSecondFactor(code(office, secret, algorithm)))
    office.bureau.clock.advance(timedelta(seconds=30))
    return secret


def code(office: Office, secret: str, algorithm: str = "SHA1") -> str:
    return code_at(secret, step_at(office.bureau.clock.now()), algorithm)


def test_a_code_is_needed_counts_once_and_is_recorded(office: Office) -> None:
    # given
    office.bureau.deploy(row("sign", "seal", **SIGNING))
    root = office.start()
    key = office.tasks(root)["sign"]
    refused(office.bureau, CompleteUserTask(key), office.person("li"), "identity.second-factor-not-enrolled")
    secret = enrolled(office, "li")
    refused(office.bureau, CompleteUserTask(key), office.person("li"), "identity.second-factor-missing")
    wrong = CompleteUserTask(key, second_factor="000000" if code(office, secret) != "000000" else "111111")
    refused(office.bureau, wrong, office.person("li"), "identity.second-factor-refused")

    # when
    given = code(office, secret)
    office.do("li", CompleteUserTask(key, second_factor=given))

    # then
    again = CompleteUserTask(office.tasks(root)["seal"], second_factor=given)
    refused(office.bureau, again, office.person("li"), "identity.second-factor-refused")
    assert len(office.bureau.rows(history_event, root_key=root, type="second_factor_verified")) == 1
    assert all(secret not in (each["payload"] or "") for each in office.bureau.rows(history_event))
    assert office.verified()


def test_sm3_serves_as_well(office: Office) -> None:
    office.bureau.deploy(row("sign", **SIGNING))
    root = office.start()
    secret = enrolled(office, "li", "SM3")

    office.do("li", CompleteUserTask(office.tasks(root)["sign"], second_factor=code(office, secret, "SM3")))

    assert office.verified()


def test_five_wrong_codes_lock_for_a_while(office: Office) -> None:
    office.bureau.deploy(row("sign", **SIGNING))
    key = office.tasks(office.start())["sign"]
    secret = enrolled(office, "li")
    for _ in range(5):
        office.do("li", CountSecondFactorFailure())

    right = CompleteUserTask(key, second_factor=code(office, secret))
    refused(office.bureau, right, office.person("li"), "identity.second-factor-locked")
    office.bureau.clock.advance(timedelta(minutes=16))
    office.do("li", CompleteUserTask(key, second_factor=code(office, secret)))


def test_nobody_signs_for_another_where_identity_must_be_proved(office: Office) -> None:
    office.bureau.deploy(row("sign:leaders", **SIGNING))
    key = office.tasks(office.start())["sign"]

    refused(office.bureau, RecordForPerson(key, "zhang", "PAPER", "x"), office.person("li"), "actions.not-allowed")


def test_it_is_taken_away_with_a_code_or_by_an_administrator(office: Office) -> None:
    secret = enrolled(office, "li")
    refused(office.bureau, EnrolSecondFactor(secret), office.person("li"), "identity.second-factor-present")
    refused(office.bureau, RemoveSecondFactor("li", "x"), office.person("li"), "identity.second-factor-refused")
    refused(office.bureau, RemoveSecondFactor("li"), office.person("wang"), "commands.administrator-only")

    office.do("li", RemoveSecondFactor("li", code(office, secret)))
    refused(office.bureau, RemoveSecondFactor("li"), ADMIN, "identity.second-factor-unknown")
