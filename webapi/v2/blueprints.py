"""A blueprint of the protocol."""

from __future__ import annotations

from flask import Blueprint

from webapi.v2.credentials import identify_by_password
from webapi.v2.errors import register_errors


def protocol_blueprint(name: str) -> Blueprint:
    """Return a blueprint whose resources know basic authentication and answer errors in the protocol's words."""
    blueprint = Blueprint(f"v2-{name}", __name__)
    blueprint.before_request(identify_by_password)
    register_errors(blueprint)
    return blueprint
