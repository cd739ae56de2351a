"""Models that import models: qualified names, nested imports, imports without a name, across versions."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from engine.dmn import DmnModelInvalid, Model, load
from tests.unit.dmn.building import (
    NAMESPACES,
    component,
    decision,
    definitions,
    input_data,
    item,
    knowledge_model,
    literal,
    service,
)

A, B, B2, MAIN = (f"http://example.org/{name}" for name in ("a", "b", "b2", "main"))


def imported(name: str, namespace: str, version: str = "1.5") -> str:
    written = f' name="{name}"' if name else ""
    return f'<import{written} namespace="{namespace}" importType="{NAMESPACES[version]}"/>'


def library(*files: bytes) -> Callable[[str, str | None], bytes]:
    by_namespace = {file.split(b' namespace="')[1].split(b'"')[0].decode(): file for file in files}
    return lambda namespace, location: by_namespace[namespace]


def tools(version: str = "1.5") -> bytes:
    return definitions(
        item("tPerson", component("first name", "string") + component("age", "number")),
        input_data("person", "tPerson"),
        decision("greeting", literal('"Hello " + person.first name'), ["person"], "string"),
        knowledge_model("say hello", [("p", "tPerson")], literal('"Hi " + p.first name')),
        service("greet", outputDecision=["greeting"], inputData=["person"]),
        namespace=A,
        version=version,
    )


def main(*parts: str) -> bytes:
    return definitions(imported("tool.box", A), *parts)


@pytest.mark.parametrize("version", NAMESPACES)
def test_functions_types_and_services_of_an_import_have_its_name_in_front(version: str) -> None:
    file = main(
        input_data("x", "tool.box.tPerson"),
        decision("hi", literal("tool.box.say hello(x)"), ["x"], knowledge=[f"{A}#say hello"]),
        decision("greeted", literal("tool.box.greet(person: x)"), ["x"], knowledge=[f"{A}#greet"]),
    )
    built = load(file, imports=library(tools(version)))
    given = {"x": {"first name": "Ann", "age": 3}}

    assert built.evaluate("hi", given) == "Hi Ann"
    assert built.evaluate("greeted", given) == "Hello Ann"
    assert built.evaluate("hi", {"x": {"first name": 7}}) is None


def with_decision() -> Model:
    file = main(
        decision("result", literal('tool.box.greeting + ", " + tool.box.person.first name'),
                 [f"!{A}#greeting", f"{A}#person"])
    )  # fmt: skip
    return load(file, imports=library(tools()))


PERSON = {"first name": "Ann", "age": 3}


@pytest.mark.parametrize(
    "given",
    [
        {"tool.box": {"person": PERSON}},
        {"tool.box.person": PERSON},
        {f"{{{A}}}person": PERSON},
        {"person": PERSON},
    ],
)
def test_inputs_of_an_import_are_given_in_a_context_by_path_by_namespace_or_bare(given: dict[str, object]) -> None:
    assert with_decision().evaluate("result", given) == "Hello Ann, Ann"


def test_elements_of_an_import_are_evaluated_by_their_qualified_name() -> None:
    assert with_decision().evaluate("tool.box.greeting", {"tool.box": {"person": PERSON}}) == "Hello Ann"


def test_one_model_imported_by_two_paths_has_an_input_for_each() -> None:
    base = definitions(input_data("name"), decision("hello", literal('"Hello " + name'), ["name"]), namespace=A)
    middle = [
        definitions(
            imported("model a", A),
            decision("said", literal(f'"{mark}: " + model a.hello'), [f"!{A}#hello"]),
            namespace=namespace,
        )
        for mark, namespace in (("B", B), ("B2", B2))
    ]
    top = definitions(
        imported("first", B),
        imported("second", B2),
        decision("result", literal('first.said + "; " + second.said'), [f"!{B}#said", f"!{B2}#said"]),
    )
    built = load(top, imports=library(base, *middle))
    given = {"first": {"model a": {"name": "x"}}, "second": {"model a": {"name": "y"}}}

    assert built.evaluate("result", given) == "B: Hello x; B2: Hello y"


def test_elements_of_an_indirect_import_are_reached_through_it() -> None:
    middle = definitions(imported("inner", A), namespace=B)
    top = definitions(
        imported("outer", B),
        decision("result", literal('outer.inner.say hello({first name: "x", age: 1})'), knowledge=[f"{A}#say hello"]),
    )

    assert load(top, imports=library(tools(), middle)).evaluate("result", {}) == "Hi x"


def test_an_import_without_a_name_brings_its_names_into_the_default_namespace() -> None:
    file = definitions(
        imported("", A),
        input_data("x", "tPerson"),
        decision("hi", literal("say hello(x)"), ["x"], knowledge=[f"{A}#say hello"]),
        decision("all", literal("greeting"), [f"!{A}#greeting"]),
    )
    built = load(file, imports=library(tools()))

    assert built.evaluate("hi", {"x": PERSON}) == "Hi Ann"
    assert built.evaluate("all", {"person": PERSON}) == "Hello Ann"
    assert built.evaluate("greeting", {"person": PERSON}) == "Hello Ann"


def test_imports_are_found_beside_the_file_by_namespace_and_by_location(tmp_path: Path) -> None:
    (tmp_path / "library.dmn").write_bytes(tools())
    (tmp_path / "broken.dmn").write_bytes(b"no xml")
    call = literal('tool.box.say hello({first name: "x", age: 1})')
    file = main(decision("result", call, knowledge=[f"{A}#say hello"]))
    (tmp_path / "main.dmn").write_bytes(file)
    located = file.replace(b"importType", b'locationURI="file:///elsewhere/library.dmn" importType')
    (tmp_path / "located.dmn").write_bytes(located)

    assert load(tmp_path / "main.dmn").evaluate("result", {}) == "Hi x"
    assert load(str(tmp_path / "located.dmn")).evaluate("result", {}) == "Hi x"


def test_a_missing_import_is_a_problem_at_its_line() -> None:
    with pytest.raises(DmnModelInvalid) as caught:
        load(main())

    assert [(problem.code, problem.line) for problem in caught.value.problems] == [("dmn.import", 4)]


def test_models_that_import_each_other_are_refused() -> None:
    one = definitions(imported("b", B), namespace=A)
    other = definitions(imported("a", A), namespace=B)

    with pytest.raises(DmnModelInvalid) as caught:
        load(one, imports=library(one, other))

    assert caught.value.problems[0].code == "dmn.import-cycle"


def test_problems_of_an_import_are_reported_with_its_own_name() -> None:
    broken = definitions(decision("a", literal("1"), ["missing"]), namespace=A)

    with pytest.raises(DmnModelInvalid) as caught:
        load(main(), imports=library(broken))

    assert caught.value.problems[0].file == A


def test_imports_of_other_kinds_are_left_alone() -> None:
    xsd = '<import name="x" namespace="http://example.org/x" importType="http://www.w3.org/2001/XMLSchema"/>'

    assert load(definitions(xsd, decision("a", literal("1")))).evaluate("a", {}) == 1


def test_hrefs_may_name_their_own_namespace() -> None:
    built = load(
        definitions(
            input_data("x"),
            decision("a", literal("x + 1"), [f"{MAIN}#x"]),
            decision("b", literal("a + 1"), [f"!{MAIN}#a"]),
            namespace=MAIN,
        )
    )

    assert built.evaluate("b", {"x": 1}) == 3


def test_an_element_is_found_by_its_namespace_too() -> None:
    assert with_decision().evaluate(f"{{{A}}}greeting", {"person": PERSON}) == "Hello Ann"


def test_files_of_one_namespace_import_each_other_by_location(tmp_path: Path) -> None:
    part = definitions(knowledge_model("one", [], literal("1")), namespace=MAIN)
    (tmp_path / "part.dmn").write_bytes(part)
    written = imported("", MAIN).replace("/>", ' locationURI="part.dmn"/>')
    file = definitions(written, decision("result", literal("one() + 1"), knowledge=["one"]), namespace=MAIN)
    (tmp_path / "whole.dmn").write_bytes(file)

    assert load(tmp_path / "whole.dmn").evaluate("result", {}) == 2
