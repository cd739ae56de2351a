"""Deploy files: diagrams, tables, forms and papers, as one set or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, delete, func, insert, select

from engine.commands.administration import require_administrator
from engine.commands.errors import DeploymentRefused
from engine.commands.handlers import Answer, handles
from engine.commands.start_events import keep_start_events
from engine.commands.start_process_instance import start_form_of
from engine.commands.unit import UnitOfWork
from engine.definitions.content import KINDS, Content, examine
from engine.definitions.kinds import marks_of
from engine.definitions.model import ElementType, EventType, ProcessModel
from engine.definitions.papers import PaperTemplate
from engine.definitions.problems import Problem
from engine.execution import compile_program
from engine.history.chain import sm3
from engine.history.events import ResourcesDeployed
from engine.queries.visibility import hiding_rules, words
from engine.store.keys import draw_keys
from engine.store.tables import repository as re

_DEPLOYMENTS = 0x4445504C4F59
"""Any number, the same on every node: "DEPLOY" in ASCII."""

STOPPED_BADGE = "停用"
"""A procedure with this badge is shown but can't be started."""


@dataclass(frozen=True, slots=True)
class DeployResources:
    """Deploy ``files`` (name to content) together. ``source`` says where they came from: folder, api, command line.

    With ``once`` nothing is done when all their contents were deployed before.
    """

    files: Mapping[str, bytes]
    source: str = "api"
    once: bool = False


@handles(DeployResources)
def handle(command: DeployResources, unit: UnitOfWork) -> Answer:
    """Check all files, then give each what is new in them a new version. What did not change keeps its version.

    Raises AdministratorOnly, or DeploymentRefused with every problem; then nothing has changed.
    """
    require_administrator(unit.actor)
    digests = {name: sm3(data) for name, data in command.files.items()}
    lock_deployments(unit.connection)
    if command.once and not (set(digests.values()) - deployed_digests(unit.connection, digests.values())):
        return {"deployment_key": None, "deployed": []}
    content = examine(command.files, Deployed(unit.connection))
    refuse_problems(content.errors)
    _compile_all(content)
    writer = _Writer(unit, command.source, content, _as_deployed(command.files, content))
    writer.write()
    return {
        "deployment_key": writer.deployment_key,
        "deployed": writer.deployed,
        "converted": {name: len(conversion.converted) for name, conversion in content.conversions.items()},
    }


ORIGINAL = "#original"
"""What a file of another engine's dialect is kept under, beside what it was rewritten to."""


def _as_deployed(files: Mapping[str, bytes], content: Content) -> dict[str, bytes]:
    """The files as they run: those of other dialects rewritten, with the original kept beside."""
    deployed = dict(files)
    for name, conversion in content.conversions.items():
        deployed[name] = conversion.xml
        deployed[name + ORIGINAL] = files[name]
    return deployed


def lock_deployments(connection: Connection) -> None:
    """Wait until no other deployment is under way: two of them would give out the same version numbers."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_DEPLOYMENTS)))


def deployed_digests(connection: Connection, digests: Iterable[str]) -> set[str]:
    """Return which of the digests are of contents that were deployed before, under whatever name."""
    query = select(re.deployment_resource.c.digest).where(re.deployment_resource.c.digest.in_(list(digests)))
    return set(connection.execute(query).scalars())


class Deployed:
    """What is deployed, for references that leave a set."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def has_process(self, process_id: str) -> bool:
        """Return whether a process with this id is deployed."""
        return self._has(re.process_definition, "process_id", process_id)

    def has_decision(self, decision_id: str) -> bool:
        """Return whether a decision with this id is deployed."""
        return self._has(re.decision_definition, "decision_id", decision_id)

    def has_form(self, form_id: str) -> bool:
        """Return whether a form with this id is deployed."""
        return self._has(re.form, "form_id", form_id)

    def has_paper(self, paper_id: str) -> bool:
        """Return whether a paper with this id is deployed."""
        return self._has(re.paper, "paper_id", paper_id)

    def _has(self, table: Table, column: str, value: str) -> bool:
        return (
            self._connection.execute(select(table.c.key).where(table.c[column] == value).limit(1)).first() is not None
        )


def problem_values(problem: Problem) -> dict[str, Any]:
    """Return a problem as JSON values."""
    place = problem.place
    return {
        "file": place.file,
        "line": place.line,
        "element": place.element,
        "kind": problem.kind.value,
        "code": problem.code,
        "severity": problem.severity,
        "message": problem.message,
    }


def refuse_problems(errors: Sequence[Problem]) -> None:
    """Raise DeploymentRefused when there are errors."""
    if not errors:
        return
    shown = "；".join(f"{problem.place} {problem.message}" for problem in errors[:3])
    more = "" if len(errors) <= 3 else f"（共 {len(errors)} 处）"
    raise DeploymentRefused(
        f"未部署，现有版本不变：{shown}{more}", details={"problems": [problem_values(problem) for problem in errors]}
    )


def _compile_all(content: Content) -> None:
    """Let execution have its say before anything is written."""
    for diagram in content.diagrams.values():
        for process in diagram.processes:
            compile_program(process, 0)


