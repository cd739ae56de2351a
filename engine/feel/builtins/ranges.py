"""Relations between points and ranges (DMN 1.5, Table 78)."""

from __future__ import annotations

from engine.feel.builtins.registry import builtin
from engine.feel.equality import compare
from engine.feel.errors import FeelDomainError
from engine.feel.values import Range, Value

Truth = bool | None


def _order(left: Value, right: Value) -> int:
    order = compare(left, right)
    if order is None:
        raise FeelDomainError("两个值不能比较")
    return order


def _less(left: Value, right: Value) -> Truth:
    """Null where an end is open to infinity, as ``<`` has it."""
    return None if left is None or right is None else _order(left, right) < 0


def _equal(left: Value, right: Value) -> Truth:
    """Ends on the same side, or an end and a point; two ends that are both open are equal."""
    if left is None or right is None:
        return left is right
    return _order(left, right) == 0


def _touches(end: Value, start: Value) -> Truth:
    """Whether an end is where another range starts; ends open to infinity on different sides do not compare."""
    return None if end is None and start is None else _equal(end, start)


def _all(*parts: Truth) -> Truth:
    return False if False in parts else None if None in parts else True


def _any(*parts: Truth) -> Truth:
    return True if True in parts else None if None in parts else False


def _ends_before(left: Range, right: Range) -> Truth:
    is_open = not (left.end_included and right.start_included)
    return _any(_less(left.end, right.start), _all(_touches(left.end, right.start), is_open))


def _reaches(left: Range, right: Range) -> Truth:
    """Whether the first ends at or after the start of the second."""
    is_closed = left.end_included and right.start_included
    return _any(_less(right.start, left.end), _all(_touches(left.end, right.start), is_closed))


@builtin("before(point1: point, point2: point) -> boolean")
def before_points(point1: Value, point2: Value) -> Truth:
    """Return whether the first point lies before the second."""
    return _order(point1, point2) < 0


@builtin("before(point: point, range: range) -> boolean")
def before_point_range(point: Value, span: Range) -> Truth:
    """Return whether the point lies before the range."""
    return _any(_less(point, span.start), _all(_equal(point, span.start), not span.start_included))


@builtin("before(range: range, point: point) -> boolean")
def before_range_point(span: Range, point: Value) -> Truth:
    """Return whether the range lies before the point."""
    return _any(_less(span.end, point), _all(_equal(span.end, point), not span.end_included))


@builtin("before(range1: range, range2: range) -> boolean")
def before_ranges(range1: Range, range2: Range) -> Truth:
    """Return whether the first range lies before the second."""
    return _ends_before(range1, range2)


@builtin("after(point1: point, point2: point) -> boolean")
def after_points(point1: Value, point2: Value) -> Truth:
    """Return whether the first point lies after the second."""
    return _order(point1, point2) > 0


@builtin("after(point: point, range: range) -> boolean")
def after_point_range(point: Value, span: Range) -> Truth:
    """Return whether the point lies after the range."""
    return before_range_point(span, point)


@builtin("after(range: range, point: point) -> boolean")
def after_range_point(span: Range, point: Value) -> Truth:
    """Return whether the range lies after the point."""
    return before_point_range(point, span)


@builtin("after(range1: range, range2: range) -> boolean")
def after_ranges(range1: Range, range2: Range) -> Truth:
    """Return whether the first range lies after the second."""
    return _ends_before(range2, range1)


@builtin("meets(range1: range, range2: range) -> boolean")
def meets(range1: Range, range2: Range) -> Truth:
    """Return whether the first range ends, inclusively, where the second starts."""
    return _all(range1.end_included, range2.start_included, _touches(range1.end, range2.start))


@builtin("met by(range1: range, range2: range) -> boolean")
def met_by(range1: Range, range2: Range) -> Truth:
    """Return whether the first range starts, inclusively, where the second ends."""
    return meets(range2, range1)


@builtin("overlaps(range1: range, range2: range) -> boolean")
def overlaps(range1: Range, range2: Range) -> Truth:
    """Return whether the ranges have a point in common."""
    return _all(_reaches(range1, range2), _reaches(range2, range1))


@builtin("overlaps before(range1: range, range2: range) -> boolean")
def overlaps_before(range1: Range, range2: Range) -> Truth:
    """Return whether the first range starts before the second, ends inside it and not after it."""
    starts_open = range1.start_included and not range2.start_included
    starts_earlier = _any(_less(range1.start, range2.start), _all(_equal(range1.start, range2.start), starts_open))
    ends_open = not range1.end_included or range2.end_included
    ends_earlier = _any(_less(range1.end, range2.end), _all(_equal(range1.end, range2.end), ends_open))
    return _all(starts_earlier, _reaches(range1, range2), ends_earlier)


