"""Asking the controls that watch an element: blocks refuse, warnings want a reason, attestations a confirmation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from engine.commands.case import Case
from engine.commands.controls.registries import current_registry, watching
from engine.commands.controls.situations import of_jump, of_start, of_user_task
from engine.commands.runners import runs, untouched
from engine.commands.unit import UnitOfWork
from engine.controls import Finding, Registry, Situation, Strength, evaluate
from engine.errors import Conflict, InvalidInput
from engine.history.control_events import ControlEvaluated
from engine.store.tables.controls import control_override

runs(ControlEvaluated)(untouched)

Row = Mapping[Any, Any]
Answers = Mapping[str, Any]
"""Control id to the reason (WARN) or the confirmation (ATTEST) given with the command."""


PRECEDING = frozenset({"order", "draw"})
"""Mechanisms that look at what must have been done before; the others ask about the form, which comes later."""


class ControlBlocked(Conflict):
    """A control refuses the command; ``details['controls']`` says which and in which words."""

    code = "controls.blocked"


class AnswerNeeded(InvalidInput):
    """A control wants a reason or a confirmation with the command; ``details['controls']`` says which."""

    code = "controls.answer-needed"


def check_user_task(unit: UnitOfWork, row: Row, case: Case, data: Mapping[str, Any], answers: Answers) -> None:
    """Ask every control that watches a user task, and record what they found before it is completed.

    Raises ControlBlocked, AnswerNeeded.
    """
    registry, findings, _ = _of_user_task(unit, row, data)
    if registry is None or not findings:
        return
    results = [_result(finding, _overridden(unit, row["key"], finding), answers) for finding in findings]
    _require(findings, results)
    case.execute(
        ControlEvaluated(
            element_instance_key=row["key"],
            element_id=row["element_id"],
            registry_version=registry.version,
            results=results,
        )
    )


def check_start(
    unit: UnitOfWork, process_id: str, data: Mapping[str, Any], answers: Answers
) -> ControlEvaluated | None:
    """Ask every control that watches the start of a procedure; return what is to be recorded in the new case.

    Raises ControlBlocked, AnswerNeeded.
    """
    registry = current_registry(unit.connection)
    controls = [] if registry is None else registry.watching_start(process_id)
    if registry is None or not controls:
        return None
    situation = of_start(unit, process_id, data)
    findings = [found for control in controls if (found := evaluate(control, situation)) is not None]
    if not findings:
        return None
    results = [_result(finding, None, answers) for finding in findings]
    _require(findings, results)
    return ControlEvaluated(
        element_instance_key=None, element_id="start", registry_version=registry.version, results=results
    )


def check_jump(unit: UnitOfWork, case: Case, element_id: str) -> None:
    """Ask, before a jump, what must have been done before its target; nobody may jump past that.

    All else that watches the target is asked when it is completed. Raises ControlBlocked.
    """
    registry = current_registry(unit.connection)
    model = unit.sources.definitions.model(unit.connection, case.definition_key)
    node = model.node(element_id)
    if registry is None or node is None:
        return
    controls = watching(registry, case.definition_key, model.id, element_id, node.properties, model.properties)
    asked = [each for each in controls if each.mechanism in PRECEDING and each.strength is Strength.BLOCK]
    if asked:
        situation = of_jump(unit, case.root_key, model.id, element_id, node.properties)
        findings = [found for control in asked if (found := evaluate(control, situation)) is not None]
        _require(findings, [_result(finding, None, {}) for finding in findings])


def found_now(unit: UnitOfWork, row: Row, data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return what the controls of a user task would find now, so that people are asked before, not refused after."""
    _, findings, _ = _of_user_task(unit, row, data)
    return [_shown(finding, _overridden(unit, row["key"], finding)) for finding in findings]


def _of_user_task(
    unit: UnitOfWork, row: Row, data: Mapping[str, Any]
) -> tuple[Registry | None, list[Finding], Situation | None]:
    registry = current_registry(unit.connection)
    model = unit.sources.definitions.model(unit.connection, row["definition_key"])
    node = model.node(row["element_id"])
    if registry is None or node is None:
        return registry, [], None
    controls = watching(registry, row["definition_key"], model.id, row["element_id"], node.properties, model.properties)
    if not controls:
        return registry, [], None
    situation = of_user_task(unit, row, model.id, node.properties, data)
    found = [finding for control in controls if (finding := evaluate(control, situation)) is not None]
    return registry, found, situation


def _overridden(unit: UnitOfWork, user_task_key: int, finding: Finding) -> Row | None:
    """An override by somebody else than the one who acts now."""
    if not finding.hit or finding.control.override is None:
        return None
    query = select(control_override).where(
        control_override.c.user_task_key == user_task_key,
        control_override.c.control_id == finding.control.id,
        control_override.c.actor_id != unit.actor.id,
    )
    return unit.connection.execute(query).mappings().first()


def _result(finding: Finding, override: Row | None, answers: Answers) -> dict[str, Any]:
    control = finding.control
    answer = answers.get(control.id)
    reason: str | None = None
    if not finding.hit:
        outcome = "passed"
    elif override is not None:
        outcome, reason = "overridden", override["reason"]
    elif control.strength is Strength.ATTEST and answer is True:
        outcome, reason = "confirmed", control.title
    elif control.strength is Strength.WARN and isinstance(answer, str) and answer.strip():
        outcome, reason = "acknowledged", answer.strip()
    else:
        outcome = "hit"
    return {
        "control": control.id,
        "strength": control.strength.value,
        "words": control.said,
        "missing": finding.missing,
        "outcome": outcome,
        "reason": reason,
        "by": None if override is None else override["actor_id"],
    }


def _require(findings: list[Finding], results: list[dict[str, Any]]) -> None:
    """Raise for what is hit and neither overridden nor answered; monitors never refuse."""
    still = [finding for finding, result in zip(findings, results, strict=True) if result["outcome"] == "hit"]
    blocked = [finding for finding in still if finding.control.strength is Strength.BLOCK]
    if blocked:
        raise ControlBlocked(
            "；".join(finding.message for finding in blocked), details={"controls": [_shown(each) for each in blocked]}
        )
    asked = [finding for finding in still if finding.control.strength in (Strength.WARN, Strength.ATTEST)]
    if asked:
        raise AnswerNeeded(
            "；".join(finding.message for finding in asked), details={"controls": [_shown(each) for each in asked]}
        )


def _shown(finding: Finding, override: Row | None = None) -> dict[str, Any]:
    control = finding.control
    needs = {Strength.WARN: "reason", Strength.ATTEST: "confirmation"}.get(control.strength)
    return {
        "id": control.id,
        "title": control.title,
        "strength": control.strength.value,
        "words": control.said,
        "missing": finding.missing,
        "hit": finding.hit,
        "needs": needs if finding.hit and override is None else None,
        "overridable": control.override is not None,
        "overridden": override is not None,
    }
