"""The field's protocol under ``/v2``: the resources of the Camunda 8 Orchestration Cluster REST API."""

from __future__ import annotations

from flask import Flask

from webapi.v2.resources import (
    clock,
    cluster,
    decisions,
    deployments,
    documents,
    element_instances,
    expressions,
    incidents,
    instance_commands,
    jobs,
    messages,
    people,
    process_definitions,
    process_instances,
    user_tasks,
    variables,
)

PREFIX = "/v2"

BLUEPRINTS = tuple(
    (module.blueprint, PREFIX)
    for module in (
        cluster,
        deployments,
        process_definitions,
        process_instances,
        instance_commands,
        user_tasks,
        variables,
        element_instances,
        jobs,
        messages,
        incidents,
        decisions,
        documents,
        expressions,
        people,
        clock,
    )
)


def register(app: Flask) -> None:
    """Add the protocol to an app."""
    for blueprint, prefix in BLUEPRINTS:
        app.register_blueprint(blueprint, url_prefix=prefix)
