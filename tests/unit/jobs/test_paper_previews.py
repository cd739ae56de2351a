"""Previews as PDF files: printed in the background for the one who ordered them, and gone after minutes."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from engine.commands.actor import Actor
from engine.commands.paper_previews import (
    KEPT,
    LEASE,
    MOST_OPEN,
    EndPaperPreview,
    OrderPaperPreview,
    PreviewLost,
    PreviewsOpen,
    TakePaperPreview,
)
from engine.documents.papers.printing import NotPrinted, Printer
from engine.jobs.paper_previews import drop_previews, print_previews
from engine.queries.paper_previews import PrintedPreviewGone, printed_content, printed_preview
from engine.store.database import reading
from engine.store.tables.records import paper_preview
from engine.verification import verify
from tests.unit.commands.platforms import CLERK, Bureau

COLLEAGUE = Actor("colleague", "同事", "bgs", frozenset())


class FakePrinter(Printer):
    """A printer that is quick."""

    def to_pdf(self, docx: bytes, *, now: datetime) -> bytes:
        return b"%PDF-1.7 " + docx


class BrokenPrinter(Printer):
    """A printer that is out of order: ``program`` says how."""

    def to_pdf(self, docx: bytes, *, now: datetime) -> bytes:
        raise NotPrinted("卡纸") if self.program == "jammed" else RuntimeError(self.program)


PRINTER = FakePrinter("fake", {})


def order(bureau: Bureau, content: bytes = b"word", actor: Actor = CLERK) -> int:
    key: int = bureau.bus.execute(OrderPaperPreview("通知（预览）.pdf", content), actor)["key"]
    return key


def state(bureau: Bureau, key: int) -> dict[str, Any]:
    with reading(bureau.engine) as connection:
        return printed_preview(connection, CLERK, key)


@pytest.mark.both_databases
def test_a_preview_is_printed_for_the_one_who_ordered_it(bureau: Bureau) -> None:
    key = order(bureau)
    assert state(bureau, key)["state"] == "PENDING"

    assert print_previews(bureau.bus, PRINTER) == 1

    assert state(bureau, key) == {"key": key, "state": "DONE", "message": None, "file_name": "通知（预览）.pdf"}
    with reading(bureau.engine) as connection:
        assert printed_content(connection, CLERK, key) == b"%PDF-1.7 word"
        with pytest.raises(PrintedPreviewGone):
            printed_content(connection, COLLEAGUE, key)
        assert verify(connection, bureau.platform.sources, []).passed


def test_it_can_be_looked_at_only_when_it_is_there(bureau: Bureau) -> None:
    key = order(bureau)

    with reading(bureau.engine) as connection, pytest.raises(PrintedPreviewGone, match="还没有生成"):
        printed_content(connection, CLERK, key)


@pytest.mark.parametrize(
    ("printer", "told"),
    [
        (None, "没有安装 LibreOffice"),
        (BrokenPrinter("jammed", {}), "卡纸"),
        (BrokenPrinter("burning", {}), "已记入日志"),
    ],
)
def test_what_can_not_be_printed_says_why_and_holds_up_no_other(
    bureau: Bureau, printer: Printer | None, told: str
) -> None:
    first, second = order(bureau), order(bureau)

    assert print_previews(bureau.bus, printer) == 2

    for key in (first, second):
        found = state(bureau, key)
        assert found["state"] == "FAILED"
        assert told in found["message"]


def test_nobody_orders_more_at_a_time_than_can_be_printed(bureau: Bureau) -> None:
    for _ in range(MOST_OPEN):
        order(bureau)

    with pytest.raises(PreviewsOpen):
        order(bureau)

    order(bureau, actor=COLLEAGUE)
    print_previews(bureau.bus, PRINTER)
    order(bureau)


def test_after_minutes_it_is_gone(bureau: Bureau) -> None:
    printed, waiting = order(bureau), order(bureau)
    print_previews(bureau.bus, PRINTER)
    bureau.clock.advance(KEPT - timedelta(seconds=1))
    drop_previews(bureau.bus)
    assert state(bureau, printed)["state"] == "DONE"

    bureau.clock.advance(timedelta(seconds=1))
    drop_previews(bureau.bus)

    with pytest.raises(PrintedPreviewGone, match="已过期"):
        state(bureau, waiting)
    with reading(bureau.engine) as connection:
        assert connection.execute(select(func.count()).select_from(paper_preview)).scalar() == 0


def test_a_process_that_died_is_succeeded_and_a_late_one_refused(bureau: Bureau) -> None:
    key = order(bureau)
    fence = bureau.bus.execute(TakePaperPreview(key), CLERK)["fence"]
    assert print_previews(bureau.bus, PRINTER) == 0

    bureau.clock.advance(LEASE)
    assert print_previews(bureau.bus, PRINTER) == 1

    with pytest.raises(PreviewLost):
        bureau.bus.execute(EndPaperPreview(key, fence, pdf=b"late"), CLERK)
