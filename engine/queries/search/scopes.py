"""What a viewer may find."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Text, literal, not_, or_, select, type_coerce

from engine.queries.search.fields import Field, Kind
from engine.queries.search.resource import Scope
from engine.queries.sight import concerning
from engine.queries.viewer import Viewer
from engine.queries.visibility import restricted_cases
from engine.store.tables.repository import process_definition
from engine.store.tables.runtime import process_instance

WORKERS = "group:外部系统"
"""Those who work jobs (``engine.commands.jobs``): they find all jobs, and of cases only what concerns them."""

TENANT = "<default>"
"""The one tenant there is, in Camunda 8's name for it."""

tenant = literal(TENANT, Text())
TENANT_FIELD = Field(tenant, Kind.TEXT, sortable=True)


def everybody(viewer: Viewer) -> Sequence[ColumnElement[bool]]:
    """Let everybody who is signed in find everything."""
    return ()


def outline_of_cases(root_key: ColumnElement[Any]) -> Scope:
    """Let those find it who may know that the case exists and where it stands."""

    def scope(viewer: Viewer) -> Sequence[ColumnElement[bool]]:
        if viewer.auditor:
            return ()
        if not viewer.administrator:
            return (root_key.in_(concerning(viewer)),)
        return (or_(root_key.not_in(restricted_cases()), root_key.in_(concerning(viewer))),)

    return scope


def content_of_cases(root_key: ColumnElement[Any]) -> Scope:
    """Let those find it who may see what is in the case: not those who merely administer (三员分立)."""

    def scope(viewer: Viewer) -> Sequence[ColumnElement[bool]]:
        return () if viewer.auditor else (root_key.in_(concerning(viewer)),)

    return scope


def variables_of_cases(root_key: ColumnElement[Any], name: ColumnElement[Any]) -> Scope:
    """Let those find it who may see what is in the case; what is hidden from some is found by auditors only."""
    content = content_of_cases(root_key)
    hides = type_coerce(process_definition.c.hidden_fields, Text)
    hidden = (
        select(process_instance.c.key)
        .join(process_definition, process_definition.c.key == process_instance.c.definition_key)
        .where(
            process_instance.c.key == root_key,
            process_definition.c.hidden_fields.is_not(None),
            hides.contains(literal('"', Text()) + name + literal('"', Text())),
        )
        .correlate_except(process_instance, process_definition)
    )

    def scope(viewer: Viewer) -> Sequence[ColumnElement[bool]]:
        return content(viewer) if viewer.auditor else (*content(viewer), not_(hidden.exists()))

    return scope


def jobs_of_cases(root_key: ColumnElement[Any]) -> Scope:
    """Let workers find it too."""
    outline = outline_of_cases(root_key)

    def scope(viewer: Viewer) -> Sequence[ColumnElement[bool]]:
        return () if WORKERS in viewer.principals else outline(viewer)

    return scope


def administered(own: ColumnElement[Any]) -> Scope:
    """Let administrators and auditors find everything, everybody else what is theirs."""

    def scope(viewer: Viewer) -> Sequence[ColumnElement[bool]]:
        return () if viewer.auditor or viewer.administrator else (own == viewer.id,)

    return scope
