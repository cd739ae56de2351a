"""Reads the project's own Python source and finds what the rules of the house forbid.

Each finder takes one source file and returns its offences as ``line: what``; test_house.py says which files each rule
holds for.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

_WALL_CLOCK = {
    "datetime.date.today",
    "datetime.datetime.now",
    "datetime.datetime.today",
    "datetime.datetime.utcnow",
    "time.ctime",
    "time.gmtime",
    "time.localtime",
    "time.time",
    "time.time_ns",
}
_RUNS_TEXT = {"eval", "exec", "compile", "__import__"}
_XML_OF_THE_STANDARD_LIBRARY = ("xml.etree", "xml.dom", "xml.sax", "xml.parsers", "xmlrpc")
_SAFE_PARSER = ("resolve_entities", "no_network", "load_dtd", "huge_tree")
_READS_XML = {"fromstring", "parse", "XML", "iterparse", "fromstringlist"}
_COMMITS = {"commit", "writing"}


@dataclass(frozen=True)
class Source:
    """One Python file: its path from the repository's root, its module, its tree and what its imports are called."""

    path: str
    tree: ast.Module
    names: dict[str, str] = field(default_factory=dict)

    @property
    def module(self) -> str:
        """Return the dotted name the file is imported by."""
        return self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def parse(text: str, path: str = "engine/example.py") -> Source:
    """Return the source with the names its imports bind."""
    source = Source(path, ast.parse(text, path))
    for node in ast.walk(source.tree):
        for bound, meaning, _ in _bindings(node, source):
            source.names[bound] = meaning
    return source


@cache
def sources(root: Path, *folders: str) -> list[Source]:
    """Return every Python file under ``folders`` of ``root``, in a stable order."""
    files = sorted(file for folder in folders for file in (root / folder).rglob("*.py"))
    return [parse(file.read_text(encoding="utf-8"), file.relative_to(root).as_posix()) for file in files]


def docstring(source: Source) -> str | None:
    """Return what the module says of itself, or None."""
    return ast.get_docstring(source.tree)


def imported_modules(source: Source) -> Iterator[tuple[int, str]]:
    """Give line and full name of every import, wherever in the file it stands."""
    for node in ast.walk(source.tree):
        for _, _, target in _bindings(node, source):
            yield getattr(node, "lineno", 0), target


def imports_beyond(source: Source, allowed: Iterable[str], projects: Iterable[str]) -> list[str]:
    """Find imports of the project's own packages ``projects`` that are not inside ``allowed``."""
    return [
        f"{line}: imports {name}"
        for line, name in imported_modules(source)
        if _inside(name, projects) and not _inside(name, allowed)
    ]


def wall_clock(source: Source) -> list[str]:
    """Find every use of the machine's clock, called or merely passed on."""
    return [f"{line}: {name}" for line, name in _references(source) if name in _WALL_CLOCK]


def text_as_code(source: Source) -> list[str]:
    """Find calls that turn text into running Python."""
    return [
        f"{node.lineno}: {node.func.id}()"
        for node in _calls(source)
        if isinstance(node.func, ast.Name) and node.func.id in _RUNS_TEXT
    ]


def commits(source: Source) -> list[str]:
    """Find calls that end a transaction for good, ``engine.store``'s ``writing`` among them.

    A savepoint (``begin_nested``) is not one.
    """
    found = []
    for node in _calls(source):
        name = ast.unparse(node.func).rpartition(".")[2]
        # SQLAlchemy's begin takes nothing; somebody else's begin(something) begins something else.
        if name in _COMMITS or (name == "begin" and not node.args):
            found.append(f"{node.lineno}: {name}()")
    return found


def unsafe_xml(source: Source) -> list[str]:
    """Find XML read by anything but an lxml parser that refuses entities, network, DTDs and huge trees."""
    found = [
        f"{line}: imports {name}"
        for line, name in imported_modules(source)
        if _inside(name, _XML_OF_THE_STANDARD_LIBRARY)
    ]
    for node in _calls(source):
        name = _qualified(node.func, source) or ""
        if not name.startswith("lxml."):
            continue
        function = name.rpartition(".")[2]
        if function == "XMLParser" and (open_doors := _open_doors(node)):
            found.append(f"{node.lineno}: XMLParser without {', '.join(open_doors)}")
        if function in _READS_XML and len(node.args) < 2 and not any(word.arg == "parser" for word in node.keywords):
            found.append(f"{node.lineno}: {function}() without a parser")
    return found


