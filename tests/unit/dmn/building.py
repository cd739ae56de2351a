"""Small DMN files for tests, written as XML around the part under test."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from engine.dmn import Model, load

NAMESPACES = {
    "1.1": "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
    "1.2": "http://www.omg.org/spec/DMN/20180521/MODEL/",
    "1.3": "https://www.omg.org/spec/DMN/20191111/MODEL/",
    "1.4": "https://www.omg.org/spec/DMN/20211108/MODEL/",
    "1.5": "https://www.omg.org/spec/DMN/20230324/MODEL/",
}


def definitions(*parts: str, namespace: str = "http://example.org/main", version: str = "1.5", more: str = "") -> bytes:
    """A DMN file with the given elements."""
    body = "\n".join(parts)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<definitions xmlns="{NAMESPACES[version]}" {more}\n'
        f'  name="test" id="test" namespace="{namespace}">\n{body}\n</definitions>'
    ).encode()


def model(*parts: str, **options: str) -> Model:
    """A loaded model with the given elements."""
    return load(definitions(*parts, **options))


def literal(text: str) -> str:
    """A boxed literal expression."""
    return f"<literalExpression><text>{escape(text)}</text></literalExpression>"


def variable(name: str, type_ref: str | None) -> str:
    """The variable of an element."""
    written = f" typeRef={quoteattr(type_ref)}" if type_ref else ""
    return f"<variable name={quoteattr(name)}{written}/>"


def input_data(name: str, type_ref: str | None = None) -> str:
    """An input data element whose id is its name."""
    return f"<inputData name={quoteattr(name)} id={quoteattr(name)}>{variable(name, type_ref)}</inputData>"


def decision(
    name: str,
    expression: str,
    requires: Sequence[str] = (),
    type_ref: str | None = None,
    knowledge: Sequence[str] = (),
) -> str:
    """A decision; ``requires`` are ids of input data and, marked with ``!``, of decisions."""
    information = "".join(
        f"<informationRequirement><requiredDecision href={quoteattr(_href(name[1:]))}/></informationRequirement>"
        if name.startswith("!")
        else f"<informationRequirement><requiredInput href={quoteattr(_href(name))}/></informationRequirement>"
        for name in requires
    )
    known = "".join(
        f"<knowledgeRequirement><requiredKnowledge href={quoteattr(_href(name))}/></knowledgeRequirement>"
        for name in knowledge
    )
    return (
        f"<decision name={quoteattr(name)} id={quoteattr(name)}>{variable(name, type_ref)}"
        f"{information}{known}{expression}</decision>"
    )


def _href(name: str) -> str:
    return name if "#" in name else f"#{name}"


def knowledge_model(
    name: str,
    parameters: Sequence[tuple[str, str | None]],
    body: str,
    knowledge: Sequence[str] = (),
    type_ref: str | None = None,
) -> str:
    """A business knowledge model."""
    known = "".join(
        f"<knowledgeRequirement><requiredKnowledge href={quoteattr(_href(name))}/></knowledgeRequirement>"
        for name in knowledge
    )
    return (
        f"<businessKnowledgeModel name={quoteattr(name)} id={quoteattr(name)}>{variable(name, type_ref)}"
        f"<encapsulatedLogic>{formal(parameters)}{body}</encapsulatedLogic>{known}</businessKnowledgeModel>"
    )


def formal(parameters: Sequence[tuple[str, str | None]]) -> str:
    """Formal parameters with types."""
    return "".join(
        f"<formalParameter name={quoteattr(name)}" + (f" typeRef={quoteattr(kind)}/>" if kind else "/>")
        for name, kind in parameters
    )


def service(name: str, type_ref: str | None = None, **references: Sequence[str]) -> str:
    """A decision service; keywords are outputDecision, encapsulatedDecision, inputDecision and inputData."""
    links = "".join(
        f"<{kind} href={quoteattr(_href(target))}/>" for kind, targets in references.items() for target in targets
    )
    return (
        f"<decisionService name={quoteattr(name)} id={quoteattr(name)}>{variable(name, type_ref)}{links}"
        "</decisionService>"
    )


def context(*entries: tuple[str | None, str], types: dict[str, str] | None = None) -> str:
    """A boxed context; an entry named None is the result."""
    written = "".join(
        f"<contextEntry>{variable(name, (types or {}).get(name)) if name else ''}{value}</contextEntry>"
        for name, value in entries
    )
    return f"<context>{written}</context>"


def table(
    inputs: Sequence[str | tuple[str, str]],
    outputs: Sequence[str | tuple[str, str]],
    rules: Sequence[Sequence[str]],
    hit_policy: str = "UNIQUE",
    aggregation: str | None = None,
    defaults: Sequence[str | None] = (),
    annotations: Sequence[str] = (),
    types: Sequence[str | None] = (),
) -> str:
    """A decision table. Inputs are (expression, values), outputs (name, values); a rule lists all cells."""
    heads = "".join(_input(item, types[place] if place < len(types) else None) for place, item in enumerate(inputs))
    tails = "".join(
        _output(item, defaults[place] if place < len(defaults) else None) for place, item in enumerate(outputs)
    )
    notes = "".join(f"<annotation name={quoteattr(name)}/>" for name in annotations)
    rows = "".join(_rule(cells, len(inputs), len(outputs), number) for number, cells in enumerate(rules, start=1))
    aggregated = f" aggregation={quoteattr(aggregation)}" if aggregation else ""
    return f'<decisionTable id="table" hitPolicy="{hit_policy}"{aggregated}>{heads}{tails}{notes}{rows}</decisionTable>'


def _input(item: str | tuple[str, str], type_ref: str | None) -> str:
    expression, values = (item, "") if isinstance(item, str) else item
    written = f"<inputValues><text>{escape(values)}</text></inputValues>" if values else ""
    kind = f" typeRef={quoteattr(type_ref)}" if type_ref else ""
    return f"<input><inputExpression{kind}><text>{escape(expression)}</text></inputExpression>{written}</input>"


def _output(item: str | tuple[str, str], default: str | None) -> str:
    name, values = (item, "") if isinstance(item, str) else item
    attribute = f" name={quoteattr(name)}" if name else ""
    written = f"<outputValues><text>{escape(values)}</text></outputValues>" if values else ""
    fallback = f"<defaultOutputEntry><text>{escape(default)}</text></defaultOutputEntry>" if default else ""
    return f"<output{attribute}>{written}{fallback}</output>"


def _rule(cells: Sequence[str], inputs: int, outputs: int, number: int) -> str:
    tags = ["inputEntry"] * inputs + ["outputEntry"] * outputs + ["annotationEntry"] * (len(cells) - inputs - outputs)
    written = "".join(f"<{tag}><text>{escape(cell)}</text></{tag}>" for tag, cell in zip(tags, cells, strict=True))
    return f'<rule id="rule{number}">{written}</rule>'


def item(name: str, inner: str = "", type_ref: str | None = None, collection: bool = False) -> str:
    """An item definition; ``inner`` are allowed values, constraints, components or a function item."""
    kind = f"<typeRef>{escape(type_ref)}</typeRef>" if type_ref else ""
    flag = ' isCollection="true"' if collection else ""
    return f"<itemDefinition name={quoteattr(name)}{flag}>{kind}{inner}</itemDefinition>"


def component(name: str, type_ref: str, inner: str = "", collection: bool = False) -> str:
    """A component of an item definition."""
    flag = ' isCollection="true"' if collection else ""
    return f"<itemComponent name={quoteattr(name)}{flag}><typeRef>{escape(type_ref)}</typeRef>{inner}</itemComponent>"


def allowed(text: str, tag: str = "allowedValues") -> str:
    """Allowed values, or a type constraint."""
    return f"<{tag}><text>{escape(text)}</text></{tag}>"
