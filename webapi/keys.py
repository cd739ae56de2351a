"""Keys in addresses: 64-bit numbers and nothing else."""

from __future__ import annotations

from werkzeug.routing import BaseConverter, ValidationError

from webapi.schemas.fields import LARGEST_KEY


class KeyConverter(BaseConverter):
    """``<key:name>`` in a route; what is no key is no address."""

    regex = r"[0-9]{1,19}"

    def to_python(self, value: str) -> int:
        """Return the key."""
        key = int(value)
        if key > LARGEST_KEY:
            raise ValidationError
        return key

    def to_url(self, value: object) -> str:
        """Return the key's text."""
        return str(value)
