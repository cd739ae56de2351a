"""Files of another engine's dialect are rewritten when they are deployed, and kept as they came."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from engine.clock import FakeClock
from engine.commands.actor import INSTALLER, Actor
from engine.commands.deploy_folder import deploy_folder
from engine.commands.deploy_resources import ORIGINAL, DeployResources
from engine.commands.errors import DeploymentRefused
from engine.commands.start_process_instance import StartProcessInstance
from engine.history.anchors import read_anchors
from engine.platform import Platform, open_platform
from engine.store.database import reading
from engine.store.tables.repository import deployment, deployment_resource
from engine.store.tables.runtime import user_task
from engine.verification import verify

LEAVE = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="d" targetNamespace="t">
<bpmn:process id="leave" isExecutable="true"><bpmn:startEvent id="s"/>
<bpmn:userTask id="approve" name="审批" camunda:assignee="${boss}"/>
<bpmn:endEvent id="e"/><bpmn:sequenceFlow id="f1" sourceRef="s" targetRef="approve"/>
<bpmn:sequenceFlow id="f2" sourceRef="approve" targetRef="e"/></bpmn:process></bpmn:definitions>"""


@pytest.fixture
def platform(any_database_url: str, tmp_path: Path) -> Iterator[Platform]:
    clock = FakeClock(datetime(2026, 11, 23, 1, tzinfo=UTC))
    opened = open_platform(
        any_database_url, validate_form=lambda schema, data, context, *, now: {}, data_dir=tmp_path, clock=clock
    )
    yield opened
    opened.engine.dispose()


def test_what_means_the_same_is_rewritten_and_runs(platform: Platform, tmp_path: Path) -> None:
    answer = platform.bus.execute(DeployResources({"leave.bpmn": LEAVE.encode()}), INSTALLER)
    assert answer["converted"] == {"leave.bpmn": 1}

    platform.bus.execute(StartProcessInstance("leave", variables={"boss": "li"}), Actor("clerk", "张三"))

    with reading(platform.engine) as connection:
        assert connection.execute(select(user_task.c.assignee_id)).scalar() == "li"
        names = set(connection.execute(select(deployment_resource.c.name)).scalars())
        assert names == {"leave.bpmn", "leave.bpmn" + ORIGINAL}
        assert verify(connection, platform.sources, read_anchors(tmp_path / "anchors")).passed


def test_a_converted_file_in_the_folders_is_not_deployed_twice(platform: Platform) -> None:
    files = {"bpmn/leave.bpmn": LEAVE.encode()}
    assert len(deploy_folder(platform.bus, files).deployed) == 1
    assert deploy_folder(platform.bus, files).deployed == ()

    with reading(platform.engine) as connection:
        assert len(connection.execute(select(deployment)).all()) == 1


def test_what_has_no_counterpart_is_refused_with_its_place(platform: Platform) -> None:
    java = LEAVE.replace('camunda:assignee="${boss}"', 'camunda:assignee="${bosses.find(initiator).get(0)}"')

    with pytest.raises(DeploymentRefused) as refused:
        platform.bus.execute(DeployResources({"leave.bpmn": java.encode()}), INSTALLER)

    problems = refused.value.details["problems"]
    assert isinstance(problems, list)
    assert (problems[0]["code"], problems[0]["element"], problems[0]["kind"]) == (
        "convert.left",
        "approve",
        "unsupported",
    )
    with reading(platform.engine) as connection:
        assert connection.execute(select(deployment)).first() is None
