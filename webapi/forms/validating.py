"""The one entry: form data checked against a form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from marshmallow import ValidationError

from engine.clock import LEGAL_ZONE
from webapi.forms.conditions import NOW
from webapi.forms.evaluation import View, view_of
from webapi.forms.fields import VIEW
from webapi.forms.plain import plain
from webapi.forms.schemas import ReadyForm, ready_form


def validate_form(
    schema: Mapping[str, Any], data: Mapping[str, Any], context: Mapping[str, Any], *, now: datetime | None = None
) -> Mapping[str, list[str]]:
    """Return what is wrong with ``data`` for the form-js schema ``schema``, by field path such as ``mingxi[0].jine``.

    ``context`` holds the variables that the form opened with. Empty means: the form viewer, opened with them, could
    have submitted exactly this data at ``now``, in the bureau's zone. What was not sent counts as left as it was, or
    empty; defaults are not assumed.
    Raises FeelLimitExceeded when a condition of the form can't be worked out.
    """
    form = ready_form(schema)
    known = {name: plain(value) for name, value in context.items()}
    moment = NOW.set(None if now is None else now.astimezone(LEGAL_ZONE))
    try:
        return _problems(form, data, view_of(form.scope, data, known))
    finally:
        NOW.reset(moment)


def _problems(form: ReadyForm, data: Mapping[str, Any], view: View) -> dict[str, list[str]]:
    mark = VIEW.set(view)
    try:
        form.schema.load(data)
    except ValidationError as error:
        return dict(_by_path(error.messages, ""))
    finally:
        VIEW.reset(mark)
    return {}


def _by_path(messages: Any, path: str) -> Iterator[tuple[str, list[str]]]:
    """Yield messages by path; those about a whole object stand at its own path."""
    if not isinstance(messages, dict):
        yield path, [str(message) for message in messages]
        return
    for name, inner in messages.items():
        if name == "_schema":
            yield path, [str(message) for message in inner]
        elif isinstance(name, int):
            yield from _by_path(inner, f"{path}[{name}]")
        else:
            yield from _by_path(inner, f"{path}.{name}" if path else str(name))
