"""The rules of BPMN 2.0.2 that XML schema cannot say, each a function that notes what breaks it."""

from __future__ import annotations

from collections.abc import Callable

from engine.definitions.reading.document import Document
from engine.definitions.rules import (
    activities,
    collaborations,
    compensation,
    data,
    dialect,
    flows,
    gateways,
    identity,
    positions,
    reachability,
    references,
    subprocesses,
    triggers,
)
from engine.definitions.rules.graph import Graph

RULES: tuple[Callable[[Graph], None], ...] = (
    identity.check_unique_ids,
    references.check_references,
    references.check_called_elements,
    references.check_picture,
    references.check_list_consistency,
    references.check_default_flows,
    references.check_lanes,
    references.check_partition,
    flows.check_borders,
    flows.check_ends,
    flows.check_intermediate_events,
    flows.check_conditions,
    flows.check_immediate,
    flows.check_levels,
    gateways.check_shape,
    gateways.check_decisions,
    gateways.check_event_based,
    positions.check_positions,
    triggers.check_definitions,
    triggers.check_cancel,
    triggers.check_links,
    triggers.check_boundary_hosts,
    compensation.check_handlers,
    compensation.check_one_handler,
    compensation.check_visible,
    subprocesses.check_event_sub_processes,
    subprocesses.check_event_declarations,
    subprocesses.check_embedded_starts,
    subprocesses.check_ad_hoc,
    subprocesses.check_content,
    subprocesses.check_called_processes,
    activities.check_quantities,
    activities.check_receive_tasks,
    activities.check_loops,
    activities.check_one_loop,
    activities.check_cardinality,
    collaborations.check_message_flows,
    collaborations.check_multiplicity,
    data.check_sets,
    data.check_set_members,
    data.check_associations,
    data.check_association_ends,
    reachability.check_reachable,
    dialect.check_extensions,
    dialect.check_listeners,
)


def check_rules(document: Document) -> None:
    """Note everything in the file that breaks a rule."""
    graph = Graph(document)
    for rule in RULES:
        rule(graph)
