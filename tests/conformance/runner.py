"""Running the cases of a file and collecting what failed."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engine.dmn import DmnError, DmnNotFound, Model, load
from engine.feel import FeelError

from .compare import same
from .suite import Case, CaseFile, Result


@dataclass(frozen=True)
class Failure:
    """A result that is not as expected. ``key`` identifies it: folder, file, case, result."""

    key: tuple[str, str, str, str]
    expected: Any
    actual: Any

    def __str__(self) -> str:
        return f"{'/'.join(self.key)}: expected {self.expected!r}, got {self.actual!r}"


@dataclass
class Tally:
    """How many cases and results there are and how many hold; results with a non-null expectation apart."""

    counts: Counter[str] = field(default_factory=Counter)
    failures: list[Failure] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Count ``other`` in."""
        self.counts.update(other.counts)
        self.failures += other.failures


def run_file(cases: CaseFile) -> Tally:
    """Run all cases of a file against its model."""
    tally = Tally()
    model = _load(cases.model)
    for case in cases.cases:
        passed = True
        for result in case.results:
            passed &= _run_result(cases, case, result, model, tally)
        tally.counts["cases"] += 1
        tally.counts["cases passed"] += passed
    return tally


def _run_result(cases: CaseFile, case: Case, result: Result, model: Model | DmnError, tally: Tally) -> bool:
    actual = evaluate_result(model, case, result)
    passed = _holds(actual, result)
    tally.counts["results"] += 1
    tally.counts["results passed"] += passed
    if result.expected is not None:
        tally.counts["valued"] += 1
        tally.counts["valued passed"] += passed
    if not passed:
        key = (cases.folder, cases.path.name, case.id, result.name)
        tally.failures.append(Failure(key, result.expected, actual))
    return passed


def _holds(actual: Any, result: Result) -> bool:
    """An error result holds if there is no value: the suite lets an engine refuse or answer null."""
    if result.is_error and (actual is None or isinstance(actual, DmnNotFound)):
        return True
    return not isinstance(actual, Exception) and same(actual, result.expected)


def evaluate_result(model: Model | DmnError, case: Case, result: Result) -> Any:
    """The value for one result, or the declared error that came instead."""
    if isinstance(model, DmnError):
        return model
    try:
        if case.invocable is None:
            return model.evaluate(result.name, case.inputs)
        value = model.evaluate(case.invocable, case.inputs)
    except (DmnError, FeelError) as error:
        return error
    name = result.name.rpartition("}")[2]
    outputs = {service.name: service.outputs for service in model.decision_services}.get(case.invocable, ())
    if len(outputs) > 1 and name in outputs and isinstance(value, dict):
        return value.get(name)
    return value


@functools.lru_cache(maxsize=8)
def _load(path: Path) -> Model | DmnError:
    try:
        return load(path)
    except DmnError as error:
        return error


def table(tallies: Iterable[tuple[str, Tally]]) -> str:
    """A text table: folder, cases, results, and results with a non-null expectation, passed of all."""
    total = Tally()
    lines = [f"{'folder':<58}{'cases':>14}{'results':>14}{'not null':>14}"]
    for folder, tally in tallies:
        lines.append(_line(folder, tally))
        total.add(tally)
    lines.append(_line("all", total))
    return "\n".join(lines)


def _line(name: str, tally: Tally) -> str:
    counts = tally.counts
    cells = (f"{counts[f'{kind} passed']}/{counts[kind]}" for kind in ("cases", "results", "valued"))
    return f"{name:<58}" + "".join(f"{cell:>14}" for cell in cells)
