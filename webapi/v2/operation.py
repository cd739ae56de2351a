"""Operations of the protocol: a decorator as in ``webapi.operations``, for bodies that may be null or absent."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import Response, json, request
from marshmallow import Schema

from webapi.operations import Operation
from webapi.requests import json_body
from webapi.security import signed_in

View = Callable[..., Response]


def operation(
    summary: str,
    *,
    query: type[Schema] | None = None,
    body: type[Schema] | None = None,
    answer: type[Schema] | None = None,
    many: bool = False,
    status: int = 200,
    errors: Sequence[int] = (400, 403, 404, 409),
    everybody: bool = False,
    command: bool = False,
    media_type: str = "application/json",
    files: Mapping[str, Any] | None = None,
) -> Callable[[Callable[..., Any]], View]:
    """Make a view of a function that is given ``query`` and ``body`` loaded and returns what ``answer`` dumps.

    Who is not signed in is refused unless ``everybody`` may ask. Without ``answer`` nothing is answered (204). A view
    may return a Response of its own. ``command`` says that it takes an idempotency key, ``files`` names the parts of a
    form.
    """
    described = Operation(
        summary, query, body, answer, many, status, errors, everybody, False, command, media_type, files
    )
    query_schema = None if query is None else query()
    body_schema = None if body is None else body()
    answer_schema = None if answer is None else answer(many=many)

    def decorate(view: Callable[..., Any]) -> View:
        @functools.wraps(view)
        def respond(**arguments: Any) -> Response:
            if not everybody:
                signed_in()
            if query_schema is not None:
                arguments["query"] = query_schema.load(request.args.to_dict())
            if body_schema is not None:
                content = json_body()
                arguments["body"] = body_schema.load({} if content is None else content)
            result = view(**arguments)
            if isinstance(result, Response):
                return result
            if answer_schema is None:
                return Response(status=204)
            return Response(json.dumps(answer_schema.dump(result)), status, mimetype=media_type)

        respond.operation = described  # type: ignore[attr-defined]
        return respond

    return decorate
