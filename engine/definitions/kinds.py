"""What sort of procedure a process is, by its marks: of the duty list, added, a form only, or a part of others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

PART_MARKS = frozenset({"公用", "环节"})
"""Called by procedures, not started by people."""
ADDED_MARKS = frozenset({"平台补充"})
FORM_FAMILY = "表单"


class ProcedureKind(StrEnum):
    """The sorts, in the bureau's words."""

    DUTY = "清单事项"
    ADDED = "补充事项"
    FORM = "表单事项"
    PART = "公用环节"


def marks_of(properties: Mapping[str, str]) -> list[str]:
    """Return the marks of a process, in the order in which its ``badge`` property has them."""
    return [word.strip() for word in properties.get("badge", "").split(",") if word.strip()]


def kind_of(marks: Iterable[str], family: str | None) -> ProcedureKind:
    """Return the sort of a process by its ``badge`` and ``family`` properties."""
    given = frozenset(marks)
    if given & PART_MARKS:
        return ProcedureKind.PART
    if given & ADDED_MARKS:
        return ProcedureKind.ADDED
    return ProcedureKind.FORM if family == FORM_FAMILY else ProcedureKind.DUTY
