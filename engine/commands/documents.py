"""What commands on documents share."""

from __future__ import annotations

from sqlalchemy import text

from engine.commands.unit import UnitOfWork


def lock_content(unit: UnitOfWork, digest: str) -> None:
    """Let nobody else store or delete the same content until this transaction ends.

    SQLite has one writer anyway.
    """
    if unit.connection.dialect.name == "postgresql":
        number = int(digest[:15], 16)
        unit.connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": number})
