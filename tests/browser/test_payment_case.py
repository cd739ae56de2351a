"""A payment is carried from its start to its end by the people who would do it, and replayed by the auditor."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser import scenario

if TYPE_CHECKING:
    from tests.browser.office import Office

pytestmark = pytest.mark.browser

AUDITOR = "shenji"


@pytest.fixture(scope="module")
def story() -> scenario.Scenario:
    return scenario.load("bgs/bgs-dae.scenarios.yaml", "一万元工程，五级逐级审批后支付")


@pytest.fixture(scope="module")
def finished_case(office: Office, story: scenario.Scenario) -> str:
    """Return the key of a case that its people carried to the end in the browser."""
    case_key = office.desk(story.started_by).start(story.procedure, story.start_form)
    for turn in story.turns:
        office.desk(turn.by).complete(case_key, turn.element, turn.form, turn.opinion)
    return case_key


def test_a_payment_is_carried_to_its_end_and_replayed(
    office: Office, story: scenario.Scenario, finished_case: str
) -> None:
    from tests.browser.replay import Replay

    auditor = office.desk(AUDITOR)
    assert auditor.read(f"/process-instances/{finished_case}")["state"] == "COMPLETED"

    # when the auditor looks at the end
    replay = Replay(auditor, finished_case)
    done = {turn.element for turn in story.turns}

    # then every step that was done is marked, nothing is current, and the second round is counted
    assert replay.steps == len(story.turns) + 1
    replay.expect_step(replay.steps)
    assert done <= replay.marked("done")
    assert replay.marked("active") == set()
    assert "×2" in replay.badges()
    assert "已结束" in replay.current()

    # when stepping back to the start
    replay.press("Home")

    # then only the first user task is current and nothing of the later data is there
    replay.expect_step(1)
    assert replay.marked("active") == {story.turns[0].element}
    assert replay.marked("done").isdisjoint(done)
    assert "机房改造" in replay.changed()

    # when stepping forward again
    replay.press("ArrowRight", times=len(story.turns))

    # then it ends as it was
    replay.expect_step(replay.steps)
    assert done <= replay.marked("done")


def test_the_record_names_who_did_what_with_which_opinion(
    office: Office, story: scenario.Scenario, finished_case: str
) -> None:
    auditor = office.desk(AUDITOR)
    record = auditor.read(f"/process-instances/{finished_case}/record")["items"]
    auditor.go(f"cases/{finished_case}/record")
    for turn, item in zip(story.turns, record[1:], strict=True):
        assert item["elementId"] == turn.element
        auditor.expect_shown(item["elementName"])
        auditor.expect_shown(item["actor"]["name"])
        auditor.expect_shown(turn.opinion or item["elementName"])
