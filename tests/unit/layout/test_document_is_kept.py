"""Layout changes the picture and nothing else."""

from __future__ import annotations

import pytest
from lxml import etree

from engine.layout import UnreadableDiagram, layout
from engine.layout.document import BPMNDI
from tests.unit.layout.diagrams import DIAGRAMS, lanes, repair_loop


def without_picture(xml: bytes) -> bytes:
    root = etree.fromstring(xml, etree.XMLParser(strip_cdata=False))
    for diagram in root.findall(f"{{{BPMNDI}}}BPMNDiagram"):
        root.remove(diagram)
    for text in root.iter():
        text.tail = (text.tail or "").strip()
    return etree.tostring(root, method="c14n2")


@pytest.mark.parametrize("name", DIAGRAMS)
def test_should_keep_everything_but_the_picture(name: str) -> None:
    xml = DIAGRAMS[name]()
    assert without_picture(layout(xml)) == without_picture(xml)


@pytest.mark.parametrize("name", DIAGRAMS)
def test_should_give_the_same_bytes_again(name: str) -> None:
    # given its own output
    first = layout(DIAGRAMS[name]())
    # then nothing changes, and a second run agrees
    assert layout(first) == first
    assert layout(DIAGRAMS[name]()) == first


def test_should_keep_bytes_before_the_picture() -> None:
    # given what a parser might normalise: comment, CDATA, extension, processing instruction, attributes in odd order
    odd = (
        b'<?xml version="1.0" encoding="utf-8"?>\n<!-- head -->\n<?tool keep?>\n'
        b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"'
        b' targetNamespace="x" id="D">\n  <process name="p" id="p">\n    <!-- inside -->\n'
        b'    <startEvent id="a"><documentation><![CDATA[1 < 2]]></documentation></startEvent>\n'
        b'    <userTask id="b">\n      <extensionElements><zeebe:properties/></extensionElements>\n    </userTask>\n'
        b'    <sequenceFlow id="f" targetRef="b" sourceRef="a"/>\n  </process>\n'
    )
    # when
    result = layout(odd + b"</definitions>\n")
    # then
    assert result.startswith(odd)
    assert result.endswith(b"</definitions>\n")


def test_should_keep_line_ends_of_windows() -> None:
    xml = repair_loop().replace(b"\n", b"\r\n")
    result = layout(xml)
    assert result.count(b"\n") == result.count(b"\r\n")


def test_should_keep_colours_of_an_earlier_picture() -> None:
    # given a picture in which an analyst has coloured a task
    coloured = layout(lanes()).replace(
        b'<bpmndi:BPMNShape id="c_di"',
        b'<bpmndi:BPMNShape xmlns:bioc="http://bpmn.io/schema/bpmn/biocolor/1.0" bioc:fill="#cce5ff" id="c_di"',
    )
    # then
    assert b'fill="#cce5ff"' in layout(coloured)


@pytest.mark.parametrize(
    "xml",
    [
        b"not xml",
        b"<definitions/>",
        b'<!DOCTYPE d [<!ENTITY e "x">]><definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>',
    ],
    ids=["not xml", "not BPMN", "DOCTYPE"],
)
def test_should_refuse_what_is_no_bpmn(xml: bytes) -> None:
    with pytest.raises(UnreadableDiagram) as refusal:
        layout(xml)
    assert refusal.value.code == "layout.unreadable"


def test_should_draw_one_diagram_for_each_process_without_collaboration() -> None:
    # given two processes in one file and no collaboration
    xml = repair_loop()
    second = xml[xml.index(b"<bpmn:process") : xml.index(b"</bpmn:definitions>")]
    for name in (b"process", b"a", b"b", b"g", b"r", b"c", b"e"):
        for attribute in (b"id", b"sourceRef", b"targetRef"):
            for quote in (b"'", b'"'):
                second = second.replace(
                    attribute + b"=" + quote + name + quote, attribute + b"=" + quote + name + b"2" + quote
                )
    second = second.replace(b'id="f_', b'id="second_f_')
    both = xml.replace(b"</bpmn:definitions>", second + b"</bpmn:definitions>")
    # then
    assert layout(both).count(b"<bpmndi:BPMNDiagram ") == 2


def test_should_accept_definitions_without_anything_to_draw() -> None:
    xml = b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>'
    assert layout(xml) == xml
