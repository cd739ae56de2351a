"""Sign-in, people, tokens."""

from __future__ import annotations

from webapi.schemas.base import ApiSchema
from webapi.schemas.fields import Choice, Flag, Instant, Key, Many, Part, Text, Whole


class NamedSchema(ApiSchema):
    """Something with an id and a name."""

    id = Text()
    name = Text()


class CredentialsSchema(ApiSchema):
    """What is typed to sign in."""

    username = Text(required=True, shortest=1, longest=100)
    password = Text(required=True, shortest=1, longest=500)


class PasswordChangeSchema(ApiSchema):
    """One's own password, old and new."""

    current_password = Text(required=True, shortest=1, longest=500)
    new_password = Text(required=True, shortest=1, longest=500)


class PersonSchema(ApiSchema):
    """A person who is signed in."""

    id = Text()
    username = Text()
    name = Text()
    department = Part(NamedSchema, allow_none=True)
    roles = Many(Text())
    administrator = Flag()
    auditor = Flag()


class SessionSchema(ApiSchema):
    """A session: who, and what their page must send with every change."""

    user = Part(PersonSchema)
    csrf_token = Text(allow_none=True)
    must_change_password = Flag()


class TokenRequestSchema(ApiSchema):
    """A token wanted."""

    name = Text(required=True, shortest=1, longest=100)
    expires_in_days = Whole(smallest=1, largest=3650, allow_none=True, load_default=None)


class IssuedTokenSchema(ApiSchema):
    """A new token; its secret is shown this once."""

    id = Key()
    token = Text()


class TokenSchema(ApiSchema):
    """A token without its secret."""

    id = Key()
    name = Text()
    created_at = Instant()
    expires_at = Instant(allow_none=True)


class UserSchema(ApiSchema):
    """A user as administrators see them."""

    id = Text()
    username = Text()
    name = Text()
    department = Part(NamedSchema, allow_none=True)
    roles = Many(Text())
    administrator = Flag()
    auditor = Flag()
    active = Flag()
    locked_until = Instant(allow_none=True)
    email = Text(allow_none=True)
    kind = Text()
    post = Text(allow_none=True)
    second_factor = Flag()


class NewUserSchema(ApiSchema):
    """A user to be created; without a password one is made up and told once."""

    username = Text(required=True, shortest=1, longest=100)
    name = Text(required=True, shortest=1, longest=100)
    department = Text(longest=100, allow_none=True, load_default=None)
    roles = Many(Text(shortest=1, longest=100), load_default=list)
    password = Text(longest=500, allow_none=True, load_default=None)
    email = Text(longest=200, allow_none=True, load_default=None)
    kind = Choice("staff", "outside", load_default="staff")
    post = Text(longest=100, allow_none=True, load_default=None)


class CreatedUserSchema(ApiSchema):
    """The new user's id, and the first password when it was made up."""

    id = Text()
    first_password = Text(allow_none=True)


class NewPasswordSchema(ApiSchema):
    """A password an administrator sets for somebody; it must be changed at the next sign-in."""

    new_password = Text(required=True, shortest=1, longest=500)
