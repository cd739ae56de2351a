"""Accounts: roles that exclude each other, settings, passwords, sessions."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.commands.actor import INSTALLER, Actor
from engine.identity.accounts import ChangePassword, CreateUser, change_password
from engine.identity.administer import ChangeUser, EndSessions, SetRoles, UnlockUser
from engine.identity.change_setting import ChangeSetting
from engine.identity.errors import AccountLocked, PasswordTooWeak, SessionOver, SignInRefused
from engine.identity.organisation import LoadOrganisation
from engine.identity.passwords import hash_password
from engine.identity.sessions import by_session
from engine.identity.sign_in import CountFailure, sign_in
from engine.queries.settings import policy_of
from engine.store.database import reading
from engine.store.tables.general import setting
from engine.store.tables.history import history_event
from engine.store.tables.identity import membership, session, user
from engine.store.vault import is_sealed
from tests.unit.commands.platforms import ADMIN, CLERK, Bureau, refused
from tests.unit.people.staff import actor, employ

SECURITY = Actor("security", "安全", None, frozenset({"安全管理员"}))
FIRST, SECOND, THIRD = "First-2026-pass", "Second-2026-pass", "Third-2026-pass"


def test_two_of_the_three_administrators_roles_are_refused_however_they_are_given(bureau: Bureau) -> None:
    employ(bureau, somebody=())
    both = ("系统管理员", "审计管理员")

    refused(bureau, SetRoles("somebody", both), SECURITY, "identity.roles-exclusive")
    refused(bureau, CreateUser("x", "某", groups=both), ADMIN, "identity.roles-exclusive")
    users = ({"username": "y", "name": "某", "department": "bgs", "groups": both},)
    refused(bureau, LoadOrganisation((), (), users), INSTALLER, "identity.roles-exclusive")


def test_once_there_is_a_security_administrator_only_they_give_administrators_roles(bureau: Bureau) -> None:
    # given nobody is security administrator, the system administrator appoints one
    employ(bureau, somebody=(), guard=())
    bureau.bus.execute(SetRoles("guard", ("安全管理员",)), ADMIN)

    # then
    refused(bureau, SetRoles("somebody", ("审计管理员",)), ADMIN, "identity.security-administrator-only")
    bureau.bus.execute(SetRoles("somebody", ("clerks",)), ADMIN)
    bureau.bus.execute(SetRoles("somebody", ("审计管理员",), "轮岗"), actor(bureau, "guard"))
    assert [row["group_name"] for row in bureau.rows(membership, user_id="somebody")] == ["审计管理员"]
    (event,) = [row for row in bureau.rows(history_event, root_key=0, type="roles_set") if "轮岗" in row["payload"]]
    assert event["actor_id"] == "guard"
    assert bureau.verify().findings == []


def test_nobody_changes_their_own_roles_or_gives_a_role_that_is_none(bureau: Bureau) -> None:
    employ(bureau, guard=("安全管理员",), somebody=())

    refused(bureau, SetRoles("guard", ("clerks",)), actor(bureau, "guard"), "identity.not-oneself")
    refused(bureau, SetRoles("somebody", ("nothing",)), ADMIN, "identity.role-unknown")
    refused(bureau, SetRoles("somebody", ("clerks",)), CLERK, "commands.administrator-only")
    refused(bureau, SetRoles("ghost", ()), ADMIN, "identity.user-unknown")


def test_who_is_deactivated_is_signed_out_and_can_not_sign_in(bureau: Bureau) -> None:
    employ(bureau, boss=("系统管理员",))
    bureau.bus.execute(CreateUser("xin", "新某", "bgs", (), hash_password(FIRST)), ADMIN)
    held = sign_in(bureau.bus, "xin", FIRST)

    bureau.bus.execute(ChangeUser("xin", {"active": False}, "调离"), actor(bureau, "boss"))

    with pytest.raises(SessionOver):
        by_session(bureau.bus, held.secret)
    with pytest.raises(SignInRefused):
        sign_in(bureau.bus, "xin", FIRST)
    refused(bureau, ChangeUser("boss", {"active": False}), actor(bureau, "boss"), "identity.not-oneself")
    refused(bureau, ChangeUser("xin", {"department": "nowhere"}), ADMIN, "identity.user-invalid")


def test_a_locked_account_is_unlocked_before_its_time(small_bureau: Bureau) -> None:
    bureau = small_bureau
    bureau.bus.execute(CreateUser("xin", "新某", None, (), hash_password(FIRST)), ADMIN)
    for _ in range(5):
        bureau.bus.execute(CountFailure("xin"), ADMIN)
    with pytest.raises(AccountLocked):
        sign_in(bureau.bus, "xin", FIRST)

    bureau.bus.execute(UnlockUser("xin"), ADMIN)

    assert sign_in(bureau.bus, "xin", FIRST).user_id == "xin"


def test_settings_are_the_security_administrators_and_take_effect_at_once(bureau: Bureau) -> None:
    # given
    employ(bureau, guard=("安全管理员",))
    guard = actor(bureau, "guard")
    bureau.bus.execute(CreateUser("xin", "新某", None, (), hash_password(FIRST)), ADMIN)

    # when
    refused(bureau, ChangeSetting("sign-in.failures", 2), ADMIN, "identity.security-administrator-only")
    bureau.bus.execute(ChangeSetting("sign-in.failures", 2), guard)
    bureau.bus.execute(ChangeSetting("session.idle-minutes", 5), guard)

    # then
    held = sign_in(bureau.bus, "xin", FIRST)
    bureau.clock.advance(timedelta(minutes=5))
    with pytest.raises(SessionOver):
        by_session(bureau.bus, held.secret)
    for _ in range(2):
        bureau.bus.execute(CountFailure("xin"), ADMIN)
    with pytest.raises(AccountLocked):
        sign_in(bureau.bus, "xin", FIRST)
    refused(bureau, ChangeSetting("sign-in.failures", 0), guard, "identity.setting-invalid")
    refused(bureau, ChangeSetting("sign-in.failures", "2"), guard, "identity.setting-invalid")
    refused(bureau, ChangeSetting("nothing", 1), guard, "identity.setting-unknown")
    assert bureau.bus.execute(ChangeSetting("sign-in.failures", 2), guard)["changed"] is False


def test_a_secret_setting_is_kept_sealed_and_written_into_no_event(bureau: Bureau) -> None:
    bureau.bus.execute(ChangeSetting("notices.email.password", "geheim"), ADMIN)

    assert is_sealed(bureau.row(setting, name="notices.email.password")["value"])
    assert not [row for row in bureau.rows(history_event) if "geheim" in row["payload"]]
    with reading(bureau.engine) as connection:
        assert policy_of(connection, bureau.bus.vault).secret("notices.email.password") == "geheim"
        with pytest.raises(RuntimeError, match="without the vault"):
            policy_of(connection).secret("notices.email.password")


def test_a_secret_setting_given_again_is_no_change_and_can_be_emptied(bureau: Bureau) -> None:
    def change(value: str) -> bool:
        changed: bool = bureau.bus.execute(ChangeSetting("notices.email.password", value), ADMIN)["changed"]
        return changed

    assert [change(value) for value in ("geheim", "geheim", "anders", "", "")] == [True, False, True, True, False]

    assert bureau.row(setting, name="notices.email.password")["value"] == ""


def test_a_password_that_was_used_lately_is_refused(bureau: Bureau) -> None:
    bureau.bus.execute(ChangeSetting("password.history", 1), ADMIN)
    bureau.bus.execute(CreateUser("xin", "新某", None, (), hash_password(FIRST)), ADMIN)
    xin = Actor("xin", "新某")
    change_password(bureau.bus, xin, FIRST, SECOND, None)

    for used in (FIRST, SECOND):
        with pytest.raises(PasswordTooWeak):
            change_password(bureau.bus, xin, SECOND, used, None)

    change_password(bureau.bus, xin, SECOND, THIRD, None)
    change_password(bureau.bus, xin, THIRD, FIRST, None)


def test_a_first_password_and_one_too_old_must_be_changed(bureau: Bureau) -> None:
    # given
    bureau.bus.execute(ChangeSetting("session.lifetime-hours", 72), ADMIN)
    bureau.bus.execute(CreateUser("xin", "新某", None, (), hash_password(FIRST)), ADMIN)
    assert by_session(bureau.bus, sign_in(bureau.bus, "xin", FIRST).secret).must_change_password

    # when
    bureau.bus.execute(ChangePassword("xin", hash_password(SECOND)), Actor("xin", "新某"))

    # then
    assert not by_session(bureau.bus, sign_in(bureau.bus, "xin", SECOND).secret).must_change_password
    bureau.clock.advance(timedelta(days=90))
    assert by_session(bureau.bus, sign_in(bureau.bus, "xin", SECOND).secret).must_change_password
    bureau.bus.execute(ChangeSetting("password.expiry-days", 0), ADMIN)
    assert not by_session(bureau.bus, sign_in(bureau.bus, "xin", SECOND).secret).must_change_password


def test_sessions_are_ended_one_or_all(bureau: Bureau) -> None:
    bureau.bus.execute(CreateUser("xin", "新某", None, (), hash_password(FIRST)), ADMIN)
    held = [sign_in(bureau.bus, "xin", FIRST) for _ in range(3)]
    digests = [row["digest"] for row in bureau.rows(session)]

    bureau.bus.execute(EndSessions("xin", digests[0][:16]), ADMIN)
    assert len(bureau.rows(session)) == 2
    refused(bureau, EndSessions("xin", digests[0][:16]), ADMIN, "banjie.not-found")
    refused(bureau, EndSessions("xin"), CLERK, "commands.administrator-only")
    bureau.bus.execute(EndSessions("xin"), Actor("xin", "新某"))

    for each in held:
        with pytest.raises(SessionOver):
            by_session(bureau.bus, each.secret)
    assert bureau.row(user, id="xin")["active"]
