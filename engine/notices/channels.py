"""The ways out of the house. E-mail is built in; another (政务钉钉, 短信…) registers itself under a name."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable
from email.message import EmailMessage
from typing import Protocol

from engine.errors import BanjieError
from engine.queries.settings import Policy
from engine.store.vault import SealBroken

TIMEOUT_SECONDS = 20
SUBJECT = "办结：工作提醒"


class NotDelivered(BanjieError):
    """A notice could not be handed over; it will be tried again."""

    code = "notices.not-delivered"


class Channel(Protocol):
    """A way by which notices leave the house."""

    @property
    def name(self) -> str:
        """Its name in the outbox."""
        ...

    def address(self, policy: Policy, user_id: str, email: str | None) -> str | None:
        """Return where somebody is reached; None where the channel is switched off or knows no address."""
        ...

    def send(self, policy: Policy, address: str, text: str, message_id: str) -> None:
        """Hand one notice over; raise NotDelivered. The same ``message_id`` means the same notice, tried again."""
        ...


CHANNELS: dict[str, Channel] = {}


def register(channel: Channel) -> None:
    """Add a channel, or put it in place of one with the same name."""
    CHANNELS[channel.name] = channel


Connect = Callable[[Policy], smtplib.SMTP]


def connect(policy: Policy) -> smtplib.SMTP:
    """Open a connection to the mail server that the settings name, encrypted as they say, certificates checked."""
    host, port = policy.text("notices.email.host"), policy.whole("notices.email.port")
    security = policy.text("notices.email.security")
    context = ssl.create_default_context()
    if security == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=TIMEOUT_SECONDS, context=context)
    else:
        server = smtplib.SMTP(host, port, timeout=TIMEOUT_SECONDS)
        if security == "starttls":
            server.starttls(context=context)
    if policy.text("notices.email.username"):
        server.login(policy.text("notices.email.username"), policy.secret("notices.email.password"))
    return server


class EmailChannel:
    """E-mail by SMTP."""

    name = "email"

    def __init__(self, connect: Connect = connect) -> None:
        self._connect = connect

    def address(self, policy: Policy, user_id: str, email: str | None) -> str | None:
        """Return the user's address while e-mail is switched on."""
        return email if email and policy.flag("notices.email.enabled") else None

    def send(self, policy: Policy, address: str, text: str, message_id: str) -> None:
        """Send one message. Raises NotDelivered."""
        message = EmailMessage()
        message["Subject"] = SUBJECT
        message["From"] = policy.text("notices.email.sender")
        message["To"] = address
        message["Message-ID"] = f"<{message_id}@banjie>"
        page = policy.text("notices.page-address")
        message.set_content(f"{text}\n\n{page}\n" if page else f"{text}\n")
        try:
            with self._connect(policy) as server:
                server.send_message(message)
        except (OSError, smtplib.SMTPException, ValueError, SealBroken) as error:
            raise NotDelivered(f"邮件未能发出：{error}") from error


register(EmailChannel())
