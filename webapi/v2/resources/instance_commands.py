"""Commands on process instances: create, cancel, suspend, resume, modify, migrate."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from engine.commands.cancel_process_instance import CancelProcessInstance
from engine.commands.migrate_process_instance import MigrateProcessInstance
from engine.commands.modify_process_instance import Activation, ModifyProcessInstance, Move
from engine.commands.start_process_instance import StartProcessInstance
from engine.commands.suspend_process_instance import ResumeProcessInstance, SuspendProcessInstance
from engine.definitions.repository import ProcessUnknown
from engine.queries.search.scopes import TENANT
from engine.store.tables.repository import process_definition
from engine.store.tables.runtime import process_instance, variable
from webapi.services import execute, read
from webapi.v2.blueprints import protocol_blueprint
from webapi.v2.errors import TookTooLong
from webapi.v2.operation import operation
from webapi.v2.schemas.process_instances import (
    CreatedSchema,
    CreationSchema,
    MigrationSchema,
    ModificationSchema,
    NothingSchema,
)
from webapi.v2.waiting import LONGEST, waiting

blueprint = protocol_blueprint("process-instance-commands")

REASON = "通过接口操作"
"""The protocol gives no reasons; ours wants one."""


@blueprint.post("/process-instances", endpoint="createProcessInstance")
@operation("发起流程实例", body=CreationSchema, answer=CreatedSchema, errors=(400, 403, 404, 409, 504), command=True)
def create_process_instance(body: dict[str, Any]) -> dict[str, Any]:
    """Start; with ``awaitCompletion`` answer when it has ended, at most after the time there is for waiting."""
    command = StartProcessInstance(
        process_id=body["process_definition_id"],
        definition_key=_definition_key(body),
        variables=body["variables"],
        business_key=body["business_id"],
        tags=tuple(body["tags"]),
    )
    answer = execute(command)
    key = answer["process_instance_key"]
    return {
        "process_definition_id": answer["process_id"],
        "process_definition_version": answer["version"],
        "process_definition_key": answer["definition_key"],
        "process_instance_key": key,
        "tenant_id": TENANT,
        "variables": _await(key, body) if body["await_completion"] else {},
        "tags": body["tags"],
        "business_id": body["business_id"],
    }


@blueprint.post("/process-instances/<key:key>/cancellation", endpoint="cancelProcessInstance")
@operation("终止流程实例", body=NothingSchema, command=True)
def cancel_process_instance(key: int, body: dict[str, Any]) -> None:
    """End a case before its end."""
    execute(CancelProcessInstance(key, REASON))


@blueprint.post("/process-instances/<key:key>/suspension", endpoint="suspendProcessInstance")
@operation("暂停流程实例", body=NothingSchema, command=True)
def suspend_process_instance(key: int, body: dict[str, Any]) -> None:
    """Let a case stand still."""
    execute(SuspendProcessInstance(key, REASON))


@blueprint.post("/process-instances/<key:key>/resumption", endpoint="resumeProcessInstance")
@operation("恢复流程实例", body=NothingSchema, command=True)
def resume_process_instance(key: int, body: dict[str, Any]) -> None:
    """Let a suspended case go on."""
    execute(ResumeProcessInstance(key))


@blueprint.post("/process-instances/<key:key>/modification", endpoint="modifyProcessInstance")
@operation("移动令牌", body=ModificationSchema, command=True)
def modify_process_instance(key: int, body: dict[str, Any]) -> None:
    """Activate, terminate and move, all or nothing."""
    terminated = body["terminate_instructions"]
    execute(
        ModifyProcessInstance(
            key,
            activate=[_activation(each["element_id"], each) for each in body["activate_instructions"]],
            terminate=[each["element_instance_key"] for each in terminated if each["element_id"] is None],
            terminate_elements=[each["element_id"] for each in terminated if each["element_id"] is not None],
            moves=[_move(each) for each in body["move_instructions"]],
            reason=REASON,
        )
    )


@blueprint.post("/process-instances/<key:key>/migration", endpoint="migrateProcessInstance")
@operation("迁移到流程的另一版本", body=MigrationSchema, command=True)
def migrate_process_instance(key: int, body: dict[str, Any]) -> None:
    """Migrate, all or nothing."""
    mapping = {each["source_element_id"]: each["target_element_id"] for each in body["mapping_instructions"]}
    execute(MigrateProcessInstance(key, body["target_process_definition_key"], mapping, REASON))


def _activation(element_id: str, instruction: dict[str, Any]) -> Activation:
    ancestor = instruction.get("ancestor_element_instance_key")
    variables: dict[str | None, dict[str, Any]] = {}
    for each in instruction["variable_instructions"]:
        variables.setdefault(each["scope_id"] or None, {}).update(each["variables"])
    return Activation(element_id, variables, None if ancestor in (None, "-1") else int(ancestor))


def _move(instruction: dict[str, Any]) -> Move:
    source = instruction["source_element_instruction"]
    named = source["source_element_id"] if source["source_type"] == "byId" else source["source_element_instance_key"]
    ancestor = instruction["ancestor_scope_instruction"] or {}
    return Move(named, _activation(instruction["target_element_id"], {**instruction, **ancestor}))


def _definition_key(body: dict[str, Any]) -> int | None:
    """The key of the version that is named by number or tag; None for the newest."""
    if body["process_definition_key"] is not None:
        return int(body["process_definition_key"])
    columns = process_definition.c
    query = select(columns.key).where(columns.process_id == body["process_definition_id"])
    if body["process_definition_version_tag"] is not None:
        query = query.where(columns.version_tag == body["process_definition_version_tag"])
    elif body["process_definition_version"] != -1:
        query = query.where(columns.version == body["process_definition_version"])
    else:
        return None
    with read() as connection:
        key = connection.execute(query.order_by(columns.version.desc())).scalar()
    if key is None:
        raise ProcessUnknown(f"流程 {body['process_definition_id']} 没有这个版本，请核对。")
    return int(key)


def _await(key: int, body: dict[str, Any]) -> dict[str, Any]:
    """Wait until a case has ended and return its variables. Raises TookTooLong."""
    milliseconds = body["request_timeout"]
    seconds = LONGEST if milliseconds == 0 else milliseconds / 1000

    def ended() -> dict[str, Any] | None:
        with read() as connection:
            state = connection.execute(select(process_instance.c.state).where(process_instance.c.key == key)).scalar()
            return None if state == "ACTIVE" else _variables(connection, key)

    variables = waiting().until(ended, seconds)
    if variables is None:
        raise TookTooLong(f"流程实例 {key} 已发起，尚未结束；它会继续办理，请稍后查询。")
    wanted = body["fetch_variables"]
    return variables if not wanted else {name: value for name, value in variables.items() if name in wanted}


def _variables(connection: Connection, key: int) -> dict[str, Any]:
    query = select(variable.c.name, variable.c.value).where(variable.c.scope_key == key)
    return {row.name: row.value for row in connection.execute(query)}
