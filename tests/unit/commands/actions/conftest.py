"""The bureau with people in it."""

from tests.unit.commands.actions.office import office, small_office
from tests.unit.commands.platforms import bureau, small_bureau

__all__ = ["bureau", "office", "small_bureau", "small_office"]
