"""Cases that leave a row in every table a case can have rows in."""

from __future__ import annotations

from datetime import timedelta

from engine.commands.claim_user_task import ClaimUserTask
from tests.unit.commands import diagrams as d
from tests.unit.commands.platforms import CLERK, Bureau
from tests.unit.execution.diagrams import multi, service

RICH = (
    d.el("startEvent", "s")
    + d.el("parallelGateway", "fork")
    + d.task("apply", clock__start="t.answer")
    + d.task("taken")
    + d.task("shown", clock__due="t.answer")
    + d.boundary("shown", "reminder", "duration PT1H", interrupting=False)
    + d.task("remind")
    + d.event("intermediateCatchEvent", "letter", "message")
    + d.event("intermediateCatchEvent", "bell", "signal")
    + d.el("callActivity", "call", zeebe='<zeebe:calledElement processId="called" propagateAllChildVariables="true"/>')
    + d.el("userTask", "each", multi(), '<zeebe:assignmentDefinition candidateGroups="clerks"/>')
    + service("work")
    + d.el("businessRuleTask", "rule", zeebe='<zeebe:calledDecision decisionId="double" resultVariable="doubled"/>')
    + d.el("exclusiveGateway", "stuck")
    + d.task("never")
    + d.chain("s", "fork", "apply")
    + d.chain("fork", "taken")
    + d.chain("fork", "shown")
    + d.chain("reminder", "remind")
    + d.chain("fork", "letter")
    + d.chain("fork", "bell")
    + d.chain("fork", "call")
    + d.chain("fork", "each")
    + d.chain("fork", "work")
    + d.chain("fork", "rule", "stuck")
    + d.flow("stuck", "never", "missing > 1")
    + d.task("neither")
    + d.flow("stuck", "neither", "missing <= 1")
)
CALLED = d.el("startEvent", "cs") + d.task("inner") + d.chain("cs", "inner")


def rich_case(bureau: Bureau) -> int:
    """Deploy and start it, and do some of its tasks; return its key."""
    bureau.publish_calendar()
    bureau.deploy(
        d.diagram(RICH),
        d.diagram(CALLED, "called"),
        limits_dmn=d.limits(t__answer=20),
        double_dmn=d.table("double", "2 * amount", "amount"),
    )
    root = bureau.start(variables={"items": ["甲", "乙"], "key": "k-1", "amount": 12.5, "nothing": None})
    bureau.bus.execute(ClaimUserTask(bureau.open_tasks(root)["taken"]), CLERK)
    bureau.clock.advance(timedelta(hours=2))
    bureau.complete(root, "apply", {"opinion": "同意", "details": {"b": 1, "a": [True, None]}})
    return root
