"""Makes the packages of ended cases. Any number of processes may do so at once."""

from __future__ import annotations

import dataclasses
import logging
import tempfile
from typing import Any

from sqlalchemy import or_, select

from engine.archive.completeness import missing_from
from engine.archive.packaging import Prepared, ToPdf, no_pdf, prepare_package, write_package
from engine.archive.pdf import pages_to_pdf
from engine.archive.retention import NAME, Retention
from engine.clock import LEGAL_ZONE
from engine.commands.actor import SCHEDULER
from engine.commands.archiving import ArchiveLost, RecordArchive, RefuseArchive, TakeArchiveOrder
from engine.commands.bus import CommandBus
from engine.commands.controls.registries import current_registry
from engine.documents.organisation_files import OrganisationFileUnknown, in_force
from engine.documents.papers.printing import Printer
from engine.errors import BanjieError
from engine.queries.case import case_labels, case_variables
from engine.store.database import reading
from engine.store.tables.records import archive_order
from engine.store.tables.runtime import process_instance

logger = logging.getLogger(__name__)

BATCH = 10


def run_archives(bus: CommandBus, printer: Printer | None = None) -> int:
    """Make the packages that wait, oldest orders first; return how many orders were ended here.

    Nothing happens before a table of retention periods is in force.
    """
    with reading(bus.engine) as connection:
        if _retention(connection) is None:
            return 0
        lapsed = or_(archive_order.c.lease_until.is_(None), archive_order.c.lease_until <= bus.clock.now())
        query = select(archive_order.c.root_key).where(archive_order.c.state == "PENDING", lapsed)
        query = query.order_by(archive_order.c.ordered_at, archive_order.c.root_key).limit(BATCH)
        keys = list(connection.execute(query).scalars())
    return sum(archive_case(bus, key, printer) for key in keys)


def archive_case(bus: CommandBus, root_key: int, printer: Printer | None = None) -> bool:
    """Make the package of a case that was ordered; return whether the order was ended here."""
    order = bus.execute(TakeArchiveOrder(root_key), SCHEDULER)
    if not order["taken"]:
        return False
    try:
        bus.execute(_ended(bus, root_key, order["fence"], printer), SCHEDULER)
    except ArchiveLost:
        return False
    except Exception as error:
        if not isinstance(error, BanjieError):
            # A mistake of the program in one case must not hold up the others.
            logger.exception("case %s could not be archived", root_key)
        told = error.message if isinstance(error, BanjieError) else "系统出错，已记入日志，请告知系统管理员。"
        try:
            bus.execute(RefuseArchive(root_key, order["fence"], [told]), SCHEDULER)
        except ArchiveLost:
            return False
    return True


def _ended(bus: CommandBus, root_key: int, fence: int, printer: Printer | None) -> RecordArchive | RefuseArchive:
    """The case is read in one snapshot; what takes long, printing and writing, holds no transaction."""
    prepared = _prepared(bus, root_key)
    if not isinstance(prepared, Prepared):
        return RefuseArchive(root_key, fence, prepared)
    now = bus.clock.now()
    to_pdf: ToPdf = no_pdf if printer is None else lambda pages: pages_to_pdf(printer, pages, now)
    with tempfile.TemporaryFile() as file:
        packed = write_package(prepared, bus.sources.contents, file, to_pdf=to_pdf)
        file.seek(0)
        bus.sources.contents.put(packed.sm3, file)
    return RecordArchive(root_key, fence, dataclasses.asdict(packed))


def _prepared(bus: CommandBus, root_key: int) -> Prepared | list[str]:
    """What goes into the package, or what is missing for it."""
    definitions, now = bus.sources.definitions, bus.clock.now()
    with reading(bus.engine) as connection:
        query = select(process_instance.c.definition_key, process_instance.c.started_at)
        row = connection.execute(query.where(process_instance.c.key == root_key)).one()
        retention = _retention(connection)
        missing = missing_from(
            definitions.model(connection, row.definition_key),
            case_variables(connection, root_key),
            case_labels(connection, definitions, root_key),
            current_registry(connection),
            now.astimezone(LEGAL_ZONE),
        )
        if missing or retention is None:
            return missing or ["还没有发布保管期限表 organisation/retention.yaml"]
        anchors = bus.anchors.of_case(root_key, row.started_at)
        return prepare_package(connection, definitions, root_key, retention=retention, anchors=anchors, now=now)


def _retention(connection: Any) -> Retention | None:
    try:
        found = in_force(connection, NAME)
    except OrganisationFileUnknown:
        return None
    return found if isinstance(found, Retention) else None
