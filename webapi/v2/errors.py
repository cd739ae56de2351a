"""Errors as the protocol's clients expect them: problem details of type about:blank and its own few statuses."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, json, request
from marshmallow import ValidationError

from engine.commands.errors import DeploymentRefused
from engine.dmn import DmnError
from engine.errors import BanjieError
from engine.execution.errors import AlreadyEnded, ElementInstanceUnknown, MigrationImpossible, NotWaiting
from engine.feel import FeelError
from webapi.errors import MEDIA_TYPE, flatten, status_of

logger = logging.getLogger(__name__)

CHALLENGE = 'Basic realm="banjie", charset="UTF-8", Bearer realm="banjie"'
_SHOWN = 5
_CONFLICTS = (AlreadyEnded, MigrationImpossible, NotWaiting)
"""What execution refuses because of where the case stands, not because of what was asked."""


class TookTooLong(BanjieError):
    """What was waited for has not happened in the time allowed; it may still happen."""

    code = "webapi.took-too-long"


def register_errors(blueprint: Blueprint) -> None:
    """Answer the errors of a blueprint's resources in the protocol's words."""
    blueprint.register_error_handler(BanjieError, _declared)
    blueprint.register_error_handler(ValidationError, _invalid)
    blueprint.register_error_handler(FeelError, _expression)
    blueprint.register_error_handler(DmnError, _expression)


def problem(status: int, detail: str, **more: Any) -> Response:
    """Return problem details of type about:blank (RFC 9457, 4.2.1)."""
    content = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "instance": request.path,
        **{name: value for name, value in more.items() if value is not None},
    }
    response = Response(json.dumps(content), status, mimetype=MEDIA_TYPE)
    if status == HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = CHALLENGE
    return response


def _declared(error: BanjieError) -> Response:
    status = _status(error)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR and not isinstance(error, TookTooLong):
        logger.error("%s: %s", error.code, error.message, exc_info=error)
    details = {"fields": error.details.get("fields"), "problems": error.details.get("problems")}
    return problem(status, error.message, code=error.code, **details)


def _status(error: BanjieError) -> HTTPStatus:
    """The protocol knows no 422: what cannot be done with this input is a bad request."""
    if isinstance(error, TookTooLong):
        return HTTPStatus.GATEWAY_TIMEOUT
    if isinstance(error, DeploymentRefused):
        return HTTPStatus.BAD_REQUEST
    if isinstance(error, ElementInstanceUnknown):
        return HTTPStatus.NOT_FOUND
    if isinstance(error, _CONFLICTS):
        return HTTPStatus.CONFLICT
    status = status_of(error)
    return HTTPStatus.BAD_REQUEST if status == HTTPStatus.UNPROCESSABLE_ENTITY else status


def _invalid(error: ValidationError) -> Response:
    fields = dict(flatten(error.messages, ""))
    shown = "；".join(
        f"{path}：{messages[0]}" if path else messages[0] for path, messages in list(fields.items())[:_SHOWN]
    )
    return problem(HTTPStatus.BAD_REQUEST, f"提交的内容有误：{shown}", code="webapi.input-invalid", fields=fields)


def _expression(error: FeelError | DmnError) -> Response:
    return problem(HTTPStatus.BAD_REQUEST, str(error), code=error.code)