class _Writer:
    """Writes one deployment."""

    def __init__(self, unit: UnitOfWork, source: str, content: Content, files: Mapping[str, bytes]) -> None:
        self._unit = unit
        self._source = source
        self._content = content
        self._files = files
        self._digests = {name: sm3(data) for name, data in files.items()}
        self.deployment_key = draw_keys(unit.connection, 1)[0]
        self.deployed: list[dict[str, Any]] = []

    def write(self) -> None:
        connection = self._unit.connection
        self._write_resources(connection)
        for name, diagram in self._content.diagrams.items():
            for process in diagram.processes:
                self._write_process(name, process)
        for name, model in self._content.decisions.items():
            requirements_key = draw_keys(connection, 1)[0]
            for decision in model.decisions:
                values = {
                    "name": decision.name,
                    "requirements_id": getattr(model, "id", None) or name,
                    "requirements_key": requirements_key,
                }
                self._write_version(re.decision_definition, "decision_id", decision.id or decision.name, name, values)
        for name, schema in self._content.forms.items():
            values = {"version_tag": schema.get("versionTag")}
            self._write_version(re.form, "form_id", str(schema["id"]), name, values)
        for name, paper in self._content.papers.items():
            self._write_paper(name, paper)
        connection.execute(delete(re.refusal).where(re.refusal.c.name.in_(list(self._digests))))
        self._unit.log(
            ResourcesDeployed(deployment_key=self.deployment_key, resources=dict(self._digests), source=self._source)
        )

    def _write_resources(self, connection: Connection) -> None:
        row = {
            "key": self.deployment_key,
            "deployed_at": self._unit.now,
            "actor_id": self._unit.actor.id,
            "source": self._source,
        }
        connection.execute(insert(re.deployment), row)
        known = set(
            connection.execute(
                select(re.resource.c.digest).where(re.resource.c.digest.in_(list(self._digests.values())))
            ).scalars()
        )
        for name, digest in self._digests.items():
            if digest not in known:
                known.add(digest)
                connection.execute(insert(re.resource), {"digest": digest, "content": self._files[name]})
            kind = next((kind for ending, kind in KINDS.items() if name.endswith(ending)), "original")
            connection.execute(
                insert(re.deployment_resource),
                {"deployment_key": self.deployment_key, "name": name, "digest": digest, "kind": kind},
            )

    def _write_process(self, name: str, process: ProcessModel) -> None:
        properties = process.properties
        badges = marks_of(properties)
        form = start_form_of(process)
        values = {
            "name": process.name or process.id,
            "version_tag": process.version_tag,
            "department": properties.get("department"),
            "family": properties.get("family"),
            "badges": badges,
            "startable": _has_none_start(process) and STOPPED_BADGE not in badges,
            "start_form_id": None if form is None else form[0],
            "documentation": process.documentation,
            **_access(process),
        }
        key = self._write_version(re.process_definition, "process_id", process.id, name, values)
        if key is not None:
            keep_start_events(self._unit, process, key)

    def _write_paper(self, name: str, paper: PaperTemplate) -> None:
        description = paper.description
        values = {
            "description_digest": self._digests[paper.description_name],
            "title": description.title,
            "department": description.department,
            "format": description.format,
        }
        self._write_version(re.paper, "paper_id", paper.id, name, values, alike=("description_digest",))

    def _write_version(
        self,
        table: Table,
        id_column: str,
        id_: str,
        name: str,
        values: Mapping[str, Any],
        alike: Sequence[str] = (),
    ) -> int | None:
        """Write a new version and return its key; None where the newest has the very same content.

        ``alike`` are columns besides the digest that make a new version where they differ.
        """
        connection = self._unit.connection
        query = select(table).where(table.c[id_column] == id_).order_by(table.c.version.desc()).limit(1)
        newest = connection.execute(query).mappings().first()
        digest = self._digests[name]
        same = newest is not None and all(newest[column] == values[column] for column in alike)
        if newest is not None and same and newest["digest"] == digest:
            self._note(table, id_, newest["version"], newest["key"], name, new=False)
            return None
        version = 1 if newest is None else newest["version"] + 1
        key = draw_keys(connection, 1)[0]
        row = {
            "key": key,
            id_column: id_,
            "version": version,
            "deployment_key": self.deployment_key,
            "resource_name": name,
            "digest": digest,
            **values,
        }
        connection.execute(insert(table), row)
        self._note(table, id_, version, key, name, new=True)
        return key

    def _note(self, table: Table, id_: str, version: int, key: int, name: str, *, new: bool) -> None:
        self.deployed.append(
            {"kind": _KINDS_OF_TABLES[table], "id": id_, "version": version, "key": key, "name": name, "new": new}
        )


_KINDS_OF_TABLES: Mapping[Table, str] = {
    re.process_definition: "process",
    re.decision_definition: "decision",
    re.form: "form",
    re.paper: "paper",
}


def _access(process: ProcessModel) -> dict[str, Any]:
    """Who may start the procedure and who sees its cases, from its properties; None where nothing is said."""
    properties = process.properties
    start = properties.get("start.groups", "").strip()
    listed = {"feel": start} if start.startswith("=") else words(start)
    return {
        "start_groups": listed or None,
        "restricted": properties.get("visibility", "").strip() == "restricted",
        "visibility_roles": words(properties.get("visibility.roles", "")) or None,
        "hidden_fields": sorted(hiding_rules(process)) or None,
    }


def _has_none_start(process: ProcessModel) -> bool:
    return any(
        node.type is ElementType.START_EVENT and (node.event is None or node.event.type is EventType.NONE)
        for node in process.body.nodes.values()
    )
