"""The benchmark process of ``banjie bench``: start, five user tasks in a row, a gateway, two parallel user tasks, join,
end. Every completion is durable and has its full history; the produced database passes verification.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import bindparam, select

from engine.clock import Clock
from engine.commands.actor import INSTALLER, Actor
from engine.commands.complete_user_task import CompleteUserTask
from engine.commands.deploy_resources import DeployResources
from engine.commands.start_process_instance import StartProcessInstance
from engine.commands.unit import FormValidator
from engine.history.anchors import read_anchors
from engine.platform import Platform, open_platform
from engine.store.database import reading
from engine.store.migrations import upgrade
from engine.store.tables.runtime import user_task
from engine.verification import verify

COMPLETIONS = 7
"""User tasks of one instance."""

_CLERK = Actor("bench", "测试", "bgs", frozenset({"bench"}))
_TASKS = ("a1", "a2", "a3", "a4", "a5", "b1", "b2")
_FLOWS = (
    ("start", "a1"),
    ("a1", "a2"),
    ("a2", "a3"),
    ("a3", "a4"),
    ("a4", "a5"),
    ("a5", "decide"),
    ("decide", "fork", "amount &gt;= 10000"),
    ("decide", "refused"),
    ("fork", "b1"),
    ("fork", "b2"),
    ("b1", "join"),
    ("b2", "join"),
    ("join", "end"),
)


@dataclass(frozen=True, slots=True)
class Measurement:
    """What a run of the benchmark measured."""

    completions: int
    cpu_seconds: float
    wall_seconds: float
    verified: bool

    @property
    def completions_per_cpu_second(self) -> float:
        """User task completions per second of this process' CPU time."""
        return self.completions / self.cpu_seconds


def run_benchmark(
    database_url: str, data_dir: Path, clock: Clock, instances: int, validate_form: FormValidator
) -> Measurement:
    """Run ``instances`` cases on a fresh database and verify what they left.

    Starting a case and finding its tasks is part of the work and counted in the time.
    """
    upgrade(database_url)
    platform = open_platform(database_url, validate_form=validate_form, data_dir=data_dir, clock=clock)
    try:
        platform.bus.execute(DeployResources({"bench.bpmn": _diagram()}, "bench"), INSTALLER)
        _run_one(platform)  # what is compiled and cached at first use is not what is measured
        cpu, wall = time.process_time(), time.perf_counter()
        completions = sum(_run_one(platform) for _ in range(instances))
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
        with reading(platform.engine) as connection:
            verified = verify(connection, platform.sources, list(read_anchors(data_dir / "anchors"))).passed
    finally:
        platform.engine.dispose()
    return Measurement(completions, cpu, wall, verified)


def _run_one(platform: Platform) -> int:
    start = StartProcessInstance("bench", variables={"amount": 12000, "item": "办公用品"})
    root_key = platform.bus.execute(start, _CLERK)["process_instance_key"]
    done = 0
    while keys := _open_tasks(platform, root_key):
        for key in keys:
            platform.bus.execute(CompleteUserTask(key, {"approved": True}, "同意"), _CLERK)
            done += 1
    return done


def _open_tasks(platform: Platform, root_key: int) -> list[int]:
    with reading(platform.engine) as connection:
        return list(connection.execute(_OPEN_TASKS, {"root": root_key}).scalars())


_OPEN_TASKS = select(user_task.c.key).where(user_task.c.root_key == bindparam("root"), user_task.c.state == "CREATED")


def _diagram() -> bytes:
    tasks = "".join(
        f'<bpmn:userTask id="{id_}" name="{id_}"><bpmn:extensionElements><zeebe:userTask/>'
        '<zeebe:assignmentDefinition candidateGroups="bench"/></bpmn:extensionElements></bpmn:userTask>'
        for id_ in _TASKS
    )
    flows = "".join(_flow(*flow) for flow in _FLOWS)
    text = (
        '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
        'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="bench_definitions" targetNamespace="bench">'
        '<bpmn:process id="bench" name="bench" isExecutable="true"><bpmn:startEvent id="start"/>'
        f"{tasks}"
        '<bpmn:exclusiveGateway id="decide" default="decide_refused"/><bpmn:parallelGateway id="fork"/>'
        '<bpmn:parallelGateway id="join"/><bpmn:endEvent id="end"/><bpmn:endEvent id="refused"/>'
        f"{flows}</bpmn:process></bpmn:definitions>"
    )
    return text.encode()


def _flow(source: str, target: str, condition: str | None = None) -> str:
    inner = f"<bpmn:conditionExpression>={condition}</bpmn:conditionExpression>" if condition else ""
    ends = f'sourceRef="{source}" targetRef="{target}"'
    return f'<bpmn:sequenceFlow id="{source}_{target}" {ends}>{inner}</bpmn:sequenceFlow>'
