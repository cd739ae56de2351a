"""Prints the previews of papers that people wait for."""

from __future__ import annotations

import logging

from sqlalchemy import select

from engine.commands.actor import SCHEDULER
from engine.commands.bus import CommandBus
from engine.commands.paper_previews import KEPT, DropPaperPreviews, EndPaperPreview, PreviewLost, TakePaperPreview
from engine.documents.papers.printing import NotPrinted, Printer
from engine.store.database import reading
from engine.store.tables.records import paper_preview

logger = logging.getLogger(__name__)

AT_ONCE = 5
"""Previews of one tick, so that other work has its turn."""
NO_PRINTER = "本机没有安装 LibreOffice，不能生成 PDF，请下载 Word 文件查看。"


def print_previews(bus: CommandBus, printer: Printer | None) -> int:
    """Print what waits, oldest first; return how many were ended here."""
    columns = paper_preview.c
    query = select(columns.key).where(
        columns.state.in_(("PENDING", "RUNNING")), columns.ordered_at > bus.clock.now() - KEPT
    )
    with reading(bus.engine) as connection:
        keys = list(connection.execute(query.order_by(columns.key).limit(AT_ONCE)).scalars())
    return sum(_print(bus, printer, key) for key in keys)


def drop_previews(bus: CommandBus) -> None:
    """Throw old previews away where there are any."""
    gone = select(paper_preview.c.key).where(paper_preview.c.ordered_at <= bus.clock.now() - KEPT)
    with reading(bus.engine) as connection:
        found = connection.execute(gone.limit(1)).first()
    if found is not None:
        bus.execute(DropPaperPreviews(), SCHEDULER)


def _print(bus: CommandBus, printer: Printer | None, key: int) -> bool:
    order = bus.execute(TakePaperPreview(key), SCHEDULER)
    if not order["taken"]:
        return False
    try:
        bus.execute(_ended(bus, printer, key, order["fence"]), SCHEDULER)
    except PreviewLost:
        return False
    return True


def _ended(bus: CommandBus, printer: Printer | None, key: int, fence: int) -> EndPaperPreview:
    if printer is None:
        return EndPaperPreview(key, fence, message=NO_PRINTER)
    with reading(bus.engine) as connection:
        word_file = connection.execute(select(paper_preview.c.word_file).where(paper_preview.c.key == key)).scalar_one()
    try:
        return EndPaperPreview(key, fence, pdf=printer.to_pdf(word_file, now=bus.clock.now()))
    except NotPrinted as error:
        return EndPaperPreview(key, fence, message=error.message)
    except Exception:
        # One paper that can't be printed must not hold up those of others.
        logger.exception("preview %s could not be printed", key)
        return EndPaperPreview(key, fence, message="生成 PDF 时出错，已记入日志；请下载 Word 文件查看。")
