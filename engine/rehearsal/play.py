"""Acts a scenario out and compares what came of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from engine.clock import FakeClock
from engine.commands.actions.return_user_task import ReturnUserTask
from engine.commands.activate_jobs import ActivateJobs
from engine.commands.actor import INSTALLER, SCHEDULER, Actor
from engine.commands.complete_job import CompleteJob
from engine.commands.complete_user_task import CompleteUserTask
from engine.commands.deploy_resources import DeployResources
from engine.commands.fail_job import FailJob
from engine.commands.fire_timer import FireTimer
from engine.commands.publish_calendar import PublishCalendar
from engine.commands.publish_message import PublishMessage
from engine.commands.start_process_instance import StartProcessInstance
from engine.commands.throw_job_error import ThrowJobError
from engine.commands.unit import FormValidator
from engine.deadlines import load_calendar
from engine.definitions.source import ContentFolders
from engine.errors import BanjieError
from engine.feel import compile_expression
from engine.feel.values import DaysTimeDuration
from engine.identity.organisation import read_organisation
from engine.identity.people import load_actor
from engine.installation.controls import load_controls
from engine.installation.experts import load_sample_experts
from engine.installation.organisation_files import load_organisation_files
from engine.jobs.delivery import deliver
from engine.platform import Platform, open_scratch_platform
from engine.queries.return_preview import return_targets
from engine.queries.variables import visible_variables
from engine.rehearsal.built_in import do_built_in_jobs
from engine.rehearsal.expectations import differences
from engine.rehearsal.scenario import Scenario, moment
from engine.rehearsal.traces import Trace, read_trace
from engine.store.database import reading
from engine.store.tables.runtime import job, process_instance, user_task

MAXIMUM_FIRINGS = 1000
"""How many timers one wait may fire: an endless cycle is an error of the scenario, not a hang."""


class PerformanceFailed(BanjieError):
    """A step can't be acted out."""

    code = "rehearsal.step-failed"


@dataclass(slots=True)
class Performance:
    """What came of a scenario."""

    scenario: Scenario
    problems: list[str] = field(default_factory=list)
    trace: Trace | None = None

    @property
    def passed(self) -> bool:
        """Whether everything happened as expected."""
        return not self.problems


class Stage:
    """A scratch platform with the content folders deployed and the sample people, for any number of scenarios."""

    def __init__(self, content_root: Path, validate_form: FormValidator) -> None:
        self.clock = FakeClock(datetime(2026, 1, 1, tzinfo=UTC))
        self.platform: Platform = open_scratch_platform(self.clock, validate_form)
        bus = self.platform.bus
        bus.execute(read_organisation(content_root / "organisation", people=True, password_hash=None), INSTALLER)
        years = tuple(year.to_dict() for year in load_calendar(content_root / "organisation" / "calendars").years)
        bus.execute(PublishCalendar(years, "organisation/calendars"), INSTALLER)
        controls = content_root / "organisation" / "controls.yaml"
        if controls.is_file():
            load_controls(self.platform, controls)
        load_organisation_files(self.platform, content_root / "organisation")
        load_sample_experts(self.platform, content_root / "organisation" / "experts.yaml")
        bus.execute(DeployResources(ContentFolders(content_root).read_all(), "rehearsal"), INSTALLER)

    def perform(self, scenario: Scenario) -> Performance:
        """Act a scenario out; never raises for what the scenario or the procedure does wrong."""
        performance = Performance(scenario)
        try:
            _Player(self, scenario, performance).play()
        except BanjieError as error:
            performance.problems.append(f"{error.message} [{error.code}]")
        return performance

    def close(self) -> None:
        """Throw the platform away."""
        self.platform.engine.dispose()


