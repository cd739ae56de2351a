"""The drawing conventions: a file that keeps them has no findings, and each departure is named."""

# ruff: noqa: E501 (XML reads better unbroken)
from __future__ import annotations

import re

import pytest

from engine.definitions.conventions import check_conventions
from engine.definitions.problems import Kind
from engine.definitions.reader import read
from tests.unit.definitions.files import HEAD, ZEEBE, flow

SEED = "<bpmn:documentation>〔原文〕L435“经办人提出申请” 〔依据〕 〔说明〕 〔异常〕</bpmn:documentation>"
FORM = (
    '<zeebe:assignmentDefinition candidateGroups="经办人"/><zeebe:formDefinition formId="f"/><zeebe:properties>'
    '<zeebe:property name="origin" value="种子"/></zeebe:properties>'
)
NODES = f"""
<bpmn:startEvent id="e_shoudao" name="收到申请"/>
<bpmn:userTask id="s01_tichu" name="提出申请">{SEED}{ZEEBE.format(FORM)}</bpmn:userTask>
<bpmn:exclusiveGateway id="g_qiquan" name="材料齐全？" default="f_qiquan"/>
<bpmn:userTask id="s02_hegao" name="核稿">{SEED}{ZEEBE.format(FORM)}</bpmn:userTask>
<bpmn:exclusiveGateway id="g_hui"/>
<bpmn:endEvent id="e_dafu" name="已答复"/>
"""
CONDITION = '<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">=not(齐全)</bpmn:conditionExpression>'


def edge(identifier: str, source: str, target: str, inner: str = "", name: str = "") -> str:
    text = flow(source, target, inner).replace(f'id="{source}_{target}"', f'id="{identifier}"')
    return text.replace("sourceRef", f'name="{name}" sourceRef') if name else text


FLOWS = (
    edge("f_1", "e_shoudao", "s01_tichu")
    + edge("f_2", "s01_tichu", "g_qiquan")
    + edge("f_qiquan", "g_qiquan", "s02_hegao", name="齐全")
    + edge("f_4", "g_qiquan", "g_hui", CONDITION, name="不齐全")
    + edge("f_5", "s02_hegao", "g_hui")
    + edge("f_6", "g_hui", "e_dafu")
)
LANES = '<bpmn:laneSet id="ls"><bpmn:lane id="la" name="经办人">{}</bpmn:lane></bpmn:laneSet>'
ALL = re.findall(r'<bpmn:\w+ id="([egs]\w+)"', NODES)


def file_of(nodes: str = NODES, flows: str = FLOWS, more: str = "", edges: str = "") -> bytes:
    ids = re.findall(r'<bpmn:\w+ id="(\w+)"', nodes)
    references = "".join(f"<bpmn:flowNodeRef>{each}</bpmn:flowNodeRef>" for each in ids)
    shapes = "".join(
        f'<bpmndi:BPMNShape id="{each}_di" bpmnElement="{each}"><dc:Bounds x="0" y="0" width="1" height="1"/></bpmndi:BPMNShape>'
        for each in ids
    )
    return (
        f'{HEAD}<bpmn:process id="bgs-shili" name="示例" isExecutable="true">{LANES.format(references)}{nodes}{flows}{more}'
        f'</bpmn:process><bpmndi:BPMNDiagram id="dia"><bpmndi:BPMNPlane id="pl" bpmnElement="bgs-shili">{shapes}{edges}'
        "</bpmndi:BPMNPlane></bpmndi:BPMNDiagram></bpmn:definitions>"
    ).encode()


def departures(xml: bytes, file: str = "bpmn/bgs/bgs-shili.bpmn") -> set[str]:
    found = read(xml, file)
    assert found.model is not None, [str(problem) for problem in found.problems]
    problems = check_conventions(found.model, xml)
    assert all(problem.kind is Kind.CONVENTION and problem.severity == "warning" for problem in problems)
    assert all(problem.place.line is not None for problem in problems)
    return {problem.code.removeprefix("convention.") for problem in problems}


def test_a_file_that_keeps_the_conventions_has_no_findings() -> None:
    assert departures(file_of()) == set()


