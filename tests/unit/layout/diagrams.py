"""Named diagrams that between them show everything the layout must cope with."""

from __future__ import annotations

from tests.unit.layout.samples import document, flow, node, process


def repair_loop() -> bytes:
    """One process without pool: a check, a repair task that leads back, two ways to end."""
    return document(
        process(
            ["start a 收到申请", "do b 受理申请", "xor g 材料齐全？", "do r 告知补正", "do c 审查", "end e 已答复"],
            ["a b", "b g", "g c 齐全", "g r 不齐全", "r b", "c e"],
        )
    )


def lanes() -> bytes:
    """One pool, three lanes, a time limit, parallel work in the lowest lane."""
    return document(
        process(
            [
                "start a 收到申请",
                "do b 登记",
                "timer t on b 期满未登记",
                "end x 视为放弃",
                "do c 核稿",
                "xor g 同意签发？",
                "end n 不予签发",
                "and f ",
                "do p 用印",
                "do q 公开",
                "and j ",
                "end e 已办结",
            ],
            ["a b", "b c", "t x", "c g", "g n 不同意", "g f 同意", "f p", "f q", "p j", "q j", "j e"],
            {"经办人": ["a", "b", "x"], "科室负责人": ["c", "g", "n"], "办公室": ["f", "p", "q", "j", "e"]},
        ),
        participants={"市局": "process"},
    )


def nested_lanes() -> bytes:
    """Lanes inside lanes: a department with two roles, and another department."""
    lane_set = (
        "<bpmn:laneSet id='ls'><bpmn:lane id='dept' name='综合科'><bpmn:childLaneSet id='cls'>"
        "<bpmn:lane id='role1' name='经办人'><bpmn:flowNodeRef>a</bpmn:flowNodeRef>"
        "<bpmn:flowNodeRef>b</bpmn:flowNodeRef></bpmn:lane>"
        "<bpmn:lane id='role2' name='科长'><bpmn:flowNodeRef>c</bpmn:flowNodeRef></bpmn:lane>"
        "</bpmn:childLaneSet></bpmn:lane>"
        "<bpmn:lane id='other' name='办公室'><bpmn:flowNodeRef>d</bpmn:flowNodeRef>"
        "<bpmn:flowNodeRef>e</bpmn:flowNodeRef></bpmn:lane>"
        "</bpmn:laneSet>"
    )
    return document(
        process(
            ["start a 收到", "do b 拟稿", "do c 核稿", "do d 编号", "end e 已印发"],
            ["a b", "b c", "c d", "d e"],
            extra=lane_set,
        ),
        participants={"市局": "process"},
    )


def subprocess() -> bytes:
    """An expanded subprocess with two boundary events, an event subprocess, a note and data."""
    inside = "".join(
        map(
            node,
            [
                "start s1 开始评审",
                "do s2 抽取专家",
                "and s3 ",
                "do s4 评分",
                "do s5 踏勘",
                "and s6 ",
                "end s7 评审结束",
            ],
        )
    ) + "".join(map(flow, ["s1 s2", "s2 s3", "s3 s4", "s3 s5", "s4 s6", "s5 s6", "s6 s7"]))
    withdrawn = "".join(map(node, ["start v1 收到撤回申请", "service v2 登记撤回", "end v3 已撤回"])) + "".join(
        map(flow, ["v1 v2", "v2 v3"])
    )
    extra = (
        f"<bpmn:subProcess id='sub' name='专家评审'>{inside}</bpmn:subProcess>"
        f"<bpmn:subProcess id='event' name='申请人撤回' triggeredByEvent='true'>{withdrawn}</bpmn:subProcess>"
        "<bpmn:textAnnotation id='note'><bpmn:text>评审只抽取一次，结果当场密封</bpmn:text></bpmn:textAnnotation>"
        "<bpmn:association id='as1' sourceRef='b' targetRef='note'/>"
        "<bpmn:dataObject id='object'/><bpmn:dataObjectReference id='paper' name='评审意见' dataObjectRef='object'/>"
        "<bpmn:dataStoreReference id='register' name='登记簿'/>"
        "<bpmn:userTask id='d' name='汇总意见'>"
        "<bpmn:dataInputAssociation id='in1'><bpmn:sourceRef>paper</bpmn:sourceRef></bpmn:dataInputAssociation>"
        "<bpmn:dataOutputAssociation id='out1'><bpmn:targetRef>register</bpmn:targetRef></bpmn:dataOutputAssociation>"
        "</bpmn:userTask>"
    )
    return document(
        process(
            [
                "start a 收到",
                "do b 受理",
                "timer t1 on sub 评审期满",
                "timer t2 on sub 逾期一半",
                "do h 催告",
                "end e 已办结",
            ],
            ["a b", "b sub", "sub d", "d e", "t1 h", "h d", "t2 d"],
            extra=extra,
        )
    )


