"""One search for every list of things: filters with operators, any order, pages by cursor, what the viewer may see.

A resource declares its fields once (``resources``); the filters, the order and the pages follow from that.
"""

from engine.queries.search.fields import Condition, Field, Kind, Operator
from engine.queries.search.resource import Order, Request, Resource
from engine.queries.search.searching import Found, count_all, one, search

__all__ = [
    "Condition",
    "Field",
    "Found",
    "Kind",
    "Operator",
    "Order",
    "Request",
    "Resource",
    "count_all",
    "one",
    "search",
]
