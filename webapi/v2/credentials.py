"""Basic authentication beside tokens and sessions. It needs no CSRF token: no page makes a browser send it unasked."""

from __future__ import annotations

import base64
import binascii

from flask import current_app, g, request

from engine.errors import NotAuthenticated
from engine.identity.basic import Memory, by_password
from webapi.services import platform

EXTENSION = "banjie-v2-passwords"


def identify_by_password() -> None:
    """Note who asks, where user name and password came with the request. Raises NotAuthenticated and what it means."""
    scheme, _, encoded = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return
    username, password = _decoded(encoded.strip())
    memory = current_app.extensions.setdefault(EXTENSION, Memory())
    g.signed_in = by_password(platform().bus, username, password, memory)


def _decoded(encoded: str) -> tuple[str, str]:
    try:
        text = base64.b64decode(encoded, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError, ValueError) as error:
        raise NotAuthenticated("Authorization 不是有效的 Basic 凭据。") from error
    username, colon, password = text.partition(":")
    if not colon or "\0" in text:
        raise NotAuthenticated("Authorization 不是有效的 Basic 凭据。")
    return username, password
