"""Splits FEEL text into tokens (DMN 1.5, 10.3.1.2, rules 26–37 and 61–64)."""

from __future__ import annotations

import re
from typing import NamedTuple

from engine.feel.errors import FeelSyntaxError
from engine.feel.hints import hint_for_character, is_full_width_punctuation
from engine.feel.limits import MAX_EXPRESSION_LENGTH, exceeded

NUMBER, STRING, NAME, SYMBOL, MARK, END = "number", "string", "name", "symbol", "mark", "end"

KEYWORDS = frozenset(
    {"and", "or", "between", "in", "instance", "of", "if", "then", "else", "for", "return", "some", "every"}
    | {"satisfies", "function", "external", "true", "false", "null"}
)
"""Literal terminal symbols that no name may start with; ``not`` is a function and so a name."""


class Token(NamedTuple):
    """A token: ``text`` is its spelling (for a string, its value without quotes and escapes)."""

    kind: str
    text: str
    start: int
    end: int


_START = (
    "?A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_PART = _START + "0-9\u00b7\u0300-\u036f\u203f-\u2040"
_FULL_WIDTH = "\u3001-\u3003\u3008-\u3011\u3014-\u301b\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"
_SPACE = "\t-\r \u0085\u00a0\u1680\u180e\u2000-\u200b\u2028\u2029\u202f\u205f\u3000\ufeff"

_TOKEN = re.compile(
    rf"(?P<space>[{_SPACE}]+|//[^\n\r]*|/\*(?s:.*?)\*/)"
    rf"|(?P<mark>[{_FULL_WIDTH}])"
    rf"|(?P<name>(?![{_FULL_WIDTH}\u3000\ufeff\u1680\u180e])[{_START}]"
    rf"(?:(?![{_FULL_WIDTH}\u3000\ufeff\u1680\u180e])[{_PART}])*)"
    r"|(?P<number>(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?(?![0-9]))"
    r'|(?P<string>"(?:[^"\\\n\r\x0b\x0c]|\\[^\n\r])*")'
    r"|(?P<symbol>\*\*|\.\.|->|<=|>=|!=|[-+*/=<>()\[\]{},:.@'\u2019])"
)

_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{6}|.)", re.DOTALL)
_SIMPLE_ESCAPES = {"'": "'", '"': '"', "\\": "\\", "n": "\n", "r": "\r", "t": "\t"}


def position(text: str, offset: int) -> tuple[int, int]:
    """Return (line, column) of an offset, both from 1."""
    before = text[:offset].replace("\r\n", "\n").replace("\r", "\n")
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def syntax_error(text: str, offset: int, problem: str, *, expected: str = "", hint: str = "") -> FeelSyntaxError:
    """Return the error for a problem at ``offset`` of ``text``."""
    line, column = position(text, offset)
    return FeelSyntaxError(problem, line=line, column=column, expected=expected, hint=hint)


def tokenize(text: str) -> list[Token]:
    """Return the tokens of ``text``, the last of kind END.

    Raises FeelSyntaxError for a character that starts no token, FeelLimitExceeded for a text that is too long.
    """
    if len(text) > MAX_EXPRESSION_LENGTH:
        raise exceeded("表达式长度", MAX_EXPRESSION_LENGTH)
    tokens: list[Token] = []
    offset, end = 0, len(text)
    while offset < end:
        match = _TOKEN.match(text, offset)
        if match is None or (text.startswith("/*", offset) and match.lastgroup != "space"):
            raise _unexpected(text, offset)
        kind = match.lastgroup or ""
        if kind == "string":
            tokens.append(Token(STRING, _unescape(text, match), offset, match.end()))
        elif kind != "space":
            tokens.append(Token(kind, match.group(), offset, match.end()))
        offset = match.end()
    tokens.append(Token(END, "", end, end))
    return tokens


def _unexpected(text: str, offset: int) -> FeelSyntaxError:
    character = text[offset]
    if character == '"':
        expected, hint = '与开头配对的英文双引号 "', "字符串须在同一行内结束"
        return syntax_error(text, offset, "字符串没有结束", expected=expected, hint=hint)
    if text.startswith("/*", offset):
        return syntax_error(text, offset, "注释没有结束", expected="*/")
    return syntax_error(text, offset, f"不认识的字符「{_show(character)}」", hint=hint_for_character(character))


def _show(character: str) -> str:
    return character if character.isprintable() else f"U+{ord(character):04X}"


def _unescape(text: str, match: re.Match[str]) -> str:
    body = match.group()[1:-1]
    if "\\" in body:
        body = _ESCAPE.sub(lambda escape: _escape(text, match.start() + 1 + escape.start(), escape.group(1)), body)
        body = body.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if _has_pairs(body) else body
    if any("\ud800" <= character <= "\udfff" for character in body):
        hint = "请写完整的 \\uD83D\\uDE00 或 \\U01F600"
        raise syntax_error(text, match.start(), "字符串里有不成对的代理字符", hint=hint)
    return body


def _has_pairs(body: str) -> bool:
    return re.search("[\ud800-\udbff][\udc00-\udfff]", body) is not None and not re.search(
        "[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]", body
    )


def _escape(text: str, offset: int, code: str) -> str:
    if code[0] in "uU" and len(code) > 1:
        point = int(code[1:], 16)
        if point > 0x10FFFF:
            raise syntax_error(text, offset, "超出 Unicode 范围的转义", expected="不大于 \\U10FFFF 的码位")
        return chr(point)
    return _SIMPLE_ESCAPES.get(code, "\\" + code)


def is_full_width(token: Token) -> bool:
    """Return whether the token is a full-width punctuation mark, legal in names only."""
    return token.kind == MARK and is_full_width_punctuation(token.text)
