"""Patterns of forms: JavaScript's regular expressions in Python's, and the two ready-made ones."""

from __future__ import annotations

import re
from functools import lru_cache

_SPACE = r"\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
_ANY_BUT_LINE_END = r"[^\n\r\u2028\u2029]"
_TOKEN = re.compile(
    r"""(?P<group>\(\?<(?P<name>[A-Za-z_$][\w$]*)>)   # (?<name>
    |(?P<reference>\\k<(?P<referred>[^>]+)>)
    |(?P<control>\\c(?P<letter>[A-Za-z]))
    |(?P<escape>\\(?:u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.))
    |(?P<class>\[\^?)
    |(?P<quantifier>\{\d+(?:,\d*)?\})
    |(?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)


class PatternUnreadable(ValueError):
    """The pattern is no regular expression that both languages know."""


@lru_cache(maxsize=1024)
def compile_pattern(source: str) -> re.Pattern[str]:
    """Return a JavaScript pattern (ECMA-262, without flags) as Python's. Raises PatternUnreadable."""
    try:
        return re.compile(_translate(source), re.ASCII)
    except re.error as error:
        raise PatternUnreadable(str(error)) from error


def _translate(source: str) -> str:
    result: list[str] = []
    position = 0
    while position < len(source):
        match = _TOKEN.match(source, position)
        assert match is not None  # noqa: S101 - the last alternative takes any character
        if match["class"]:
            text, position = _character_class(source, match.end(), match["class"])
            result.append(text)
            continue
        result.append(_outside_class(match))
        position = match.end()
    return "".join(result)


def _outside_class(match: re.Match[str]) -> str:
    if match["group"]:
        return f"(?P<{match['name']}>"
    if match["reference"]:
        return f"(?P={match['referred']})"
    if match["control"]:
        return re.escape(chr(ord(match["letter"]) % 32))
    if match["escape"]:
        return _escape(match["escape"], within_class=False)
    if match["quantifier"]:
        return match["quantifier"]
    return {".": _ANY_BUT_LINE_END, "$": r"\Z", "{": r"\{", "}": r"\}"}.get(match["other"], match["other"])


def _escape(escape: str, *, within_class: bool) -> str:
    letter = escape[1]
    if letter == "s":
        return _SPACE if within_class else f"[{_SPACE}]"
    if letter == "S" and not within_class:
        return f"[^{_SPACE}]"
    if letter == "b" and within_class:
        return r"\x08"
    if letter == "0":
        return r"\x00"
    if letter in "dDwWbBtnvfrux123456789":
        return escape if len(escape) > 2 or letter not in "ux" else letter
    return re.escape(letter)


def _character_class(source: str, position: int, opening: str) -> tuple[str, int]:
    """Return a class in Python's writing and where it ends; raise PatternUnreadable without an end."""
    inner: list[str] = []
    while position < len(source) and source[position] != "]":
        match = _TOKEN.match(source, position)
        if match is not None and match["escape"]:
            inner.append(_escape(match["escape"], within_class=True))
            position = match.end()
            continue
        character = source[position]
        inner.append("\\" + character if character in "[&~|" else character)
        position += 1
    if position >= len(source):
        raise PatternUnreadable("the class is not closed")
    if not inner:
        return (r"(?!)" if opening == "[" else r"[\s\S]"), position + 1
    return f"{opening}{''.join(inner)}]", position + 1


_LABEL = r"[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
EMAIL = re.compile(rf"[a-zA-Z0-9.!#$%&'*+/=?^_`{{|}}~-]+@{_LABEL}(?:\.{_LABEL})*", re.ASCII)
"""A valid e-mail address of the HTML standard (section 4.10.5.1.5), to be matched in full."""

_COUNTRIES = (
    "1|7|20|27|30|31|32|33|34|36|39|40|41|43|44|45|46|47|48|49|51|52|53|54|55|56|57|58|60|61|62|63|64|65|66|"
    "76|77|81|82|84|86|90|91|92|93|94|95|98|212|211|213|216|218|220|221|222|223|224|225|226|227|228|229|230|"
    "231|232|233|234|235|236|237|238|239|240|241|242|243|244|245|246|248|249|250|251|252|253|254|255|256|257|"
    "258|260|261|262|263|264|265|266|267|268|269|291|297|298|299|350|351|352|353|354|355|356|357|358|359|370|"
    "371|372|373|374|375|376|377|378|379|380|381|382|383|385|386|387|389|420|421|423|500|501|502|503|504|505|"
    "506|507|508|509|590|591|592|593|594|595|596|597|598|670|672|673|674|675|676|677|678|679|680|681|682|683|"
    "685|686|687|688|689|690|691|692|850|852|853|855|856|880|886|960|961|962|963|964|965|966|967|968|970|971|"
    "972|973|974|975|976|977|992|993|994|995|996|998|1242|1246|1264|1268|1284|1340|1345|1441|1473|1649|1664|"
    "1670|1671|1684|1721|1758|1767|1784|1787|1809|1829|1849|1868|1869|1876|1939|4779|5999|3906698"
)
_FOLLOWING = (
    r"9[679]\d|8[0357-9]\d|6[7-9]\d|5[09]\d|42\d|3[578]\d|2[1-689]\d"
    r"|9[0-58]|8[1246]|6[0-6]|5[1-8]|4[013-9]|3[0-469]|2[07]|1|7"
)
PHONE = re.compile(rf"(?:\+|00)(?:{_COUNTRIES})(?:{_FOLLOWING})\d{{4,20}}\Z", re.ASCII)
"""An international number as the viewer takes it, to be searched for: prefix, calling code (ITU-T E.164), number."""
