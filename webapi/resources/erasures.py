"""Content that must go: proposed by one administrator, erased by another."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from engine.commands.erase_content import ConfirmErasure, ProposeErasure, RejectErasure
from engine.queries.erasures import erasures
from webapi.operations import operation
from webapi.schemas.common import ReasonSchema
from webapi.schemas.controls import ErasureListSchema, ErasureRequestSchema, ProposedErasureSchema
from webapi.services import execute, read

blueprint = Blueprint("erasures", __name__)
ERRORS = (400, 403, 404, 409, 422)


@blueprint.get("/erasures")
@operation("清除内容的提议", answer=ErasureListSchema, errors=(403,), administrators=True)
def list_erasures() -> dict[str, Any]:
    """List proposals, newest first."""
    with read() as connection:
        return {"items": erasures(connection)}


@blueprint.post("/process-instances/<key:key>/erasures")
@operation(
    "提议清除内容",
    body=ErasureRequestSchema,
    answer=ProposedErasureSchema,
    status=201,
    errors=ERRORS,
    administrators=True,
    command=True,
)
def propose_erasure(key: int, body: dict[str, Any]) -> dict[str, Any]:
    """Propose that variables of a case go from history, read models and state."""
    return execute(ProposeErasure(key, body["variables"], body["events"], body["basis"]))


@blueprint.post("/erasures/<key:key>/confirmation")
@operation("确认清除内容", answer=ProposedErasureSchema, errors=ERRORS, administrators=True, command=True)
def confirm_erasure(key: int) -> dict[str, Any]:
    """Erase; for another administrator than who proposed it."""
    return execute(ConfirmErasure(key))


@blueprint.post("/erasures/<key:key>/rejection")
@operation(
    "否决清除内容",
    body=ReasonSchema,
    answer=ProposedErasureSchema,
    errors=ERRORS,
    administrators=True,
    command=True,
)
def reject_erasure(key: int, body: dict[str, Any]) -> dict[str, Any]:
    """Reject or withdraw."""
    return {**execute(RejectErasure(key, body["reason"])), "events": []}
