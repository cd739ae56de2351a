"""What verification finds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How bad a finding is."""

    TAMPERED = "tampered"
    """What stands there can't have been written by the platform."""
    DIFFERS = "differs"
    """Another version of the engine recorded it and this one answers differently: no proof either way."""
    NOTE = "note"
    """Worth knowing; nothing is wrong."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that verification noticed, in Chinese, with its place in history where there is one."""

    severity: Severity
    code: str
    root_key: int
    seq: int | None
    message: str

    def __str__(self) -> str:
        place = f"案件 {self.root_key}" if self.root_key else "系统日志"
        if self.seq is not None:
            place += f" 第 {self.seq} 条"
        return f"{place}：{self.message}"
