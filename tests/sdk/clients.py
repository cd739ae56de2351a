"""The official Python client, set up to speak with a running server, and the words its tests share.

It checks answers strictly: a missing member, or a value outside an enumeration, is an exception.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.sdk.conftest import Served

try:
    import camunda_orchestration_sdk as sdk
    from camunda_orchestration_sdk import errors, models
    from camunda_orchestration_sdk.types import File
except ImportError:
    reason = "missing here: camunda-orchestration-sdk: pip install -r requirements/dev.lock"
    pytest.skip(reason, allow_module_level=True)

__all__ = [
    "File",
    "client",
    "configuration",
    "connect",
    "errors",
    "found",
    "jobs",
    "models",
    "sdk",
    "start",
    "user_tasks",
    "values",
]


def configuration(served: Served, username: str) -> Any:
    """Return what a client needs to know: where the server is, and who asks with which password."""
    return {
        "CAMUNDA_REST_ADDRESS": served.address,
        "CAMUNDA_AUTH_STRATEGY": "BASIC",
        "CAMUNDA_BASIC_AUTH_USERNAME": username,
        "CAMUNDA_BASIC_AUTH_PASSWORD": served.password,
        "CAMUNDA_SDK_LOG_LEVEL": "silent",
    }


def connect(served: Served, username: str) -> Any:
    """Return the client of somebody with a password."""
    return sdk.CamundaClient(configuration(served, username))


@pytest.fixture
def client(served: Served) -> Iterator[Any]:
    """Return an administrator's client, everything deployed."""
    with connect(served, "boss") as found:
        found.deploy_resources_from_files(sorted(served.files.iterdir()))
        yield found


def values(**content: Any) -> Any:
    """Return variables as the client takes them."""
    return models.ProcessInstanceCreationInstructionBaseVariables.from_dict(content)


def start(client: Any, process_id: str, **variables: Any) -> Any:
    """Start the newest version of a process."""
    creation = models.ProcessCreationById(sdk.ProcessDefinitionId(process_id), variables=values(**variables))
    return client.create_process_instance(data=creation)


def found(search: Any, query: type, filter_type: type, **filters: Any) -> list[Any]:
    """Return the items of a search."""
    items: list[Any] = search(data=query(filter_=filter_type(**filters))).items
    return items


def user_tasks(client: Any, instance: Any) -> list[Any]:
    """Return the open user tasks of a process instance."""
    return found(
        client.search_user_tasks,
        models.UserTaskSearchQuery,
        models.UserTaskSearchQueryFilter,
        process_instance_key=instance.process_instance_key,
        state=models.UserTaskStateExactMatch.CREATED,
    )


def jobs(client: Any, type_: str, most: int = 10) -> list[Any]:
    """Activate jobs."""
    request = models.JobActivationRequest(
        type_=type_, timeout=60_000, max_jobs_to_activate=most, worker="tests", request_timeout=-1
    )
    activated: list[Any] = client.activate_jobs(data=request).jobs
    return activated
