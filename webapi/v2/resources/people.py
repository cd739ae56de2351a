"""Users, groups, roles, the one tenant, and who asks."""

from __future__ import annotations

from typing import Any

from flask import request
from sqlalchemy import ColumnElement, Connection

from engine.commands.administration import require_administrator
from engine.identity.accounts import CreateUser
from engine.identity.passwords import check_policy, hash_password
from engine.queries.people import profile
from engine.queries.search.resources.people import GROUPS, MEMBERS, USERS
from engine.store.tables.identity import membership
from webapi.schemas.base import ApiSchema
from webapi.schemas.fields import Anything, Flag, Many, Part, Text
from webapi.security import actor
from webapi.services import execute, read
from webapi.v2.blueprints import protocol_blueprint
from webapi.v2.finding import get, get_from
from webapi.v2.fixed_lists import ROLE_LIST, TENANT_LIST, TENANT_VALUES
from webapi.v2.operation import operation
from webapi.v2.roles import ROLES
from webapi.v2.schemas.items import GroupResultSchema, MemberResultSchema, UserResultSchema
from webapi.v2.searching import add_search

blueprint = protocol_blueprint("people")


class UserRequestSchema(ApiSchema):
    """A user to create."""

    username = Text(longest=64, shortest=1, required=True)
    password = Text(longest=200, required=True)
    name = Text(longest=100, load_default="")
    email = Text(longest=200, load_default="")


class TenantResultSchema(ApiSchema):
    """The tenant."""

    name = Text()
    tenant_id = Text()
    description = Text(allow_none=True)


class RoleResultSchema(ApiSchema):
    """A role that the platform itself knows."""

    name = Text()
    role_id = Text()
    description = Text(allow_none=True)


class CurrentUserSchema(ApiSchema):
    """Who asks."""

    username = Text()
    display_name = Text(allow_none=True)
    email = Text(allow_none=True)
    authorized_components = Many(Text())
    tenants = Many(Part(TenantResultSchema))
    groups = Many(Text())
    roles = Many(Text())
    sales_plan_type = Text(allow_none=True, dump_default=None)
    c8_links = Anything(data_key="c8Links", dump_default=dict)
    can_logout = Flag()


def members_of(connection: Connection, group_id: str) -> list[ColumnElement[bool]]:
    """Return the condition for those who belong to a group."""
    get_from(connection, GROUPS, "角色", group_id=group_id)
    return [membership.c.group_name == group_id]


add_search(blueprint, "/users/search", "searchUsers", "查找用户", USERS, UserResultSchema)
add_search(blueprint, "/groups/search", "searchGroups", "查找角色", GROUPS, GroupResultSchema)
add_search(blueprint, "/roles/search", "searchRoles", "查找平台角色", ROLE_LIST, RoleResultSchema)
add_search(blueprint, "/tenants/search", "searchTenants", "查找租户", TENANT_LIST, TenantResultSchema)
add_search(
    blueprint,
    "/groups/<group_id>/users/search",
    "searchUsersForGroup",
    "有某角色的用户",
    MEMBERS,
    MemberResultSchema,
    extra=members_of,
)


@blueprint.get("/authentication/me", endpoint="getAuthentication")
@operation("当前用户", answer=CurrentUserSchema, errors=())
def get_authentication() -> dict[str, Any]:
    """Tell who asks."""
    found = actor()
    with read() as connection:
        person = profile(connection, found.id)
    return {
        "username": person["username"],
        "display_name": person["name"],
        "email": None,
        "authorized_components": ["*"] if found.administrator else [],
        "tenants": [TENANT_VALUES],
        "groups": sorted(found.groups),
        "roles": [role_id for role_id, role in ROLES.items() if role.group in found.groups],
        "can_logout": "Authorization" not in request.headers,
    }


@blueprint.get("/users/<username>", endpoint="getUser")
@operation("用户", answer=UserResultSchema, errors=(404,))
def get_user(username: str) -> dict[str, Any]:
    """Read."""
    return get(USERS, "用户", username=username)


@blueprint.post("/users", endpoint="createUser")
@operation("新建用户", body=UserRequestSchema, answer=UserResultSchema, status=201, errors=(400, 403, 409))
def create_user(body: dict[str, Any]) -> dict[str, Any]:
    """Create; the user must choose another password at the first sign-in."""
    require_administrator(actor())
    check_policy(body["password"], username=body["username"])
    name = body["name"] or body["username"]
    execute(CreateUser(body["username"], name, password_hash=hash_password(body["password"])))
    return {"username": body["username"], "name": name, "email": None}


@blueprint.get("/groups/<group_id>", endpoint="getGroup")
@operation("角色", answer=GroupResultSchema, errors=(404,))
def get_group(group_id: str) -> dict[str, Any]:
    """Read."""
    return get(GROUPS, "角色", group_id=group_id)


@blueprint.get("/roles/<role_id>", endpoint="getRole")
@operation("平台角色", answer=RoleResultSchema, errors=(404,))
def get_role(role_id: str) -> dict[str, Any]:
    """Read."""
    return get(ROLE_LIST, "平台角色", role_id=role_id)


@blueprint.get("/tenants/<tenant_id>", endpoint="getTenant")
@operation("租户", answer=TenantResultSchema, errors=(404,))
def get_tenant(tenant_id: str) -> dict[str, Any]:
    """Read the one there is."""
    return get(TENANT_LIST, "租户", tenant_id=tenant_id)
