"""Lists that stand in the program, searched like those in the database: roles and the one tenant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Text, literal, select, union_all
from sqlalchemy.sql.selectable import Subquery

from engine.queries.search import Field, Kind, Resource
from engine.queries.search.scopes import TENANT, everybody
from webapi.v2.roles import ROLES

TENANT_VALUES = {"tenant_id": TENANT, "name": "Default", "description": None}


def _rows(rows: Sequence[Mapping[str, str | None]]) -> Subquery:
    selects = [select(*(literal(value, Text()).label(name) for name, value in row.items())) for row in rows]
    return union_all(*selects).subquery()


def _resource(name: str, id_: str, rows: Sequence[Mapping[str, str | None]]) -> Resource:
    source = _rows(rows)
    columns = {column: source.c[column] for column in (id_, "name", "description")}
    fields = {column: Field(source.c[column], Kind.TEXT) for column in (id_, "name")}
    return Resource(name, source, columns, fields, (id_,), everybody)


ROLE_LIST = _resource(
    "roles",
    "role_id",
    [{"role_id": id_, "name": role.group, "description": role.description} for id_, role in ROLES.items()],
)
TENANT_LIST = _resource("tenants", "tenant_id", [TENANT_VALUES])
