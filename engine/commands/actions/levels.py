"""The levels of an office: 经办人, 科室负责人, 分管负责人 of a department, then the head of the bureau."""

from __future__ import annotations

from collections.abc import Iterator

OF_DEPARTMENT = ("经办人", "科室负责人", "分管负责人")
HEAD = "主要负责人"


def levels_from(group: str) -> Iterator[str]:
    """Yield a role and those above it; a role that has no level is alone."""
    name, at, department = group.partition("@")
    if name not in OF_DEPARTMENT or not at:
        yield group
        return
    for level in OF_DEPARTMENT[OF_DEPARTMENT.index(name) :]:
        yield f"{level}@{department}"
    yield HEAD
