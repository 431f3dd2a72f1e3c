"""YAML texts: every value stays as it was written, and every character has its place."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dosje.reading.yamltree import Located, read_yaml
from dosje.values.characters import signs_in
from dosje.values.findings import format_findings


def read(text: str, first_line: int = 1) -> Located:
    located, findings = read_yaml(text, "a.yml", first_line)
    assert findings == []
    assert located is not None
    return located


def place(text: str, *path: str | int) -> str:
    return str(read(text).span(path))


@pytest.mark.parametrize("text", ["no", "012", "12:30", "1960-06-24", "1.10", "0x1F", "~", "null", "1_000", "<<", "="])
def test_a_plain_value_stays_the_text_that_was_written(text: str) -> None:
    assert read(f"field: {text}\n").value == {"field": text}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("# only a comment\n", None),
        ("a:\n", {"a": ""}),
        ("- a\n- {b: [c]}\n", ["a", {"b": ["c"]}]),
        ("just words", "just words"),
        ("1960: a\nno: b\n", {"1960": "a", "no": "b"}),
        ("a: !!int 5\n", {"a": "5"}),
    ],
)
def test_values_are_lists_mappings_and_texts(text: str, value: Any) -> None:
    assert read(text).value == value


@pytest.mark.parametrize(
    ("text", "path", "expected"),
    [
        ("# c\na: plain\n", ("a",), "a.yml:2:4"),
        ("a: 'single'\n", ("a",), "a.yml:1:4"),
        ('a:\n  "double"\n', ("a",), "a.yml:2:3"),
        ("a: |\n  literal\n", ("a",), "a.yml:1:4"),
        ("a: {b: [x, ë, y]}\n", ("a", "b", 2), "a.yml:1:15"),
        ("- x\n- - y\n  - z\n", (1, 1), "a.yml:3:5"),
        ("a:\r\n  b: c\r\n", ("a", "b"), "a.yml:2:6"),
        ("a: 'b\u2028c'\nd: e\n", ("d",), "a.yml:2:4"),
        ("a: {b: c}\n", ("a", "missing", 3), "a.yml:1:4"),
        ("", ("a",), "a.yml:1:1"),
    ],
)
def test_a_value_has_line_and_column(text: str, path: tuple[str | int, ...], expected: str) -> None:
    assert place(text, *path) == expected


def test_a_field_s_name_has_its_own_place() -> None:
    located = read("a:\n  b: c\n")
    assert str(located.key_span(("a", "b"))) == "a.yml:2:3"
    assert str(located.key_span(("a", "x"))) == "a.yml:2:3"  # not there: the value that would hold it


def test_front_matter_counts_its_lines_from_where_it_begins() -> None:
    assert str(read("a: b\nc: d\n", first_line=2).span(("c",))) == "a.yml:3:4"


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("a: one two\n", "two", "a.yml:1:8"),
        ("a: one\n  two\n", "two", "a.yml:2:3"),
        ("a: 'it''s two'\n", "two", "a.yml:1:11"),
        ('a: "one\n  two"\n', "two", "a.yml:2:3"),
        ("a: >\n  one\n  two\n\n  three\n", "three", "a.yml:5:3"),
        ("a: >-  # comment\n    one\n    two\n", "two", "a.yml:3:5"),
        ("a: |\n\n  one\n\n    two\n", "two", "a.yml:5:5"),
        ("a: |2-\n   one\n  two\n", "two", "a.yml:3:3"),
        ("a: |\r\n  one\r\n  two\r\n", "two", "a.yml:3:3"),
        ("- b: |\n    ë one\n    é two\n", "two", "a.yml:3:7"),
    ],
)
def test_a_word_within_a_text_has_line_and_column(text: str, word: str, expected: str) -> None:
    located = read(text)
    path: tuple[str | int, ...] = ("a",) if isinstance(located.value, dict) else (0, "b")
    value = located.value["a"] if isinstance(located.value, dict) else located.value[0]["b"]
    assert str(located.span_within(path, value.index(word))) == expected


# No control or line-breaking signs, and none that is a finding of its own (tests/values/test_signs.py).
literal_line = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co", "Zl", "Zp"))
                       .filter(lambda sign: not signs_in(sign)), max_size=12)  # fmt: skip


@given(st.lists(literal_line, min_size=1, max_size=6), st.integers(1, 8), st.sampled_from(["|", "|-", "|+"]), st.data())
def test_the_place_of_any_offset_in_a_literal_block_is_that_very_character(
    lines: list[str], indent: int, header: str, data: st.DataObject
) -> None:
    body = "".join(f"{' ' * indent}{line}\n" if line.strip() else "\n" for line in ["x", *lines])
    text = f"before: é\nfield: {header}\n{body}"
    located = read(text)
    value: str = located.value["field"]
    offset = data.draw(st.integers(0, len(value) - 1))
    span = located.span_within(("field",), offset)
    assert (text.split("\n")[span.line - 1] + "\n")[span.column - 1] == value[offset]


@given(st.lists(st.text("ab'é ,", min_size=1, max_size=8), min_size=1, max_size=5), st.data())
def test_the_place_of_any_word_in_a_folded_or_quoted_text_is_that_very_character(
    lines: list[str], data: st.DataObject
) -> None:
    words = ["x", *(line.strip() or "y" for line in lines)]
    folded = "field: >\n" + "".join(f"  {line}\n" for line in words)
    quoted = "field: '" + "\n  ".join(line.replace("'", "''") for line in words) + "'\n"
    for text in (folded, quoted):
        located = read(text)
        value: str = located.value["field"]
        offset = data.draw(st.sampled_from([i for i, character in enumerate(value) if not character.isspace()]))
        span = located.span_within(("field",), offset)
        assert text.split("\n")[span.line - 1][span.column - 1] == value[offset]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: [b", "a.yml:2:1: yaml-syntax: while parsing a flow sequence did not find expected ',' or ']'\n"
                  "  hint: look at the indentation and at quotes that are not closed"),
        ("a: b: c", 'a.yml:1:5: yaml-syntax: mapping values are not allowed in this context\n'
                    '  hint: a text with ": " in it needs quotes'),
        ("a: @b", "a.yml:1:4: yaml-syntax: while scanning for the next token found character that cannot start any "
                  "token\n  hint: a text that begins with @, ` or % needs quotes"),
        ("a:\n\tb: c", "a.yml:2:1: yaml-syntax: while scanning for the next token found character that cannot start "
                       "any token\n  hint: indent with spaces, not with tabs"),
        ("a: b\n---\nc: d", "a.yml:2:1: yaml-syntax: expected a single document in the stream but found another "
                            "document\n  hint: one file holds one record: take the second --- out"),
        ("é: é\x07", "a.yml:1:5: yaml-syntax: a character that YAML does not allow: '\\x07'\n"
                     "  hint: delete it; it may not be seen in the editor"),
    ],
)  # fmt: skip
def test_what_is_no_yaml_is_said_with_place_and_remedy(text: str, expected: str) -> None:
    located, findings = read_yaml(text, "a.yml")
    assert located is None
    assert format_findings(findings) == expected


def test_a_text_nested_without_end_is_a_finding() -> None:
    located, findings = read_yaml("a: " + "[" * 4000 + "]" * 4000, "a.yml")
    assert (located, [finding.code for finding in findings]) == (None, ["too-deep"])


@pytest.mark.parametrize(
    "text", ["a: b & c\n", "a: 5 * 4\n", "a: |\n  *emphasis* and &c.\n", "a: '*x'\n", "a: b*c*d\n"]
)
def test_ampersand_and_asterisk_within_a_text_are_no_alias(text: str) -> None:
    assert read(text).value["a"]


def test_the_second_of_two_equal_fields_is_found_and_the_first_is_kept() -> None:
    located, findings = read_yaml("a:\n  b: 1\n  b: 2\n", "a.yml")
    assert located is not None
    assert located.value == {"a": {"b": "1"}}
    assert format_findings(findings) == (
        'a.yml:3:3: duplicate-key: "b" stands already in line 2\n  hint: keep one of both'
    )
