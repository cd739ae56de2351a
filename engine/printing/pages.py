"""Pages written from templates that escape everything; what a browser may load with them is nothing."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

_FOLDER = Path(__file__).parent / "templates"
_STYLE = (_FOLDER / "print.css").read_text(encoding="utf-8")
_DIGEST = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode("ascii")
STYLE_SOURCE = f"'sha256-{_DIGEST}'"
"""The one style sheet a page may use: its own."""
POLICY = f"default-src 'none'; style-src {STYLE_SOURCE}; frame-ancestors 'self'; sandbox allow-modals"
"""The Content-Security-Policy a page is served with: no script, nothing from elsewhere; printing asks a dialog."""

_environment = Environment(
    loader=FileSystemLoader(_FOLDER, encoding="utf-8"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def write_page(template: str, values: Mapping[str, Any]) -> str:
    """Return a page; the same values give the same bytes."""
    style = Markup(_STYLE)  # noqa: S704 - our own file, no value goes into it
    return _environment.get_template(f"{template}.html").render(**values, style=style, style_source=STYLE_SOURCE)