def conversation() -> bytes:
    """Two pools with content, one with lanes, and two collapsed ones; messages among all of them."""
    bureau = process(
        [
            "start a 收到申请",
            "do b 受理申请",
            "xor g 是否齐全？",
            "do c 审查",
            "service d 发送决定",
            "end e 已答复",
            "do k 通知补正",
            "wait w 收到补正",
        ],
        ["a b", "b g", "g c 齐全", "g k 不齐全", "k w", "w c", "c d", "d e"],
        {"窗口": ["a", "b", "g", "k", "w"], "审查科": ["c"], "办公室": ["d", "e"]},
        process_id="bureau",
    )
    applicant = process(
        ["start x 需要许可", "do y 填写申请", "do z 补正材料", "wait r 收到决定", "end q 已知悉"],
        ["x y", "y z", "z r", "r q"],
        process_id="applicant",
    )
    return document(
        bureau,
        applicant,
        participants={"申请人": "applicant", "市局": "bureau", "派驻纪检组": "", "公示网站": ""},
        messages=[
            "y a 申请",
            "k z 补正通知",
            "z w 补正材料",
            "d r 决定书",
            "c pool2 征求意见",
            "pool2 c 回复",
            "d pool3 公开",
        ],
    )


def message_from_inside() -> bytes:
    """A task inside a subprocess exchanges messages with a collapsed pool; a note is attached to a flow."""
    inside = "".join(map(node, ["start s1 开始", "do s2 抽取专家", "end s3 结束"])) + "".join(
        map(flow, ["s1 s2", "s2 s3"])
    )
    extra = (
        f"<bpmn:subProcess id='sub' name='专家评审'>{inside}</bpmn:subProcess>"
        "<bpmn:textAnnotation id='note'><bpmn:text>见差异报告</bpmn:text></bpmn:textAnnotation>"
        "<bpmn:association id='as1' sourceRef='f_b_sub' targetRef='note'/>"
    )
    return document(
        process(["start a 收到", "do b 拟稿", "end e 已办结"], ["a b", "b sub", "sub e"], extra=extra),
        participants={"市局": "process", "专家": ""},
        messages=["s2 pool1 抽取通知", "pool1 s2 应答"],
    )


def many_branches() -> bytes:
    """Six branches of one decision, the first the longest."""
    kinds = range(6)
    return document(
        process(
            [
                "start a 收到",
                "xor g 属于哪一类？",
                *(f"do t{i} 办理第{i}类" for i in kinds),
                "do u 复核",
                "xor j ",
                "end e 办结",
            ],
            ["a g", *(f"g t{i} 第{i}类事项" for i in kinds), "t0 u", "u j", *(f"t{i} j" for i in kinds if i), "j e"],
        )
    )


def long_chain() -> bytes:
    """Sixty nodes over five lanes with ten decisions that skip or lead back."""
    steps = range(1, 60)
    nodes = [f"xor n{i} 是否同意？" if i % 6 == 3 else f"do n{i} 办理事项第{i}步" for i in steps]
    flows = [f"n{i} n{i + 1}" + (" 同意" if i % 6 == 3 else "") for i in range(60)]
    for i in range(3, 60, 6):
        flows.append(f"n{i} n{min(60, i + 4)} 不需要" if i % 12 == 3 else f"n{i} n{i - 2} 退回修改")
    roles = {f"角色{role}": [f"n{i}" for i in range(61) if i // 5 % 5 == role] for role in range(5)}
    return document(
        process(["start n0 收到", *nodes, "end n60 办结"], flows, roles),
        participants={"市局": "process"},
    )


DIAGRAMS = {
    "repair loop": repair_loop,
    "lanes": lanes,
    "nested lanes": nested_lanes,
    "subprocess": subprocess,
    "conversation": conversation,
    "message from inside": message_from_inside,
    "many branches": many_branches,
    "long chain": long_chain,
}
