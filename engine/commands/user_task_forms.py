"""The form of a user task: whether the data is what it asks for, and what the data says of the outcome."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.commands.attachments import check_attachments, take_attachments
from engine.commands.case import Case
from engine.commands.errors import FormRefused
from engine.commands.unit import UnitOfWork
from engine.commands.user_tasks import Row
from engine.queries.variables import visible_variables

OUTCOME = "outcome"
"""The element's property that names the form field whose value is the task's outcome (同意, 不同意, …)."""


def check_form(unit: UnitOfWork, row: Row, case: Case, data: Mapping[str, Any]) -> None:
    """Raise FormRefused unless the data is what the user task's form asks for; the case takes the files it names."""
    problems = problems_of(unit, row, data)
    if problems:
        raise FormRefused("表单有误，请按提示改正后重新提交。", details={"fields": dict(problems)})
    if row["form_key"] is not None:
        schema = unit.sources.definitions.form_schema(unit.connection, row["form_key"])
        files = check_attachments(unit, schema, data, case.root_key)
        take_attachments(unit, case, files, task_key=row["key"], element_id=row["element_id"])


def problems_of(unit: UnitOfWork, row: Row, data: Mapping[str, Any]) -> Mapping[str, list[str]]:
    """Return what is wrong with the data, by field path."""
    if row["form_key"] is None:
        return {}
    schema = unit.sources.definitions.form_schema(unit.connection, row["form_key"])
    context = visible_variables(unit.connection, row["bound_to"] or row["key"])
    return unit.validate_form(schema, data, context, now=unit.now)


def outcome_of(unit: UnitOfWork, row: Row, data: Mapping[str, Any]) -> str | None:
    """Return what the form's data says of the outcome."""
    name = outcome_field(unit, row)
    value = None if name is None else data.get(name)
    return None if value is None else str(value)


def outcome_field(unit: UnitOfWork, row: Row) -> str | None:
    """Return the form field that says the outcome of a user task."""
    node = unit.sources.definitions.model(unit.connection, row["definition_key"]).node(row["element_id"])
    return None if node is None else node.properties.get(OUTCOME)
