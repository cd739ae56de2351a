"""Relations between points and ranges (DMN 1.5, Table 78)."""

from __future__ import annotations

from engine.feel.builtins.registry import builtin
from engine.feel.equality import compare
from engine.feel.errors import FeelDomainError
from engine.feel.values import Range, Value


def _order(left: Value, right: Value) -> int:
    order = compare(left, right)
    if order is None:
        raise FeelDomainError("两个值不能比较")
    return order


def _ends_before(left: Range, right: Range) -> bool:
    order = _order(left.end, right.start)
    return order < 0 or (order == 0 and not (left.end_included and right.start_included))


@builtin("before(point1: point, point2: point) -> boolean")
def before_points(point1: Value, point2: Value) -> bool:
    """Return whether the first point lies before the second."""
    return _order(point1, point2) < 0


@builtin("before(point: point, range: range) -> boolean")
def before_point_range(point: Value, span: Range) -> bool:
    """Return whether the point lies before the range."""
    order = _order(point, span.start)
    return order < 0 or (order == 0 and not span.start_included)


@builtin("before(range: range, point: point) -> boolean")
def before_range_point(span: Range, point: Value) -> bool:
    """Return whether the range lies before the point."""
    order = _order(span.end, point)
    return order < 0 or (order == 0 and not span.end_included)


@builtin("before(range1: range, range2: range) -> boolean")
def before_ranges(range1: Range, range2: Range) -> bool:
    """Return whether the first range lies before the second."""
    return _ends_before(range1, range2)


@builtin("after(point1: point, point2: point) -> boolean")
def after_points(point1: Value, point2: Value) -> bool:
    """Return whether the first point lies after the second."""
    return _order(point1, point2) > 0


@builtin("after(point: point, range: range) -> boolean")
def after_point_range(point: Value, span: Range) -> bool:
    """Return whether the point lies after the range."""
    return before_range_point(span, point)


@builtin("after(range: range, point: point) -> boolean")
def after_range_point(span: Range, point: Value) -> bool:
    """Return whether the range lies after the point."""
    return before_point_range(point, span)


@builtin("after(range1: range, range2: range) -> boolean")
def after_ranges(range1: Range, range2: Range) -> bool:
    """Return whether the first range lies after the second."""
    return _ends_before(range2, range1)


@builtin("meets(range1: range, range2: range) -> boolean")
def meets(range1: Range, range2: Range) -> bool:
    """Return whether the first range ends, inclusively, where the second starts."""
    return range1.end_included and range2.start_included and _order(range1.end, range2.start) == 0


@builtin("met by(range1: range, range2: range) -> boolean")
def met_by(range1: Range, range2: Range) -> bool:
    """Return whether the first range starts, inclusively, where the second ends."""
    return meets(range2, range1)


@builtin("overlaps(range1: range, range2: range) -> boolean")
def overlaps(range1: Range, range2: Range) -> bool:
    """Return whether the ranges have a point in common."""
    return not _ends_before(range1, range2) and not _ends_before(range2, range1)


@builtin("overlaps before(range1: range, range2: range) -> boolean")
def overlaps_before(range1: Range, range2: Range) -> bool:
    """Return whether the first range starts before the second, ends inside it and not after it."""
    start, end = _order(range1.start, range2.start), _order(range1.end, range2.end)
    starts_earlier = start < 0 or (start == 0 and range1.start_included and not range2.start_included)
    ends_earlier = end < 0 or (end == 0 and (not range1.end_included or range2.end_included))
    return starts_earlier and not _ends_before(range1, range2) and ends_earlier


@builtin("overlaps after(range1: range, range2: range) -> boolean")
def overlaps_after(range1: Range, range2: Range) -> bool:
    """Return whether the second range overlaps the first before it."""
    return overlaps_before(range2, range1)


@builtin("finishes(point: point, range: range) -> boolean")
def finishes_point(point: Value, span: Range) -> bool:
    """Return whether the point is the included end of the range."""
    return span.end_included and _order(span.end, point) == 0


@builtin("finishes(range1: range, range2: range) -> boolean")
def finishes_range(range1: Range, range2: Range) -> bool:
    """Return whether both ranges end alike and the first starts no earlier."""
    same_end = range1.end_included == range2.end_included and _order(range1.end, range2.end) == 0
    start = _order(range1.start, range2.start)
    return same_end and (start > 0 or (start == 0 and (not range1.start_included or range2.start_included)))


@builtin("finished by(range: range, point: point) -> boolean")
def finished_by_point(span: Range, point: Value) -> bool:
    """Return whether the point is the included end of the range."""
    return finishes_point(point, span)


@builtin("finished by(range1: range, range2: range) -> boolean")
def finished_by_range(range1: Range, range2: Range) -> bool:
    """Return whether the second range finishes the first."""
    return finishes_range(range2, range1)


@builtin("includes(range: range, point: point) -> boolean")
def includes_point(span: Range, point: Value) -> bool:
    """Return whether the point lies in the range."""
    start, end = _order(span.start, point), _order(span.end, point)
    return (start < 0 < end) or (start == 0 and span.start_included) or (end == 0 and span.end_included)


@builtin("includes(range1: range, range2: range) -> boolean")
def includes_range(range1: Range, range2: Range) -> bool:
    """Return whether the second range lies within the first."""
    start, end = _order(range1.start, range2.start), _order(range1.end, range2.end)
    starts = start < 0 or (start == 0 and (range1.start_included or not range2.start_included))
    return starts and (end > 0 or (end == 0 and (range1.end_included or not range2.end_included)))


@builtin("during(point: point, range: range) -> boolean")
def during_point(point: Value, span: Range) -> bool:
    """Return whether the point lies in the range."""
    return includes_point(span, point)


@builtin("during(range1: range, range2: range) -> boolean")
def during_range(range1: Range, range2: Range) -> bool:
    """Return whether the first range lies within the second."""
    return includes_range(range2, range1)


@builtin("starts(point: point, range: range) -> boolean")
def starts_point(point: Value, span: Range) -> bool:
    """Return whether the point is the included start of the range."""
    return span.start_included and _order(span.start, point) == 0


@builtin("starts(range1: range, range2: range) -> boolean")
def starts_range(range1: Range, range2: Range) -> bool:
    """Return whether both ranges start alike and the first ends no later."""
    same_start = range1.start_included == range2.start_included and _order(range1.start, range2.start) == 0
    end = _order(range1.end, range2.end)
    return same_start and (end < 0 or (end == 0 and (not range1.end_included or range2.end_included)))


@builtin("started by(range: range, point: point) -> boolean")
def started_by_point(span: Range, point: Value) -> bool:
    """Return whether the point is the included start of the range."""
    return starts_point(point, span)


@builtin("started by(range1: range, range2: range) -> boolean")
def started_by_range(range1: Range, range2: Range) -> bool:
    """Return whether the second range starts the first."""
    return starts_range(range2, range1)


@builtin("coincides(point1: point, point2: point) -> boolean")
def coincides_points(point1: Value, point2: Value) -> bool:
    """Return whether two points are equal."""
    return _order(point1, point2) == 0


@builtin("coincides(range1: range, range2: range) -> boolean")
def coincides_ranges(range1: Range, range2: Range) -> bool:
    """Return whether two ranges have the same ends, included or not alike."""
    same_shape = (range1.start_included, range1.end_included) == (range2.start_included, range2.end_included)
    return same_shape and _order(range1.start, range2.start) == 0 and _order(range1.end, range2.end) == 0
