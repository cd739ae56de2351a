"""Simple expressions of other engines (``${…}``, unified expression language, JSR 341) rewritten as FEEL.

Only what means the same in both: paths, literals, comparisons, logic, arithmetic, ``empty`` and the ternary operator.
Method calls, functions, lambdas and anything else raise NotConvertible.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from engine.feel import FeelError, compile_expression

TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)(?![\w.])"
    r"|(?P<text>'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")"
    r"|(?P<name>[^\W\d]\w*)"
    r"|(?P<symbol>==|!=|<=|>=|&&|\|\||[<>!?:()+\-*/.\[\]]))"
)
WORDS = {"eq": "==", "ne": "!=", "lt": "<", "gt": ">", "le": "<=", "ge": ">=", "and": "&&", "or": "||", "not": "!"}
LITERALS = ("true", "false", "null")
LEVELS: tuple[dict[str, str], ...] = (
    {"||": "or"},
    {"&&": "and"},
    {"==": "=", "!=": "!="},
    {"<": "<", ">": ">", "<=": "<=", ">=": ">="},
    {"+": "+", "-": "-"},
    {"*": "*", "/": "/"},
)
"""Binary operators from the weakest to the strongest, with their FEEL forms."""
EMBEDDED = re.compile(r"[$#]\{([^{}]*)\}")
MAX_DEPTH = 50


class NotConvertible(ValueError):
    """The expression uses something that FEEL does not have, or not with the same meaning."""


def to_feel(text: str) -> str:
    """Return FEEL (without ``=``) for a text with ``${…}`` or ``#{…}`` in it, e.g. ``${a == 'x'}`` or ``no ${n}``.

    Raises NotConvertible.
    """
    text = text.strip()
    whole = EMBEDDED.fullmatch(text)
    if whole is not None:
        return expression(whole[1])
    parts: list[str] = []
    position = 0
    for found in EMBEDDED.finditer(text):
        if found.start() > position:
            parts.append(quoted(text[position : found.start()]))
        parts.append(f"string({expression(found[1])})")
        position = found.end()
    if position < len(text):
        parts.append(quoted(text[position:]))
    if any("${" in part or "#{" in part for part in parts):
        raise NotConvertible(f"嵌套的表达式：{text}")
    return " + ".join(parts)


def is_expression(text: str) -> bool:
    """Whether the text holds an expression of another engine."""
    return "${" in text or "#{" in text


def quoted(text: str) -> str:
    """Return a FEEL string literal."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def expression(source: str) -> str:
    """Return FEEL for the inside of one ``${…}``. Raises NotConvertible."""
    parser = _Parser(_tokens(source), source)
    result = parser.ternary(0)
    parser.expect_end()
    try:
        compile_expression(result)
    except FeelError as error:
        raise NotConvertible(f"转换成的“{result}”不是 FEEL（{error}）") from error
    return result


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str


def _tokens(source: str) -> list[_Token]:
    found: list[_Token] = []
    position, end = 0, len(source.rstrip())
    while position < end:
        match = TOKEN.match(source, position)
        if match is None or match.lastgroup is None:
            raise NotConvertible(f"认不出的写法：{source[position:end]}")
        text = match[match.lastgroup]
        kind = match.lastgroup
        if kind == "name" and text in WORDS:
            kind, text = "symbol", WORDS[text]
        found.append(_Token(kind, text))
        position = match.end()
    return found


class _Parser:
    def __init__(self, tokens: list[_Token], source: str) -> None:
        self._tokens = tokens
        self._source = source
        self._at = 0

    def _peek(self) -> str:
        """Return the symbol that comes next; an empty string if none does."""
        if self._at < len(self._tokens) and self._tokens[self._at].kind == "symbol":
            return self._tokens[self._at].text
        return ""

    def _take(self, symbol: str) -> bool:
        if self._peek() != symbol:
            return False
        self._at += 1
        return True

    def _need(self, symbol: str) -> None:
        if not self._take(symbol):
            raise NotConvertible(f"缺少“{symbol}”：{self._source}")

    def expect_end(self) -> None:
        """Raise NotConvertible if anything is left."""
        if self._at < len(self._tokens):
            raise NotConvertible(f"不能转换的部分“{self._tokens[self._at].text}”：{self._source}")

    def ternary(self, depth: int) -> str:
        """Read ``a ? b : c`` or what binds stronger."""
        if depth > MAX_DEPTH:
            raise NotConvertible("表达式嵌套太深")
        condition = self._binary(0, depth)
        if not self._take("?"):
            return condition
        then = self.ternary(depth + 1)
        self._need(":")
        return f"if {condition} then {then} else {self.ternary(depth + 1)}"

    def _binary(self, level: int, depth: int) -> str:
        if level == len(LEVELS):
            return self._unary(depth)
        left = self._binary(level + 1, depth)
        while self._peek() in LEVELS[level]:
            operator = LEVELS[level][self._peek()]
            self._at += 1
            left = f"{left} {operator} {self._binary(level + 1, depth)}"
        return left

    def _unary(self, depth: int) -> str:
        if self._take("!"):
            return f"not({self._unary(depth + 1)})"
        if self._take("-"):
            return f"-{self._unary(depth + 1)}"
        if self._at < len(self._tokens) and self._tokens[self._at] == _Token("name", "empty"):
            self._at += 1
            value = self._unary(depth + 1)
            return f'({value} = null or {value} = "" or {value} = [])'
        return self._primary(depth)

    def _primary(self, depth: int) -> str:
        if depth > MAX_DEPTH:
            raise NotConvertible("表达式嵌套太深")
        if self._take("("):
            inner = self.ternary(depth + 1)
            self._need(")")
            return f"({inner})"
        if self._at >= len(self._tokens) or self._peek():
            raise NotConvertible(f"表达式不完整：{self._source}")
        token = self._tokens[self._at]
        self._at += 1
        if token.kind == "text":
            return quoted(re.sub(r"\\(.)", r"\1", token.text[1:-1]))
        if token.kind == "number" or token.text in LITERALS:
            return token.text
        return self._path(token.text)

    def _path(self, name: str) -> str:
        path = name
        while self._take("."):
            if self._at >= len(self._tokens) or self._tokens[self._at].kind != "name":
                raise NotConvertible(f"路径不完整：{self._source}")
            path += "." + self._tokens[self._at].text
            self._at += 1
        if self._peek() in ("(", "["):
            raise NotConvertible(f"方法调用和下标没有相同含义的 FEEL：{self._source}")
        return path
