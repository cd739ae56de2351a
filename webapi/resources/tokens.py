"""One's own API tokens."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from engine.identity.accounts import WithdrawApiToken, issue_api_token
from engine.queries.people import tokens
from webapi.operations import operation
from webapi.schemas.administration import TokenListSchema
from webapi.schemas.people import IssuedTokenSchema, TokenRequestSchema
from webapi.security import actor
from webapi.services import execute, platform, read

blueprint = Blueprint("tokens", __name__)


@blueprint.get("/tokens")
@operation("本人的访问令牌", answer=TokenListSchema)
def list_tokens() -> dict[str, Any]:
    """List them."""
    with read() as connection:
        return tokens(connection, actor().id)


@blueprint.post("/tokens")
@operation("申请访问令牌", body=TokenRequestSchema, answer=IssuedTokenSchema, status=201, errors=(400, 403))
def issue_token(body: dict[str, Any]) -> dict[str, Any]:
    """Issue one; a name used before is taken over. Its secret is in no answer but this."""
    id_, secret = issue_api_token(platform().bus, actor(), body["name"], body["expires_in_days"])
    return {"id": id_, "token": secret}


@blueprint.delete("/tokens/<key:key>")
@operation("撤销访问令牌", errors=(403, 404), command=True)
def withdraw_token(key: int) -> None:
    """Make it useless."""
    execute(WithdrawApiToken(key))
