"""The texts of a case and the seals it has out: a part of the case's saved state."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from engine.documents.texts import digest_of
from engine.store.types import canonical_json

PART = "issuing"
"""The id of the state part."""


@dataclass(slots=True)
class TextState:
    """The newest version of a text; ``frozen_by`` is the element instance that signed it last.

    ``text_digest`` is of the paragraphs alone, without the file they may have come in.
    """

    version: int
    digest: str
    text_digest: str
    frozen_by: int | None = None


@dataclass(slots=True)
class IssuingBook:
    """Texts by process instance and name, and seals that are out by their ids."""

    texts: dict[tuple[int, str], TextState] = field(default_factory=dict)
    loans: dict[str, int] = field(default_factory=dict)
    """Id of a seal to the element instance that handed it out."""

    @classmethod
    def load(cls, text: str | None) -> IssuingBook:
        """Read a saved part; an absent one is an empty book."""
        if text is None:
            return cls()
        data: dict[str, Any] = json.loads(text)
        texts = {(key, name): TextState(**state) for key, name, state in data["texts"]}
        return cls(texts, dict(data["loans"]))

    def note(self, type_: str, payload: Mapping[str, Any]) -> None:
        """Take over what an event says of texts and seals; of other events, nothing."""
        if type_ == "text_version_saved":
            old = self.texts.get((payload["process_instance_key"], payload["name"]))
            frozen_by = None if old is None else old.frozen_by
            state = TextState(payload["version"], payload["digest"], digest_of(payload["content"]), frozen_by)
            self.texts[(payload["process_instance_key"], payload["name"])] = state
        elif type_ == "text_frozen":
            self.texts[(payload["process_instance_key"], payload["name"])].frozen_by = payload["element_instance_key"]
        elif type_ == "seal_taken_out":
            self.loans[payload["seal"]] = payload["element_instance_key"]
        elif type_ == "seal_returned":
            self.loans.pop(payload["seal"], None)

    def save(self) -> str | None:
        """Return the part to save, or None when there is nothing in the book."""
        if not self.texts and not self.loans:
            return None
        texts = [[key, name, asdict(state)] for (key, name), state in sorted(self.texts.items())]
        return canonical_json({"texts": texts, "loans": self.loans})
