"""Reads what an operand can be: literals, names, brackets, contexts, functions, conditionals and iterations."""

from __future__ import annotations

from engine.feel.lexer import KEYWORDS, MARK, NAME, NUMBER, STRING
from engine.feel.numbers import number
from engine.feel.parsing.types import TypeParser
from engine.feel.tree import (
    AtLiteral,
    ContextLiteral,
    For,
    FunctionDefinition,
    If,
    Interval,
    Iterator,
    ListLiteral,
    Literal,
    Name,
    Node,
    Quantified,
    UnaryTest,
)
from engine.feel.types import FeelType

_CONSTANTS = {"true": True, "false": False, "null": None}
_COMPARATORS = ("<", "<=", ">", ">=", "=", "!=")


class PrimaryParser(TypeParser):
    """Reads operands; the operators between them are read by ExpressionParser."""

    def expression(self) -> Node:
        """Read an expression (rule 1)."""
        raise NotImplementedError

    def endpoint(self) -> Node:
        """Read the end of an interval, where ``[`` may close it."""
        raise NotImplementedError

    def additive(self, seed: Node | None = None) -> Node:
        """Read an expression of rank addition or higher."""
        raise NotImplementedError

    def primary(self) -> Node:
        """Read an operand."""
        token = self.token
        if token.kind == NUMBER:
            self.index += 1
            return Literal(token.start, number(token.text))
        if token.kind == STRING:
            self.index += 1
            return Literal(token.start, token.text)
        if token.kind == NAME and token.text in KEYWORDS:
            return self._keyword()
        if token.kind in (NAME, MARK):
            if token.kind == MARK and self._longest()[0] is None:
                raise self.error("表达式")
            return Name(token.start, self.name_in_scope())
        return self._symbol()

    def _keyword(self) -> Node:
        token = self.token
        if token.text in _CONSTANTS:
            self.index += 1
            return Literal(token.start, _CONSTANTS[token.text])
        if token.text == "if":
            return self._conditional()
        if token.text == "for":
            return self._for()
        if token.text in ("some", "every"):
            return self._quantified()
        if token.text == "function":
            return self._function_definition()
        raise self.error("表达式")

    def _symbol(self) -> Node:
        token = self.token
        if self.at_symbol("("):
            return self._parenthesis()
        if self.at_symbol("["):
            return self._bracket()
        if self.at_symbol("]"):
            self.index += 1
            return self._interval(token.start, False, self.expression())
        if self.at_symbol("{"):
            return self._context_literal()
        if self.at_symbol("@"):
            return self._at_literal()
        if self.at_symbol(*_COMPARATORS):
            self.index += 1
            with self.nested():
                return UnaryTest(token.start, token.text, self.additive())
        raise self.error("表达式")

    def _at_literal(self) -> Node:
        at = self.token.start
        self.index += 1
        if self.token.kind != STRING:
            raise self.error('@ 之后的字符串，如 @"2024-01-01"')
        self.index += 1
        return AtLiteral(at, self.tokens[self.index - 1].text)

    # -- brackets -------------------------------------------------------------------------------------------------

    def _parenthesis(self) -> Node:
        at = self.token.start
        self.index += 1
        if self.at_symbol(".."):
            return self._interval(at, False, None)
        inner = self.expression()
        if self.at_symbol(".."):
            return self._interval(at, False, inner)
        self.need_symbol(")")
        return inner

    def _interval(self, at: int, start_included: bool, start: Node | None) -> Node:
        """Read from ``..`` on; an end left out must be open (``(..5]``, ``[5..)``)."""
        self.need_symbol("..")
        if start is not None and self.at_symbol(")"):
            self.index += 1
            return Interval(at, start, start_included, None, False)
        end = self.endpoint()
        closing = self.need_symbol("]", ")", "[")
        return Interval(at, start, start_included, end, closing.text == "]")

    def _bracket(self) -> Node:
        at = self.token.start
        self.index += 1
        if self.at_symbol("]") and not self._starts_interval():
            self.index += 1
            return ListLiteral(at, ())
        first = self.expression()
        if self.at_symbol(".."):
            return self._interval(at, True, first)
        items = [first]
        while self.take_symbol(","):
            items.append(self.expression())
        self.need_symbol("]", ",")
        return ListLiteral(at, tuple(items))

    def _starts_interval(self) -> bool:
        """Return whether the ``]`` that is next opens an interval: ``[]1..5], 7]``."""
        after = self.following()
        if after.kind == NAME:
            return after.text not in KEYWORDS
        return after.kind in (NUMBER, STRING) or after.text == "@"

    def _context_literal(self) -> Node:
        at = self.token.start
        self.index += 1
        entries: list[tuple[str, Node]] = []
        with self.scope() as known:
            while not self.at_symbol("}"):
                key = self._key()
                self.need_symbol(":")
                if self.at_keyword("function"):
                    known.add(key)
                entries.append((key, self.expression()))
                known.add(key)
                self.vocabulary.members.add(key)
                if not self.take_symbol(","):
                    break
            self.need_symbol("}", ",")
        return ContextLiteral(at, tuple(entries))

    def _key(self) -> str:
        token = self.token
        if token.kind == STRING:
            self.index += 1
            return token.text
        return self.defined_name("键名", ":")

    # -- constructs that begin with a keyword -----------------------------------------------------------------------

    def _conditional(self) -> Node:
        at = self.token.start
        branches: list[tuple[Node, Node]] = []
        while self.take_keyword("if"):
            condition = self.expression()
            self.need_keyword("then")
            branches.append((condition, self.expression()))
            self.need_keyword("else")
        return If(at, tuple(branches), self.expression())

    def _for(self) -> Node:
        at = self.token.start
        self.index += 1
        with self.scope() as known:
            iterators = self._iterators(known, "return")
            known.add("partial")
            return For(at, iterators, self.expression())

    def _quantified(self) -> Node:
        token = self.token
        self.index += 1
        with self.scope() as known:
            iterators = self._iterators(known, "satisfies")
            return Quantified(token.start, token.text == "every", iterators, self.expression())

    def _iterators(self, known: object, closing: str) -> tuple[Iterator, ...]:
        table = self.scopes[-1][0]
        iterators: list[Iterator] = []
        while True:
            name = self.defined_name("循环变量名", "in")
            self.need_keyword("in")
            domain = self.expression()
            end = self.expression() if self.take_symbol("..") else None
            iterators.append(Iterator(name, domain, end))
            table.add(name)
            if not self.take_symbol(","):
                self.need_keyword(closing)
                return tuple(iterators)

    def _function_definition(self) -> Node:
        at = self.token.start
        self.index += 1
        self.need_symbol("(")
        parameters: list[tuple[str, FeelType | None]] = []
        valid = True
        while not self.at_symbol(")"):
            name = self.defined_name("参数名", ":", ",", ")")
            kind: FeelType | None = None
            if self.take_symbol(":"):
                kind = self.type_expression()
                valid = valid and kind is not None
            parameters.append((name, kind))
            if not self.take_symbol(","):
                break
        self.need_symbol(")", ",")
        external = self.take_keyword("external")
        with self.scope(*(name for name, _ in parameters)):
            return FunctionDefinition(at, tuple(parameters), self.expression(), external, valid)
