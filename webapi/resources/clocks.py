"""Clocks of a case: what people do to them, what would follow, and the proposals for the working calendar."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from engine.commands.calendar_proposals import ConfirmCalendarProposal, ProposeCalendarYear, RejectCalendarProposal
from engine.commands.correct_clock_start import CorrectClockStart
from engine.commands.extend_clock import ExtendClock
from engine.commands.restart_clock import RestartClock
from engine.commands.resume_clock import ResumeClock
from engine.commands.stop_clock import StopClock
from engine.commands.suspend_clock import SuspendClock
from engine.deadlines import CalendarYear, from_holiday_json
from engine.queries.calendar_proposals import proposals, year_with_overrides
from engine.queries.clock_detail import clock_detail
from engine.queries.recomputed_clocks import recomputed_clocks
from engine.queries.what_if import suppose
from webapi.operations import operation
from webapi.schemas.cases import CaseKeySchema
from webapi.schemas.clocks import (
    CalendarProposalListSchema,
    CalendarProposalRequestSchema,
    ClockDetailSchema,
    ExtensionSchema,
    ProposalKeySchema,
    RecomputedListSchema,
    RestartSchema,
    ResumptionSchema,
    StartCorrectionSchema,
    StopSchema,
    SupposedSchema,
    SuppositionSchema,
    SuspensionSchema,
)
from webapi.schemas.common import ReasonSchema
from webapi.security import actor
from webapi.services import execute, now, platform, read

blueprint = Blueprint("clocks", __name__)
administration = Blueprint("calendar_proposals", __name__)

CLOCK = "/process-instances/<key:key>/clocks/<id_>"
ERRORS = (400, 403, 404, 409, 422)


@blueprint.get(CLOCK)
@operation("一个期限及其全部操作", answer=ClockDetailSchema, errors=(404,))
def read_clock(key: int, id_: str) -> dict[str, Any]:
    """Read."""
    with read() as connection:
        return clock_detail(connection, actor(), key, id_, now())


@blueprint.post(f"{CLOCK}/suspension")
@operation("中止期限", body=SuspensionSchema, answer=CaseKeySchema, errors=ERRORS, command=True)
def suspend_clock(key: int, id_: str, body: dict[str, Any]) -> dict[str, Any]:
    """Suspend."""
    return execute(SuspendClock(key, id_, **body))


@blueprint.post(f"{CLOCK}/resumption")
@operation("恢复期限", body=ResumptionSchema, answer=CaseKeySchema, errors=ERRORS, command=True)
def resume_clock(key: int, id_: str, body: dict[str, Any]) -> dict[str, Any]:
    """Resume."""
    return execute(ResumeClock(key, id_, **body))


@blueprint.post(f"{CLOCK}/extension")
@operation("延长期限", body=ExtensionSchema, answer=CaseKeySchema, errors=ERRORS, command=True)
def extend_clock(key: int, id_: str, body: dict[str, Any]) -> dict[str, Any]:
    """Extend, as far as the rule allows."""
    return execute(ExtendClock(key, id_, **body))


@blueprint.post(f"{CLOCK}/restart")
@operation("重新起算期限", body=RestartSchema, answer=CaseKeySchema, errors=ERRORS, command=True)
def restart_clock(key: int, id_: str, body: dict[str, Any]) -> dict[str, Any]:
    """Begin anew."""
    return execute(RestartClock(key, id_, **body))


@blueprint.post(f"{CLOCK}/stop")
@operation("停止期限", body=StopSchema, answer=CaseKeySchema, errors=ERRORS, command=True)
def stop_clock(key: int, id_: str, body: dict[str, Any]) -> dict[str, Any]:
    """Stop."""
    return execute(StopClock(key, id_, **body))


@blueprint.post(f"{CLOCK}/start-correction")
@operation("更正起算日", body=StartCorrectionSchema, answer=CaseKeySchema, errors=ERRORS, command=True)
def correct_clock_start(key: int, id_: str, body: dict[str, Any]) -> dict[str, Any]:
    """Correct the starting day, with evidence."""
    return execute(CorrectClockStart(key, id_, **body))


@blueprint.post(f"{CLOCK}/what-if")
@operation("试算：假如中止、延长……，期限是哪天", body=SuppositionSchema, answer=SupposedSchema, errors=ERRORS)
def suppose_clock(key: int, id_: str, body: dict[str, Any]) -> dict[str, Any]:
    """Say what would follow; nothing is changed."""
    with read() as connection:
        return suppose(connection, actor(), key, id_, body["operations"], platform().sources.calendars)


@administration.get("/calendar/proposals")
@operation("日历提案", answer=CalendarProposalListSchema, errors=(403,), administrators=True)
def list_calendar_proposals() -> dict[str, Any]:
    """List proposals; open ones with what they would change."""
    with read() as connection:
        return {"items": proposals(connection, platform().sources.calendars.current(connection))}


@administration.post("/calendar/proposals")
@operation(
    "提出日历",
    body=CalendarProposalRequestSchema,
    answer=ProposalKeySchema,
    status=201,
    errors=ERRORS,
    administrators=True,
    command=True,
)
def propose_calendar(body: dict[str, Any]) -> dict[str, Any]:
    """Propose a year, or single days of one; another administrator must confirm it."""
    year = _proposed(body)
    return execute(ProposeCalendarYear(year.to_dict(), body["source"] or year.source))


@administration.post("/calendar/proposals/<key:key>/confirmation")
@operation("确认日历", answer=ProposalKeySchema, errors=ERRORS, administrators=True, command=True)
def confirm_calendar(key: int) -> dict[str, Any]:
    """Put it in force; open clocks are reckoned anew."""
    return execute(ConfirmCalendarProposal(key))


@administration.get("/calendar/proposals/<key:key>/recomputed")
@operation("日历生效后重新计算的期限", answer=RecomputedListSchema, errors=(403,), administrators=True)
def list_recomputed(key: int) -> dict[str, Any]:
    """List the time limits that a confirmed proposal moved, with old and new due dates."""
    with read() as connection:
        return recomputed_clocks(connection, key)


@administration.post("/calendar/proposals/<key:key>/rejection")
@operation(
    "否决或撤回日历提案",
    body=ReasonSchema,
    answer=ProposalKeySchema,
    errors=ERRORS,
    administrators=True,
    command=True,
)
def reject_calendar(key: int, body: dict[str, Any]) -> dict[str, Any]:
    """Reject."""
    return execute(RejectCalendarProposal(key, body["reason"]))


def _proposed(body: dict[str, Any]) -> CalendarYear:
    if body["holiday_json"]:
        return from_holiday_json(body["year"], body["holiday_json"].encode(), source=body["source"])
    with read() as connection:
        return year_with_overrides(platform().sources.calendars.current(connection), body["year"], body["days"])
