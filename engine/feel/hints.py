"""What an analyst most likely meant when a character or token does not fit."""

from __future__ import annotations

_HALF_WIDTH = {
    "、": ",", "。": ".", "〈": "<", "〉": ">", "《": "<", "》": ">", "【": "[", "】": "]", "〔": "[", "〕": "]",
    "“": '"', "”": '"', "‘": '"', "’": '"', "「": '"', "」": '"', "『": '"', "』": '"',
    "×": "*", "÷": "/", "≤": "<=", "≥": ">=", "≠": "!=", "—": "-", "–": "-", "−": "-", "…": "..",
}  # fmt: skip
_SLIPS = {
    "==": "相等用一个等号「=」",
    "&": "「并且」写作 and",
    "|": "「或者」写作 or",
    "!": "「非」写作 not(…)，不等写作 !=",
    "%": "取余写作 modulo(a, b)",
    ";": "参数之间用逗号「,」", "^": "乘方写作 **", "'": "字符串用英文双引号 \"", "`": "字符串用英文双引号 \"",
    "$": "变量名前不加 $", "#": "FEEL 不用 #", "~": "FEEL 不用 ~", "\\": "反斜杠只能写在字符串里",
}  # fmt: skip


def half_width(character: str) -> str | None:
    """Return the half-width counterpart of a full-width mark, or None."""
    if "\uff01" <= character <= "\uff5e":
        plain = chr(ord(character) - 0xFEE0)
        return '"' if plain == "'" else plain
    return _HALF_WIDTH.get(character)


def is_full_width_punctuation(character: str) -> bool:
    """Return whether the character is a full-width mark that stands for a half-width one."""
    plain = half_width(character)
    return plain is not None and not plain.isalnum()


def hint_for_character(character: str) -> str:
    """Return what to write in place of a character that starts no token."""
    plain = half_width(character)
    if plain is not None:
        return f"全角「{character}」应改为半角「{plain}」"
    return _SLIPS.get(character, "")


def hint_for_token(text: str, following: str) -> str:
    """Return what to write in place of a token that does not fit where it stands."""
    if text in ("=", "==") and following.startswith("="):
        return _SLIPS["=="]
    return hint_for_character(text) if len(text) == 1 else ""
