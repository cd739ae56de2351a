"""Finding the suite and reading its test cases."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

from engine.feel import evaluate

VARIABLE = "DMN_TCK"
REPOSITORY = Path(__file__).resolve().parents[2]

_TEST = "{http://www.omg.org/spec/DMN/20160719/testcase}"
_XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


@dataclass(frozen=True)
class Result:
    """One expected result of a case; a decision of an imported model has ``{namespace}`` before its name."""

    name: str
    expected: Any
    is_error: bool


@dataclass(frozen=True)
class Case:
    """One test case; ``invocable`` names the service or knowledge model to call, if it is not about decisions."""

    id: str
    invocable: str | None
    inputs: dict[str, Any]
    results: tuple[Result, ...]


@dataclass(frozen=True)
class CaseFile:
    """A file of test cases and the model it is about."""

    path: Path
    folder: str
    model: Path
    cases: tuple[Case, ...]


def find_suite() -> Path | None:
    """The folder of the suite: environment variable DMN_TCK, else ../shared/tck beside the repository."""
    named = os.environ.get(VARIABLE)
    candidates = [Path(named)] if named else []
    candidates.append(REPOSITORY.parent / "shared" / "tck")
    return next((folder for folder in candidates if folder.is_dir()), None)


def case_paths(suite: Path) -> list[Path]:
    """All files of test cases below ``suite``, sorted."""
    return sorted(path for path in suite.rglob("*.xml") if _is_case_file(path))


def _is_case_file(path: Path) -> bool:
    with path.open("rb") as stream:
        return b"testCases" in stream.read(4096)


def read_cases(path: Path) -> CaseFile:
    """The cases of one file."""
    root = etree.parse(str(path), _PARSER).getroot()
    name = (root.findtext(f"{_TEST}modelName") or "").strip()
    model = path.parent / name if name else next(path.parent.glob("*.dmn"))
    cases = tuple(_case(element) for element in root.iter(f"{_TEST}testCase"))
    return CaseFile(path, path.parent.name, model, cases)


def _case(element: Any) -> Case:
    kind = element.get("type") or "decision"
    inputs = {}
    for node in element.findall(f"{_TEST}inputNode"):
        namespace = node.get("namespace")
        inputs[f"{{{namespace}}}{node.get('name')}" if namespace else node.get("name")] = _value(node)
    results = tuple(_result(node) for node in element.findall(f"{_TEST}resultNode"))
    return Case(element.get("id") or "", element.get("invocableName") if kind != "decision" else None, inputs, results)


def _result(node: Any) -> Result:
    expected = node.find(f"{_TEST}expected")
    value = _value(expected) if expected is not None else None
    namespace = node.get("namespace")
    name = f"{{{namespace}}}{node.get('name')}" if namespace else node.get("name")
    return Result(name, value, (node.get("errorResult") or "false") in ("true", "1"))


def _value(element: Any) -> Any:
    """The FEEL value of a ``valueType`` element."""
    if element.get(f"{_XSI}nil") in ("true", "1"):
        return None
    components = element.findall(f"{_TEST}component")
    if components:
        return {component.get("name"): _value(component) for component in components}
    items = element.find(f"{_TEST}list")
    if items is not None:
        if items.get(f"{_XSI}nil") in ("true", "1"):
            return None
        return [_value(item) for item in items.findall(f"{_TEST}item")]
    value = element.find(f"{_TEST}value")
    return _simple(value) if value is not None else None


_READERS = {
    "boolean": None,
    "date": "date(text)",
    "time": "time(text)",
    "dateTime": "date and time(text)",
    "duration": "duration(text)",
    "dayTimeDuration": "duration(text)",
    "yearMonthDuration": "duration(text)",
    **dict.fromkeys(("decimal", "double", "float", "integer", "int", "long"), 'number(text, null, ".")'),
}


def _simple(element: Any) -> Any:
    if element.get(f"{_XSI}nil") in ("true", "1"):
        return None
    text = "".join(element.itertext())
    kind = (element.get(f"{_XSI}type") or "string").rpartition(":")[2]
    if kind == "boolean":
        return text.strip() in ("true", "1")
    reader = _READERS.get(kind)
    if reader is None:
        return text
    value = evaluate(reader, {"text": text.strip()})
    if value is None:
        raise ValueError(f"{kind} {text!r} at line {element.sourceline} is not readable")
    return value


def all_files(suite: Path) -> Iterator[CaseFile]:
    """Every file of cases below ``suite``."""
    return map(read_cases, case_paths(suite))
