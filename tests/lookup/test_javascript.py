"""What of Python is written as JavaScript, and that the rest is refused with its place."""

from __future__ import annotations

import pytest

from dosje.lookup.javascript import translate, write_engine
from dosje.lookup.translator import TranslationError
from english import ENGLISH


@pytest.mark.parametrize(
    ("python", "javascript"),
    [
        ("A = 1", "const A = 1;"),
        ("A = [*b, 'c']", 'const A = [...each_(b), "c"];'),
        ("A = x if y else None", "const A = (truth_(y) ? x : null);"),
        ("A = x in y and not z", "const A = and_((has_(y, x)), () => !truth_(z));"),
        ("A = f'{x}: {y}'", 'const A = (str(x) + ": " + str(y));'),
        ("A = x[1:]", "const A = slice_(x, 1, null);"),
        ("A = x[-1]", "const A = item_(x, -1);"),
        ("A = {'a': 1}", 'const A = new Map([["a", 1]]);'),
        ("A = {'a': 1, 'b': 2}", 'const A = new Map([["a", 1], ["b", 2]]);'),
        (
            "@dataclass(frozen=True)\nclass A:\n    b: int\n    c: int = 0",
            "const A = (b, c) => ({b, c});",
        ),
        (
            "A = [x for x in y if x if z]",
            "const A = (() => { const made_ = []; for (const x of each_(y)) "
            "{ if (truth_(x) && truth_(z)) { made_.push(x); } } return made_; })();",
        ),
        ("A = x == [1]", "const A = (same_(x, [1]));"),
        ("A = x // 2", "const A = Math.floor(x / 2);"),
        ("_A = 1\nB = _A", "const m_A = 1;\nconst B = m_A;"),
    ],
)
def test_an_expression_means_what_it_means_in_python(python: str, javascript: str) -> None:
    assert translate({"m": python}) == f"// m.py\n{javascript}"


def test_a_function_names_its_variables_before_it_uses_them() -> None:
    text = "def f(a: int) -> int:\n    for b, _ in a:\n        c = b\n    return c\n"
    assert translate({"m": text}).splitlines()[1:] == [
        "function f(a) {",
        "  let b, c;",
        "  for ([b, ] of each_(a)) {",
        "    c = b;",
        "  }",
        "  return c;",
        "}",
    ]


@pytest.mark.parametrize(
    ("python", "refused"),
    [
        ("class A:\n    pass", "m.py:1: a class that is no frozen dataclass"),
        ("def f():\n    with a:\n        pass", "m.py:2: With"),
        ("\nA = open('x')", "m.py:2: open()"),
        ("A = f'{x:>3}'", "m.py:1: a format"),
        ("A = 1.5", "m.py:1: 1.5"),
        ("A = x[::2]", "m.py:1: a step"),
        ("A = x / 2", "m.py:1: Div"),
    ],
)
def test_what_it_does_not_know_is_refused_with_its_place(python: str, refused: str) -> None:
    with pytest.raises(
        TranslationError, match=f"^{refused.replace('(', '[(]').replace(')', '[)]')} is not translated$"
    ):
        translate({"m": python})


def test_the_same_rules_are_written_to_the_same_bytes() -> None:
    assert write_engine(ENGLISH) == write_engine(ENGLISH)
