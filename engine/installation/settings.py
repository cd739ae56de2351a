"""Where an installation keeps things, from environment variables or options."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

CONTENT_ROOT = Path(__file__).resolve().parents[2]
"""The folder that holds ``bpmn/``, ``dmn/``, ``forms/`` and ``organisation/`` when no other is given."""


@dataclass(frozen=True, slots=True)
class Settings:
    """An installation's places."""

    database_url: str
    data_dir: Path
    content_root: Path

    @property
    def anchors_dir(self) -> Path:
        """Where anchors are kept, outside the database."""
        return self.data_dir / "anchors"

    @property
    def sign_in_file(self) -> Path:
        """Where the first sign-in is written at the first start."""
        return self.data_dir / "first-sign-in.txt"


def read_settings(
    database_url: str | None = None, data_dir: str | Path | None = None, content_root: str | Path | None = None
) -> Settings:
    """Return the settings: what is given, else ``BANJIE_DATABASE_URL``, ``BANJIE_DATA_DIR``, ``BANJIE_CONTENT_DIR``,
    else SQLite in ``./data`` and the content beside the program.
    """
    data = Path(data_dir or os.environ.get("BANJIE_DATA_DIR") or "data").resolve()
    url = database_url or os.environ.get("BANJIE_DATABASE_URL") or f"sqlite:///{data / 'banjie.sqlite3'}"
    content = Path(content_root or os.environ.get("BANJIE_CONTENT_DIR") or CONTENT_ROOT).resolve()
    return Settings(url, data, content)
