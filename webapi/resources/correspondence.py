"""What waits for somebody beside user tasks: copies, entered signatures, interventions; their second factor."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from engine.commands.actions.answer_recorded_signature import AnswerRecordedSignature
from engine.commands.actions.decide_intervention import DecideIntervention
from engine.commands.actions.read_copy import ReadCopy
from engine.commands.actions.request_intervention import RequestIntervention
from engine.commands.actions.scan_recorded_signature import ScanRecordedSignature
from engine.commands.actions.send_copies import SendCopies
from engine.commands.second_factor import (
    ConfirmSecondFactor,
    EnrolSecondFactor,
    RemoveSecondFactor,
    has_second_factor,
)
from engine.commands.totp import enrolment_uri, new_totp_secret
from engine.errors import InvalidInput
from engine.queries import correspondence
from engine.queries.paging import Request
from webapi.operations import operation
from webapi.schemas.actions import (
    CodeSchema,
    CopiesRequestSchema,
    CopyKeysSchema,
    CopyPageSchema,
    CopyQuerySchema,
    DecisionOnInterventionSchema,
    InterventionKeySchema,
    InterventionListSchema,
    InterventionRequestSchema,
    ReceiptListSchema,
    ScanSchema,
    SecondFactorRequestSchema,
    SecondFactorSchema,
    SecondFactorSecretSchema,
    SignatureAnswerSchema,
    SignatureListSchema,
)
from webapi.security import actor
from webapi.services import execute, execute_with_code, read

blueprint = Blueprint("correspondence", __name__)
COMMAND_ERRORS = (400, 403, 404, 409, 422)


@blueprint.post("/process-instances/<key:key>/copies")
@operation("抄送、传阅", body=CopiesRequestSchema, answer=CopyKeysSchema, errors=COMMAND_ERRORS, command=True)
def send_copies(key: int, body: dict[str, Any]) -> Any:
    """Give people a case to read."""
    if not body["people"]:
        raise InvalidInput("请至少选择一人。")
    return execute(SendCopies(key, **body))


@blueprint.get("/process-instances/<key:key>/copies")
@operation("抄送给谁、谁已阅", answer=ReceiptListSchema, errors=(404,))
def list_receipts(key: int) -> dict[str, Any]:
    """List the receipts of a case."""
    with read() as connection:
        return correspondence.receipts(connection, actor(), key)


@blueprint.get("/copies")
@operation("抄送我的", query=CopyQuerySchema, answer=CopyPageSchema, errors=(400,))
def list_copies(query: dict[str, Any]) -> Any:
    """List a page."""
    unread = query.pop("tab") == "unread"
    with read() as connection:
        return correspondence.copies(connection, actor(), Request(**query), unread=unread)


@blueprint.post("/copies/<key:key>/receipt")
@operation("已阅", errors=(403, 404), command=True)
def read_copy(key: int) -> None:
    """Note that it was read."""
    execute(ReadCopy(key))


@blueprint.get("/recorded-signatures")
@operation("等待我确认的代录", answer=SignatureListSchema)
def list_signatures() -> dict[str, Any]:
    """List."""
    with read() as connection:
        return correspondence.signatures_to_confirm(connection, actor())


@blueprint.post("/recorded-signatures/<key:key>/answer")
@operation("确认或否认代录", body=SignatureAnswerSchema, errors=(400, 403, 404), command=True)
def answer_signature(key: int, body: dict[str, Any]) -> None:
    """Answer; ``key`` is the user task's."""
    execute(AnswerRecordedSignature(key, body["confirmed"], body["note"]))


@blueprint.post("/recorded-signatures/<key:key>/scan")
@operation("补交扫描件", body=ScanSchema, errors=(400, 403, 404), command=True)
def scan_signature(key: int, body: dict[str, Any]) -> None:
    """Name the scan; ``key`` is the user task's."""
    execute(ScanRecordedSignature(key, body["document_id"]))


@blueprint.post("/process-instances/<key:key>/interventions")
@operation(
    "申请跳转或终止",
    body=InterventionRequestSchema,
    answer=InterventionKeySchema,
    status=201,
    errors=COMMAND_ERRORS,
    command=True,
)
def request_intervention(key: int, body: dict[str, Any]) -> Any:
    """Ask the procedure's owner."""
    return execute(RequestIntervention(key, body["kind"], body["reason"], body["element_id"], body["terminate"]))


@blueprint.get("/interventions")
@operation("跳转与终止申请", answer=InterventionListSchema)
def list_interventions() -> dict[str, Any]:
    """List those one may decide, and one's own."""
    with read() as connection:
        return correspondence.interventions(connection, actor(), actor().groups)


@blueprint.post("/interventions/<key:key>/decision")
@operation("批准或驳回", body=DecisionOnInterventionSchema, errors=COMMAND_ERRORS, command=True)
def decide_intervention(key: int, body: dict[str, Any]) -> None:
    """Decide."""
    execute(DecideIntervention(key, body["approve"], body["note"]))


@blueprint.get("/second-factor")
@operation("是否启用二次验证", answer=SecondFactorSchema)
def read_second_factor() -> dict[str, bool]:
    """Say whether it is in use."""
    with read() as connection:
        return {"confirmed": has_second_factor(connection, actor().id)}


@blueprint.post("/second-factor")
@operation(
    "设置二次验证",
    body=SecondFactorRequestSchema,
    answer=SecondFactorSecretSchema,
    status=201,
    errors=(400, 403, 409),
)
def enrol_second_factor(body: dict[str, Any]) -> dict[str, str]:
    """Make a secret for the app; it counts once a first code has confirmed it."""
    secret = new_totp_secret()
    execute(EnrolSecondFactor(secret, body["algorithm"]))
    return {"secret": secret, "uri": enrolment_uri(secret, actor().name, body["algorithm"])}


@blueprint.post("/second-factor/confirmation")
@operation("确认二次验证", body=CodeSchema, errors=(400, 403, 404))
def confirm_second_factor(body: dict[str, Any]) -> None:
    """Show that the app makes the right codes."""
    execute_with_code(ConfirmSecondFactor(body["code"]))


@blueprint.post("/second-factor/removal")
@operation("停用二次验证", body=CodeSchema, errors=(400, 403, 404))
def remove_second_factor(body: dict[str, Any]) -> None:
    """Take one's own away, with a code."""
    execute_with_code(RemoveSecondFactor(body["code"]))
