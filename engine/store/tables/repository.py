"""What is deployed. Rows are written once and never changed; resources are kept by digest, each content once."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, LargeBinary, Table, Text, UniqueConstraint

from engine.store.tables.base import metadata
from engine.store.types import KEY, JsonText, Moment

deployment = Table(
    "re_deployment",
    metadata,
    Column("key", KEY, primary_key=True, autoincrement=False),
    Column("deployed_at", Moment, nullable=False),
    Column("actor_id", Text, nullable=False),
    Column("source", Text, nullable=False, comment="folder, api or command line"),
)

resource = Table(
    "re_resource",
    metadata,
    Column("digest", Text, primary_key=True, comment="SM3 of the content, hexadecimal"),
    Column("content", LargeBinary, nullable=False),
)

deployment_resource = Table(
    "re_deployment_resource",
    metadata,
    Column("deployment_key", KEY, primary_key=True, autoincrement=False),
    Column("name", Text, primary_key=True, comment="path below the content folders, with /"),
    Column("digest", Text, nullable=False),
    Column("kind", Text, nullable=False, comment="bpmn, dmn, form, paper, paper-description, original"),
    Index("ix_re_deployment_resource_digest", "digest"),
)

process_definition = Table(
    "re_process_definition",
    metadata,
    Column("key", KEY, primary_key=True, autoincrement=False),
    Column("process_id", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("version_tag", Text),
    Column("name", Text, nullable=False),
    Column("deployment_key", KEY, nullable=False, index=True),
    Column("resource_name", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("department", Text, comment="department id, from the diagram's property"),
    Column("family", Text),
    Column("badges", JsonText, nullable=False, comment="list of words such as 种子原文"),
    Column("startable", Boolean, nullable=False, comment="has a none start event and is not 停用"),
    Column("start_form_id", Text),
    Column("start_groups", JsonText, comment="roles that may start it, or a FEEL expression after =; none: everybody"),
    Column("restricted", Boolean, nullable=False, default=False, comment="seen by participants and named roles only"),
    Column("visibility_roles", JsonText, comment="roles that see all of its cases"),
    Column("hidden_fields", JsonText, comment="variables that not everybody who sees the case is shown"),
    Column("documentation", Text),
    UniqueConstraint("process_id", "version"),
)

decision_definition = Table(
    "re_decision_definition",
    metadata,
    Column("key", KEY, primary_key=True, autoincrement=False),
    Column("decision_id", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("version_tag", Text),
    Column("name", Text, nullable=False),
    Column("requirements_id", Text, nullable=False, comment="id of the DMN definitions it stands in"),
    Column("requirements_key", KEY, nullable=False, index=True),
    Column("deployment_key", KEY, nullable=False, index=True),
    Column("resource_name", Text, nullable=False),
    Column("digest", Text, nullable=False),
    UniqueConstraint("decision_id", "version"),
)

form = Table(
    "re_form",
    metadata,
    Column("key", KEY, primary_key=True, autoincrement=False),
    Column("form_id", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("version_tag", Text),
    Column("deployment_key", KEY, nullable=False, index=True),
    Column("resource_name", Text, nullable=False),
    Column("digest", Text, nullable=False),
    UniqueConstraint("form_id", "version"),
)

paper = Table(
    "re_paper",
    metadata,
    Column("key", KEY, primary_key=True, autoincrement=False),
    Column("paper_id", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("deployment_key", KEY, nullable=False, index=True),
    Column("resource_name", Text, nullable=False),
    Column("digest", Text, nullable=False, comment="of the template"),
    Column("description_digest", Text, nullable=False, comment="of the description beside it"),
    Column("title", Text, nullable=False),
    Column("department", Text, nullable=False),
    Column("format", Text, nullable=False, comment="letter, notice, minutes, form or decision"),
    UniqueConstraint("paper_id", "version"),
)

refusal = Table(
    "re_refusal",
    metadata,
    Column("name", Text, primary_key=True, comment="the file that was refused when last looked at"),
    Column("digest", Text, nullable=False),
    Column("refused_at", Moment, nullable=False),
    Column("problems", JsonText, nullable=False),
)
