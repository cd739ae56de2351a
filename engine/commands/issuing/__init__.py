"""What is issued when an element is left: numbers, frozen texts, services of papers, uses of seals.

Diagrams say it in the properties ``number.*``, ``draft.*``, ``service.*`` and ``seal.*``.
"""

from engine.commands.issuing.desk import IssuingDesk

__all__ = ["IssuingDesk"]
