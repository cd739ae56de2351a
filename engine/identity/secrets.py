"""Secrets handed out once and kept as digests: session cookies and API tokens."""

from __future__ import annotations

import secrets

from engine.history.chain import sm3


def new_secret() -> str:
    """Return 256 random bits as text for a cookie or a header."""
    return secrets.token_urlsafe(32)


def digest_of(secret: str) -> str:
    """Return what is kept of a secret; it can't be turned back, and a secret this long needs no salt."""
    return sm3(secret.encode())
