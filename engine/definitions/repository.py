"""Deployed definitions, read from the database and kept in memory: their rows never change once written."""

from __future__ import annotations

import json
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from typing import Any, TypeVar

from sqlalchemy import Connection, Table, select

from engine import dmn
from engine.definitions.model import Binding, ProcessModel
from engine.definitions.reader import read
from engine.errors import NotFound
from engine.store.tables.repository import (
    decision_definition,
    deployment_resource,
    form,
    paper,
    process_definition,
    resource,
)

T = TypeVar("T")
Row = Mapping[str, Any]


class ProcessUnknown(NotFound):
    """No process definition with this key or id is deployed."""

    code = "definitions.process-unknown"


class DecisionUnknown(NotFound):
    """No decision with this key or id is deployed."""

    code = "definitions.decision-unknown"


class FormUnknown(NotFound):
    """No form with this key or id is deployed."""

    code = "definitions.form-unknown"


class PaperUnknown(NotFound):
    """No paper with this id is deployed."""

    code = "definitions.paper-unknown"


class ResourceUnknown(NotFound):
    """No deployed file has this digest."""

    code = "definitions.resource-unknown"


class _Kept:
    """A bounded cache of things that never change, safe for threads."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._things: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        with self._lock:
            if key in self._things:
                self._things.move_to_end(key)
                return self._things[key]  # type: ignore[no-any-return]
        thing = make()
        with self._lock:
            self._things[key] = thing
            while len(self._things) > self._size:
                self._things.popitem(last=False)
        return thing


class Definitions:
    """Finds definitions. One object serves all threads of a program; each call is given the connection to use."""

    def __init__(self, size: int = 512) -> None:
        self._rows = _Kept(4 * size)
        self._models = _Kept(size)
        self._decisions = _Kept(size)
        self._forms = _Kept(size)

    def process(self, connection: Connection, key: int) -> Row:
        """Return the row of a process definition; raise ProcessUnknown."""
        return self._row(connection, process_definition, key, ProcessUnknown, "流程定义")

    def model(self, connection: Connection, key: int) -> ProcessModel:
        """Return the model of a process definition; raise ProcessUnknown."""
        return self._models.get(key, lambda: self._read_model(connection, key))

    def latest_process(self, connection: Connection, process_id: str) -> Row:
        """Return the newest version of a process; raise ProcessUnknown."""
        return _latest(connection, process_definition, "process_id", process_id, ProcessUnknown, "流程")

    def resolve_process(
        self, connection: Connection, process_id: str, binding: Binding, version_tag: str | None, from_key: int
    ) -> int:
        """Return the key of the process definition that a call activity of ``from_key`` means; raise ProcessUnknown."""
        found = self._bound(
            connection,
            process_definition,
            "process_id",
            process_id,
            binding,
            version_tag,
            from_key,
            ProcessUnknown,
            "流程",
        )
        return int(found["key"])

    def resolve_decision(
        self, connection: Connection, decision_id: str, binding: Binding, version_tag: str | None, from_key: int
    ) -> int:
        """Return the key of the decision that a rule task of ``from_key`` means; raise DecisionUnknown."""
        found = self._bound(
            connection,
            decision_definition,
            "decision_id",
            decision_id,
            binding,
            version_tag,
            from_key,
            DecisionUnknown,
            "决策",
        )
        return int(found["key"])

    def resolve_form(
        self, connection: Connection, form_id: str, binding: Binding, version_tag: str | None, from_key: int
    ) -> int:
        """Return the key of the form that a user task of ``from_key`` means; raise FormUnknown."""
        found = self._bound(connection, form, "form_id", form_id, binding, version_tag, from_key, FormUnknown, "表单")
        return int(found["key"])

    def decision(self, connection: Connection, key: int) -> Row:
        """Return the row of a decision; raise DecisionUnknown."""
        return self._row(connection, decision_definition, key, DecisionUnknown, "决策")

    def decision_model(self, connection: Connection, key: int) -> dmn.Model:
        """Return the DMN model a decision stands in, loaded; raise DecisionUnknown."""
        row = self.decision(connection, key)
        return self._decisions.get(row["digest"], lambda: dmn.load(self.content(connection, row["digest"])))

    def form(self, connection: Connection, key: int) -> Row:
        """Return the row of a form; raise FormUnknown."""
        return self._row(connection, form, key, FormUnknown, "表单")

    def form_schema(self, connection: Connection, key: int) -> Mapping[str, Any]:
        """Return a form's schema (form-js JSON); raise FormUnknown."""
        row = self.form(connection, key)
        return self._forms.get(row["digest"], lambda: json.loads(self.content(connection, row["digest"])))

    def latest_paper(self, connection: Connection, paper_id: str) -> Row:
        """Return the newest version of a paper; raise PaperUnknown."""
        return _latest(connection, paper, "paper_id", paper_id, PaperUnknown, "文书模板")

    def content(self, connection: Connection, digest: str) -> bytes:
        """Return the content of a deployed file; raise ResourceUnknown."""
        found = connection.execute(select(resource.c.content).where(resource.c.digest == digest)).scalar()
        if found is None:
            raise ResourceUnknown(f"没有摘要为 {digest} 的已部署文件。")
        return bytes(found)

    def xml(self, connection: Connection, key: int) -> bytes:
        """Return the diagram of a process definition; raise ProcessUnknown."""
        return self.content(connection, self.process(connection, key)["digest"])

    def _read_model(self, connection: Connection, key: int) -> ProcessModel:
        row = self.process(connection, key)
        reading = read(self.content(connection, row["digest"]), row["resource_name"])
        if reading.model is None:
            raise ProcessUnknown(
                f"已部署的流程图 {row['resource_name']} 不能被本版本读取：{reading.problems[0].message}"
            )
        return next(process for process in reading.model.processes if process.id == row["process_id"])

    def _row(self, connection: Connection, table: Table, key: int, error: type[NotFound], what: str) -> Row:
        def fetch() -> Row:
            found = connection.execute(select(table).where(table.c.key == key)).mappings().first()
            if found is None:
                raise error(f"没有键为 {key} 的{what}，请核对后重试。")
            return dict(found)

        return self._rows.get((table.name, key), fetch)

    def _bound(
        self,
        connection: Connection,
        table: Table,
        id_column: str,
        id_: str,
        binding: Binding,
        version_tag: str | None,
        from_key: int,
        error: type[NotFound],
        what: str,
    ) -> Row:
        if binding is Binding.LATEST:
            return _latest(connection, table, id_column, id_, error, what)
        query = select(table).where(table.c[id_column] == id_).order_by(table.c.version.desc())
        if binding is Binding.VERSION_TAG:
            query = query.where(table.c.version_tag == version_tag)
            wanted = f"版本标签为 {version_tag} 的{what} {id_}"
        else:
            deployment_key = self.process(connection, from_key)["deployment_key"]
            query = query.where(table.c.digest.in_(_digests_of(deployment_key)))
            wanted = f"与流程图同次部署的{what} {id_}"
        found = connection.execute(query).mappings().first()
        if found is None:
            raise error(f"没有{wanted}，请先部署。")
        return dict(found)


def _latest(connection: Connection, table: Table, id_column: str, id_: str, error: type[NotFound], what: str) -> Row:
    query = select(table).where(table.c[id_column] == id_).order_by(table.c.version.desc()).limit(1)
    found = connection.execute(query).mappings().first()
    if found is None:
        raise error(f"没有已部署的{what} {id_}，请先部署。")
    return dict(found)


def _digests_of(deployment_key: int) -> Any:
    return select(deployment_resource.c.digest).where(deployment_resource.c.deployment_key == deployment_key)
