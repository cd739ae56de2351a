"""A decision table without a matching row gives null: nothing fails, and the replay says why."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.queries.replay import replay
from engine.store.database import reading
from tests.unit.commands import diagrams as d
from tests.unit.commands.platforms import CLERK, Bureau

TABLE = b"""<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="urn:d">
<inputData id="i" name="kind"><variable name="kind"/></inputData>
<decision id="choose" name="choose"><variable name="choose"/>
<informationRequirement id="r"><requiredInput href="#i"/></informationRequirement>
<decisionTable id="t" hitPolicy="UNIQUE">
<input id="in"><inputExpression id="ie"><text>kind</text></inputExpression></input>
<output id="o" name="way"/>
<rule id="r1"><inputEntry id="e1"><text>"a"</text></inputEntry><outputEntry id="e2"><text>1</text></outputEntry></rule>
</decisionTable></decision></definitions>"""


@pytest.fixture
def bureau(sqlite_url: str, tmp_path: Path) -> Iterator[Bureau]:
    """Give a bureau on SQLite."""
    opened = Bureau(sqlite_url, tmp_path / "data")
    yield opened
    opened.close()


def test_no_match_is_null_with_a_warning_that_the_replay_shows(bureau: Bureau) -> None:
    rule = d.el("businessRuleTask", "rule", zeebe='<zeebe:calledDecision decisionId="choose" resultVariable="way"/>')
    content = d.el("startEvent", "start") + rule + d.task("work") + d.chain("start", "rule", "work")
    bureau.deploy(d.diagram(content), choose_dmn=TABLE)

    key = bureau.start(variables={"kind": "b"})

    assert bureau.incidents(key) == []
    with reading(bureau.engine) as connection:
        steps = replay(connection, CLERK, key, bureau.platform.sources.definitions)["steps"]
    decided = next(event for event in steps[0]["events"] if event["type"] == "decision_evaluated")
    assert decided["evaluation"]["value"] is None
    assert any("没有规则命中" in warning for warning in decided["evaluation"]["warnings"])
    assert bureau.verify().findings == []
