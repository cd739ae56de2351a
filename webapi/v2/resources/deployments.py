"""Deployments, and the files that were deployed."""

from __future__ import annotations

import json
from typing import Any

from flask import Response, request

from engine.commands.administration import require_administrator
from engine.commands.deploy_resources import DeployResources
from engine.commands.issue_paper import DOCX
from engine.definitions.content import KINDS
from engine.errors import Conflict
from engine.queries.deployed import deployed_file, deployed_resource, form_version
from engine.queries.search.resources.decision_definitions import DECISION_DEFINITIONS, DECISION_REQUIREMENTS
from engine.queries.search.scopes import TENANT
from webapi.requests import BodyInvalid
from webapi.security import actor
from webapi.services import execute, platform, read
from webapi.v2.blueprints import protocol_blueprint
from webapi.v2.finding import get_from
from webapi.v2.operation import operation
from webapi.v2.schemas.deployments import DeploymentResultSchema, FormResultSchema, ResourceResultSchema
from webapi.v2.schemas.fields import FILE

blueprint = protocol_blueprint("deployments")

LARGEST_DEPLOYMENT = 32_000_000
"""Bytes of a whole deployment."""
MOST_FILES = 500
FILES = "resources"


class NothingIsDeleted(Conflict):
    """What was deployed stays: cases and history refer to it."""

    code = "webapi.nothing-is-deleted"


@blueprint.before_request
def allow_files() -> None:
    """Let this resource take more than others."""
    request.max_content_length = LARGEST_DEPLOYMENT
    request.max_form_parts = MOST_FILES


@blueprint.post("/deployments", endpoint="createDeployment")
@operation(
    "部署文件（multipart：resources）",
    answer=DeploymentResultSchema,
    command=True,
    files={FILES: {"type": "array", "items": FILE}, "tenantId": {"type": "string"}},
)
def deploy() -> dict[str, Any]:
    """Deploy all or nothing; every problem is told with file, line, element and reason."""
    require_administrator(actor())
    answer = execute(DeployResources(_files(), "api"))
    with read() as connection:
        deployments = []
        requirements: dict[int, dict[str, Any]] = {}
        for item in answer["deployed"]:
            if item["kind"] == "decision":
                decision = get_from(connection, DECISION_DEFINITIONS, "决策", decision_definition_key=item["key"])
                deployments.append({"decision_definition": decision})
                key = decision["decision_requirements_key"]
                if key not in requirements:
                    requirements[key] = get_from(
                        connection, DECISION_REQUIREMENTS, "决策文件", decision_requirements_key=key
                    )
            else:
                deployments.append(_deployed(item))
        deployments += [{"decision_requirements": row} for row in requirements.values()]
    return {"deployment_key": answer["deployment_key"], "tenant_id": TENANT, "deployments": deployments}


@blueprint.get("/resources/<key:key>", endpoint="getResource")
@operation("已部署的文件", answer=ResourceResultSchema, errors=(404,))
def get_resource(key: int) -> dict[str, Any]:
    """Read."""
    with read() as connection:
        return {**deployed_resource(connection, key), "tenant_id": TENANT}


@blueprint.get("/resources/<key:key>/content", endpoint="getResourceContent")
@operation("已部署文件的内容", errors=(404,))
def get_resource_content(key: int) -> Response:
    """Give a form as JSON, a diagram or table as XML, a paper as Word file."""
    content, kind = _content(key)
    if kind == "paper":
        return Response(content, mimetype=DOCX)
    return Response(content, mimetype="application/json") if kind == "form" else xml_answer(content)


@blueprint.get("/resources/<key:key>/content/binary", endpoint="getResourceContentBinary")
@operation("已部署文件的字节", errors=(404,), media_type="application/octet-stream")
def get_resource_content_binary(key: int) -> Response:
    """Give the file as it was deployed."""
    return Response(_content(key)[0], mimetype="application/octet-stream")


@blueprint.post("/resources/<key:key>/deletion", endpoint="deleteResource")
@operation("删除已部署的文件：不允许", errors=(403, 404, 409))
def delete_resource(key: int) -> None:
    """Refuse."""
    require_administrator(actor())
    with read() as connection:
        deployed_resource(connection, key)
    raise NothingIsDeleted("已部署的版本须保留，供在办和已办案件查考；请部署新版本，或在流程图上标注“停用”。")


@blueprint.get("/forms/<key:key>", endpoint="getFormByKey")
@operation("表单", answer=FormResultSchema, errors=(404,))
def get_form(key: int) -> dict[str, Any]:
    """Read a form version."""
    return form_answer(key)


def form_answer(key: int) -> dict[str, Any]:
    """Return a form version as the protocol gives it."""
    with read() as connection:
        form = form_version(connection, platform().sources.definitions, key)
    return {**form, "schema": json.dumps(form["schema"], ensure_ascii=False), "tenant_id": TENANT}


def xml_answer(content: bytes) -> Response:
    """Return XML as the protocol gives it; which characters it holds, its own first line says."""
    return Response(content, content_type="text/xml")


def _content(key: int) -> tuple[bytes, str]:
    with read() as connection:
        return deployed_file(connection, platform().sources.definitions, key)


def _deployed(item: dict[str, Any]) -> dict[str, Any]:
    common = {"resource_name": item["name"], "tenant_id": TENANT}
    if item["kind"] == "process":
        process = {"process_definition_id": item["id"], "process_definition_version": item["version"]}
        return {"process_definition": {**common, **process, "process_definition_key": item["key"]}}
    if item["kind"] == "paper":
        named = {"resourceId": item["id"], "resourceName": item["name"], "tenantId": TENANT}
        return {"resource": {**named, "version": item["version"], "resourceKey": str(item["key"])}}
    return {"form": {**common, "form_id": item["id"], "version": item["version"], "form_key": item["key"]}}


def _files() -> dict[str, bytes]:
    if request.mimetype != "multipart/form-data":
        raise BodyInvalid("请以 multipart/form-data 提交文件，字段名为 resources。", details=_fields("应为文件。"))
    tenant = request.form.get("tenantId", TENANT)
    if tenant != TENANT:
        raise BodyInvalid(f"只有一个租户 {TENANT}。", details={"fields": {"tenantId": [f"应为 {TENANT}。"]}})
    sent = [(item.filename or "", item.read()) for item in request.files.getlist(FILES)]
    if not sent:
        raise BodyInvalid("请至少选择一个文件（字段名 resources）。", details=_fields("缺少此项。"))
    files = dict(sent)
    if len(files) != len(sent):
        raise BodyInvalid("有文件重名，请改名后重试。", details=_fields("文件名须各不相同。"))
    for name in files:
        _require_plain(name)
    return files


def _require_plain(name: str) -> None:
    """A name is a relative path such as ``bpmn/bgs/x.bpmn``: it is shown and compared, never opened."""
    parts = name.split("/")
    if not name.isprintable() or len(name) > 300 or "\\" in name or any(part in ("", ".", "..") for part in parts):
        raise BodyInvalid(f"文件名 {name[:100]!r} 不能使用，请改为相对路径。", details=_fields("文件名不能使用。"))
    if not name.endswith(tuple(KINDS)):
        raise BodyInvalid(f"文件 {name[:100]!r} 不是 {'、'.join(KINDS)}。", details=_fields("文件类型不支持。"))


def _fields(message: str) -> dict[str, object]:
    return {"fields": {FILES: [message]}}
