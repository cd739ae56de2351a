"""ResolveIncident: what failed is tried again once its cause is gone."""

from __future__ import annotations

from engine.commands.errors import IncidentUnknown
from engine.commands.resolve_incident import ResolveIncident
from engine.commands.suspend_process_instance import SuspendProcessInstance
from engine.commands.update_variables import UpdateVariables
from engine.store.tables.runtime import incident, process_instance
from tests.unit.commands import diagrams as d
from tests.unit.commands.platforms import ADMIN, CLERK, Bureau, refused, together


def failing() -> bytes:
    """A gateway that needs an amount."""
    content = (
        d.el("startEvent", "s")
        + d.el("exclusiveGateway", "g")
        + d.task("big")
        + d.task("small")
        + d.flow("s", "g")
        + d.flow("g", "big", "amount >= 10")
        + d.flow("g", "small", "amount < 10")
    )
    return d.diagram(content)


def stuck(bureau: Bureau) -> tuple[int, int]:
    bureau.deploy(failing())
    root = bureau.start()
    return root, bureau.incidents(root)[0]["key"]


def test_a_failing_element_leaves_an_incident_that_says_where_and_why(bureau: Bureau) -> None:
    root, key = stuck(bureau)

    row = bureau.row(incident, key=key)
    assert (row["element_id"], row["error_type"], row["state"]) == ("g", "EXTRACT_VALUE_ERROR", "ACTIVE")
    assert row["message"]
    assert bureau.row(process_instance, key=root)["state"] == "ACTIVE"


def test_a_resolved_incident_lets_the_case_go_on(bureau: Bureau) -> None:
    root, key = stuck(bureau)
    bureau.bus.execute(UpdateVariables(root, {"amount": 12}), ADMIN)

    assert bureau.bus.execute(ResolveIncident(key), ADMIN) == {"key": key}

    assert list(bureau.open_tasks(root)) == ["big"]
    row = bureau.row(incident, key=key)
    assert (row["state"], row["resolved_at"]) == ("RESOLVED", bureau.clock.now())
    assert bureau.verify().findings == []


def test_what_fails_again_has_a_new_incident(bureau: Bureau) -> None:
    root, key = stuck(bureau)

    bureau.bus.execute(ResolveIncident(key), ADMIN)

    (again,) = bureau.incidents(root)
    assert again["key"] != key
    assert bureau.row(incident, key=key)["state"] == "RESOLVED"
    assert bureau.verify().findings == []


def test_only_administrators_do_it(bureau: Bureau) -> None:
    _, key = stuck(bureau)

    refused(bureau, ResolveIncident(key), CLERK, "commands.administrator-only")


def test_unknown_resolved_and_suspended_are_refused(bureau: Bureau) -> None:
    root, key = stuck(bureau)
    refused(bureau, ResolveIncident(999), ADMIN, "commands.incident-unknown")

    bureau.bus.execute(SuspendProcessInstance(root, "核查"), ADMIN)
    refused(bureau, ResolveIncident(key), ADMIN, "commands.case-suspended")


def test_an_incident_is_resolved_once(bureau: Bureau) -> None:
    root, key = stuck(bureau)
    bureau.bus.execute(UpdateVariables(root, {"amount": 1}), ADMIN)
    bureau.bus.execute(ResolveIncident(key), ADMIN)

    refused(bureau, ResolveIncident(key), ADMIN, "commands.incident-unknown")


def test_of_two_resolving_at_once_one_does(bureau: Bureau) -> None:
    bureau.deploy(failing())
    for _ in range(5):
        root = bureau.start()
        key = bureau.incidents(root)[0]["key"]
        bureau.bus.execute(UpdateVariables(root, {"amount": 1}), ADMIN)

        answers = together(*[lambda key=key: bureau.bus.execute(ResolveIncident(key), ADMIN)] * 2)

        assert sorted(type(answer).__name__ for answer in answers) == [IncidentUnknown.__name__, "dict"]
        assert list(bureau.open_tasks(root)) == ["small"]
