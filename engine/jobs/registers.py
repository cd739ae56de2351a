"""Works off what registers wait for: changed cases, and exports into spreadsheets."""

from __future__ import annotations

import hashlib
import logging
import tempfile
from collections.abc import Iterator
from typing import Any, BinaryIO

from sqlalchemy import select

from engine.clock import legal_date
from engine.commands.actor import SCHEDULER
from engine.commands.bus import CommandBus
from engine.commands.register_dues import EnterInRegisters
from engine.commands.register_exports import EndExport, ExportLost, NoteExportProgress, TakeExport
from engine.errors import BanjieError
from engine.identity.people import load_actor
from engine.queries.registers import Listed, ListRequest, page_of_register, register_of
from engine.registers.model import Register
from engine.registers.spreadsheet import MEDIA_TYPE, Spreadsheet
from engine.store.database import reading
from engine.store.tables.records import export, register_due

logger = logging.getLogger(__name__)

PAGE = 500
ROUNDS = 20
"""Batches of one tick, so that other work has its turn."""
_PIECE = 1 << 20


def enter_changes(bus: CommandBus) -> int:
    """Work changed cases out; return how many."""
    entered = 0
    for _ in range(ROUNDS):
        with reading(bus.engine) as connection:
            if connection.execute(select(register_due.c.root_key).limit(1)).first() is None:
                break
        done = bus.execute(EnterInRegisters(), SCHEDULER)["entered"]
        entered += done
        if not done:
            break
    return entered


def run_exports(bus: CommandBus) -> int:
    """Make the exports that wait, oldest first; return how many were ended here."""
    with reading(bus.engine) as connection:
        query = select(export.c.key).where(export.c.state.in_(("PENDING", "RUNNING"))).order_by(export.c.key).limit(20)
        keys = list(connection.execute(query).scalars())
    return sum(_run(bus, key) for key in keys)


def _run(bus: CommandBus, key: int) -> bool:
    order = bus.execute(TakeExport(key), SCHEDULER)
    if not order["taken"]:
        return False
    try:
        bus.execute(_made(bus, key, order), SCHEDULER)
    except ExportLost:
        return False
    except Exception as error:
        told = error.message if isinstance(error, BanjieError) else "系统出错，已记入日志，请告知管理员。"
        if not isinstance(error, BanjieError):
            logger.exception("export %s failed", key)
        try:
            bus.execute(EndExport(key, order["fence"], message=told), SCHEDULER)
        except ExportLost:
            return False
    return True


def _made(bus: CommandBus, key: int, order: dict[str, Any]) -> EndExport:
    """Write the sheet page by page, with the rights that its orderer has now; put it into the store."""
    with tempfile.TemporaryFile() as file:
        with reading(bus.engine) as connection:
            actor = load_actor(connection, order["actor_id"], bus.clock.now())
            register = register_of(connection, actor, order["register_id"])
        sheet, done = Spreadsheet(register), 0
        for page in _pages(bus, actor, register, order["request"]):
            for row in page:
                sheet.add(row.values)
            done += len(page)
            bus.execute(NoteExportProgress(key, order["fence"], done), SCHEDULER)
        sheet.save(file)
        digest, size = _digest(file)
        bus.sources.contents.put(digest, file)
    name = f"{register.title}{legal_date(bus.clock.now())}.xlsx"
    return EndExport(key, order["fence"], file_name=name, digest=digest, size=size, content_type=MEDIA_TYPE)


def _pages(bus: CommandBus, actor: Any, register: Register, request: dict[str, Any]) -> Iterator[list[Listed]]:
    cursor: str | None = None
    while True:
        asked = ListRequest(PAGE, cursor, request["sort"], request["search"], request["filters"])
        with reading(bus.engine) as connection:
            rows, cursor = page_of_register(
                connection, actor, bus.sources.definitions, register, asked, bus.clock.now()
            )
        yield rows
        if cursor is None:
            return


def _digest(file: BinaryIO) -> tuple[str, int]:
    file.seek(0)
    digest, size = hashlib.new("sm3"), 0
    while piece := file.read(_PIECE):
        digest.update(piece)
        size += len(piece)
    file.seek(0)
    return digest.hexdigest(), size