@builtin("overlaps after(range1: range, range2: range) -> boolean")
def overlaps_after(range1: Range, range2: Range) -> Truth:
    """Return whether the second range overlaps the first before it."""
    return overlaps_before(range2, range1)


@builtin("finishes(point: point, range: range) -> boolean")
def finishes_point(point: Value, span: Range) -> Truth:
    """Return whether the point is the included end of the range."""
    return _all(span.end_included, _equal(span.end, point))


@builtin("finishes(range1: range, range2: range) -> boolean")
def finishes_range(range1: Range, range2: Range) -> Truth:
    """Return whether both ranges end alike and the first starts no earlier."""
    same_end = _all(range1.end_included == range2.end_included, _equal(range1.end, range2.end))
    starts_open = not range1.start_included or range2.start_included
    starts_later = _any(_less(range2.start, range1.start), _all(_equal(range1.start, range2.start), starts_open))
    return _all(same_end, starts_later)


@builtin("finished by(range: range, point: point) -> boolean")
def finished_by_point(span: Range, point: Value) -> Truth:
    """Return whether the point is the included end of the range."""
    return finishes_point(point, span)


@builtin("finished by(range1: range, range2: range) -> boolean")
def finished_by_range(range1: Range, range2: Range) -> Truth:
    """Return whether the second range finishes the first."""
    return finishes_range(range2, range1)


@builtin("includes(range: range, point: point) -> boolean")
def includes_point(span: Range, point: Value) -> Truth:
    """Return whether the point lies in the range."""
    return _any(
        _all(_less(span.start, point), _less(point, span.end)),
        _all(_equal(span.start, point), span.start_included),
        _all(_equal(span.end, point), span.end_included),
    )


@builtin("includes(range1: range, range2: range) -> boolean")
def includes_range(range1: Range, range2: Range) -> Truth:
    """Return whether the second range lies within the first."""
    starts_open = range1.start_included or not range2.start_included
    starts = _any(_less(range1.start, range2.start), _all(_equal(range1.start, range2.start), starts_open))
    ends_open = range1.end_included or not range2.end_included
    return _all(starts, _any(_less(range2.end, range1.end), _all(_equal(range1.end, range2.end), ends_open)))


@builtin("during(point: point, range: range) -> boolean")
def during_point(point: Value, span: Range) -> Truth:
    """Return whether the point lies in the range."""
    return includes_point(span, point)


@builtin("during(range1: range, range2: range) -> boolean")
def during_range(range1: Range, range2: Range) -> Truth:
    """Return whether the first range lies within the second."""
    return includes_range(range2, range1)


@builtin("starts(point: point, range: range) -> boolean")
def starts_point(point: Value, span: Range) -> Truth:
    """Return whether the point is the included start of the range."""
    return _all(span.start_included, _equal(span.start, point))


@builtin("starts(range1: range, range2: range) -> boolean")
def starts_range(range1: Range, range2: Range) -> Truth:
    """Return whether both ranges start alike and the first ends no later."""
    same_start = _all(range1.start_included == range2.start_included, _equal(range1.start, range2.start))
    ends_open = not range1.end_included or range2.end_included
    ends_earlier = _any(_less(range1.end, range2.end), _all(_equal(range1.end, range2.end), ends_open))
    return _all(same_start, ends_earlier)


@builtin("started by(range: range, point: point) -> boolean")
def started_by_point(span: Range, point: Value) -> Truth:
    """Return whether the point is the included start of the range."""
    return starts_point(point, span)


@builtin("started by(range1: range, range2: range) -> boolean")
def started_by_range(range1: Range, range2: Range) -> Truth:
    """Return whether the second range starts the first."""
    return starts_range(range2, range1)


@builtin("coincides(point1: point, point2: point) -> boolean")
def coincides_points(point1: Value, point2: Value) -> Truth:
    """Return whether two points are equal."""
    return _order(point1, point2) == 0


@builtin("coincides(range1: range, range2: range) -> boolean")
def coincides_ranges(range1: Range, range2: Range) -> Truth:
    """Return whether two ranges have the same ends, included or not alike."""
    same_shape = (range1.start_included, range1.end_included) == (range2.start_included, range2.end_included)
    return _all(same_shape, _equal(range1.start, range2.start), _equal(range1.end, range2.end))
