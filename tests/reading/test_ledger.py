"""The ledger as a text: one address a line, and what stands behind it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dosje.reading.ledger import LEDGER_NAME, Ledger, LedgerEntry, format_line, parse_ledger, parse_line, read_ledger
from dosje.values.findings import Finding, format_findings

_NAME = st.from_regex(r"[a-z0-9][a-z0-9-]*", fullmatch=True)
_PAGE = st.one_of(st.just("./"), st.lists(_NAME, min_size=1, max_size=3).map(lambda names: "/".join(names) + "/"))
_ADDRESS = st.builds(
    lambda page, anchor: page + (f"#{anchor}" if anchor else ""),
    _PAGE,
    st.from_regex(r"(fn:[a-z_.-]+)?", fullmatch=True),
)
_WORDS = st.text(st.characters(exclude_categories=["C", "Z"]), max_size=9)


@pytest.mark.parametrize(
    ("line", "entry"),
    [
        ("./", LedgerEntry("./")),
        ("essays/a/ | Title -> with | signs", LedgerEntry("essays/a/", words="Title -> with | signs")),
        ("essays/a/#fn:b_c.2", LedgerEntry("essays/a/#fn:b_c.2")),
        ("essays/a/#fn:b -> #fn:c", LedgerEntry("essays/a/#fn:b", "essays/a/#fn:c")),
        ("a/#fn:b  ->  essays/d/#fn:c", LedgerEntry("a/#fn:b", "essays/d/#fn:c")),
        ("persons/a/ gone 2026-11-30 -> persons/b/ | A", LedgerEntry("persons/a/", "persons/b/", "2026-11-30", "A")),
        ("é/%41/ -> b%C3%A9/#fn:é", LedgerEntry("%C3%A9/A/", "b%C3%A9/#fn:é")),
        # A statement, whose anchor is not made of words: these stand behind it.
        (
            "essays/a/#s17 | He gave the official answer",
            LedgerEntry("essays/a/#s17", words="He gave the official answer"),
        ),
    ],
)
def test_a_line_says_an_address_and_what_became_of_it(line: str, entry: LedgerEntry) -> None:
    assert parse_line(line) == entry
    assert parse_line(format_line(entry)) == entry


@given(
    address=_ADDRESS, target=st.one_of(st.just(""), _ADDRESS), gone=st.sampled_from(["", "2026-11-30"]), words=_WORDS
)
def test_what_is_written_is_read_as_it_was(address: str, target: str, gone: str, words: str) -> None:
    entry = LedgerEntry(address, target, gone, words)
    assert parse_line(format_line(entry)) == entry


@pytest.mark.parametrize(
    "line",
    [
        "essays/a", "/essays/a/", "https://example.org/", "../a/", "a/ -> nowhere", "a/ to b/", "<<<<<<< HEAD",
        "a/ gone", "%2e%2e/a/ gone 2026", "a/%2E%2e/%2e%2e/b/", "%2fetc/a/", "a%5Cb/", "a%00/", "%0a/", "%ff/",
        ".git/", "a/./b/", "a/ -> %2e%2e/b/", f"{'a' * 253}/", f"{'%C3%A9' * 127}/",
    ],
)  # fmt: skip
def test_a_line_that_is_no_address_is_a_finding(line: str) -> None:
    found = parse_line(line, 7)
    assert isinstance(found, Finding)
    assert (found.code, str(found.span)) == ("bad-address", "addresses.txt:7:1")


def test_a_day_that_is_none_is_a_finding_at_its_place() -> None:
    _, findings = parse_ledger("a/\nb/ gone 2026-13\n")
    assert format_findings(findings).splitlines()[0].startswith("addresses.txt:2:9: bad-address: ")


def test_of_an_address_that_stands_twice_all_is_known_that_is_said() -> None:
    entries, findings = parse_ledger("# Joined by git\n\na/ | Old\nb/\na/ gone 2026 | New\na/ -> b/\n")
    assert findings == []
    assert [(e.address, e.target, e.gone, e.words) for e in entries] == [
        ("a/", "b/", "2026", "New"),
        ("b/", "", "", ""),
    ]


def test_an_edition_without_a_ledger_has_an_empty_one(tmp_path: Path) -> None:
    assert read_ledger(tmp_path) == (Ledger(), [])


def test_a_ledger_that_lies_outside_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "edition").mkdir()
    (tmp_path / "other.txt").write_text("a/\n", encoding="utf-8")
    (tmp_path / "edition" / LEDGER_NAME).symlink_to(tmp_path / "other.txt")
    ledger, findings = read_ledger(tmp_path / "edition")
    assert ledger == Ledger()
    assert [finding.code for finding in findings] == ["outside-edition"]
