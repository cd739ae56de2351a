"""The form of a secret ballot asks for counts, and for nothing that says who voted how."""

from __future__ import annotations

import json

from tests.support.requirements import ROOT
from webapi.forms import validate_form

TALLY = {
    "members_total": 9,
    "members_present": 8,
    "ballots_issued": 8,
    "ballots_returned": 8,
    "ballots_valid": 8,
    "ballots_void": 0,
    "ballots_for": 6,
    "ballots_against": 1,
    "ballots_abstained": 1,
    "ballot_tellers": "甲、乙",
    "ballot_sheet_number": "2026-3",
}


def test_a_ballot_is_nine_counts_its_tellers_and_the_sheet() -> None:
    schema = json.loads((ROOT / "forms" / "shared" / "ballot-tally.form").read_text(encoding="utf-8"))
    fields = {field["key"]: field["type"] for field in schema["components"] if "key" in field}
    assert fields.keys() == TALLY.keys()
    assert all(type_ == "number" for key, type_ in fields.items() if key.startswith(("ballots_", "members_")))
    assert validate_form(schema, TALLY, {}) == {}
    assert "vote_of_li" in validate_form(schema, {**TALLY, "vote_of_li": "不同意"}, {})
