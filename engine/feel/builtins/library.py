"""All built-in functions by name, loaded from their modules."""

from __future__ import annotations

from engine.feel.builtins import (  # noqa: F401  importing declares the functions
    contexts,
    conversion,
    lists,
    numeric,
    ranges,
    statistics,
    strings,
    temporal,
)
from engine.feel.builtins.registry import BUILTINS

__all__ = ["BUILTINS"]