def test_the_process_id_is_the_files_name() -> None:
    assert departures(file_of(), "bpmn/bgs/other.bpmn") == {"process-id"}


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("s02_hegao", "Activity_1x", "element-id"),
        ("f_6", "Flow_6", "flow-id"),
        ('name="核稿"', 'name="对送来的全部材料逐一进行核稿"', "task-name-length"),
        ('name="核稿"', 'name="经办人核稿"', "task-name-role"),
        ('name="核稿"', 'name="上传附件"', "task-trivial"),
        ('name="核稿"', "", "task-name"),
        ('name="材料齐全？"', 'name="材料"', "gateway-question"),
        ('name="材料齐全？"', 'name="全部材料是不是已经都齐全了？"', "gateway-name-length"),
        ('name="齐全"', "", "branch-name"),
        ('<bpmn:exclusiveGateway id="g_hui"/>', '<bpmn:exclusiveGateway id="g_hui" name="汇合"/>', "join-name"),
        ('name="已答复"', "", "event-name"),
        ('candidateGroups="经办人"', 'candidateGroups="科室负责人"', "lane-role"),
        ('<zeebe:assignmentDefinition candidateGroups="经办人"/>', "", "assignment-missing"),
        ('<zeebe:formDefinition formId="f"/>', "", "form-missing"),
        ('value="种子"', 'value="传说"', "origin"),
        ('value="种子"', 'value="平台"', "origin-id"),
        ("〔原文〕L435“经办人提出申请”", "〔原文〕某处", "source-line"),
        (SEED, "", "documentation"),
        ("=not(齐全)", "=金额 &gt; 50000", "threshold"),
        (' default="f_qiquan"', "", "default-missing"),
    ],
)  # fmt: skip
def test_a_departure_is_named(old: str, new: str, code: str) -> None:
    text = file_of().decode()
    assert old in text
    changed = text.replace(old, new)
    if code == "default-missing":
        changed = changed.replace(
            'sourceRef="g_qiquan" targetRef="s02_hegao">', f'sourceRef="g_qiquan" targetRef="s02_hegao">{CONDITION}'
        )
    assert code in departures(changed.encode())


def test_a_manual_task_and_a_transaction_are_not_for_the_bureau() -> None:
    assert "manual-task" in departures(file_of().replace(b"bpmn:userTask", b"bpmn:manualTask"))
    assert "never" in departures(file_of().replace(b"bpmn:userTask", b"bpmn:transaction"))


def test_a_joining_task_and_an_implicit_split_need_gateways() -> None:
    found = departures(file_of(flows=FLOWS + edge("f_7", "s01_tichu", "s02_hegao")))
    assert {"implicit-split", "implicit-join"} <= found


def test_an_empty_lane_and_an_undrawn_node_are_noticed() -> None:
    text = file_of().decode()
    lane = '<bpmn:lane id="lb" name="无人"/></bpmn:laneSet>'
    assert "lane-empty" in departures(text.replace("</bpmn:laneSet>", lane).encode())
    assert "not-drawn" in departures(text.replace('bpmnElement="e_dafu"', 'bpmnElement="g_hui"').encode())


def test_lines_carry_no_colour() -> None:
    coloured = (
        '<bpmndi:BPMNEdge id="ed" bpmnElement="f_1" xmlns:bioc="http://bpmn.io/schema/bpmn/biocolor/1.0" bioc:stroke="red"'
        ' xmlns:di="http://www.omg.org/spec/DD/20100524/DI"><di:waypoint x="0" y="0"/><di:waypoint x="1" y="1"/>'
        "</bpmndi:BPMNEdge>"
    )
    assert "edge-coloured" in departures(file_of(edges=coloured))


def test_more_than_25_nodes_on_one_level_are_too_many() -> None:
    more = "".join(f'<bpmn:userTask id="s{n:02}_x" name="办理"/>' for n in range(3, 26))
    links = edge("f_a", "g_hui", "s03_x") + "".join(
        edge(f"f_x{n}", f"s{n:02}_x", f"s{n + 1:02}_x") for n in range(3, 25)
    )
    flows = FLOWS.replace('sourceRef="g_hui"', 'sourceRef="s25_x"') + links
    assert "nodes-many" in departures(file_of(NODES + more, flows))
