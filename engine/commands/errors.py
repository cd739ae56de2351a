"""Why a command is refused."""

from __future__ import annotations

from engine.errors import BanjieError, Conflict, Forbidden, InvalidInput, NotFound


class CommandUnknown(BanjieError):
    """There is no handler for this command: a mistake in the program, not of its user."""

    code = "commands.unknown"


class IdempotencyKeyReused(Conflict):
    """The idempotency key was used before, for another command."""

    code = "commands.idempotency-key-reused"


class CaseUnknown(NotFound):
    """There is no such case, or the actor may not see it."""

    code = "commands.case-unknown"


class CaseEnded(Conflict):
    """The case is over."""

    code = "commands.case-ended"


class CaseSuspended(Conflict):
    """The case stands still until somebody entitled resumes it."""

    code = "commands.case-suspended"


class CaseBusy(Conflict):
    """Another command holds the case at this moment; only those who need not wait are told so."""

    code = "commands.case-busy"


class UserTaskUnknown(NotFound):
    """There is no such user task, or the actor may not see it."""

    code = "commands.user-task-unknown"


class UserTaskNotOpen(Conflict):
    """The user task was completed or cancelled already."""

    code = "commands.user-task-not-open"


class UserTaskTaken(Conflict):
    """Somebody else has the user task."""

    code = "commands.user-task-taken"


class NotStartable(Conflict):
    """The procedure can't be started by a person: it has no none start event, or it is 停用."""

    code = "commands.not-startable"


class RoleStillUnheld(Conflict):
    """Nobody in service holds the role for want of which a user task went elsewhere."""

    code = "commands.role-still-unheld"


class NotEntitledToStart(Forbidden):
    """The procedure names who may start it, and the actor is not among them."""

    code = "commands.not-entitled-to-start"


class AdministratorOnly(Forbidden):
    """The command is for administrators."""

    code = "commands.administrator-only"


class FormRefused(InvalidInput):
    """The form's data is not what the form asks for; ``details['fields']`` says where."""

    code = "commands.form-refused"


class JobUnknown(NotFound):
    """There is no such job."""

    code = "commands.job-unknown"


class JobNotOpen(Conflict):
    """The job is done or cancelled."""

    code = "commands.job-not-open"


class JobTaken(Conflict):
    """The worker's lease has passed to another."""

    code = "commands.job-taken"


class WorkerOnly(Forbidden):
    """The command is for workers of jobs."""

    code = "commands.worker-only"


class IncidentUnknown(NotFound):
    """There is no such incident, or it is resolved."""

    code = "commands.incident-unknown"


class MessageDoubled(Conflict):
    """A message with the same name, correlation key and message id is still alive."""

    code = "commands.message-doubled"


class MessageNotCorrelated(NotFound):
    """Nothing waits for the message."""

    code = "commands.message-not-correlated"


class DecisionFailed(InvalidInput):
    """The decision can't be evaluated with these inputs."""

    code = "commands.decision-failed"


class DueDateFollowsClock(Conflict):
    """The due date of the user task is a legal one, reckoned by its clock."""

    code = "commands.due-date-follows-clock"


class DocumentUnknown(NotFound):
    """There is no such document, or the actor may not see it."""

    code = "commands.document-unknown"


class DocumentDoubled(Conflict):
    """Another document has this id."""

    code = "commands.document-doubled"


class DeploymentRefused(InvalidInput):
    """One of the files can't be deployed, so none is; ``problems`` says everything that is wrong."""

    code = "commands.deployment-refused"
