"""The resources of ``/api``, a blueprint each."""

from flask import Blueprint

from webapi.resources import (
    accounts,
    actions,
    administration,
    batch_operations,
    clocks,
    connections,
    controls,
    correspondence,
    deployments,
    documents,
    draws,
    erasures,
    health,
    history,
    organisation,
    people_import,
    procedures,
    process_instances,
    session,
    tokens,
    user_tasks,
)

BLUEPRINTS: tuple[tuple[Blueprint, str], ...] = (
    (session.blueprint, "/api"),
    (tokens.blueprint, "/api"),
    (user_tasks.blueprint, "/api"),
    (procedures.blueprint, "/api"),
    (process_instances.blueprint, "/api"),
    (history.blueprint, "/api"),
    (deployments.blueprint, "/api"),
    (documents.blueprint, "/api"),
    (administration.blueprint, "/api/admin"),
    (batch_operations.blueprint, "/api/admin"),
    (accounts.blueprint, "/api/admin"),
    (connections.blueprint, "/api/admin"),
    (organisation.blueprint, "/api"),
    (people_import.blueprint, "/api/admin"),
    (clocks.blueprint, "/api"),
    (controls.blueprint, "/api"),
    (draws.blueprint, "/api"),
    (erasures.blueprint, "/api/admin"),
    (controls.administration, "/api/admin"),
    (clocks.administration, "/api/admin"),
    (actions.blueprint, "/api"),
    (correspondence.blueprint, "/api"),
    (health.blueprint, "/api"),
)
"""Each with the address it hangs below; another protocol is another tuple."""
