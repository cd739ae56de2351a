"""Command events: the first event of every command, holding all that re-executing it needs.

What execution does in answer is recorded after it, as the records of ``engine.execution``. Field names and meanings are
for ever: a change takes a new class version and an applier that still reads the old one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.history.action_events import ACTION_EVENTS
from engine.history.clock_events import CLOCK_EVENTS
from engine.history.command_event import CommandEvent, Variables
from engine.history.control_events import CONTROL_EVENTS
from engine.history.event import type_name
from engine.history.issuance_events import ISSUANCE_EVENTS
from engine.history.paper_events import PAPER_EVENTS
from engine.history.people_events import PEOPLE_EVENTS
from engine.history.record_events import RECORD_EVENTS

__all__ = ["COMMAND_EVENTS", "CommandEvent", "Variables"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessInstanceStarted(CommandEvent):
    """A case began. ``initiator`` is ``{id, name, department}`` as it stood then."""

    process_id: str
    definition_key: int
    version: int
    title: str
    initiator: Mapping[str, Any]
    variables: Variables
    start_element: str | None = None
    business_key: str | None = None
    tags: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class UserTaskClaimed(CommandEvent):
    """Somebody took a user task that was offered to several."""

    key: int
    assignee_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UserTaskReleased(CommandEvent):
    """The assignee gave a user task back to its candidates, named here again."""

    key: int
    candidate_groups: Sequence[str]
    candidate_users: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class UserTaskAssigned(CommandEvent):
    """Somebody entitled to gave a user task to a person."""

    key: int
    assignee_id: str
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UserTaskUpdated(CommandEvent):
    """Somebody entitled changed what a user task says of itself; ``changes`` holds only what was changed.

    Names are ``due_date`` and ``follow_up_date`` (moments), ``candidate_groups``, ``candidate_users``, ``priority``.
    ``offered`` names the candidates of a user task that nobody has, else None.
    """

    key: int
    changes: Mapping[str, Any]
    offered: Mapping[str, Sequence[str]] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UserTaskCompleted(CommandEvent):
    """A user task was done. ``variables`` is the form's data."""

    key: int
    variables: Variables
    opinion: str | None = None
    outcome: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerFired(CommandEvent):
    """A timer fell due and was fired."""

    key: int


@dataclass(frozen=True, slots=True, kw_only=True)
class JobCompleted(CommandEvent):
    """A worker reported a job done."""

    key: int
    variables: Variables


@dataclass(frozen=True, slots=True, kw_only=True)
class JobFailed(CommandEvent):
    """A worker reported a failure; with no retries left an incident follows."""

    key: int
    element_instance_key: int
    retries: int
    message: str
    retry_at: str | None = None
    variables: Variables


@dataclass(frozen=True, slots=True, kw_only=True)
class JobRetriesUpdated(CommandEvent):
    """Somebody entitled to set how often a job is still tried."""

    key: int
    retries: int


@dataclass(frozen=True, slots=True, kw_only=True)
class JobErrorThrown(CommandEvent):
    """A worker threw a BPMN error."""

    key: int
    error_code: str
    message: str
    variables: Variables


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageCorrelated(CommandEvent):
    """A message reached a subscription."""

    subscription_key: int
    message_name: str
    variables: Variables


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalReceived(CommandEvent):
    """A broadcast signal reached a subscription."""

    subscription_key: int
    signal_name: str
    variables: Variables


