"""What can go wrong in layout."""

from __future__ import annotations

from engine.errors import BanjieError


class LayoutError(BanjieError):
    """The diagram can't be laid out; nothing was changed."""

    code = "layout.error"


class UnreadableDiagram(LayoutError):
    """The bytes are not well-formed XML, carry a DOCTYPE, or are not BPMN definitions."""

    code = "layout.unreadable"


class UnroutableFlow(LayoutError):
    """No way was found for a flow, as when it leads from one pool to another."""

    code = "layout.unroutable"
