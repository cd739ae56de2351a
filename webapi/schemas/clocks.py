"""Clocks of cases, and proposals for the working calendar."""

from __future__ import annotations

from datetime import date
from typing import Any

from marshmallow import ValidationError, validates_schema

from webapi.schemas.base import ApiSchema, list_of
from webapi.schemas.cases import ProofDaySchema
from webapi.schemas.fields import Anything, Choice, Day, Flag, Instant, Key, Many, Part, Text, Whole
from webapi.schemas.people import NamedSchema

UNITS = ("working_day", "day", "hour", "minute", "month", "year")


class GivenDay(Day):
    """A date that is sent in."""

    default_error_messages = {**Day.default_error_messages, "invalid": "应为日期，例如 2026-11-23。"}  # noqa: RUF012

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> date:
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            raise self.make_error("invalid") from None


def _said(**more: Any) -> Text:
    return Text(required=True, shortest=1, longest=1000, **more)


class SuspensionSchema(ApiSchema):
    """From which day on days do not count, and why."""

    first_day = GivenDay(required=True)
    ground = _said()
    paper = _said()


class ResumptionSchema(ApiSchema):
    """The last day that does not count."""

    last_day = GivenDay(required=True)
    paper = _said()


class ExtensionSchema(ApiSchema):
    """By how much, who approved it, and the notice."""

    amount = Whole(required=True, smallest=1, largest=10_000)
    unit = Choice(*UNITS, required=True)
    decided_on = GivenDay(required=True)
    approver = _said()
    paper = _said()


class RestartSchema(ApiSchema):
    """From which day the period begins anew, and why."""

    day = GivenDay(required=True)
    ground = _said()
    evidence = _said()


class StopSchema(ApiSchema):
    """The legal date of what ended the period."""

    day = GivenDay(required=True)
    reason = _said()


class StartCorrectionSchema(ApiSchema):
    """The right starting day, its evidence, and why it was wrong."""

    day = GivenDay(required=True)
    evidence = _said()
    reason = _said()


class SuppositionSchema(ApiSchema):
    """Operations to be tried out, each with ``operation`` and its fields in snake_case."""

    operations = Many(Anything(), required=True)

    @validates_schema
    def _require_objects(self, data: dict[str, Any], **_: Any) -> None:
        if not all(isinstance(given, dict) for given in data["operations"]):
            raise ValidationError("每一步操作应为对象。", "operations")


class SupposedSchema(ApiSchema):
    """What would follow."""

    steps = Many(Anything())
    due = Day(allow_none=True)
    due_at = Instant(allow_none=True)
    provisional = Flag()
    days = Many(Part(ProofDaySchema))


class ClockDetailSchema(ApiSchema):
    """A clock with all that was done to it."""

    id = Text()
    name = Text()
    state = Text()
    started_on = Day(allow_none=True)
    evidence = Text()
    due_at = Instant(allow_none=True)
    amber_at = Instant(allow_none=True)
    red_at = Instant(allow_none=True)
    provisional = Flag()
    light = Text(allow_none=True)
    term = Anything()
    max_extensions = Whole()
    max_extension = Anything(allow_none=True)
    suspensions = Many(Anything())
    extensions = Many(Anything())
    records = Many(Anything())


class ProposedDaySchema(ApiSchema):
    """A day to be changed."""

    date = GivenDay(required=True)
    off = Flag(required=True)
    name = Text(required=True, shortest=1, longest=100)


class CalendarProposalRequestSchema(ApiSchema):
    """A year as a holiday-cn file (``holidayJson``: its text), or single ``days`` of the year in force."""

    year = Whole(required=True, smallest=1950, largest=2999)
    source = Text(longest=300, allow_none=True, load_default=None)
    holiday_json = Text(longest=100_000, allow_none=True, load_default=None)
    days = Many(Part(ProposedDaySchema), load_default=list)

    @validates_schema
    def _require_one(self, data: dict[str, Any], **_: Any) -> None:
        if bool(data["holiday_json"]) == bool(data["days"]):
            raise ValidationError("请在 holidayJson（整年）和 days（个别日期）中给出一项。", "days")


class DayChangeSchema(ApiSchema):
    """A day before and after."""

    date = Day()
    was_working = Flag()
    is_working = Flag()
    old_reason = Text()
    new_reason = Text()


class CalendarProposalSchema(ApiSchema):
    """A proposal and what it would change."""

    key = Key()
    year = Whole()
    source = Text()
    state = Choice("PROPOSED", "CONFIRMED", "REJECTED")
    proposed_by = Part(NamedSchema)
    proposed_at = Instant()
    decided_by = Part(NamedSchema, allow_none=True)
    decided_at = Instant(allow_none=True)
    reason = Text(allow_none=True)
    open_clocks = Whole(allow_none=True)
    changes = Many(Part(DayChangeSchema))


class ProposalKeySchema(ApiSchema):
    """The key of a proposal."""

    key = Key()


class RecomputedClockSchema(ApiSchema):
    """A time limit that another calendar moved; due dates as ISO dates, null where there is none."""

    process_instance_key = Key()
    case_title = Text()
    clock_id = Text()
    clock_name = Text()
    old_due = Text(allow_none=True)
    new_due = Text(allow_none=True)
    at = Instant()


class RecomputedListSchema(ApiSchema):
    """What was moved, how many stayed, how many are of restricted cases, how many wait to be reckoned anew."""

    items = Many(Part(RecomputedClockSchema))
    unmoved = Whole()
    restricted = Whole()
    waiting = Whole()


CalendarProposalListSchema = list_of(CalendarProposalSchema)
