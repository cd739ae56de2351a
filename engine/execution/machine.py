"""One process instance for the length of one command."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from engine.execution.outside import Outside
from engine.execution.program import Program
from engine.execution.records import Record


@dataclass(frozen=True, slots=True)
class ActiveElement:
    """A live element instance, for checks and views."""

    key: int
    element_id: str
    type: str
    scope_key: int | None
    process_instance_key: int


class Machine:
    """A running process instance (with the processes it called): load or start, send one thing, save."""

    records: list[Record]
    completed: bool
    terminated: bool

    @classmethod
    def start(
        cls,
        program: Program,
        *,
        instance_key: int,
        outside: Outside,
        variables: Mapping[str, object],
        start_element: str | None = None,
        max_steps: int = 10_000,
    ) -> Machine:
        """Create an instance and run it until it waits."""
        raise NotImplementedError

    @classmethod
    def load(
        cls, load_part: Callable[[str], str | None], outside: Outside, *, max_steps: int = 10_000
    ) -> Machine:
        """Bring a saved instance to life; ``load_part`` gives the text of a part by its id (``main`` always exists)."""
        raise NotImplementedError

    def changed_parts(self) -> dict[str, str | None]:
        """Return the parts to save after the command; None means delete."""
        raise NotImplementedError

    def user_task_completed(self, key: int, variables: Mapping[str, object]) -> None:
        """Complete a user task."""
        raise NotImplementedError

    def job_completed(self, key: int, variables: Mapping[str, object]) -> None:
        """Complete a job."""
        raise NotImplementedError

    def job_error_thrown(self, key: int, code: str, message: str, variables: Mapping[str, object]) -> bool:
        """Throw a BPMN error from a job; False when nothing catches it (an incident is raised)."""
        raise NotImplementedError

    def job_failed_without_retries(self, key: int, message: str) -> int:
        """Raise an incident for a job without retries left; returns the incident's key."""
        raise NotImplementedError

    def timer_fired(self, key: int) -> None:
        """Fire a timer."""
        raise NotImplementedError

    def message_correlated(self, subscription_key: int, variables: Mapping[str, object]) -> None:
        """Deliver a message to a subscription."""
        raise NotImplementedError

    def signal_received(self, subscription_key: int, variables: Mapping[str, object]) -> None:
        """Deliver a signal to a subscription."""
        raise NotImplementedError

    def incident_resolved(self, incident_key: int) -> None:
        """Try again what failed."""
        raise NotImplementedError

    def variables_set(self, scope_key: int, variables: Mapping[str, object], local: bool = False) -> None:
        """Set variables seen from a scope (or in it, with ``local``)."""
        raise NotImplementedError

    def terminate(self) -> None:
        """Cancel the whole instance."""
        raise NotImplementedError

    def element_activated(
        self,
        element_id: str,
        variables: Mapping[int | None, Mapping[str, object]] | None = None,
        ancestor_scope_key: int | None = None,
    ) -> int:
        """Activate an element by modification; returns the key of its instance."""
        raise NotImplementedError

    def element_terminated(self, key: int) -> None:
        """Terminate an element instance by modification."""
        raise NotImplementedError

    def active(self) -> list[ActiveElement]:
        """Return all live element instances, outer before inner, in order of their keys."""
        raise NotImplementedError
