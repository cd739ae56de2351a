"""What some tests need that a machine may lack: found here, asked for here, reported at the end of the run.

A test that needs such a thing is skipped loudly: the run's last line names what was missing, the command that
installs it, and the test files that were skipped for it.
"""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"

_REASON = re.compile(r"missing here: (?P<name>[^:]+): ")


@dataclass(frozen=True, slots=True)
class Requirement:
    """Something outside the repository: its name and what to do to have it."""

    name: str
    remedy: str


POSTGRESQL = Requirement("PostgreSQL", "apt-get install postgresql, or set TEST_DATABASE_URL")
CHROMIUM = Requirement("Chromium", "apt-get install chromium fonts-noto-cjk")
LIBREOFFICE = Requirement("LibreOffice", "apt-get install libreoffice-writer-nogui poppler-utils fonts-noto-cjk")
SHARED_DATA = Requirement("../shared", "put the shared data folder beside the repository")


def skip_for_want_of(requirement: Requirement, detail: str = "") -> NoReturn:
    """Skip the running test because ``requirement`` is missing; the run's last line will say so."""
    remark = f" ({detail})" if detail else ""
    pytest.skip(f"missing here: {requirement.name}: {requirement.remedy}{remark}")


def chromium_path() -> Path | None:
    """Return where Chromium is installed, or None."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return Path(found)
    return None


def libreoffice_path() -> Path | None:
    """Return where LibreOffice is installed, or None; its pictures are looked at with poppler."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return Path(found) if found and shutil.which("pdfinfo") and shutil.which("pdftotext") else None


def missing_from_reports(reports: Iterable[tuple[str, str]]) -> dict[str, Counter[str]]:
    """Sort skipped tests by what they lacked: requirement name to a count per test file.

    ``reports`` are pairs of a test's file and the reason it was skipped; other reasons are left out.
    """
    missing: dict[str, Counter[str]] = {}
    for file, reason in reports:
        if match := _REASON.search(reason):
            missing.setdefault(match["name"], Counter())[file] += 1
    return missing


def last_line(absent: Iterable[Requirement], missing: dict[str, Counter[str]]) -> str:
    """Say in one line what the machine lacked and which test files were skipped for it."""
    sentences = []
    for requirement in absent:
        skipped = missing.get(requirement.name, Counter())
        files = ", ".join(f"{file} ({count})" for file, count in sorted(skipped.items()))
        effect = f"{skipped.total()} tests skipped: {files}" if skipped else "no selected test needed it"
        sentences.append(f"{requirement.name} was missing ({requirement.remedy}); {effect}")
    return ". ".join(sentences) or "Nothing was missing: PostgreSQL, Chromium, LibreOffice and ../shared were all there"
