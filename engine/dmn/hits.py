"""What the matched rules of a decision table amount to: the hit policies (DMN 1.5 clauses 8.2.10 and 10.3.2.10)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from engine.feel import compile_expression
from engine.feel.equality import feel_equal

from .run import Run, Site, Value, Variables
from .tree import Aggregation, HitPolicy

Rank = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A matched rule: its number from 1, and its output values, one an output column."""

    number: int
    outputs: Sequence[Value]


RankOf = Callable[[Hit, Variables, Run], Rank]


def select(
    policy: HitPolicy, hits: list[Hit], rank_of: RankOf, variables: Variables, run: Run, site: Site
) -> list[Hit]:
    """The hits that make the result, in the order of the result; none, with an error, where the policy is violated."""
    if policy is HitPolicy.UNIQUE and len(hits) > 1:
        numbers = "、".join(str(hit.number) for hit in hits)
        run.warn(site, "dmn.unique-violated", f"命中策略是唯一，却同时命中第 {numbers} 条规则，结果为 null。", "error")
        return []
    if policy is HitPolicy.ANY and not _all_equal(hits):
        numbers = "、".join(str(hit.number) for hit in hits)
        run.warn(site, "dmn.any-violated", f"命中策略是任意，第 {numbers} 条规则的输出却不同，结果为 null。", "error")
        return []
    if policy in (HitPolicy.PRIORITY, HitPolicy.OUTPUT_ORDER):
        hits = sorted(hits, key=lambda hit: rank_of(hit, variables, run))
    return hits


def is_multiple(policy: HitPolicy) -> bool:
    """Whether the result is made of all hits."""
    return policy in (HitPolicy.COLLECT, HitPolicy.RULE_ORDER, HitPolicy.OUTPUT_ORDER)


def _all_equal(hits: list[Hit]) -> bool:
    first = hits[0].outputs if hits else ()
    return all(
        feel_equal(one, other) is True or (one is None and other is None)
        for hit in hits[1:]
        for one, other in zip(first, hit.outputs, strict=True)
    )


_AGGREGATES = {
    Aggregation.SUM: compile_expression("sum(outputs)"),
    Aggregation.MIN: compile_expression("min(outputs)"),
    Aggregation.MAX: compile_expression("max(outputs)"),
    Aggregation.COUNT: compile_expression("count(outputs)"),
}


def aggregate(how: Aggregation, outputs: list[Value], run: Run, site: Site) -> Value:
    """FEEL's sum, min, max or count of the outputs."""
    value = _AGGREGATES[how].evaluate({"outputs": outputs}, warnings=run.pending)
    if run.pending:
        run.settle(site)
    return value
