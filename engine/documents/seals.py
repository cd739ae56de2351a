"""The bureau's seals and who keeps them (L293, L403). Data of the organisation."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.documents.yaml_files import known_only, read_entries, read_top, text_of, texts_of
from engine.history.chain import sm3

FILE = "organisation/seals.yaml"
NAME = "seals"
"""What the file is called among the organisation's data."""

_KNOWN = frozenset({"id", "name", "kind", "keepers", "told", "may_leave", "source", "note", "aliases"})
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,60}\Z")


@dataclass(frozen=True, slots=True)
class Seal:
    """One seal. ``keepers`` are the roles that keep it; ``told`` are told beside them when it is not brought back."""

    id: str
    name: str
    kind: str
    keepers: tuple[str, ...]
    told: tuple[str, ...]
    may_leave: bool
    """Whether it may be taken out at all, with approval (L393)."""
    source: str
    note: str
    aliases: tuple[str, ...]
    """Other names by which forms and diagrams call it."""


@dataclass(frozen=True, slots=True)
class SealRegistry:
    """A version of the list of seals; ``version`` is the digest of the text."""

    version: str
    seals: Mapping[str, Seal]

    def find(self, name: str) -> Seal | None:
        """Return the seal with this id, name or other name."""
        for seal in self.seals.values():
            if name in (seal.id, seal.name, *seal.aliases):
                return seal
        return None


def read_seals(text: str, name: str = FILE) -> SealRegistry:
    """Return the seals written in ``text`` (YAML). Raises OrganisationFileInvalid with every mistake and its line."""
    data = read_top(text, name)
    told = texts_of(data, "told")
    return SealRegistry(sm3(text.encode()), read_entries(data, "seals", name, lambda entry: _seal(entry, told)))


def _seal(entry: Mapping[str, Any], told: tuple[str, ...]) -> Seal:
    known_only(entry, _KNOWN)
    id_ = text_of(entry, "id")
    if _ID.match(id_) is None:
        raise ValueError("id 只能用小写字母、数字和连字符")
    keepers = texts_of(entry, "keepers")
    if not keepers:
        raise ValueError("须写明由哪个角色保管（keepers）：印章管理做到专人负责（L403）")
    leaves = entry.get("may_leave", True)
    if not isinstance(leaves, bool):
        raise TypeError("may_leave 应为 true 或 false")
    return Seal(
        id=id_,
        name=text_of(entry, "name"),
        kind=text_of(entry, "kind"),
        keepers=keepers,
        told=texts_of(entry, "told", told),
        may_leave=leaves,
        source=text_of(entry, "source"),
        note=text_of(entry, "note", ""),
        aliases=texts_of(entry, "aliases"),
    )
