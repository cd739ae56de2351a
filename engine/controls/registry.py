"""The register of controls: what each watches, how strong it is, and which words of the duty list it stands for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatchcase
from typing import Any

from engine.errors import InvalidInput

PROPERTY = "control"
"""Of an element or a process: ids of controls that watch it, parted by commas."""

DUTY = "control.duty"
"""Of an element: the duty whoever does it has (申请, 审核, 审批, 经办 …), for controls that part duties."""


class ControlsInvalid(InvalidInput):
    """The register has mistakes; ``details['problems']`` has them all, each with its line."""

    code = "controls.invalid"


class Strength(StrEnum):
    """What a control that is hit does: refuse, ask for a reason, be listed, or ask for a confirmation always."""

    BLOCK = "BLOCK"
    WARN = "WARN"
    MON = "MON"
    ATTEST = "ATTEST"


@dataclass(frozen=True, slots=True)
class Words:
    """A verbatim piece of the duty list and its line."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Watch:
    """Which elements a control watches beside those whose property names it; patterns as in file names."""

    procedures: Sequence[str] = ()
    elements: Sequence[str] = ()
    duties: Sequence[str] = ()
    start: bool = False

    def covers(self, process_id: str, element_id: str, duty: str | None) -> bool:
        """Return whether a user task of a procedure is watched."""
        if not any(fnmatchcase(process_id, pattern) for pattern in self.procedures):
            return False
        named = any(fnmatchcase(element_id, pattern) for pattern in self.elements)
        return named or (duty is not None and duty in self.duties)

    def covers_start(self, process_id: str) -> bool:
        """Return whether the start of a procedure is watched."""
        return self.start and any(fnmatchcase(process_id, pattern) for pattern in self.procedures)


@dataclass(frozen=True, slots=True)
class Override:
    """Who may let something pass in spite of the control (roles; ``{department}`` stands for the case's)."""

    by: Sequence[str]

    def allows(self, groups: frozenset[str], department: str | None) -> bool:
        """Return whether somebody in ``groups`` may override."""
        return any(role.replace("{department}", department or "") in groups for role in self.by)


@dataclass(frozen=True, slots=True)
class Control:
    """One control. ``mechanism`` names what evaluates it, ``settings`` is what that reads."""

    id: str
    title: str
    strength: Strength
    words: Sequence[Words]
    basis: str
    owner: str
    watch: Watch
    override: Override | None
    when: str | None
    mechanism: str
    settings: Any
    line: int

    @property
    def said(self) -> str:
        """The words shown to people: the duty list's, else the legal basis."""
        return "；".join(f"“{words.text}”（L{words.line}）" for words in self.words) or self.basis

    @property
    def evaluated(self) -> bool:
        """Whether anything is evaluated here; what a clock or a diagram carries is listed only."""
        return self.mechanism != "elsewhere"


@dataclass(frozen=True, slots=True)
class Registry:
    """A version of the register; ``version`` is the digest of its text."""

    version: str
    controls: Mapping[str, Control]

    def watching(
        self, process_id: str, element_id: str, properties: Mapping[str, str], process_properties: Mapping[str, str]
    ) -> list[Control]:
        """Return the controls that watch a user task, in the register's order."""
        named = names_in(properties) | names_in(process_properties)
        duty = properties.get(DUTY)
        return [
            control
            for control in self.controls.values()
            if control.evaluated and (control.id in named or control.watch.covers(process_id, element_id, duty))
        ]

    def watching_start(self, process_id: str) -> list[Control]:
        """Return the controls that watch the start of a procedure."""
        return [each for each in self.controls.values() if each.evaluated and each.watch.covers_start(process_id)]


def names_in(properties: Mapping[str, str]) -> set[str]:
    """Return the ids that a ``control`` property names."""
    return {name.strip() for name in properties.get(PROPERTY, "").split(",") if name.strip()}
