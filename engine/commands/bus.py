"""The command bus: everything that changes anything goes through here, in one transaction each (design decision 3)."""

from __future__ import annotations

import logging
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from engine.clock import Clock
from engine.commands.actor import SCHEDULER, Actor
from engine.commands.handlers import Answer, handler_of
from engine.commands.production import Sources
from engine.commands.requests import claim_request, fingerprint, keep_answer
from engine.commands.unit import FormValidator, UnitOfWork
from engine.errors import BanjieError, Conflict
from engine.history.anchors import Anchors
from engine.store.database import writing
from engine.store.vault import Vault

logger = logging.getLogger(__name__)

_TRIES = 3
_TRANSIENT = ("40001", "40P01")
"""PostgreSQL's serialization failure and deadlock: the transaction did nothing and may be tried again."""
_DOUBLED = "23505"
"""Two commands entered the same row at once: looking again, the second sees the first's and says so."""


class CommandContended(Conflict):
    """The database gave up on the command several times because others changed the same rows."""

    code = "commands.contended"


class CommandBus:
    """Executes commands: authorise, handle, append events, update read models, save state, commit."""

    def __init__(
        self,
        engine: Engine,
        clock: Clock,
        sources: Sources,
        anchors: Anchors,
        validate_form: FormValidator,
        vault: Vault,
    ) -> None:
        self.engine = engine
        self.clock = clock
        self.sources = sources
        self._anchors = anchors
        self._validate_form = validate_form
        self.vault = vault

    @property
    def anchors(self) -> Anchors:
        """Where the heads of chains are kept outside the database."""
        return self._anchors

    def execute(
        self,
        command: Any,
        actor: Actor,
        *,
        idempotency_key: str | None = None,
        on_behalf_of: str | None = None,
    ) -> Answer:
        """Execute ``command`` for ``actor`` and return its answer, durable when this returns.

        With an ``idempotency_key`` a repeated command is given the first answer. Raises whatever the command refuses;
        then nothing has changed.
        """
        for left in reversed(range(_TRIES)):
            try:
                return self._execute(command, actor, idempotency_key, on_behalf_of)
            except DBAPIError as error:
                state = getattr(error.orig, "sqlstate", None)
                if state not in (*_TRANSIENT, _DOUBLED) or (state == _DOUBLED and not left):
                    raise
                if not left:
                    raise CommandContended("数据正被他人频繁修改，请稍后重试。") from error
        raise AssertionError("unreachable")

    def _execute(self, command: Any, actor: Actor, idempotency_key: str | None, on_behalf_of: str | None) -> Answer:
        handler = handler_of(command)
        with writing(self.engine) as connection:
            unit = UnitOfWork(
                connection,
                actor,
                self.clock.now(),
                self.sources,
                self._validate_form,
                self.vault,
                on_behalf_of=on_behalf_of,
            )
            if idempotency_key is not None:
                known = claim_request(connection, actor.id, idempotency_key, fingerprint(command), unit.now)
                if known is not None:
                    return dict(known)
            answer = handler(command, unit)
            unit.finish()
            if idempotency_key is not None:
                keep_answer(connection, actor.id, idempotency_key, answer)
        self._anchors.write(unit.now, unit.anchors())
        self._follow_up(unit.follow_ups)
        return answer

    def _follow_up(self, commands: list[Any]) -> None:
        """Do at once what the command set off; what fails is written down and tried again by the ticker."""
        for command in commands:
            try:
                self.execute(command, SCHEDULER)
            except BanjieError as error:
                logger.warning("%s will be tried again: %s", command, error.message)
            except Exception:
                # What set it off is committed and must be answered; the mistake is another case's.
                logger.exception("%s will be tried again", command)
