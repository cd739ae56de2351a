"""Numbers are given in the transaction that signs: gapless for each series and year, and once only."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from engine.commands.actions.return_user_task import ReturnUserTask
from engine.commands.actions.withdraw_user_task import WithdrawUserTask
from engine.commands.complete_user_task import CompleteUserTask
from engine.commands.number_registers import ReserveNumbers, RestoreNumber, VoidNumber
from engine.commands.publish_organisation_file import PublishOrganisationFile
from engine.commands.resolve_incident import ResolveIncident
from engine.commands.update_variables import UpdateVariables
from engine.queries.variables import visible_variables
from engine.store.database import reading
from engine.store.tables.issuing import issued_number, number_counter, number_reservation
from tests.unit.commands import diagrams as d
from tests.unit.commands.issuing.office import KEEPER, SERIES, furnish, signing
from tests.unit.commands.platforms import ADMIN, CLERK, ROOT, STRANGER, Bureau, refused


def signed(bureau: Bureau, **variables: object) -> int:
    """Start a case and sign it; return its key."""
    root = bureau.start(variables=variables)
    bureau.complete(root, "draft")
    bureau.complete(root, "sign")
    return root


def variable(bureau: Bureau, root: int, name: str = "document_number") -> object:
    with reading(bureau.engine) as connection:
        return visible_variables(connection, root).get(name)


def numbers(bureau: Bureau, series: str = "fa") -> list[tuple[int, int, str]]:
    return [(row["period"], row["number"], row["state"]) for row in bureau.rows(issued_number, series=series)]


def test_signing_gives_the_next_number_of_the_year_and_says_so_in_history(bureau: Bureau) -> None:
    furnish(bureau).deploy(signing())

    first, second = signed(bureau, title="关于甲"), signed(bureau)

    assert variable(bureau, first) == "威工信发〔2026〕1号"
    assert variable(bureau, second) == "威工信发〔2026〕2号"
    row = bureau.row(issued_number, root_key=first)
    assert (row["text"], row["title"], row["actor_id"], row["state"]) == (
        "威工信发〔2026〕1号",
        "关于甲",
        "clerk",
        "ISSUED",
    )
    facts = [fact for event in bureau.events(first) for fact in json.loads(event["payload"]).get("facts", [])]
    assert [fact[2]["answer"]["text"] for fact in facts if fact[0] == "number"] == ["威工信发〔2026〕1号"]
    assert bureau.verify().findings == []


def test_the_number_is_known_to_what_follows_in_the_same_command(bureau: Bureau) -> None:
    content = (
        d.el("startEvent", "start")
        + d.task("sign", number__series='="fa"', number__result="nr")
        + d.el("exclusiveGateway", "which")
        + d.task("numbered")
        + d.task("other")
        + d.flow("start", "sign")
        + d.flow("sign", "which")
        + d.flow("which", "numbered", 'ends with(nr, "〕1号")')
        + d.flow("which", "other", "true")
    )
    furnish(bureau).deploy(d.diagram(content))
    root = bureau.start()

    bureau.complete(root, "sign")

    assert list(bureau.open_tasks(root)) == ["numbered"]


def test_a_number_is_given_only_where_the_condition_holds(bureau: Bureau) -> None:
    furnish(bureau).deploy(signing(number__if='signer = "分管负责人"'))

    assert variable(bureau, signed(bureau, signer="主要负责人")) is None
    assert variable(bureau, signed(bureau)) is None
    assert variable(bureau, signed(bureau, signer="分管负责人")) == "威工信发〔2026〕1号"


def test_a_year_begins_on_its_first_day_in_china_and_with_its_first_number(bureau: Bureau) -> None:
    furnish(bureau).deploy(signing(number__series="fa,han,total", number__result="a,b,c"))
    bureau.clock.set(datetime(2025, 12, 31, 15, 59, tzinfo=UTC))
    old = signed(bureau)
    bureau.clock.set(datetime(2025, 12, 31, 16, 0, tzinfo=UTC))
    new = signed(bureau)

    assert [variable(bureau, old, name) for name in "abc"] == ["威工信发〔2025〕1号", "威工信函〔2025〕1号", "0001"]
    assert [variable(bureau, new, name) for name in "abc"] == ["威工信发〔2026〕1号", "威工信函〔2026〕41号", "0002"]
    assert bureau.verify().findings == []


def test_a_refused_signature_leaves_no_gap(bureau: Bureau) -> None:
    furnish(bureau).deploy(signing(clock__suspend="unknown"))
    root = bureau.start()
    bureau.complete(root, "draft")
    key = bureau.open_tasks(root)["sign"]

    refused(bureau, CompleteUserTask(key, {}), CLERK, "deadlines.clock-operation-refused")

    assert bureau.rows(number_counter) == []


def test_an_unknown_series_refuses_the_signature(bureau: Bureau) -> None:
    furnish(bureau).deploy(signing(number__series="=series"))
    root = bureau.start()
    bureau.complete(root, "draft")
    key = bureau.open_tasks(root)["sign"]

    refused(bureau, CompleteUserTask(key, {"series": "nothing"}), CLERK, "issuing.number-series-unknown")
    refused(bureau, CompleteUserTask(key, {"series": None}), CLERK, "issuing.refused")


def test_an_element_without_people_gets_an_incident_and_its_number_once(bureau: Bureau) -> None:
    content = (
        d.el("startEvent", "start")
        + d.el("manualTask", "count", zeebe=d.properties(number__series="=series"))
        + d.task("after")
        + d.chain("start", "count", "after")
    )
    furnish(bureau).deploy(d.diagram(content))

    root = bureau.start(variables={"series": "nothing"})

    assert [row["element_id"] for row in bureau.incidents(root)] == ["count"]
    assert bureau.rows(number_counter) == []
    assert bureau.verify().findings == []


def test_what_fails_after_the_number_was_given_does_not_take_another_when_tried_again(bureau: Bureau) -> None:
    content = (
        d.el("startEvent", "start")
        + d.task("sign", number__series="fa")
        + d.task("after")
        + d.task("besides")
        + d.flow("start", "sign")
        + d.flow("sign", "after", "go = true")
        + d.flow("sign", "besides", "go = true")
    )
    furnish(bureau).deploy(d.diagram(content))
    root = bureau.start()
    bureau.complete(root, "sign")
    (incident,) = bureau.incidents(root)
    assert numbers(bureau) == [(2026, 1, "ISSUED")]

    bureau.bus.execute(UpdateVariables(root, {"go": True}), ADMIN)
    bureau.bus.execute(ResolveIncident(incident["key"]), ADMIN)

    assert sorted(bureau.open_tasks(root)) == ["after", "besides"]
    assert numbers(bureau) == [(2026, 1, "ISSUED")]
    assert bureau.verify().findings == []


def test_reserved_numbers_are_passed_over_unless_they_are_named(bureau: Bureau) -> None:
    furnish(bureau).deploy(signing(number__reserved="=wanted"))
    answer = bureau.bus.execute(ReserveNumbers("fa", 2, "年度一号文件"), KEEPER)
    assert [item["text"] for item in answer["numbers"]] == ["威工信发〔2026〕1号", "威工信发〔2026〕2号"]

    assert variable(bureau, signed(bureau)) == "威工信发〔2026〕3号"
    assert variable(bureau, signed(bureau, wanted=1)) == "威工信发〔2026〕1号"
    assert variable(bureau, signed(bureau, wanted="威工信发〔2026〕2号")) == "威工信发〔2026〕2号"
    assert [number for _, number, _ in numbers(bureau)] == [1, 2, 3]
    assert bureau.verify().findings == []


@pytest.mark.parametrize("wanted", [1, "威工信发〔2026〕9号", "号"])
def test_a_number_that_is_not_set_aside_is_not_given(small_bureau: Bureau, wanted: object) -> None:
    bureau = furnish(small_bureau)
    bureau.deploy(signing(number__reserved="=wanted"))
    bureau.bus.execute(ReserveNumbers("fa", 1, "留用"), KEEPER)
    signed(bureau, wanted=1)
    root = bureau.start(variables={"wanted": wanted})
    bureau.complete(root, "draft")

    key = bureau.open_tasks(root)["sign"]
    refused(bureau, CompleteUserTask(key, {}), CLERK, "issuing.number-not-reserved")


def test_a_voided_number_stays_in_the_register_with_its_reason_and_is_never_given_again(bureau: Bureau) -> None:
    furnish(bureau).deploy(signing())
    root = signed(bureau)

    bureau.bus.execute(VoidNumber("fa", 2026, 1, "标题有误，重新签发"), KEEPER)

    row = bureau.row(issued_number, root_key=root)
    assert (row["state"], row["reason"], row["changed_by"]) == ("VOID", "标题有误，重新签发", "keeper")
    assert variable(bureau, signed(bureau)) == "威工信发〔2026〕2号"
    refused(bureau, VoidNumber("fa", 2026, 1, "再次"), KEEPER, "issuing.number-state-wrong")

    bureau.bus.execute(RestoreNumber("fa", 2026, 1, "作废有误"), KEEPER)

    assert bureau.row(issued_number, root_key=root)["state"] == "ISSUED"
    refused(bureau, RestoreNumber("fa", 2026, 1, "再次"), KEEPER, "issuing.number-state-wrong")
    assert bureau.verify().findings == []


def test_a_number_set_aside_may_be_voided_and_restored(bureau: Bureau) -> None:
    furnish(bureau).deploy(signing(number__reserved="=wanted"))
    bureau.bus.execute(ReserveNumbers("fa", 1, "留用"), KEEPER)
    bureau.bus.execute(VoidNumber("fa", 2026, 1, "不再发文"), KEEPER)
    root = bureau.start(variables={"wanted": 1})
    bureau.complete(root, "draft")
    key = bureau.open_tasks(root)["sign"]
    refused(bureau, CompleteUserTask(key, {}), CLERK, "issuing.number-not-reserved")

    bureau.bus.execute(RestoreNumber("fa", 2026, 1, "仍要发文"), KEEPER)
    bureau.bus.execute(CompleteUserTask(key, {}), CLERK)

    assert variable(bureau, root) == "威工信发〔2026〕1号"
    assert bureau.row(number_reservation)["change_reason"] == "仍要发文"
    assert bureau.verify().findings == []


def test_only_keepers_set_aside_and_void_and_they_say_why(small_bureau: Bureau) -> None:
    bureau = furnish(small_bureau)
    bureau.deploy(signing())
    signed(bureau)

    refused(bureau, ReserveNumbers("fa", 1, "留用"), STRANGER, "issuing.not-keeper")
    refused(bureau, VoidNumber("fa", 2026, 1, "错"), ADMIN, "issuing.not-keeper")
    refused(bureau, ReserveNumbers("fa", 1, " "), KEEPER, "commands.ground-missing")
    refused(bureau, ReserveNumbers("fa", 101, "留用"), KEEPER, "issuing.number-count-unfit")
    refused(bureau, VoidNumber("fa", 2026, 9, "错"), KEEPER, "issuing.number-unknown")
    refused(bureau, VoidNumber("none", 2026, 9, "错"), KEEPER, "issuing.number-series-unknown")


def test_what_is_numbered_can_neither_be_taken_back_nor_returned_past_until_the_number_is_void(bureau: Bureau) -> None:
    exclusions = (ROOT / "dmn" / "action-exclusions.dmn").read_bytes()
    furnish(bureau).deploy(signing(), exclusions_dmn=exclusions)
    root = bureau.start()
    bureau.complete(root, "draft")
    sign = bureau.open_tasks(root)["sign"]
    bureau.complete(root, "sign")
    file = bureau.open_tasks(root)["file"]

    refused(bureau, WithdrawUserTask(sign), CLERK, "actions.not-allowed")
    refused(bureau, ReturnUserTask(file, "改标题", to="PREVIOUS"), CLERK, "actions.not-allowed")

    bureau.bus.execute(VoidNumber("fa", 2026, 1, "改标题"), KEEPER)
    bureau.bus.execute(ReturnUserTask(file, "改标题", to="PREVIOUS"), CLERK)
    bureau.complete(root, "sign")

    assert variable(bureau, root) == "威工信发〔2026〕2号"
    assert numbers(bureau) == [(2026, 1, "VOID"), (2026, 2, "ISSUED")]
    assert bureau.verify().findings == []


def test_a_new_version_of_the_series_is_in_force_at_once_and_leaves_given_numbers_alone(bureau: Bureau) -> None:
    furnish(bureau).deploy(signing())
    root = signed(bureau)

    changed = SERIES.replace("威工信发〔{year}〕", "威工信文〔{year}〕")
    bureau.bus.execute(PublishOrganisationFile("number-series", changed, "改代字"), ADMIN)
    bureau.clock.advance(timedelta(hours=1))

    assert variable(bureau, signed(bureau)) == "威工信文〔2026〕2号"
    assert variable(bureau, root) == "威工信发〔2026〕1号"
    assert bureau.verify().findings == []


def test_a_period_that_never_was_is_unknown(bureau: Bureau) -> None:
    furnish(bureau)
    for period in (0, 1, 9_999, 2**40):
        refused(bureau, VoidNumber("fa", period, 1, "没有"), KEEPER, "issuing.number-unknown")