@dataclass(frozen=True, slots=True, kw_only=True)
class VariablesUpdated(CommandEvent):
    """Somebody entitled to set variables of a scope."""

    scope_key: int
    variables: Variables
    local: bool
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentRetried(CommandEvent):
    """Somebody entitled to asked for an incident's element to be tried again, or the job that failed."""

    key: int
    job_key: int | None = None
    job_retries: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessInstanceModified(CommandEvent):
    """Tokens were moved by hand: elements activated, then element instances terminated."""

    activate: Sequence[Mapping[str, Any]]
    terminate: Sequence[int]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessInstanceMigrated(CommandEvent):
    """A case goes on under another version of its process; ``mapping`` names elements whose id has changed."""

    definition_key: int
    process_id: str
    version: int
    mapping: Mapping[str, str]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessInstanceCanceled(CommandEvent):
    """A case was ended before its end."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessInstanceSuspended(CommandEvent):
    """A case stands still: nothing in it may be done until it is resumed."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessInstanceResumed(CommandEvent):
    """A suspended case goes on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StandaloneDecisionEvaluated(CommandEvent):
    """A decision was asked outside any case. ``evaluation`` has versions, inputs, values and matched rules."""

    key: int
    evaluation: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentStored(CommandEvent):
    """A file was stored; ``digest`` is the SM3 of its content."""

    document_id: str
    digest: str
    file_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentDeleted(CommandEvent):
    """A stored file was deleted."""

    document_id: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentErased(CommandEvent):
    """Content of a case's events was taken away because the law wants it gone; ``basis`` names the article.

    Only what such an event in the bureau's log names may be missing from history.
    """

    root_key: int
    seqs: Sequence[int]
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourcesDeployed(CommandEvent):
    """Files were deployed together. ``resources`` maps a name to the SM3 digest of its content."""

    deployment_key: int
    resources: Mapping[str, str]
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UserSignedIn(CommandEvent):
    """Somebody signed in."""

    user_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInFailed(CommandEvent):
    """A wrong password was given for an existing user."""

    user_id: str
    locked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class UserSignedOut(CommandEvent):
    """Somebody signed out."""

    user_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UserCreated(CommandEvent):
    """A user was created."""

    user_id: str
    name: str
    department: str | None
    groups: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordChanged(CommandEvent):
    """A password was changed; what it is is nobody's business."""

    user_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiTokenIssued(CommandEvent):
    """An API token was issued to the actor."""

    token_id: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiTokenWithdrawn(CommandEvent):
    """The actor withdrew an API token."""

    token_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationLoaded(CommandEvent):
    """Departments, roles and people were loaded from files."""

    departments: int
    groups: int
    users: int
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarPublished(CommandEvent):
    """A version of the working calendar was put in force."""

    version: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectionNamed(CommandEvent):
    """An administrator named an outside system that diagrams may call."""

    name: str
    base_url: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectionForgotten(CommandEvent):
    """An administrator took an outside system out of those that diagrams may call."""

    name: str


COMMAND_EVENTS: Mapping[str, type[CommandEvent]] = {
    type_name(cls): cls
    for cls in (
        ProcessInstanceStarted,
        UserTaskClaimed,
        UserTaskReleased,
        UserTaskAssigned,
        UserTaskUpdated,
        UserTaskCompleted,
        TimerFired,
        JobCompleted,
        JobFailed,
        JobRetriesUpdated,
        JobErrorThrown,
        MessageCorrelated,
        SignalReceived,
        VariablesUpdated,
        IncidentRetried,
        ProcessInstanceModified,
        ProcessInstanceMigrated,
        ProcessInstanceCanceled,
        ProcessInstanceSuspended,
        ProcessInstanceResumed,
        StandaloneDecisionEvaluated,
        DocumentStored,
        DocumentDeleted,
        ContentErased,
        ResourcesDeployed,
        UserSignedIn,
        SignInFailed,
        UserSignedOut,
        UserCreated,
        PasswordChanged,
        ApiTokenIssued,
        ApiTokenWithdrawn,
        OrganisationLoaded,
        CalendarPublished,
        ConnectionNamed,
        ConnectionForgotten,
        *CLOCK_EVENTS,
        *CONTROL_EVENTS,
        *ACTION_EVENTS,
        *PEOPLE_EVENTS,
        *RECORD_EVENTS,
        *PAPER_EVENTS,
        *ISSUANCE_EVENTS,
    )
}
"""By recorded type name."""
