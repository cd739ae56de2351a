"""Evaluating controls on a situation."""

from __future__ import annotations

from dataclasses import dataclass

from engine.controls.mechanisms import MECHANISMS, holds
from engine.controls.registry import Control, Strength
from engine.controls.situation import Situation
from engine.feel import FeelError


@dataclass(frozen=True, slots=True)
class Finding:
    """What a control found: ``missing`` says what is wrong in Chinese, None where all is well."""

    control: Control
    missing: str | None

    @property
    def hit(self) -> bool:
        """Whether something has to happen (or to be listed)."""
        return self.missing is not None

    @property
    def message(self) -> str:
        """What people read: title, what is wrong, and the duty list's own words."""
        return f"{self.control.title}：{self.missing}。{self.control.said}"


def evaluate(control: Control, situation: Situation) -> Finding | None:
    """Return what a control finds, None where it does not apply. What can't be evaluated counts as hit."""
    try:
        if control.when is not None and not holds(control.when, situation):
            return None
        missing = MECHANISMS[control.mechanism].find(control.settings, situation)
    except FeelError as error:
        missing = f"无法判断（{error}）"
    if control.strength is Strength.ATTEST and missing is None:
        missing = control.title
    return Finding(control, missing)
