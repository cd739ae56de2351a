"""Deploy what is new in the content folders (design decision 10)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from engine.commands.actor import INSTALLER
from engine.commands.bus import CommandBus
from engine.commands.deploy_resources import Deployed, DeployResources, deployed_digests, lock_deployments
from engine.commands.errors import DeploymentRefused
from engine.commands.handlers import Answer, handles
from engine.commands.unit import UnitOfWork
from engine.definitions.content import examine
from engine.definitions.papers import is_paper_file, partner
from engine.definitions.problems import Problem
from engine.definitions.sets import independent_sets
from engine.history.chain import sm3
from engine.store.database import reading
from engine.store.tables.repository import refusal


@dataclass(frozen=True, slots=True)
class FolderOutcome:
    """What became of the files in the folders: what was deployed, and what was refused and why."""

    deployed: tuple[Mapping[str, Any], ...]
    refused: Mapping[str, tuple[Mapping[str, Any], ...]]
    """File name to its problems; a file of a refused set may have none of its own."""


@dataclass(frozen=True, slots=True)
class RecordRefusals:
    """Keep which files were refused at the last look, and why; forget all earlier refusals."""

    refusals: Mapping[str, tuple[str, tuple[Mapping[str, Any], ...]]]
    """File name to the digest of its content and its problems."""


def deploy_folder(bus: CommandBus, files: Mapping[str, bytes]) -> FolderOutcome:
    """Deploy those of ``files`` whose content was never deployed, set by set; what is refused changes nothing.

    Sets that depend on another set are tried again after it, so the order of names does not matter.
    """
    digests = {name: sm3(data) for name, data in files.items()}
    waiting = {name: files[name] for name in _with_partners(files, _never_deployed(bus, digests))}
    deployed: list[Mapping[str, Any]] = []
    refused: dict[str, tuple[Mapping[str, Any], ...]] = {}
    if waiting:
        sets = independent_sets(waiting, examine(waiting))
        while sets:
            left, refused = [], {}
            for files_of_set in sets:
                problems = _try(bus, files_of_set, deployed)
                if problems is not None:
                    left.append(files_of_set)
                    refused.update(problems)
            if len(left) == len(sets):
                break
            sets = left
        else:
            refused = {}
    _keep_refusals(bus, {name: (digests[name], problems) for name, problems in refused.items()})
    return FolderOutcome(tuple(deployed), refused)


@handles(RecordRefusals)
def handle(command: RecordRefusals, unit: UnitOfWork) -> Answer:
    """Write the list anew."""
    lock_deployments(unit.connection)
    unit.connection.execute(refusal.delete())
    for name, (digest, problems) in command.refusals.items():
        unit.connection.execute(
            refusal.insert(),
            {"name": name, "digest": digest, "refused_at": unit.now, "problems": list(problems)},
        )
    return {}


def check_files(bus: CommandBus, files: Mapping[str, bytes]) -> tuple[Problem, ...]:
    """Return all problems of a set of files against each other and what is deployed; nothing is changed."""
    with reading(bus.engine) as connection:
        return examine(files, Deployed(connection)).problems


def _try(
    bus: CommandBus, files: Mapping[str, bytes], deployed: list[Mapping[str, Any]]
) -> dict[str, tuple[Mapping[str, Any], ...]] | None:
    """Deploy one set; return None, or why it was refused."""
    try:
        # Another node may have looked at the same moment: what it deployed is not deployed again.
        answer = bus.execute(DeployResources(files, "folder", once=True), INSTALLER)
    except DeploymentRefused as error:
        listed = error.details["problems"]
        problems = list(listed) if isinstance(listed, list) else []
        return {name: tuple(item for item in problems if item["file"] == name) for name in files}
    deployed.extend(item for item in answer["deployed"] if item["new"])
    return None


def _never_deployed(bus: CommandBus, digests: Mapping[str, str]) -> list[str]:
    with reading(bus.engine) as connection:
        known = deployed_digests(connection, digests.values())
    return [name for name, digest in digests.items() if digest not in known]


def _with_partners(files: Mapping[str, bytes], fresh: Iterable[str]) -> list[str]:
    """A template and its description are one paper: where one is new, the other goes with it."""
    wanted = set(fresh)
    wanted |= {partner(name) for name in wanted if is_paper_file(name)}
    return [name for name in files if name in wanted]


def _keep_refusals(bus: CommandBus, refusals: Mapping[str, tuple[str, tuple[Mapping[str, Any], ...]]]) -> None:
    with reading(bus.engine) as connection:
        known = {row.name: row.digest for row in connection.execute(select(refusal.c.name, refusal.c.digest))}
    if known != {name: digest for name, (digest, _) in refusals.items()}:
        bus.execute(RecordRefusals(refusals), INSTALLER)
