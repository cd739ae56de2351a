"""The API's own documentation: OpenAPI 3 from the schemas that validate, and a page to read it offline."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from flask import Blueprint, Flask, Response, current_app, json, render_template
from marshmallow import Schema, fields
from werkzeug.routing import Rule

from engine import __version__
from webapi.operations import Operation, operation_of
from webapi.requests import KEY_HEADER
from webapi.schemas.administration import DeploymentRequestSchema
from webapi.schemas.common import ProblemDetailsSchema
from webapi.schemas.fields import Anything, Day, Instant, Key, Variables
from webapi.security import CONTENT_SECURITY_POLICY, COOKIE, CSRF_HEADER, SAFE_METHODS

blueprint = Blueprint("documentation", __name__, template_folder="templates")

_FORMATS: dict[type[fields.Field[Any]], dict[str, Any]] = {
    Key: {"type": "string", "pattern": "^[0-9]{1,19}$"},
    Instant: {"type": "string", "format": "date-time"},
    Day: {"type": "string", "format": "date"},
    Anything: {},
    Variables: {"type": "object", "additionalProperties": True},
}
_PROTOCOL = re.compile(r"webapi\.(v\d+)\.")
_ARGUMENT = re.compile(r"<(?:(\w+):)?(\w+)>")


@blueprint.get("/openapi.json")
def openapi() -> Response:
    """Give the description of every operation."""
    return Response(json.dumps(description(current_app._get_current_object())), mimetype="application/json")  # type: ignore[attr-defined]


@blueprint.get("/docs")
def docs() -> Response:
    """Give the same to read: plain HTML, nothing from outside."""
    described = description(current_app._get_current_object())  # type: ignore[attr-defined]
    page = Response(render_template("api.html", api=described), mimetype="text/html")
    page.headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
    return page


@lru_cache(maxsize=4)
def description(app: Flask) -> dict[str, Any]:
    """Return the OpenAPI description of an app's operations."""
    plugin = MarshmallowPlugin(schema_name_resolver=_schema_name)
    spec = APISpec(
        title="办结 Banjie",
        version=__version__,
        openapi_version="3.0.3",
        info={"description": "机关办事流程平台的接口。错误一律为 RFC 9457 problem details。"},
        plugins=[plugin],
    )
    assert plugin.converter is not None  # noqa: S101 - set by APISpec
    plugin.converter.add_attribute_function(_format_of)
    spec.components.schema("ProblemDetails", schema=ProblemDetailsSchema)
    session = {"type": "apiKey", "in": "cookie", "name": COOKIE}
    spec.components.security_scheme("session", session)
    spec.components.security_scheme("token", {"type": "http", "scheme": "bearer"})
    spec.components.security_scheme("password", {"type": "http", "scheme": "basic"})
    for rule in sorted(app.url_map.iter_rules(), key=lambda item: item.rule):
        known = operation_of(app.view_functions[rule.endpoint])
        if known is not None:
            spec.path(path=_path_of(rule), operations=_operations(rule, known))
    return spec.to_dict()


def _schema_name(schema: Any) -> str:
    """Return the name of a schema: the protocol's own words for many things are the page's too, so it says whose."""
    cls = schema if isinstance(schema, type) else type(schema)
    protocol = _PROTOCOL.match(cls.__module__)
    return ("" if protocol is None else protocol[1].capitalize()) + str(cls.__name__).removesuffix("Schema")


def _format_of(self: Any, field: fields.Field[Any], **kwargs: Any) -> dict[str, Any]:
    return dict(_FORMATS.get(type(field), {}))


def _path_of(rule: Rule) -> str:
    return _ARGUMENT.sub(lambda match: "{" + match[2].rstrip("_") + "}", rule.rule)


def _operations(rule: Rule, known: Operation) -> dict[str, Any]:
    methods = sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    return {method.lower(): _operation(rule, method, known) for method in methods}


def _operation(rule: Rule, method: str, known: Operation) -> dict[str, Any]:
    described: dict[str, Any] = {
        "operationId": _operation_id(rule),
        "tags": [rule.endpoint.partition(".")[0]],
        "summary": known.summary,
        "parameters": _parameters(rule, method, known),
        "responses": _responses(known),
        "security": [] if known.everybody else _security(rule),
    }
    if known.administrators:
        described["description"] = "仅限系统管理员。"
    if known.body is not None:
        described["requestBody"] = {"required": True, "content": _json_of(known.body)}
    elif known.files is not None:
        parts = {"type": "object", "properties": dict(known.files)}
        described["requestBody"] = {"required": True, "content": {"multipart/form-data": {"schema": parts}}}
    elif rule.endpoint == "deployments.deploy":
        described["requestBody"] = {"required": True, "content": _files_content()}
    return described


def _security(rule: Rule) -> list[dict[str, Any]]:
    """The protocol takes user name and password too."""
    either: list[dict[str, Any]] = [{"session": []}, {"token": []}]
    return [*either, {"password": []}] if rule.rule.startswith("/v2/") else either


def _operation_id(rule: Rule) -> str:
    """Return the operation's name, unique because it begins with its resource's: ``v2-jobs`` has ``v2_jobs_fail``."""
    return re.sub(r"\W", "_", rule.endpoint)


def _parameters(rule: Rule, method: str, known: Operation) -> list[dict[str, Any]]:
    parameters: list[dict[str, Any]] = []
    for kind, name in _ARGUMENT.findall(rule.rule):
        schema = {"key": _FORMATS[Key], "int": {"type": "integer"}}.get(kind, {"type": "string"})
        parameters.append({"name": name.rstrip("_"), "in": "path", "required": True, "schema": dict(schema)})
    if known.query is not None:
        parameters.append({"in": "query", "schema": known.query})
    if known.command:
        described = "同一键重复提交只办理一次，并得到同样的答复。"
        parameters.append(_header(KEY_HEADER, described, {"type": "string", "maxLength": 200}))
    if method not in SAFE_METHODS and not known.everybody:
        parameters.append(_header(CSRF_HEADER, "用 Cookie 登录时必填；用令牌时不需要。", {"type": "string"}))
    return parameters


def _header(name: str, described: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "header", "required": False, "description": described, "schema": schema}


def _responses(known: Operation) -> dict[str, Any]:
    if known.answer is not None:
        content: dict[str, Any] = _json_of(known.answer, many=known.many)
        answers: dict[str, Any] = {str(known.status): {"description": "成功", "content": content}}
    elif known.media_type != "application/json":
        content = {known.media_type: {"schema": {"type": "string"}}}
        answers = {"200": {"description": "成功", "content": content}}
    else:
        answers = {"204": {"description": "成功"}}
    failing = set(known.errors) if known.everybody else {401, *known.errors}
    for status in sorted(failing):
        answers[str(status)] = {
            "description": "problem details",
            "content": {"application/problem+json": {"schema": "ProblemDetails"}},
        }
    return answers


def _json_of(schema: type[Schema], *, many: bool = False) -> dict[str, Any]:
    shown: Any = {"type": "array", "items": schema} if many else schema
    return {"application/json": {"schema": shown}}


def _files_content() -> dict[str, Any]:
    files = {"type": "array", "items": {"type": "string", "format": "binary"}}
    return {
        "multipart/form-data": {"schema": {"type": "object", "properties": {"files": files}}},
        **_json_of(DeploymentRequestSchema),
    }
