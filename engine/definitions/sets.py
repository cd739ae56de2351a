"""Which files belong together: those that refer to each other deploy as one set, and others are not held up by them."""

from __future__ import annotations

from collections.abc import Mapping

from engine.definitions.content import Content, references
from engine.definitions.papers import TEMPLATE, partner


def independent_sets(files: Mapping[str, bytes], content: Content) -> list[dict[str, bytes]]:
    """Part files into sets that share no reference, in order of their first file's name.

    A diagram stands with the forms, tables, papers and called diagrams it names, a template with its description; files
    that could not be read stand alone.
    """
    owner: dict[tuple[str, str], str] = {}
    for name, diagram in content.diagrams.items():
        owner.update({("process", process.id): name for process in diagram.processes})
    for name, model in content.decisions.items():
        owner.update({("decision", decision.id or decision.name): name for decision in model.decisions})
    for name, schema in content.forms.items():
        owner[("form", str(schema["id"]))] = name
    leader = {name: name for name in files}
    for name, paper in content.papers.items():
        owner[("paper", paper.id)] = name
    for name in files:
        if name.endswith(TEMPLATE) and partner(name) in files:
            leader[_lead(leader, partner(name))] = _lead(leader, name)
    for name, diagram in content.diagrams.items():
        for process in diagram.processes:
            for reference in references(process):
                other = owner.get((reference.kind, reference.id))
                if other is not None:
                    leader[_lead(leader, other)] = _lead(leader, name)
    sets: dict[str, dict[str, bytes]] = {}
    for name in sorted(files):
        sets.setdefault(_lead(leader, name), {})[name] = files[name]
    return list(sets.values())


def _lead(leader: dict[str, str], name: str) -> str:
    while leader[name] != name:
        leader[name] = leader[leader[name]]
        name = leader[name]
    return name
