"""Basic authentication: the password is checked once in a while, and no longer known once it changes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.errors import NotAuthenticated
from engine.identity import passwords
from engine.identity.accounts import ChangePassword, CreateUser
from engine.identity.basic import REMEMBERED_FOR, Memory, by_password
from engine.identity.passwords import hash_password
from engine.identity.sign_in import NOBODY, CountFailure
from engine.store.tables.history import history_event
from tests.unit.commands.platforms import ADMIN, Bureau

PASSWORD = "Banjie-2026-xx"


@pytest.fixture
def checks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the passwords that were checked the slow way since."""
    asked: list[str] = []

    def verify(kept: str | None, password: str) -> bool:
        asked.append(password)
        return passwords.verify_password(kept, password)

    monkeypatch.setattr("engine.identity.basic.verify_password", verify)
    return asked


def created(bureau: Bureau) -> Bureau:
    bureau.bus.execute(CreateUser("system", "外部系统", password_hash=hash_password(PASSWORD)), ADMIN)
    return bureau


def test_a_password_once_checked_is_known_for_a_while(small_bureau: Bureau, checks: list[str]) -> None:
    bureau, memory = created(small_bureau), Memory()

    for _ in range(3):
        assert by_password(bureau.bus, "system", PASSWORD, memory).actor.id == "system"

    assert checks == [PASSWORD]
    assert len(bureau.rows(history_event, type="user_signed_in")) == 1
    bureau.clock.advance(REMEMBERED_FOR)
    by_password(bureau.bus, "system", PASSWORD, memory)
    assert len(checks) == 2


def test_a_changed_password_is_not_known_any_more(small_bureau: Bureau, checks: list[str]) -> None:
    bureau, memory = created(small_bureau), Memory()
    by_password(bureau.bus, "system", PASSWORD, memory)

    bureau.bus.execute(ChangePassword("system", hash_password("Other-2026-yy")), ADMIN)

    with pytest.raises(NotAuthenticated):
        by_password(bureau.bus, "system", PASSWORD, memory)


@pytest.mark.parametrize(("username", "password"), [("system", "wrong"), ("nobody", PASSWORD), ("system", "")])
def test_what_is_wrong_is_refused_and_never_remembered(
    small_bureau: Bureau, checks: list[str], username: str, password: str
) -> None:
    bureau, memory = created(small_bureau), Memory()

    for _ in range(2):
        with pytest.raises(NotAuthenticated):
            by_password(bureau.bus, username, password, memory)

    assert len(checks) == 2


def test_five_wrong_passwords_lock_the_account_for_a_while(small_bureau: Bureau, checks: list[str]) -> None:
    bureau, memory = created(small_bureau), Memory()
    by_password(bureau.bus, "system", PASSWORD, memory)
    for _ in range(5):
        with pytest.raises(NotAuthenticated):
            by_password(bureau.bus, "system", "wrong", memory)

    with pytest.raises(NotAuthenticated) as caught:
        by_password(bureau.bus, "system", PASSWORD, memory)

    assert caught.value.code == "identity.account-locked"
    bureau.clock.advance(timedelta(minutes=16))
    assert by_password(bureau.bus, "system", PASSWORD, memory).actor.id == "system"


def test_guesses_that_lock_the_account_meanwhile_win(small_bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    bureau = created(small_bureau)

    def verify(kept: str | None, password: str) -> bool:
        for _ in range(5):
            bureau.bus.execute(CountFailure("system"), NOBODY)
        return True

    monkeypatch.setattr("engine.identity.basic.verify_password", verify)

    with pytest.raises(NotAuthenticated) as caught:
        by_password(bureau.bus, "system", PASSWORD, Memory())
    assert caught.value.code == "identity.account-locked"
