"""Which type a name stands for in one file: its own item definitions, imported ones, and the types of FEEL."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from engine.feel import FeelError, FeelSyntaxError, UnaryTests, compile_unary_tests
from engine.feel import types as feel
from engine.feel.values import Range

from . import tree
from .compiling import Evaluator
from .run import Run, Site, Value, Variables
from .types import BuiltinType, DmnType, ItemType

_ALIASES: Mapping[str, feel.FeelType] = {
    # Names that Camunda Modeler has offered beside the ones of the specification.
    "integer": feel.NUMBER,
    "long": feel.NUMBER,
    "double": feel.NUMBER,
}


class TypeScope:
    """Resolves the type names written in one file."""

    def __init__(
        self, definitions: tree.Definitions, imports: Mapping[str, TypeScope], merged: Iterable[TypeScope]
    ) -> None:
        self._definitions = definitions
        self._imports = imports
        self._merged = tuple(merged)
        self._known: dict[str, DmnType | None] = {}
        self._own = {item.name: ItemType(item, self, item.name) for item in definitions.items}

    def resolve(self, type_ref: str | None) -> DmnType | None:
        """The type of that name; None if there is none (the value then is not checked)."""
        if type_ref is None:
            return None
        if type_ref not in self._known:
            self._known[type_ref] = self._find(self._unprefixed(type_ref))
        return self._known[type_ref]

    def _unprefixed(self, type_ref: str) -> str:
        """DMN 1.1 writes ``feel:number`` and ``prefix:tType``; later versions ``number`` and ``import.tType``."""
        prefix, colon, name = type_ref.partition(":")
        uri = self._definitions.prefixes.get(prefix) if colon else None
        if uri is None or "<" in prefix:
            return type_ref
        for item in self._definitions.imports:
            if item.namespace == uri and item.name:
                return f"{item.name}.{name}"
        return name

    def _find(self, name: str) -> DmnType | None:
        own = self._own.get(name)
        if own is not None:
            return own
        builtin = feel.SIMPLE_TYPES.get(name) or _ALIASES.get(name)
        if builtin is not None:
            return BuiltinType(name, builtin)
        for prefix in sorted(self._imports, key=len, reverse=True):
            if name.startswith(prefix + "."):
                return self._imports[prefix].resolve(name[len(prefix) + 1 :])
        for scope in self._merged:
            found = scope.resolve(name)
            if found is not None:
                return found
        return self._expression(name)

    def _expression(self, name: str) -> DmnType | None:
        try:
            kind = feel.parse_type(name, self._structures())
        except FeelError:
            return None
        return BuiltinType(name, kind) if kind is not None else None

    @cached_property
    def feel_types(self) -> Mapping[str, feel.FeelType]:
        """The structures of all item definitions by the names FEEL expressions in this file may use."""
        return self._structures()

    def prepare(self) -> None:
        """Work out all structures, so that threads that share the model only read them."""
        for kind in self._own.values():
            kind.prepare()
        self.feel_types  # noqa: B018 - computed here for later

    def _structures(self) -> dict[str, feel.FeelType]:
        types: dict[str, feel.FeelType] = {}
        for name, scope in self._imports.items():
            types.update({f"{name}.{inner}": kind for inner, kind in scope._structures().items()})
        for scope in self._merged:
            types.update(scope._structures())
        types.update(self.own_types())
        return types

    def own_types(self) -> list[tuple[str, feel.FeelType]]:
        """The item definitions of this file alone."""
        return [(name, kind.feel) for name, kind in self._own.items()]

    def own(self) -> Mapping[str, ItemType]:
        """The item definitions of this file by name."""
        return self._own

    def tests(self, text: tree.UnaryText | None, definition: tree.ItemDefinition) -> UnaryTests | None:
        """The allowed values or type constraint of an item definition; unreadable ones are reported by check()."""
        if text is None or not text.text:
            return None
        names = frozenset(component.name for component in definition.components)
        try:
            return compile_unary_tests(text.text, names=names)
        except FeelSyntaxError:
            return None

    def coerced(self, evaluator: Evaluator, type_ref: str | None, site: Site) -> Evaluator:
        """``evaluator`` followed by the conversion of a binding context; null and a warning where it fails."""
        return self.coerced_to(evaluator, self.resolve(type_ref), site)

    def coerced_to(self, evaluator: Evaluator, kind: DmnType | None, site: Site) -> Evaluator:
        """As ``coerced``, for a type already resolved."""
        if kind is None or (isinstance(kind, BuiltinType) and kind.kind == feel.ANY):
            return evaluator

        def evaluate(variables: Variables, run: Run) -> Value:
            value = evaluator(variables, run)
            if value is None:
                return None
            result, fits = kind.coerce(value)
            if not fits:
                warn_type(run, site, value, kind)
            return result

        return evaluate

    def coerced_items(self, evaluator: Evaluator, type_ref: str | None, site: Site) -> Evaluator:
        """As ``coerced``, for what an iterator goes through: the type written there may be the list's or its items'.

        Modelers store the type of the iterator's variable there (clause 10.5, TypedChildExpression).
        """
        kind = self.resolve(type_ref)
        if kind is None:
            return evaluator
        whole = self.coerced_to(lambda variables, run: variables[""], kind, site)

        def evaluate(variables: Variables, run: Run) -> Value:
            value = evaluator(variables, run)
            if isinstance(value, Range):
                return value
            if isinstance(value, list) and not kind.fits(value, {}, complete=True):
                items = [kind.coerce(item) for item in value]
                if all(fits for _, fits in items):
                    return [item for item, _ in items]
            return whole({"": value}, run)

        return evaluate


def warn_type(run: Run, site: Site, value: Value, kind: DmnType, what: str = "值") -> None:
    """Say that a value does not fit its declared type and became null."""
    run.warn(site, "dmn.type", f"{what}的类型是 {_describe(value)}，应为 {kind.name} 允许的值，按 null 处理。")


def _describe(value: Value) -> str:
    text = str(feel.type_of(value))
    return text if len(text) <= 80 else text[:77] + "…"
