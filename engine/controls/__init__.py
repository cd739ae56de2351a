"""Controls (廉政风险防控): a register as data, and the few mechanisms that evaluate it. Knows no database."""

from engine.controls.evaluating import Finding, evaluate
from engine.controls.reading import read_registry
from engine.controls.registry import Control, ControlsInvalid, Override, Registry, Strength, Watch, Words
from engine.controls.situation import Draw, Payment, Signed, Situation

__all__ = [
    "Control",
    "ControlsInvalid",
    "Draw",
    "Finding",
    "Override",
    "Payment",
    "Registry",
    "Signed",
    "Situation",
    "Strength",
    "Watch",
    "Words",
    "evaluate",
    "read_registry",
]
