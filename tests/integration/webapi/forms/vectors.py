"""Vectors of form data: form-js schema, data, the variables the form opened with, expected messages by field path."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[3] / "vectors" / "forms"


@dataclass(frozen=True, slots=True)
class Vector:
    """One case; ``viewer_differs`` says why the viewer, opened with the data, can't show the same."""

    id: str
    schema: dict[str, Any]
    data: dict[str, Any]
    context: dict[str, Any]
    errors: dict[str, list[str]]
    viewer_differs: str | None


def vectors() -> Iterator[Vector]:
    """Yield every vector of every file."""
    for path in sorted(FOLDER.glob("*.json")):
        content = json.loads(path.read_text("utf-8"))
        for number, form in enumerate(content["forms"], start=1):
            for case in form["cases"]:
                yield Vector(
                    f"{path.stem}-{number}-{case['name'].replace(' ', '-')}",
                    form["schema"],
                    case["data"],
                    case.get("context", {}),
                    case["errors"],
                    case.get("viewer"),
                )
