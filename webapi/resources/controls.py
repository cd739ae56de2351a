"""Controls: the register, what it finds at a user task, overrides, and the list of hits."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint

from engine.clock import legal_date
from engine.commands.controls.registries import current_registry
from engine.commands.override_control import OverrideControl
from engine.commands.preview_controls import PreviewControls
from engine.commands.publish_controls import PublishControls
from engine.queries import controls
from engine.queries.law_differences import law_differences
from engine.queries.paging import Request
from engine.queries.sight import Sight, require_sight
from webapi.operations import operation
from webapi.schemas.common import ReasonSchema
from webapi.schemas.controls import (
    ControlHitListSchema,
    ControlHitPageSchema,
    ControlHitQuerySchema,
    DifferenceListSchema,
    OverriddenSchema,
    PreviewRequestSchema,
    PublishedSchema,
    RegisterRequestSchema,
    RegisterSchema,
    TaskControlListSchema,
)
from webapi.security import actor
from webapi.services import content_root, execute, now, platform, read

blueprint = Blueprint("controls", __name__)
administration = Blueprint("controls_administration", __name__)


@blueprint.get("/controls")
@operation("控制登记册", answer=RegisterSchema)
def read_controls() -> dict[str, Any]:
    """Give the register in force."""
    with read() as connection:
        return controls.register(current_registry(connection))


@blueprint.get("/controls/hits")
@operation("控制命中清单", query=ControlHitQuerySchema, answer=ControlHitPageSchema, errors=(400, 403))
def list_control_hits(query: dict[str, Any]) -> Any:
    """List what controls hit, newest first; for 派驻组, the office and auditors."""
    filters = {name: query.pop(name) for name in ("control", "outcome", "strength")}
    with read() as connection:
        return controls.hits(connection, actor(), Request(**query), filters)


@blueprint.get("/controls/law-differences")
@operation("职责清单与现行法律的差异", answer=DifferenceListSchema)
def list_law_differences() -> dict[str, Any]:
    """List where the duty list and the law of today differ, and what is done about each."""
    day = date.fromisoformat(legal_date(now()))
    return {"items": [found.values() for found in law_differences(content_root(), day)]}


@blueprint.get("/process-instances/<key:key>/controls")
@operation("一个案件的控制结果", answer=ControlHitListSchema, errors=(404,))
def list_controls_of_case(key: int) -> dict[str, Any]:
    """List what controls found in a case."""
    with read() as connection:
        root_key, _ = require_sight(connection, actor(), key, Sight.CONTENT)
        return {"items": controls.of_case(connection, root_key)}


@blueprint.post("/user-tasks/<key:key>/controls")
@operation("办理前检查控制", body=PreviewRequestSchema, answer=TaskControlListSchema, errors=(400, 404, 409))
def preview_controls(key: int, body: dict[str, Any]) -> dict[str, Any]:
    """Say what the controls would find now with this data; nothing is changed."""
    return platform().bus.execute(PreviewControls(key, body["variables"]), actor())


@blueprint.post("/user-tasks/<key:key>/controls/<id_>/override")
@operation("批准控制例外", body=ReasonSchema, answer=OverriddenSchema, errors=(400, 403, 404, 409, 422), command=True)
def override_control(key: int, id_: str, body: dict[str, Any]) -> dict[str, Any]:
    """Let a user task pass in spite of a control; for those the register names, not for who does the task."""
    return execute(OverrideControl(key, id_, body["reason"]))


@administration.put("/controls")
@operation(
    "发布控制登记册",
    body=RegisterRequestSchema,
    answer=PublishedSchema,
    errors=(400, 403, 422),
    administrators=True,
    command=True,
)
def publish_controls(body: dict[str, Any]) -> dict[str, Any]:
    """Put a register in force; mistakes are told all at once, each with its line."""
    return execute(PublishControls(body["content"], body["source"]))
