"""Cases for the golden files: what a diagram can wait for, and what administrators can do to a case."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from engine.commands.activate_jobs import ActivateJobs
from engine.commands.broadcast_signal import BroadcastSignal
from engine.commands.cancel_process_instance import CancelProcessInstance
from engine.commands.complete_job import CompleteJob
from engine.commands.migrate_process_instance import MigrateProcessInstance
from engine.commands.modify_process_instance import Activation, ModifyProcessInstance, Move
from engine.commands.publish_message import PublishMessage
from engine.commands.resolve_incident import ResolveIncident
from engine.commands.suspend_process_instance import ResumeProcessInstance, SuspendProcessInstance
from engine.commands.throw_job_error import ThrowJobError
from engine.commands.update_variables import UpdateVariables
from engine.jobs.acquirer import fire_due_timers
from engine.jobs.delivery import deliver
from engine.store.tables.runtime import process_instance
from tests.unit.commands import diagrams as d
from tests.unit.commands.platforms import ADMIN, Bureau
from tests.unit.execution.diagrams import boundary, multi, service

START = d.el("startEvent", "s")
CLERKS = '<zeebe:assignmentDefinition candidateGroups="clerks"/>'


def messages(bureau: Bureau) -> int:
    """A message and a signal are waited for, come, and go on."""
    row = d.event("intermediateCatchEvent", "letter", "message") + d.event("intermediateCatchEvent", "bell", "signal")
    bureau.deploy(d.diagram(START + row + d.task("t") + d.chain("s", "letter", "bell", "t"), "messages"))
    root = bureau.start("messages", {"key": "k-1"})
    bureau.bus.execute(PublishMessage("m", "k-1", variables={"text": "来函"}), ADMIN)
    bureau.bus.execute(BroadcastSignal("sig", {"loud": True}), ADMIN)
    deliver(bureau.bus)
    bureau.complete(root, "t", {"done": True})
    return root


def jobs(bureau: Bureau) -> int:
    """One job is done, another throws an error that a boundary event catches."""
    content = START + service("good") + service("bad") + boundary("bad", "caught", "error") + d.task("repair")
    flows = d.chain("s", "good", "bad") + d.chain("caught", "repair")
    bureau.deploy(d.diagram(content + flows, "jobs"))
    root = bureau.start("jobs")
    for number in range(2):
        (job,) = bureau.bus.execute(ActivateJobs("work", "golden"), ADMIN)["jobs"]
        if number:
            bureau.bus.execute(ThrowJobError(job["key"], "E1", "没有钱", {"why": "预算"}), ADMIN)
        else:
            bureau.bus.execute(CompleteJob(job["key"], {"result": 12.5}), ADMIN)
    bureau.complete(root, "repair")
    return root


def incident(bureau: Bureau) -> int:
    """A condition fails, its variable is set, the incident resolved."""
    gateway = d.el("exclusiveGateway", "g") + d.flow("g", "big", "amount >= 10") + d.flow("g", "small", "amount < 10")
    bureau.deploy(d.diagram(START + gateway + d.task("big") + d.task("small") + d.flow("s", "g"), "incident"))
    root = bureau.start("incident")
    bureau.bus.execute(UpdateVariables(root, {"amount": 12}), ADMIN)
    bureau.bus.execute(ResolveIncident(bureau.incidents(root)[0]["key"]), ADMIN)
    bureau.complete(root, "big")
    return root


def timers(bureau: Bureau) -> int:
    """A reminder repeats beside a task, a suspension lies between, a timer ends the wait."""
    reminder = (
        d.boundary("t", "remind", "cycle R2/PT1H", interrupting=False) + d.task("note") + d.flow("remind", "note")
    )
    row = START + d.task("t") + reminder + d.event("intermediateCatchEvent", "pause", "duration P1D") + d.task("u")
    bureau.deploy(d.diagram(row + d.chain("s", "t", "pause", "u"), "timers"))
    root = bureau.start("timers")
    for _ in range(2):
        bureau.clock.advance(timedelta(hours=1))
        fire_due_timers(bureau.bus)
    bureau.bus.execute(SuspendProcessInstance(root, "核查"), ADMIN)
    bureau.bus.execute(ResumeProcessInstance(root), ADMIN)
    bureau.complete(root, "t")
    bureau.clock.advance(timedelta(days=1))
    fire_due_timers(bureau.bus)
    return root


def multi_instance(bureau: Bureau) -> int:
    """A task for each of twenty items: more than one part of the saved state; then a subprocess in sequence."""
    each = d.el("userTask", "each", multi(), CLERKS)
    bureau.deploy(d.diagram(START + each + d.task("after") + d.chain("s", "each", "after"), "multi"))
    root = bureau.start("multi", {"items": [f"第{number}件" for number in range(20)]})
    for _ in range(20):
        bureau.complete(root, "each", {"ok": True})
    return root


def modification(bureau: Bureau) -> int:
    """Tokens are moved by hand, then the case is cancelled."""
    bureau.deploy(d.diagram(START + d.task("first") + d.task("second") + d.chain("s", "first", "second"), "modified"))
    root = bureau.start("modified")
    moves = [Move("first", Activation("second", {"second": {"local": 1}}))]
    bureau.bus.execute(ModifyProcessInstance(root, moves=moves, reason="改正"), ADMIN)
    bureau.bus.execute(CancelProcessInstance(root, "不再办理"), ADMIN)
    return root


def migration(bureau: Bureau) -> int:
    """A case goes on under a new version in which its task has another id."""
    bureau.deploy(d.diagram(START + d.task("first") + d.chain("s", "first"), "migrated"))
    root = bureau.start("migrated")
    bureau.deploy(d.diagram(START + d.task("renamed") + d.task("more") + d.chain("s", "renamed", "more"), "migrated"))
    target = bureau.row(process_instance, key=bureau.start("migrated"))["definition_key"]
    bureau.bus.execute(MigrateProcessInstance(root, target, {"first": "renamed"}, "新版"), ADMIN)
    bureau.complete(root, "renamed")
    return root


def listeners(bureau: Bureau) -> int:
    """Task listeners hold a user task up; an ad-hoc subprocess collects results."""
    rows = "".join(f'<zeebe:taskListener eventType="{what}" type="work"/>' for what in ("creating", "completing"))
    heard = d.el("userTask", "heard", "", f"{CLERKS}<zeebe:taskListeners>{rows}</zeebe:taskListeners>")
    collected = '<zeebe:adHoc outputCollection="results" outputElement="=answer"/>'
    free = d.el("adHocSubProcess", "free", d.task("a") + d.task("b"), collected)
    bureau.deploy(d.diagram(START + heard + free + d.task("z") + d.chain("s", "heard", "free", "z"), "listeners"))
    root = bureau.start("listeners")
    _listen(bureau)
    bureau.complete(root, "heard", {"ok": True})
    _listen(bureau)
    bureau.complete(root, "b", {"answer": 2})
    bureau.complete(root, "a")
    return root


def _listen(bureau: Bureau) -> None:
    (job,) = bureau.bus.execute(ActivateJobs("work", "golden"), ADMIN)["jobs"]
    bureau.bus.execute(CompleteJob(job["key"]), ADMIN)


SCENES: Mapping[str, Callable[[Bureau], int]] = {
    scene.__name__: scene
    for scene in (messages, jobs, incident, timers, multi_instance, modification, migration, listeners)
}
