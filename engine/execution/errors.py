"""What can be wrong with a command given to a running instance, and what makes an element fail."""

from __future__ import annotations

from typing import TypeVar

from engine.errors import BanjieError

T = TypeVar("T")


class ExecutionError(BanjieError):
    """Root of the errors of execution."""

    code = "execution.error"


class ElementInstanceUnknown(ExecutionError):
    """The instance has no live element instance, job, timer, subscription or incident with that key."""

    code = "execution.element-instance-unknown"


class NotWaiting(ExecutionError):
    """The element instance is alive but does not wait for what was sent."""

    code = "execution.not-waiting"


class ListenerVariables(ExecutionError):
    """The job of a task listener was completed with variables, which Camunda 8 does not allow either."""

    code = "execution.listener-variables"


class AlreadyEnded(ExecutionError):
    """The process instance is completed or terminated; nothing can be sent to it."""

    code = "execution.already-ended"


class StartEventUnknown(ExecutionError):
    """The process has no such start event, or none that starts without a trigger."""

    code = "execution.start-event-unknown"


class ElementUnknown(ExecutionError):
    """The process has no such element, or it can't be activated by itself."""

    code = "execution.element-unknown"


class ScopeAmbiguous(ExecutionError):
    """Several instances of the enclosing scope are alive; the command must name one."""

    code = "execution.scope-ambiguous"


class TimerUnfit(ExecutionError):
    """The expression of a timer start event gives no date, duration or interval."""

    code = "execution.timer-unfit"


class NotExecutable(ExecutionError):
    """The model holds something that execution can't run; deployment should have refused it."""

    code = "execution.not-executable"


class StateUnreadable(ExecutionError):
    """A saved state is missing, damaged or of another format."""

    code = "execution.state-unreadable"


class MigrationImpossible(ExecutionError):
    """Some live element instance has no place in the new version; ``details['elements']`` lists them."""

    code = "execution.migration-impossible"


class ElementFailed(Exception):
    """Raised inside execution when an element can't go on; it always becomes an incident, never a lost token.

    ``error_type`` is one of Camunda 8's incident types.
    """

    def __init__(self, error_type: str, message: str) -> None:
        super().__init__(message)
        self.error_type = error_type
        self.message = message


def present(value: T | None) -> T:
    """Return ``value``, which a checked model always has; NotExecutable when it is missing."""
    if value is None:
        raise NotExecutable("流程图缺少执行所必需的内容，部署检查本应拒绝它。请重新检查并部署。")
    return value
