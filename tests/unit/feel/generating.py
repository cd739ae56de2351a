"""Random FEEL: expressions from the grammar, and mutations of texts. Everything comes from the given Random."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from engine.feel.builtins.library import BUILTINS

NAMES = ["a", "b", "金额", "loan amount", "a-b", "list1", "ctx", "item", "partial", "?", "d", "s", "f", "null", "x"]
NUMBERS = ["0", "1", "2", "-1", "3.5", ".5", "1e3", "99999999999999999999999999999999999", "1e6000", "1e-6000", "007"]
STRINGS = ['""', '"a"', '"工程"', '"2024-02-29"', '"P1D"', '"\\u4e2d"', '"a\\n"', '"(a+)+$"', '"[a-z]*"', '"10:00:00Z"']
TEMPORALS = [
    '@"2024-02-29"', '@"-999999999-01-01"', '@"10:30:00"', '@"10:30:00+08:00"', '@"23:59:59.999@Asia/Shanghai"',
    '@"2024-03-31T02:30:00@Europe/Paris"', '@"2024-01-01T00:00:00Z"', '@"P1Y2M"', '@"-PT36H"', '@"P999999999Y"', '@"x"',
]  # fmt: skip
TYPES = ["number", "string", "Any", "Null", "list<number>", "context<a: string>", "range<date>", "tUnknown", "list"]
OPERATORS = ["+", "-", "*", "/", "**", "=", "!=", "<", "<=", ">", ">=", "and", "or", "in"]
FRAGMENTS = [
    "(", ")", "[", "]", "{", "}", ",", ":", "..", ".", "-", "*", "**", "/", "<", ">", "=", "!=", "@", '"', "\\", "'",
    "if", "then", "else", "for", "in", "return", "some", "every", "satisfies", "between", "and", "or", "instance of",
    "function", "external", "not", "null", "true", "//", "/*", "*/", ",", "(", "“", "\u3000", "\ud800", "\x00", "🐎",
    "1", "a", " ", "\n", "list<", "->", "?", "partial", "item", "%", "==", "&&",
]  # fmt: skip


class Generator:
    """Makes expressions of bounded depth."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._builtins = sorted(BUILTINS)

    def expression(self, depth: int) -> str:
        """Return an expression at most ``depth`` constructs deep."""
        if depth <= 0 or self._random.random() < 0.15:
            return self._leaf()
        return self._random.choice(self._constructs())(depth - 1)

    def unary_tests(self, depth: int) -> str:
        """Return the text of a decision table cell."""
        tests = ", ".join(self._test(depth) for _ in range(self._random.randint(1, 3)))
        return self._random.choice(["-", tests, f"not({tests})"])

    def _constructs(self) -> list[Callable[[int], str]]:
        return [
            self._binary, self._binary, self._binary, self._call, self._call, self._call, self._filter, self._path,
            self._list, self._context, self._if, self._for, self._quantified, self._interval, self._between,
            self._instance, self._function, self._negation, self._in,
        ]  # fmt: skip

    def _leaf(self) -> str:
        return self._random.choice(self._random.choice([NAMES, NUMBERS, STRINGS, TEMPORALS, ["true", "false", "null"]]))

    def _sub(self, depth: int) -> str:
        return self.expression(depth)

    def _binary(self, depth: int) -> str:
        text = f"{self._sub(depth)} {self._random.choice(OPERATORS)} {self._sub(depth)}"
        return f"({text})" if self._random.random() < 0.5 else text

    def _call(self, depth: int) -> str:
        name = self._random.choice(self._builtins)
        arguments = [self._sub(depth) for _ in range(self._random.randint(0, 3))]
        if self._random.random() < 0.2:
            names = [*BUILTINS[name].parameters, "wrong"]
            arguments = [f"{self._random.choice(names)}: {argument}" for argument in arguments]
        return f"{name}({', '.join(arguments)})"

    def _filter(self, depth: int) -> str:
        return f"{self._sub(depth)}[{self._sub(depth)}]"

    def _path(self, depth: int) -> str:
        members = ["a", "year", "time offset", "hours", "start included", "b c", "value"]
        return f"{self._sub(depth)}.{self._random.choice(members)}"

    def _list(self, depth: int) -> str:
        return "[" + ", ".join(self._sub(depth) for _ in range(self._random.randint(0, 4))) + "]"

    def _context(self, depth: int) -> str:
        keys = ["a", "b c", '"k"', "value", "key", "item"]
        entries = (f"{self._random.choice(keys)}: {self._sub(depth)}" for _ in range(self._random.randint(0, 3)))
        return "{" + ", ".join(entries) + "}"

    def _if(self, depth: int) -> str:
        return f"if {self._sub(depth)} then {self._sub(depth)} else {self._sub(depth)}"

    def _iterators(self, depth: int) -> str:
        names = ["x", "y z"]
        domains = (
            self._sub(depth) if self._random.random() < 0.6 else f"{self._sub(0)}..{self._sub(0)}" for _ in range(2)
        )
        pairs = [f"{name} in {domain}" for name, domain in zip(names, domains, strict=True)]
        return ", ".join(pairs[: self._random.randint(1, 2)])

    def _for(self, depth: int) -> str:
        return f"for {self._iterators(depth)} return {self._sub(depth)}"

    def _quantified(self, depth: int) -> str:
        return f"{self._random.choice(['some', 'every'])} {self._iterators(depth)} satisfies {self._sub(depth)}"

    def _interval(self, depth: int) -> str:
        opening, closing = self._random.choice("[(]"), self._random.choice("])[")
        return f"{opening}{self._sub(depth)}..{self._sub(depth)}{closing}"

    def _between(self, depth: int) -> str:
        return f"{self._sub(depth)} between {self._sub(depth)} and {self._sub(depth)}"

    def _instance(self, depth: int) -> str:
        return f"{self._sub(depth)} instance of {self._random.choice(TYPES)}"

    def _function(self, depth: int) -> str:
        return f"(function(x: {self._random.choice(TYPES)}, y z) {self._sub(depth)})({self._sub(depth)}, 1)"

    def _negation(self, depth: int) -> str:
        return f"-{self._sub(depth)}"

    def _in(self, depth: int) -> str:
        return f"{self._sub(depth)} in ({self._test(depth)}, {self._test(depth)})"

    def _test(self, depth: int) -> str:
        return self._random.choice(["< ", ">= ", "= ", "", ""]) + self._sub(depth)


def mutate(random: Random, text: str) -> str:
    """Return ``text`` with a few pieces dropped, doubled, swapped or replaced."""
    characters = list(text)
    for _ in range(random.randint(1, 4)):
        place = random.randint(0, len(characters))
        action = random.randint(0, 3)
        if action == 0:
            characters[place : place + random.randint(1, 5)] = []
        elif action == 1:
            characters[place:place] = characters[place : place + random.randint(1, 8)]
        elif action == 2:
            characters[place:place] = list(random.choice(FRAGMENTS))
        else:
            characters[place : place + 1] = list(random.choice(FRAGMENTS))
    return "".join(characters)
