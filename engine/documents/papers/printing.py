"""PDF files, made by LibreOffice in a process of its own, with a profile for one file and a time limit.

Called by workers only: a web request never waits for it.
"""

from __future__ import annotations

import contextlib
import logging
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

from engine.documents.papers.fonts import FontMap, read_font_map, substitute
from engine.documents.papers.package import open_package
from engine.errors import BanjieError

logger = logging.getLogger(__name__)

SETTING = "BANJIE_LIBREOFFICE"
"""Environment variable: the program, or ``off``; without it, it is looked for."""
PROGRAMS = ("soffice", "libreoffice")
SECONDS = 90
_FILTER = 'pdf:writer_pdf_Export:{"SelectPdfVersion":{"type":"long","value":"2"}}'
"""PDF/A-2b, as archives want it (DA/T 47-2009 asks for PDF/A)."""


class NotPrinted(BanjieError):
    """LibreOffice made no PDF; the Word file stands."""

    code = "documents.not-printed"


@dataclass(frozen=True)
class Printer:
    """A LibreOffice that makes PDF files."""

    program: str
    fonts: FontMap
    seconds: float = SECONDS

    @cached_property
    def installed(self) -> frozenset[str]:
        """The families of the fonts installed here; none where that can't be told."""
        listed = shutil.which("fc-list")
        if listed is None:
            return frozenset()
        command = [listed, ":", "family"]
        found = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)  # noqa: S603 - fixed
        return frozenset(name.strip() for line in found.stdout.splitlines() for name in line.split(",") if name.strip())

    def to_pdf(self, docx: bytes, *, now: datetime) -> bytes:
        """Return the PDF of a .docx; ``now`` is the moment it says it was made. Raises NotPrinted."""
        prepared = substitute(open_package(docx), self.fonts, self.installed)
        with tempfile.TemporaryDirectory(prefix="banjie-print-") as folder:
            source = Path(folder) / "paper.docx"
            source.write_bytes(prepared)
            self._run(Path(folder), source, now)
            result = Path(folder) / "out" / "paper.pdf"
            if not result.is_file():
                raise NotPrinted("LibreOffice 没有生成 PDF，只有 Word 文件；请用 Word 或 WPS 打开后另存。")
            return result.read_bytes()

    def _run(self, folder: Path, source: Path, now: datetime) -> None:
        self.convert(folder, [source], now, "--convert-to", _FILTER)

    def convert(self, folder: Path, sources: Sequence[Path], now: datetime, *how: str) -> None:
        """Convert files in one run, into ``folder``/out; raise NotPrinted where it takes too long."""
        command = [
            self.program,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            *("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo"),
            *(*how, "--outdir", str(folder / "out"), *map(str, sources)),
        ]
        with subprocess.Popen(  # noqa: S603 - the program is the installation's, the rest is ours
            command,
            cwd=folder,
            env=_environment(folder, now),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        ) as process:
            try:
                told, _ = process.communicate(timeout=self.seconds)
            except subprocess.TimeoutExpired as error:
                raise NotPrinted(f"LibreOffice 在 {self.seconds:g} 秒内没有完成，只有 Word 文件。") from error
            finally:
                if process.returncode is None:
                    _end(process)
        if process.returncode != 0:
            logger.warning("LibreOffice ended with %s: %s", process.returncode, told.decode(errors="replace")[:500])


def find_printer(organisation: Path | None = None, environment: Mapping[str, str] | None = None) -> Printer | None:
    """Return the LibreOffice to print with, None where there is none or it is switched off. Raises FontMapInvalid."""
    setting = (os.environ if environment is None else environment).get(SETTING, "").strip()
    if setting.lower() == "off":
        return None
    candidates = (setting,) if setting else PROGRAMS
    program = next((found for found in map(shutil.which, candidates) if found), None)
    if program is None:
        if setting:
            logger.warning("%s names %s, which is not there: papers are made as Word files only", SETTING, setting)
        return None
    return Printer(program, read_font_map(organisation))


def _environment(folder: Path, now: datetime) -> dict[str, str]:
    """Nothing of ours: neither secrets nor settings."""
    return {
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "PATH": os.environ.get("PATH", os.defpath),
        "LANG": "C.UTF-8",
        "TZ": "Asia/Shanghai",
        "SOURCE_DATE_EPOCH": str(int(now.timestamp())),
        "SAL_USE_VCLPLUGIN": "svp",
    }


def _end(process: subprocess.Popen[bytes]) -> None:
    """LibreOffice starts a second process; both go."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
