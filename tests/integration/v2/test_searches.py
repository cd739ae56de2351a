"""Searches: operators, order, pages, and what is refused, on both databases."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from engine.queries.search import Field, Kind
from engine.queries.search.resources.decision_definitions import DECISION_DEFINITIONS, DECISION_REQUIREMENTS
from engine.queries.search.resources.decision_instances import DECISION_INSTANCES
from engine.queries.search.resources.element_instances import ELEMENT_INSTANCES
from engine.queries.search.resources.incidents import INCIDENTS
from engine.queries.search.resources.jobs import JOBS
from engine.queries.search.resources.message_subscriptions import MESSAGE_SUBSCRIPTIONS
from engine.queries.search.resources.people import GROUPS, USERS
from engine.queries.search.resources.process_definitions import PROCESS_DEFINITIONS
from engine.queries.search.resources.process_instances import PROCESS_INSTANCES
from engine.queries.search.resources.user_tasks import USER_TASKS
from engine.queries.search.resources.variables import VARIABLES
from tests.integration.v2.conftest import Caller
from webapi.schemas.base import camel
from webapi.v2.fixed_lists import ROLE_LIST, TENANT_LIST

pytestmark = pytest.mark.both_databases

RESOURCES = (
    PROCESS_DEFINITIONS,
    PROCESS_INSTANCES,
    USER_TASKS,
    VARIABLES,
    ELEMENT_INSTANCES,
    JOBS,
    INCIDENTS,
    MESSAGE_SUBSCRIPTIONS,
    DECISION_DEFINITIONS,
    DECISION_REQUIREMENTS,
    DECISION_INSTANCES,
    USERS,
    GROUPS,
    ROLE_LIST,
    TENANT_LIST,
)
EXAMPLES: dict[Kind, list[Any]] = {
    Kind.KEY: ["1", {"$eq": "1"}, {"$neq": "1"}, {"$in": ["1", "2"]}, {"$notIn": ["1"]}, {"$exists": True}],
    Kind.TEXT: [
        "x",
        {"$eq": "x"},
        {"$neq": "x"},
        {"$in": ["x"]},
        {"$notIn": ["x"]},
        {"$exists": False},
        {"$like": "*"},
    ],
    Kind.WHOLE: [1, {"$eq": 1}, {"$neq": 1}, {"$gt": 1, "$lt": 9}, {"$gte": 1, "$lte": 9}, {"$in": [1, 2]}],
    Kind.MOMENT: ["2026-01-01T00:00:00Z", {"$gt": "2026-01-01T00:00:00+08:00"}, {"$exists": True}],
    Kind.FLAG: [True, False],
    Kind.VARIABLES: [[{"name": "x", "value": "1"}], [{"name": "x", "value": {"$neq": "1"}}]],
    Kind.WORDS: [["x", "y"]],
}


@pytest.fixture
def everything(boss: Caller) -> Caller:
    """Return an administrator who has started a case of each kind."""
    boss.start("two-tasks", matter="甲")
    boss.start("calls", matter="乙")
    boss.start("work")
    boss.start("broken")
    boss.start("waits", order="A")
    boss.start("decides", amount=1)
    return boss


def walk(caller: Caller, path: str, sort: list[dict[str, str]], limit: int) -> list[dict[str, Any]]:
    """Return all items, page by page forward."""
    items: list[dict[str, Any]] = []
    page: dict[str, Any] = {"limit": limit}
    for _ in range(100):
        response = caller.post(path, {"sort": sort, "page": page})
        assert response.status_code == 200, response.text
        if not response.json["items"]:
            return items
        items += response.json["items"]
        page = {"limit": limit, "after": response.json["page"]["endCursor"]}
    raise AssertionError("the pages never end")


def test_every_order_is_walked_page_by_page_without_loss_in_both_directions(everything: Caller) -> None:
    for resource in RESOURCES:
        for name, field in resource.fields.items():
            for order in ("ASC", "DESC") if field.sortable else ():
                _check_order(everything, f"/{resource.name}/search", [{"field": camel(name), "order": order}])


def _check_order(caller: Caller, path: str, sort: list[dict[str, str]]) -> None:
    unordered = caller.post(path).json
    whole = caller.post(path, {"sort": sort}).json["items"]
    assert sorted(map(repr, whole)) == sorted(map(repr, unordered["items"]))
    assert len(whole) == unordered["page"]["totalItems"]
    assert walk(caller, path, sort, 2) == whole, (path, sort)
    if len(whole) > 2:
        rest = caller.post(path, {"sort": sort, "page": {"from": 2}}).json
        before = {"before": rest["page"]["startCursor"], "limit": 2}
        assert caller.post(path, {"sort": sort, "page": before}).json["items"] == whole[:2], (path, sort)


def test_every_field_takes_every_operator_of_its_kind(everything: Caller) -> None:
    for resource in RESOURCES:
        for name, field in resource.fields.items():
            for example in _examples(field):
                response = everything.post(f"/{resource.name}/search", {"filter": {camel(name): example}})
                assert response.status_code == 200, (resource.name, name, example, response.text)


def _examples(field: Field) -> list[Any]:
    if field.kind is not Kind.CHOICE:
        return EXAMPLES[field.kind]
    first = field.choices[0]
    return [first, {"$neq": first}, {"$in": [first], "$notIn": []}, {"$like": "A*"}, {"$exists": True}]


def test_operators_find_what_they_mean(everything: Caller) -> None:
    def names(**filters: Any) -> list[str]:
        return sorted(item["processDefinitionId"] for item in everything.find("/process-instances", **filters))

    assert names(processDefinitionId="work") == ["work"]
    assert names(processDefinitionId={"$neq": "two-tasks"}) == ["broken", "calls", "decides", "waits", "work"]
    assert names(processDefinitionId={"$in": ["work", "waits"]}) == ["waits", "work"]
    assert names(processDefinitionId={"$in": []}) == []
    assert names(processDefinitionId={"$notIn": ["two-tasks", "calls", "broken"]}) == ["decides", "waits", "work"]
    assert names(processDefinitionId={"$like": "w*"}) == ["waits", "work"]
    assert names(processDefinitionId={"$like": "W*"}) == []
    assert names(processDefinitionId={"$like": "wor?"}) == ["work"]
    assert names(processDefinitionId={"$like": "two\\*"}) == []
    assert names(state="COMPLETED") == ["decides"]
    assert names(state={"$neq": "ACTIVE"}) == ["decides"]
    assert names(endDate={"$exists": True}) == ["decides"]
    assert names(parentProcessInstanceKey={"$exists": True}) == ["two-tasks"]
    assert names(hasIncident=True) == ["broken"]
    assert names(processDefinitionVersion={"$gte": 2}) == []
    assert names(startDate={"$lte": "2026-11-23T09:00:00+08:00"}, state="COMPLETED") == ["decides"]
    assert names(variables=[{"name": "matter", "value": '"甲"'}]) == ["two-tasks"]
    assert names(variables=[{"name": "amount", "value": "1"}]) == ["decides"]
    assert names(elementId="wait") == ["waits"]
    assert names(errorMessage={"$exists": True}) == ["broken"]


def test_signs_that_mean_something_to_a_database_mean_themselves(boss: Caller) -> None:
    signs = ["a%b", "a_b", "a[b]c", "a\\b", "a*b", "a?b"]
    for id_ in (*signs, "axbxc"):
        boss.post("/process-instances", {"processDefinitionId": "work", "businessId": id_})
    for sign in signs:
        asked = sign.replace("\\", "\\\\").replace("*", "\\*").replace("?", "\\?")
        found = boss.find("/process-instances", businessId={"$like": f"{asked}*"})
        assert [item["businessId"] for item in found] == [sign]


def test_tags_and_business_ids_are_kept_and_found(boss: Caller) -> None:
    body = {"processDefinitionId": "two-tasks", "tags": ["urgent", "a:b"], "businessId": "公文-1"}
    key = boss.post("/process-instances", body).json["processInstanceKey"]
    boss.start("two-tasks")

    assert boss.only("/process-instances", tags=["a:b"])["processInstanceKey"] == key
    assert boss.find("/process-instances", tags=["a:b", "other"]) == []
    assert boss.only("/user-tasks", businessId="公文-1")["tags"] == ["urgent", "a:b"]


def test_candidates_are_found_among_others(boss: Caller) -> None:
    key = boss.only("/user-tasks", processInstanceKey=boss.start("two-tasks"))["userTaskKey"]
    groups = {"candidateGroups": ["文书", 'a"b'], "candidateUsers": ["clerk"]}
    assert boss.call("PATCH", f"/user-tasks/{key}", {"changeset": groups}).status_code == 204

    assert boss.only("/user-tasks", candidateGroup="文书")["userTaskKey"] == key
    assert boss.only("/user-tasks", candidateGroup='a"b')
    assert boss.find("/user-tasks", candidateGroup="文") == []
    assert boss.find("/user-tasks", candidateGroup={"$neq": "文书"}) == []
    assert boss.only("/user-tasks", candidateUser={"$in": ["x", "clerk"]})


def cursor(order: Any, position: Any) -> str:
    """Return a cursor nobody gave."""
    return base64.b64encode(json.dumps([order, position]).encode()).decode()


WRONG = [
    ({"filter": {"nonsense": 1}}, "filter.nonsense"),
    ({"filter": {"processInstanceKey": 5}}, "filter.processInstanceKey"),
    ({"filter": {"processInstanceKey": "9223372036854775808"}}, "filter.processInstanceKey"),
    ({"filter": {"processInstanceKey": "-1"}}, "filter.processInstanceKey"),
    ({"filter": {"processInstanceKey": {"$gt": "1"}}}, "filter.processInstanceKey"),
    ({"filter": {"processInstanceKey": {}}}, "filter.processInstanceKey"),
    ({"filter": {"processInstanceKey": None}}, "filter.processInstanceKey"),
    ({"filter": {"state": "NEVER"}}, "filter.state"),
    ({"filter": {"startDate": "2026-11-23"}}, "filter.startDate"),
    ({"filter": {"startDate": "0001-01-01T00:00:00+14:00"}}, "filter.startDate"),
    ({"filter": {"hasIncident": "yes"}}, "filter.hasIncident"),
    ({"filter": {"processDefinitionVersion": {"$in": 1}}}, "filter.processDefinitionVersion"),
    ({"filter": {"variables": [{"name": "x"}]}}, "filter.variables"),
    ({"filter": []}, "filter"),
    ({"sort": [{"field": "nonsense"}]}, "sort[0].field"),
    ({"sort": [{"field": "state", "order": "UP"}]}, "sort[0].order"),
    ({"sort": {}}, "sort"),
    ({"page": {"limit": 0}}, "page.limit"),
    ({"page": {"limit": 10_001}}, "page.limit"),
    ({"page": {"from": -1}}, "page.from"),
    ({"page": {"from": 1, "after": "x"}}, "page"),
    ({"page": {"after": "x"}}, "page"),
    ({"page": {"after": cursor([], [])}}, "page"),
    ({"page": {"after": cursor([["process_instance_key", False]], ["1"])}}, "page"),
    ({"page": {"after": cursor([["process_instance_key", False]], [2**63])}}, "page"),
    ({"page": {"after": cursor([["process_instance_key", False]], [None])}}, "page"),
    ({"more": 1}, "more"),
    ([], ""),
    ("x", ""),
]


def test_what_is_wrong_is_refused_by_its_name(boss: Caller) -> None:
    for body, field in WRONG:
        response = boss.post("/process-instances/search", body)
        assert response.status_code == 400, (body, response.text)
        assert list(response.json["fields"]) == [field]
        assert (response.json["type"], response.json["title"]) == ("about:blank", "Bad Request")


def test_a_cursor_of_another_order_is_refused(everything: Caller) -> None:
    first = everything.post("/process-instances/search", {"page": {"limit": 1}}).json["page"]["endCursor"]
    body = {"sort": [{"field": "startDate"}], "page": {"after": first}}
    assert everything.post("/process-instances/search", body).status_code == 400


def test_a_body_that_is_null_or_absent_asks_for_everything(everything: Caller) -> None:
    headers = {"Content-Type": "application/json"}
    for data in (b"null", b"", b"{}"):
        response = everything.call("POST", "/process-instances/search", data=data, headers=headers)
        assert response.json["page"]["totalItems"] == 7
