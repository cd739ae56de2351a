"""Proof that nothing was changed afterwards: chains, anchors, re-execution, read models and state."""

from engine.verification.export import export_case, verify_export
from engine.verification.findings import Finding, Severity
from engine.verification.verify import Verification, verify

__all__ = ["Finding", "Severity", "Verification", "export_case", "verify", "verify_export"]
