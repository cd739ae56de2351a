"""Random expressions whose parts fit each other by type, so that they have a value. All from the given Random.

What is known to differ (docs/feelin-differences.md) is left out: nulls and wrong types in comparisons, positions
outside a list, durations times numbers, and the functions named there. All numbers are sums of powers of two, so that
JavaScript computes them exactly too.
"""

from __future__ import annotations

from random import Random

CONTEXT: dict[str, object] = {
    "a": 7,
    "b": 2.5,
    "金额": 60000,
    "name": "banjie",
    "ok": True,
    "rows": [{"k": "x", "v": 1}, {"k": "y", "v": 5}, {"k": "x", "v": 9}],
    "nums": [3, 1, 2, 3],
}

_KINDS = {
    "#": "number", "$": "string", "?": "boolean", "@": "numbers", "~": "strings",
    "%": "context", "d": "date", "p": "days", "t": "time", "i": "integer",
}  # fmt: skip
_LEAVES = {
    "number": ["0", "1", "2", "-3", "0.5", "10", "a", "b", "金额"],
    "integer": ["1", "2", "3", "count(nums)", "a"],
    "string": ['""', '"abc"', '"b"', "name", '"工程"', '"a.b"'],
    "boolean": ["true", "false", "ok"],
    "numbers": ["[1, 2, 3]", "nums", "rows.v", "[0.5]"],
    "strings": ['["a", "b"]', "rows.k", '["工程"]'],
    "context": ["{a: 1}", "{a: 2, c: 3}", '{a: 3, k: "x"}'],
    "date": ['date("2024-02-29")', '@"2024-01-31"', "date(2023, 12, 31)"],
    "days": ['duration("P1D")', '@"P3D"', '@"-P2D"'],
    "time": ['time("10:30:00")', '@"23:59:59"'],
}
_TEMPLATES = {
    "number": [
        "<#> + <#>", "<#> - <#>", "<#> * <#>", "<#> / 4", "(<#>) ** 2", "-(<#>)", "abs(<#>)", "floor(<#>)", "<i>",
        "ceiling(<#>)", "decimal(<#>, 0)", "modulo(<#>, 7)", "if <?> then <#> else <#>", "(function(x) x + <#>)(<#>)",
        "sum(<@>)", "count(<@>)", "min(<@>)", "max(<@>)", "mean([<#>, <#>])", "product(<@>)", "<@>[1]", "<@>[-1]",
        "string length(<$>)", "<%>.a", 'number("12.5")', "(<d>).year", "(<d>).weekday",
    ],
    "integer": ["count(<@>)", "string length(<$>)", "<i> + <i>", "<i> * 2"],
    "string": [
        "<$> + <$>", "upper case(<$>)", "lower case(<$>)", 'substring("abcdef" + <$>, 2)',
        'substring("abcdef", 1, 2)', 'substring before(<$>, "b")', 'substring after(<$>, "b")',
        'replace(<$>, "b", "x")', "string(<i>)", "string(<?>)", "if <?> then <$> else <$>", "string join(<~>, \"-\")",
        "day of week(<d>)", "month of year(<d>)", "string(<d>)", "<~>[1]",
    ],
    "boolean": [
        "(<#>) < (<#>)", "(<#>) >= (<#>)", "(<#>) = (<#>)", "(<$>) = (<$>)", "(<$>) != (<$>)", "(<$>) < (<$>)",
        "<?> and <?>", "<?> or <?>", "not(<?>)", "(<#>) between -5 and 5", "((<#>) in [1..10])", "((<#>) in (1, 2))",
        "((<#>) in (> 5, 1))", '((<$>) in ("a", "b"))', "contains(<$>, <$>)", "starts with(<$>, <$>)",
        "ends with(<$>, <$>)", 'matches(<$>, "[a-c]+")', "(some x in <@> satisfies x > 2)",
        "(every x in <@> satisfies x > 0)", "list contains(<@>, <#>)", "(<#>) instance of number", "(<$>) = null",
        "[<#>, 1] = [<#>, 1]", "<%> = <%>", "(<d>) < (<d>)", "(<d>) = (<d>)", "even(<i>)", "odd(<i>)",
        "all([<?>, <?>])",
        "any([<?>, <?>])", "((<d>) in [@\"2024-01-01\"..@\"2024-02-01\"])",
    ],
    "numbers": [
        "[<#>, <#>]", "append(<@>, <#>)", "concatenate(<@>, <@>)", "reverse(<@>)", "sublist(<@>, 1, 1)",
        "distinct values(<@>)", "union(<@>, <@>)", "flatten([<@>, <@>])", "insert before(<@>, 1, <#>)",
        "(for x in <@> return x * 2)", "(for i in 1..3 return i + <#>)", "sort(<@>, function(x, y) x < y)",
        "[1, <#>, 3][item >= 1]", "rows[k = \"x\"].v",
    ],
    "strings": ["[<$>, <$>]", 'split("a,b,c", ",")', "rows[v > 0].k", "(for x in <~> return upper case(x))"],
    "context": ["{a: <#>, b: <$>}", "{a: <#>, b: a + 1}", 'context put(<%>, "z", <#>)', "context merge([<%>, <%>])"],
    "date": ["<d> + (<p>)", "<d> - (<p>)", 'date(<d>)', '<d> + @"P1M"'],
    "days": ["<p> + <p>", "((<d>) - (<d>))", "abs(<p>)"],
    "time": ['<t> + @"PT2H"', "<t>"],
}  # fmt: skip


_TEMPORAL_KINDS = {"date", "days", "time"}


def _is_recent(template: str) -> bool:
    """Return whether a template has what feelin before version 8 did not have or did otherwise."""
    return any(mark in template for mark in ("<d>", "<p>", "<t>", "instance of"))


class TypedGenerator:
    """Makes expressions of a wanted kind, with or without what only recent versions of feelin have."""

    def __init__(self, random: Random, *, recent: bool) -> None:
        self._random = random
        kinds = _TEMPLATES if recent else _TEMPLATES.keys() - _TEMPORAL_KINDS
        self._kinds = sorted(kinds)
        self._templates = {
            kind: [text for text in _TEMPLATES[kind] if recent or not _is_recent(text)] for kind in self._kinds
        }

    def expression(self, depth: int) -> str:
        """Return an expression of any kind."""
        return self._make(self._random.choice(self._kinds), depth)

    def _make(self, kind: str, depth: int) -> str:
        templates = _LEAVES[kind] if depth <= 0 or self._random.random() < 0.15 else self._templates[kind]
        return self._fill(self._random.choice(templates), depth - 1)

    def _fill(self, template: str, depth: int) -> str:
        """Replace ``<#>``, ``<$>`` and so on by expressions of the kind that the mark stands for."""
        first, *others = template.split("<")
        for piece in others:
            mark, closing, rest = piece.partition(">")
            first += self._make(_KINDS[mark], depth) + rest if closing and mark in _KINDS else "<" + piece
        return first
