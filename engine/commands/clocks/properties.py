"""What an element's ``clock.*`` properties ask for.

``clock.start``, ``clock.suspend``, ``clock.resume``, ``clock.extend``, ``clock.restart`` and ``clock.stop`` name the
time limit they concern; they take effect when the element completes. Each may have ``.if`` (FEEL, else always) and the
details its operation needs (``.date``, ``.moment``, ``.evidence``, ``.ground``, ``.paper``, ``.by``, ``.approver``,
``.reason``): FEEL where they begin with ``=``, else text. ``.moment`` is for limits in hours and minutes. Several
limits are parted by commas.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

OPERATIONS = ("stop", "resume", "start", "restart", "extend", "suspend")
"""In the order in which they are carried out on one element."""

DUE = "clock.due"
"""On a user task: the limit whose due date it shows."""

FOLLOWS = "clock.follows"
"""On a timer event: the limit with which it fires, through suspensions and extensions."""


@dataclass(frozen=True, slots=True)
class ClockAction:
    """One operation that an element asks for on one limit."""

    operation: str
    limit_id: str
    details: Mapping[str, str]


def clock_actions(properties: Mapping[str, str]) -> Iterator[ClockAction]:
    """Yield what an element's properties ask for, in order."""
    for operation in OPERATIONS:
        limits = properties.get(f"clock.{operation}")
        if not limits:
            continue
        prefix = f"clock.{operation}."
        details = {name[len(prefix) :]: value for name, value in properties.items() if name.startswith(prefix)}
        for limit_id in limits.split(","):
            yield ClockAction(operation, limit_id.strip(), details)
