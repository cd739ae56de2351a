"""The tokens under the parser's hand, the names in scope, and errors at the place where reading stopped."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager

from engine.feel.builtins.names import BUILTIN_NAMES
from engine.feel.errors import FeelSyntaxError
from engine.feel.hints import hint_for_token
from engine.feel.lexer import END, KEYWORDS, MARK, NAME, NUMBER, STRING, SYMBOL, Token, syntax_error, tokenize
from engine.feel.limits import MAX_NESTING_DEPTH, exceeded
from engine.feel.names import NameTable, may_continue
from engine.feel.types import SIMPLE_TYPES, FeelType

PROPERTIES = NameTable(["time offset", "start included", "end included"])
"""Properties whose names have a space (Tables 65 to 67)."""

_BUILTINS = NameTable(BUILTIN_NAMES)


class Vocabulary:
    """What a text may refer to: names in scope, keys of contexts, and types by name."""

    def __init__(
        self, names: Collection[str] = (), members: Collection[str] = (), types: Mapping[str, FeelType] | None = None
    ) -> None:
        self.names = NameTable(names)
        self.members = NameTable(members)
        self.types: dict[str, FeelType] = {**SIMPLE_TYPES, **(types or {})}
        self.type_names = NameTable(self.types)


class TokenStream:
    """Reads tokens one by one and resolves names against the scopes that are open."""

    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        self.text = text
        self.tokens = tokenize(text)
        self.index = 0
        self.vocabulary = vocabulary
        self.scopes: list[tuple[NameTable, bool]] = []
        self.free: set[str] = set()
        self.possible: set[str] = set()
        self.ambiguous = False
        self.ambiguous_members = False
        self._depth = 0

    # -- tokens ---------------------------------------------------------------------------------------------------

    @property
    def token(self) -> Token:
        """The next token."""
        return self.tokens[self.index]

    def following(self, step: int = 1) -> Token:
        """Return the token ``step`` places after the next one."""
        return self.tokens[min(self.index + step, len(self.tokens) - 1)]

    def at_symbol(self, *texts: str) -> bool:
        """Return whether the next token is one of these symbols."""
        token = self.tokens[self.index]
        return token.kind == SYMBOL and token.text in texts

    def at_keyword(self, *texts: str) -> bool:
        """Return whether the next token is one of these keywords."""
        token = self.tokens[self.index]
        return token.kind == NAME and token.text in texts

    def take_symbol(self, text: str) -> bool:
        """Step over the symbol if it is next."""
        if self.at_symbol(text):
            self.index += 1
            return True
        return False

    def take_keyword(self, text: str) -> bool:
        """Step over the keyword if it is next."""
        if self.at_keyword(text):
            self.index += 1
            return True
        return False

    def need_symbol(self, *texts: str) -> Token:
        """Step over one of the symbols or raise."""
        token = self.token
        if not self.at_symbol(*texts):
            raise self.error(" 或 ".join(f"「{text}」" for text in texts))
        self.index += 1
        return token

    def need_keyword(self, text: str) -> None:
        """Step over the keyword or raise."""
        if not self.take_keyword(text):
            raise self.error(f"关键字 {text}")

    def need_end(self) -> None:
        """Raise unless the text is used up."""
        if self.token.kind != END:
            raise self.error("运算符或表达式的结尾")

    def error(self, expected: str) -> FeelSyntaxError:
        """Return the error that the next token does not fit."""
        token = self.token
        if token.kind == END:
            return syntax_error(self.text, token.start, "表达式在这里中断", expected=expected)
        shown = f'"{token.text[:30]}"' if token.kind == STRING else token.text[:30]
        hint = hint_for_token(token.text, self.text[token.end : token.end + 1])
        return syntax_error(self.text, token.start, f"「{shown}」不应出现在这里", expected=expected, hint=hint)

    def comparison_slip(self, operator: str) -> FeelSyntaxError:
        """Return the error for two comparison operators in a row, such as ``==``."""
        token = self.token
        hint = hint_for_token(operator, token.text)
        return syntax_error(
            self.text, token.start, f"「{operator}」之后不能再写「{token.text}」", expected="要比较的值", hint=hint
        )

    @contextmanager
    def nested(self) -> Iterator[None]:
        """Count one level of nesting."""
        self._depth += 1
        if self._depth > MAX_NESTING_DEPTH:
            raise exceeded("嵌套层数", MAX_NESTING_DEPTH)
        try:
            yield
        finally:
            self._depth -= 1

    # -- names ----------------------------------------------------------------------------------------------------

    @contextmanager
    def scope(self, *names: str, is_filter: bool = False) -> Iterator[NameTable]:
        """Open a scope with these names; the table given back takes more."""
        table = NameTable(names)
        self.scopes.append((table, is_filter))
        try:
            yield table
        finally:
            self.scopes.pop()

    def name_in_scope(self) -> str:
        """Read the longest name in scope, or else the words that stand together, and note it as used."""
        match, is_local, is_known = self._longest()
        length, name = match if match else (1, self.token.text)
        if not is_known:
            joined = self._words(self.index)
            if joined > length:
                length, name, is_local = joined, self._spelled(self.index, joined), False
        self.index += length
        if may_continue(self.token):
            self.ambiguous = True
            if any(is_filter for _, is_filter in self.scopes):
                self.ambiguous_members = True
        if not is_local:
            self._note(name)
        return name

    def _longest(self) -> tuple[tuple[int, str] | None, bool, bool]:
        """Return the longest match, whether it is a local name, and whether anything but a built-in is so called."""
        best: tuple[int, str] | None = None
        is_local = is_known = False
        for table, is_filter in reversed(self.scopes):
            found = table.longest(self.tokens, self.index)
            if found is None and is_filter:
                found = self.vocabulary.members.longest(self.tokens, self.index)
                if found and (best is None or found[0] > best[0]):
                    best, is_local, is_known = found, False, True
            elif found and (best is None or found[0] > best[0]):
                best, is_local, is_known = found, True, True
        found = self.vocabulary.names.longest(self.tokens, self.index)
        if found and (best is None or found[0] > best[0]):
            best, is_local, is_known = found, False, True
        found = _BUILTINS.longest(self.tokens, self.index)
        if found and (best is None or found[0] > best[0]):
            best, is_local, is_known = found, False, False
        return best, is_local, is_known

    def _words(self, index: int) -> int:
        """Return how many words stand together from ``index`` on, keywords ending the row."""
        end = index + 1
        while self.tokens[end].kind == NUMBER or (
            self.tokens[end].kind == NAME and self.tokens[end].text not in KEYWORDS
        ):
            end += 1
        return end - index

    def _spelled(self, index: int, length: int) -> str:
        """Return tokens as one name, with a space where the text has white space."""
        first, *others = self.tokens[index : index + length]
        spelled, end = first.text, first.end
        for token in others:
            spelled += token.text if token.start == end else " " + token.text
            end = token.end
        return spelled

    def _note(self, name: str) -> None:
        inside_filter = any(is_filter for _, is_filter in self.scopes)
        if name in BUILTIN_NAMES:
            return
        (self.possible if inside_filter else self.free).add(name)

    def member_name(self) -> str:
        """Read a name after a dot: a known key, a property, or the words that stand together."""
        if self.token.kind not in (NAME, MARK):
            raise self.error("属性名")
        for table in (self.vocabulary.members, PROPERTIES):
            match = table.longest(self.tokens, self.index)
            if match and match[0] >= self._words(self.index):
                self.index += match[0]
                self.ambiguous_members = self.ambiguous_members or may_continue(self.token)
                return match[1]
        if self.token.kind == MARK:
            raise self.error("属性名")
        length = self._words(self.index)
        name = self._spelled(self.index, length)
        self.index += length
        self.ambiguous_members = self.ambiguous_members or may_continue(self.token)
        return name

    def defined_name(self, what: str, *stops: str) -> str:
        """Read a name that is being defined, up to (not including) one of the ``stops``."""
        start = self.index
        if self.token.kind not in (NAME, MARK) or (self.token.text in KEYWORDS and ":" not in stops):
            raise self.error(what)
        while self.token.text not in stops or self.token.kind == STRING:
            if not may_continue(self.token):
                raise self.error(" 或 ".join(f"「{stop}」" for stop in stops))
            self.index += 1
        if self.index == start:
            raise self.error(what)
        return self._spelled(start, self.index - start)
