"""What requests work with: the platform of this process and the read connections bound to Flask."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from flask import Flask, current_app, g
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, Engine

from engine.commands.calendars import CalendarUnknown
from engine.commands.handlers import Answer
from engine.commands.second_factor import CountSecondFactorFailure, SecondFactorRefused
from engine.installation.settings import Settings
from engine.platform import Platform
from engine.queries.user_tasks import Moment
from engine.store.database import reading
from engine.store.tables import metadata
from webapi.requests import idempotency_key
from webapi.security import actor

EXTENSION = "banjie"


@dataclass(frozen=True, slots=True)
class Services:
    """One process' platform and where its installation keeps things."""

    platform: Platform
    settings: Settings


class Database(SQLAlchemy):
    """Flask-SQLAlchemy on the platform's own engine, so that there is one pool and one set of pragmas."""

    def _make_engine(self, bind_key: str | None, options: dict[str, Any], app: Flask) -> Engine:
        return services_of(app).platform.engine


database = Database(metadata=metadata)


def services_of(app: Flask) -> Services:
    """Return the services of an app."""
    found: Services = app.extensions[EXTENSION]
    return found


def platform() -> Platform:
    """Return the platform of the current app."""
    return services_of(current_app).platform


def content_root() -> Path:
    """Return the folder that holds the current app's procedures and organisation."""
    return services_of(current_app).settings.content_root


@contextmanager
def read() -> Iterator[Connection]:
    """Give a connection that reads one consistent state and takes no write lock."""
    with reading(database.engine) as connection:
        yield connection


def now() -> datetime:
    """Return the moment of the request: the same for all that it reads."""
    if "now" not in g:
        g.now = platform().clock.now()
    moment: datetime = g.now
    return moment


def moment(connection: Connection) -> Moment:
    """Return what lights are reckoned with; without a published calendar there are no working days."""
    try:
        calendar = platform().sources.calendars.current(connection)
    except CalendarUnknown:
        calendar = None
    return Moment(now(), calendar)


def execute(command: Any) -> Answer:
    """Execute a command for the one who asks, once for each idempotency key."""
    return platform().bus.execute(command, actor(), idempotency_key=idempotency_key())


def execute_with_code(command: Any) -> Answer:
    """Execute a command that holds a code of the asker's second factor; a wrong one is counted, in a command of its
    own since what is refused leaves nothing behind."""
    try:
        return execute(command)
    except SecondFactorRefused:
        platform().bus.execute(CountSecondFactorFailure(), actor())
        raise
