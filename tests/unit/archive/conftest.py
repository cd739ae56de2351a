"""The bureau, for every test here."""

from tests.unit.commands.platforms import bureau, small_bureau

__all__ = ["bureau", "small_bureau"]
