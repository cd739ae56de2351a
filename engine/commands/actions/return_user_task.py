"""退回: send a user task back to an earlier step, or to the initiator."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from engine.commands.actions.errors import (
    ActionNotAllowed,
    DirectImpossible,
    PreviewOutdated,
    TargetAmbiguous,
    TargetUnknown,
)
from engine.commands.actions.shared import hold_user_task, is_active, policy, require_reason, shown_task, task_row
from engine.commands.case import Case
from engine.commands.handlers import Answer, handles
from engine.commands.runners import MachineSource, runs, untouched
from engine.commands.start_process_instance import start_form_of
from engine.commands.unit import UnitOfWork
from engine.commands.user_tasks import Row
from engine.execution import Machine
from engine.history.action_events import ReworkAsked, UserTaskReturned, UserTaskReturnedToInitiator
from engine.history.events import CommandEvent
from engine.queries.action_policy import RETURN
from engine.queries.causality import Causality, causality_of
from engine.queries.paper_marks import number_in_the_way
from engine.queries.return_preview import way_to_initiator
from engine.queries.returning import (
    Plan,
    cancelled_tasks,
    direct_is_possible,
    plan_for,
    sees_a_mended_start,
    targets_of,
)
from engine.store.keys import draw_key
from engine.store.tables.runtime import process_instance

runs(ReworkAsked)(untouched)


@dataclass(frozen=True, slots=True)
class ReturnUserTask:
    """Return the user task ``key`` to the element instance ``target``, or ``to`` PREVIOUS or INITIATOR.

    ``direct`` (直达): after rework straight back to the actor. ``cancels`` are the user tasks the actor was shown as
    cancelled; if they are others now, the command is refused.
    """

    key: int
    reason: str
    target: int | None = None
    to: str | None = None
    direct: bool = False
    cancels: Sequence[int] | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """Where a return goes: an earlier step, or by mending the start form (``plan`` keeps the user task alive)."""

    plan: Plan
    mend: bool


@runs(UserTaskReturned)
def run(event: UserTaskReturned, source: MachineSource) -> Machine:
    """Take away what came after the target, put back what a join had consumed, open the target again."""
    machine = source.load()
    machine.rewound(
        event.scope_key,
        event.element_id,
        terminate=event.terminate,
        drop=[(scope_key, flow_id) for scope_key, flow_id, _ in event.drop],
        restore=[(scope_key, flow_id) for scope_key, flow_id, _ in event.restore],
    )
    return machine


@runs(UserTaskReturnedToInitiator)
def run_to_initiator(event: UserTaskReturnedToInitiator, source: MachineSource) -> Machine:
    """Take away everything but the user task, which waits."""
    machine = source.load()
    drop = [(scope_key, flow_id) for scope_key, flow_id, _ in event.drop]
    machine.rewound(source.root_key, None, terminate=event.terminate, drop=drop)
    return machine


@handles(ReturnUserTask)
def handle(command: ReturnUserTask, unit: UnitOfWork) -> Answer:
    """Return. Raises what holding a user task raises, ReasonMissing, TargetUnknown, TargetAmbiguous,
    DirectImpossible, PreviewOutdated."""
    reason = require_reason(command.reason)
    row, case = hold_user_task(unit, command.key, RETURN, take=False)
    causality = causality_of(unit.connection, unit.sources.definitions, case.root_key)
    way = find_way(unit, row, causality, command.target, command.to)
    _require_no_number(unit, causality, way.plan)
    cancelled = [each["key"] for each in cancelled_tasks(causality, unit.connection, way.plan, command.key)]
    if command.cancels is not None and set(command.cancels) != set(cancelled):
        raise PreviewOutdated("将被取消的待办已有变化，请重新确认后再退回。", details={"cancels": cancelled})
    if command.direct:
        _require_direct(unit, row, way)
    opened = _mend(unit, row, case, way, reason, command.direct) if way.mend else None
    if opened is None:
        opened = go_back(unit, row, case, way.plan, reason, direct=command.direct)
    return {"key": command.key, "process_instance_key": case.root_key, "opened": opened, "cancelled": cancelled}


def find_way(unit: UnitOfWork, row: Row, causality: Causality, target: int | None, to: str | None) -> Way:
    """Return where a return goes. Raises ActionNotAllowed, TargetUnknown, TargetAmbiguous."""
    mode = policy(unit, row).return_mode
    targets = targets_of(causality, row["key"])
    if target is None and to == "INITIATOR":
        if mode == "previous":
            raise ActionNotAllowed(f"“{row['name']}”只能退回上一步（由流程图规定）。")
        way = way_to_initiator(unit.connection, row, causality, targets)
        if way is None:
            raise TargetUnknown("案件不是由在册人员填表发起的，不能退回发起人。")
        return Way(way.plan, way.mend)
    if mode == "initiator":
        raise ActionNotAllowed(f"“{row['name']}”只能退回发起人（由流程图规定）。")
    if target is None:
        nearest = [each for each in targets if each.nearest]
        if not nearest:
            raise TargetUnknown(f"“{row['name']}”之前没有可以退回的步骤。")
        if len(nearest) > 1:
            raise TargetAmbiguous("之前有几个并列的步骤，请选择退回到哪一个。")
        return Way(plan_for(causality, nearest[0].instance), mend=False)
    found = next((each for each in targets if each.instance.key == target), None)
    if found is None:
        raise TargetUnknown("不能退回到所选步骤：它不在本步骤之前，或者所在范围已经结束。请重新选择。")
    if mode == "previous" and not found.nearest:
        raise ActionNotAllowed(f"“{row['name']}”只能退回上一步（由流程图规定）。")
    return Way(plan_for(causality, found.instance), mend=False)


def go_back(unit: UnitOfWork, row: Row, case: Case, plan: Plan, reason: str, *, direct: bool) -> list[int]:
    """Go back as planned and give the step to who did it before; return the keys of the user tasks it opened."""
    former = task_row(unit.connection, plan.target.key)
    event = UserTaskReturned(
        key=row["key"],
        target_key=plan.target.key,
        element_id=plan.target.element_id,
        scope_key=plan.scope_key,
        terminate=list(plan.terminate),
        drop=[token.to_list() for token in plan.drop],
        restore=[token.to_list() for token in plan.restore],
        reason=reason,
        withdrawn=row["state"] == "COMPLETED",
    )
    production = case.execute(event)
    opened = [payload["key"] for type_, payload in production.derived if type_ == "user_task_created"]
    back_to = _back_to(unit, row, plan) if direct else None
    for key in opened:
        _ask_rework(unit, case, key, row, former, reason, back_to)
    return opened


def _ask_rework(
    unit: UnitOfWork, case: Case, key: int, row: Row, former: Row | None, reason: str, back_to: Any
) -> None:
    person = None if former is None else former["assignee_id"]
    if former is not None and former["state"] == "COMPLETED":
        person = former["on_behalf_of"] or former["completed_by"]
    event: CommandEvent = ReworkAsked(
        key=key,
        assignee_id=person if is_active(unit.connection, person) else None,
        returned_from=row["key"],
        reason=reason,
        back_to=back_to,
    )
    case.execute(event)


def _back_to(unit: UnitOfWork, row: Row, plan: Plan) -> dict[str, Any]:
    return {
        "element_id": row["element_id"],
        "scope_key": _scope_of(unit, row),
        "origin": row["key"],
        "assignee_id": unit.doer,
        "drop": [token.to_list() for token in plan.restore],
    }


def _scope_of(unit: UnitOfWork, row: Row) -> int:
    causality = causality_of(unit.connection, unit.sources.definitions, row["root_key"])
    return causality.instances[row["key"]].scope_key or row["root_key"]


def _require_no_number(unit: UnitOfWork, causality: Causality, plan: Plan) -> None:
    undone = causality.descendants(plan.target.key)
    reason = number_in_the_way(unit.connection, causality.root_key, undone)
    if reason is not None:
        raise ActionNotAllowed(reason)


def _require_direct(unit: UnitOfWork, row: Row, way: Way) -> None:
    if not policy(unit, row).direct:
        raise ActionNotAllowed(f"“{row['name']}”不允许退回后直达（由流程图规定）。")
    if not direct_is_possible(way.plan, None if way.mend else row["key"]):
        raise DirectImpossible("退回将同时取消其他分支，或者重开整个环节，重新办理后只能按流程逐步送达，不能直达。")
    if way.mend and not sees_a_mended_start(row):
        raise DirectImpossible("此步骤所在的子流程看不到修改后的发起表单，不能直达；不选直达，即可从头逐步送达。")


def _mend(unit: UnitOfWork, row: Row, case: Case, way: Way, reason: str, direct: bool) -> list[int]:
    definitions, connection = unit.sources.definitions, unit.connection
    model = definitions.model(connection, case.definition_key)
    form = start_form_of(model)
    form_key = None if form is None else definitions.resolve_form(connection, *form, case.definition_key)
    query = select(process_instance.c.initiator_id).where(process_instance.c.key == case.root_key)
    key = draw_key(connection)
    task = shown_task(row, "修改后重新提交", form_key)
    task |= {
        "key": key,
        "assignee_id": connection.execute(query).scalar_one(),
        "process_instance_key": case.root_key,
        "definition_key": case.definition_key,
        "element_id": way.plan.target.element_id,
    }
    case.execute(
        UserTaskReturnedToInitiator(
            key=row["key"],
            task=task,
            terminate=list(way.plan.terminate),
            drop=[token.to_list() for token in way.plan.drop],
            reason=reason,
            direct=direct,
        )
    )
    return [key]
