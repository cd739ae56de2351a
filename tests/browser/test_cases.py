"""Cases are carried from their start to their end by the people who would do it, and replayed by the auditor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from tests.browser import scenario

if TYPE_CHECKING:
    from tests.browser.office import Office

pytestmark = pytest.mark.browser

AUDITOR = "shenji"
STORIES = {
    "bgs-dae": "一万元工程，五级逐级审批后支付",
    "bgs-shouwen": "传阅件逐科确认，不送批示，不需反馈",
    "bgs-ysqgk": "2026年12月28日收到，跨年暂算",
}


@dataclass(frozen=True, slots=True)
class Finished:
    """A case that its people carried to the end in the browser."""

    key: str
    story: scenario.Scenario


@pytest.fixture(scope="module", params=STORIES, ids=list(STORIES))
def finished(request: pytest.FixtureRequest, office: Office) -> Finished:
    """Return a finished case of each procedure."""
    story = scenario.load(f"bgs/{request.param}.scenarios.yaml", STORIES[request.param])
    key = office.desk(story.started_by).start(story.procedure, story.start_form)
    for turn in story.turns:
        office.desk(turn.by).complete(key, turn)
    office.desk(AUDITOR).wait_for_end(key)
    return Finished(key, story)


def test_a_case_is_carried_to_its_end(office: Office, finished: Finished) -> None:
    auditor = office.desk(AUDITOR)
    assert auditor.read(f"/process-instances/{finished.key}")["state"] == "COMPLETED"
    auditor.go(f"cases/{finished.key}")
    auditor.expect_shown("已办结")


def test_the_record_names_who_did_what_with_which_opinion(office: Office, finished: Finished) -> None:
    auditor = office.desk(AUDITOR)
    record = auditor.read(f"/process-instances/{finished.key}/record")["items"]
    acts = [item for item in record if item["elementId"] is not None]
    auditor.go(f"cases/{finished.key}/record")
    for turn, item in zip(finished.story.turns, acts, strict=True):
        assert item["elementId"] == turn.element
        auditor.expect_cell(item["elementName"])
        auditor.expect_cell(item["actor"]["name"])
        auditor.expect_cell(turn.opinion or item["elementName"])


def test_the_replay_ends_where_the_case_ended(office: Office, finished: Finished) -> None:
    from tests.browser.replay import Replay

    replay = Replay(office.desk(AUDITOR), finished.key)

    replay.expect_step(replay.steps)
    assert {turn.element for turn in finished.story.turns} <= replay.marked("done")
    assert finished.story.end in replay.marked("done")
    assert replay.marked("active") == set()
    assert "已结束" in replay.current()


def test_the_replay_steps_back_to_the_start_and_forward_again(office: Office, finished: Finished) -> None:
    from tests.browser.replay import Replay

    replay = Replay(office.desk(AUDITOR), finished.key)
    first, done = finished.story.turns[0].element, {turn.element for turn in finished.story.turns}

    # when stepping back to the start
    replay.press("Home")

    # then only the first user task is current, and of the data only what the start brought
    replay.expect_step(1)
    assert replay.marked("active") == {first}
    assert replay.marked("done").isdisjoint(done)
    assert str(next(iter(finished.story.start_form.values()))) in replay.changed()

    # when stepping forward again, it ends as it was
    replay.press("ArrowRight", times=replay.steps - 1)
    replay.expect_step(replay.steps)
    assert done <= replay.marked("done")


def test_rounds_of_a_loop_are_counted_on_the_diagram(office: Office, finished: Finished) -> None:
    from tests.browser.replay import Replay

    elements = [turn.element for turn in finished.story.turns]
    repeated = any(elements.count(element) > 1 for element in elements)

    badges = Replay(office.desk(AUDITOR), finished.key).badges()

    assert ("×2" in badges) is repeated


def test_the_whole_diagram_fits_the_window_when_asked(office: Office, finished: Finished) -> None:
    from tests.browser.replay import Replay

    replay = Replay(office.desk(AUDITOR), finished.key)

    replay.page.get_by_role("button", name="适合窗口").click()

    assert replay.fits()
