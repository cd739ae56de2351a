"""The resources of ``/api``, a blueprint each."""

from flask import Blueprint

from webapi.resources import (
    administration,
    clocks,
    controls,
    deployments,
    draws,
    health,
    history,
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
    (administration.blueprint, "/api/admin"),
    (clocks.blueprint, "/api"),
    (controls.blueprint, "/api"),
    (draws.blueprint, "/api"),
    (controls.administration, "/api/admin"),
    (clocks.administration, "/api/admin"),
    (health.blueprint, "/api"),
)
"""Each with the address it hangs below; another protocol is another tuple."""
