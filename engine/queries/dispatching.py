"""To whom a text (收文, 督查, 12345) may be dispatched: what the matrix of responsibilities and the posts' duties say.

Texts are compared by their pairs of neighbouring characters, the rarer the weightier: enough to find "工业设计" in a
duty, without a dictionary. It is a suggestion; whoever dispatches decides.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from engine.queries import names
from engine.store.tables.people import post, responsibility

MOST = 5
LEAST_SHARE = 0.25
"""What scores below this share of the best is not worth naming."""
_WORDS = re.compile(r"[^\W_]+")


@dataclass(slots=True)
class _Suggestion:
    """A department in charge, with what speaks for it."""

    lead: str
    score: float = 0.0
    assist: Counter[str] = field(default_factory=Counter)
    grounds: list[dict[str, Any]] = field(default_factory=list)


def dispatch_suggestions(connection: Connection, text: str) -> list[dict[str, Any]]:
    """Return departments that may be in charge (牵头), the likeliest first, with those to take part (配合) and grounds.

    Each ground has the duty list's words and its line.
    """
    rows = connection.execute(select(responsibility).order_by(responsibility.c.position)).mappings().all()
    matters = [_pairs(row["matter"]) for row in rows]
    weights = _weights(matters)
    wanted = _pairs(text)
    found: dict[str, _Suggestion] = {}
    for row, pairs in sorted(zip(rows, matters, strict=True), key=lambda item: -_score(wanted, item[1], weights)):
        score = _score(wanted, pairs, weights)
        if score <= 0:
            break
        suggestion = found.setdefault(row["lead"], _Suggestion(row["lead"]))
        # The best duty counts whole, further ones less and less: many long duties must not outweigh the right one.
        suggestion.score += score / 4 ** len(suggestion.grounds)
        if len(suggestion.grounds) < 3:
            suggestion.grounds.append({"matter": row["matter"], "line": row["line"]})
            suggestion.assist.update(row["assist"])
    return _values(connection, found.values(), wanted, weights)


def _values(
    connection: Connection, found: Iterable[_Suggestion], wanted: set[str], weights: dict[str, float]
) -> list[dict[str, Any]]:
    ranked = sorted(found, key=lambda item: -item.score)
    best = [item for item in ranked if item.score >= LEAST_SHARE * ranked[0].score][:MOST]
    known = names.departments(connection)
    return [
        {
            "department": known.get(item.lead, {"id": item.lead, "name": item.lead}),
            "score": round(item.score, 2),
            "assist": [known[id_] for id_, _ in item.assist.most_common() if id_ in known],
            "grounds": item.grounds,
            "post": _best_post(connection, item.lead, wanted, weights),
        }
        for item in best
    ]


def _best_post(
    connection: Connection, department: str, wanted: set[str], weights: dict[str, float]
) -> dict[str, Any] | None:
    """The post of the department whose duties fit best."""
    rows = connection.execute(select(post).where(post.c.department_id == department).order_by(post.c.position))
    best, best_score = None, 0.0
    for row in rows:
        score = max((_score(wanted, _pairs(duty["text"]), weights) for duty in row.duties), default=0.0)
        if score > best_score:
            best, best_score = {"id": row.id, "name": row.name}, score
    return best


def _pairs(text: str) -> set[str]:
    return {run[index : index + 2] for run in _WORDS.findall(text.lower()) for index in range(len(run) - 1)}


def _weights(matters: Sequence[set[str]]) -> dict[str, float]:
    counts = Counter(pair for pairs in matters for pair in pairs)
    return {pair: math.log(1 + len(matters) / count) for pair, count in counts.items()}


def _score(wanted: set[str], pairs: set[str], weights: dict[str, float]) -> float:
    """The weight of what both have, against the length of the duty, that short fitting ones come first."""
    common = sum(weights.get(pair, 0.0) for pair in wanted & pairs)
    return common * common / math.sqrt(1 + len(pairs)) if common else 0.0
