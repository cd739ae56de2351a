"""The registers of services of papers (送达) and of seals (用印)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from engine.commands.correct_service import CorrectService
from engine.commands.hand_over_seal import AnswerSealHandover, HandOverSeal
from engine.queries.number_registers import numbers_of_case
from engine.queries.paging import Request
from engine.queries.seals import handovers_of, loans_of, seals_list, uses_of, uses_of_case
from engine.queries.services import Span, services, services_of_case
from engine.queries.sight import Sight, require_sight
from webapi.operations import operation
from webapi.schemas.common import PageQuerySchema
from webapi.schemas.issuing import (
    CorrectedSchema,
    HandoverAnswerSchema,
    HandoverKeySchema,
    HandoverListSchema,
    HandoverRequestSchema,
    IssuedSchema,
    LoanListSchema,
    SealListSchema,
    SealUsePageSchema,
    ServiceCorrectionSchema,
    ServiceListSchema,
    ServicePageSchema,
    ServicesQuerySchema,
)
from webapi.security import actor
from webapi.services import execute, read

blueprint = Blueprint("services_and_seals", __name__)

ERRORS = (400, 403, 404, 409, 422)


@blueprint.get("/process-instances/<key:key>/issued")
@operation("一个案件的文号、送达、用印", answer=IssuedSchema, errors=(404,))
def read_issued(key: int) -> dict[str, Any]:
    """Give what the case has in the registers."""
    with read() as connection:
        root_key, _ = require_sight(connection, actor(), key, Sight.CONTENT)
        return {
            "numbers": numbers_of_case(connection, root_key),
            "services": services_of_case(connection, actor(), root_key),
            "seal_uses": uses_of_case(connection, root_key),
        }


@blueprint.get("/process-instances/<key:key>/services")
@operation("一个案件的送达", answer=ServiceListSchema, errors=(404,))
def list_services_of_case(key: int) -> dict[str, Any]:
    """List the services of the case's papers."""
    with read() as connection:
        return {"items": services_of_case(connection, actor(), key)}


@blueprint.get("/services")
@operation("送达登记簿", query=ServicesQuerySchema, answer=ServicePageSchema, errors=(400, 403))
def list_services(query: dict[str, Any]) -> Any:
    """List the services in all cases that one may see."""
    days = {name: None if query[name] is None else query[name].isoformat() for name in ("since", "until")}
    request = Request(limit=query["limit"], cursor=query["cursor"], search=query["search"])
    with read() as connection:
        return services(connection, actor(), request, Span(days["since"], days["until"], query["way"]))


@blueprint.post("/services/<key:key>/correction")
@operation("更正送达记录", body=ServiceCorrectionSchema, answer=CorrectedSchema, errors=ERRORS, command=True)
def correct_service(key: int, body: dict[str, Any]) -> dict[str, Any]:
    """Correct, with evidence; named clocks move with the day of service."""
    changes = dict(body["changes"])
    if "served_on" in changes:
        changes["served_on"] = changes["served_on"].isoformat()
    return execute(CorrectService(key, changes, body["evidence"], body["reason"], tuple(body["limits"])))


@blueprint.get("/seals")
@operation("印章", answer=SealListSchema, errors=(403, 404))
def list_seals() -> dict[str, Any]:
    """List the seals with who keeps them and which are out."""
    with read() as connection:
        return {"items": seals_list(connection, actor())}


@blueprint.get("/seals/<id_>/uses")
@operation("用印登记簿", query=PageQuerySchema, answer=SealUsePageSchema, errors=(400, 403, 404))
def list_seal_uses(id_: str, query: dict[str, Any]) -> Any:
    """Give a page of the register of a seal."""
    with read() as connection:
        return uses_of(connection, actor(), id_, Request(limit=query["limit"], cursor=query["cursor"]))


@blueprint.get("/seals/<id_>/loans")
@operation("印章带出登记", answer=LoanListSchema, errors=(403, 404))
def list_seal_loans(id_: str) -> dict[str, Any]:
    """List when the seal was out."""
    with read() as connection:
        return {"items": loans_of(connection, actor(), id_)}


@blueprint.get("/seals/<id_>/handovers")
@operation("印章移交登记", answer=HandoverListSchema, errors=(403, 404))
def list_seal_handovers(id_: str) -> dict[str, Any]:
    """List who handed the seal to whom."""
    with read() as connection:
        return {"items": handovers_of(connection, actor(), id_)}


@blueprint.get("/seal-handovers")
@operation("等待本人确认的印章移交", answer=HandoverListSchema, errors=(403,))
def list_waiting_handovers() -> dict[str, Any]:
    """List the hand-overs that wait for who asks."""
    with read() as connection:
        return {"items": handovers_of(connection, actor(), None)}


@blueprint.post("/seals/<id_>/handovers")
@operation("移交印章", body=HandoverRequestSchema, answer=HandoverKeySchema, status=201, errors=ERRORS, command=True)
def hand_over_seal(id_: str, body: dict[str, Any]) -> dict[str, Any]:
    """Hand a seal over; the other must confirm it."""
    return execute(HandOverSeal(id_, **body))


@blueprint.post("/seal-handovers/<key:key>/answer")
@operation("确认或退回印章移交", body=HandoverAnswerSchema, answer=HandoverKeySchema, errors=ERRORS, command=True)
def answer_seal_handover(key: int, body: dict[str, Any]) -> dict[str, Any]:
    """Confirm that one has the seal, or refuse."""
    return execute(AnswerSealHandover(key, **body))
