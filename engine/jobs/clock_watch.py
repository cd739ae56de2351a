"""Watches the clocks of all cases: lights that people must be told of, and dates to reckon with a new calendar.

Any number of processes may watch: the case's lock and what is written down decide who does it, once.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, or_, select

from engine.commands.actor import SCHEDULER
from engine.commands.bus import CommandBus
from engine.commands.errors import CaseBusy
from engine.commands.note_clock_light import NoteClockLight
from engine.commands.recompute_clocks import RecomputeClocks
from engine.errors import BanjieError
from engine.store.database import reading
from engine.store.tables.deadlines import calendar, clock

logger = logging.getLogger(__name__)

BATCH = 100
"""How many clocks or cases one round takes up."""


def watch_clocks(bus: CommandBus) -> int:
    """Recompute what another calendar changed, then tell of lights; return how many commands did something."""
    return _carry_out(bus, _outdated(bus)) + _carry_out(bus, _lit(bus, bus.clock.now()))


def _outdated(bus: CommandBus) -> list[Any]:
    with reading(bus.engine) as connection:
        newest = connection.execute(select(calendar.c.version).order_by(calendar.c.position.desc()).limit(1)).scalar()
        if newest is None:
            return []
        query = select(clock.c.root_key).where(clock.c.status == "running", _differs(newest))
        keys = connection.execute(query.distinct().order_by(clock.c.root_key).limit(BATCH)).scalars()
        return [RecomputeClocks(key) for key in keys]


def _differs(version: str) -> ColumnElement[bool]:
    """Two ranges, so that an index of many clocks with the one version is passed over."""
    return or_(clock.c.calendar_version < version, clock.c.calendar_version > version)


def _lit(bus: CommandBus, now: datetime) -> list[Any]:
    with reading(bus.engine) as connection:
        query = select(clock.c.root_key, clock.c.key).where(clock.c.watch_at <= now)
        rows = connection.execute(query.order_by(clock.c.watch_at, clock.c.key).limit(BATCH))
        return [NoteClockLight(row.root_key, row.key) for row in rows]


def _carry_out(bus: CommandBus, commands: Iterable[Any]) -> int:
    done = 0
    for command in commands:
        try:
            answer = bus.execute(command, SCHEDULER)
            done += bool(answer.get("changed") or answer.get("light"))
        except CaseBusy:
            continue
        except BanjieError as error:
            logger.error("%s could not be carried out: %s", command, error.message)
        except Exception:
            # A mistake of the program in one case must not hold up what is for all others.
            logger.exception("%s could not be carried out", command)
    return done
