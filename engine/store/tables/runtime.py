"""Read models of what runs and ran, and the saved state of what runs.

All rows of a case carry ``root_key``: the key of its outermost process instance, whose row is the lock for everything
in the case. They can be rebuilt from history; only the state parts are the execution layer's own.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, Table, Text, text

from engine.store.tables.base import metadata
from engine.store.types import KEY, JsonText, Moment

process_instance = Table(
    "ru_process_instance",
    metadata,
    Column("key", KEY, primary_key=True, autoincrement=False),
    Column("root_key", KEY, nullable=False, index=True),
    Column("parent_key", KEY, comment="the calling process instance"),
    Column("parent_element_instance_key", KEY),
    Column("definition_key", KEY, nullable=False),
    Column("process_id", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("business_key", Text, index=True),
    Column("title", Text, nullable=False),
    Column("state", Text, nullable=False, comment="ACTIVE, COMPLETED, TERMINATED"),
    Column("suspended", Boolean, nullable=False, default=False),
    Column("suspended_at", Moment),
    Column("initiator_id", Text, nullable=False),
    Column("department", Text, comment="the initiator's department"),
    Column("tags", JsonText, comment="words the starter gave it; none without"),
    Column("started_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Index("ix_ru_process_instance_initiator", "initiator_id", "started_at", "key"),
    Index("ix_ru_process_instance_process", "process_id", "state", "key"),
    Index("ix_ru_process_instance_state", "state", "started_at", "key"),
)

case_lock = Table(
    "ru_case",
    metadata,
    Column("root_key", KEY, primary_key=True, autoincrement=False),
    Column("revision", Integer, nullable=False, comment="grows by one with each command"),
    Column("definition_key", KEY, nullable=False),
    Column("state_format", Integer, nullable=False),
    Column("suspended", Boolean, nullable=False, default=False),
    Column("ended", Boolean, nullable=False, default=False),
    Column("head_seq", Integer, nullable=False, comment="sequence of the last history event"),
    Column("head_hash", Text, nullable=False, comment="its chain hash"),
)

state_part = Table(
    "ru_state_part",
    metadata,
    Column("root_key", KEY, primary_key=True, autoincrement=False),
    Column("part", Text, primary_key=True),
    Column("content", Text, nullable=False),
)

element_instance = Table(
    "ru_element_instance",
    metadata,
    Column("key", KEY, primary_key=True, autoincrement=False),
    Column("root_key", KEY, nullable=False, index=True),
    Column("process_instance_key", KEY, nullable=False, index=True),
    Column("definition_key", KEY, nullable=False),
    Column("element_id", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("scope_key", KEY),
    Column("state", Text, nullable=False, comment="ACTIVE, COMPLETED, TERMINATED"),
    Column("loop_counter", Integer),
    Column("started_at", Moment, nullable=False),
    Column("ended_at", Moment),
)

variable = Table(
    "ru_variable",
    metadata,
    Column("scope_key", KEY, primary_key=True, autoincrement=False),
    Column("name", Text, primary_key=True),
    Column("root_key", KEY, nullable=False, index=True),
    Column("value", JsonText),
    Column("key", KEY, nullable=False, index=True, comment="made of scope and name, for those who want one number"),
)

user_task = Table(
    "ru_user_task",
    metadata,
    Column("key", KEY, primary_key=True, autoincrement=False),
    Column("root_key", KEY, nullable=False, index=True),
    Column("process_instance_key", KEY, nullable=False, index=True),
    Column("definition_key", KEY, nullable=False),
    Column("element_id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("state", Text, nullable=False, comment="CREATED, COMPLETED, CANCELED"),
    Column("assignee_id", Text),
    Column("candidate_groups", JsonText, nullable=False),
    Column("candidate_users", JsonText, nullable=False),
    Column("form_key", KEY),
    Column("external_form", Text, comment="what the diagram names instead of a deployed form"),
    Column("headers", JsonText),
    Column("priority", Integer, nullable=False),
    Column("due_at", Moment),
    Column("follow_up_at", Moment),
    Column("clock", Text, comment="id of the clock whose due date it shows"),
    Column("nature", Text, comment="what the element is about where that restricts actions: 处罚, 人事, 资金, 不予"),
    Column("created_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Column("completed_by", Text),
    Column("on_behalf_of", Text),
    Column("opinion", Text),
    Column("outcome", Text),
    Column("bound_to", KEY, index=True, comment="the user task a further signer or a rework belongs to"),
    Column("binding", Text, comment="BEFORE, AFTER, PARALLEL, ASSIST, REWORK; none for a user task of the diagram"),
    Index(
        "ix_ru_user_task_assignee",
        "assignee_id",
        "due_at",
        "key",
        sqlite_where=text("state = 'CREATED'"),
        postgresql_where=text("state = 'CREATED'"),
    ),
    Index("ix_ru_user_task_completed_by", "completed_by", "ended_at", "key"),
    Index("ix_ru_user_task_state", "state", "key"),
)

user_task_candidate = Table(
    "ru_user_task_candidate",
    metadata,
    Column("principal", Text, primary_key=True, comment="user:<id> or group:<name>; open unassigned user tasks only"),
    Column("user_task_key", KEY, primary_key=True, autoincrement=False, index=True),
    Column("root_key", KEY, nullable=False, index=True),
)

draft = Table(
    "ru_draft",
    metadata,
    Column("user_task_key", KEY, primary_key=True, autoincrement=False),
    Column("user_id", Text, primary_key=True),
    Column("variables", JsonText, nullable=False),
    Column("saved_at", Moment, nullable=False),
)

job = Table(
    "ru_job",
    metadata,
    Column("key", KEY, primary_key=True, autoincrement=False),
    Column("root_key", KEY, nullable=False, index=True),
    Column("process_instance_key", KEY, nullable=False),
    Column("element_instance_key", KEY, nullable=False),
    Column("element_id", Text, nullable=False),
    Column("kind", Text, nullable=False, comment="timer, or Camunda 8's job kinds: BPMN_ELEMENT, EXECUTION_LISTENER…"),
    Column("type", Text, nullable=False, comment="the job type workers ask for; 'timer' for timers"),
    Column("status", Text, nullable=False, comment="ready, leased, waiting, failed, done, cancelled"),
    Column("due_at", Moment, comment="when it may run; none while a clock it follows stands still"),
    Column("follows_clock", Text),
    Column("retries", Integer, nullable=False),
    Column("headers", JsonText, nullable=False),
    Column("lock_owner", Text),
    Column("lock_until", Moment),
    Column("fence", Integer, nullable=False, default=0),
    Column("attempts", Integer, nullable=False, default=0),
    Column("last_error", Text),
    Column("error_code", Text, comment="of the BPMN error a worker threw"),
    Column("listener_event", Text, comment="of a listener's job: start, end…"),
    Column("created_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Index(
        "ix_ru_job_ready",
        "due_at",
        "key",
        sqlite_where=text("status = 'ready'"),
        postgresql_where=text("status = 'ready'"),
    ),
    Index("ix_ru_job_type", "type", "status", "due_at", "key"),
)

incident = Table(
    "ru_incident",
    metadata,
    Column("key", KEY, primary_key=True, autoincrement=False),
    Column("root_key", KEY, nullable=False, index=True),
    Column("process_instance_key", KEY, nullable=False),
    Column("element_instance_key", KEY, nullable=False),
    Column("element_id", Text, nullable=False),
    Column("error_type", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("job_key", KEY, comment="the job that failed, where it was one"),
    Column("state", Text, nullable=False, comment="ACTIVE, RESOLVED"),
    Column("created_at", Moment, nullable=False),
    Column("resolved_at", Moment),
    Index("ix_ru_incident_state", "state", "created_at", "key"),
)

message_subscription = Table(
    "ru_message_subscription",
    metadata,
    Column("key", KEY, primary_key=True, autoincrement=False),
    Column("root_key", KEY, nullable=False, index=True),
    Column("process_instance_key", KEY, nullable=False),
    Column("element_instance_key", KEY, nullable=False),
    Column("element_id", Text, nullable=False),
    Column("message_name", Text, nullable=False),
    Column("correlation_key", Text, nullable=False),
    Column("state", Text, nullable=False, comment="OPEN, CLOSED"),
    Column("opened_at", Moment, nullable=False),
    Index("ix_ru_message_subscription_name", "message_name", "correlation_key", "state"),
)

signal_subscription = Table(
    "ru_signal_subscription",
    metadata,
    Column("key", KEY, primary_key=True, autoincrement=False),
    Column("root_key", KEY, nullable=False, index=True),
    Column("process_instance_key", KEY, nullable=False),
    Column("element_instance_key", KEY, nullable=False),
    Column("element_id", Text, nullable=False),
    Column("signal_name", Text, nullable=False),
    Column("state", Text, nullable=False, comment="OPEN, CLOSED"),
    Index("ix_ru_signal_subscription_name", "signal_name", "state"),
)

decision_instance = Table(
    "ru_decision_instance",
    metadata,
    Column("key", KEY, primary_key=True, autoincrement=False, comment="of the evaluation"),
    Column("number", Integer, primary_key=True, autoincrement=False, comment="of the decision within it, from 1"),
    Column("root_key", KEY, nullable=False, index=True, comment="0: asked by itself, outside any case"),
    Column("element_instance_key", KEY),
    Column("actor_id", Text, nullable=False),
    Column("evaluated_at", Moment, nullable=False),
    Column("root_decision_key", KEY, nullable=False, comment="the decision that was asked for"),
    Column("decision_id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("result", JsonText),
    Column("inputs", JsonText, nullable=False),
    Column("rules", JsonText, nullable=False),
    Index("ix_ru_decision_instance_decision", "decision_id", "key"),
)
