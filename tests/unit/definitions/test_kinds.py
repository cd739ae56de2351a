"""Procedures are told by their kind."""

from __future__ import annotations

import pytest

from engine.definitions.kinds import ProcedureKind, kind_of


@pytest.mark.parametrize(
    ("marks", "family", "kind"),
    [
        (["种子原文"], "A", ProcedureKind.DUTY),
        (["停用", "法律已变更"], "D", ProcedureKind.DUTY),
        (["种子原文"], "表单", ProcedureKind.FORM),
        (["法律已变更", "平台补充"], None, ProcedureKind.ADDED),
        (["公用"], "G", ProcedureKind.PART),
        (["种子原文", "环节"], "F", ProcedureKind.PART),
    ],
)
def test_the_kind_follows_from_the_marks(marks: list[str], family: str | None, kind: ProcedureKind) -> None:
    assert kind_of(marks, family) is kind
