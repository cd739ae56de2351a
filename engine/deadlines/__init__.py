"""Legal time limits: calendars, terms, clocks. Pure: nothing here knows a database, a diagram or the present moment.

A ``Calendar`` says which days count; ``compute_due`` gives a ``Term``'s last day with its day-by-day proof; a
``ClockState`` lives through operations by ``apply``; ``choose`` finds the value in force between the bureau's duty
list and today's law.
"""

from engine.deadlines.calendar import Calendar, CountedDate, CountedDays, DayExplanation
from engine.deadlines.calendar_diff import CalendarDifference, DayChange, StatusChange, compare_calendars
from engine.deadlines.calendar_year import CalendarDay, CalendarYear, DayKind, YearStatus
from engine.deadlines.clock_state import (
    ClockState,
    ClockStatus,
    Deadline,
    Extension,
    Light,
    deadline_of,
    schedule_of,
)
from engine.deadlines.due import compute_due
from engine.deadlines.errors import (
    CalendarInvalid,
    ClockFormatUnknown,
    ClockOperationRefused,
    DateOutOfRange,
    DeadlineError,
    ExtensionRefused,
    HolidayImportInvalid,
    TermInvalid,
    TermRuleAmbiguous,
    TermRuleNotInForce,
    TermValueMissing,
)
from engine.deadlines.holiday_json import from_holiday_json
from engine.deadlines.operations import (
    Extend,
    Operation,
    Recompute,
    Restart,
    Resume,
    Start,
    Stop,
    Suspend,
    operation_from_dict,
    operation_to_dict,
)
from engine.deadlines.policy import ClockPolicy, Threshold
from engine.deadlines.rule_rows import policy_from_row, rule_from_row
from engine.deadlines.rules import ChosenTerm, Mode, Source, TermRule, choose, rule_in_force
from engine.deadlines.schedule import ProofDay, Schedule
from engine.deadlines.stored_clock import clock_from_dict, clock_to_dict
from engine.deadlines.suspension import Suspension
from engine.deadlines.term import Counting, Direction, Length, Roll, Term, Unit, backward, forward
from engine.deadlines.transitions import ClockRecord, Transition, apply, what_if
from engine.deadlines.year_files import load_calendar, load_year, year_to_yaml

__all__ = [
    "Calendar",
    "CalendarDay",
    "CalendarDifference",
    "CalendarInvalid",
    "CalendarYear",
    "ChosenTerm",
    "ClockFormatUnknown",
    "ClockOperationRefused",
    "ClockPolicy",
    "ClockRecord",
    "ClockState",
    "ClockStatus",
    "CountedDate",
    "CountedDays",
    "Counting",
    "DateOutOfRange",
    "DayChange",
    "DayExplanation",
    "DayKind",
    "Deadline",
    "DeadlineError",
    "Direction",
    "Extend",
    "Extension",
    "ExtensionRefused",
    "HolidayImportInvalid",
    "Length",
    "Light",
    "Mode",
    "Operation",
    "ProofDay",
    "Recompute",
    "Restart",
    "Resume",
    "Roll",
    "Schedule",
    "Source",
    "Start",
    "StatusChange",
    "Stop",
    "Suspend",
    "Suspension",
    "Term",
    "TermInvalid",
    "TermRule",
    "TermRuleAmbiguous",
    "TermRuleNotInForce",
    "TermValueMissing",
    "Threshold",
    "Transition",
    "Unit",
    "YearStatus",
    "apply",
    "backward",
    "choose",
    "clock_from_dict",
    "clock_to_dict",
    "compare_calendars",
    "compute_due",
    "deadline_of",
    "forward",
    "from_holiday_json",
    "load_calendar",
    "load_year",
    "operation_from_dict",
    "operation_to_dict",
    "policy_from_row",
    "rule_from_row",
    "rule_in_force",
    "schedule_of",
    "what_if",
    "year_to_yaml",
]
