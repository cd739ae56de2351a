"""What office work adds to user tasks: rework, handing over, further signers, copies, urging, entered signatures."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, Table, Text

from engine.store.tables.base import metadata
from engine.store.types import KEY, JsonText, Moment

rework = Table(
    "ru_rework",
    metadata,
    Column("task_key", KEY, primary_key=True, autoincrement=False, comment="the user task that opened again"),
    Column("root_key", KEY, nullable=False, index=True),
    Column("returned_from", KEY, nullable=False),
    Column("returned_by", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("back_to", JsonText, comment="where 直达 goes; none without"),
    Column("at", Moment, nullable=False),
)

handover = Table(
    "ru_handover",
    metadata,
    Column("task_key", KEY, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False, comment="of the task's handovers, from 1"),
    Column("root_key", KEY, nullable=False, index=True),
    Column("kind", Text, nullable=False, comment="TRANSFER, DELEGATE"),
    Column("from_id", Text, nullable=False, index=True),
    Column("to_id", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("state", Text, nullable=False, comment="OPEN: a delegation that has not come back; DONE"),
    Column("variables", JsonText, comment="what the delegate filled in"),
    Column("opinion", Text),
    Column("outcome", Text),
    Column("at", Moment, nullable=False),
    Column("ended_at", Moment),
)

signer = Table(
    "ru_signer",
    metadata,
    Column("key", KEY, primary_key=True, autoincrement=False, comment="of the signer's own user task too"),
    Column("root_key", KEY, nullable=False, index=True),
    Column("task_key", KEY, nullable=False, index=True, comment="the user task that is signed"),
    Column("kind", Text, nullable=False, comment="BEFORE, AFTER, PARALLEL, ASSIST"),
    Column("user_id", Text, nullable=False),
    Column("requested_by", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column(
        "state", Text, nullable=False, comment="WAITING (after-signers till the task is done), OPEN, DONE, CANCELED"
    ),
    Column("opinion", Text),
    Column("outcome", Text),
    Column("at", Moment, nullable=False),
    Column("ended_at", Moment),
)

held_completion = Table(
    "ru_held_completion",
    metadata,
    Column("task_key", KEY, primary_key=True, autoincrement=False),
    Column("root_key", KEY, nullable=False, index=True),
    Column("actor_id", Text, nullable=False),
    Column("on_behalf_of", Text),
    Column("variables", JsonText, nullable=False),
    Column("opinion", Text),
    Column("outcome", Text),
    Column("at", Moment, nullable=False),
)

copy = Table(
    "ru_copy",
    metadata,
    Column("key", KEY, primary_key=True, autoincrement=False),
    Column("root_key", KEY, nullable=False, index=True),
    Column("task_key", KEY),
    Column("kind", Text, nullable=False, comment="COPY 抄送, CIRCULATE 传阅"),
    Column("user_id", Text, nullable=False),
    Column("sent_by", Text, nullable=False),
    Column("note", Text),
    Column("sent_at", Moment, nullable=False),
    Column("read_at", Moment),
    Index("ix_ru_copy_user", "user_id", "sent_at", "key"),
)

urge = Table(
    "ru_urge",
    metadata,
    Column("task_key", KEY, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False, comment="of the task's urgings, from 1"),
    Column("root_key", KEY, nullable=False, index=True),
    Column("day", Text, nullable=False, comment="legal day (ISO 8601)"),
    Column("actor_id", Text, nullable=False),
    Column("note", Text),
    Column("at", Moment, nullable=False),
)

recorded_signature = Table(
    "ru_recorded_signature",
    metadata,
    Column("task_key", KEY, primary_key=True, autoincrement=False),
    Column("root_key", KEY, nullable=False, index=True),
    Column("person_id", Text, nullable=False, index=True, comment="who signed or agreed"),
    Column("recorded_by", Text, nullable=False),
    Column("evidence_kind", Text, nullable=False, comment="PAPER, TELEPHONE, OTHER"),
    Column("evidence", Text, nullable=False),
    Column("document_id", Text, comment="the scan"),
    Column("state", Text, nullable=False, comment="UNCONFIRMED, CONFIRMED, DISPUTED"),
    Column("note", Text),
    Column("at", Moment, nullable=False),
    Column("answered_at", Moment),
)

intervention = Table(
    "ru_intervention",
    metadata,
    Column("key", KEY, primary_key=True, autoincrement=False),
    Column("root_key", KEY, nullable=False, index=True),
    Column("kind", Text, nullable=False, comment="JUMP 跳转, TERMINATE 终止"),
    Column("element_id", Text, comment="where a jump goes"),
    Column("terminate", JsonText, nullable=False, comment="element instances a jump cuts short"),
    Column("owner_groups", JsonText, nullable=False, comment="who may decide"),
    Column("reason", Text, nullable=False),
    Column("requested_by", Text, nullable=False),
    Column("state", Text, nullable=False, comment="REQUESTED, APPROVED, REFUSED"),
    Column("note", Text),
    Column("decided_by", Text),
    Column("at", Moment, nullable=False),
    Column("decided_at", Moment),
    Index("ix_ru_intervention_state", "state", "key"),
)

second_factor = Table(
    "id_second_factor",
    metadata,
    Column("user_id", Text, primary_key=True),
    Column("method", Text, nullable=False, comment="totp"),
    Column("algorithm", Text, nullable=False, comment="SHA1 or SM3"),
    Column("secret", Text, nullable=False, comment="sealed; needed to check a code, never shown again"),
    Column("confirmed", Boolean, nullable=False),
    Column("last_step", KEY, nullable=False, comment="the last time step used: a code counts once"),
    Column("failures", Integer, nullable=False),
    Column("locked_until", Moment),
    Column("enrolled_at", Moment, nullable=False),
)
