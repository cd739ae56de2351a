"""Puts the parts together: one platform object a process (and one a rehearsal)."""

from __future__ import annotations

import os
import socket
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

import engine.commands
import engine.identity.registration
import engine.jobs.acquirer
import engine.jobs.delivery
import engine.notices.checking
import engine.notices.occasions
import engine.notices.reading
import engine.notices.sending  # noqa: F401 - these register handlers and reactions
from engine.clock import Clock, SystemClock
from engine.commands.bus import CommandBus
from engine.commands.calendars import Calendars
from engine.commands.production import Sources
from engine.commands.programs import Programs
from engine.commands.unit import FormValidator
from engine.definitions.repository import Definitions
from engine.history.anchors import AnchorFolder, Anchors, NoAnchors
from engine.history.chain import require_sm3
from engine.store.database import open_engine
from engine.store.documents import ContentStore, MemoryStore
from engine.store.object_store import content_store, documents_place
from engine.store.tables import metadata
from engine.store.vault import Vault, vault_of


@dataclass(frozen=True, slots=True)
class Platform:
    """What serves requests, commands and ticks."""

    engine: Engine
    clock: Clock
    sources: Sources
    bus: CommandBus


def open_platform(
    database_url: str,
    *,
    validate_form: FormValidator,
    data_dir: Path | None = None,
    anchors: Anchors | None = None,
    clock: Clock | None = None,
) -> Platform:
    """Open the database at ``database_url`` (migrated already) and wire everything.

    Anchors are written below ``data_dir`` unless given otherwise, stored files and the installation's secret too unless
    ``BANJIE_DOCUMENTS`` and ``BANJIE_SECRET`` say otherwise. Raises HashUnavailable without SM3.
    """
    require_sm3()
    if anchors is None:
        if data_dir is None:
            raise ValueError("anchors need a data folder")
        anchors = AnchorFolder(data_dir / "anchors", f"{socket.gethostname()}-{os.getpid()}")
    place = None if data_dir is None else documents_place(data_dir)
    contents = MemoryStore() if place is None else content_store(place)
    return _wire(
        open_engine(database_url), clock or SystemClock(), anchors, validate_form, vault_of(data_dir), contents
    )


def open_scratch_platform(clock: Clock, validate_form: FormValidator) -> Platform:
    """Open a platform on an empty database in memory, gone when it is closed: for rehearsals."""
    database = open_engine("sqlite://")
    metadata.create_all(database)
    return _wire(database, clock, NoAnchors(), validate_form, vault_of(None), MemoryStore())


def _wire(
    database: Engine,
    clock: Clock,
    anchors: Anchors,
    validate_form: FormValidator,
    vault: Vault,
    contents: ContentStore,
) -> Platform:
    definitions = Definitions()
    sources = Sources(definitions, Programs(definitions), Calendars(), contents)
    bus = CommandBus(database, clock, sources, anchors, validate_form, vault)
    return Platform(database, clock, sources, bus)
