"""Passwords: argon2id, and a policy (GB/T 22239-2019, 身份鉴别 a)."""

from __future__ import annotations

import secrets
import string
import threading

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from engine.identity.errors import PasswordTooWeak
from engine.queries.settings import Policy

_CLASSES = (string.ascii_lowercase, string.ascii_uppercase, string.digits)

_NUMBERS = {2: "两", 3: "三", 4: "四"}

_hasher = PasswordHasher()
_AT_ONCE = threading.BoundedSemaphore(2)
"""A verification takes 64 MB and a tenth of a second: more at once would let sign-ins starve everything else."""

_NOBODY = _hasher.hash(secrets.token_urlsafe(16))
"""Verified against when the user name is unknown, so that the answer takes as long."""


def hash_password(password: str) -> str:
    """Return the argon2id hash to keep."""
    with _AT_ONCE:
        return _hasher.hash(password)


def verify_password(kept: str | None, password: str) -> bool:
    """Return whether ``password`` is the one whose hash is ``kept``; takes as long when there is none."""
    with _AT_ONCE:
        try:
            return _hasher.verify(kept or _NOBODY, password) and kept is not None
        except (VerificationError, InvalidHashError):
            return False


def check_policy(password: str, *, username: str, policy: Policy | None = None) -> None:
    """Raise PasswordTooWeak unless the password is long and mixed enough and does not hold the user name."""
    policy = policy or Policy({})
    missing = []
    shortest, wanted = policy.whole("password.minimum-length"), policy.whole("password.kinds")
    if len(password) < shortest:
        missing.append(f"至少 {shortest} 位")
    kinds = sum(any(character in kind for character in password) for kind in _CLASSES)
    kinds += any(character not in "".join(_CLASSES) for character in password)
    if kinds < wanted:
        missing.append(f"含大写字母、小写字母、数字、符号中的{_NUMBERS[wanted]}类")
    if username and username.lower() in password.lower():
        missing.append("不含用户名")
    if missing:
        raise too_weak(f"密码须{'，'.join(missing)}，请重新设置。")


def too_weak(message: str) -> PasswordTooWeak:
    """Return the error, placed at the form's field."""
    return PasswordTooWeak(message, details={"fields": {"newPassword": [message]}})


def random_password() -> str:
    """Return a password that satisfies the policy, easy to copy by hand."""
    alphabet = "abcdefghjkmnpqrstuvwxyz"
    groups = ["".join(secrets.choice(alphabet) for _ in range(4)) for _ in range(3)]
    return "-".join(groups).capitalize() + f"-{secrets.randbelow(90) + 10}"
