"""What can go wrong with calendars, terms and clocks. All of it hangs from the engine's one tree."""

from __future__ import annotations

from engine.errors import BanjieError, Conflict


class DeadlineError(BanjieError):
    """Root of the errors of legal time limits."""

    code = "deadlines.error"


class CalendarInvalid(DeadlineError):
    """A year of the calendar contradicts itself, or its file cannot be read."""

    code = "deadlines.calendar-invalid"


class HolidayImportInvalid(CalendarInvalid):
    """The imported holiday notice is not usable; ``details['problems']`` lists every reason."""

    code = "deadlines.holiday-import-invalid"


class DateOutOfRange(DeadlineError):
    """A computation would leave the years that can be reckoned (1900 to 9000)."""

    code = "deadlines.date-out-of-range"


class TermInvalid(DeadlineError):
    """A term's parts do not fit together, e.g. a backward period that rolls to a later day."""

    code = "deadlines.term-invalid"


class TermValueMissing(DeadlineError):
    """The rule names no number (the limit is set case by case): somebody has to enter it."""

    code = "deadlines.term-value-missing"


class TermRuleNotInForce(DeadlineError):
    """No version of the rule is in force on the date of the starting event."""

    code = "deadlines.term-rule-not-in-force"


class TermRuleAmbiguous(DeadlineError):
    """Several versions of the rule claim the date of the starting event."""

    code = "deadlines.term-rule-ambiguous"


class ClockOperationRefused(DeadlineError, Conflict):
    """The clock's state does not allow the operation (e.g. resume without suspension)."""

    code = "deadlines.clock-operation-refused"


class ExtensionRefused(ClockOperationRefused):
    """The extension is one too many, too long, or comes after expiry."""

    code = "deadlines.extension-refused"


class ClockFormatUnknown(DeadlineError):
    """A stored clock has a format number or a content this version cannot read."""

    code = "deadlines.clock-format-unknown"
