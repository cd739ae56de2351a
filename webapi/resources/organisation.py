"""For everybody: the organisation, whom to dispatch to, substitution, one's own notices."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from engine.identity.administer import EndSessions
from engine.identity.secrets import digest_of
from engine.identity.substitutions import GrantSubstitution, WithdrawSubstitution
from engine.notices.reading import ReadNotices
from engine.queries import organisation
from engine.queries.accounts import sessions, substitutions
from engine.queries.dispatching import dispatch_suggestions
from engine.queries.notices import notices, unread
from engine.queries.paging import Page, Request
from webapi.operations import operation
from webapi.schemas import organisation as schemas
from webapi.security import actor, session_secret
from webapi.services import execute, now, read

blueprint = Blueprint("organisation", __name__)
MOST_PEOPLE = 200


@blueprint.get("/departments")
@operation("机构", query=schemas.DepartmentQuerySchema, answer=schemas.DepartmentListSchema, errors=(400,))
def list_departments(query: dict[str, Any]) -> dict[str, Any]:
    """List departments and the bodies that take part."""
    with read() as connection:
        return organisation.departments(connection, query["kind"])


@blueprint.get("/posts")
@operation("岗位及职责", query=schemas.DepartmentQuerySchema, answer=schemas.PostListSchema, errors=(400,))
def list_posts(query: dict[str, Any]) -> dict[str, Any]:
    """List posts."""
    with read() as connection:
        return organisation.posts(connection, query["department"])


@blueprint.get("/roles")
@operation("角色及担任者", answer=schemas.RoleListSchema)
def list_roles() -> dict[str, Any]:
    """List roles."""
    with read() as connection:
        return organisation.roles(connection)


@blueprint.get("/responsibilities")
@operation("职责矩阵", query=schemas.DepartmentQuerySchema, answer=schemas.ResponsibilityListSchema, errors=(400,))
def list_responsibilities(query: dict[str, Any]) -> dict[str, Any]:
    """List the matrix."""
    with read() as connection:
        return organisation.responsibilities(connection, query["department"])


@blueprint.get("/colleagues")
@operation("可选择的人员", query=schemas.DepartmentQuerySchema, answer=schemas.ColleagueListSchema, errors=(400,))
def list_colleagues(query: dict[str, Any]) -> dict[str, Any]:
    """List active people."""
    with read() as connection:
        return organisation.colleagues(connection, query["search"], MOST_PEOPLE)


@blueprint.get("/dispatch-suggestions")
@operation("分办建议", query=schemas.DispatchQuerySchema, answer=schemas.SuggestionListSchema, errors=(400,))
def suggest(query: dict[str, Any]) -> dict[str, Any]:
    """Suggest departments for a text."""
    with read() as connection:
        return {"items": dispatch_suggestions(connection, query["text"])}


@blueprint.get("/substitutions")
@operation("与本人有关的离岗委托", answer=schemas.SubstitutionListSchema)
def list_substitutions() -> dict[str, Any]:
    """List one's own."""
    with read() as connection:
        return substitutions(connection, actor().id, now())


@blueprint.post("/substitutions")
@operation(
    "离岗委托",
    body=schemas.NewSubstitutionSchema,
    answer=schemas.KeySchema,
    status=201,
    errors=(400, 403, 404, 409),
    command=True,
)
def grant(body: dict[str, Any]) -> dict[str, Any]:
    """Let somebody stand in for oneself, or as head or administrator for another."""
    command = GrantSubstitution(
        body["substitute"], body["starts_at"], body["ends_at"], body["reason"], body["procedures"], body["principal"]
    )
    return execute(command)


@blueprint.delete("/substitutions/<key:key>")
@operation("撤销离岗委托", errors=(403, 404))
def withdraw(key: int) -> None:
    """End a substitution before its time."""
    execute(WithdrawSubstitution(key))


@blueprint.get("/notices")
@operation("本人的提醒", query=schemas.NoticeQuerySchema, answer=schemas.NoticePageSchema, errors=(400,))
def list_notices(query: dict[str, Any]) -> Page:
    """List; ``total`` counts the unread."""
    request = Request(limit=query["limit"], cursor=query["cursor"])
    with read() as connection:
        return notices(connection, actor(), request, unread_only=query["unread"] == "true")


@blueprint.get("/notices/unread-count")
@operation("未读提醒数", answer=schemas.CountSchema)
def count_notices() -> dict[str, Any]:
    """Count."""
    with read() as connection:
        return {"count": unread(connection, actor())}


@blueprint.post("/notices/reading")
@operation("标为已读", body=schemas.ReadNoticesSchema, answer=schemas.CountSchema, errors=(400, 403))
def read_notices(body: dict[str, Any]) -> dict[str, Any]:
    """Mark read."""
    return {"count": execute(ReadNotices(body["keys"]))["read"]}


@blueprint.get("/session/all")
@operation("本人的全部登录", answer=schemas.SessionOfUserListSchema)
def list_sessions() -> dict[str, Any]:
    """List one's own sessions."""
    with read() as connection:
        return sessions(connection, now(), actor().id)


@blueprint.delete("/session/others")
@operation("退出本人的其他登录", answer=schemas.CountSchema, errors=(403,))
def end_others() -> dict[str, Any]:
    """End every session but this one."""
    secret = session_secret()
    kept = None if secret is None else digest_of(secret)
    return {"count": execute(EndSessions(actor().id, None, kept))["ended"]}
