"""Operations: one decorator that validates what comes in, forms what goes out, and keeps both for the documentation."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, json, request
from marshmallow import Schema

from webapi.requests import json_body
from webapi.security import administrator, signed_in


@dataclass(frozen=True, slots=True)
class Operation:
    """What is known of an operation beside its address."""

    summary: str
    query: type[Schema] | None
    body: type[Schema] | None
    answer: type[Schema] | None
    many: bool
    status: int
    errors: Sequence[int]
    everybody: bool
    administrators: bool
    command: bool
    media_type: str
    files: Mapping[str, Any] | None = None
    """The parts of a form with files, as OpenAPI describes them."""


def operation(
    summary: str,
    *,
    query: type[Schema] | None = None,
    body: type[Schema] | None = None,
    answer: type[Schema] | None = None,
    many: bool = False,
    status: int = 200,
    errors: Sequence[int] = (),
    everybody: bool = False,
    administrators: bool = False,
    command: bool = False,
    media_type: str = "application/json",
    files: Mapping[str, Any] | None = None,
) -> Callable[[Callable[..., Any]], Callable[..., Response]]:
    """Make a view of a function that is given ``query`` and ``body`` loaded and returns what ``answer`` dumps.

    Who is not signed in is refused unless ``everybody`` may ask; ``administrators`` restricts it to them. ``command``
    says that it takes an idempotency key, ``files`` describes the parts of a form with files. A view may return a
    Response of its own.
    """
    described = Operation(
        summary, query, body, answer, many, status, errors, everybody, administrators, command, media_type, files
    )
    query_schema, body_schema = _made(query), _made(body)
    answer_schema = None if answer is None else answer(many=many)

    def decorate(view: Callable[..., Any]) -> Callable[..., Response]:
        @functools.wraps(view)
        def respond(**arguments: Any) -> Response:
            if not everybody:
                signed_in()
            if administrators:
                administrator()
            if query_schema is not None:
                arguments["query"] = query_schema.load(request.args.to_dict())
            if body_schema is not None:
                arguments["body"] = body_schema.load(json_body())
            result = view(**arguments)
            if isinstance(result, Response):
                return result
            if answer_schema is None:
                return Response(status=204)
            return Response(json.dumps(answer_schema.dump(result)), status, mimetype=media_type)

        respond.operation = described  # type: ignore[attr-defined]
        return respond

    return decorate


def operation_of(view: Any) -> Operation | None:
    """Return what is known of a view; None for one that is no operation of the API."""
    return getattr(view, "operation", None)


def _made(schema: type[Schema] | None) -> Schema | None:
    return None if schema is None else schema()
