"""Findings as they are told: lines for people, JSON for programs, commands for GitHub; and what each code means."""

from __future__ import annotations

import json
import re

import pytest

from dosje.reading.kinds import CODES_OF_KINDS
from dosje.values.findings import (
    CODES,
    WARNINGS,
    Finding,
    FindingError,
    Span,
    did_you_mean,
    findings_to_github,
    findings_to_json,
    format_findings,
    make_visible,
    to_printable_json,
)

ERROR = Finding(Span("content/a.yml", 14, 9), "unknown-person", 'no person has the key "x"', "did you mean y?")
WARNING = Finding(Span("b,c:d.yml", 2, 3), "unused-record", "100 % unused")


def test_a_finding_is_a_line_with_its_place_and_a_hint_below() -> None:
    assert format_findings([ERROR, WARNING]) == (
        'content/a.yml:14:9: unknown-person: no person has the key "x"\n'
        "  hint: did you mean y?\n"
        "b,c:d.yml:2:3: unused-record: 100 % unused"
    )
    assert format_findings([]) == ""


def test_an_error_carries_its_finding_and_says_it() -> None:
    error = FindingError(ERROR)
    assert (str(error), error.findings) == (format_findings([ERROR]), (ERROR,))


def test_json_has_place_code_severity_message_and_hint() -> None:
    assert json.loads(findings_to_json([ERROR, WARNING])) == [
        {
            "path": "content/a.yml",
            "line": 14,
            "column": 9,
            "code": "unknown-person",
            "severity": "error",
            "message": 'no person has the key "x"',
            "hint": "did you mean y?",
        },
        {
            "path": "b,c:d.yml",
            "line": 2,
            "column": 3,
            "code": "unused-record",
            "severity": "warning",
            "message": "100 % unused",
            "hint": "",
        },
    ]
    assert findings_to_json([ERROR]).startswith('[\n  {\n    "path"')


def test_github_is_told_in_its_own_commands() -> None:
    assert findings_to_github([ERROR, WARNING]).split("\n") == [
        '::error file=content/a.yml,line=14,col=9,title=unknown-person::no person has the key "x"%0Adid you mean y?',
        "::warning file=b%2Cc%3Ad.yml,line=2,col=3,title=unused-record::100 %25 unused",
    ]


def test_no_message_can_give_a_command_of_its_own() -> None:
    told = Finding(Span("::error.yml", 1, 1), "bad-key", "a\n::error::b\r\x1b[0m\u202e", "c\nd")
    assert format_findings([told]) == (
        "./::error.yml:1:1: bad-key: a\\n::error::b\\r\\x1b[0m\\u202e\n  hint: c\\nd"
    )  # fmt: skip
    assert "\n" not in findings_to_github([told])
    assert format_findings([Finding(Span("##a", 1, 1), "bad-key", "b")]) == "./##a:1:1: bad-key: b"


@pytest.mark.parametrize(
    ("text", "shown"),
    [("a é 平", "a é 平"), ("a\tb", "a\\tb"), ("\x00\x7f\x9f", "\\x00\\x7f\\x9f"), ("\ufeff\ud800", "\\ufeff\\ud800")],
)
def test_signs_that_a_terminal_obeys_are_shown(text: str, shown: str) -> None:
    assert make_visible(text) == shown


def test_json_for_a_terminal_reads_back_as_it_was() -> None:
    value = {"é": ["\x7f\u2028\ud800", 1]}
    assert to_printable_json(value) == '{"é": ["\\u007f\\u2028\\ud800", 1]}'
    assert json.loads(to_printable_json(value, 1)) == value
    assert to_printable_json([1], 1) == "[\n 1\n]"


def test_the_nearest_known_word_is_offered_if_it_is_near() -> None:
    assert did_you_mean("hysni-kpo", ["enver-hoxha", "hysni-kapo", "hysni-kape-x"]) == 'did you mean "hysni-kapo"?'
    assert did_you_mean("abcde", ["abcxy"]) == 'did you mean "abcxy"?'
    assert did_you_mean("abcde", ["abxyz", ""]) == ""
    assert did_you_mean("a", []) == ""


def test_the_only_word_that_begins_so_is_nearer_than_one_that_looks_like_it() -> None:
    assert did_you_mean("uncited", ["untrusted", "uncited-statement"]) == 'did you mean "uncited-statement"?'
    assert did_you_mean("unknown", ["unknown-person", "unknown-place", "unkown"]) == 'did you mean "unkown"?'


@pytest.mark.parametrize("code", CODES | CODES_OF_KINDS)
def test_a_code_has_a_name_and_a_sentence(code: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code)
    meaning = (CODES | CODES_OF_KINDS)[code]
    assert meaning[0].isupper() or meaning.startswith("mkdocs.yml")
    assert meaning[1:2] != "X" and meaning.endswith(".")
    assert any(letter.islower() for letter in meaning)


def test_only_warnings_let_an_edition_be_built() -> None:
    assert set(CODES) >= WARNINGS
    assert sorted(WARNINGS) == [
        "ambiguous-key", "author-in-title", "bad-language", "blocked-by-policy", "control-sign", "draft-record",
        "file-without-folio", "loose-citation", "lost-address", "lost-note", "manuscript-form", "manuscript-left-out",
        "manuscript-list", "missing-phrases", "no-address", "no-csl-language", "no-policy", "note-without-record",
        "open-note", "same-short-form", "seen-unknown", "style-without-archives", "template-order", "typed-ibid",
        "uncited-statement", "unknown-entry", "unknown-string", "unknown-template", "unread-date", "unread-file",
        "unread-locator", "unused-record", "via-ring", "via-without-leaf", "wrong-leaves",
    ]  # fmt: skip
    assert not WARNING.is_error
    assert ERROR.is_error
