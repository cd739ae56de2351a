"""Outside systems by the names that administrators gave them."""

from __future__ import annotations

from sqlalchemy import Connection, select

from engine.jobs.http_call import Target
from engine.store.connections import opened_headers
from engine.store.tables.general import connection as connection_table
from engine.store.vault import Vault


def target_named(connection: Connection, vault: Vault, name: str) -> Target | None:
    """Return where the connection ``name`` leads, with its headers as they are sent; None where there is none.

    Raises SealBroken.
    """
    query = select(connection_table).where(connection_table.c.name == name)
    row = connection.execute(query).mappings().first()
    if row is None:
        return None
    return Target(row["base_url"], row["address"], opened_headers(row["headers"], vault, name), row["timeout_seconds"])