def http_statuses(source: Source) -> list[str]:
    """Find HTTP status numbers: ``http.HTTPStatus``, or a number from 100 to 599 given to a name with "status"."""
    found = [f"{line}: imports {name}" for line, name in imported_modules(source) if _inside(name, ["http"])]
    for node in ast.walk(source.tree):
        for name, value in _given_values(node):
            number = isinstance(value, ast.Constant) and type(value.value) is int and 100 <= value.value <= 599
            if number and re.search(r"status|http", name, re.IGNORECASE):
                found.append(f"{value.lineno}: {ast.unparse(value)} for {name}")
    return found


def names_one_of(source: Source, identifiers: Iterable[str]) -> list[str]:
    """Find text in the code that contains one of ``identifiers`` as a word of its own.

    Docstrings and the comments of columns are prose and may give examples.
    """
    alternatives = "|".join(re.escape(identifier) for identifier in sorted(identifiers))
    if not alternatives:
        return []
    pattern = re.compile(rf"(?<![\w.-])(?:{alternatives})(?![\w-])")
    prose = {
        id(node.value)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Expr) or (isinstance(node, ast.keyword) and node.arg == "comment")
    }
    return [
        f"{node.lineno}: {match[0]!r}"
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose
        for match in [pattern.search(node.value)]
        if match
    ]


def _bindings(node: ast.AST, source: Source) -> Iterator[tuple[str, str, str]]:
    """Give, for each name an import binds: the name, what it means, and what is imported for it."""
    if isinstance(node, ast.Import):
        for alias in node.names:
            first = alias.name.partition(".")[0]
            # ``import a.b`` binds ``a``, ``import a.b as c`` binds ``a.b``.
            yield (alias.asname, alias.name, alias.name) if alias.asname else (first, first, alias.name)
    elif isinstance(node, ast.ImportFrom):
        base = _absolute(node, source)
        for alias in node.names:
            target = f"{base}.{alias.name}"
            yield alias.asname or alias.name, target, target


def _absolute(node: ast.ImportFrom, source: Source) -> str:
    if not node.level:
        return node.module or ""
    package = source.module.split(".") if source.path.endswith("__init__.py") else source.module.split(".")[:-1]
    parents = package[: len(package) - node.level + 1]
    return ".".join([*parents, *([node.module] if node.module else [])])


def _inside(name: str, packages: Iterable[str]) -> bool:
    return any(name == package or name.startswith(package + ".") for package in packages)


def _calls(source: Source) -> Iterator[ast.Call]:
    return (node for node in ast.walk(source.tree) if isinstance(node, ast.Call))


def _references(source: Source) -> Iterator[tuple[int, str]]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Name | ast.Attribute) and (name := _qualified(node, source)):
            yield node.lineno, name


def _qualified(node: ast.expr, source: Source) -> str | None:
    """Return the imported thing an expression such as ``dt.datetime.now`` means, or None."""
    if isinstance(node, ast.Name):
        return source.names.get(node.id)
    if isinstance(node, ast.Attribute) and (owner := _qualified(node.value, source)):
        return f"{owner}.{node.attr}"
    return None


def _open_doors(call: ast.Call) -> list[str]:
    safe = {"no_network": True}
    given = {word.arg: word.value.value for word in call.keywords if isinstance(word.value, ast.Constant)}
    return [f"{name}={safe.get(name, False)}" for name in _SAFE_PARSER if given.get(name) is not safe.get(name, False)]


def _given_values(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """Give pairs of a name and a value it is assigned, compared with, or passed."""
    if isinstance(node, ast.Assign):
        yield from ((ast.unparse(target), node.value) for target in node.targets)
    elif isinstance(node, ast.AnnAssign) and node.value:
        yield ast.unparse(node.target), node.value
    elif isinstance(node, ast.keyword) and node.arg:
        yield node.arg, node.value
    elif isinstance(node, ast.Compare):
        yield from ((ast.unparse(node.left), value) for value in node.comparators)
    elif isinstance(node, ast.Dict):
        yield from ((ast.unparse(key), value) for key, value in zip(node.keys, node.values, strict=True) if key)
