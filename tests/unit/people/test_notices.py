"""People are told: in the page at once, by e-mail through an outbox that tries again; never what is in a case."""

from __future__ import annotations

import smtplib
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import pytest

from engine.commands.assign_user_task import AssignUserTask
from engine.identity.administer import ChangeUser
from engine.identity.change_setting import ChangeSetting
from engine.notices.channels import CHANNELS, EmailChannel, NotDelivered, register
from engine.notices.kinds import Kind
from engine.notices.reading import ReadNotices
from engine.notices.sending import LEASE, MOST_ATTEMPTS, LeaseLetters, NoteSending, send_due
from engine.queries.notices import notices, unread
from engine.queries.paging import Request
from engine.queries.settings import Policy
from engine.store.database import reading
from engine.store.tables.notices import notice, outbox
from tests.unit.commands.diagrams import chain, diagram, el, flow, one_task, task
from tests.unit.commands.platforms import ADMIN, Bureau
from tests.unit.people.staff import actor, employ


class Wire:
    """A channel under a test's control: it keeps what was sent, or fails."""

    name = "email"

    def __init__(self) -> None:
        self.sent: list[tuple[str, str, str]] = []
        self.failing = False

    def address(self, policy: Policy, user_id: str, email: str | None) -> str | None:
        return email

    def send(self, policy: Policy, address: str, text: str, message_id: str) -> None:
        if self.failing:
            raise NotDelivered("邮件服务器没有应答。")
        self.sent.append((address, text, message_id))


@pytest.fixture
def wire() -> Iterator[Wire]:
    """Put a channel under the test's control in place of e-mail."""
    before = CHANNELS["email"]
    found = Wire()
    register(found)
    yield found
    register(before)


def _employ(bureau: Bureau) -> None:
    employ(bureau, a=("clerks",), b=("clerks",), boss=("系统管理员",))
    for name in ("a", "b"):
        bureau.bus.execute(ChangeUser(name, {"email": f"{name}@example.cn"}), ADMIN)


def _told(bureau: Bureau) -> list[tuple[str, str]]:
    return sorted((row["user_id"], row["kind"]) for row in bureau.rows(notice))


def test_candidates_the_new_assignee_and_administrators_are_told_and_who_acts_is_not(bureau: Bureau) -> None:
    # given
    _employ(bureau)
    failing = (
        el("startEvent", "start")
        + el("exclusiveGateway", "g")
        + task("this")
        + task("that")
        + chain("start", "g")
        + flow("g", "this", "false")
        + flow("g", "that", "1 = 2")
    )
    bureau.deploy(one_task(), diagram(failing, "stuck"))

    # when a starts a case that is offered to a and b
    key = bureau.start(by=actor(bureau, "a"))
    assert _told(bureau) == [("b", "task-offered")]

    # and when b is given it, and another case gets stuck
    bureau.bus.execute(AssignUserTask(bureau.open_tasks(key)["work"], "b"), ADMIN)
    bureau.start("stuck")

    # then
    assert _told(bureau) == [("b", "task-assigned"), ("b", "task-offered"), ("boss", "incident")]
    assert bureau.verify().findings == []


def test_one_reads_ones_own_and_nobody_elses(bureau: Bureau) -> None:
    _employ(bureau)
    bureau.deploy(one_task())
    for _ in range(3):
        bureau.start()
    a = actor(bureau, "a")

    with reading(bureau.engine) as connection:
        page = notices(connection, a, Request(limit=2))
        rest = notices(connection, a, Request(limit=2, cursor=page.next_cursor))
    keys = [item["key"] for item in (*page.items, *rest.items)]
    assert (len(keys), page.total, rest.next_cursor) == (3, 3, None)

    bureau.bus.execute(ReadNotices(keys[:1]), a)
    bureau.bus.execute(ReadNotices(keys), actor(bureau, "boss"))
    with reading(bureau.engine) as connection:
        assert unread(connection, a) == 2
        assert len(notices(connection, a, Request(), unread_only=True).items) == 2
    bureau.bus.execute(ReadNotices(), a)
    with reading(bureau.engine) as connection:
        assert (unread(connection, a), unread(connection, actor(bureau, "b"))) == (0, 3)


