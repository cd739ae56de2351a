"""Whatever is done to a file, reading it answers with findings and never raises."""

from __future__ import annotations

import random

import pytest
from lxml import etree

from engine.definitions.conventions import check_conventions
from engine.definitions.convert import convert
from engine.definitions.reader import read
from tests.unit.definitions.test_legal import LEGAL
from tests.unit.definitions.test_rules import BROKEN

FILES = [xml for xml, _ in BROKEN.values()] + list(LEGAL.values())
VALUES = ["", "x", "start", "end", "=", "=(", "${a}", "-1", "9" * 30, "true", "²", "a:b"]


def damage(root: etree._Element, dice: random.Random) -> None:
    """Do one random harm to a tree: drop, rename, move an element, drop or change an attribute, change a text."""
    elements = list(root.iter("*"))
    element, other = dice.choice(elements), dice.choice(elements)
    parent = element.getparent()
    match dice.randrange(6):
        case 0 if parent is not None:
            parent.remove(element)
        case 1 if element.attrib:
            del element.attrib[dice.choice(list(element.attrib))]
        case 2 if element.attrib:
            element.set(dice.choice(list(element.attrib)), dice.choice(VALUES))
        case 3:
            element.text = dice.choice(VALUES)
        case 4:
            element.tag = other.tag
        case 5 if parent is not None and other not in list(element.iter("*")):
            other.append(element)
        case _:
            pass


@pytest.mark.parametrize("seed", range(20))
def test_damaged_files_are_answered_with_findings(seed: int) -> None:
    dice = random.Random(seed)
    for _ in range(25):
        root = etree.fromstring(dice.choice(FILES))
        for _ in range(dice.randint(1, 4)):
            damage(root, dice)
        xml = etree.tostring(root)
        found = read(xml, "damaged.bpmn")
        assert (found.model is None) == any(problem.kind == "invalid" for problem in found.problems)
        if found.model is not None:
            check_conventions(found.model, xml)
        convert(xml, "damaged.bpmn")
