"""Counts by element."""

from __future__ import annotations

from webapi.schemas.base import ApiSchema
from webapi.schemas.fields import Text, Whole


class ElementStatisticsSchema(ApiSchema):
    """How many instances of an element there are."""

    element_id = Text()
    active = Whole()
    canceled = Whole()
    incidents = Whole()
    completed = Whole()