class _Player:
    """Plays one scenario on a stage."""

    def __init__(self, stage: Stage, scenario: Scenario, performance: Performance) -> None:
        self._stage = stage
        self._bus = stage.platform.bus
        self._scenario = scenario
        self._performance = performance
        self._root_key = 0
        self._acts: Mapping[str, Callable[[Mapping[str, Any]], None]] = {
            "do": self._do,
            "return": self._return,
            "wait": self._wait,
            "until": self._until,
            "message": self._message,
            "work": self._work,
            "expect": self._expect,
        }

    def play(self) -> None:
        scenario = self._scenario
        self._stage.clock.set(scenario.now)
        answer = self._bus.execute(
            StartProcessInstance(scenario.procedure, variables=plain(scenario.start.get("form", {}))),
            self._actor(scenario.start["by"]),
        )
        self._root_key = answer["process_instance_key"]
        try:
            do_built_in_jobs(self._bus, self._root_key)
            for number, step in enumerate(scenario.steps, start=1):
                self._act(number, step)
        finally:
            self._performance.trace = read_trace(self._stage.platform, self._root_key)
        self._compare(scenario.expect, "结果")

    def _act(self, number: int, step: Mapping[str, Any]) -> None:
        kind = next((kind for kind in self._acts if kind in step), None)
        if kind is None:
            raise PerformanceFailed(f"第 {number} 步 {dict(step)} 不能演练")
        try:
            self._acts[kind](step)
            do_built_in_jobs(self._bus, self._root_key)
        except BanjieError as error:
            raise PerformanceFailed(f"第 {number} 步 {kind} {step[kind]}：{error.message}{_fields(error)}") from error

    def _do(self, step: Mapping[str, Any]) -> None:
        key = self._open_task(str(step["do"]), step.get("of"))
        answers = plain(step.get("acknowledge") or {})
        command = CompleteUserTask(key, plain(step.get("form") or {}), step.get("opinion"), acknowledged=answers)
        self._try(command, step)

    def _return(self, step: Mapping[str, Any]) -> None:
        """Send a user task back (退回): PREVIOUS, INITIATOR, or an earlier element by its id."""
        key, to = self._open_task(str(step["return"]), step.get("of")), str(step["to"])
        way: dict[str, Any] = {"to": to}
        if to not in ("PREVIOUS", "INITIATOR"):
            way = {"target": self._earlier(key, to, self._actor(step["by"]))}
        self._try(ReturnUserTask(key, str(step["reason"]), direct=bool(step.get("direct")), **way), step)

    def _earlier(self, key: int, element_id: str, actor: Actor) -> int:
        with reading(self._stage.platform.engine) as connection:
            shown = return_targets(connection, self._stage.platform.sources.definitions, actor, key)["items"]
        found = [target["key"] for target in shown if target["element_id"] == element_id]
        if not found:
            possible = "、".join(target["element_id"] for target in shown) or "没有可退回的步骤"
            raise PerformanceFailed(f"不能退回到 {element_id}（可退回：{possible}）")
        return int(found[0])

    def _try(self, command: Any, step: Mapping[str, Any]) -> None:
        """Execute for the step's actor; where the step says ``refused``, it has to be, with this code."""
        refused = step.get("refused")
        try:
            self._bus.execute(command, self._actor(step["by"]))
        except BanjieError as error:
            if refused == error.code:
                return
            raise
        if refused is not None:
            raise PerformanceFailed(f"应被拒绝（{refused}），实际通过了")

    def _open_task(self, element_id: str, of: Any) -> int:
        """Return the open user task of an element; of several bodies the one that sees variables equal to ``of``."""
        with reading(self._stage.platform.engine) as connection:
            query = (
                select(user_task.c.key, user_task.c.element_id)
                .where(user_task.c.root_key == self._root_key, user_task.c.state == "CREATED")
                .order_by(user_task.c.key)
            )
            rows = connection.execute(query).all()
            found = [row.key for row in rows if row.element_id == element_id]
            if of is not None:
                wanted = plain(of)
                found = [
                    key
                    for key in found
                    if all(visible_variables(connection, key).get(name) == value for name, value in wanted.items())
                ]
        if not found:
            waiting = "、".join(row.element_id for row in rows) or "没有待办"
            raise PerformanceFailed(f"没有 {element_id} 的待办（现有：{waiting}）")
        return int(found[0])

    def _wait(self, step: Mapping[str, Any]) -> None:
        duration = compile_expression(f'duration("{step["wait"]}")').evaluate({})
        if not isinstance(duration, DaysTimeDuration):
            raise PerformanceFailed(f"{step['wait']} 不是 ISO 8601 时长（例如 P3D、PT8H）")
        self._pass_time(self._stage.clock.now() + timedelta(microseconds=duration.nanoseconds // 1000))

    def _until(self, step: Mapping[str, Any]) -> None:
        self._pass_time(moment(step["until"]))

    def _pass_time(self, goal: datetime) -> None:
        """Move the clock forward, firing this case's timers at their own moments."""
        if goal < self._stage.clock.now():
            raise PerformanceFailed(f"时间不能倒退到 {goal}")
        for _ in range(MAXIMUM_FIRINGS):
            due = self._next_timer(goal)
            if due is None:
                self._stage.clock.set(goal)
                return
            key, moment_due = due
            self._stage.clock.set(max(moment_due, self._stage.clock.now()))
            self._bus.execute(FireTimer(key), SCHEDULER)
            do_built_in_jobs(self._bus, self._root_key)
        raise PerformanceFailed(f"等待期间触发了 {MAXIMUM_FIRINGS} 次以上的定时事件")

    def _next_timer(self, goal: datetime) -> tuple[int, datetime] | None:
        with reading(self._stage.platform.engine) as connection:
            query = (
                select(job.c.key, job.c.due_at)
                .where(
                    job.c.root_key == self._root_key,
                    job.c.kind == "timer",
                    job.c.status == "ready",
                    job.c.due_at <= goal,
                )
                .order_by(job.c.due_at, job.c.key)
                .limit(1)
            )
            row = connection.execute(query).first()
        return None if row is None else (row.key, row.due_at)

    def _message(self, step: Mapping[str, Any]) -> None:
        """Publish a message as an outside system would; what follows in other cases is delivered at once."""
        name, key = str(step["message"]), str(step.get("key") or "")
        self._bus.execute(PublishMessage(name, key, plain(step.get("variables") or {})), INSTALLER)
        deliver(self._bus)

    def _work(self, step: Mapping[str, Any]) -> None:
        """Work one job of a type as a worker would: complete it, fail it, or throw an error from it."""
        jobs = self._bus.execute(ActivateJobs(str(step["work"]), "rehearsal", 1000), INSTALLER)["jobs"]
        mine = [job for job in jobs if job["process_instance_key"] in self._process_instances()]
        if not mine:
            raise PerformanceFailed(f"没有类型为 {step['work']} 的作业")
        key, variables = mine[0]["key"], plain(step.get("variables") or {})
        if "error" in step:
            self._bus.execute(ThrowJobError(key, str(step["error"]), variables=variables), INSTALLER)
        elif "fail" in step:
            self._bus.execute(FailJob(key, 0, str(step["fail"])), INSTALLER)
        else:
            self._bus.execute(CompleteJob(key, variables), INSTALLER)

    def _process_instances(self) -> set[int]:
        with reading(self._stage.platform.engine) as connection:
            query = select(process_instance.c.key).where(process_instance.c.root_key == self._root_key)
            return set(connection.execute(query).scalars())

    def _expect(self, step: Mapping[str, Any]) -> None:
        self._compare(step["expect"], "途中")

    def _compare(self, expected: Mapping[str, Any], where: str) -> None:
        trace = read_trace(self._stage.platform, self._root_key)
        self._performance.trace = trace
        found = differences(plain(expected), trace)
        self._performance.problems += [f"{where}：{difference}" for difference in found]

    def _actor(self, username: Any) -> Any:
        with reading(self._stage.platform.engine) as connection:
            return load_actor(connection, str(username))


def plain(value: Any) -> Any:
    """Return what YAML made of form data as JSON values: its dates and moments as ISO text."""
    return json.loads(json.dumps(value, default=_text, ensure_ascii=False))


def _text(value: Any) -> str:
    return str(value.isoformat())


def _fields(error: BanjieError) -> str:
    fields = error.details.get("fields")
    return f" {json.dumps(fields, ensure_ascii=False)}" if fields else ""


def coverage(performances: Iterable[Performance]) -> dict[str, tuple[set[str], set[str]]]:
    """Return per process id the sequence flows taken in the performances, and all its sequence flows."""
    flows: dict[str, tuple[set[str], set[str]]] = {}
    for performance in performances:
        if performance.trace is None:
            continue
        for process_id, taken in performance.trace.taken.items():
            known = flows.setdefault(process_id, (set(), performance.trace.flows[process_id]))
            known[0].update(taken)
    return flows
