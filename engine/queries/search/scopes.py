"""What a viewer may find."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Text, literal

from engine.queries.search.fields import Field, Kind
from engine.queries.search.resource import Scope
from engine.queries.sight import concerning
from engine.queries.viewer import Viewer

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
        return () if viewer.auditor or viewer.administrator else (root_key.in_(concerning(viewer)),)

    return scope


def content_of_cases(root_key: ColumnElement[Any]) -> Scope:
    """Let those find it who may see what is in the case: not those who merely administer (三员分立)."""

    def scope(viewer: Viewer) -> Sequence[ColumnElement[bool]]:
        return () if viewer.auditor else (root_key.in_(concerning(viewer)),)

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
