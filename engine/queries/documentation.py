"""The documentation of a diagram's element in its four parts (drawing rule 25)."""

from __future__ import annotations

import re

PARTS = {"原文": "seed", "依据": "basis", "说明": "note", "异常": "exception"}
_HEADING = re.compile(r"〔(原文|依据|说明|异常)〕")


def parts_of(text: str | None) -> dict[str, str | None] | None:
    """Return the parts by name; what stands before the first heading counts as 说明. None without documentation."""
    if text is None or not text.strip():
        return None
    result: dict[str, str | None] = dict.fromkeys(PARTS.values())
    before, *rest = _HEADING.split(text)
    if before.strip():
        result["note"] = before.strip()
    for heading, content in zip(rest[::2], rest[1::2], strict=True):
        name = PARTS[heading]
        said = result[name]
        result[name] = content.strip() if said is None else f"{said}\n{content.strip()}"
    return result
