"""The names of all built-in functions (DMN 1.5, 10.3.4), known to the parser before the functions are loaded."""

from __future__ import annotations

BUILTIN_NAMES = frozenset(
    name.strip()
    for name in """
    date, time, date and time, duration, years and months duration, number, string, not,
    substring, string length, upper case, lower case, substring before, substring after, replace, contains,
    starts with, ends with, matches, split, string join,
    list contains, count, min, max, sum, mean, all, any, sublist, append, concatenate, insert before, remove, reverse,
    index of, union, distinct values, flatten, product, median, stddev, mode, list replace,
    decimal, floor, ceiling, round up, round down, round half up, round half down, abs, modulo, sqrt, log, exp, odd,
    even, is, before, after, meets, met by, overlaps, overlaps before, overlaps after, finishes, finished by, includes,
    during, starts, started by, coincides, day of year, day of week, month of year, week of year, sort, get value,
    get entries, context, context put, context merge, now, today, range
    """.replace("\n", " ").split(",")
)
