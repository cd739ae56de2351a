"""Let a running case go on under another version of its process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.commands.administration import require_administrator
from engine.commands.handlers import Answer, handles
from engine.commands.runners import MachineSource, runs
from engine.commands.unit import UnitOfWork
from engine.execution import Machine
from engine.history.events import ProcessInstanceMigrated


@dataclass(frozen=True, slots=True)
class MigrateProcessInstance:
    """Move the case ``key`` to ``definition_key``; ``mapping`` names the targets of elements whose id has changed."""

    key: int
    definition_key: int
    mapping: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""


@runs(ProcessInstanceMigrated)
def run(event: ProcessInstanceMigrated, source: MachineSource) -> Machine:
    """Move every live element."""
    machine = source.load()
    machine.migrate(source.program_of(event.definition_key), event.mapping)
    return machine


@handles(MigrateProcessInstance)
def handle(command: MigrateProcessInstance, unit: UnitOfWork) -> Answer:
    """Migrate, all or nothing. Raises AdministratorOnly, CaseUnknown, CaseEnded, CaseSuspended, ProcessUnknown,
    MigrationImpossible with a reason for each element.
    """
    require_administrator(unit.actor)
    case = unit.open_case(command.key)
    case.require_live()
    target = unit.sources.definitions.process(unit.connection, command.definition_key)
    case.execute(
        ProcessInstanceMigrated(
            definition_key=command.definition_key,
            process_id=target["process_id"],
            version=target["version"],
            mapping=dict(command.mapping),
            reason=command.reason,
        )
    )
    case.migrated_to(command.definition_key)
    return {"key": command.key, "definition_key": command.definition_key}
