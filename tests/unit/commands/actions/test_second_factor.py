"""A second factor where the element asks for one."""

from __future__ import annotations

import base64
from datetime import timedelta

import pytest
from sqlalchemy import insert, update

from engine.commands.actions.record_for_person import RecordForPerson
from engine.commands.complete_user_task import CompleteUserTask
from engine.commands.seal_secrets import SealSecrets
from engine.commands.second_factor import (
    ConfirmSecondFactor,
    CountSecondFactorFailure,
    EnrolSecondFactor,
    RemoveSecondFactor,
)
from engine.commands.totp import code_at, new_totp_secret, step_at
from engine.errors import BanjieError
from engine.queries.settings import policy_of
from engine.store.connections import opened_headers
from engine.store.database import reading, writing
from engine.store.tables.actions import second_factor
from engine.store.tables.general import connection as connection_table
from engine.store.tables.general import setting
from engine.store.tables.history import history_event
from engine.store.vault import SealBroken, is_sealed
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


def test_it_is_taken_away_with_a_code(office: Office) -> None:
    secret = enrolled(office, "li")
    refused(office.bureau, EnrolSecondFactor(secret), office.person("li"), "identity.second-factor-present")
    refused(office.bureau, RemoveSecondFactor("x"), office.person("li"), "identity.second-factor-refused")

    office.do("li", RemoveSecondFactor(code(office, secret)))
    refused(office.bureau, RemoveSecondFactor("x"), office.person("li"), "identity.second-factor-unknown")


def test_the_database_holds_no_secret_that_could_be_read(office: Office) -> None:
    secret = enrolled(office, "li")

    (kept,) = office.bureau.rows(second_factor)

    assert is_sealed(kept["secret"])
    assert secret not in kept["secret"]
    assert secret.encode() not in base64.b64decode(kept["secret"].removeprefix("sm4:"))


def test_what_an_earlier_version_kept_plain_is_sealed_once_and_serves_on(office: Office) -> None:
    # given
    secret = enrolled(office, "li")
    with writing(office.bureau.engine) as connection:
        connection.execute(update(second_factor).values(secret=secret))

    # when
    answers = [office.bureau.bus.execute(SealSecrets(), ADMIN) for _ in range(2)]

    # then
    assert [answer["sealed"] for answer in answers] == [1, 0]
    assert is_sealed(office.bureau.rows(second_factor)[0]["secret"])
    office.do("li", RemoveSecondFactor(code(office, secret)))


def test_secrets_of_settings_and_connections_are_sealed_likewise(office: Office) -> None:
    # given what an earlier version kept
    now = office.bureau.clock.now()
    row = {"base_url": "http://127.0.0.1:9", "address": "127.0.0.1", "timeout_seconds": 5}
    with writing(office.bureau.engine) as connection:
        connection.execute(insert(setting), {"name": "notices.email.password", "value": "geheim"})
        told = {"name": "registry", "headers": {"X-Key": "geheim"}, "actor_id": ADMIN.id, "changed_at": now}
        connection.execute(insert(connection_table), row | told)

    # when
    answers = [office.bureau.bus.execute(SealSecrets(), ADMIN) for _ in range(2)]

    # then
    assert [answer["sealed"] for answer in answers] == [2, 0]
    kept = office.bureau.row(connection_table)["headers"]
    assert is_sealed(kept["X-Key"])
    assert opened_headers(kept, office.bureau.bus.vault, "registry") == {"X-Key": "geheim"}
    with pytest.raises(SealBroken):
        opened_headers(kept, office.bureau.bus.vault, "another")
    with reading(office.bureau.engine) as connection:
        policy = policy_of(connection, office.bureau.bus.vault)
    assert policy.secret("notices.email.password") == "geheim"


def test_with_another_installations_secret_no_code_is_accepted(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = enrolled(office, "li")
    monkeypatch.setenv("BANJIE_SECRET", "another installation's secret " * 2)
    elsewhere = office.bureau.open_another()

    with pytest.raises(BanjieError) as caught:
        elsewhere.bus.execute(RemoveSecondFactor(code(office, secret)), office.person("li"))

    elsewhere.engine.dispose()
    assert caught.value.code == "store.seal-broken"
