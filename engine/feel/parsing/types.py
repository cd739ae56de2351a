"""Reads type expressions (grammar rule 52)."""

from __future__ import annotations

from engine.feel.lexer import END, KEYWORDS, NAME
from engine.feel.parsing.stream import TokenStream
from engine.feel.types import ContextType, FeelType, FunctionType, ListType, RangeType


class TypeParser(TokenStream):
    """Reads types; None stands for a type expression that names no type."""

    def whole_type(self) -> FeelType | None:
        """Read a text that is one type."""
        kind = self.type_expression()
        self.need_end()
        return kind

    def type_expression(self) -> FeelType | None:
        """Read a type."""
        with self.nested():
            if self.token.kind == NAME and self.following().text == "<" and self.token.text in _PARAMETERISED:
                return self._parameterised()
            return self._named()

    def _named(self) -> FeelType | None:
        vocabulary = self.vocabulary
        match = vocabulary.type_names.longest(self.tokens, self.index)
        if match is not None:
            self.index += match[0]
            return vocabulary.types[match[1]]
        if self.token.kind != NAME or (self.token.text in KEYWORDS and self.token.text != "function"):
            raise self.error("类型名")
        self.index += self._words(self.index)
        while self.at_symbol(".") and self.following().kind == NAME:
            self.index += 1
            self.index += self._words(self.index)
        return None

    def _parameterised(self) -> FeelType | None:
        opener = self.token.text
        self.index += 2
        if opener == "context":
            return self._context()
        if opener == "function":
            return self._function()
        element = self.type_expression()
        self.need_symbol(">")
        if element is None:
            return None
        return ListType(element) if opener == "list" else RangeType(element)

    def _context(self) -> FeelType | None:
        fields: list[tuple[str, FeelType]] = []
        valid = True
        while not self.at_symbol(">"):
            name = self.defined_name("字段名", ":")
            self.need_symbol(":")
            kind = self.type_expression()
            if kind is None:
                valid = False
            else:
                fields.append((name, kind))
            if not self.take_symbol(","):
                break
        self.need_symbol(">")
        return ContextType(tuple(fields)) if valid else None

    def _function(self) -> FeelType | None:
        parameters: list[FeelType] = []
        valid = True
        while not self.at_symbol(">"):
            kind = self.type_expression()
            if kind is None:
                valid = False
            else:
                parameters.append(kind)
            if not self.take_symbol(","):
                break
        self.need_symbol(">")
        if self.token.kind == END or not self.take_symbol("->"):
            raise self.error("「->」和返回类型")
        result = self.type_expression()
        return FunctionType(tuple(parameters), result) if valid and result is not None else None


_PARAMETERISED = frozenset(["list", "range", "context", "function"])
