"""The expressions that are measured, here and in other engines, and the context they see."""

from __future__ import annotations

EXPRESSIONS = [
    'amount >= 50000 and category = "工程"',
    "amount * 1.13 + 200",
    'if amount > 100000 then "一级" else if amount > 50000 then "二级" else "三级"',
    "amount in [50000..100000)",
    "sum(items.price)",
    "items[price > 20].name",
    "for i in items return i.price * i.count",
    "some i in items satisfies i.price > 25",
    'date("2024-01-31") + duration("P1M")',
    'upper case(substring(name, 1, 3)) + "-" + string(amount)',
]
"""Ordinary rules of an office."""

CONTEXT = {
    "amount": 60000,
    "category": "工程",
    "name": "abcdef",
    "items": [{"name": "a", "price": 10, "count": 2}, {"name": "b", "price": 30, "count": 1}],
}
