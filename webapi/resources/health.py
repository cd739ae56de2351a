"""Whether the platform works; asked by supervisors, so nobody need sign in."""

from __future__ import annotations

from flask import Blueprint
from sqlalchemy import select

from engine import __version__
from engine.store.tables.general import sequence
from webapi.operations import operation
from webapi.schemas.common import HealthSchema
from webapi.services import platform, read

blueprint = Blueprint("health", __name__)


@blueprint.get("/health")
@operation("运行状况", answer=HealthSchema, errors=(503,), everybody=True)
def health() -> dict[str, str]:
    """Ask the database something."""
    with read() as connection:
        connection.execute(select(sequence.c.name).limit(1)).first()
    return {"status": "ok", "version": __version__, "database": platform().engine.dialect.name}
