"""String functions (DMN 1.5, Table 74)."""

from __future__ import annotations

from decimal import Decimal

from engine.feel.builtins.lists import slice_bounds
from engine.feel.builtins.registry import builtin
from engine.feel.errors import FeelDomainError
from engine.feel.limits import MAX_STRING_LENGTH, check_list, check_string, exceeded
from engine.feel.regex import compile_pattern
from engine.feel.regex.replacement import replacement_for
from engine.feel.values import Value


@builtin("substring(string: string, start position: number, length?: number) -> string")
def substring(string: str, start: Decimal, length: Decimal | None = None) -> str:
    """Return ``length`` (or all) characters from a position on, -1 being the last."""
    begin, end = slice_bounds(start, length, len(string))
    return string[begin:end]


@builtin("string length(string: string) -> number")
def string_length(string: str) -> Decimal:
    """Return the number of code points."""
    return Decimal(len(string))


@builtin("upper case(string: string) -> string")
def upper_case(string: str) -> str:
    """Return the string in upper case."""
    return string.upper()


@builtin("lower case(string: string) -> string")
def lower_case(string: str) -> str:
    """Return the string in lower case."""
    return string.lower()


@builtin("substring before(string: string, match: string) -> string")
def substring_before(string: str, match: str) -> str:
    """Return what stands before the first occurrence of ``match``; nothing if there is none."""
    place = string.find(match)
    return string[:place] if place > 0 else ""


@builtin("substring after(string: string, match: string) -> string")
def substring_after(string: str, match: str) -> str:
    """Return what stands after the first occurrence of ``match``; nothing if there is none."""
    place = string.find(match)
    return string[place + len(match) :] if place >= 0 else ""


@builtin("contains(string: string, match: string) -> boolean")
def contains(string: str, match: str) -> bool:
    """Return whether ``match`` occurs."""
    return match in string


@builtin("starts with(string: string, match: string) -> boolean")
def starts_with(string: str, match: str) -> bool:
    """Return whether the string begins with ``match``."""
    return string.startswith(match)


@builtin("ends with(string: string, match: string) -> boolean")
def ends_with(string: str, match: str) -> bool:
    """Return whether the string ends with ``match``."""
    return string.endswith(match)


@builtin("matches(input: string, pattern: string, flags?: string?) -> boolean")
def matches(text: str, pattern: str, flags: str | None = None) -> bool:
    """Return whether the pattern matches some part of the input (fn:matches)."""
    return compile_pattern(pattern, flags or "").search(text) is not None


@builtin("replace(input: string, pattern: string, replacement: string, flags?: string?) -> string")
def replace(text: str, pattern: str, replacement: str, flags: str | None = None) -> str:
    """Return the input with every match replaced, ``$1`` standing for the first group (fn:replace)."""
    compiled = compile_pattern(pattern, flags or "")
    if compiled.search("") is not None:
        raise FeelDomainError("正则表达式不能匹配空字符串")
    expand = replacement_for(replacement, compiled, literal="q" in (flags or ""))
    pieces: list[str] = []
    place = size = 0
    for match in compiled.finditer(text):
        piece = text[place : match.start] + expand(match)
        size += len(piece)
        if size > MAX_STRING_LENGTH:
            raise exceeded("字符串长度", MAX_STRING_LENGTH)
        pieces.append(piece)
        place = match.end
    pieces.append(text[place:])
    return check_string("".join(pieces))


@builtin("split(string: string, delimiter: string) -> list<string>")
def split(string: str, delimiter: str) -> list[Value]:
    """Return the parts between matches of the delimiter pattern (fn:tokenize)."""
    compiled = compile_pattern(delimiter, "")
    if compiled.search("") is not None:
        raise FeelDomainError("分隔的正则表达式不能匹配空字符串")
    parts: list[Value] = []
    place = 0
    for match in compiled.finditer(string):
        parts.append(string[place : match.start])
        place = match.end
    parts.append(string[place:])
    return check_list(parts)


@builtin("string join(list: list, delimiter?: string?) -> string")
def string_join(items: list[Value], delimiter: str | None = None) -> str:
    """Return the strings joined; nulls are left out."""
    strings = [item for item in items if item is not None]
    if not all(isinstance(item, str) for item in strings):
        raise FeelDomainError("列表里应全是字符串")
    joint = delimiter or ""
    if sum(map(len, strings)) + len(joint) * max(len(strings) - 1, 0) > MAX_STRING_LENGTH:
        raise exceeded("字符串长度", MAX_STRING_LENGTH)
    return joint.join(strings)
