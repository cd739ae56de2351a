"""Start a case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from engine.commands.attachments import check_attachments, take_attachments
from engine.commands.controls import check_start
from engine.commands.errors import FormRefused, NotEntitledToStart, NotStartable
from engine.commands.handlers import Answer, handles
from engine.commands.runners import MachineSource, runs
from engine.commands.unit import UnitOfWork
from engine.definitions.model import Binding, ElementType, EventType, ProcessModel
from engine.definitions.starting import may_start
from engine.execution import Machine
from engine.feel import compile_expression
from engine.history.events import ProcessInstanceStarted


@dataclass(frozen=True, slots=True)
class StartProcessInstance:
    """Start the newest version of a process, or the version with ``definition_key``.

    ``variables`` is the data of the start form where there is one.
    """

    process_id: str | None = None
    definition_key: int | None = None
    variables: Mapping[str, Any] = field(default_factory=dict)
    business_key: str | None = None
    tags: Sequence[str] = ()
    acknowledged: Mapping[str, Any] = field(default_factory=dict)
    """Answers to controls by their ids, as in CompleteUserTask."""


@runs(ProcessInstanceStarted)
def run(event: ProcessInstanceStarted, source: MachineSource) -> Machine:
    """Begin execution with the start form's data and who started it."""
    return Machine.start(
        source.program_of(event.definition_key),
        instance_key=source.root_key,
        outside=source.outside,
        variables={**event.variables, "initiator": dict(event.initiator)},
        start_element=event.start_element,
    )


@handles(StartProcessInstance)
def handle(command: StartProcessInstance, unit: UnitOfWork) -> Answer:
    """Check the start form and the controls and begin a case.

    Raises ProcessUnknown, NotStartable, NotEntitledToStart, FormRefused, ControlBlocked, AnswerNeeded.
    """
    definitions, connection = unit.sources.definitions, unit.connection
    if command.definition_key is not None:
        row = definitions.process(connection, command.definition_key)
    else:
        row = definitions.latest_process(connection, command.process_id or "")
    if not row["startable"]:
        raise NotStartable(f"“{row['name']}”不能由人发起（没有普通开始事件，或者已停用）。")
    if not may_start(unit.actor, row["start_groups"]):
        raise NotEntitledToStart(f"“{row['name']}”只能由规定的角色发起，您没有这些角色。如有需要请联系系统管理员。")
    model = definitions.model(connection, row["key"])
    files = _check_start_form(unit, connection, model, row["key"], command.variables)
    evaluated = check_start(unit, row["process_id"], command.variables, command.acknowledged)
    case = unit.start_case(row["key"])
    event = ProcessInstanceStarted(
        process_id=row["process_id"],
        definition_key=row["key"],
        version=row["version"],
        title=_title(model, unit, command),
        initiator=unit.actor.as_initiator(),
        variables=dict(command.variables),
        business_key=command.business_key,
        tags=list(command.tags),
    )
    case.execute(event)
    take_attachments(unit, case, files)
    if evaluated is not None:
        case.execute(evaluated)
    return {
        "process_instance_key": case.root_key,
        "definition_key": row["key"],
        "process_id": row["process_id"],
        "version": row["version"],
        "title": event.title,
    }


def start_form_of(model: ProcessModel) -> tuple[str, Binding, str | None] | None:
    """Return the form of the none start event: its id and which version of it; None without one."""
    for node in model.body.nodes.values():
        is_none_start = node.type is ElementType.START_EVENT and node.event and node.event.type is EventType.NONE
        if is_none_start and node.start_form is not None:
            form = node.start_form
            return form.id.source, form.binding, form.version_tag
    return None


def _check_start_form(
    unit: UnitOfWork, connection: Connection, model: ProcessModel, definition_key: int, data: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Raise FormRefused unless the data is what the start form asks for; return the files it names."""
    form = start_form_of(model)
    if form is None:
        return []
    key = unit.sources.definitions.resolve_form(connection, *form, definition_key)
    schema = unit.sources.definitions.form_schema(connection, key)
    problems = unit.validate_form(schema, data, {"initiator": unit.actor.as_initiator()}, now=unit.now)
    if problems:
        raise FormRefused("表单有误，请按提示改正后重新提交。", details={"fields": dict(problems)})
    return check_attachments(unit, schema, data, None)


def _title(model: ProcessModel, unit: UnitOfWork, command: StartProcessInstance) -> str:
    """The case's title: what the diagram's ``case.title`` says, else procedure and initiator."""
    fallback = f"{model.name or model.id}（{unit.actor.name}）"
    source = model.properties.get("case.title")
    if source is None or not source.startswith("="):
        return source or fallback
    context = {**command.variables, "initiator": dict(unit.actor.as_initiator())}
    value = compile_expression(source[1:]).evaluate(context, now=unit.now)
    return value.strip() or fallback if isinstance(value, str) else fallback
