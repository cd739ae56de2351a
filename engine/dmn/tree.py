"""The syntax tree of a DMN file: frozen data, one class an element of the metamodel (DMN 1.5 clauses 6, 7, 8 and 10.5).

Nothing here evaluates anything. ``line`` is the line in the file (from 1); ``id`` is the XML id, if there is one.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias


class HitPolicy(Enum):
    """Clause 8.2.10."""

    UNIQUE = "UNIQUE"
    FIRST = "FIRST"
    PRIORITY = "PRIORITY"
    ANY = "ANY"
    COLLECT = "COLLECT"
    RULE_ORDER = "RULE ORDER"
    OUTPUT_ORDER = "OUTPUT ORDER"


class Aggregation(Enum):
    """The operators of the COLLECT hit policy."""

    SUM = "SUM"
    COUNT = "COUNT"
    MIN = "MIN"
    MAX = "MAX"


class FunctionKind(Enum):
    """Clause 10.5.3."""

    FEEL = "FEEL"
    JAVA = "Java"
    PMML = "PMML"


@dataclass(frozen=True, slots=True)
class InformationItem:
    """A variable, parameter or column: a name and the name of its type."""

    name: str
    type_ref: str | None
    line: int


@dataclass(frozen=True, slots=True)
class UnaryText:
    """The text of unary tests, as written."""

    text: str
    line: int
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Literal:
    text: str
    line: int
    id: str | None = None
    type_ref: str | None = None


@dataclass(frozen=True, slots=True)
class ContextEntry:
    variable: InformationItem | None
    value: Expression
    line: int


@dataclass(frozen=True, slots=True)
class Context:
    entries: tuple[ContextEntry, ...]
    line: int
    id: str | None = None
    type_ref: str | None = None


@dataclass(frozen=True, slots=True)
class ListExpression:
    items: tuple[Expression, ...]
    line: int
    id: str | None = None
    type_ref: str | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    columns: tuple[InformationItem, ...]
    rows: tuple[tuple[Expression, ...], ...]
    line: int
    id: str | None = None
    type_ref: str | None = None


@dataclass(frozen=True, slots=True)
class FunctionDefinition:
    kind: FunctionKind
    parameters: tuple[InformationItem, ...]
    body: Expression | None
    line: int
    id: str | None = None
    type_ref: str | None = None


@dataclass(frozen=True, slots=True)
class Binding:
    parameter: InformationItem
    value: Expression | None


@dataclass(frozen=True, slots=True)
class Invocation:
    function: Expression
    bindings: tuple[Binding, ...]
    line: int
    id: str | None = None
    type_ref: str | None = None


@dataclass(frozen=True, slots=True)
class Conditional:
    condition: Expression
    then: Expression
    otherwise: Expression
    line: int
    id: str | None = None
    type_ref: str | None = None


@dataclass(frozen=True, slots=True)
class Filter:
    collection: Expression
    match: Expression
    line: int
    id: str | None = None
    type_ref: str | None = None


@dataclass(frozen=True, slots=True)
class Iterator:
    """``for``, ``some`` and ``every``; ``collection_type`` is the type written on ``in``."""

    kind: str
    variable: str
    collection: Expression
    body: Expression
    line: int
    id: str | None = None
    type_ref: str | None = None
    collection_type: str | None = None


@dataclass(frozen=True, slots=True)
class InputClause:
    expression: Literal
    values: UnaryText | None
    label: str | None
    line: int
    id: str | None = None


@dataclass(frozen=True, slots=True)
class OutputClause:
    name: str | None
    type_ref: str | None
    values: UnaryText | None
    default: Literal | None
    line: int
    label: str | None = None
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; ``number`` counts from 1 as the table shows it."""

    number: int
    inputs: tuple[UnaryText, ...]
    outputs: tuple[Literal, ...]
    annotations: tuple[str, ...]
    line: int
    id: str | None = None


@dataclass(frozen=True, slots=True)
class DecisionTable:
    hit_policy: HitPolicy
    aggregation: Aggregation | None
    inputs: tuple[InputClause, ...]
    outputs: tuple[OutputClause, ...]
    annotations: tuple[str, ...]
    rules: tuple[Rule, ...]
    line: int
    id: str | None = None
    type_ref: str | None = None
    label: str | None = None


Expression: TypeAlias = (
    Literal
    | Context
    | ListExpression
    | Relation
    | FunctionDefinition
    | Invocation
    | Conditional
    | Filter
    | Iterator
    | DecisionTable
)


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference to a DRG element: ``#id`` or ``namespace#id``."""

    href: str
    line: int


@dataclass(frozen=True, slots=True)
class Import:
    name: str
    namespace: str
    location: str | None
    import_type: str
    line: int


@dataclass(frozen=True, slots=True)
class FunctionItem:
    parameters: tuple[InformationItem, ...]
    output_type: str | None


@dataclass(frozen=True, slots=True)
class ItemDefinition:
    name: str
    type_ref: str | None
    allowed_values: UnaryText | None
    type_constraint: UnaryText | None
    components: tuple[ItemDefinition, ...]
    function_item: FunctionItem | None
    is_collection: bool
    line: int
    id: str | None = None


@dataclass(frozen=True, slots=True)
class InputData:
    name: str
    variable: InformationItem
    line: int
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    name: str
    variable: InformationItem
    requirements: tuple[Reference, ...]
    knowledge: tuple[Reference, ...]
    expression: Expression | None
    line: int
    id: str | None = None


@dataclass(frozen=True, slots=True)
class BusinessKnowledgeModel:
    name: str
    variable: InformationItem
    knowledge: tuple[Reference, ...]
    logic: FunctionDefinition | None
    line: int
    id: str | None = None


@dataclass(frozen=True, slots=True)
class DecisionService:
    name: str
    variable: InformationItem
    outputs: tuple[Reference, ...]
    encapsulated: tuple[Reference, ...]
    input_decisions: tuple[Reference, ...]
    input_data: tuple[Reference, ...]
    line: int
    id: str | None = None


DrgElement: TypeAlias = InputData | Decision | BusinessKnowledgeModel | DecisionService


@dataclass(frozen=True, slots=True)
class Definitions:
    """One DMN file. ``prefixes`` maps XML prefixes to namespaces: DMN 1.1 writes types as ``prefix:name``."""

    name: str
    namespace: str
    version: str
    imports: tuple[Import, ...]
    items: tuple[ItemDefinition, ...]
    elements: tuple[DrgElement, ...]
    prefixes: dict[str, str]
    file: str | None
    line: int
    id: str | None = None
