"""Signing in: guesses are counted and lock the account, sessions end when idle and at the end of the day."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from argon2 import PasswordHasher

from engine.commands.actor import INSTALLER
from engine.errors import BanjieError, NotAuthenticated, NotFound
from engine.identity import passwords
from engine.identity.accounts import ChangePassword, CreateUser, WithdrawApiToken, change_password, issue_api_token
from engine.identity.errors import AccountLocked, PasswordTooWeak, SessionOver, SignInRefused, UserNameTaken
from engine.identity.passwords import check_policy, hash_password, random_password, verify_password
from engine.identity.people import load_actor
from engine.identity.secrets import digest_of
from engine.identity.sessions import by_session, by_token
from engine.identity.sign_in import CloseSession, sign_in
from engine.store.database import reading
from engine.store.tables.history import history_event
from engine.store.tables.identity import api_token, session, user
from tests.unit.commands.platforms import ADMIN, CLERK, Bureau, refused, together

PASSWORD = "Banjie-2026-xx"
KEPT = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
"""A hash that is quick to check: how long a check takes is said by the hash itself."""


@pytest.fixture
def zhou(bureau: Bureau) -> Bureau:
    """Give a bureau with one person in it."""
    command = CreateUser("zhou", "周静玲", "bgs", ("clerks",), KEPT, must_change_password=False)
    bureau.bus.execute(command, INSTALLER)
    return bureau


def guess(bureau: Bureau, times: int, password: str = "wrong") -> list[type]:
    errors = []
    for _ in range(times):
        with pytest.raises(NotAuthenticated) as caught:
            sign_in(bureau.bus, "zhou", password)
        errors.append(type(caught.value))
    return errors


def test_the_right_password_opens_a_session_for_the_person_as_they_are_now(zhou: Bureau) -> None:
    found = sign_in(zhou.bus, "zhou", PASSWORD)

    who = by_session(zhou.bus, found.secret)

    assert (who.actor.id, who.actor.name, who.actor.groups) == ("zhou", "周静玲", frozenset({"clerks"}))
    assert who.csrf_token == found.csrf_token
    assert zhou.row(history_event, type="user_signed_in")["actor_id"] == "system:nobody"


def test_no_secret_is_kept_anywhere(zhou: Bureau) -> None:
    found = sign_in(zhou.bus, "zhou", PASSWORD)
    with reading(zhou.engine) as connection:
        actor = load_actor(connection, "zhou", zhou.clock.now())
    _, token = issue_api_token(zhou.bus, actor, "t", None)

    everything = json.dumps(zhou.tables(), default=str)

    assert found.secret not in everything
    assert token not in everything
    assert PASSWORD not in everything
    assert digest_of(found.secret) in everything


def test_which_of_name_and_password_is_wrong_is_not_said(zhou: Bureau) -> None:
    messages = set()
    for username, password in (("zhou", "wrong"), ("nobody", PASSWORD), ("", ""), ("ZHOU", PASSWORD)):
        with pytest.raises(SignInRefused) as caught:
            sign_in(zhou.bus, username, password)
        messages.add(caught.value.message)

    assert len(messages) == 1


def test_an_unknown_name_takes_the_same_work_as_a_wrong_password(zhou: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    verified = []
    original = passwords.verify_password

    def note(kept: str | None, password: str) -> bool:
        verified.append(kept)
        return original(kept, password)

    monkeypatch.setattr("engine.identity.sign_in.verify_password", note)
    with pytest.raises(SignInRefused):
        sign_in(zhou.bus, "nobody", "wrong")

    assert verified == [None]


def test_the_fifth_wrong_password_locks_for_fifteen_minutes(zhou: Bureau) -> None:
    assert guess(zhou, 5) == [SignInRefused] * 5

    assert guess(zhou, 1, PASSWORD) == [AccountLocked]
    zhou.clock.advance(timedelta(minutes=14, seconds=59))
    assert guess(zhou, 1, PASSWORD) == [AccountLocked]
    zhou.clock.advance(timedelta(seconds=1))
    assert sign_in(zhou.bus, "zhou", PASSWORD)

    locked = [json.loads(row["payload"])["locked"] for row in zhou.rows(history_event, type="sign_in_failed")]
    assert locked == [False] * 4 + [True]


def test_the_right_password_clears_the_count(zhou: Bureau) -> None:
    guess(zhou, 4)
    sign_in(zhou.bus, "zhou", PASSWORD)

    assert guess(zhou, 4) == [SignInRefused] * 4
    assert sign_in(zhou.bus, "zhou", PASSWORD)


def test_guesses_made_at_once_are_all_counted(zhou: Bureau) -> None:
    def wrong() -> object:
        return sign_in(zhou.bus, "zhou", "wrong")

    answers = together(*[wrong] * 5)

    assert all(isinstance(answer, NotAuthenticated) for answer in answers)
    assert zhou.row(user, id="zhou")["locked_until"] is not None


def test_a_session_that_is_not_used_ends_after_half_an_hour(zhou: Bureau) -> None:
    found = sign_in(zhou.bus, "zhou", PASSWORD)
    for _ in range(4):
        zhou.clock.advance(timedelta(minutes=29))
        assert by_session(zhou.bus, found.secret)

    zhou.clock.advance(timedelta(minutes=30))
    with pytest.raises(SessionOver):
        by_session(zhou.bus, found.secret)


def test_a_session_ends_after_twelve_hours_however_busy(zhou: Bureau) -> None:
    found = sign_in(zhou.bus, "zhou", PASSWORD)
    for _ in range(12 * 3 - 1):
        zhou.clock.advance(timedelta(minutes=20))
        assert by_session(zhou.bus, found.secret)

    zhou.clock.advance(timedelta(minutes=20))
    with pytest.raises(SessionOver):
        by_session(zhou.bus, found.secret)


def test_use_is_written_down_at_most_once_a_minute(zhou: Bureau) -> None:
    found = sign_in(zhou.bus, "zhou", PASSWORD)
    zhou.clock.advance(timedelta(seconds=59))
    before = zhou.tables()
    by_session(zhou.bus, found.secret)
    assert zhou.tables() == before

    zhou.clock.advance(timedelta(seconds=1))
    by_session(zhou.bus, found.secret)
    assert zhou.row(session)["seen_at"] == zhou.clock.now()


def test_signing_out_ends_the_session_and_doing_it_again_is_no_harm(zhou: Bureau) -> None:
    found = sign_in(zhou.bus, "zhou", PASSWORD)
    for _ in range(2):
        zhou.bus.execute(CloseSession(digest_of(found.secret)), CLERK)

    with pytest.raises(SessionOver):
        by_session(zhou.bus, found.secret)
    assert len(zhou.rows(history_event, type="user_signed_out")) == 1


@pytest.mark.parametrize("by", [by_session, by_token])
def test_a_made_up_secret_opens_nothing(zhou: Bureau, by: Callable[..., object]) -> None:
    for secret in ("", "x", digest_of("x")):
        with pytest.raises(SessionOver):
            by(zhou.bus, secret)


def test_a_new_password_ends_every_other_session(zhou: Bureau) -> None:
    here, there = sign_in(zhou.bus, "zhou", PASSWORD), sign_in(zhou.bus, "zhou", PASSWORD)
    actor = by_session(zhou.bus, here.secret).actor

    change_password(zhou.bus, actor, PASSWORD, "Another-2026-y", digest_of(here.secret))

    assert by_session(zhou.bus, here.secret)
    with pytest.raises(SessionOver):
        by_session(zhou.bus, there.secret)
    assert guess(zhou, 1, PASSWORD) == [SignInRefused]
    assert sign_in(zhou.bus, "zhou", "Another-2026-y")


def test_changing_ones_password_takes_the_present_one_and_a_good_new_one(zhou: Bureau) -> None:
    with reading(zhou.engine) as connection:
        actor = load_actor(connection, "zhou", zhou.clock.now())

    with pytest.raises(SignInRefused):
        change_password(zhou.bus, actor, "wrong", "Another-2026-y", None)
    with pytest.raises(PasswordTooWeak):
        change_password(zhou.bus, actor, PASSWORD, "short", None)

    assert sign_in(zhou.bus, "zhou", PASSWORD)


def test_nobody_but_an_administrator_sets_anothers_password(zhou: Bureau) -> None:
    refused(zhou, ChangePassword("zhou", KEPT), CLERK, "commands.administrator-only")
    refused(zhou, ChangePassword("nobody", KEPT), ADMIN, "identity.user-unknown")

    zhou.bus.execute(ChangePassword("zhou", KEPT), ADMIN)

    assert zhou.row(user, id="zhou")["must_change_password"] is True


def test_a_token_works_until_it_expires_or_is_withdrawn_and_a_second_of_one_name_replaces_the_first(
    zhou: Bureau,
) -> None:
    with reading(zhou.engine) as connection:
        actor = load_actor(connection, "zhou", zhou.clock.now())
    _, first = issue_api_token(zhou.bus, actor, "script", 30)
    key, second = issue_api_token(zhou.bus, actor, "script", 30)

    with pytest.raises(SessionOver):
        by_token(zhou.bus, first)
    assert by_token(zhou.bus, second).actor.id == "zhou"
    assert by_token(zhou.bus, second).csrf_token is None

    zhou.clock.advance(timedelta(days=30))
    with pytest.raises(SessionOver):
        by_token(zhou.bus, second)

    _, third = issue_api_token(zhou.bus, actor, "for ever", None)
    zhou.clock.advance(timedelta(days=3650))
    assert by_token(zhou.bus, third)
    with pytest.raises(NotFound):
        zhou.bus.execute(WithdrawApiToken(key), CLERK)
    zhou.bus.execute(WithdrawApiToken(key), actor)
    assert len(zhou.rows(api_token)) == 1


def test_only_administrators_create_users_and_a_name_is_given_once(zhou: Bureau) -> None:
    refused(zhou, CreateUser("li", "李"), CLERK, "commands.administrator-only")
    refused(zhou, CreateUser("zhou", "别人"), ADMIN, "identity.user-name-taken")

    answers = together(*[lambda: zhou.bus.execute(CreateUser("li", "李"), ADMIN)] * 2)

    assert sorted(type(answer).__name__ for answer in answers) == [UserNameTaken.__name__, "dict"]


def test_a_user_without_a_password_can_not_sign_in(zhou: Bureau) -> None:
    zhou.bus.execute(CreateUser("li", "李"), ADMIN)

    with pytest.raises(SignInRefused):
        sign_in(zhou.bus, "li", "")


def test_passwords_are_kept_as_argon2id() -> None:
    kept = hash_password(PASSWORD)

    assert kept.startswith("$argon2id$v=19$m=65536,")
    assert hash_password(PASSWORD) != kept
    assert verify_password(kept, PASSWORD)
    assert not verify_password(kept, PASSWORD + "x")
    assert not verify_password(None, PASSWORD)
    assert not verify_password("not a hash", PASSWORD)


@pytest.mark.parametrize(
    ("password", "says"),
    [
        ("Ab1-xyzwv", "至少 10 位"),
        ("abcdefghijk", "三类"),
        ("abcdefghij1", "三类"),
        ("ZHOUjing-2026", "不含用户名"),
        ("", "至少 10 位"),
    ],
)
def test_a_weak_password_is_refused_with_what_it_lacks(password: str, says: str) -> None:
    with pytest.raises(PasswordTooWeak, match=says) as caught:
        check_policy(password, username="zhou")

    assert isinstance(caught.value, BanjieError)
    assert "newPassword" in caught.value.details["fields"]  # type: ignore[operator]


@pytest.mark.parametrize("password", ["Abcdefghi1", "abcdefghi1-", "办结Banjie2026"])
def test_a_good_password_is_accepted(password: str) -> None:
    check_policy(password, username="zhou")


def test_a_password_drawn_for_somebody_satisfies_the_policy() -> None:
    for _ in range(100):
        check_policy(random_password(), username="zhou")
