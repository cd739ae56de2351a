"""Errors as problem details (RFC 9457). The only place that gives HTTP statuses to them."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, json, request
from marshmallow import ValidationError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from engine.commands.errors import CommandUnknown, DeploymentRefused
from engine.dmn import DmnError
from engine.errors import BanjieError, Conflict, Forbidden, InvalidInput, NotAuthenticated, NotFound
from engine.feel import FeelError
from engine.history.anchors import AnchorUnreadable
from engine.history.appliers.registry import ApplierMissing
from engine.history.chain import HashUnavailable
from engine.history.facts import FactsDiffer
from engine.store.database import DatabaseUnusable

logger = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"

STATUSES: tuple[tuple[type[BanjieError], HTTPStatus], ...] = (
    (DeploymentRefused, HTTPStatus.UNPROCESSABLE_ENTITY),
    (InvalidInput, HTTPStatus.BAD_REQUEST),
    (NotAuthenticated, HTTPStatus.UNAUTHORIZED),
    (Forbidden, HTTPStatus.FORBIDDEN),
    (NotFound, HTTPStatus.NOT_FOUND),
    (Conflict, HTTPStatus.CONFLICT),
    (DatabaseUnusable, HTTPStatus.SERVICE_UNAVAILABLE),
    (CommandUnknown, HTTPStatus.INTERNAL_SERVER_ERROR),
    (ApplierMissing, HTTPStatus.INTERNAL_SERVER_ERROR),
    (AnchorUnreadable, HTTPStatus.INTERNAL_SERVER_ERROR),
    (HashUnavailable, HTTPStatus.INTERNAL_SERVER_ERROR),
    (FactsDiffer, HTTPStatus.INTERNAL_SERVER_ERROR),
    (BanjieError, HTTPStatus.UNPROCESSABLE_ENTITY),
)
"""By class, the special before the general: what is no mistake of the asker's input is a command refused."""

TITLES: Mapping[int, str] = {
    400: "提交的内容有误",
    401: "需要登录",
    403: "没有权限",
    404: "没有找到",
    405: "不支持此操作",
    409: "状态冲突",
    413: "内容过大",
    415: "格式不受支持",
    422: "未能办理",
    429: "操作过于频繁",
    500: "系统内部错误",
    503: "服务暂时不可用",
}

DETAILS: Mapping[int, str] = {
    400: "请求有误，请检查后重试。",
    404: "没有这个地址，请核对。",
    405: "此地址不支持这种请求方法。",
    413: "提交的内容过大，请减小后重试。",
    415: "请求内容的格式不受支持。",
    500: "系统出错，已记入日志。请稍后重试；如反复出现，请告知管理员。",
    503: "数据库暂时不可用，请稍后重试。",
}


def register_errors(app: Flask) -> None:
    """Answer every error with problem details."""
    app.register_error_handler(BanjieError, _declared)
    app.register_error_handler(ValidationError, _invalid)
    app.register_error_handler(FeelError, _expression)
    app.register_error_handler(DmnError, _expression)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(OperationalError, _database_away)
    app.register_error_handler(Exception, _unexpected)


def status_of(error: BanjieError) -> HTTPStatus:
    """Return the status of a declared error."""
    return next(status for cls, status in STATUSES if isinstance(error, cls))


def problem(status: int, code: str, detail: str, **more: Any) -> Response:
    """Return problem details; ``more`` are members beside the standard ones."""
    content = {
        "type": f"urn:banjie:problem:{code}",
        "title": TITLES.get(status, HTTPStatus(status).phrase),
        "status": status,
        "detail": detail,
        "code": code,
        "instance": request.path,
        **{name: value for name, value in more.items() if value is not None},
    }
    return Response(json.dumps(content), status, mimetype=MEDIA_TYPE)


def _declared(error: BanjieError) -> Response:
    status = status_of(error)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        logger.error("%s: %s", error.code, error.message, exc_info=error)
    place = None
    if error.place is not None:
        place = {"file": error.place.file, "line": error.place.line, "element": error.place.element}
    details = {_camel(name): value for name, value in error.details.items()}
    response = problem(status, error.code, error.message, place=place, **details)
    if status == HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = 'Bearer realm="banjie"'
    return response


def _invalid(error: ValidationError) -> Response:
    fields = dict(flatten(error.messages, ""))
    shown = "；".join(f"{path}：{messages[0]}" if path else messages[0] for path, messages in list(fields.items())[:3])
    return problem(400, "webapi.input-invalid", f"提交的内容有误，请改正后重试：{shown}", fields=fields)


def flatten(messages: Any, path: str) -> list[tuple[str, list[str]]]:
    """Return marshmallow's messages by field path such as ``files[0].name``."""
    if not isinstance(messages, dict):
        return [(path, [str(message) for message in messages])]
    found: list[tuple[str, list[str]]] = []
    for name, inner in messages.items():
        place = (
            path if name == "_schema" else f"{path}[{name}]" if isinstance(name, int) else f"{path}.{name}".strip(".")
        )
        found += flatten(inner, place)
    return found


def _expression(error: FeelError | DmnError) -> Response:
    return problem(422, error.code, str(error))


def _http(error: HTTPException) -> Response:
    status = error.code or 500
    response = problem(status, f"http.{status}", DETAILS.get(status, TITLES.get(status, "请求未能处理。")))
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            response.headers[name] = value
    return response


def _database_away(error: OperationalError) -> Response:
    logger.error("the database did not answer", exc_info=error)
    return problem(503, "http.503", DETAILS[503])


def _unexpected(error: Exception) -> Response:
    logger.error("a request failed", exc_info=error)
    return problem(500, "http.500", DETAILS[500])


def _camel(name: str) -> str:
    head, *tail = name.split("_")
    return head + "".join(part.title() for part in tail)
