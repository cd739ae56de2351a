"""Who asks, and whether the page they came from is ours; the headers that keep browsers strict."""

from __future__ import annotations

import hmac

from flask import Flask, Response, current_app, g, request

from engine.commands.actor import Actor
from engine.commands.administration import require_administrator
from engine.commands.errors import AdministratorOnly
from engine.errors import Forbidden, NotAuthenticated, NotFound
from engine.identity.errors import UserUnknown
from engine.identity.roles import SECURITY
from engine.identity.sessions import SignedIn, by_session, by_token

COOKIE = "banjie_session"
CSRF_HEADER = "X-CSRF-Token"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
LARGEST_BODY = 2_000_000
"""Bytes a request may have; deployments may have more."""

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)


class CsrfRefused(Forbidden):
    """The request changes something and lacks the token that only our own page knows."""

    code = "webapi.csrf-refused"


class PasswordChangeRequired(Forbidden):
    """The password is the first one, or too old: nothing else may be done before it is changed."""

    code = "identity.password-change-required"


class AddressUnknown(NotFound):
    """No resource has this address."""

    code = "webapi.address-unknown"


def signed_in() -> SignedIn:
    """Return who asks, by bearer token or session cookie. Raises NotAuthenticated, SessionOver, CsrfRefused.

    A cookie is sent by the browser whoever wrote the page, so changes with it need the CSRF token too (OWASP
    ASVS 4.0.3, 4.2.2); a bearer token is not, and needs none.
    """
    if "signed_in" not in g:
        g.signed_in = _identify()
    found: SignedIn = g.signed_in
    if found.must_change_password and (request.blueprint or "") != "session":
        raise PasswordChangeRequired("请先修改密码，再进行其他操作。")
    return found


def actor() -> Actor:
    """Return the actor who asks."""
    return signed_in().actor


def administrator() -> Actor:
    """Return the actor who asks; raise AdministratorOnly unless it is an administrator."""
    found = actor()
    require_administrator(found)
    return found


def one_of_three_administrators() -> Actor:
    """Return the actor who asks; raise AdministratorOnly unless it is a system, security or audit administrator."""
    found = actor()
    if not (found.administrator or found.auditor or SECURITY in found.groups):
        raise AdministratorOnly("只有系统、安全或审计管理员可以查看。")
    return found


def session_secret() -> str | None:
    """Return the session cookie's content."""
    return request.cookies.get(COOKIE)


def set_session_cookie(response: Response, secret: str) -> None:
    """Hand out a session: out of reach of scripts, never sent from another site."""
    response.set_cookie(COOKIE, secret, httponly=True, samesite="Strict", secure=request.is_secure, path="/")


def clear_session_cookie(response: Response) -> None:
    """Take the session back."""
    response.delete_cookie(COOKIE, httponly=True, samesite="Strict", secure=request.is_secure, path="/")


def harden(app: Flask) -> None:
    """Limit what comes in and give every answer strict headers."""
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    app.before_request(_refuse_odd_addresses)
    app.after_request(_add_headers)


def _identify() -> SignedIn:
    bus = current_app.extensions["banjie"].platform.bus
    try:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() == "bearer" and token.strip():
            return by_token(bus, token.strip())
        secret = session_secret()
        if not secret:
            raise NotAuthenticated("请先登录。")
        found = by_session(bus, secret)
    except UserUnknown as error:
        raise NotAuthenticated("账号已停用，请联系系统管理员。") from error
    if request.method not in SAFE_METHODS:
        _require_csrf_token(found.csrf_token or "")
    return found


def _require_csrf_token(expected: str) -> None:
    given = request.headers.get(CSRF_HEADER, "")
    if not expected or not hmac.compare_digest(given.encode(), expected.encode()):
        raise CsrfRefused("请求未通过来源校验，请刷新页面后重试。")


def _refuse_odd_addresses() -> None:
    """A null character fits no name and no text in the database."""
    if "\0" in request.path or any("\0" in value for value in request.args.values()):
        raise AddressUnknown("没有这个地址。")


def _add_headers(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
    headers["X-Content-Type-Options"] = "nosniff"
    headers["X-Frame-Options"] = "DENY"
    headers["Referrer-Policy"] = "same-origin"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
    if request.path.startswith("/api"):
        headers.setdefault("Cache-Control", "no-store")
    return response
