"""Nothing of the duty list is lost: its steps, time limits and controls are found again in the content that runs."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

from tests.procedures.content import (
    cited_by_controls,
    cited_by_elements,
    cited_by_tables,
    controls,
    covers,
    limits_used,
    processes,
)
from tests.support.limit_table import rows
from tests.support.requirements import SHARED, SHARED_DATA, skip_for_want_of

LARGEST_SHARE_OF_REASONS = 0.05
RUNNING = {"deadline", "case"}
"""Kinds of time limits that a clock keeps; the others are lengths of extensions, periods, orders of things."""


@cache
def reasons() -> Mapping[str, Mapping[str, str]]:
    """Return what is not represented, and why: steps, limits and controls."""
    return dict(yaml.safe_load((Path(__file__).parent / "reasons.yaml").read_text("utf-8")))


def steps() -> list[dict[str, str]]:
    file = SHARED / "domain" / "steps.csv"
    if not file.exists():
        skip_for_want_of(SHARED_DATA)
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_each_step_of_the_duty_list_is_an_element_a_rule_or_a_control() -> None:
    missing = []
    for row in steps():
        first, last, procedure = int(row["line"]), int(row["line_end"]), row["procedure"]
        # Rules of the duty list may stand in tables and controls; what somebody does must be an element.
        found = cited_by_elements(procedure)
        if row["kind"] == "rule":
            found = found + cited_by_tables(procedure) + cited_by_controls(procedure)
        if not any(citation.meets(first, last) for citation in found):
            missing.append(row["step"])

    assert sorted(missing) == sorted(reasons()["steps"])
    assert len(missing) <= LARGEST_SHARE_OF_REASONS * len(steps())


def test_each_time_limit_runs_on_an_element() -> None:
    ids = {row.limit_id for row in rows() if row.values["kind"] in RUNNING}

    missing = sorted(ids - limits_used())

    assert missing == sorted(reasons()["limits"])
    assert len(missing) <= LARGEST_SHARE_OF_REASONS * len(ids)


def test_each_control_watches_something_or_says_where_it_is_kept() -> None:
    nodes = [(process, node) for process in processes().values() for node in process.body.walk()]
    duties = {(process.id, node.properties.get("control.duty")) for process, node in nodes}
    named = {
        word.strip()
        for process, node in nodes
        for value in (node.properties.get("control", ""), process.properties.get("control", ""))
        for word in value.split(",")
    }

    def watches(control: Mapping[str, object]) -> bool:
        if control["id"] in named or control.get("exclusive_roles"):
            return True
        watch = control.get("watch")
        if not isinstance(watch, Mapping):
            return False
        wanted, within = set(watch.get("duties", ())), watch.get("procedures") or ["*"]
        if not wanted:
            return any(covers(within, process) for process in processes())
        return any(duty in wanted and covers(within, process) for process, duty in duties)

    missing = [str(each["id"]) for each in controls() if not each.get("elsewhere") and not watches(each)]

    assert sorted(missing) == sorted(reasons()["controls"])
    assert len(missing) <= LARGEST_SHARE_OF_REASONS * len(controls())
