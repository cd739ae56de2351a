"""Which length a limit has: the duty list's value, today's law, the bureau's own target, and the one in force."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from engine.clock import LEGAL_ZONE
from engine.deadlines.calendar import Calendar
from engine.deadlines.due import compute_due
from engine.deadlines.errors import TermInvalid, TermRuleAmbiguous, TermRuleNotInForce, TermValueMissing
from engine.deadlines.schedule import day_begins
from engine.deadlines.term import Counting, Direction, Length, Roll, Term


class Mode(StrEnum):
    """Which value the bureau wants: the duty list's, the law's, or the stricter of both."""

    SEED = "seed"
    LAW = "law"
    STRICTER = "stricter"


class Source(StrEnum):
    """Whose value is in force. ``internal``: neither the duty list nor the law gives one, the bureau set its own."""

    SEED = "seed"
    LAW = "law"
    INTERNAL = "internal"


@dataclass(frozen=True, slots=True)
class TermRule:
    """One version of a limit: in force for starting events from ``effective_from`` to ``effective_to``, both included.

    ``basis`` names the article or the duty list's line. A limit set case by case has neither value.
    """

    id: str
    procedure: str
    name: str
    seed_value: Length | None = None
    law_value: Length | None = None
    internal_value: Length | None = None
    direction: Direction = Direction.DUTY
    basis: str = ""
    effective_from: date | None = None
    effective_to: date | None = None
    mode: Mode = Mode.STRICTER
    counting: Counting = Counting.FORWARD
    roll: Roll = Roll.NEXT

    def __post_init__(self) -> None:
        if self.counting is Counting.BACKWARD and self.direction is Direction.DUTY:
            # The shorter lead time would be the weaker one.
            raise TermInvalid(f"时限规则 {self.id} 是倒推期限，方向应为 minimum（取较长者）")
        if self.effective_from and self.effective_to and self.effective_to < self.effective_from:
            raise TermInvalid(f"时限规则 {self.id} 的施行期间首尾颠倒，请改正")

    def covers(self, day: date) -> bool:
        """Return whether a starting event on ``day`` falls under this version."""
        return (self.effective_from or date.min) <= day <= (self.effective_to or date.max)

    @property
    def version(self) -> str:
        """Return what tells this version from the rule's others."""
        return f"{self.effective_from or '…'}/{self.effective_to or '…'}"


@dataclass(frozen=True, slots=True)
class ChosenTerm:
    """The term in force, whose value it is, and the bureau's own earlier target if any."""

    rule: TermRule
    term: Term
    source: Source
    internal: Term | None


def choose(rules: Iterable[TermRule], day: date, calendar: Calendar) -> ChosenTerm:
    """Return the term in force for a starting event on ``day``.

    A duty takes the shorter value, a right or a minimum (so every lead time before an event) the longer one, and
    whatever the mode none falls below the law.
    Lengths are compared by the last day they lead to from ``day``, so different units compare exactly.

    Raises TermRuleNotInForce, TermRuleAmbiguous, or TermValueMissing for a limit that is set case by case.
    """
    rule = rule_in_force(rules, day)
    candidates = {Source.SEED: rule.seed_value, Source.LAW: rule.law_value}
    known = {source: length for source, length in candidates.items() if length is not None}
    if not known and rule.internal_value is not None:
        return ChosenTerm(rule, _term(rule, rule.internal_value), Source.INTERNAL, None)
    if not known:
        raise TermValueMissing(f"“{rule.name}”没有固定期限，须按批示、来文或合同逐件确定，请录入期限")
    source = _source(rule, known, day, calendar)
    term = _term(rule, known[source])
    return ChosenTerm(rule, term, source, _internal(rule, term, day, calendar))


def rule_in_force(rules: Iterable[TermRule], day: date) -> TermRule:
    """Return the one version that covers ``day``. Raises TermRuleNotInForce or TermRuleAmbiguous."""
    given = list(rules)
    covering = [rule for rule in given if rule.covers(day)]
    name = given[0].name if given else "该事项"
    if not covering:
        raise TermRuleNotInForce(f"{day} 没有“{name}”的有效时限规则，请补充规则的施行期间")
    if len(covering) > 1:
        raise TermRuleAmbiguous(f"{day} 有 {len(covering)} 条“{name}”的时限规则同时有效，请理清施行期间")
    return covering[0]


def _source(rule: TermRule, known: Mapping[Source, Length], day: date, calendar: Calendar) -> Source:
    if len(known) == 1:
        return next(iter(known))
    if rule.mode is Mode.LAW:
        return Source.LAW
    # Both are known: whether the duty list is wanted or the stricter value, the seed stands only where the law allows.
    seed = _reach(_term(rule, known[Source.SEED]), day, calendar)
    law = _reach(_term(rule, known[Source.LAW]), day, calendar)
    if rule.direction is Direction.DUTY:
        return Source.SEED if seed < law else Source.LAW
    return Source.SEED if seed > law else Source.LAW


def _internal(rule: TermRule, term: Term, day: date, calendar: Calendar) -> Term | None:
    """The bureau's own target, if it is earlier than what binds it; a right or a minimum cannot be cut by a target."""
    if rule.internal_value is None or rule.direction is not Direction.DUTY:
        return None
    target = replace(term, length=rule.internal_value)
    return target if _reach(target, day, calendar) < _reach(term, day, calendar) else None


def _term(rule: TermRule, length: Length) -> Term:
    roll = Roll.NONE if length.unit.by_moment else rule.roll
    return Term(length, rule.direction, rule.counting, roll)


def _reach(term: Term, day: date, calendar: Calendar) -> float:
    """How far the term reaches from ``day``, in seconds: the later (backward: the earlier) its end, the more."""
    start = datetime(day.year, day.month, day.day, tzinfo=LEGAL_ZONE)
    due_at = compute_due(term, start, calendar).due_at
    if due_at is None:
        raise ValueError("a term without suspension always has an end")
    return abs((due_at - day_begins(day)).total_seconds())
