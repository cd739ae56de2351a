"""Add the scan of the paper to a signature that was entered for somebody."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from engine.commands.actions.errors import SignatureUnknown
from engine.commands.attachments import take_evidence
from engine.commands.handlers import Answer, handles
from engine.commands.runners import runs, untouched
from engine.commands.unit import UnitOfWork
from engine.history.action_events import RecordedSignatureScanned
from engine.store.tables.actions import recorded_signature

runs(RecordedSignatureScanned)(untouched)


@dataclass(frozen=True, slots=True)
class ScanRecordedSignature:
    """Name the stored document that shows what was entered on the user task ``key``."""

    key: int
    document_id: str


@handles(ScanRecordedSignature)
def handle(command: ScanRecordedSignature, unit: UnitOfWork) -> Answer:
    """Add it; the one who entered the signature may, as long as there is no scan. Raises SignatureUnknown."""
    query = select(recorded_signature).where(
        recorded_signature.c.task_key == command.key,
        recorded_signature.c.recorded_by == unit.actor.id,
        recorded_signature.c.document_id.is_(None),
    )
    found = unit.connection.execute(query).mappings().first()
    if found is not None:
        case = unit.open_case(found["root_key"])
        found = unit.connection.execute(query).mappings().first()
    if found is None:
        raise SignatureUnknown("没有由您代录、尚缺扫描件的签批。")
    take_evidence(unit, case, command.document_id, command.key)
    case.execute(RecordedSignatureScanned(key=command.key, document_id=command.document_id))
    return {"key": command.key}
