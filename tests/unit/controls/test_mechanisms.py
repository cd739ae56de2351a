"""Controls of the bureau's register on situations made by hand: what is in order passes, what is not is hit."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from engine.clock import LEGAL_ZONE
from engine.controls import Draw, Registry, Signed, Situation, evaluate, read_registry
from engine.deadlines import load_calendar
from engine.feel.bureau import bureau_functions
from tests.support.requirements import ROOT

NOW = datetime(2026, 11, 23, 9, tzinfo=LEGAL_ZONE)
FUNCTIONS = bureau_functions(load_calendar(ROOT / "organisation" / "calendars"))


@pytest.fixture(scope="module")
def register() -> Registry:
    """Return the bureau's register."""
    return read_registry((ROOT / "organisation" / "controls.yaml").read_text(encoding="utf-8"))


def hit(register: Registry, control_id: str, **more: Any) -> str | None:
    """Return what a control finds, None where all is well or it does not apply."""
    values: dict[str, Any] = {
        "procedure": "p",
        "element_id": "e",
        "duty": None,
        "now": NOW,
        "actor_id": "a",
        "actor_name": "甲",
        "groups": frozenset(),
        "initiator_id": "i",
        "variables": {},
        "functions": FUNCTIONS,
        **more,
    }
    finding = evaluate(register.controls[control_id], Situation(**values))
    return None if finding is None else finding.missing


def test_a_meeting_needs_three_working_days_notice_and_the_invitation(register: Registry) -> None:
    said = {"pizhu_invited": True, "meeting_date": "2026-10-09"}
    assert hit(register, "X02", variables={**said, "szyd_reported_on": "2026-09-29"}) is None
    assert hit(register, "X02", variables={**said, "szyd_reported_on": "2026-09-30"}) is not None
    assert hit(register, "X02", variables={**said, "szyd_reported_on": "2026-09-29", "pizhu_invited": False})
    assert hit(register, "X02", variables={}) is not None


def test_an_expert_review_needs_a_draw_of_seven(register: Registry) -> None:
    assert hit(register, "X04") == "尚未随机抽取专家"
    assert hit(register, "X04", draws=[Draw("装备", 5, 5, "zgk")]) == "应抽取 7 名，实有 5 名"
    assert hit(register, "X04", draws=[Draw("装备", 7, 7, "zgk")]) is None


def test_the_drawer_does_not_review(register: Registry) -> None:
    done = [Signed("x", "抽取专家", "a", NOW, None)]
    assert hit(register, "X06", duty="专家评审", done=done) is not None
    assert hit(register, "X06", duty="专家评审", done=done, actor_id="b") is None
    assert hit(register, "X06", duty="专家评审", done=done, actor_id="b", on_behalf_of="a") is not None


def test_archives_are_complete_by_variant(register: Registry) -> None:
    papers = ("notice", "applications", "szyd_before", "szyd_meeting", "minutes", "decision")
    wanted = [{"name": f"archive_{name}"} for name in papers]
    variables: dict[str, Any] = {"archive_items": wanted, **{f"archive_{name}": True for name in papers}}
    assert hit(register, "X07", variables=variables) is None
    with_funds = {**variables, "archive_items": [*wanted, {"name": "archive_fund_form"}]}
    assert hit(register, "X07", variables=with_funds) == "缺少：《专项资金项目流程审核情况表》（有资金的填写）"
    assert hit(register, "X07", variables={**with_funds, "archive_fund_form": True}) is None


def test_classified_papers_never_enter_with_a_title(register: Registry) -> None:
    assert hit(register, "B08", variables={"classification": "非涉密", "title": "通知"}) is None
    assert hit(register, "B08", variables={"classification": "涉密"}) is None
    assert hit(register, "B08", variables={"classification": "涉密", "title": "机密"}) is not None


def test_capitals_agree_with_the_amount(register: Registry) -> None:
    assert hit(register, "B19", variables={"amount": 1200, "amount_in_capitals": "壹仟贰佰元整"}) is None
    assert hit(register, "B19", variables={"amount": 1300, "amount_in_capitals": "壹仟贰佰元整"}) is not None


def test_a_penalty_is_decided_after_the_statement_and_never_heavier_for_it(register: Registry) -> None:
    said = {"informed_on": "2026-11-10", "statement_period_ends_on": "2026-11-17"}
    assert hit(register, "E05", variables=said) is None
    assert hit(register, "E05", variables={**said, "statement_period_ends_on": "2026-11-25"}) is not None
    early = {**said, "statement_period_ends_on": "2026-11-25", "statement_reviewed": True}
    assert hit(register, "E05", variables=early) is None
    assert hit(register, "E05", variables={**early, "heavier_after_statement": True}) is not None


def test_the_limitation_of_penalties_is_two_years_or_five(register: Registry) -> None:
    old = {"violated_on": "2024-01-01", "found_on": "2026-11-01"}
    assert hit(register, "E15", variables=old) is not None
    assert hit(register, "E15", variables={**old, "endangers_safety": True}) is None


def test_a_secret_ballot_is_a_tally_that_adds_up(register: Registry) -> None:
    tally = {
        "members_total": 9,
        "members_present": 7,
        "ballots_issued": 7,
        "ballots_returned": 7,
        "ballots_valid": 6,
        "ballots_void": 1,
        "ballots_for": 4,
        "ballots_against": 1,
        "ballots_abstained": 1,
    }
    assert hit(register, "T01", variables=tally) is None
    assert hit(register, "T01", variables={**tally, "ballots_for": 5}) is not None
    assert hit(register, "T01", variables={**tally, "members_present": 5, "ballots_issued": 5}) is not None


def test_what_cannot_be_judged_counts_as_hit(register: Registry) -> None:
    assert hit(register, "E11", variables={"fine": 100}) is not None
    assert hit(register, "E11", variables={"fine": 100, "additional_fine": 90}) is None
