"""Command events of office work on user tasks: returning, handing over, further signers, copies, urging, recording."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.history.command_event import CommandEvent, Variables


@dataclass(frozen=True, slots=True, kw_only=True)
class UserTaskReturned(CommandEvent):
    """退回 or 撤回: everything started after ``target_key`` was cancelled and its element activated again.

    ``terminate`` are the outermost element instances cut short; ``drop`` and ``restore`` are tokens at joins, each
    ``[scope_key, flow_id, producer_key]``. ``key`` is the user task that was returned, for 撤回 the one taken back.
    """

    key: int
    target_key: int
    element_id: str
    scope_key: int
    terminate: Sequence[int]
    drop: Sequence[Sequence[Any]]
    restore: Sequence[Sequence[Any]]
    reason: str
    withdrawn: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReworkAsked(CommandEvent):
    """The user task that opened again is its former actor's. ``back_to`` says where 直达 goes: element, scope, person,
    the variables of the scopes to create anew, and tokens to drop and restore; None without 直达."""

    key: int
    assignee_id: str | None
    returned_from: int
    reason: str
    back_to: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UserTaskReworked(CommandEvent):
    """A returned user task was done again and the case went straight back (直达) to the one who returned it."""

    key: int
    variables: Variables
    opinion: str | None
    outcome: str | None
    back_to: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class UserTaskReturnedToInitiator(CommandEvent):
    """退回发起人 where the initiator has no user task of their own: the user task waits while they mend the start form.

    ``task`` is the row of the initiator's bound user task.
    """

    key: int
    task: Mapping[str, Any]
    terminate: Sequence[int]
    drop: Sequence[Sequence[Any]]
    reason: str
    direct: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StartFormMended(CommandEvent):
    """The initiator sent the start form again; the case began anew at ``element_id``, or went on where it was."""

    key: int
    bound_to: int
    variables: Variables
    opinion: str | None
    element_id: str | None
    scope_key: int
    target_key: int | None
    terminate: Sequence[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class UserTaskTransferred(CommandEvent):
    """转办: the user task is another person's now."""

    key: int
    number: int
    from_id: str
    assignee_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UserTaskDelegated(CommandEvent):
    """委派: another person does the work, the delegator confirms it."""

    key: int
    number: int
    from_id: str
    assignee_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegationResolved(CommandEvent):
    """It is the delegator's again: the delegate has done the work, or it was taken back (``variables`` None)."""

    key: int
    number: int
    assignee_id: str
    variables: Variables | None
    opinion: str | None
    outcome: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignersAdded(CommandEvent):
    """加签: further people must sign. Each signer is ``{key, user_id}``; ``task`` is what their user tasks share.

    ``kind`` is BEFORE, AFTER, PARALLEL or ASSIST (协办).
    """

    key: int
    kind: str
    signers: Sequence[Mapping[str, Any]]
    task: Mapping[str, Any]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignerRemoved(CommandEvent):
    """减签: a signer is not needed any more."""

    key: int
    signer_key: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignerAnswered(CommandEvent):
    """A further signer gave an opinion on the user task ``bound_to``."""

    key: int
    bound_to: int
    opinion: str | None
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionHeld(CommandEvent):
    """The user task was done, to take effect when the signers are; ``opened`` are those who sign only now."""

    key: int
    variables: Variables
    opinion: str | None
    outcome: str | None
    opened: Sequence[Mapping[str, Any]]
    task: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionDropped(CommandEvent):
    """A signer disagreed: what was held is void, the user task is open again and the remaining signers are let go."""

    key: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionTookEffect(CommandEvent):
    """All signers are done, so the held completion counts, as of the one who gave it."""

    key: int
    variables: Variables
    opinion: str | None
    outcome: str | None
    completed_by: str
    on_behalf_of: str | None
    back_to: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CopiesSent(CommandEvent):
    """抄送 or 传阅 (``kind`` COPY, CIRCULATE): people were given the case to read. Each copy is ``{key, user_id}``."""

    kind: str
    task_key: int | None
    copies: Sequence[Mapping[str, Any]]
    note: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyRead(CommandEvent):
    """A copy was read by the one it was sent to."""

    key: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UserTaskUrged(CommandEvent):
    """催办: those whose turn it is were reminded; ``day`` is the legal day that counts for the limit."""

    key: int
    number: int
    day: str
    note: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UserTaskRecorded(CommandEvent):
    """代录, 补签: what ``person_id`` signed on paper or agreed otherwise was entered by another."""

    key: int
    variables: Variables
    opinion: str | None
    outcome: str | None
    person_id: str
    evidence_kind: str
    evidence: str
    document_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedSignatureAnswered(CommandEvent):
    """The person whose signature was entered confirmed or disputed it."""

    key: int
    confirmed: bool
    note: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedSignatureScanned(CommandEvent):
    """The scan of the paper came later."""

    key: int
    document_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UserTaskMerged(CommandEvent):
    """合并办理: the same person had approved already, so this user task was done with that outcome."""

    key: int
    variables: Variables
    outcome: str
    person_id: str
    merged_with: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UserTaskEscalated(CommandEvent):
    """The applicant is the approver, so the next level up decides."""

    key: int
    candidate_groups: Sequence[str]
    candidate_users: Sequence[str]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InterventionRequested(CommandEvent):
    """跳转 or 终止 (``kind`` JUMP, TERMINATE) was asked of the procedure's owner."""

    key: int
    kind: str
    element_id: str | None
    terminate: Sequence[int]
    owner_groups: Sequence[str]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InterventionDecided(CommandEvent):
    """The procedure's owner allowed or refused it."""

    key: int
    approved: bool
    note: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondFactorVerified(CommandEvent):
    """The actor proved their identity a second time for a user task."""

    key: int
    method: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondFactorEnrolled(CommandEvent):
    """A user began to set up a second factor; it counts once confirmed."""

    user_id: str
    method: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondFactorConfirmed(CommandEvent):
    """The user showed that the second factor works."""

    user_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondFactorRemoved(CommandEvent):
    """A user's second factor was taken away."""

    user_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondFactorFailed(CommandEvent):
    """A wrong code was given."""

    user_id: str
    locked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondFactorsSealed(CommandEvent):
    """Secrets that an earlier version kept as they are were sealed."""

    count: int


ACTION_EVENTS: tuple[type[CommandEvent], ...] = (
    UserTaskReturned,
    ReworkAsked,
    UserTaskReworked,
    UserTaskReturnedToInitiator,
    StartFormMended,
    UserTaskTransferred,
    UserTaskDelegated,
    DelegationResolved,
    SignersAdded,
    SignerRemoved,
    SignerAnswered,
    CompletionHeld,
    CompletionDropped,
    CompletionTookEffect,
    CopiesSent,
    CopyRead,
    UserTaskUrged,
    UserTaskRecorded,
    RecordedSignatureAnswered,
    RecordedSignatureScanned,
    UserTaskMerged,
    UserTaskEscalated,
    InterventionRequested,
    InterventionDecided,
    SecondFactorVerified,
    SecondFactorEnrolled,
    SecondFactorConfirmed,
    SecondFactorRemoved,
    SecondFactorFailed,
    SecondFactorsSealed,
)
