"""What a time limit says: how long, in which unit, for whom, in which direction, and what happens on a day off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from engine.deadlines.calendar import MAXIMUM_AMOUNT
from engine.deadlines.errors import TermInvalid


class Unit(StrEnum):
    """Units of a legal period. Weeks are seven days, quarters three months."""

    WORKING_DAY = "working_day"
    DAY = "day"
    HOUR = "hour"
    MINUTE = "minute"
    MONTH = "month"
    YEAR = "year"

    @property
    def by_moment(self) -> bool:
        """Return whether the period runs from the moment, not from the next day (民法典 §201②)."""
        return self in (Unit.HOUR, Unit.MINUTE)


class Direction(StrEnum):
    """Whom the limit binds: a duty of the office, a right of a party, or a least time that must be left."""

    DUTY = "duty"
    RIGHT = "right"
    MINIMUM = "minimum"


class Counting(StrEnum):
    """Forward from the starting event, or backward from an event to come (会前三天, 听证七日前)."""

    FORWARD = "forward"
    BACKWARD = "backward"


class Roll(StrEnum):
    """What happens when the last day is a day off: the next working day (民法典 §203), nothing, or an earlier one."""

    NEXT = "next"
    NONE = "none"
    EARLIER = "earlier"


_UNIT_NAMES = {
    Unit.WORKING_DAY: "个工作日",
    Unit.DAY: "日",
    Unit.HOUR: "小时",
    Unit.MINUTE: "分钟",
    Unit.MONTH: "个月",
    Unit.YEAR: "年",
}
_DAYS_PER_UNIT = {Unit.MONTH: 31, Unit.YEAR: 366}


@dataclass(frozen=True, slots=True)
class Length:
    """A number of units, e.g. 20 working days. Zero days means the same day. Raises TermInvalid beyond 100 years."""

    amount: int
    unit: Unit

    def __post_init__(self) -> None:
        if type(self.amount) is not int or self.amount < 0:
            raise TermInvalid(f"期限数值须为不小于零的整数，现为 {self.amount}")
        if not self.unit.by_moment and self.amount * _DAYS_PER_UNIT.get(self.unit, 1) > MAXIMUM_AMOUNT:
            raise TermInvalid(f"期限 {self} 过长，请检查录入")
        if self.unit.by_moment and self.amount > 10_000:
            raise TermInvalid(f"期限 {self} 过长，请改用日或工作日")

    def __str__(self) -> str:
        return f"{self.amount}{_UNIT_NAMES[self.unit]}"

    def to_dict(self) -> dict[str, object]:
        """Return the length as plain JSON values."""
        return {"amount": self.amount, "unit": self.unit.value}

    @classmethod
    def from_dict(cls, data: Mapping[str, object]) -> Length:
        """Read what ``to_dict`` writes. Raises KeyError, TypeError, ValueError or TermInvalid."""
        amount = data["amount"]
        if not isinstance(amount, int):
            raise TypeError("amount")
        return cls(amount, Unit(str(data["unit"])))


@dataclass(frozen=True, slots=True)
class Term:
    """A length with its rules of counting.

    The start day is not counted (民法典 §201①) unless ``start_day_counted``. ``clear_days`` (backward only) asks for
    that many full days between the act and the event, the strict reading of 七日前. Raises TermInvalid when the parts
    do not fit together.
    """

    length: Length
    direction: Direction = Direction.DUTY
    counting: Counting = Counting.FORWARD
    roll: Roll = Roll.NEXT
    start_day_counted: bool = False
    clear_days: bool = False

    def __post_init__(self) -> None:
        if self.backward and self.roll is Roll.NEXT:
            raise TermInvalid("倒推期限遇休息日只能提前，不能顺延（roll 应为 earlier 或 none）")
        if self.length.unit.by_moment and (self.roll is not Roll.NONE or self.start_day_counted):
            raise TermInvalid("按小时、分钟计算的期限即时起算，不顺延（roll 应为 none）")
        if self.backward and self.start_day_counted:
            raise TermInvalid("倒推期限不计入基准日，不能设“当日起算”")
        if self.clear_days and (not self.backward or self.length.unit not in (Unit.DAY, Unit.WORKING_DAY)):
            raise TermInvalid("“足日”只用于按日或工作日倒推的期限")
        if self.start_day_counted and self.length.amount == 0:
            raise TermInvalid("“当日起算”的期限至少为一日")

    @property
    def backward(self) -> bool:
        """Return whether the term is counted back from an event."""
        return self.counting is Counting.BACKWARD

    def to_dict(self) -> dict[str, object]:
        """Return the term as plain JSON values."""
        return {
            **self.length.to_dict(),
            "direction": self.direction.value,
            "counting": self.counting.value,
            "roll": self.roll.value,
            "start_day_counted": self.start_day_counted,
            "clear_days": self.clear_days,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, object]) -> Term:
        """Read what ``to_dict`` writes. Raises KeyError, TypeError, ValueError or TermInvalid."""
        return cls(
            Length.from_dict(data),
            Direction(str(data["direction"])),
            Counting(str(data["counting"])),
            Roll(str(data["roll"])),
            data.get("start_day_counted", False) is True,
            data.get("clear_days", False) is True,
        )


def forward(
    amount: int,
    unit: Unit = Unit.WORKING_DAY,
    direction: Direction = Direction.DUTY,
    *,
    start_day_counted: bool = False,
) -> Term:
    """Return the usual forward term: start day not counted, last day rolled on; hours run at once."""
    roll = Roll.NONE if unit.by_moment else Roll.NEXT
    return Term(Length(amount, unit), direction, Counting.FORWARD, roll, start_day_counted)


def backward(
    amount: int, unit: Unit = Unit.WORKING_DAY, direction: Direction = Direction.DUTY, *, clear_days: bool = False
) -> Term:
    """Return the usual backward term: event day not counted, a day off moves earlier."""
    roll = Roll.NONE if unit.by_moment else Roll.EARLIER
    return Term(Length(amount, unit), direction, Counting.BACKWARD, roll, clear_days=clear_days)
