"""PDF files of pages, by LibreOffice where it is installed; where it is not, the pages stand."""

from __future__ import annotations

import logging
import re
import tempfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from engine.documents.papers.printing import NotPrinted, Printer

logger = logging.getLogger(__name__)

_HOW = (
    "--infilter=HTML (StarWriter)",
    "--convert-to",
    'pdf:writer_pdf_Export:{"SelectPdfVersion":{"type":"long","value":"2"}}',
)
"""PDF/A-2b of the page as a document with pages."""
_STYLE = """
@page { size: 210mm 297mm; margin: 24mm 20mm 22mm 26mm }
body, td, th, p, div { font-family: "FangSong_GB2312", "FangSong", "Noto Serif CJK SC"; font-size: 11pt }
h1 { font-size: 18pt; text-align: center; font-family: "Noto Serif CJK SC" }
h2 { font-size: 13pt; font-family: "Noto Sans CJK SC" }
th { font-weight: normal; background: #f2f2f2; text-align: left }
.bureau { color: #cc0000; font-size: 15pt; text-align: center }
.digest, footer { font-size: 8pt }
"""
"""As much of the style as LibreOffice follows."""


def pages_to_pdf(printer: Printer, pages: Mapping[str, str], now: datetime) -> dict[str, bytes]:
    """Return the PDF of each page, made in one run; none where LibreOffice made none."""
    with tempfile.TemporaryDirectory(prefix="banjie-archive-") as folder:
        sources = {name: Path(folder) / f"{number:04d}.html" for number, name in enumerate(pages)}
        for name, path in sources.items():
            path.write_text(for_libreoffice(pages[name]), encoding="utf-8")
        try:
            printer.convert(Path(folder), list(sources.values()), now, *_HOW)
        except NotPrinted as error:
            logger.warning("pages are archived without PDF: %s", error.message)
            return {}
        made = {name: Path(folder) / "out" / f"{path.stem}.pdf" for name, path in sources.items()}
        return {name: path.read_bytes() for name, path in made.items() if path.is_file()}


def for_libreoffice(page: str) -> str:
    """Return a page in the HTML that LibreOffice lays out as a browser lays out the page."""
    page = re.sub(r"<meta (?:http-equiv|name)[^>]*>\n?", "", page)
    page = re.sub(r"<style>.*?</style>", lambda _: f"<style>{_STYLE}</style>", page, count=1, flags=re.DOTALL)
    return re.sub(r"<table", '<table border="1" cellspacing="0" cellpadding="4" width="100%"', page)
