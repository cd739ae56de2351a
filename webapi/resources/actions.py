"""What people do with a user task beside completing it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from engine.commands.actions.delegate_user_task import DelegateUserTask
from engine.commands.actions.recall_delegation import RecallDelegation
from engine.commands.actions.record_for_person import RecordForPerson
from engine.commands.actions.remove_signer import RemoveSigner
from engine.commands.actions.return_user_task import ReturnUserTask
from engine.commands.actions.sign_user_task import SignUserTask
from engine.commands.actions.transfer_user_task import TransferUserTask
from engine.commands.actions.urge_user_task import UrgeUserTask
from engine.commands.actions.withdraw_user_task import WithdrawUserTask
from engine.commands.complete_user_task import CompleteUserTask
from engine.errors import BanjieError, InvalidInput
from engine.queries.return_preview import return_preview, return_targets
from webapi.operations import operation
from webapi.requests import idempotency_key
from webapi.schemas.actions import (
    BatchRequestSchema,
    BatchResultListSchema,
    HandOverSchema,
    OpenedSchema,
    RecordingSchema,
    ReturnPreviewSchema,
    ReturnQuerySchema,
    ReturnRequestSchema,
    ReturnTargetsSchema,
    SignersRequestSchema,
    SignersSchema,
    UrgedSchema,
    UrgeSchema,
    WithdrawalSchema,
)
from webapi.schemas.common import ReasonSchema
from webapi.security import actor
from webapi.services import execute, platform, read

blueprint = Blueprint("actions", __name__)
COMMAND_ERRORS = (400, 403, 404, 409, 422)
MOST_AT_ONCE = 100


class TooManyAtOnce(InvalidInput):
    """More user tasks at once than one request may hold."""

    code = "webapi.too-many-at-once"


@blueprint.get("/user-tasks/<key:key>/return-targets")
@operation("可以退回到哪些步骤", answer=ReturnTargetsSchema, errors=(404,))
def list_return_targets(key: int) -> dict[str, Any]:
    """List."""
    with read() as connection:
        return return_targets(connection, platform().sources.definitions, actor(), key)


@blueprint.get("/user-tasks/<key:key>/return-preview")
@operation("退回将取消什么", query=ReturnQuerySchema, answer=ReturnPreviewSchema, errors=(400, 404, 409))
def preview_return(key: int, query: dict[str, Any]) -> dict[str, Any]:
    """Show what a return would cancel, before it is confirmed."""
    with read() as connection:
        definitions = platform().sources.definitions
        return return_preview(connection, definitions, actor(), key, query["target"], query["to"])


@blueprint.post("/user-tasks/<key:key>/return")
@operation("退回", body=ReturnRequestSchema, answer=OpenedSchema, errors=COMMAND_ERRORS, command=True)
def return_user_task(key: int, body: dict[str, Any]) -> Any:
    """Return."""
    return execute(ReturnUserTask(key, **body))


@blueprint.post("/user-tasks/<key:key>/withdrawal")
@operation("撤回", body=WithdrawalSchema, answer=OpenedSchema, errors=COMMAND_ERRORS, command=True)
def withdraw_user_task(key: int, body: dict[str, Any]) -> Any:
    """Take back what one has just done."""
    return {**execute(WithdrawUserTask(key, body["reason"])), "cancelled": []}


@blueprint.post("/user-tasks/<key:key>/transfer")
@operation("转办", body=HandOverSchema, errors=COMMAND_ERRORS, command=True)
def transfer_user_task(key: int, body: dict[str, Any]) -> None:
    """Hand over."""
    execute(TransferUserTask(key, body["to"], body["reason"]))


@blueprint.post("/user-tasks/<key:key>/delegation")
@operation("委派", body=HandOverSchema, errors=COMMAND_ERRORS, command=True)
def delegate_user_task(key: int, body: dict[str, Any]) -> None:
    """Have another do the work, to be confirmed."""
    execute(DelegateUserTask(key, body["to"], body["reason"]))


@blueprint.delete("/user-tasks/<key:key>/delegation")
@operation("收回委派", errors=COMMAND_ERRORS, command=True)
def recall_delegation(key: int) -> None:
    """Take it back."""
    execute(RecallDelegation(key))


@blueprint.post("/user-tasks/<key:key>/signers")
@operation("加签、协办", body=SignersRequestSchema, answer=SignersSchema, errors=COMMAND_ERRORS, command=True)
def sign_user_task(key: int, body: dict[str, Any]) -> Any:
    """Ask further people to sign."""
    if not body["people"]:
        raise InvalidInput("请至少选择一人。")
    return execute(SignUserTask(key, body["kind"], body["people"], body["reason"]))


@blueprint.post("/signers/<key:key>/removal")
@operation("减签", body=ReasonSchema, errors=COMMAND_ERRORS, command=True)
def remove_signer(key: int, body: dict[str, Any]) -> None:
    """Let a signer go."""
    execute(RemoveSigner(key, body["reason"]))


@blueprint.post("/user-tasks/<key:key>/urging")
@operation("催办", body=UrgeSchema, answer=UrgedSchema, errors=COMMAND_ERRORS, command=True)
def urge_user_task(key: int, body: dict[str, Any]) -> Any:
    """Remind those whose turn it is."""
    return execute(UrgeUserTask(key, body["note"]))


@blueprint.post("/user-tasks/<key:key>/recording")
@operation("代录、补签", body=RecordingSchema, errors=COMMAND_ERRORS, command=True)
def record_for_person(key: int, body: dict[str, Any]) -> None:
    """Enter what somebody signed on paper or agreed to."""
    execute(RecordForPerson(key, **body))


@blueprint.post("/user-tasks/batch-completion")
@operation("批量办理", body=BatchRequestSchema, answer=BatchResultListSchema, errors=(400,), command=True)
def complete_together(body: dict[str, Any]) -> dict[str, Any]:
    """Complete each by itself: what fails for one leaves the others done."""
    if len(body["items"]) > MOST_AT_ONCE:
        raise TooManyAtOnce(f"一次最多批量办理 {MOST_AT_ONCE} 件，请分次办理。")
    results = []
    for item in body["items"]:
        command = CompleteUserTask(item["key"], {**body["variables"], **item["variables"]}, body["opinion"], batch=True)
        results.append(_one_of_several(command))
    return {"items": results}


def _one_of_several(command: CompleteUserTask) -> dict[str, Any]:
    key = idempotency_key()
    own_key = None if key is None else f"{key}:{command.key}"[-200:]
    try:
        answer = platform().bus.execute(command, actor(), idempotency_key=own_key)
    except BanjieError as error:
        return {"key": command.key, "done": False, "held": False, "code": error.code, "detail": error.message}
    return {"key": command.key, "done": True, "held": answer.get("held", False), "code": None, "detail": None}
