"""The description of a package: metadata elements by the names of DA/T 46-2009, as JSON and as XML."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lxml import etree

from engine.archive.retention import CODES, Retention, Rule

Elements = dict[str, Any]

SYSTEM = "办结（机关办事流程平台）"
OPEN = "无"
"""密级: there are no state secrets on this platform."""


def file_number(retention: Retention, rule: Rule, year: int, department: str, number: str) -> str:
    """Return the file number (档号): 全宗号-门类·年度-保管期限-机构-件号 (DA/T 22-2015)."""
    return f"{retention.fonds}-{rule.code}·{year}-{CODES[rule.period]}-{department or 'JU'}-{number}"


def elements_of(case: Mapping[str, Any], retention: Retention, rule: Rule, files: int) -> Elements:
    """Return the elements of a case; ``case`` is the package's description of it.

    Those that only an archive can give (馆编号, 存储位置) are left out.
    """
    year = int(str(case["ended_on"] or case["started_on"])[:4])
    return {
        "聚合层次": "件",
        "档案馆名称": retention.archive,
        "全宗名称": retention.fonds_name,
        "立档单位名称": retention.fonds_name,
        "电子文件号": case["key"],
        "档号": file_number(retention, rule, year, str(case["department_id"] or ""), str(case["key"])),
        "全宗号": retention.fonds,
        "门类": rule.category,
        "年度": str(year),
        "保管期限": rule.period,
        "保管期限依据": rule.source,
        "机构或问题": case["department"] or retention.fonds_name,
        "题名": case["title"],
        "文件编号": case["numbers"] or ([case["number"]] if case["number"] else []),
        "责任者": case["department"] or retention.fonds_name,
        "日期": case["ended_on"] or case["started_on"],
        "文种": case["procedure"],
        "密级": OPEN,
        "文件组合类型": "组合文件",
        "件数": files,
        "语种": "汉语",
        "格式信息": "ZIP；HTML、PDF、XML、JSON 及原始格式",
        "信息系统描述": f"{SYSTEM} {case['engine']}",
        "业务状态": case["state"],
        "业务行为": case["record"],
        "机构人员": case["people"],
        "电子签名": "无；完整性由 SM3 散列链和库外锚定证明",
    }


def to_xml(elements: Elements) -> bytes:
    """Return the elements as an XML file; the same elements give the same bytes."""
    root = etree.Element("电子文件元数据", {"标准": "DA/T 46-2009"})
    for name, value in elements.items():
        _add(root, name, value)
    etree.indent(root, " ")
    return etree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def _add(parent: etree._Element, name: str, value: Any) -> None:
    if isinstance(value, list):
        for each in value:
            _add(parent, name, each)
        return
    node = etree.SubElement(parent, name)
    if isinstance(value, Mapping):
        for inner, each in value.items():
            _add(node, inner, each)
    elif value is not None:
        node.text = _clean(str(value))


def _clean(text: str) -> str:
    """Without the characters that XML can't hold."""
    return "".join(each for each in text if each in "\t\n\r" or (ord(each) >= 32 and ord(each) not in (0xFFFE, 0xFFFF)))
