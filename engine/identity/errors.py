"""What can be wrong with signing in and with people."""

from __future__ import annotations

from engine.errors import Conflict, InvalidInput, NotAuthenticated, NotFound


class SignInRefused(NotAuthenticated):
    """User name or password is wrong; which of them is not said."""

    code = "identity.sign-in-refused"


class AccountLocked(NotAuthenticated):
    """Too many wrong passwords: the account is locked for a while."""

    code = "identity.account-locked"


class SessionOver(NotAuthenticated):
    """The session has ended, or the token has expired."""

    code = "identity.session-over"


class PasswordTooWeak(InvalidInput):
    """The new password does not satisfy the policy."""

    code = "identity.password-too-weak"


class UserUnknown(NotFound):
    """There is no such user."""

    code = "identity.user-unknown"


class UserNameTaken(Conflict):
    """Another user has this user name."""

    code = "identity.user-name-taken"
