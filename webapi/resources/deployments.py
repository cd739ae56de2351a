"""Deployments: files together, all or none."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request

from engine.commands.deploy_resources import DeployResources
from webapi.operations import operation
from webapi.requests import BodyInvalid, json_body
from webapi.schemas.administration import DeploymentRequestSchema, DeploymentSchema
from webapi.services import execute

blueprint = Blueprint("deployments", __name__)

LARGEST_DEPLOYMENT = 32_000_000
"""Bytes of a whole deployment."""
MOST_FILES = 500


@blueprint.before_request
def allow_files() -> None:
    """Let this resource take more than others."""
    request.max_content_length = LARGEST_DEPLOYMENT
    request.max_form_parts = MOST_FILES


@blueprint.post("/deployments")
@operation(
    "部署文件（multipart，或 JSON：{files: [{name, content}]}）",
    answer=DeploymentSchema,
    errors=(400, 403, 413, 422),
    administrators=True,
    command=True,
)
def deploy() -> dict[str, Any]:
    """Deploy; what is refused changes nothing, and every problem is told with file, line, element and reason."""
    return execute(DeployResources(_files(), "api"))


def _files() -> dict[str, bytes]:
    if request.mimetype == "multipart/form-data":
        sent = [(item.filename or "", item.read()) for _, items in request.files.lists() for item in items]
    else:
        body = DeploymentRequestSchema().load(json_body())
        sent = [(item["name"], item["content"].encode()) for item in body["files"]]
    if not sent:
        raise BodyInvalid("请至少选择一个文件。")
    files = dict(sent)
    if len(files) != len(sent):
        raise BodyInvalid("有文件重名，请改名后重试。")
    for name in files:
        _require_plain(name)
    return files


def _require_plain(name: str) -> None:
    """A name is a relative path such as ``bpmn/bgs/x.bpmn``: it is shown and compared, never opened."""
    parts = name.split("/")
    if not name.isprintable() or len(name) > 300 or "\\" in name or any(part in ("", ".", "..") for part in parts):
        raise BodyInvalid(f"文件名 {name[:100]!r} 不能使用，请改为相对路径，如 bpmn/bgs/x.bpmn。")
