"""What of the picture can be told without measuring it (rules 28 and 34); the layout itself is measured elsewhere."""

from __future__ import annotations

from lxml import etree

from engine.definitions.conventions.findings import Findings
from engine.definitions.reading.document import line_of
from engine.definitions.safexml import parse

DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
COLOURS = ("http://bpmn.io/schema/bpmn/biocolor/1.0", "http://www.omg.org/spec/BPMN/non-normative/color/1.0")


def check_picture(findings: Findings, xml: bytes) -> None:
    """Every node is drawn; lines carry no colour."""
    root = parse(xml, findings.model.file)
    drawn = {shape.get("bpmnElement") for shape in root.iter(f"{DI}BPMNShape")}
    for process in findings.model.processes:
        for node in process.body.walk():
            if node.id not in drawn:
                findings.at(node, 28, "not-drawn", f"{node.id} 没有画在图上，请排版")
    for edge in root.iter(f"{DI}BPMNEdge"):
        if any(etree.QName(str(name)).namespace in COLOURS for name in edge.attrib):
            message = f"连线 {edge.get('bpmnElement')} 涂了颜色，只涂形状不涂线"
            findings.note(34, "edge-coloured", message, line=line_of(edge), element=edge.get("bpmnElement"))
