"""String functions, escapes, and XPath's regular expressions."""

from __future__ import annotations

import pytest

from engine.feel import FeelLimitExceeded

from .support import feel


@pytest.mark.parametrize(
    "text",
    [
        r'"\u4e2d\U01F40E" = "中🐎"',
        r'"\uD83D\uDE00" = "😀"',
        r'string length("\t\n\\\"") = 4',
        r'string length("\s") = 2',
        'string length("🐎😀") = 2',
        'substring("foobar", 3) = "obar"',
        'substring("foobar", -2, 1) = "a"',
        r'substring("\U01F40Eab", 2) = "ab"',
        'substring before("foobar", "bar") = "foo"',
        'substring before("foobar", "xyz") = ""',
        'substring after("foobar", "ob") = "ar"',
        'substring after("foobar", "") = "foobar"',
        'substring after("", "a") = ""',
        'upper case("aß") = "ASS"',
        'contains(["foobar"], "ob")',
        'starts with("foobar", "fo") and ends with("foobar", "r")',
        'string join(["a", null, "c"], "X") = "aXc"',
        'string join([], "X") = ""',
        'string join("a", "X") = "a"',
        'string(1.10) = "1.1"',
        'string(1e3) = "1000"',
        'string(["a", {b: null}]) = "[\\"a\\", {b: null}]"',
        "string(null) = null",
        'string([1..5)) = "[1..5)"',
        'split("a;b;c;;", ";") = ["a", "b", "c", "", ""]',
        r'split("John Doe", "\s") = ["John", "Doe"]',
        'matches("foobar", "^fo*b")',
        'matches("FOO", "foo", "i")',
        'not(matches("aZ", "[^A-Z]", "i")) and matches("a1", "[^A-Z]", "i")',
        r'not(matches("a", "\p{Lu}", "i")) and matches("aBAb", "^(ab)\1$", "i")',
        'matches("ABAB", "^(a|b)+$", "i") and matches("É", "é", "i") and matches("A.", "a.", "qi")',
        r'matches("a\nb", "a.b", "s") and not(matches("a\nb", "a.b"))',
        r'matches("a\nb", "^b$", "m") and not(matches("a\nb", "^b$"))',
        'matches("helloworld", "hello world", "x")',
        r'not(matches("hello\n", "hello$"))',
        'matches("中文", "^\\p{IsCJKUnifiedIdeographs}+$")',
        r'matches("xyz", "^[a-z-[aeiou]]+$") and not(matches("xaz", "^[a-z-[aeiou]]+$"))',
        r'matches("_a:b", "^\i\c*$")',
        r'matches("Ⅷ５", "^\p{Nl}\p{Nd}$")',
        r'matches("abab", "(ab)\1")',
        'replace("banana", "a", "o") = "bonono"',
        'replace("abcd", "(ab)|(a)", "[1=$1][2=$2]") = "[1=ab][2=]cd"',
        r'replace("a1", "\d", "\$\\\\$0") = "a$\\1"',
        'replace("darted", "^(.*?)d(.*)$", "$1c$2") = "carted"',
        'replace("a.b", ".", "$1", "q") = "a$1b"',
        r'matches("hello world", "hello\ sworld", "x")',
        'replace("aab", "a{1}?", "x") = "xxb" and matches("a", "^a{1,1}?$")',
        r'matches("aa", "a { 2 }", "x") and not(matches("helloworld", "hello[ ]world", "x"))',
        r'matches("[ ", "^\ [[ ]$", "x")',
        r'matches("\u212A", "^[A-Z]$", "i") and matches("K", "\u212A", "i") and matches("\u03A9", "\u2126", "i")',
        r'matches("a\n", "a$", "m") and not(matches("a\n", "^$", "m")) and matches("a\n\nb", "^$", "m")',
        r'not(matches("a\n", "(a|b)*^$", "m")) and matches("a\n\nb", "(a|b)*^$", "m")',
    ],
)
def test_holds(text: str) -> None:
    assert feel(text) is True


@pytest.mark.parametrize(
    "text",
    [
        'substring("foobar", 0)',
        'substring("foobar", 7)',
        'substring("foobar", 2, 0)',
        'substring("foobar", 1.5)',
        'substring("foobar", 3, 5)',
        "string length(1)",
        "upper case(null)",
        'contains("a")',
        'contains("a", 1)',
        'string join([1], "X")',
        'string join(null, "X")',
        'matches("a", "(")',
        'matches("a", "a", "z")',
        r'matches("a", "\b")',
        'matches("a", "(?=a)")',
        r'matches("a", "(a\1)")',
        'matches("a", "a**")',
        'matches("a", "[z-a]")',
        r'matches("a", "\p{Foo}")',
        'replace("abc", "x*", "-")',
        'replace("abc", "b", "$")',
        r'replace("abc", "b", "\\n")',
        'split("abc", "")',
        'split("abc", null)',
        'string(from: 1, mask: "x")',
    ],
)
def test_is_null(text: str) -> None:
    assert feel(text) is None


@pytest.mark.parametrize("pattern", ["^(a+)+$", "^(a|a)*$", "^(a?){40}a{40}$", "^(a*)*b", "(x+x+)+y|^(a|aa)+$"])
def test_a_pattern_that_would_explode_is_answered_at_once(pattern: str) -> None:
    text = f'matches("{"a" * 60}!", "{pattern}")'
    assert feel(text) in (True, False)


def test_both_matchers_find_the_same() -> None:
    # A branching repetition goes to the bounded matcher, the same language without one to Python's.
    assert feel('replace("xaabbaay", "(a|b)+", "[$0]")') == feel('replace("xaabbaay", "[ab]+", "[$0]")')
    assert feel('replace("2024-05-01", "((\\d|-)+?)-", "<$1>")') == "<2024><05>01"
    assert feel('replace("aXbX", "(a|b)?X", "($1)")') == "(a)(b)"


def test_references_that_cost_too_much_hit_a_limit() -> None:
    with pytest.raises(FeelLimitExceeded):
        feel(f'matches("{"a" * 400}b", "^(a*)(a*)(a*)\\1\\2\\3c$")')
