"""Headers of outside systems as they are kept: names as they are, values sealed, for they may be passwords."""

from __future__ import annotations

from collections.abc import Mapping

from engine.store.vault import Vault, is_sealed


def sealed_headers(headers: Mapping[str, str], vault: Vault, name: str) -> dict[str, str]:
    """Return the headers of the connection ``name`` as they are kept; what is sealed already stays as it is."""
    return {
        header: value if is_sealed(value) else vault.seal(value, _owner(name, header))
        for header, value in headers.items()
    }


def opened_headers(headers: Mapping[str, str], vault: Vault, name: str) -> dict[str, str]:
    """Return the headers of the connection ``name`` as they are sent. Raises SealBroken."""
    return {
        header: vault.open(value, _owner(name, header)) if is_sealed(value) else value
        for header, value in headers.items()
    }


def _owner(name: str, header: str) -> str:
    return f"connection {name} {header}"
