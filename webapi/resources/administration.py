"""For administrators: deployed procedures, incidents, jobs, people, calendar."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from engine.commands.resolve_incident import ResolveIncident
from engine.identity.accounts import ChangePassword, CreateUser
from engine.identity.passwords import check_policy, hash_password, random_password
from engine.identity.people import ADMINISTRATORS, AUDITORS
from engine.queries.calendar import calendar_year
from engine.queries.catalogue import deployed_procedures
from engine.queries.incidents import incidents
from engine.queries.jobs import jobs
from engine.queries.people import users
from engine.queries.settings import Policy, policy_of
from webapi.operations import operation
from webapi.schemas.administration import (
    CalendarYearSchema,
    DeployedProcedureSchema,
    IncidentListSchema,
    IncidentQuerySchema,
    JobListSchema,
    JobQuerySchema,
    UserListSchema,
)
from webapi.schemas.people import CreatedUserSchema, NewPasswordSchema, NewUserSchema
from webapi.security import AddressUnknown, actor, one_of_three_administrators
from webapi.services import execute, now, platform, read

blueprint = Blueprint("administration", __name__)

FIRST_YEAR, LAST_YEAR = 1950, 2999


@blueprint.get("/procedures")
@operation("流程及检查结果", answer=DeployedProcedureSchema, many=True, errors=(403,), administrators=True)
def list_deployed_procedures() -> list[dict[str, Any]]:
    """List the procedures, with what was refused at the last look."""
    with read() as connection:
        return deployed_procedures(connection)


@blueprint.get("/incidents")
@operation("异常", query=IncidentQuerySchema, answer=IncidentListSchema, errors=(400, 403), administrators=True)
def list_incidents(query: dict[str, Any]) -> dict[str, Any]:
    """List incidents."""
    with read() as connection:
        return incidents(connection, query["state"])


@blueprint.post("/incidents/<key:key>/resolution")
@operation("重试异常", errors=(403, 404, 409, 422), administrators=True, command=True)
def resolve_incident(key: int) -> None:
    """Try the element again; it may fail again, with a new incident."""
    execute(ResolveIncident(key))


@blueprint.get("/jobs")
@operation("计时和作业", query=JobQuerySchema, answer=JobListSchema, errors=(400, 403), administrators=True)
def list_jobs(query: dict[str, Any]) -> dict[str, Any]:
    """List timers and jobs."""
    with read() as connection:
        return jobs(connection, now(), query["status"] or None)


@blueprint.get("/users")
@operation("用户", answer=UserListSchema, errors=(403,))
def list_users() -> dict[str, Any]:
    """List users, for the three administrators: each has something to look after in them."""
    one_of_three_administrators()
    with read() as connection:
        found = users(connection)
    for item in found["items"]:
        item["administrator"] = ADMINISTRATORS in item["roles"]
        item["auditor"] = AUDITORS in item["roles"]
    return found


@blueprint.post("/users")
@operation(
    "新建用户",
    body=NewUserSchema,
    answer=CreatedUserSchema,
    status=201,
    errors=(400, 403, 409),
    administrators=True,
    command=True,
)
def create_user(body: dict[str, Any]) -> dict[str, Any]:
    """Create a user, who must change the password at the first sign-in."""
    given = body["password"]
    password = given or random_password()
    check_policy(password, username=body["username"], policy=_policy())
    command = CreateUser(
        body["username"],
        body["name"],
        body["department"],
        tuple(body["roles"]),
        hash_password(password),
        email=body["email"],
        kind=body["kind"],
        post=body["post"],
    )
    created = platform().bus.execute(command, actor())
    return {"id": created["id"], "first_password": None if given else password}


@blueprint.put("/users/<id_>/password")
@operation("重设用户密码", body=NewPasswordSchema, errors=(400, 403, 404), administrators=True)
def set_password(id_: str, body: dict[str, Any]) -> None:
    """Set somebody's password; their sessions end and they must change it at the next sign-in."""
    check_policy(body["new_password"], username=id_, policy=_policy())
    platform().bus.execute(ChangePassword(id_, hash_password(body["new_password"])), actor())


def _policy() -> Policy:
    with read() as connection:
        return policy_of(connection)


@blueprint.get("/calendar/<int:year>")
@operation("工作日历", answer=CalendarYearSchema, errors=(403, 404), administrators=True)
def read_calendar(year: int) -> dict[str, Any]:
    """Give a year of the calendar in force."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise AddressUnknown(f"请给出 {FIRST_YEAR} 到 {LAST_YEAR} 之间的年份。")
    with read() as connection:
        return calendar_year(platform().sources.calendars.current(connection), year)
