"""What can be said about a model without running it: see ``check``."""

from __future__ import annotations

from collections.abc import Collection

from engine.dmn.model import Model
from engine.dmn.run import Site
from engine.dmn.walk import places_of

from .elements import check_elements
from .finding import Finding, at
from .tables import check_table
from .texts import check_text

__all__ = ["Finding", "check"]


def check(model: Model, *, functions: Collection[str] = ()) -> list[Finding]:
    """Everything found in the main file, in document order; "error" findings should stop a deployment.

    Bad expressions, unknown names and types, and for every decision table: gaps, overlaps under UNIQUE, rules that
    can never be reached, cells whose type differs from the column's. Nothing is guessed: a table or column that
    cannot be analysed exactly is reported as "info". ``functions`` are the names of the functions that every
    evaluation will be given.
    """
    findings = list(check_elements(model.unit))
    for place in places_of(model.unit):
        for text in place.texts:
            findings += check_text(text, functions)
        for entry, scope in place.duplicates:
            site = Site(scope.owner, scope.file, entry.line)
            findings.append(at(site, "dmn.duplicate-name", "error", "上下文里有两个条目同名，请改名。"))
        for table in place.tables:
            findings += check_table(table)
    unique = dict.fromkeys(findings)
    return sorted(unique, key=lambda finding: finding.line or 0)
