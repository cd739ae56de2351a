"""The second proof of identity at 签发 and 用印: elements with the property ``second-factor`` = totp."""

from __future__ import annotations

from engine.commands.actions.shared import open_delegation, policy
from engine.commands.case import Case
from engine.commands.runners import runs, untouched
from engine.commands.second_factor import METHOD, verify_second_factor
from engine.commands.unit import UnitOfWork
from engine.commands.user_tasks import Row
from engine.history.action_events import SecondFactorVerified

runs(SecondFactorVerified)(untouched)


def prove_identity(unit: UnitOfWork, row: Row, case: Case, code: str | None) -> None:
    """Check the actor's code where the element asks for one, and record that it was right.

    A delegate signs nothing, so needs none. Raises what ``verify_second_factor`` raises.
    """
    if not policy(unit, row).second_factor:
        return
    delegation = open_delegation(unit.connection, row["key"])
    if delegation is not None and delegation["to_id"] == unit.doer:
        return
    verify_second_factor(unit, code)
    case.execute(SecondFactorVerified(key=row["key"], method=METHOD))
