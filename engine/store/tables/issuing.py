"""Numbers, versions of texts, services of papers, uses of seals; and the organisation's data published in versions."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, Table, Text

from engine.store.tables.base import metadata
from engine.store.types import KEY, JsonText, Moment

organisation_file = Table(
    "ge_organisation_file",
    metadata,
    Column("name", Text, primary_key=True, comment="below organisation/, without its ending"),
    Column("version", Text, primary_key=True, comment="SM3 of the content"),
    Column("position", Integer, nullable=False, comment="the highest of a name is in force"),
    Column("content", Text, nullable=False, comment="the YAML as published"),
    Column("source", Text, nullable=False),
    Column("actor_id", Text, nullable=False),
    Column("published_at", Moment, nullable=False),
)

number_counter = Table(
    "ge_number_counter",
    metadata,
    Column("series", Text, primary_key=True),
    Column("period", KEY, primary_key=True, autoincrement=False, comment="the year, or 0"),
    Column("last", KEY, nullable=False, comment="given or reserved last; its row is locked while one is given"),
)

issued_number = Table(
    "ru_number",
    metadata,
    Column("series", Text, primary_key=True),
    Column("period", KEY, primary_key=True, autoincrement=False),
    Column("number", KEY, primary_key=True, autoincrement=False),
    Column("root_key", KEY, nullable=False, index=True),
    Column("process_instance_key", KEY, nullable=False),
    Column("element_instance_key", KEY, nullable=False, index=True),
    Column("element_id", Text, nullable=False),
    Column("text", Text, nullable=False, index=True, comment="as written on the paper"),
    Column("title", Text, comment="of the paper"),
    Column("reserved", Boolean, nullable=False, comment="whether it had been reserved"),
    Column("state", Text, nullable=False, comment="ISSUED, VOID"),
    Column("actor_id", Text, nullable=False),
    Column("issued_at", Moment, nullable=False),
    Column("changed_by", Text, comment="who voided it, or restored it"),
    Column("changed_at", Moment),
    Column("reason", Text),
)

number_reservation = Table(
    "ru_number_reservation",
    metadata,
    Column("series", Text, primary_key=True),
    Column("period", KEY, primary_key=True, autoincrement=False),
    Column("number", KEY, primary_key=True, autoincrement=False),
    Column("root_key", KEY, nullable=False, index=True, comment="0: the bureau's log"),
    Column("text", Text, nullable=False, index=True),
    Column("state", Text, nullable=False, comment="RESERVED (taken once ru_number has it), VOID"),
    Column("actor_id", Text, nullable=False),
    Column("reserved_at", Moment, nullable=False),
    Column("reason", Text, nullable=False, comment="what for"),
    Column("changed_by", Text),
    Column("changed_at", Moment),
    Column("change_reason", Text),
)

text_version = Table(
    "ru_text_version",
    metadata,
    Column("process_instance_key", KEY, primary_key=True, autoincrement=False),
    Column("name", Text, primary_key=True, comment="正文, 附件…"),
    Column("version", KEY, primary_key=True, autoincrement=False, comment="from 1"),
    Column("root_key", KEY, nullable=False, index=True),
    Column("digest", Text, nullable=False, comment="SM3 of content and document"),
    Column("content", JsonText, nullable=False, comment="paragraphs"),
    Column("document", JsonText, comment="the .docx it came as: documentId, name, digest"),
    Column("note", Text),
    Column("restored_from", KEY),
    Column("user_task_key", KEY, comment="the task in which it was written"),
    Column("variable", Text, comment="of the case, that holds the newest version"),
    Column("actor_id", Text, nullable=False),
    Column("saved_at", Moment, nullable=False),
    Column("frozen_by_key", KEY, comment="the element instance that signed it"),
    Column("frozen_by", Text),
    Column("frozen_at", Moment),
)

service = Table(
    "ru_service",
    metadata,
    Column("key", KEY, primary_key=True, autoincrement=False, comment="of the element instance"),
    Column("root_key", KEY, nullable=False, index=True),
    Column("process_instance_key", KEY, nullable=False),
    Column("element_id", Text, nullable=False),
    Column("paper", JsonText, nullable=False, comment="name, and what the rendered paper says of itself"),
    Column("number", Text, comment="of the paper"),
    Column("recipient", Text, comment="受送达人"),
    Column("way", Text, nullable=False, comment="直接, 留置, 邮寄, 委托, 公告, 电子"),
    Column("served_on", Text, nullable=False, comment="legal day (ISO 8601)"),
    Column("place", Text),
    Column("received_by", Text),
    Column("refused", Boolean, nullable=False),
    Column("substitute_reason", Text, comment="代收理由"),
    Column("evidence", JsonText),
    Column("note", Text),
    Column("actor_id", Text, nullable=False),
    Column("recorded_at", Moment, nullable=False),
    Column("corrected_by", Text),
    Column("corrected_at", Moment),
    Index("ix_ru_service_recorded", "recorded_at", "key"),
)

seal_use = Table(
    "ru_seal_use",
    metadata,
    Column("key", KEY, primary_key=True, autoincrement=False, comment="of the element instance"),
    Column("root_key", KEY, nullable=False, index=True),
    Column("process_instance_key", KEY, nullable=False),
    Column("element_id", Text, nullable=False),
    Column("seal", Text, nullable=False, comment="id"),
    Column("matter", Text),
    Column("document_title", Text),
    Column("document_number", Text),
    Column("copies", KEY),
    Column("asked_by", Text, comment="经办人"),
    Column("number", Text, comment="in the register"),
    Column("actor_id", Text, nullable=False, comment="经手人"),
    Column("used_at", Moment, nullable=False),
    Index("ix_ru_seal_use_seal", "seal", "used_at", "key"),
)

seal_loan = Table(
    "ru_seal_loan",
    metadata,
    Column("key", KEY, primary_key=True, autoincrement=False, comment="of the element instance that handed it out"),
    Column("root_key", KEY, nullable=False, index=True),
    Column("process_instance_key", KEY, nullable=False),
    Column("seal", Text, nullable=False, index=True),
    Column("matter", Text),
    Column("taken_by", Text),
    Column("handed_out_by", Text, nullable=False),
    Column("taken_at", Moment, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("watch_at", Moment, index=True, comment="when to tell that it is not back; none once told or back"),
    Column("alarmed_at", Moment),
    Column("returned_at", Moment),
    Column("received_by", Text),
)

seal_handover = Table(
    "ru_seal_handover",
    metadata,
    Column("key", KEY, primary_key=True, autoincrement=False),
    Column("root_key", KEY, nullable=False, index=True, comment="0: the bureau's log"),
    Column("seal", Text, nullable=False, index=True),
    Column("from_id", Text, nullable=False, comment="交接人"),
    Column("to_id", Text, nullable=False, comment="保管人"),
    Column("handed_at", Moment, nullable=False),
    Column("note", Text),
    Column("state", Text, nullable=False, comment="PROPOSED, CONFIRMED, WITHDRAWN"),
    Column("at", Moment, nullable=False),
    Column("confirmed_at", Moment),
)
