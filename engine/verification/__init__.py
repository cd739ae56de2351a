"""Proof that nothing was changed afterwards: chains, anchors, re-execution, read models and state."""

from engine.verification.findings import Finding, Severity
from engine.verification.verify import Verification, verify

__all__ = ["Finding", "Severity", "Verification", "verify"]
