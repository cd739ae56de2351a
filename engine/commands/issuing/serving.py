"""Recording the service of a paper (送达) from the form of the task that serves it: F51 送达回证 (L3875–3889)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from engine.commands.issuing import properties as p
from engine.commands.issuing.errors import ServiceIncomplete
from engine.commands.issuing.properties import Said, day_of

WAYS = ("直接", "留置", "邮寄", "委托", "公告", "电子")
"""送达方式 of F51."""
PROVEN_BY_SIGNATURE = "直接"
"""The one way that the receiver's own signature proves; every other needs a proof beside it."""


def service_of(said: Said, key: int, process_instance_key: int, element_id: str, today: date) -> dict[str, Any]:
    """Return the record of a service. Raises ServiceIncomplete, with every field that is missing or wrong."""
    record = {
        "element_instance_key": key,
        "process_instance_key": process_instance_key,
        "element_id": element_id,
        "paper": _paper(said),
        "recipient": said.text(p.SERVICE_RECIPIENT) or said.words("recipient", "served_to"),
        "way": said.words("service_way"),
        "served_on": said.words("served_on"),
        "place": said.words("service_place"),
        "received_by": said.words("received_by"),
        "refused": said.variable("refused") is True,
        "substitute_reason": said.words("substitute_reason"),
        "evidence": said.variable("evidence", "service_evidence"),
        "note": said.words("service_note"),
    }
    served_on = None if record["served_on"] is None else day_of(record["served_on"])
    record["served_on"] = None if served_on is None else served_on.isoformat()
    require_complete(record, today)
    return record


def require_complete(record: Mapping[str, Any], today: date) -> None:
    """Raise ServiceIncomplete unless a record proves that the paper was served."""
    problems: dict[str, list[str]] = {}
    way, served_on = record["way"], record["served_on"]
    if way not in WAYS:
        problems["service_way"] = [f"送达方式应为 {'、'.join(WAYS)} 之一。"]
    if served_on is None:
        problems["served_on"] = ["请填写送达日期。"]
    elif date.fromisoformat(served_on) > today:
        problems["served_on"] = ["送达日期不能在今天之后。"]
    if record["refused"] and way != "留置":
        problems["refused"] = ["受送达人拒收的，应改为留置送达，或改用其他方式。"]
    if way == PROVEN_BY_SIGNATURE and not record["received_by"]:
        problems["received_by"] = ["直接送达的，请填写收件人（代收的填写代收人）。"]
    if way in WAYS and way != PROVEN_BY_SIGNATURE and not record["evidence"]:
        problems["evidence"] = [f"{way}送达的，请填写凭证（单号、见证人、公告载体或上传影像）。"]
    if problems:
        told = "".join(message for messages in problems.values() for message in messages)
        raise ServiceIncomplete(f"送达记录不完整：{told}", details={"fields": problems})


def _paper(said: Said) -> dict[str, Any]:
    """What the register says of the paper: the rendered one that a variable holds, or a name."""
    source = said.raw(p.SERVICE)
    value = said.value(p.SERVICE) if source.startswith("=") else (said.variable(source) or source)
    if isinstance(value, dict):
        return dict(value)
    if isinstance(value, list):
        names = [str(item.get("name", "")) if isinstance(item, dict) else str(item) for item in value]
        return {"name": "、".join(names), "papers": value}
    return {"name": said.name if value is None else str(value)}
