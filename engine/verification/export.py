"""A case taken out of its database, whole: enough to replay it, execute it again and verify it anywhere."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, LargeBinary, Select, Table, create_engine, insert, select

from engine.commands.calendars import Calendars
from engine.commands.errors import CaseUnknown
from engine.commands.production import Sources
from engine.commands.programs import Programs
from engine.definitions.repository import Definitions
from engine.errors import InvalidInput
from engine.history.anchors import Anchor
from engine.history.chain import Head
from engine.history.event import moment_from_text, moment_text
from engine.store.database import writing
from engine.store.tables import metadata
from engine.store.tables.deadlines import calendar, calendar_year
from engine.store.tables.history import history_event
from engine.store.tables.repository import process_definition, resource
from engine.store.tables.runtime import case_lock, process_instance, state_part
from engine.store.types import Moment
from engine.verification.read_models import COMPARED
from engine.verification.verify import Verification, verify

FORMAT = 1

_OF_THE_CASE = (case_lock, history_event, state_part, *COMPARED)


class ExportUnreadable(InvalidInput):
    """The file is no exported case, or one of a format that this version does not read."""

    code = "verification.export-unreadable"


def export_case(connection: Connection, root_key: int, anchors: Iterable[Anchor] = ()) -> dict[str, Any]:
    """Return a case as JSON values: its rows, the diagrams it ran by, the calendars, and the anchors of its chain.

    Raises CaseUnknown.
    """
    tables = {table.name: _rows(connection, _of_case(table, root_key)) for table in _OF_THE_CASE}
    if not tables[case_lock.name]:
        raise CaseUnknown(f"没有编号为 {root_key} 的案件，请核对。")
    definitions = _definitions(tables)
    chosen = select(process_definition).where(process_definition.c.key.in_(definitions))
    tables[process_definition.name] = _rows(connection, chosen)
    digests = [row["digest"] for row in tables[process_definition.name]]
    tables[resource.name] = _rows(connection, select(resource).where(resource.c.digest.in_(digests)))
    for table in (calendar, calendar_year):
        tables[table.name] = _rows(connection, select(table).order_by(*table.primary_key.columns))
    heads = [[anchor.head.seq, anchor.head.hash] for anchor in anchors if anchor.root_key == root_key]
    return {"format": FORMAT, "root_key": root_key, "tables": tables, "anchors": heads}


def _definitions(tables: Mapping[str, list[dict[str, Any]]]) -> set[int]:
    """Every definition the case ran by, those before a migration too: history names them."""
    found = {row["definition_key"] for row in tables[process_instance.name]}
    for row in tables[history_event.name]:
        payload = json.loads(row["payload"] or "null")
        if isinstance(payload, dict) and isinstance(payload.get("definition_key"), int):
            found.add(payload["definition_key"])
    return found


def verify_export(data: Any) -> Verification:
    """Verify an exported case without its database: chain, anchors, re-execution, read models, state.

    Raises ExportUnreadable.
    """
    if not isinstance(data, Mapping) or data.get("format") != FORMAT:
        raise ExportUnreadable("这不是本版本可读的案件导出文件。")
    engine = create_engine("sqlite://")
    try:
        root_key = int(data["root_key"])
        anchors = [Anchor(root_key, Head(seq, hash_)) for seq, hash_ in data["anchors"]]
        _load(engine, data["tables"])
        definitions = Definitions()
        sources = Sources(definitions, Programs(definitions), Calendars())
        with engine.connect() as connection:
            return verify(connection, sources, anchors, [root_key])
    except (KeyError, TypeError, ValueError) as error:
        raise ExportUnreadable(f"案件导出文件不完整或已损坏：{error}") from error
    finally:
        engine.dispose()


def _of_case(table: Table, root_key: int) -> Select[Any]:
    return select(table).where(table.c.root_key == root_key).order_by(*table.primary_key.columns)


def _rows(connection: Connection, query: Select[Any]) -> list[dict[str, Any]]:
    return [{name: _plain(value) for name, value in row.items()} for row in connection.execute(query).mappings()]


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return moment_text(value)
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode("ascii")
    return value


def _load(engine: Engine, tables: Mapping[str, list[dict[str, Any]]]) -> None:
    metadata.create_all(engine)
    with writing(engine) as connection:
        for name, rows in tables.items():
            table = metadata.tables[name]
            if rows:
                connection.execute(insert(table), [_row(table, row) for row in rows])


def _row(table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _stored(table, name, value) for name, value in row.items()}


def _stored(table: Table, name: str, value: Any) -> Any:
    type_ = table.c[name].type
    if value is None:
        return None
    if isinstance(type_, Moment):
        return moment_from_text(value)
    return base64.b64decode(value) if isinstance(type_, LargeBinary) else value
