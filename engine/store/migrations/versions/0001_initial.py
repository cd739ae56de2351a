"""The first tables, and the triggers that keep history as it was written."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from engine.store import types

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create everything."""
    op.create_table(
        "ge_archive",
        sa.Column("root_key", types.KEY, autoincrement=False, nullable=False),
        sa.Column(
            "number", sa.Integer(), autoincrement=False, nullable=False, comment="of the package of this case, from 1"
        ),
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("size", types.KEY, nullable=False),
        sa.Column("sm3", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("head_seq", sa.Integer(), nullable=False, comment="how far the history in it goes"),
        sa.Column("head_hash", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False, comment="保管期限"),
        sa.Column("category", sa.Text(), nullable=False, comment="门类"),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("process_id", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Text(), nullable=False),
        sa.Column("archived_at", types.Moment(), nullable=False),
        sa.PrimaryKeyConstraint("root_key", "number", name=op.f("pk_ge_archive")),
        sa.UniqueConstraint("document_id", name=op.f("uq_ge_archive_document_id")),
    )
    op.create_index("ix_ge_archive_archived", "ge_archive", ["archived_at", "root_key", "number"], unique=False)
    op.create_table(
        "ge_calendar",
        sa.Column("version", sa.Text(), nullable=False, comment="engine.deadlines.Calendar.version"),
        sa.Column("position", sa.Integer(), nullable=False, comment="the highest is in force"),
        sa.Column("years", types.JsonText(), nullable=False, comment="year to digest"),
        sa.Column("published_at", types.Moment(), nullable=False),
        sa.Column("actor_id", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_ge_calendar")),
        sa.UniqueConstraint("position", name=op.f("uq_ge_calendar_position")),
    )
    op.create_table(
        "ge_calendar_proposal",
        sa.Column("key", types.KEY, autoincrement=False, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("content", types.JsonText(), nullable=False, comment="engine.deadlines.CalendarYear as plain values"),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False, comment="PROPOSED, CONFIRMED, REJECTED"),
        sa.Column("proposed_by", sa.Text(), nullable=False),
        sa.Column("proposed_at", types.Moment(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("decided_at", types.Moment(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True, comment="why it was rejected"),
        sa.Column("version", sa.Text(), nullable=True, comment="of the calendar that came of it"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_ge_calendar_proposal")),
    )
    op.create_table(
        "ge_calendar_year",
        sa.Column("digest", sa.Text(), nullable=False, comment="of the year's content"),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("content", types.JsonText(), nullable=False, comment="engine.deadlines.CalendarYear as plain values"),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_ge_calendar_year")),
    )
    op.create_index(op.f("ix_ge_calendar_year_year"), "ge_calendar_year", ["year"], unique=False)
    op.create_table(
        "ge_connection",
        sa.Column("name", sa.Text(), nullable=False, comment="what diagrams call it"),
        sa.Column("base_url", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False, comment="the address it was pinned to when it was named"),
        sa.Column(
            "headers", types.JsonText(), nullable=False, comment="sent with every call; may hold secrets, never shown"
        ),
        sa.Column("timeout_seconds", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.Text(), nullable=False),
        sa.Column("changed_at", types.Moment(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_ge_connection")),
    )
    op.create_table(
        "ge_control_registry",
        sa.Column("version", sa.Text(), nullable=False, comment="SM3 of the content"),
        sa.Column("position", sa.Integer(), nullable=False, comment="the highest is in force"),
        sa.Column("content", sa.Text(), nullable=False, comment="the YAML as published"),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Text(), nullable=False),
        sa.Column("published_at", types.Moment(), nullable=False),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_ge_control_registry")),
        sa.UniqueConstraint("position", name=op.f("uq_ge_control_registry_position")),
    )
    op.create_table(
        "ge_document",
        sa.Column("id", sa.Text(), nullable=False, comment="given by whoever stored it, or drawn"),
        sa.Column("digest", sa.Text(), nullable=False, comment="SM3 of the content, which names its file"),
        sa.Column("size", types.KEY, nullable=False),
        sa.Column("content_type", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("process_id", sa.Text(), nullable=True),
        sa.Column("process_instance_key", types.KEY, nullable=True),
        sa.Column("properties", types.JsonText(), nullable=False),
        sa.Column("actor_id", sa.Text(), nullable=False),
        sa.Column("stored_at", types.Moment(), nullable=False),
        sa.Column("expires_at", types.Moment(), nullable=True),
        sa.Column(
            "purpose",
            sa.Text(),
            nullable=True,
            comment="upload: to be taken by a form or a case; export; archive; none: by a program",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ge_document")),
    )
    op.create_index(op.f("ix_ge_document_digest"), "ge_document", ["digest"], unique=False)
    op.create_index(
        "ix_ge_document_upload",
        "ge_document",
        ["process_instance_key", "stored_at"],
        unique=False,
        sqlite_where=sa.text("purpose = 'upload'"),
        postgresql_where=sa.text("purpose = 'upload'"),
    )
    op.create_table(
        "ge_erasure",
        sa.Column("key", types.KEY, autoincrement=False, nullable=False),
        sa.Column("root_key", types.KEY, nullable=False),
        sa.Column("seqs", types.JsonText(), nullable=False),
        sa.Column("variables", types.JsonText(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False, comment="the article that wants the content gone"),
        sa.Column("state", sa.Text(), nullable=False, comment="PROPOSED, ERASED, REJECTED"),
        sa.Column("proposed_by", sa.Text(), nullable=False),
        sa.Column("proposed_at", types.Moment(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("decided_at", types.Moment(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_ge_erasure")),
    )
    op.create_index(op.f("ix_ge_erasure_root_key"), "ge_erasure", ["root_key"], unique=False)
    op.create_table(
        "ge_expert",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("employer", sa.Text(), nullable=False),
        sa.Column("fields", types.JsonText(), nullable=False, comment="项目领域, a list"),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ge_expert")),
    )
    op.create_table(
        "ge_notice",
        sa.Column("key", types.KEY, autoincrement=False, nullable=False, comment="drawn at random"),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False, comment="engine.notices.kinds"),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column(
            "root_key",
            types.KEY,
            nullable=True,
            comment="the case to open; what it is about is seen there by who may see it",
        ),
        sa.Column("user_task_key", types.KEY, nullable=True),
        sa.Column("created_at", types.Moment(), nullable=False),
        sa.Column("read_at", types.Moment(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_ge_notice")),
    )
    op.create_index(
        "ix_ge_notice_unread",
        "ge_notice",
        ["user_id"],
        unique=False,
        sqlite_where=sa.text("read_at IS NULL"),
        postgresql_where=sa.text("read_at IS NULL"),
    )
    op.create_index("ix_ge_notice_user", "ge_notice", ["user_id", "created_at", "key"], unique=False)
    op.create_table(
        "ge_number_counter",
        sa.Column("series", sa.Text(), nullable=False),
        sa.Column("period", types.KEY, autoincrement=False, nullable=False, comment="the year, or 0"),
        sa.Column(
            "last", types.KEY, nullable=False, comment="given or reserved last; its row is locked while one is given"
        ),
        sa.PrimaryKeyConstraint("series", "period", name=op.f("pk_ge_number_counter")),
    )
    op.create_table(
        "ge_organisation_file",
        sa.Column("name", sa.Text(), nullable=False, comment="below organisation/, without its ending"),
        sa.Column("version", sa.Text(), nullable=False, comment="SM3 of the content"),
        sa.Column("position", sa.Integer(), nullable=False, comment="the highest of a name is in force"),
        sa.Column("content", sa.Text(), nullable=False, comment="the YAML as published"),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Text(), nullable=False),
        sa.Column("published_at", types.Moment(), nullable=False),
        sa.PrimaryKeyConstraint("name", "version", name=op.f("pk_ge_organisation_file")),
    )
    op.create_table(
        "ge_outbox",
        sa.Column("key", types.KEY, autoincrement=False, nullable=False, comment="the notice's"),
        sa.Column("channel", sa.Text(), nullable=False, comment="email, or another that was registered"),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False, comment="ready, leased, sent, failed"),
        sa.Column("due_at", types.Moment(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lock_until", types.Moment(), nullable=True),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("created_at", types.Moment(), nullable=False),
        sa.Column("sent_at", types.Moment(), nullable=True),
        sa.PrimaryKeyConstraint("key", "channel", name=op.f("pk_ge_outbox")),
    )
    op.create_index("ix_ge_outbox_due", "ge_outbox", ["status", "due_at"], unique=False)
    op.create_table(
        "ge_request_key",
        sa.Column("actor_id", sa.Text(), nullable=False),
        sa.Column("idempotency_key", sa.Text(), nullable=False),
        sa.Column(
            "fingerprint",
            sa.Text(),
            nullable=False,
            comment="digest of the command, so that a key is not used for another",
        ),
        sa.Column("answer", types.JsonText(), nullable=True),
        sa.Column("created_at", types.Moment(), nullable=False),
        sa.PrimaryKeyConstraint("actor_id", "idempotency_key", name=op.f("pk_ge_request_key")),
    )
    op.create_index(op.f("ix_ge_request_key_created_at"), "ge_request_key", ["created_at"], unique=False)
    op.create_table(
        "ge_sequence",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", types.KEY, nullable=False, comment="the last value given"),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_ge_sequence")),
    )
    op.create_table(
        "ge_setting",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", types.JsonText(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_ge_setting")),
    )
    op.create_table(
        "hi_chain_head",
        sa.Column("root_key", types.KEY, autoincrement=False, nullable=False, comment="0: the bureau's own log"),
        sa.Column("head_seq", sa.Integer(), nullable=False),
        sa.Column("head_hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("root_key", name=op.f("pk_hi_chain_head")),
    )
    op.create_table(
        "hi_event",
        sa.Column(
            "root_key", types.KEY, autoincrement=False, nullable=False, comment="the case; 0 for the bureau's own log"
        ),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False, comment="from 1, without gaps"),
        sa.Column(
            "command_seq", sa.Integer(), nullable=False, comment="seq of the command event that brought this about"
        ),
        sa.Column("at", types.Moment(), nullable=False, comment="when it was recorded"),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.Text(), nullable=False),
        sa.Column("on_behalf_of", sa.Text(), nullable=True),
        sa.Column("payload", sa.Text(), nullable=True, comment="canonical JSON; none once lawfully erased"),
        sa.Column("salt", sa.LargeBinary(), nullable=True, comment="none once erased"),
        sa.Column("digest", sa.Text(), nullable=False, comment="SM3 of salt and payload"),
        sa.Column(
            "hash", sa.Text(), nullable=False, comment="SM3 of the previous hash and this event's header and digest"
        ),
        sa.PrimaryKeyConstraint("root_key", "seq", name=op.f("pk_hi_event")),
    )
    op.create_index("ix_hi_event_actor", "hi_event", ["actor_id", "at"], unique=False)
    op.create_table(
        "id_api_token",
        sa.Column("id", types.KEY, autoincrement=False, nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("created_at", types.Moment(), nullable=False),
        sa.Column("expires_at", types.Moment(), nullable=True),
        sa.Column("used_at", types.Moment(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_id_api_token")),
        sa.UniqueConstraint("digest", name=op.f("uq_id_api_token_digest")),
        sa.UniqueConstraint("user_id", "name", name=op.f("uq_id_api_token_user_id_name")),
    )
    op.create_index(op.f("ix_id_api_token_user_id"), "id_api_token", ["user_id"], unique=False)
    op.create_table(
        "id_case_read",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False, comment="in the bureau's own log"),
        sa.Column("root_key", types.KEY, nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("on_behalf_of", sa.Text(), nullable=True),
        sa.Column("resource", sa.Text(), nullable=False, comment="which address was read"),
        sa.Column("read_at", types.Moment(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_id_case_read")),
    )
    op.create_index(op.f("ix_id_case_read_root_key"), "id_case_read", ["root_key"], unique=False)
    op.create_index(op.f("ix_id_case_read_user_id"), "id_case_read", ["user_id"], unique=False)
    op.create_table(
        "id_department",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("parent_id", sa.Text(), nullable=True),
        sa.Column(
            "kind", sa.Text(), nullable=False, comment="leadership, resident, internal, superior, district, outside…"
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("details", types.JsonText(), nullable=False, comment="plaques, duties, contacts"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_id_department")),
    )
    op.create_table(
        "id_group",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("department_id", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_id_group")),
    )
    op.create_table(
        "id_membership",
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("group_name", sa.Text(), nullable=False, comment="a role such as 主要负责人 or 科室负责人@bgs"),
        sa.PrimaryKeyConstraint("user_id", "group_name", name=op.f("pk_id_membership")),
    )
    op.create_index(op.f("ix_id_membership_group_name"), "id_membership", ["group_name"], unique=False)
    op.create_table(
        "id_old_password",
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False, comment="grows with each change"),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("user_id", "number", name=op.f("pk_id_old_password")),
    )
    op.create_table(
        "id_post",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("department_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("duties", types.JsonText(), nullable=False, comment="each {text, line}: the duty list's words"),
        sa.Column("line", sa.Integer(), nullable=True, comment="of the duty list"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_id_post")),
    )
    op.create_index(op.f("ix_id_post_department_id"), "id_post", ["department_id"], unique=False)
    op.create_table(
        "id_responsibility",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("matter", sa.Text(), nullable=False),
        sa.Column("lead", sa.Text(), nullable=False, comment="department in charge (牵头)"),
        sa.Column("assist", types.JsonText(), nullable=False, comment="departments that take part (配合)"),
        sa.Column("line", sa.Integer(), nullable=True, comment="of the duty list"),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_id_responsibility")),
    )
    op.create_table(
        "id_second_factor",
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False, comment="totp"),
        sa.Column("algorithm", sa.Text(), nullable=False, comment="SHA1 or SM3"),
        sa.Column("secret", sa.Text(), nullable=False, comment="sealed; needed to check a code, never shown again"),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.Column("last_step", types.KEY, nullable=False, comment="the last time step used: a code counts once"),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", types.Moment(), nullable=True),
        sa.Column("enrolled_at", types.Moment(), nullable=False),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_id_second_factor")),
    )
    op.create_table(
        "id_session",
        sa.Column(
            "digest", sa.Text(), nullable=False, comment="SM3 of the cookie's secret: the secret itself is not kept"
        ),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("csrf_token", sa.Text(), nullable=False),
        sa.Column("created_at", types.Moment(), nullable=False),
        sa.Column("seen_at", types.Moment(), nullable=False),
        sa.Column("expires_at", types.Moment(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_id_session")),
    )
    op.create_index(op.f("ix_id_session_user_id"), "id_session", ["user_id"], unique=False)
    op.create_table(
        "id_substitution",
        sa.Column("key", types.KEY, autoincrement=False, nullable=False),
        sa.Column("principal_id", sa.Text(), nullable=False, comment="who is away"),
        sa.Column("substitute_id", sa.Text(), nullable=False),
        sa.Column("starts_at", types.Moment(), nullable=False),
        sa.Column("ends_at", types.Moment(), nullable=False),
        sa.Column("process_ids", types.JsonText(), nullable=True, comment="procedures it is limited to; none: all"),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("created_at", types.Moment(), nullable=False),
        sa.Column("withdrawn_at", types.Moment(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_id_substitution")),
    )
    op.create_index(op.f("ix_id_substitution_principal_id"), "id_substitution", ["principal_id"], unique=False)
    op.create_index("ix_id_substitution_substitute", "id_substitution", ["substitute_id", "ends_at"], unique=False)
    op.create_table(
        "id_user",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("username", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False, comment="staff, or outside for parties and other bodies"),
        sa.Column("post_id", sa.Text(), nullable=True),
        sa.Column("department_id", sa.Text(), nullable=True),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("must_change_password", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("failed_sign_ins", sa.Integer(), nullable=False),
        sa.Column("locked_until", types.Moment(), nullable=True),
        sa.Column("created_at", types.Moment(), nullable=False),
        sa.Column("password_changed_at", types.Moment(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_id_user")),
        sa.UniqueConstraint("username", name=op.f("uq_id_user_username")),
    )
    op.create_index(op.f("ix_id_user_department_id"), "id_user", ["department_id"], unique=False)
    op.create_table(
        "re_decision_definition",
        sa.Column("key", types.KEY, autoincrement=False, nullable=False),
        sa.Column("decision_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("version_tag", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("requirements_id", sa.Text(), nullable=False, comment="id of the DMN definitions it stands in"),
        sa.Column("requirements_key", types.KEY, nullable=False),
        sa.Column("deployment_key", types.KEY, nullable=False),
        sa.Column("resource_name", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_re_decision_definition")),
        sa.UniqueConstraint("decision_id", "version", name=op.f("uq_re_decision_definition_decision_id_version")),
    )
    op.create_index(
        op.f("ix_re_decision_definition_deployment_key"), "re_decision_definition", ["deployment_key"], unique=False
    )
    op.create_index(
        op.f("ix_re_decision_definition_requirements_key"), "re_decision_definition", ["requirements_key"], unique=False
    )
    op.create_table(
        "re_deployment",
        sa.Column("key", types.KEY, autoincrement=False, nullable=False),
        sa.Column("deployed_at", types.Moment(), nullable=False),
        sa.Column("actor_id", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False, comment="folder, api or command line"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_re_deployment")),
    )
    op.create_table(
        "re_deployment_resource",
        sa.Column("deployment_key", types.KEY, autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False, comment="path below the content folders, with /"),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False, comment="bpmn, dmn, form, paper, paper-description, original"),
        sa.PrimaryKeyConstraint("deployment_key", "name", name=op.f("pk_re_deployment_resource")),
    )
    op.create_index("ix_re_deployment_resource_digest", "re_deployment_resource", ["digest"], unique=False)
    op.create_table(
        "re_form",
        sa.Column("key", types.KEY, autoincrement=False, nullable=False),
        sa.Column("form_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("version_tag", sa.Text(), nullable=True),
        sa.Column("deployment_key", types.KEY, nullable=False),
        sa.Column("resource_name", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_re_form")),
        sa.UniqueConstraint("form_id", "version", name=op.f("uq_re_form_form_id_version")),
    )
    op.create_index(op.f("ix_re_form_deployment_key"), "re_form", ["deployment_key"], unique=False)
    op.create_table(
        "re_paper",
        sa.Column("key", types.KEY, autoincrement=False, nullable=False),
        sa.Column("paper_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deployment_key", types.KEY, nullable=False),
        sa.Column("resource_name", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False, comment="of the template"),
        sa.Column("description_digest", sa.Text(), nullable=False, comment="of the description beside it"),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("format", sa.Text(), nullable=False, comment="letter, notice, minutes, form or decision"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_re_paper")),
        sa.UniqueConstraint("paper_id", "version", name=op.f("uq_re_paper_paper_id_version")),
    )
    op.create_index(op.f("ix_re_paper_deployment_key"), "re_paper", ["deployment_key"], unique=False)
    op.create_table(
        "re_process_definition",
        sa.Column("key", types.KEY, autoincrement=False, nullable=False),
        sa.Column("process_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("version_tag", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("deployment_key", types.KEY, nullable=False),
        sa.Column("resource_name", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("department", sa.Text(), nullable=True, comment="department id, from the diagram's property"),
        sa.Column("family", sa.Text(), nullable=True),
        sa.Column("badges", types.JsonText(), nullable=False, comment="list of words such as 种子原文"),
        sa.Column("startable", sa.Boolean(), nullable=False, comment="has a none start event and is not 停用"),
        sa.Column("start_form_id", sa.Text(), nullable=True),
        sa.Column(
            "start_groups",
            types.JsonText(),
            nullable=True,
            comment="roles that may start it, or a FEEL expression after =; none: everybody",
        ),
        sa.Column("restricted", sa.Boolean(), nullable=False, comment="seen by participants and named roles only"),
        sa.Column("visibility_roles", types.JsonText(), nullable=True, comment="roles that see all of its cases"),
        sa.Column(
            "hidden_fields",
            types.JsonText(),
            nullable=True,
            comment="variables that not everybody who sees the case is shown",
        ),
        sa.Column("documentation", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_re_process_definition")),
        sa.UniqueConstraint("process_id", "version", name=op.f("uq_re_process_definition_process_id_version")),
    )
    op.create_index(
        op.f("ix_re_process_definition_deployment_key"), "re_process_definition", ["deployment_key"], unique=False
    )
    op.create_table(
        "re_refusal",
        sa.Column("name", sa.Text(), nullable=False, comment="the file that was refused when last looked at"),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("refused_at", types.Moment(), nullable=False),
        sa.Column("problems", types.JsonText(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_re_refusal")),
    )
    op.create_table(
        "re_resource",
        sa.Column("digest", sa.Text(), nullable=False, comment="SM3 of the content, hexadecimal"),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_re_resource")),
    )
    op.create_table(
        "ru_archive_order",
        sa.Column("root_key", types.KEY, autoincrement=False, nullable=False),
        sa.Column("state", sa.Text(), nullable=False, comment="PENDING, DONE, REFUSED"),
        sa.Column("problems", types.JsonText(), nullable=False, comment="why the case can't be archived as it is"),
        sa.Column("ordered_by", sa.Text(), nullable=False),
        sa.Column("ordered_at", types.Moment(), nullable=False),
        sa.Column("lease_until", types.Moment(), nullable=True),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("ended_at", types.Moment(), nullable=True),
        sa.PrimaryKeyConstraint("root_key", name=op.f("pk_ru_archive_order")),
    )
    op.create_index(
        "ix_ru_archive_order_open",
        "ru_archive_order",
        ["ordered_at", "root_key"],
        unique=False,
        sqlite_where=sa.text("state = 'PENDING'"),
        postgresql_where=sa.text("state = 'PENDING'"),
    )
    op.create_index("ix_ru_archive_order_state", "ru_archive_order", ["state", "root_key"], unique=False)
    op.create_table(
        "ru_batch_item",
        sa.Column("batch_key", types.KEY, autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("root_key", types.KEY, nullable=False),
        sa.Column("state", sa.Text(), nullable=False, comment="PENDING, DONE, FAILED, CANCELED"),
        sa.Column("code", sa.Text(), nullable=True, comment="of the error that refused it"),
        sa.Column("message", sa.Text(), nullable=True, comment="why it failed"),
        sa.Column("ended_at", types.Moment(), nullable=True),
        sa.PrimaryKeyConstraint("batch_key", "position", name=op.f("pk_ru_batch_item")),
    )
    op.create_index("ix_ru_batch_item_state", "ru_batch_item", ["state", "batch_key", "position"], unique=False)
    op.create_table(
        "ru_batch_operation",
        sa.Column("key", types.KEY, autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False, comment="CANCEL, RESOLVE_INCIDENTS, MIGRATE, MODIFY"),
        sa.Column("parameters", types.JsonText(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column(
            "actor_id", sa.Text(), nullable=False, comment="who ordered it, and in whose name each case is changed"
        ),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("started_at", types.Moment(), nullable=False),
        sa.Column("canceled_at", types.Moment(), nullable=True, comment="when the rest of it was called off"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_ru_batch_operation")),
    )
    op.create_table(
        "ru_case",
        sa.Column("root_key", types.KEY, autoincrement=False, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False, comment="grows by one with each command"),
        sa.Column("definition_key", types.KEY, nullable=False),
        sa.Column("state_format", sa.Integer(), nullable=False),
        sa.Column("suspended", sa.Boolean(), nullable=False),
        sa.Column("ended", sa.Boolean(), nullable=False),
        sa.Column("head_seq", sa.Integer(), nullable=False, comment="sequence of the last history event"),
        sa.Column("head_hash", sa.Text(), nullable=False, comment="its chain hash"),
        sa.PrimaryKeyConstraint("root_key", name=op.f("pk_ru_case")),
    )
    op.create_table(
        "ru_case_document",
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("root_key", types.KEY, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False, comment="SM3 of the content"),
        sa.Column("size", types.KEY, nullable=False),
        sa.Column("content_type", sa.Text(), nullable=False),
        sa.Column(
            "field", sa.Text(), nullable=True, comment="the variable that holds it; none where it was added by itself"
        ),
        sa.Column("task_key", types.KEY, nullable=True),
        sa.Column("element_id", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("actor_id", sa.Text(), nullable=False),
        sa.Column("at", types.Moment(), nullable=False),
        sa.PrimaryKeyConstraint("document_id", name=op.f("pk_ru_case_document")),
    )
    op.create_index(op.f("ix_ru_case_document_root_key"), "ru_case_document", ["root_key"], unique=False)
    op.create_table(
        "ru_clock",
        sa.Column("key", types.KEY, autoincrement=False, nullable=False),
        sa.Column("root_key", types.KEY, nullable=False),
        sa.Column(
            "limit_id", sa.Text(), nullable=False, comment="id of the time limit, as the table of time limits has it"
        ),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False, comment="running, suspended, stopped"),
        sa.Column("due_at", types.Moment(), nullable=True, comment="none while suspended"),
        sa.Column("amber_at", types.Moment(), nullable=True),
        sa.Column(
            "provisional", sa.Boolean(), nullable=False, comment="暂算: reckoned with days not yet officially published"
        ),
        sa.Column("calendar_version", sa.Text(), nullable=False),
        sa.Column("state", types.JsonText(), nullable=False, comment="engine.deadlines' own state"),
        sa.Column(
            "warned", sa.Text(), nullable=True, comment="the last light people were told of: amber, red, overdue"
        ),
        sa.Column(
            "watch_at",
            types.Moment(),
            nullable=True,
            comment="when the next light is reached; none when there is none to tell of",
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_ru_clock")),
    )
    op.create_index(
        "ix_ru_clock_calendar",
        "ru_clock",
        ["calendar_version"],
        unique=False,
        sqlite_where=sa.text("status = 'running'"),
        postgresql_where=sa.text("status = 'running'"),
    )
    op.create_index(
        "ix_ru_clock_open",
        "ru_clock",
        ["due_at"],
        unique=False,
        sqlite_where=sa.text("status <> 'stopped'"),
        postgresql_where=sa.text("status <> 'stopped'"),
    )
    op.create_index(op.f("ix_ru_clock_root_key"), "ru_clock", ["root_key"], unique=False)
    op.create_index(
        "ix_ru_clock_watch",
        "ru_clock",
        ["watch_at"],
        unique=False,
        sqlite_where=sa.text("watch_at IS NOT NULL"),
        postgresql_where=sa.text("watch_at IS NOT NULL"),
    )
    op.create_table(
        "ru_control_override",
        sa.Column("user_task_key", types.KEY, autoincrement=False, nullable=False),
        sa.Column("control_id", sa.Text(), nullable=False),
        sa.Column("root_key", types.KEY, nullable=False),
        sa.Column("actor_id", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", types.Moment(), nullable=False),
        sa.PrimaryKeyConstraint("user_task_key", "control_id", name=op.f("pk_ru_control_override")),
    )
    op.create_index(op.f("ix_ru_control_override_root_key"), "ru_control_override", ["root_key"], unique=False)
    op.create_table(
        "ru_control_result",
        sa.Column("key", types.KEY, autoincrement=False, nullable=False, comment="of the event that recorded it"),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False, comment="within the event, from 1"),
        sa.Column("root_key", types.KEY, nullable=False),
        sa.Column("control_id", sa.Text(), nullable=False),
        sa.Column("strength", sa.Text(), nullable=False, comment="BLOCK, WARN, MON, ATTEST"),
        sa.Column("outcome", sa.Text(), nullable=False, comment="passed, hit, acknowledged, confirmed, overridden"),
        sa.Column("words", sa.Text(), nullable=False, comment="of the duty list, as shown then"),
        sa.Column("element_id", sa.Text(), nullable=False),
        sa.Column("element_instance_key", types.KEY, nullable=True),
        sa.Column("actor_id", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("at", types.Moment(), nullable=False),
        sa.Column("registry_version", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", "number", name=op.f("pk_ru_control_result")),
    )
    op.create_index("ix_ru_control_result_at", "ru_control_result", ["at", "key", "number"], unique=False)
    op.create_index("ix_ru_control_result_control", "ru_control_result", ["control_id", "outcome", "at"], unique=False)
    op.create_index(op.f("ix_ru_control_result_root_key"), "ru_control_result", ["root_key"], unique=False)
    op.create_table(
        "ru_copy",
        sa.Column("key", types.KEY, autoincrement=False, nullable=False),
        sa.Column("root_key", types.KEY, nullable=False),
        sa.Column("task_key", types.KEY, nullable=True),
        sa.Column("kind", sa.Text(), nullable=False, comment="COPY 抄送, CIRCULATE 传阅"),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("sent_by", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("sent_at", types.Moment(), nullable=False),
        sa.Column("read_at", types.Moment(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_ru_copy")),
    )
    op.create_index(op.f("ix_ru_copy_root_key"), "ru_copy", ["root_key"], unique=False)
    op.create_index("ix_ru_copy_user", "ru_copy", ["user_id", "sent_at", "key"], unique=False)
    op.create_table(
        "ru_decision_instance",
        sa.Column("key", types.KEY, autoincrement=False, nullable=False, comment="of the evaluation"),
        sa.Column(
            "number", sa.Integer(), autoincrement=False, nullable=False, comment="of the decision within it, from 1"
        ),
        sa.Column("root_key", types.KEY, nullable=False, comment="0: asked by itself, outside any case"),
        sa.Column("element_instance_key", types.KEY, nullable=True),
        sa.Column("actor_id", sa.Text(), nullable=False),
        sa.Column("evaluated_at", types.Moment(), nullable=False),
        sa.Column("root_decision_key", types.KEY, nullable=False, comment="the decision that was asked for"),
        sa.Column("decision_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("result", types.JsonText(), nullable=True),
        sa.Column("inputs", types.JsonText(), nullable=False),
        sa.Column("rules", types.JsonText(), nullable=False),
        sa.PrimaryKeyConstraint("key", "number", name=op.f("pk_ru_decision_instance")),
    )
    op.create_index("ix_ru_decision_instance_decision", "ru_decision_instance", ["decision_id", "key"], unique=False)
    op.create_index(op.f("ix_ru_decision_instance_root_key"), "ru_decision_instance", ["root_key"], unique=False)
    op.create_table(
        "ru_draft",
        sa.Column("user_task_key", types.KEY, autoincrement=False, nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("variables", types.JsonText(), nullable=False),
        sa.Column("saved_at", types.Moment(), nullable=False),
        sa.PrimaryKeyConstraint("user_task_key", "user_id", name=op.f("pk_ru_draft")),
    )
    op.create_table(
        "ru_element_instance",
        sa.Column("key", types.KEY, autoincrement=False, nullable=False),
        sa.Column("root_key", types.KEY, nullable=False),
        sa.Column("process_instance_key", types.KEY, nullable=False),
        sa.Column("definition_key", types.KEY, nullable=False),
        sa.Column("element_id", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("scope_key", types.KEY, nullable=True),
        sa.Column("state", sa.Text(), nullable=False, comment="ACTIVE, COMPLETED, TERMINATED"),
        sa.Column("loop_counter", sa.Integer(), nullable=True),
        sa.Column("started_at", types.Moment(), nullable=False),
        sa.Column("ended_at", types.Moment(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_ru_element_instance")),
    )
    op.create_index(
        op.f("ix_ru_element_instance_process_instance_key"),
        "ru_element_instance",
        ["process_instance_key"],
        unique=False,
    )
    op.create_index(op.f("ix_ru_element_instance_root_key"), "ru_element_instance", ["root_key"], unique=False)
    op.create_table(
        "ru_expert_draw",
        sa.Column("key", types.KEY, autoincrement=False, nullable=False),
        sa.Column("root_key", types.KEY, nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("alternates_wanted", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False, comment="COMMITTED, DRAWN"),
        sa.Column("pool", types.JsonText(), nullable=False, comment="who could be drawn: id, name, employer"),
        sa.Column("excluded", types.JsonText(), nullable=False, comment="who could not, and why"),
        sa.Column("seed_digest", sa.Text(), nullable=False),
        sa.Column("seed", sa.Text(), nullable=True, comment="secret until the draw; then in history too"),
        sa.Column("witness", sa.Text(), nullable=True),
        sa.Column("drawn", types.JsonText(), nullable=True),
        sa.Column("alternates", types.JsonText(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True, comment="why a second draw was made"),
        sa.Column("committed_at", types.Moment(), nullable=False),
        sa.Column("committed_by", sa.Text(), nullable=False),
        sa.Column("drawn_at", types.Moment(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_ru_expert_draw")),
    )
    op.create_index(op.f("ix_ru_expert_draw_root_key"), "ru_expert_draw", ["root_key"], unique=False)
    op.create_table(
        "ru_export",
        sa.Column("key", types.KEY, autoincrement=False, nullable=False),
        sa.Column("register_id", sa.Text(), nullable=False),
        sa.Column("request", types.JsonText(), nullable=False, comment="sort and filters, as for the list"),
        sa.Column("actor_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False, comment="PENDING, RUNNING, DONE, FAILED, CANCELED"),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Text(), nullable=True),
        sa.Column("message", sa.Text(), nullable=True, comment="why it failed"),
        sa.Column("ordered_at", types.Moment(), nullable=False),
        sa.Column(
            "lease_until",
            types.Moment(),
            nullable=True,
            comment="whoever works on it says so again and again; then another may",
        ),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("ended_at", types.Moment(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_ru_export")),
    )
    op.create_index(op.f("ix_ru_export_actor_id"), "ru_export", ["actor_id"], unique=False)
    op.create_index(
        "ix_ru_export_open",
        "ru_export",
        ["key"],
        unique=False,
        sqlite_where=sa.text("state IN ('PENDING', 'RUNNING')"),
        postgresql_where=sa.text("state IN ('PENDING', 'RUNNING')"),
    )
    op.create_table(
        "ru_handover",
        sa.Column("task_key", types.KEY, autoincrement=False, nullable=False),
        sa.Column(
            "number", sa.Integer(), autoincrement=False, nullable=False, comment="of the task's handovers, from 1"
        ),
        sa.Column("root_key", types.KEY, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False, comment="TRANSFER, DELEGATE"),
        sa.Column("from_id", sa.Text(), nullable=False),
        sa.Column("to_id", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False, comment="OPEN: a delegation that has not come back; DONE"),
        sa.Column("variables", types.JsonText(), nullable=True, comment="what the delegate filled in"),
        sa.Column("opinion", sa.Text(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("at", types.Moment(), nullable=False),
        sa.Column("ended_at", types.Moment(), nullable=True),
        sa.PrimaryKeyConstraint("task_key", "number", name=op.f("pk_ru_handover")),
    )
    op.create_index(op.f("ix_ru_handover_from_id"), "ru_handover", ["from_id"], unique=False)
    op.create_index(op.f("ix_ru_handover_root_key"), "ru_handover", ["root_key"], unique=False)
    op.create_table(
        "ru_held_completion",
        sa.Column("task_key", types.KEY, autoincrement=False, nullable=False),
        sa.Column("root_key", types.KEY, nullable=False),
        sa.Column("actor_id", sa.Text(), nullable=False),
        sa.Column("on_behalf_of", sa.Text(), nullable=True),
        sa.Column("variables", types.JsonText(), nullable=False),
        sa.Column("opinion", sa.Text(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("at", types.Moment(), nullable=False),
        sa.PrimaryKeyConstraint("task_key", name=op.f("pk_ru_held_completion")),
    )
    op.create_index(op.f("ix_ru_held_completion_root_key"), "ru_held_completion", ["root_key"], unique=False)
    op.create_table(
        "ru_incident",
        sa.Column("key", types.KEY, autoincrement=False, nullable=False),
        sa.Column("root_key", types.KEY, nullable=False),
        sa.Column("process_instance_key", types.KEY, nullable=False),
        sa.Column("element_instance_key", types.KEY, nullable=False),
        sa.Column("element_id", sa.Text(), nullable=False),
        sa.Column("error_type", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("job_key", types.KEY, nullable=True, comment="the job that failed, where it was one"),
        sa.Column("state", sa.Text(), nullable=False, comment="ACTIVE, RESOLVED"),
        sa.Column("created_at", types.Moment(), nullable=False),
        sa.Column("resolved_at", types.Moment(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_ru_incident")),
    )
    op.create_index(op.f("ix_ru_incident_root_key"), "ru_incident", ["root_key"], unique=False)
    op.create_index("ix_ru_incident_state", "ru_incident", ["state", "created_at", "key"], unique=False)
    op.create_table(
        "ru_intervention",
        sa.Column("key", types.KEY, autoincrement=False, nullable=False),
        sa.Column("root_key", types.KEY, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False, comment="JUMP 跳转, TERMINATE 终止"),
        sa.Column("element_id", sa.Text(), nullable=True, comment="where a jump goes"),
        sa.Column("terminate", types.JsonText(), nullable=False, comment="element instances a jump cuts short"),
        sa.Column("owner_groups", types.JsonText(), nullable=False, comment="who may decide"),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("requested_by", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False, comment="REQUESTED, APPROVED, REFUSED"),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("at", types.Moment(), nullable=False),
        sa.Column("decided_at", types.Moment(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_ru_intervention")),
    )
    op.create_index(op.f("ix_ru_intervention_root_key"), "ru_intervention", ["root_key"], unique=False)
    op.create_index("ix_ru_intervention_state", "ru_intervention", ["state", "key"], unique=False)
    op.create_table(
        "ru_issued_paper",
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("root_key", types.KEY, nullable=False),
        sa.Column("process_instance_key", types.KEY, nullable=False),
        sa.Column("job_key", types.KEY, nullable=False, comment="a job issues one paper, however often it is tried"),
        sa.Column("element_id", sa.Text(), nullable=False),
        sa.Column("variable", sa.Text(), nullable=False, comment="the variable that holds it"),
        sa.Column("paper_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, comment="of the template"),
        sa.Column("template_digest", sa.Text(), nullable=False, comment="SM3 of the template"),
        sa.Column(
            "data_digest", sa.Text(), nullable=False, comment="SM3 of what it was filled in with, as canonical JSON"
        ),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False, comment="of the file"),
        sa.Column("digest", sa.Text(), nullable=False, comment="SM3 of the file"),
        sa.Column("size", types.KEY, nullable=False),
        sa.Column("content_type", sa.Text(), nullable=False),
        sa.Column(
            "pdf",
            types.JsonText(),
            nullable=True,
            comment="documentId, name, digest, size of the PDF made of it; none where none was made",
        ),
        sa.Column("note", sa.Text(), nullable=True, comment="why there is no PDF"),
        sa.Column("at", types.Moment(), nullable=False),
        sa.PrimaryKeyConstraint("document_id", name=op.f("pk_ru_issued_paper")),
        sa.UniqueConstraint("job_key", name=op.f("uq_ru_issued_paper_job_key")),
    )
    op.create_index("ix_ru_issued_paper_paper", "ru_issued_paper", ["paper_id", "at"], unique=False)
    op.create_index("ix_ru_issued_paper_root", "ru_issued_paper", ["root_key", "at"], unique=False)
    op.create_table(
        "ru_job",
        sa.Column("key", types.KEY, autoincrement=False, nullable=False),
        sa.Column("root_key", types.KEY, nullable=False),
        sa.Column("process_instance_key", types.KEY, nullable=False),
        sa.Column("element_instance_key", types.KEY, nullable=False),
        sa.Column("element_id", sa.Text(), nullable=False),
        sa.Column(
            "kind",
            sa.Text(),
            nullable=False,
            comment="timer, or Camunda 8's job kinds: BPMN_ELEMENT, EXECUTION_LISTENER…",
        ),
        sa.Column("type", sa.Text(), nullable=False, comment="the job type workers ask for; 'timer' for timers"),
        sa.Column("status", sa.Text(), nullable=False, comment="ready, leased, waiting, failed, done, cancelled"),
        sa.Column(
            "due_at",
            types.Moment(),
            nullable=True,
            comment="when it may run; none while a clock it follows stands still",
        ),
        sa.Column("follows_clock", sa.Text(), nullable=True),
        sa.Column("retries", sa.Integer(), nullable=False),
        sa.Column("headers", types.JsonText(), nullable=False),
        sa.Column("lock_owner", sa.Text(), nullable=True),
        sa.Column("lock_until", types.Moment(), nullable=True),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("error_code", sa.Text(), nullable=True, comment="of the BPMN error a worker threw"),
        sa.Column("listener_event", sa.Text(), nullable=True, comment="of a listener's job: start, end…"),
        sa.Column("created_at", types.Moment(), nullable=False),
        sa.Column("ended_at", types.Moment(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_ru_job")),
    )
    op.create_index(
        "ix_ru_job_ready",
        "ru_job",
        ["due_at", "key"],
        unique=False,
        sqlite_where=sa.text("status = 'ready'"),
        postgresql_where=sa.text("status = 'ready'"),
    )
    op.create_index(op.f("ix_ru_job_root_key"), "ru_job", ["root_key"], unique=False)
    op.create_index("ix_ru_job_type", "ru_job", ["type", "status", "due_at", "key"], unique=False)
    op.create_table(
        "ru_message",
        sa.Column("key", types.KEY, autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("correlation_key", sa.Text(), nullable=False),
        sa.Column(
            "message_id",
            sa.Text(),
            nullable=True,
            comment="the publisher's own id: a second one with the same is refused while it lives",
        ),
        sa.Column("variables", types.JsonText(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False, comment="NEW not looked at yet, WAITING in the buffer, DONE"),
        sa.Column("published_at", types.Moment(), nullable=False),
        sa.Column("expires_at", types.Moment(), nullable=False),
        sa.Column("actor_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_ru_message")),
    )
    op.create_index("ix_ru_message_name", "ru_message", ["name", "correlation_key", "state"], unique=False)
    op.create_index("ix_ru_message_state", "ru_message", ["state", "key"], unique=False)
    op.create_table(
        "ru_message_correlation",
        sa.Column("message_key", types.KEY, autoincrement=False, nullable=False),
        sa.Column("process_id", sa.Text(), nullable=False, comment="a message reaches each process once"),
        sa.Column("root_key", types.KEY, nullable=False),
        sa.PrimaryKeyConstraint("message_key", "process_id", name=op.f("pk_ru_message_correlation")),
    )
    op.create_table(
        "ru_message_start",
        sa.Column("process_id", sa.Text(), nullable=False),
        sa.Column("correlation_key", sa.Text(), nullable=False),
        sa.Column("root_key", types.KEY, nullable=False, comment="the case that a message with this key started last"),
        sa.PrimaryKeyConstraint("process_id", "correlation_key", name=op.f("pk_ru_message_start")),
    )
    op.create_table(
        "ru_message_subscription",
        sa.Column("key", types.KEY, autoincrement=False, nullable=False),
        sa.Column("root_key", types.KEY, nullable=False),
        sa.Column("process_instance_key", types.KEY, nullable=False),
        sa.Column("element_instance_key", types.KEY, nullable=False),
        sa.Column("element_id", sa.Text(), nullable=False),
        sa.Column("message_name", sa.Text(), nullable=False),
        sa.Column("correlation_key", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False, comment="OPEN, CLOSED"),
        sa.Column("opened_at", types.Moment(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_ru_message_subscription")),
    )
    op.create_index(
        "ix_ru_message_subscription_name",
        "ru_message_subscription",
        ["message_name", "correlation_key", "state"],
        unique=False,
    )
    op.create_index(op.f("ix_ru_message_subscription_root_key"), "ru_message_subscription", ["root_key"], unique=False)
    op.create_table(
        "ru_number",
        sa.Column("series", sa.Text(), nullable=False),
        sa.Column("period", types.KEY, autoincrement=False, nullable=False),
        sa.Column("number", types.KEY, autoincrement=False, nullable=False),
        sa.Column("root_key", types.KEY, nullable=False),
        sa.Column("process_instance_key", types.KEY, nullable=False),
        sa.Column("element_instance_key", types.KEY, nullable=False),
        sa.Column("element_id", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False, comment="as written on the paper"),
        sa.Column("title", sa.Text(), nullable=True, comment="of the paper"),
        sa.Column("reserved", sa.Boolean(), nullable=False, comment="whether it had been reserved"),
        sa.Column("state", sa.Text(), nullable=False, comment="ISSUED, VOID"),
        sa.Column("actor_id", sa.Text(), nullable=False),
        sa.Column("issued_at", types.Moment(), nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=True, comment="who voided it, or restored it"),
        sa.Column("changed_at", types.Moment(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("series", "period", "number", name=op.f("pk_ru_number")),
    )
    op.create_index(op.f("ix_ru_number_element_instance_key"), "ru_number", ["element_instance_key"], unique=False)
    op.create_index(op.f("ix_ru_number_root_key"), "ru_number", ["root_key"], unique=False)
    op.create_index(op.f("ix_ru_number_text"), "ru_number", ["text"], unique=False)
    op.create_table(
        "ru_number_reservation",
        sa.Column("series", sa.Text(), nullable=False),
        sa.Column("period", types.KEY, autoincrement=False, nullable=False),
        sa.Column("number", types.KEY, autoincrement=False, nullable=False),
        sa.Column("root_key", types.KEY, nullable=False, comment="0: the bureau's log"),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False, comment="RESERVED (taken once ru_number has it), VOID"),
        sa.Column("actor_id", sa.Text(), nullable=False),
        sa.Column("reserved_at", types.Moment(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False, comment="what for"),
        sa.Column("changed_by", sa.Text(), nullable=True),
        sa.Column("changed_at", types.Moment(), nullable=True),
        sa.Column("change_reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("series", "period", "number", name=op.f("pk_ru_number_reservation")),
    )
    op.create_index(op.f("ix_ru_number_reservation_root_key"), "ru_number_reservation", ["root_key"], unique=False)
    op.create_index(op.f("ix_ru_number_reservation_text"), "ru_number_reservation", ["text"], unique=False)
    op.create_table(
        "ru_process_instance",
        sa.Column("key", types.KEY, autoincrement=False, nullable=False),
        sa.Column("root_key", types.KEY, nullable=False),
        sa.Column("parent_key", types.KEY, nullable=True, comment="the calling process instance"),
        sa.Column("parent_element_instance_key", types.KEY, nullable=True),
        sa.Column("definition_key", types.KEY, nullable=False),
        sa.Column("process_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("business_key", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False, comment="ACTIVE, COMPLETED, TERMINATED"),
        sa.Column("suspended", sa.Boolean(), nullable=False),
        sa.Column("suspended_at", types.Moment(), nullable=True),
        sa.Column("initiator_id", sa.Text(), nullable=False),
        sa.Column("department", sa.Text(), nullable=True, comment="the initiator's department"),
        sa.Column("tags", types.JsonText(), nullable=True, comment="words the starter gave it; none without"),
        sa.Column("started_at", types.Moment(), nullable=False),
        sa.Column("ended_at", types.Moment(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_ru_process_instance")),
    )
    op.create_index(op.f("ix_ru_process_instance_business_key"), "ru_process_instance", ["business_key"], unique=False)
    op.create_index(
        "ix_ru_process_instance_initiator", "ru_process_instance", ["initiator_id", "started_at", "key"], unique=False
    )
    op.create_index(
        "ix_ru_process_instance_process", "ru_process_instance", ["process_id", "state", "key"], unique=False
    )
    op.create_index(op.f("ix_ru_process_instance_root_key"), "ru_process_instance", ["root_key"], unique=False)
    op.create_index("ix_ru_process_instance_state", "ru_process_instance", ["state", "started_at", "key"], unique=False)
    op.create_table(
        "ru_recorded_signature",
        sa.Column("task_key", types.KEY, autoincrement=False, nullable=False),
        sa.Column("root_key", types.KEY, nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False, comment="who signed or agreed"),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("evidence_kind", sa.Text(), nullable=False, comment="PAPER, TELEPHONE, OTHER"),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("document_id", sa.Text(), nullable=True, comment="the scan"),
        sa.Column("state", sa.Text(), nullable=False, comment="UNCONFIRMED, CONFIRMED, DISPUTED"),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("at", types.Moment(), nullable=False),
        sa.Column("answered_at", types.Moment(), nullable=True),
        sa.PrimaryKeyConstraint("task_key", name=op.f("pk_ru_recorded_signature")),
    )
    op.create_index(op.f("ix_ru_recorded_signature_person_id"), "ru_recorded_signature", ["person_id"], unique=False)
    op.create_index(op.f("ix_ru_recorded_signature_root_key"), "ru_recorded_signature", ["root_key"], unique=False)
    op.create_table(
        "ru_register_cell",
        sa.Column("register_id", sa.Text(), nullable=False),
        sa.Column("root_key", types.KEY, autoincrement=False, nullable=False),
        sa.Column("item", sa.Integer(), autoincrement=False, nullable=False, comment="the row within the case, from 1"),
        sa.Column("column", sa.Text(), nullable=False, comment="of the register; * holds all texts, to be searched"),
        sa.Column("sort_text", sa.Text(), nullable=False, comment="orders as the value does"),
        sa.PrimaryKeyConstraint("register_id", "root_key", "item", "column", name=op.f("pk_ru_register_cell")),
        comment="what lists of a register are sorted and filtered by; what they show is worked out from the cases",
    )
    op.create_index("ix_ru_register_cell_case", "ru_register_cell", ["root_key"], unique=False)
    op.create_index(
        "ix_ru_register_cell_sort",
        "ru_register_cell",
        ["register_id", "column", "sort_text", "root_key", "item"],
        unique=False,
    )
    op.create_table(
        "ru_register_due",
        sa.Column("root_key", types.KEY, autoincrement=False, nullable=False),
        sa.Column("noted_at", types.Moment(), nullable=False),
        sa.PrimaryKeyConstraint("root_key", name=op.f("pk_ru_register_due")),
        comment="cases whose rows in registers are to be worked out anew",
    )
    op.create_index(op.f("ix_ru_register_due_noted_at"), "ru_register_due", ["noted_at"], unique=False)
    op.create_table(
        "ru_rework",
        sa.Column(
            "task_key", types.KEY, autoincrement=False, nullable=False, comment="the user task that opened again"
        ),
        sa.Column("root_key", types.KEY, nullable=False),
        sa.Column("returned_from", types.KEY, nullable=False),
        sa.Column("returned_by", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("back_to", types.JsonText(), nullable=True, comment="where 直达 goes; none without"),
        sa.Column("at", types.Moment(), nullable=False),
        sa.PrimaryKeyConstraint("task_key", name=op.f("pk_ru_rework")),
    )
    op.create_index(op.f("ix_ru_rework_root_key"), "ru_rework", ["root_key"], unique=False)
    op.create_table(
        "ru_seal_handover",
        sa.Column("key", types.KEY, autoincrement=False, nullable=False),
        sa.Column("root_key", types.KEY, nullable=False, comment="0: the bureau's log"),
        sa.Column("seal", sa.Text(), nullable=False),
        sa.Column("from_id", sa.Text(), nullable=False, comment="交接人"),
        sa.Column("to_id", sa.Text(), nullable=False, comment="保管人"),
        sa.Column("handed_at", types.Moment(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False, comment="PROPOSED, CONFIRMED, WITHDRAWN"),
        sa.Column("at", types.Moment(), nullable=False),
        sa.Column("confirmed_at", types.Moment(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_ru_seal_handover")),
    )
    op.create_index(op.f("ix_ru_seal_handover_root_key"), "ru_seal_handover", ["root_key"], unique=False)
    op.create_index(op.f("ix_ru_seal_handover_seal"), "ru_seal_handover", ["seal"], unique=False)
    op.create_table(
        "ru_seal_loan",
        sa.Column(
            "key", types.KEY, autoincrement=False, nullable=False, comment="of the element instance that handed it out"
        ),
        sa.Column("root_key", types.KEY, nullable=False),
        sa.Column("process_instance_key", types.KEY, nullable=False),
        sa.Column("seal", sa.Text(), nullable=False),
        sa.Column("matter", sa.Text(), nullable=True),
        sa.Column("taken_by", sa.Text(), nullable=True),
        sa.Column("handed_out_by", sa.Text(), nullable=False),
        sa.Column("taken_at", types.Moment(), nullable=False),
        sa.Column("due_at", types.Moment(), nullable=False),
        sa.Column(
            "watch_at",
            types.Moment(),
            nullable=True,
            comment="when to tell that it is not back; none once told or back",
        ),
        sa.Column("alarmed_at", types.Moment(), nullable=True),
        sa.Column("returned_at", types.Moment(), nullable=True),
        sa.Column("received_by", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_ru_seal_loan")),
    )
    op.create_index(op.f("ix_ru_seal_loan_root_key"), "ru_seal_loan", ["root_key"], unique=False)
    op.create_index(op.f("ix_ru_seal_loan_seal"), "ru_seal_loan", ["seal"], unique=False)
    op.create_index(op.f("ix_ru_seal_loan_watch_at"), "ru_seal_loan", ["watch_at"], unique=False)
    op.create_table(
        "ru_seal_use",
        sa.Column("key", types.KEY, autoincrement=False, nullable=False, comment="of the element instance"),
        sa.Column("root_key", types.KEY, nullable=False),
        sa.Column("process_instance_key", types.KEY, nullable=False),
        sa.Column("element_id", sa.Text(), nullable=False),
        sa.Column("seal", sa.Text(), nullable=False, comment="id"),
        sa.Column("matter", sa.Text(), nullable=True),
        sa.Column("document_title", sa.Text(), nullable=True),
        sa.Column("document_number", sa.Text(), nullable=True),
        sa.Column("copies", types.KEY, nullable=True),
        sa.Column("asked_by", sa.Text(), nullable=True, comment="经办人"),
        sa.Column("number", sa.Text(), nullable=True, comment="in the register"),
        sa.Column("actor_id", sa.Text(), nullable=False, comment="经手人"),
        sa.Column("used_at", types.Moment(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_ru_seal_use")),
    )
    op.create_index(op.f("ix_ru_seal_use_root_key"), "ru_seal_use", ["root_key"], unique=False)
    op.create_index("ix_ru_seal_use_seal", "ru_seal_use", ["seal", "used_at", "key"], unique=False)
    op.create_table(
        "ru_service",
        sa.Column("key", types.KEY, autoincrement=False, nullable=False, comment="of the element instance"),
        sa.Column("root_key", types.KEY, nullable=False),
        sa.Column("process_instance_key", types.KEY, nullable=False),
        sa.Column("element_id", sa.Text(), nullable=False),
        sa.Column(
            "paper", types.JsonText(), nullable=False, comment="name, and what the rendered paper says of itself"
        ),
        sa.Column("number", sa.Text(), nullable=True, comment="of the paper"),
        sa.Column("recipient", sa.Text(), nullable=True, comment="受送达人"),
        sa.Column("way", sa.Text(), nullable=False, comment="直接, 留置, 邮寄, 委托, 公告, 电子"),
        sa.Column("served_on", sa.Text(), nullable=False, comment="legal day (ISO 8601)"),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("received_by", sa.Text(), nullable=True),
        sa.Column("refused", sa.Boolean(), nullable=False),
        sa.Column("substitute_reason", sa.Text(), nullable=True, comment="代收理由"),
        sa.Column("evidence", types.JsonText(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("actor_id", sa.Text(), nullable=False),
        sa.Column("recorded_at", types.Moment(), nullable=False),
        sa.Column("corrected_by", sa.Text(), nullable=True),
        sa.Column("corrected_at", types.Moment(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_ru_service")),
    )
    op.create_index("ix_ru_service_recorded", "ru_service", ["recorded_at", "key"], unique=False)
    op.create_index(op.f("ix_ru_service_root_key"), "ru_service", ["root_key"], unique=False)
    op.create_table(
        "ru_signal_delivery",
        sa.Column("signal_key", types.KEY, autoincrement=False, nullable=False),
        sa.Column(
            "target_key", types.KEY, autoincrement=False, nullable=False, comment="subscription, or definition to start"
        ),
        sa.Column("element_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False, comment="subscription or start"),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("variables", types.JsonText(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False, comment="NEW, DONE"),
        sa.PrimaryKeyConstraint("signal_key", "target_key", name=op.f("pk_ru_signal_delivery")),
    )
    op.create_index("ix_ru_signal_delivery_state", "ru_signal_delivery", ["state", "signal_key"], unique=False)
    op.create_table(
        "ru_signal_subscription",
        sa.Column("key", types.KEY, autoincrement=False, nullable=False),
        sa.Column("root_key", types.KEY, nullable=False),
        sa.Column("process_instance_key", types.KEY, nullable=False),
        sa.Column("element_instance_key", types.KEY, nullable=False),
        sa.Column("element_id", sa.Text(), nullable=False),
        sa.Column("signal_name", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False, comment="OPEN, CLOSED"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_ru_signal_subscription")),
    )
    op.create_index("ix_ru_signal_subscription_name", "ru_signal_subscription", ["signal_name", "state"], unique=False)
    op.create_index(op.f("ix_ru_signal_subscription_root_key"), "ru_signal_subscription", ["root_key"], unique=False)
    op.create_table(
        "ru_signer",
        sa.Column("key", types.KEY, autoincrement=False, nullable=False, comment="of the signer's own user task too"),
        sa.Column("root_key", types.KEY, nullable=False),
        sa.Column("task_key", types.KEY, nullable=False, comment="the user task that is signed"),
        sa.Column("kind", sa.Text(), nullable=False, comment="BEFORE, AFTER, PARALLEL, ASSIST"),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("requested_by", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Text(),
            nullable=False,
            comment="WAITING (after-signers till the task is done), OPEN, DONE, CANCELED",
        ),
        sa.Column("opinion", sa.Text(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("at", types.Moment(), nullable=False),
        sa.Column("ended_at", types.Moment(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_ru_signer")),
    )
    op.create_index(op.f("ix_ru_signer_root_key"), "ru_signer", ["root_key"], unique=False)
    op.create_index(op.f("ix_ru_signer_task_key"), "ru_signer", ["task_key"], unique=False)
    op.create_table(
        "ru_start_event",
        sa.Column("definition_key", types.KEY, autoincrement=False, nullable=False),
        sa.Column("element_id", sa.Text(), nullable=False),
        sa.Column("process_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False, comment="message, signal or timer"),
        sa.Column("name", sa.Text(), nullable=True, comment="of the message or signal"),
        sa.Column("due_at", types.Moment(), nullable=True, comment="of a timer: when it starts a case next"),
        sa.Column(
            "repetitions", sa.Integer(), nullable=True, comment="of a timer: how often it still does; -1 for ever"
        ),
        sa.Column("every", sa.Text(), nullable=True, comment="of a timer: the interval, ISO 8601"),
        sa.PrimaryKeyConstraint("definition_key", "element_id", name=op.f("pk_ru_start_event")),
    )
    op.create_index("ix_ru_start_event_due", "ru_start_event", ["due_at"], unique=False)
    op.create_index("ix_ru_start_event_name", "ru_start_event", ["kind", "name"], unique=False)
    op.create_index(op.f("ix_ru_start_event_process_id"), "ru_start_event", ["process_id"], unique=False)
    op.create_table(
        "ru_state_part",
        sa.Column("root_key", types.KEY, autoincrement=False, nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("root_key", "part", name=op.f("pk_ru_state_part")),
    )
    op.create_table(
        "ru_text_version",
        sa.Column("process_instance_key", types.KEY, autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False, comment="正文, 附件…"),
        sa.Column("version", types.KEY, autoincrement=False, nullable=False, comment="from 1"),
        sa.Column("root_key", types.KEY, nullable=False),
        sa.Column("digest", sa.Text(), nullable=False, comment="SM3 of content and document"),
        sa.Column("content", types.JsonText(), nullable=False, comment="paragraphs"),
        sa.Column(
            "document", types.JsonText(), nullable=True, comment="the .docx it came as: documentId, name, digest"
        ),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("restored_from", types.KEY, nullable=True),
        sa.Column("user_task_key", types.KEY, nullable=True, comment="the task in which it was written"),
        sa.Column("variable", sa.Text(), nullable=True, comment="of the case, that holds the newest version"),
        sa.Column("actor_id", sa.Text(), nullable=False),
        sa.Column("saved_at", types.Moment(), nullable=False),
        sa.Column("frozen_by_key", types.KEY, nullable=True, comment="the element instance that signed it"),
        sa.Column("frozen_by", sa.Text(), nullable=True),
        sa.Column("frozen_at", types.Moment(), nullable=True),
        sa.PrimaryKeyConstraint("process_instance_key", "name", "version", name=op.f("pk_ru_text_version")),
    )
    op.create_index(op.f("ix_ru_text_version_root_key"), "ru_text_version", ["root_key"], unique=False)
    op.create_table(
        "ru_urge",
        sa.Column("task_key", types.KEY, autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False, comment="of the task's urgings, from 1"),
        sa.Column("root_key", types.KEY, nullable=False),
        sa.Column("day", sa.Text(), nullable=False, comment="legal day (ISO 8601)"),
        sa.Column("actor_id", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("at", types.Moment(), nullable=False),
        sa.PrimaryKeyConstraint("task_key", "number", name=op.f("pk_ru_urge")),
    )
    op.create_index(op.f("ix_ru_urge_root_key"), "ru_urge", ["root_key"], unique=False)
    op.create_table(
        "ru_user_task",
        sa.Column("key", types.KEY, autoincrement=False, nullable=False),
        sa.Column("root_key", types.KEY, nullable=False),
        sa.Column("process_instance_key", types.KEY, nullable=False),
        sa.Column("definition_key", types.KEY, nullable=False),
        sa.Column("element_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False, comment="CREATED, COMPLETED, CANCELED"),
        sa.Column("assignee_id", sa.Text(), nullable=True),
        sa.Column("candidate_groups", types.JsonText(), nullable=False),
        sa.Column("candidate_users", types.JsonText(), nullable=False),
        sa.Column("form_key", types.KEY, nullable=True),
        sa.Column(
            "external_form", sa.Text(), nullable=True, comment="what the diagram names instead of a deployed form"
        ),
        sa.Column("headers", types.JsonText(), nullable=True),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("due_at", types.Moment(), nullable=True),
        sa.Column("follow_up_at", types.Moment(), nullable=True),
        sa.Column("clock", sa.Text(), nullable=True, comment="id of the clock whose due date it shows"),
        sa.Column(
            "nature",
            sa.Text(),
            nullable=True,
            comment="what the element is about where that restricts actions: 处罚, 人事, 资金, 不予",
        ),
        sa.Column("created_at", types.Moment(), nullable=False),
        sa.Column("ended_at", types.Moment(), nullable=True),
        sa.Column("completed_by", sa.Text(), nullable=True),
        sa.Column("on_behalf_of", sa.Text(), nullable=True),
        sa.Column("opinion", sa.Text(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column(
            "bound_to", types.KEY, nullable=True, comment="the user task a further signer or a rework belongs to"
        ),
        sa.Column(
            "binding",
            sa.Text(),
            nullable=True,
            comment="BEFORE, AFTER, PARALLEL, ASSIST, REWORK; none for a user task of the diagram",
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_ru_user_task")),
    )
    op.create_index(
        "ix_ru_user_task_assignee",
        "ru_user_task",
        ["assignee_id", "due_at", "key"],
        unique=False,
        sqlite_where=sa.text("state = 'CREATED'"),
        postgresql_where=sa.text("state = 'CREATED'"),
    )
    op.create_index(op.f("ix_ru_user_task_bound_to"), "ru_user_task", ["bound_to"], unique=False)
    op.create_index("ix_ru_user_task_completed_by", "ru_user_task", ["completed_by", "ended_at", "key"], unique=False)
    op.create_index(
        op.f("ix_ru_user_task_process_instance_key"), "ru_user_task", ["process_instance_key"], unique=False
    )
    op.create_index(op.f("ix_ru_user_task_root_key"), "ru_user_task", ["root_key"], unique=False)
    op.create_index("ix_ru_user_task_state", "ru_user_task", ["state", "key"], unique=False)
    op.create_table(
        "ru_user_task_candidate",
        sa.Column(
            "principal", sa.Text(), nullable=False, comment="user:<id> or group:<name>; open unassigned user tasks only"
        ),
        sa.Column("user_task_key", types.KEY, autoincrement=False, nullable=False),
        sa.Column("root_key", types.KEY, nullable=False),
        sa.PrimaryKeyConstraint("principal", "user_task_key", name=op.f("pk_ru_user_task_candidate")),
    )
    op.create_index(op.f("ix_ru_user_task_candidate_root_key"), "ru_user_task_candidate", ["root_key"], unique=False)
    op.create_index(
        op.f("ix_ru_user_task_candidate_user_task_key"), "ru_user_task_candidate", ["user_task_key"], unique=False
    )
    op.create_table(
        "ru_variable",
        sa.Column("scope_key", types.KEY, autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("root_key", types.KEY, nullable=False),
        sa.Column("value", types.JsonText(), nullable=True),
        sa.Column("key", types.KEY, nullable=False, comment="made of scope and name, for those who want one number"),
        sa.PrimaryKeyConstraint("scope_key", "name", name=op.f("pk_ru_variable")),
    )
    op.create_index(op.f("ix_ru_variable_key"), "ru_variable", ["key"], unique=False)
    op.create_index(op.f("ix_ru_variable_root_key"), "ru_variable", ["root_key"], unique=False)

    if op.get_bind().dialect.name == "postgresql":
        op.execute("CREATE SEQUENCE ge_key")
        op.execute(_POSTGRESQL_FUNCTION)
        op.execute(
            "CREATE TRIGGER hi_event_append_only BEFORE UPDATE OR DELETE ON hi_event "
            "FOR EACH ROW EXECUTE FUNCTION hi_event_append_only()"
        )
    else:
        op.execute(_SQLITE_DELETE)
        op.execute(_SQLITE_UPDATE)


_KEPT = ("root_key", "seq", "command_seq", "at", "type", "version", "actor_id", "digest", "hash")
"""What no one may change, ever; content and its salt may only be taken away together."""

_SQLITE_DELETE = """
CREATE TRIGGER hi_event_no_delete BEFORE DELETE ON hi_event
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END
"""

_SQLITE_UPDATE = f"""
CREATE TRIGGER hi_event_no_update BEFORE UPDATE ON hi_event
WHEN NEW.payload IS NOT NULL OR NEW.salt IS NOT NULL OR NEW.on_behalf_of IS NOT OLD.on_behalf_of
  OR {" OR ".join(f"NEW.{name} <> OLD.{name}" for name in _KEPT)}
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END
"""

_POSTGRESQL_FUNCTION = f"""
CREATE FUNCTION hi_event_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR NEW.payload IS NOT NULL OR NEW.salt IS NOT NULL
     OR NEW.on_behalf_of IS DISTINCT FROM OLD.on_behalf_of
     OR {" OR ".join(f"NEW.{name} <> OLD.{name}" for name in _KEPT)} THEN
    RAISE EXCEPTION 'history is append-only';
  END IF;
  RETURN NEW;
END $$
"""
