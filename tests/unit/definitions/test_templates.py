"""The element templates: sound in themselves, and in step with what docs/dialect.md says of Banjie's properties."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from engine.commands.clocks.properties import OPERATIONS
from engine.documents.checking import KNOWN

ROOT = Path(__file__).parents[3]
FILES = sorted((ROOT / "element-templates").glob("*.json"))
TEMPLATES: dict[str, dict[str, Any]] = {path.stem: json.loads(path.read_text("utf-8")) for path in FILES}
PAGE = (ROOT / "docs" / "dialect.md").read_text("utf-8").partition("## Banjie's own properties")[2]
DOCUMENTED = set(re.findall(r"^\| `([a-z.-]+)` \|", PAGE, re.MULTILINE))


def names_of(template: dict[str, Any]) -> list[str]:
    return [p["binding"]["name"] for p in template["properties"] if p["binding"]["type"] == "zeebe:property"]


def test_there_are_templates_with_ids_of_their_own() -> None:
    ids = [template["id"] for template in TEMPLATES.values()]
    assert {"process", "user-task", "service-task", "timer-boundary"} <= set(TEMPLATES)
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("name", TEMPLATES)
def test_each_field_is_labelled_grouped_and_bound_once(name: str) -> None:
    template = TEMPLATES[name]
    groups = {group["id"] for group in template["groups"]}
    bindings = [json.dumps(p["binding"], sort_keys=True) for p in template["properties"]]
    assert len(set(bindings)) == len(bindings)
    for field in template["properties"]:
        if field["type"] != "Hidden":
            assert field["label"]
            assert field["group"] in groups
        if field["type"] == "Dropdown":
            assert len({choice["value"] for choice in field["choices"]}) == len(field["choices"]) > 1


def test_every_property_of_the_templates_is_documented() -> None:
    used = {name for template in TEMPLATES.values() for name in names_of(template)}
    assert used - DOCUMENTED == set()


def test_every_documented_property_is_in_a_template() -> None:
    used = {name for template in TEMPLATES.values() for name in names_of(template)}
    assert DOCUMENTED - used == set()


def test_the_clock_operations_are_those_that_the_engine_carries_out() -> None:
    named = {name.split(".")[1] for name in DOCUMENTED if name.startswith("clock.")}
    assert named == {*OPERATIONS, "due", "follows", "escalate"}


def test_the_properties_of_numbers_drafts_services_and_seals_are_those_that_the_commands_read() -> None:
    beginnings = ("number.", "draft.", "service.", "seal.")
    assert {name for name in DOCUMENTED if name.startswith(beginnings)} == KNOWN
