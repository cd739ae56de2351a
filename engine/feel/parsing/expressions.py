"""Reads operators by rank, lowest first: or, and, comparison, + -, * /, **, unary -, instance of, postfix.

The ranks follow the order of the alternatives in grammar rules 1, 2 and 4.
"""

from __future__ import annotations

from engine.feel.lexer import END, MARK, NAME, NUMBER, STRING, Token
from engine.feel.limits import MAX_CHAIN, exceeded
from engine.feel.names import NAME_SYMBOLS
from engine.feel.numbers import number
from engine.feel.parsing.primary import PrimaryParser
from engine.feel.tree import (
    Arithmetic,
    Between,
    Comparison,
    Filter,
    In,
    InstanceOf,
    Invocation,
    Literal,
    Logic,
    Negation,
    Node,
    Path,
    Tests,
)

_AFTER_CLOSING = frozenset(
    [")", ",", "]", "}", "=", "!=", ".", "..", "<", ">", "<=", ">=", "[", "*", "/", "**", "+", ":"],
)
_AFTER_CLOSING_WORDS = frozenset(["then", "else", "return", "satisfies", "and", "or", "in", "instance", "between"])


class ExpressionParser(PrimaryParser):
    """Reads whole expressions and unary tests."""

    def __init__(self, *arguments: object) -> None:
        super().__init__(*arguments)  # type: ignore[arg-type]
        self._in_endpoint = False

    # -- whole texts ------------------------------------------------------------------------------------------------

    def whole_expression(self) -> Node:
        """Read a text that is one expression."""
        tree = self.expression()
        self.need_end()
        return tree

    def whole_tests(self) -> Tests:
        """Read a text that is a decision table cell (rule 15)."""
        with self.scope("?"):
            if self.at_symbol("-") and self.following().kind == END:
                return Tests(self.token.start, False, ())
            negated = self._is_negated_whole()
            at = self.token.start
            if negated:
                self.index += 2
            tests = [self.expression()]
            while self.take_symbol(","):
                tests.append(self.expression())
            if negated:
                self.need_symbol(")", ",")
            self.need_end()
            return Tests(at, negated, tuple(tests))

    def _is_negated_whole(self) -> bool:
        """Return whether the text is ``not( … )`` from end to end."""
        if not (self.at_keyword("not") and self.following().text == "("):
            return False
        depth = 0
        for place, token in enumerate(self.tokens[1:], start=1):
            if token.kind != "symbol":
                continue
            depth += (token.text in "([{") - (token.text in ")]}")
            if depth == 0:
                return self.tokens[place + 1].kind == END
        return False

    # -- ranks ------------------------------------------------------------------------------------------------------

    def expression(self) -> Node:
        """Read an expression (rule 1)."""
        outer, self._in_endpoint = self._in_endpoint, False
        try:
            with self.nested():
                return self._disjunction()
        finally:
            self._in_endpoint = outer

    def endpoint(self) -> Node:
        """Read the end of an interval, where ``[`` may close it."""
        outer, self._in_endpoint = self._in_endpoint, True
        try:
            return self.additive()
        finally:
            self._in_endpoint = outer

    def _disjunction(self) -> Node:
        at = self.token.start
        operands = [self._conjunction()]
        while self.take_keyword("or"):
            operands.append(self._conjunction())
        return operands[0] if len(operands) == 1 else Logic(at, "or", tuple(operands))

    def _conjunction(self) -> Node:
        at = self.token.start
        operands = [self._comparison()]
        while self.take_keyword("and"):
            operands.append(self._comparison())
        return operands[0] if len(operands) == 1 else Logic(at, "and", tuple(operands))

    def _comparison(self) -> Node:
        left = self.additive()
        for _ in range(MAX_CHAIN):
            token = self.token
            if self.at_symbol("=", "!=", "<", "<=", ">", ">="):
                self.index += 1
                if self.at_symbol("=", "!=", "<", "<=", ">", ">="):
                    raise self.comparison_slip(token.text)
                left = Comparison(token.start, token.text, left, self.additive())
            elif self.take_keyword("between"):
                low = self.additive()
                self.need_keyword("and")
                left = Between(token.start, left, low, self.additive())
            elif self.take_keyword("in"):
                left = In(token.start, left, self._in_tests())
            else:
                return left
        raise exceeded("连续比较的个数", MAX_CHAIN)

    def _in_tests(self) -> tuple[Node, ...]:
        """Read what follows ``in``: one test, or several in parentheses."""
        with self.scope("?"):
            if not self.at_symbol("("):
                return (self.additive(),)
            at = self.token.start
            self.index += 1
            first = None if self.at_symbol("..") else self.expression()
            if self.at_symbol(".."):
                return (self.additive(self._interval(at, False, first)),)
            tests = [] if first is None else [first]
            while self.take_symbol(","):
                tests.append(self.expression())
            self.need_symbol(")", ",")
            if len(tests) > 1:
                return tuple(tests)
            return (self.additive(first),)

    def additive(self, seed: Node | None = None) -> Node:
        """Read an expression of rank addition or higher, beginning with ``seed`` if it was read already."""
        first = self._multiplicative(seed)
        rest: list[tuple[str, Node]] = []
        at = self.token.start
        while self.at_symbol("+", "-"):
            self.index += 1
            rest.append((self.tokens[self.index - 1].text, self._multiplicative()))
        return Arithmetic(at, first, tuple(rest)) if rest else first

    def _multiplicative(self, seed: Node | None = None) -> Node:
        first = self._power(seed)
        rest: list[tuple[str, Node]] = []
        at = self.token.start
        while self.at_symbol("*", "/"):
            self.index += 1
            rest.append((self.tokens[self.index - 1].text, self._power()))
        return Arithmetic(at, first, tuple(rest)) if rest else first

    def _power(self, seed: Node | None = None) -> Node:
        first = self._unary(seed)
        rest: list[tuple[str, Node]] = []
        at = self.token.start
        while self.take_symbol("**"):
            rest.append(("**", self._unary()))
        return Arithmetic(at, first, tuple(rest)) if rest else first

    def _unary(self, seed: Node | None = None) -> Node:
        token = self.token
        if seed is None and self.at_symbol("-"):
            self.index += 1
            if self.token.kind == NUMBER:
                value = number("-" + self.token.text)
                self.index += 1
                return self._instance(self._postfix(Literal(token.start, value)))
            with self.nested():
                return Negation(token.start, self._unary())
        return self._instance(self._postfix(self.primary() if seed is None else seed))

    def _instance(self, operand: Node) -> Node:
        for _ in range(MAX_CHAIN):
            token = self.token
            if not self.take_keyword("instance"):
                return operand
            self.need_keyword("of")
            operand = InstanceOf(token.start, operand, self.type_expression())
        raise exceeded("连续判断类型的个数", MAX_CHAIN)

    # -- postfix ----------------------------------------------------------------------------------------------------

    def _postfix(self, operand: Node) -> Node:
        for _ in range(MAX_CHAIN):
            token = self.token
            if self.take_symbol("."):
                at = self.token.start
                operand = Path(at, operand, self.member_name())
            elif self.at_symbol("[") and not (self._in_endpoint and self._closes_interval()):
                self.index += 1
                with self.scope("item", is_filter=True):
                    condition = self.expression()
                self.need_symbol("]")
                operand = Filter(token.start, operand, condition)
            elif self.take_symbol("("):
                operand = self._invocation(token.start, operand)
            else:
                return operand
        raise exceeded("连续取值的个数", MAX_CHAIN)

    def _closes_interval(self) -> bool:
        """Return whether ``[`` ends an interval, as in ``[1..5[``: nothing follows that could be a filter."""
        after = self.following()
        if after.kind == NAME:
            return after.text in _AFTER_CLOSING_WORDS
        return after.kind == END or (after.kind == "symbol" and after.text in _AFTER_CLOSING)

    def _invocation(self, at: int, function: Node) -> Node:
        arguments: list[Node] = []
        names: list[str] | None = None
        if self.take_symbol(")"):
            return Invocation(at, function, (), None)
        if self._is_named():
            names = []
        while True:
            if names is not None:
                names.append(self.defined_name("参数名", ":"))
                self.need_symbol(":")
            arguments.append(self.expression())
            if not self.take_symbol(","):
                break
        self.need_symbol(")", ",")
        return Invocation(at, function, tuple(arguments), None if names is None else tuple(names))

    def _is_named(self) -> bool:
        """Return whether the arguments start with ``name :``."""
        step = 0
        while _may_name(self.following(step)):
            step += 1
        return step > 0 and self.following(step).text == ":" and self.following(step).kind != STRING


def _may_name(token: Token) -> bool:
    return token.kind in (NAME, NUMBER, MARK) or (token.kind == "symbol" and token.text in NAME_SYMBOLS)
