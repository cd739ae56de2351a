"""Time-based one-time passwords (RFC 6238 over RFC 4226), with HMAC-SHA-1 as every authenticator app has it, or SM3."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
from datetime import datetime
from urllib.parse import quote, urlencode

STEP_SECONDS = 30
DIGITS = 6
DRIFT = 1
"""Steps that the person's clock may be off, before and after (RFC 6238 section 5.2)."""
ALGORITHMS = ("SHA1", "SM3")


def new_totp_secret() -> str:
    """Return a fresh secret of 160 bits in base32 (RFC 4226 section 4, R6)."""
    return base64.b32encode(secrets.token_bytes(20)).decode("ascii")


def step_at(moment: datetime) -> int:
    """Return the number of the time step a moment lies in."""
    return int(moment.timestamp()) // STEP_SECONDS


def code_at(secret: str, step: int, algorithm: str = "SHA1", digits: int = DIGITS) -> str:
    """Return the code of a time step; raise ValueError for a secret that is not base32 or an unknown algorithm."""
    if algorithm not in ALGORITHMS:
        raise ValueError(algorithm)
    try:
        key = base64.b32decode(secret)
    except binascii.Error as error:
        raise ValueError("not base32") from error

    def new_hash(data: bytes = b"") -> hashlib._Hash:
        return hashlib.new(algorithm.lower(), data)

    mac = hmac.new(key, step.to_bytes(8, "big"), new_hash).digest()
    offset = mac[-1] & 0x0F
    number = int.from_bytes(mac[offset : offset + 4], "big") & 0x7FFFFFFF
    return str(number % 10**digits).zfill(digits)


def matching_step(secret: str, code: str, moment: datetime, last_step: int, algorithm: str = "SHA1") -> int | None:
    """Return the step whose code this is, later than ``last_step`` so that no code counts twice; None for none."""
    now = step_at(moment)
    for step in range(now - DRIFT, now + DRIFT + 1):
        if step > last_step and hmac.compare_digest(code_at(secret, step, algorithm).encode(), code.encode()):
            return step
    return None


def enrolment_uri(secret: str, account: str, algorithm: str = "SHA1", issuer: str = "办结 Banjie") -> str:
    """Return what an authenticator app reads from a QR code (the otpauth key URI format)."""
    query = urlencode(
        {"secret": secret.rstrip("="), "issuer": issuer, "algorithm": algorithm, "digits": DIGITS, "period": 30}
    )
    return f"otpauth://totp/{quote(f'{issuer}:{account}')}?{query}"
