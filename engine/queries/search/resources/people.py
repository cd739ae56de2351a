"""Users and groups."""

from __future__ import annotations

from sqlalchemy import Text, literal

from engine.queries.search.fields import Field, Kind
from engine.queries.search.resource import Resource
from engine.queries.search.scopes import administered, everybody
from engine.store.tables.identity import group, membership, user

USERS = Resource(
    name="users",
    source=user,
    columns={"username": user.c.username, "name": user.c.name, "email": user.c.email, "id": user.c.id},
    fields={
        "username": Field(user.c.username, Kind.TEXT),
        "name": Field(user.c.name, Kind.TEXT),
        "email": Field(user.c.email, Kind.TEXT, nullable=True),
    },
    key=("username",),
    scope=administered(user.c.id),
)

GROUPS = Resource(
    name="groups",
    source=group,
    columns={"group_id": group.c.name, "name": group.c.label, "description": literal(None, Text())},
    fields={"group_id": Field(group.c.name, Kind.TEXT), "name": Field(group.c.label, Kind.TEXT)},
    key=("group_id",),
    scope=everybody,
)

MEMBERS = Resource(
    name="members",
    source=membership.join(user, user.c.id == membership.c.user_id),
    columns={"username": user.c.username},
    fields={"username": Field(user.c.username, Kind.TEXT), "group_id": Field(membership.c.group_name, Kind.TEXT)},
    key=("username",),
    scope=administered(user.c.id),
)
