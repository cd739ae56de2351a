"""Boxed contexts, lists, relations, conditionals, filters and iterators (DMN 1.5 clauses 10.2.2 and 10.3.2.15)."""

from __future__ import annotations

from engine.feel import compile_expression as compile_feel
from engine.feel.values import Range

from . import tree
from .compiling import Evaluator, Scope, compile_expression, declared_type
from .run import Run, Site, Value, Variables


def compile_context(node: tree.Context, scope: Scope) -> Evaluator:
    """Entries see the entries before them; an entry without a name is the result of the whole context."""
    twice = duplicate_entry(node)
    if twice is not None:
        return _refusal(scope.site(node, twice.line), twice)
    entries: list[tuple[str, Evaluator]] = []
    result: Evaluator | None = None
    for entry in node.entries:
        if entry.variable is None:
            result = compile_expression(entry.value, scope)
            break
        # The name is known already here, because a function may call itself by the name of its own entry; any other
        # expression finds under it what an outer scope holds.
        scope = scope.extend((entry.variable.name,))
        site = scope.site(node, entry.line)
        type_ref = declared_type(entry.variable, entry.value)
        value = scope.types.coerced(compile_expression(entry.value, scope), type_ref, site)
        entries.append((entry.variable.name, value))

    def evaluate(variables: Variables, run: Run) -> Value:
        inner = dict(variables)
        values: dict[str, Value] = {}
        for name, entry in entries:
            inner[name] = values[name] = entry(inner, run)
        return values if result is None else result(inner, run)

    return evaluate


def duplicate_entry(node: tree.Context) -> tree.ContextEntry | None:
    """An entry whose name an earlier one has: names SHALL be distinct within a context (clause 10.2.2.4)."""
    seen: set[str] = set()
    for entry in node.entries:
        if entry.variable is not None:
            if entry.variable.name in seen:
                return entry
            seen.add(entry.variable.name)
    return None


def _refusal(site: Site, entry: tree.ContextEntry) -> Evaluator:
    name = entry.variable.name if entry.variable is not None else ""

    def evaluate(variables: Variables, run: Run) -> Value:
        run.warn(site, "dmn.duplicate-name", f"上下文里“{name}”出现两次，结果为 null，请改名。", "error")

    return evaluate


def compile_list(node: tree.ListExpression, scope: Scope) -> Evaluator:
    """Clause 10.2.2.5."""
    items = [compile_expression(item, scope) for item in node.items]
    return lambda variables, run: [item(variables, run) for item in items]


def compile_relation(node: tree.Relation, scope: Scope) -> Evaluator:
    """A list of contexts, one a row (clause 10.2.2.6)."""
    rows = []
    for row in node.rows:
        cells = []
        for column, cell in zip(node.columns, row, strict=False):
            value = compile_expression(cell, scope)
            cells.append((column.name, scope.types.coerced(value, column.type_ref, scope.site(cell))))
        rows.append(cells)
    return lambda variables, run: [{name: cell(variables, run) for name, cell in cells} for cells in rows]


def compile_conditional(node: tree.Conditional, scope: Scope) -> Evaluator:
    """Null takes the other way, as in FEEL's ``if``; what is no boolean at all makes null (clause 10.2.2.8: it MUST
    resolve to a boolean, the wording used for the match of a boxed filter too)."""
    condition = compile_expression(node.condition, scope)
    then = compile_expression(node.then, scope)
    otherwise = compile_expression(node.otherwise, scope)
    site = scope.site(node.condition)

    def evaluate(variables: Variables, run: Run) -> Value:
        chosen = condition(variables, run)
        if chosen is True:
            return then(variables, run)
        if chosen is False:
            return otherwise(variables, run)
        if chosen is None:
            run.warn(site, "dmn.condition-null", "条件的值是 null，按“否则”处理。")
            return otherwise(variables, run)
        run.warn(site, "dmn.condition-not-boolean", "条件的值不是 true 或 false，结果为 null。")
        return None

    return evaluate


def compile_filter(node: tree.Filter, scope: Scope) -> Evaluator:
    """The collection must be a list and the match boolean for every item, else null (clause 10.2.2.9)."""
    collection = compile_expression(node.collection, scope)
    match = compile_expression(node.match, scope.extend(("item", *scope.members)))
    site = scope.site(node.collection)
    match_site = scope.site(node.match)

    def evaluate(variables: Variables, run: Run) -> Value:
        items = _list_of(collection(variables, run), run, site)
        if items is None:
            return None
        kept = []
        for item in items:
            inner = dict(variables)
            inner["item"] = item
            if isinstance(item, dict):
                inner.update(item)
            satisfied = match(inner, run)
            if satisfied is True:
                kept.append(item)
            elif satisfied is not False and satisfied is not None:
                run.warn(match_site, "dmn.match-not-boolean", "筛选条件的值不是 true 或 false，结果为 null。")
                return None
        return kept

    return evaluate


def compile_iterator(node: tree.Iterator, scope: Scope) -> Evaluator:
    """``for``, ``some`` and ``every`` (clause 10.2.2.10); the collection must be a list, else null."""
    collection = scope.types.coerced_items(
        compile_expression(node.collection, scope), node.collection_type, scope.site(node.collection)
    )
    body = compile_expression(node.body, scope.extend((node.variable, "partial")))
    site = scope.site(node.collection)
    if node.kind == "for":
        # Only a body that names ``partial`` pays for a copy of the results in every round.
        return _for(node.variable, collection, body, site, partial="partial" in repr(node.body))
    return _quantified(node.variable, collection, body, site, every=node.kind == "every")


def _for(variable: str, collection: Evaluator, body: Evaluator, site: Site, *, partial: bool) -> Evaluator:
    def evaluate(variables: Variables, run: Run) -> Value:
        items = _list_of(collection(variables, run), run, site)
        if items is None:
            return None
        results: list[Value] = []
        for item in items:
            inner = {**variables, variable: item}
            if partial:
                inner["partial"] = list(results)
            results.append(body(inner, run))
        return results

    return evaluate


def _quantified(variable: str, collection: Evaluator, body: Evaluator, site: Site, *, every: bool) -> Evaluator:
    """``every`` is a conjunction and ``some`` a disjunction in three-valued logic (clause 10.3.2.6)."""
    deciding = not every

    def evaluate(variables: Variables, run: Run) -> Value:
        items = _list_of(collection(variables, run), run, site)
        if items is None:
            return None
        unknown = False
        for item in items:
            satisfied = body({**variables, variable: item}, run)
            if satisfied is deciding:
                return deciding
            unknown = unknown or satisfied is not every
        return None if unknown else every

    return evaluate


_ITEMS_OF_RANGE = compile_feel("for item in range return item")


def _list_of(value: Value, run: Run, site: Site) -> list[Value] | None:
    if isinstance(value, list):
        return value
    if isinstance(value, Range):
        value = _ITEMS_OF_RANGE.evaluate({"range": value}, warnings=run.pending)
        run.settle(site)
        return value if isinstance(value, list) else None
    run.warn(site, "dmn.not-a-list", "这里需要列表，实际不是，结果为 null。")
    return None
