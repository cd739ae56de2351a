"""What the book says, before it is laid out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from engine.definitions.kinds import ProcedureKind


@dataclass(frozen=True, slots=True)
class Step:
    """What somebody or the platform does: an activity, or an event with a meaning of its own."""

    id: str
    name: str
    kind: str
    """In the bureau's words: 办理, 决策表, 出文, 调用 …"""
    lane: str
    seed: str
    """The duty list's own words, with their line."""
    basis: str
    note: str
    form: str
    """Id of its form, or empty."""
    depth: int = 0
    """How many subprocesses it lies in."""


@dataclass(frozen=True, slots=True)
class Limit:
    """A time limit: the duty list's value, today's law, and what holds."""

    name: str
    holds: str
    seed: str
    law: str
    starts: str


@dataclass(frozen=True, slots=True)
class Form:
    """A screen: its fields in order, as (label, kind, whether it must be filled in)."""

    id: str
    title: str
    """The steps that show it."""
    fields: Sequence[tuple[str, str, bool]]


@dataclass(frozen=True, slots=True)
class Watched:
    """A control that watches a procedure."""

    id: str
    title: str
    strength: str
    words: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A decision table that the procedure asks."""

    name: str
    inputs: Sequence[str]
    outputs: Sequence[str]
    rows: Sequence[tuple[Sequence[str], Sequence[str], str]]


@dataclass(frozen=True, slots=True)
class Procedure:
    """One procedure."""

    id: str
    name: str
    kind: ProcedureKind
    badges: Sequence[str]
    source: str
    parts: Mapping[str, str]
    """说明, 依据, 异常 of the procedure as a whole, by heading."""
    picture: str
    """SVG."""
    roles: Sequence[str]
    steps: Sequence[Step]
    limits: Sequence[Limit]
    rules: Sequence[Rule]
    forms: Sequence[Form]
    papers: Sequence[str]
    controls: Sequence[Watched]
    calls: Sequence[tuple[str, str]]
    """Id and name of the procedures that it calls."""
    examples: Sequence[str]


@dataclass(frozen=True, slots=True)
class Chapter:
    """One department: its duties, its posts, its procedures."""

    id: str
    name: str
    plaques: Sequence[str]
    duties: Sequence[str]
    posts: Sequence[Mapping[str, Any]]
    procedures: Sequence[Procedure]


@dataclass(frozen=True, slots=True)
class Book:
    """All chapters, in the order of the duty list."""

    title: str
    chapters: Sequence[Chapter]
    shared: Sequence[Procedure] = field(default=())
    """Parts that procedures of several departments call."""
