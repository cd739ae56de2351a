"""The clocks of a case: what diagrams say of them in ``clock.*`` properties, carried out with ``engine.deadlines``."""

from engine.commands.clocks.book import ClockBook
from engine.commands.clocks.reactor import ClockReactor

__all__ = ["ClockBook", "ClockReactor"]
