"""Item definitions as types: what values they hold, and how a value is made to fit (DMN 1.5, 7.3.2 and 10.3.2.9)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from engine.feel import UnaryTests
from engine.feel import types as feel_types
from engine.feel.values import Function

from . import tree

if TYPE_CHECKING:
    from .type_scope import TypeScope

Value = Any


class DmnType:
    """A type of FEEL, or an item definition. ``feel`` is its structure, without constraints on values."""

    name: str
    accepts_list: bool

    @cached_property
    def feel(self) -> feel_types.FeelType:
        """The structure as a FEEL type."""
        raise NotImplementedError

    def fits(self, value: Value, siblings: Mapping[str, Value], *, complete: bool) -> bool:
        """Whether ``value`` conforms. ``siblings`` are the other components of the same structure.

        With ``complete`` every component must be present, as conformance of contexts demands (clause 10.3.2.9.2);
        data that comes from outside may leave components out, which then are null.
        """
        raise NotImplementedError

    def coerce(self, value: Value, *, complete: bool = True) -> tuple[Value, bool]:
        """(The value made to fit, True), or (None, False): clause 10.3.2.9.4."""
        if value is None or self.fits(value, {}, complete=complete):
            return value, True
        if isinstance(value, list) and len(value) == 1:
            if not self.accepts_list:
                return self.coerce(value[0], complete=complete)
            if self.fits(value[0], {}, complete=complete):
                return value[0], True
        if self.accepts_list and self.fits([value], {}, complete=complete):
            return [value], True
        if isinstance(value, list):
            return None, False
        converted, done = feel_types.fit(value, self.feel)
        if done and converted is not value and self.fits(converted, {}, complete=complete):
            return converted, True
        return None, False


class BuiltinType(DmnType):
    """A type that FEEL itself knows."""

    def __init__(self, name: str, kind: feel_types.FeelType) -> None:
        self.name = name
        self.kind = kind
        self.accepts_list = isinstance(kind, feel_types.ListType) or kind == feel_types.ANY

    @cached_property
    def feel(self) -> feel_types.FeelType:
        """The type itself."""
        return self.kind

    def fits(self, value: Value, siblings: Mapping[str, Value], *, complete: bool) -> bool:
        """As FEEL says."""
        return feel_types.is_instance(value, self.kind)


class ItemType(DmnType):
    """An item definition; parts are resolved when first used, so definitions may refer to themselves."""

    def __init__(self, definition: tree.ItemDefinition, scope: TypeScope, path: str) -> None:
        self.definition = definition
        self.name = path
        self._scope = scope
        self._open = False

    @property
    def accepts_list(self) -> bool:  # type: ignore[override]
        """Whether lists are values of this type."""
        base = self.base
        return self.definition.is_collection or (base is not None and base.accepts_list)

    @cached_property
    def base(self) -> DmnType | None:
        """The type referred to; None for structures and functions (and for references to nothing)."""
        return self._scope.resolve(self.definition.type_ref) if self.definition.type_ref else None

    @cached_property
    def components(self) -> dict[str, DmnType]:
        """The types of the components by name."""
        return {
            component.name: ItemType(component, self._scope, f"{self.name}.{component.name}")
            for component in self.definition.components
        }

    @cached_property
    def _allowed(self) -> UnaryTests | None:
        return self._scope.tests(self.definition.allowed_values, self.definition)

    @cached_property
    def _constraint(self) -> UnaryTests | None:
        return self._scope.tests(self.definition.type_constraint, self.definition)

    @cached_property
    def feel(self) -> feel_types.FeelType:
        """The structure; where a definition contains itself the inner one counts as Any."""
        if self._open:
            return feel_types.ANY
        self._open = True
        try:
            element = self._element_structure()
        finally:
            self._open = False
        return feel_types.ListType(element) if self.definition.is_collection else element

    def _element_structure(self) -> feel_types.FeelType:
        function = self.definition.function_item
        if function is not None:
            parameters = tuple(self._structure_of(item.type_ref) for item in function.parameters)
            return feel_types.FunctionType(parameters, self._structure_of(function.output_type))
        if self.components:
            return feel_types.ContextType(tuple((name, kind.feel) for name, kind in self.components.items()))
        return self.base.feel if self.base is not None else feel_types.ANY

    @cached_property
    def result(self) -> DmnType | None:
        """What a function of this type returns."""
        function = self.definition.function_item
        return self._scope.resolve(function.output_type) if function is not None else None

    def _structure_of(self, type_ref: str | None) -> feel_types.FeelType:
        kind = self._scope.resolve(type_ref) if type_ref else None
        return kind.feel if kind is not None else feel_types.ANY

    def prepare(self) -> None:
        """Work out everything that is otherwise found when first needed."""
        for part in (self.base, self.feel, self.result, self._allowed, self._constraint, *self.components.values()):
            if isinstance(part, ItemType) and part.definition in self.definition.components:
                part.prepare()

    def fits(self, value: Value, siblings: Mapping[str, Value], *, complete: bool) -> bool:
        """Structure first, then allowed values (each element) and the type constraint (the whole)."""
        if self.definition.is_collection:
            if not isinstance(value, list):
                return False
            if not all(item is None or self._element_fits(item, siblings, complete) for item in value):
                return False
        elif not self._element_fits(value, siblings, complete):
            return False
        return self._constraint is None or self._constraint.evaluate(value, siblings) is True

    def _element_fits(self, value: Value, siblings: Mapping[str, Value], complete: bool) -> bool:
        if self.definition.function_item is not None:
            return isinstance(value, Function) and function_fits(value, self._element_structure())
        if self.components:
            if not isinstance(value, dict) or not self._components_fit(value, complete):
                return False
        elif self.base is not None and not self.base.fits(value, siblings, complete=complete):
            return False
        return self._allowed is None or self._allowed.evaluate(value, siblings) is True

    def _components_fit(self, value: dict[str, Value], complete: bool) -> bool:
        for name, kind in self.components.items():
            part = value.get(name)
            if part is None:
                if complete and name not in value:
                    return False
            elif not kind.fits(part, value, complete=complete):
                return False
        return True


def function_fits(value: Function, wanted: feel_types.FeelType) -> bool:
    """Whether a function may stand for one of the wanted type: parameters contravariant, the result covariant.

    A parameter or result whose type is not declared does not stand in the way; it is only known when called.
    """
    if not isinstance(wanted, feel_types.FunctionType) or wanted.parameters is None:
        return True
    if len(value.parameters) != len(wanted.parameters):
        return False
    own = value.parameter_types or (None,) * len(value.parameters)
    accepts = all(
        kind is None or feel_types.conforms(given, kind) for given, kind in zip(wanted.parameters, own, strict=True)
    )
    result = value.return_type
    return accepts and (result is None or result == feel_types.ANY or feel_types.conforms(result, wanted.result))


def members_of(definitions: Iterator[tree.ItemDefinition]) -> Iterator[str]:
    """The names of all components, at any depth: names that may follow a dot in an expression."""
    for definition in definitions:
        for component in definition.components:
            yield component.name
        yield from members_of(iter(definition.components))
