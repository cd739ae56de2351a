"""Operations on many cases, for administrators: ordered, followed, called off."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from engine.commands.cancel_batch import CancelBatch
from engine.commands.start_batch import StartBatch
from engine.queries.batches import batch, batches
from webapi.operations import operation
from webapi.schemas.batches import (
    BatchOperationDetailSchema,
    BatchOperationListSchema,
    BatchOperationOrderSchema,
    BatchOperationQuerySchema,
    StartedBatchOperationSchema,
)
from webapi.services import execute, read

blueprint = Blueprint("batch_operations", __name__)


@blueprint.get("/batch-operations")
@operation("批量操作", answer=BatchOperationListSchema, errors=(403,), administrators=True)
def list_batches() -> dict[str, Any]:
    """List operations with their counts, newest first."""
    with read() as connection:
        return batches(connection)


@blueprint.post("/batch-operations")
@operation(
    "发起批量操作",
    body=BatchOperationOrderSchema,
    answer=StartedBatchOperationSchema,
    status=201,
    errors=(400, 403, 404, 409),
    administrators=True,
    command=True,
)
def start_batch(body: dict[str, Any]) -> dict[str, Any]:
    """Cancel, retry, migrate or modify many cases, one after the other; ``elements`` are what is mapped or moved."""
    return execute(StartBatch(body["kind"], body["process_instance_keys"], body["reason"], _parameters(body)))


@blueprint.get("/batch-operations/<key:key>")
@operation(
    "批量操作的结果",
    query=BatchOperationQuerySchema,
    answer=BatchOperationDetailSchema,
    errors=(400, 403, 404),
    administrators=True,
)
def read_batch(key: int, query: dict[str, Any]) -> dict[str, Any]:
    """Give one operation with what became of each case."""
    with read() as connection:
        return batch(connection, key, state=query["state"])


@blueprint.post("/batch-operations/<key:key>/cancellation")
@operation("停止批量操作", errors=(403, 404, 409), administrators=True, command=True)
def cancel_batch(key: int) -> None:
    """Leave the cases alone that it has not come to yet."""
    execute(CancelBatch(key))


def _parameters(body: dict[str, Any]) -> dict[str, Any]:
    """What the command takes: only what was given, so that what a kind does not take is refused."""
    found: dict[str, Any] = {}
    if body["definition_key"] is not None:
        found["definition_key"] = body["definition_key"]
    if body["elements"] and body["kind"] == "MODIFY":
        found["moves"] = body["elements"]
    elif body["elements"]:
        found["mapping"] = {each["source"]: each["target"] for each in body["elements"]}
    return found
