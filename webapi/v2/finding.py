"""Finding one thing by its key, among what the one who asks may see."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from engine.errors import NotFound
from engine.queries.search import Resource, one
from webapi.security import actor
from webapi.services import platform, read


class ThingUnknown(NotFound):
    """There is no such thing, or the one who asks may not see it."""

    code = "webapi.unknown"


def get(resource: Resource, what: str, **key: Any) -> dict[str, Any]:
    """Return the item with this key. Raises ThingUnknown."""
    with read() as connection:
        return get_from(connection, resource, what, **key)


def get_from(connection: Connection, resource: Resource, what: str, **key: Any) -> dict[str, Any]:
    """Return the item with this key as a connection sees it. Raises ThingUnknown."""
    found = one(connection, platform().sources.definitions, resource, actor(), **key)
    if found is None:
        raise unknown(what, key)
    return found


def unknown(what: str, key: Mapping[str, Any]) -> ThingUnknown:
    """Return the error for a thing that is not there, or not there for the one who asks."""
    shown = "、".join(str(value) for value in key.values())
    return ThingUnknown(f"没有键为 {shown} 的{what}，或者您无权查看。")
