"""Signing in and out, one's own password."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, json

from engine.commands.actor import Actor
from engine.identity.accounts import change_password
from engine.identity.people import load_actor
from engine.identity.secrets import digest_of
from engine.identity.sessions import by_session
from engine.identity.sign_in import CloseSession, sign_in
from engine.queries.people import profile
from webapi.operations import operation
from webapi.schemas.people import CredentialsSchema, PasswordChangeSchema, SessionSchema
from webapi.security import actor, clear_session_cookie, session_secret, set_session_cookie, signed_in
from webapi.services import platform, read

blueprint = Blueprint("session", __name__)


@blueprint.post("/session")
@operation("登录", body=CredentialsSchema, answer=SessionSchema, errors=(400, 401), everybody=True)
def open_session(body: dict[str, Any]) -> Response:
    """Sign in; the cookie holds the session."""
    session = sign_in(platform().bus, body["username"], body["password"])
    with read() as connection:
        found = load_actor(connection, session.user_id)
    due = by_session(platform().bus, session.secret).must_change_password
    values = SessionSchema().dump(_values(found, session.csrf_token, due))
    response = Response(json.dumps(values), mimetype="application/json")
    set_session_cookie(response, session.secret)
    return response


@blueprint.get("/session")
@operation("当前登录", answer=SessionSchema, errors=(401,))
def read_session() -> dict[str, Any]:
    """Tell who is signed in."""
    found = signed_in()
    return _values(found.actor, found.csrf_token, found.must_change_password)


@blueprint.delete("/session")
@operation("退出登录", errors=(401, 403))
def close_session() -> Response:
    """Sign out."""
    secret = session_secret()
    if secret is not None:
        platform().bus.execute(CloseSession(digest_of(secret)), actor())
    response = Response(status=204)
    clear_session_cookie(response)
    return response


@blueprint.put("/session/password")
@operation("修改本人密码", body=PasswordChangeSchema, errors=(400, 401, 403))
def put_password(body: dict[str, Any]) -> None:
    """Change one's own password; every other session ends."""
    secret = session_secret()
    kept = None if secret is None else digest_of(secret)
    change_password(platform().bus, actor(), body["current_password"], body["new_password"], kept)


def _values(found: Actor, csrf_token: str | None, must_change_password: bool) -> dict[str, Any]:
    with read() as connection:
        person = profile(connection, found.id)
    return {
        "user": {**person, "administrator": found.administrator, "auditor": found.auditor},
        "csrf_token": csrf_token,
        "must_change_password": must_change_password,
    }
