"""Previews of papers as PDF files: ordered before signing, printed in the background, gone after minutes.

Nothing of them is history: a preview is no paper.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from engine.commands.handlers import Answer, handles
from engine.commands.unit import UnitOfWork
from engine.errors import Conflict
from engine.store.keys import draw_key
from engine.store.tables.records import paper_preview

LEASE = timedelta(minutes=2)
KEPT = timedelta(minutes=10)
"""How long a preview can be looked at after it was ordered."""
MOST_OPEN = 3
"""Previews of one person at a time."""
_OPEN = ("PENDING", "RUNNING")


class PreviewsOpen(Conflict):
    """Several previews of the same person are still being printed."""

    code = "commands.previews-open"


class PreviewLost(Conflict):
    """The preview is gone, or another process has taken it over."""

    code = "commands.preview-lost"


@dataclass(frozen=True, slots=True)
class OrderPaperPreview:
    """Have a Word file that says 预览 printed for the actor; ``file_name`` is the PDF file's."""

    file_name: str
    word_file: bytes


@dataclass(frozen=True, slots=True)
class TakePaperPreview:
    """Take a preview up, or over from a process that has said nothing for the length of a lease."""

    key: int


@dataclass(frozen=True, slots=True)
class EndPaperPreview:
    """Keep the printed file; or, with a ``message``, say why there is none."""

    key: int
    fence: int
    pdf: bytes | None = None
    message: str | None = None


@dataclass(frozen=True, slots=True)
class DropPaperPreviews:
    """Throw away those that were ordered longer ago than they are kept."""


@handles(OrderPaperPreview)
def order(command: OrderPaperPreview, unit: UnitOfWork) -> Answer:
    """Write the order down. Raises PreviewsOpen."""
    open_ = select(func.count()).where(
        paper_preview.c.actor_id == unit.actor.id,
        paper_preview.c.state.in_(_OPEN),
        paper_preview.c.ordered_at > unit.now - KEPT,
    )
    if unit.connection.execute(open_).scalar_one() >= MOST_OPEN:
        raise PreviewsOpen(f"您已有 {MOST_OPEN} 份预览正在生成，请待其完成。")
    key = draw_key(unit.connection)
    row = {
        "key": key,
        "actor_id": unit.actor.id,
        "file_name": command.file_name,
        "state": "PENDING",
        "word_file": command.word_file,
        "ordered_at": unit.now,
        "fence": 0,
    }
    unit.connection.execute(insert(paper_preview), row)
    return {"key": key}


@handles(TakePaperPreview)
def take(command: TakePaperPreview, unit: UnitOfWork) -> Answer:
    """Take it up and return its fence, or ``{"taken": False}`` where another has it."""
    row = _row(unit, command.key)
    if row is None or row["state"] not in _OPEN or (row["lease_until"] or unit.now) > unit.now:
        return {"taken": False}
    fence = row["fence"] + 1
    _change(unit, command.key, state="RUNNING", fence=fence, lease_until=unit.now + LEASE)
    return {"taken": True, "fence": fence}


@handles(EndPaperPreview)
def end(command: EndPaperPreview, unit: UnitOfWork) -> Answer:
    """End it. Raises PreviewLost."""
    row = _row(unit, command.key)
    if row is None or row["state"] != "RUNNING" or row["fence"] != command.fence:
        raise PreviewLost("预览已不需要，或由另一进程接手。")
    state = "FAILED" if command.pdf is None else "DONE"
    _change(unit, command.key, state=state, pdf=command.pdf, message=command.message)
    return {"key": command.key}


@handles(DropPaperPreviews)
def drop(command: DropPaperPreviews, unit: UnitOfWork) -> Answer:
    """Throw them away."""
    gone = delete(paper_preview).where(paper_preview.c.ordered_at <= unit.now - KEPT)
    return {"dropped": unit.connection.execute(gone).rowcount}


def _row(unit: UnitOfWork, key: int) -> Mapping[Any, Any] | None:
    columns = paper_preview.c
    query = select(columns.state, columns.fence, columns.lease_until).where(columns.key == key)
    if unit.connection.dialect.name == "postgresql":
        query = query.with_for_update()
    return unit.connection.execute(query).mappings().first()


def _change(unit: UnitOfWork, key: int, **values: Any) -> None:
    unit.connection.execute(update(paper_preview).where(paper_preview.c.key == key).values(**values))
