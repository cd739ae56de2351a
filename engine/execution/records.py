"""What happened to an instance, in order: frozen facts in the past tense, each convertible to JSON and back.

Keys are 63-bit integers unique over the platform. ``process_instance_key`` is the instance an element belongs to,
which for a called process is not the case's root. Moments are ISO 8601 text in UTC.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, TypeAlias


@dataclass(frozen=True, slots=True)
class ElementActivated:
    """An element instance came to life (Camunda 8's ELEMENT_ACTIVATED)."""

    key: int
    element_id: str
    element_type: str
    flow_scope_key: int | None
    """The enclosing element instance; for a called process its call activity; None for the root process."""
    process_instance_key: int
    definition_key: int
    loop_counter: int | None = None


@dataclass(frozen=True, slots=True)
class ElementCompleted:
    """An element instance ended as planned; ``taken`` are the sequence flows its tokens left by."""

    key: int
    element_id: str
    element_type: str
    process_instance_key: int
    definition_key: int
    taken: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ElementTerminated:
    """An element instance was cut short: interrupted, cancelled or moved."""

    key: int
    element_id: str
    element_type: str
    process_instance_key: int
    definition_key: int


@dataclass(frozen=True, slots=True)
class VariableChanged:
    """A variable was created or overwritten in the scope of an element instance."""

    scope_key: int
    name: str
    value: Any


@dataclass(frozen=True, slots=True)
class UserTaskCreated:
    """Someone has something to do; ``key`` is the key of the element instance too."""

    key: int
    element_id: str
    name: str | None
    assignee: str | None
    candidate_groups: tuple[str, ...]
    candidate_users: tuple[str, ...]
    due_date: str | None
    follow_up_date: str | None
    priority: int
    form_id: str | None
    form_binding: str | None
    form_version_tag: str | None
    external_form: str | None
    headers: Mapping[str, str]
    process_instance_key: int
    definition_key: int


@dataclass(frozen=True, slots=True)
class JobCreated:
    """A worker has something to do; ``kind`` is BPMN_ELEMENT, EXECUTION_LISTENER or TASK_LISTENER."""

    key: int
    element_instance_key: int
    element_id: str
    type: str
    retries: int
    headers: Mapping[str, str]
    kind: str
    process_instance_key: int
    definition_key: int
    listener_event: str | None = None


@dataclass(frozen=True, slots=True)
class JobCanceled:
    """The job is not wanted any more because its element instance ended otherwise."""

    key: int


@dataclass(frozen=True, slots=True)
class TimerScheduled:
    """A timer runs; ``repetitions`` counts the firings left, -1 for endless, 1 for a single one."""

    key: int
    element_instance_key: int
    element_id: str
    due_at: str | None
    repetitions: int | None
    interrupting: bool
    process_instance_key: int
    definition_key: int


@dataclass(frozen=True, slots=True)
class TimerCanceled:
    """The timer will not fire any more."""

    key: int


@dataclass(frozen=True, slots=True)
class MessageSubscriptionOpened:
    """The instance waits for a message of this name and correlation key."""

    key: int
    element_instance_key: int
    element_id: str
    message_name: str
    correlation_key: str
    interrupting: bool
    process_instance_key: int


@dataclass(frozen=True, slots=True)
class MessageSubscriptionClosed:
    """The instance does not wait for that message any more."""

    key: int


@dataclass(frozen=True, slots=True)
class SignalSubscriptionOpened:
    """The instance waits for a signal of this name."""

    key: int
    element_instance_key: int
    element_id: str
    signal_name: str
    interrupting: bool
    process_instance_key: int


@dataclass(frozen=True, slots=True)
class SignalSubscriptionClosed:
    """The instance does not wait for that signal any more."""

    key: int


@dataclass(frozen=True, slots=True)
class MessageThrown:
    """The instance published a message; the caller correlates it."""

    element_instance_key: int
    element_id: str
    name: str
    correlation_key: str
    variables: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SignalThrown:
    """The instance broadcast a signal; the caller delivers it."""

    element_instance_key: int
    element_id: str
    name: str
    variables: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class DecisionEvaluated:
    """A DMN decision was asked; ``evaluation`` is what the caller wants kept of it (versions, matched rules)."""

    element_instance_key: int
    decision_id: str
    evaluation: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class IncidentRaised:
    """An element instance can't go on until somebody resolves this; it stays active."""

    key: int
    element_instance_key: int
    element_id: str
    error_type: str
    message: str
    process_instance_key: int
    job_key: int | None = None


@dataclass(frozen=True, slots=True)
class IncidentResolved:
    """The incident is over: the element was tried again, or it ended otherwise."""

    key: int


@dataclass(frozen=True, slots=True)
class ElementMigrated:
    """An element instance continues as an element of another version of its process."""

    key: int
    element_id: str
    target_element_id: str
    definition_key: int


Record: TypeAlias = (
    ElementActivated
    | ElementCompleted
    | ElementTerminated
    | VariableChanged
    | UserTaskCreated
    | JobCreated
    | JobCanceled
    | TimerScheduled
    | TimerCanceled
    | MessageSubscriptionOpened
    | MessageSubscriptionClosed
    | SignalSubscriptionOpened
    | SignalSubscriptionClosed
    | MessageThrown
    | SignalThrown
    | DecisionEvaluated
    | IncidentRaised
    | IncidentResolved
    | ElementMigrated
)

RECORD_TYPES: Mapping[str, type[Any]] = {cls.__name__: cls for cls in Record.__args__}
"""Every record class by the name it has in a payload."""

_FIELDS = {cls: tuple(item.name for item in fields(cls)) for cls in RECORD_TYPES.values()}
_TUPLES = {
    cls: frozenset(item.name for item in fields(cls) if str(item.type).startswith("tuple"))
    for cls in RECORD_TYPES.values()
}


def to_payload(record: Record) -> dict[str, Any]:
    """Return ``record`` as JSON-able data: its fields and, under ``record``, the name of its class."""
    cls = type(record)
    payload: dict[str, Any] = {"record": cls.__name__}
    for name in _FIELDS[cls]:
        payload[name] = getattr(record, name)
    for name in _TUPLES[cls]:
        payload[name] = list(payload[name])
    return payload


def from_payload(payload: Mapping[str, Any]) -> Record:
    """Return the record that ``to_payload`` made ``payload`` of.

    Raises KeyError for an unknown record name and TypeError for fields that do not fit.
    """
    cls = RECORD_TYPES[payload["record"]]
    values = {name: value for name, value in payload.items() if name != "record"}
    for name in _TUPLES[cls]:
        values[name] = tuple(values[name])
    record: Record = cls(**values)
    return record
