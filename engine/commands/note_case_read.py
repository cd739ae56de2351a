"""Keep that somebody read a restricted case."""

from __future__ import annotations

from dataclasses import dataclass

from engine.commands.handlers import Answer, handles
from engine.commands.unit import UnitOfWork
from engine.history.people_events import RestrictedCaseRead
from engine.queries.visibility import restricted_case


@dataclass(frozen=True, slots=True)
class NoteCaseRead:
    """Keep in the bureau's log that the actor read ``resource`` of the case ``root_key``."""

    root_key: int
    resource: str


@handles(NoteCaseRead)
def handle(command: NoteCaseRead, unit: UnitOfWork) -> Answer:
    """Keep it; of a case that is not restricted nothing is kept."""
    noted = restricted_case(unit.connection, command.root_key)
    if noted:
        unit.log(RestrictedCaseRead(root_key=command.root_key, resource=command.resource))
    return {"noted": noted}
