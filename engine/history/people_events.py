"""Command events on people, substitution, settings, and reading what is restricted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.history.command_event import CommandEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class UserChanged(CommandEvent):
    """Somebody entitled changed a user; ``changes`` holds only what was changed (name, department, active…)."""

    user_id: str
    changes: Mapping[str, Any]
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RolesSet(CommandEvent):
    """Somebody entitled set the roles a user holds; ``before`` are those held till then."""

    user_id: str
    roles: Sequence[str]
    before: Sequence[str]
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UserUnlocked(CommandEvent):
    """Somebody entitled unlocked an account before its time."""

    user_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionsEnded(CommandEvent):
    """Sessions of a user were ended by somebody entitled, or by the user; ``session`` None means all of them."""

    user_id: str
    session: str | None
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LostSecondFactorRemoved(CommandEvent):
    """The security administrator took a user's second factor away, since its device was lost."""

    user_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingChanged(CommandEvent):
    """A setting has a new value; a secret's value is not written down."""

    name: str
    value: Any
    before: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class SecretsSealed(CommandEvent):
    """Secrets of settings and connections that an earlier version kept as they are were sealed."""

    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationImported(CommandEvent):
    """Departments, roles and people were changed from a spreadsheet; ``changes`` says each as it was previewed."""

    source: str
    digest: str
    changes: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SubstitutionGranted(CommandEvent):
    """Somebody who will be away is stood in for (离岗委托); ``process_ids`` None means in every procedure."""

    key: int
    principal_id: str
    substitute_id: str
    starts_at: str
    ends_at: str
    process_ids: Sequence[str] | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SubstitutionWithdrawn(CommandEvent):
    """A substitution ended before its time."""

    key: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RestrictedCaseRead(CommandEvent):
    """Somebody read a case that is restricted; ``resource`` is the address they read."""

    root_key: int
    resource: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UserTaskReoffered(CommandEvent):
    """A user task that had gone to a head of department, for want of anybody in its role, went where it belongs."""

    key: int
    candidate_groups: Sequence[str]
    candidate_users: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class UserTaskRedirected(CommandEvent):
    """Whoever had, or might take, a user task is no longer in service, so it went to somebody else."""

    key: int
    process_instance_key: int
    element_id: str
    assignee_id: str | None
    candidate_groups: Sequence[str]
    candidate_users: Sequence[str]
    went_to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseEntered(CommandEvent):
    """A case that had begun on paper was entered at the step where it stood (在办案件录入).

    ``elements`` are the elements it waits at; ``clocks`` each ``{limit_id, started_on, evidence}``; ``began_on`` is the
    day it really began, apart from the moment this was recorded.
    """

    process_id: str
    definition_key: int
    version: int
    title: str
    initiator: Mapping[str, Any]
    variables: Mapping[str, Any]
    elements: Sequence[str]
    clocks: Sequence[Mapping[str, Any]]
    began_on: str
    reason: str
    business_key: str | None = None
    tags: Sequence[str] = ()


PEOPLE_EVENTS: tuple[type[CommandEvent], ...] = (
    UserChanged,
    RolesSet,
    UserUnlocked,
    SessionsEnded,
    LostSecondFactorRemoved,
    SettingChanged,
    SecretsSealed,
    OrganisationImported,
    SubstitutionGranted,
    SubstitutionWithdrawn,
    RestrictedCaseRead,
    UserTaskReoffered,
    UserTaskRedirected,
    CaseEntered,
)