def test_no_text_says_anything_of_the_case(bureau: Bureau, wire: Wire) -> None:
    _employ(bureau)
    bureau.deploy(one_task(case__title='="机密事项"'))

    bureau.start(variables={"secret": "绝密"})
    send_due(bureau.bus)

    texts = [row["text"] for row in bureau.rows(notice)] + [text for _, text, _ in wire.sent]
    assert texts == [Kind.TASK_OFFERED.text] * 4


def test_letters_are_sent_once_and_what_fails_is_tried_again_later(bureau: Bureau, wire: Wire) -> None:
    # given
    _employ(bureau)
    bureau.deploy(one_task())
    bureau.start()
    wire.failing = True

    # when
    assert send_due(bureau.bus) == 0
    assert send_due(bureau.bus) == 0
    assert {(row["status"], row["attempts"]) for row in bureau.rows(outbox)} == {("ready", 1)}

    # then
    wire.failing = False
    bureau.clock.advance(timedelta(minutes=1))
    assert send_due(bureau.bus) == 2
    assert send_due(bureau.bus) == 0
    assert sorted(address for address, _, _ in wire.sent) == ["a@example.cn", "b@example.cn"]


def test_what_fails_too_often_is_given_up_and_kept_for_administrators(small_bureau: Bureau, wire: Wire) -> None:
    _employ(small_bureau)
    small_bureau.deploy(one_task())
    small_bureau.start()
    wire.failing = True

    for _ in range(MOST_ATTEMPTS + 1):
        send_due(small_bureau.bus)
        small_bureau.clock.advance(timedelta(hours=6))

    rows = small_bureau.rows(outbox)
    assert {(row["status"], row["attempts"], row["last_error"]) for row in rows} == {
        ("failed", MOST_ATTEMPTS, "邮件服务器没有应答。")
    }


def test_a_process_that_dies_leaves_its_letters_to_another(bureau: Bureau, wire: Wire) -> None:
    # given a process took the letters and died
    _employ(bureau)
    bureau.deploy(one_task())
    bureau.start()
    taken = bureau.bus.execute(LeaseLetters(), ADMIN)["letters"]
    assert len(taken) == 2
    assert send_due(bureau.bus) == 0

    # when its lease has run out
    bureau.clock.advance(LEASE)
    assert send_due(bureau.bus) == 2

    # then its late report changes nothing
    late = NoteSending(taken[0]["key"], "email", taken[0]["fence"], "zu spät")
    assert bureau.bus.execute(late, ADMIN)["kept"] is False
    assert {row["status"] for row in bureau.rows(outbox)} == {"sent"}


def test_without_e_mail_switched_on_or_without_an_address_nothing_leaves(bureau: Bureau) -> None:
    _employ(bureau)
    bureau.deploy(one_task())
    bureau.start()
    assert bureau.rows(outbox) == []

    bureau.bus.execute(ChangeSetting("notices.email.enabled", True), ADMIN)
    bureau.start()

    assert [row["address"] for row in bureau.rows(outbox)].count("a@example.cn") == 1


class Server:
    """An SMTP server's client side, as far as a letter goes."""

    def __init__(self, failing: bool = False) -> None:
        self.messages: list[EmailMessage] = []
        self._failing = failing

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def send_message(self, message: EmailMessage) -> None:
        if self._failing:
            raise smtplib.SMTPServerDisconnected("gone")
        self.messages.append(message)


def test_an_e_mail_names_sender_receiver_and_a_message_id_and_a_lost_server_is_a_failure() -> None:
    server: Any = Server()
    policy = Policy({"notices.email.sender": "banjie@example.cn", "notices.page-address": "https://oa.example.cn"})

    EmailChannel(lambda _: server).send(policy, "a@example.cn", Kind.URGED.text, "17.email")

    (message,) = server.messages
    assert (message["From"], message["To"], message["Message-ID"]) == (
        "banjie@example.cn",
        "a@example.cn",
        "<17.email@banjie>",
    )
    assert message.get_content() == f"{Kind.URGED.text}\n\nhttps://oa.example.cn\n"
    gone: Any = Server(failing=True)
    with pytest.raises(NotDelivered):
        EmailChannel(lambda _: gone).send(policy, "a@example.cn", Kind.URGED.text, "17.email")


def test_every_kind_has_a_text() -> None:
    assert all(kind.text.endswith("。") for kind in Kind)
