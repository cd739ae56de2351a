"""Time-based one-time passwords: the vectors of RFC 6238, and what counts when."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from engine.commands.totp import code_at, enrolment_uri, matching_step, new_totp_secret, step_at

SECRET = base64.b32encode(b"12345678901234567890").decode()
NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("second", "code"),
    [(59, "94287082"), (1111111109, "07081804"), (1111111111, "14050471"), (1234567890, "89005924"),
     (2000000000, "69279037"), (20000000000, "65353130")],
)  # fmt: skip
def test_the_vectors_of_rfc_6238_appendix_b(second: int, code: str) -> None:
    assert code_at(SECRET, second // 30, digits=8) == code


def test_a_code_counts_one_step_before_and_after_and_never_again() -> None:
    step = step_at(NOW)
    code = code_at(SECRET, step)

    assert matching_step(SECRET, code, NOW, 0) == step
    assert matching_step(SECRET, code, NOW + timedelta(seconds=30), 0) == step
    assert matching_step(SECRET, code, NOW - timedelta(seconds=30), 0) == step
    assert matching_step(SECRET, code, NOW + timedelta(seconds=60), 0) is None
    assert matching_step(SECRET, code, NOW, step) is None


def test_sm3_gives_other_codes_than_sha1() -> None:
    step = step_at(NOW)

    assert code_at(SECRET, step, "SM3") != code_at(SECRET, step)
    assert matching_step(SECRET, code_at(SECRET, step, "SM3"), NOW, 0, "SM3") == step


def test_what_is_no_secret_or_algorithm_is_refused() -> None:
    with pytest.raises(ValueError, match="base32"):
        code_at("1!", 1)
    with pytest.raises(ValueError, match="MD5"):
        code_at(SECRET, 1, "MD5")


def test_the_app_is_told_everything() -> None:
    secret = new_totp_secret()
    parts = urlsplit(enrolment_uri(secret, "李某", "SM3"))
    query = parse_qs(parts.query)

    assert (parts.scheme, parts.netloc) == ("otpauth", "totp")
    assert query["secret"] == [secret.rstrip("=")]
    assert query["algorithm"] == ["SM3"]
