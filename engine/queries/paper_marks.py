"""What was done to the papers of a case by the registers: numbered, sealed, served, and by which element instance."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, Select, literal, select, union_all

from engine.store.tables.issuing import issued_number, seal_use, service

NUMBERED, SEALED, SERVED = "numbered", "sealed", "served"


def marks_by_instance(connection: Connection, root_key: int) -> dict[int, set[str]]:
    """Return the marks of each element instance of a case that left one. A number that is void leaves none."""
    numbers, seals, services = issued_number.c, seal_use.c, service.c
    branches: tuple[Select[tuple[int, str]], ...] = (
        select(numbers.element_instance_key.label("key"), literal(NUMBERED).label("mark")).where(
            numbers.root_key == root_key, numbers.state == "ISSUED"
        ),
        select(seals.key, literal(SEALED)).where(seals.root_key == root_key),
        select(services.key, literal(SERVED)).where(services.root_key == root_key),
    )
    found: dict[int, set[str]] = {}
    for row in connection.execute(union_all(*branches)):
        found.setdefault(row.key, set()).add(row.mark)
    return found


def number_in_the_way(connection: Connection, root_key: int, undone: Collection[int]) -> str | None:
    """Return why these element instances can't be undone: a number that they gave still counts; None if none does.

    No paper is signed again under another number without somebody saying what became of the first.
    """
    numbers = "、".join(numbers_given_in(connection, root_key, undone))
    if not numbers:
        return None
    return f"{numbers}已经编出，不能退回到编号之前；请先在登记簿中作废该号并写明原因，再退回。"


def numbers_given_in(connection: Connection, root_key: int, instances: Collection[int]) -> list[str]:
    """Return the numbers, as they are written, that some element instances of a case gave and that still count."""
    columns = issued_number.c
    query = select(columns.text, columns.element_instance_key).where(
        columns.root_key == root_key, columns.state == "ISSUED"
    )
    return [row.text for row in connection.execute(query) if row.element_instance_key in instances]
