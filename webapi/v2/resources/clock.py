"""The clock: pinned and reset, where the server was started with a clock that can be set."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from engine.commands.administration import require_administrator
from engine.errors import Forbidden
from webapi.schemas.base import ApiSchema
from webapi.schemas.fields import Whole
from webapi.security import actor
from webapi.services import platform
from webapi.v2.blueprints import protocol_blueprint
from webapi.v2.operation import operation
from webapi.v2.pinned_clock import SWITCH, PinnedClock

blueprint = protocol_blueprint("clock")

LATEST = 253_370_764_800_000
"""The year 9999, in milliseconds since 1970."""


class ClockFixed(Forbidden):
    """The server runs with the machine's clock."""

    code = "webapi.clock-fixed"


class PinSchema(ApiSchema):
    """Where to stand: milliseconds since 1970."""

    timestamp = Whole(largest=LATEST, required=True)


@blueprint.put("/clock", endpoint="pinClock")
@operation("固定时钟（仅试用环境）", body=PinSchema, errors=(400, 403))
def pin_clock(body: dict[str, Any]) -> None:
    """Pin."""
    _clock().pin(datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=body["timestamp"]))


@blueprint.post("/clock/reset", endpoint="resetClock")
@operation("恢复时钟（仅试用环境）", errors=(403,))
def reset_clock() -> None:
    """Reset."""
    _clock().reset()


def _clock() -> PinnedClock:
    require_administrator(actor())
    clock = platform().clock
    if not isinstance(clock, PinnedClock):
        raise ClockFixed(f"本服务不允许调整时钟；仅在试用环境以 {SWITCH}=1 启动后可用。")
    return clock
