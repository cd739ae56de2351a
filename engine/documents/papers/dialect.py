"""What may stand between braces in a template: values, conditions, loops and filters; no calls, no arithmetic.

A subset of Jinja2 that always ends and reaches nothing but the data it is given.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from jinja2 import ChainableUndefined, TemplateSyntaxError, nodes
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

from engine.documents.papers.filters import FILTERS, absent, text_of

PROVIDED = frozenset({"steps", "case", "departments", "today"})
"""What every template is given beside the variables: see ``docs/papers.md``."""
TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
HALF_TAG = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_STATEMENT = re.compile(r"\{%\s*(?:(p|tr)\s+)?(\w+)\b(.*?)%\}\Z", re.DOTALL)
_ALLOWED: tuple[type[nodes.Node], ...] = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Getattr,
    nodes.Getitem,
    nodes.Const,
    nodes.Filter,
    nodes.Test,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.CondExpr,
    nodes.For,
    nodes.If,
)
_TESTS = frozenset({"defined", "undefined", "none", "odd", "even"})
_LOOP = frozenset({"index", "index0", "first", "last", "length"})
_DEEPEST = 3
"""Loops within loops."""
_BLANK = "＿＿＿＿"


class Blank(ChainableUndefined):
    """An absent value: a blank to be filled in by hand, false in conditions, without a word of error."""

    def __str__(self) -> str:
        return _BLANK

    def _less(self, other: object) -> bool:
        return False

    __lt__ = __le__ = __gt__ = __ge__ = _less  # type: ignore[assignment]


class PaperEnvironment(ImmutableSandboxedEnvironment):
    """Jinja2 reduced to data: ``a.b`` is the entry b of a, whatever Python would make of it."""

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=Blank, finalize=_printed, keep_trailing_newline=True)
        self.filters = dict(FILTERS)
        self.tests = {name: test for name, test in self.tests.items() if name in _TESTS}
        self.globals = {}

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return an entry, or a blank."""
        return self._entry(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Return an entry, or a blank."""
        return self._entry(obj, argument)

    def _entry(self, obj: Any, name: Any) -> Any:
        if isinstance(obj, Mapping) and isinstance(name, str):
            value = obj.get(name)
        elif isinstance(obj, list) and isinstance(name, int):
            value = obj[name] if -len(obj) <= name < len(obj) else None
        elif isinstance(obj, LoopContext) and name in _LOOP:
            value = getattr(obj, name)
        else:
            value = None
        return self.undefined(name=str(name)) if value is None else value


@dataclass(frozen=True, slots=True)
class Statement:
    """``{% word rest %}``, with what it is said to stand for (``p``, ``tr``) in docxtpl's words."""

    word: str
    rest: str
    scope: str | None


@dataclass(slots=True)
class Reading:
    """What the tags of a template say: the names they ask for, and what is wrong, each with its place in words."""

    names: set[str] = field(default_factory=set)
    wrong: list[tuple[str, str, str]] = field(default_factory=list)
    """Code, message, place."""


def statement_of(tag: str) -> Statement | None:
    """Return what a ``{% … %}`` says, None where it is none."""
    match = _STATEMENT.match(tag.strip())
    return None if match is None else Statement(match[2], match[3].strip(), match[1])


def read_tags(tags: Iterable[tuple[str, str]]) -> Reading:
    """Read the tags of one part in their order, each with its place; report every mistake."""
    reading = Reading()
    reader = _Reader(reading)
    for tag, place in tags:
        reader.read(tag, place)
    reader.end()
    return reading


class _Reader:
    def __init__(self, reading: Reading) -> None:
        self._environment = PaperEnvironment()
        self._reading = reading
        self._open: list[tuple[str, str, str, frozenset[str]]] = []
        """Word, tag, place and the names that each open statement brings."""

    def read(self, tag: str, place: str) -> None:
        if tag.startswith("{#"):
            return
        if tag.startswith("{{"):
            self._expression(tag, tag, place)
            return
        statement = statement_of(tag)
        if statement is None:
            self._wrong("paper.tag-unknown", f"{tag} 读不懂，可用的是 if、elif、else、endif、for、endfor。", place)
        elif statement.word in ("if", "for"):
            self._begin(statement, tag, place)
        elif statement.word in ("elif", "else"):
            self._else(statement, tag, place)
        elif statement.word in ("endif", "endfor"):
            self._finish(statement.word.removeprefix("end"), tag, place)
        else:
            self._wrong("paper.tag-unknown", f"{tag} 不能用，可用的是 if、elif、else、endif、for、endfor。", place)

    def end(self) -> None:
        for word, tag, place, _ in self._open:
            self._wrong("paper.tag-open", f"{tag} 没有对应的 {{% end{word} %}}，请补上。", place)

    def _begin(self, statement: Statement, tag: str, place: str) -> None:
        whole = f"{{% {statement.word} {statement.rest} %}}{{% end{statement.word} %}}"
        tree = self._expression(whole, tag, place)
        brings: frozenset[str] = frozenset()
        if tree is not None and statement.word == "for":
            loops = list(tree.find_all(nodes.For))
            brings = frozenset({name.name for loop in loops for name in loop.target.find_all(nodes.Name)}) | {"loop"}
            brings |= {loop.target.name for loop in loops if isinstance(loop.target, nodes.Name)}
            if sum(word == "for" for word, *_ in self._open) >= _DEEPEST:
                self._wrong("paper.loop-too-deep", f"{tag} 嵌套超过 {_DEEPEST} 层，请简化。", place)
        self._open.append((statement.word, tag, place, brings))

    def _else(self, statement: Statement, tag: str, place: str) -> None:
        if not self._open:
            self._wrong("paper.tag-astray", f"{tag} 前面没有 {{% if … %}}。", place)
        elif statement.word == "elif":
            self._expression(f"{{% if {statement.rest} %}}{{% endif %}}", tag, place)

    def _finish(self, word: str, tag: str, place: str) -> None:
        if not self._open or self._open[-1][0] != word:
            self._wrong("paper.tag-astray", f"{tag} 前面没有与它对应的 {{% {word} … %}}。", place)
            return
        self._open.pop()

    def _expression(self, source: str, tag: str, place: str) -> nodes.Template | None:
        try:
            tree = self._environment.parse(_plain_quotes(source))
        except TemplateSyntaxError as error:
            self._wrong("paper.syntax", f"{tag} 写法有误：{error.message}。请核对括号、引号和空格。", place)
            return None
        refused = [problem for node in _walk(tree) if (problem := self._refused(node)) is not None]
        for code, message in refused[:1]:
            self._wrong(code, f"{tag} 中{message}", place)
        inside = frozenset().union(*(names for *_, names in self._open))
        self._reading.names |= _asked(tree) - inside - PROVIDED
        return tree

    def _refused(self, node: nodes.Node) -> tuple[str, str] | None:
        if not isinstance(node, _ALLOWED):
            return (
                "paper.construct-refused",
                "只能写变量、条件、循环和过滤器，不能计算或调用函数（请在流程图中用 FEEL 算好）。",
            )
        if isinstance(node, nodes.Filter) and node.name not in FILTERS:
            return "paper.filter-unknown", f"没有过滤器 {node.name}，可用的是 {'、'.join(FILTERS)}。"
        if isinstance(node, nodes.Test) and node.name not in _TESTS:
            return "paper.test-unknown", f"没有判断 is {node.name}，可用的是 {'、'.join(sorted(_TESTS))}。"
        name = getattr(node, "attr", None) or getattr(node, "name", None)
        if isinstance(name, str) and name.startswith("_"):
            return "paper.construct-refused", f"不能用以下划线开头的名称 {name}。"
        if isinstance(node, nodes.For) and (node.recursive or node.else_ or not isinstance(node.target, nodes.Name)):
            return "paper.construct-refused", "循环只能写成 {% for 名称 in 列表 %}。"
        return None

    def _wrong(self, code: str, message: str, place: str) -> None:
        self._reading.wrong.append((code, message, place))


def _walk(node: nodes.Node) -> Iterator[nodes.Node]:
    yield node
    for child in node.iter_child_nodes():
        yield from _walk(child)


def _asked(tree: nodes.Template) -> set[str]:
    """Names that are read, without those that a loop of the same tag brings."""
    brought = {loop.target.name for loop in tree.find_all(nodes.For) if isinstance(loop.target, nodes.Name)}
    return {node.name for node in tree.find_all(nodes.Name) if node.ctx == "load"} - brought - {"loop"}


def _printed(value: Any) -> Any:
    """Every value on its way into the paper: line breaks make paragraphs, control characters go."""
    if isinstance(value, Blank) or hasattr(value, "__html__"):
        return value
    if absent(value):
        return "" if value == "" else _BLANK
    text = text_of(value).replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    kept = "".join(character for character in text if character in "\n\t" or _is_xml(character))
    return kept.replace("\n", "\a")


def _is_xml(character: str) -> bool:
    code = ord(character)
    return 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or code >= 0x10000


def normalized(tag: str) -> str:
    """Return a tag as it is filled in: one space inside the braces, and straight quotes."""
    return f"{tag[:2]} {_plain_quotes(tag)[2:-2].strip().strip('-').strip()} {tag[-2:]}"


def _plain_quotes(tag: str) -> str:
    """Word and WPS curl quotes while one types."""
    return tag.translate(str.maketrans("“”‘’", "\"\"''"))
