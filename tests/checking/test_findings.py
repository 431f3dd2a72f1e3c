"""Findings: every code is triggered by a case, and what is found is all that is found."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from conftest import Edition, find_all, load_cases
from dosje.checking.edition import check_edition
from dosje.importing.documents import read_manuscript
from dosje.phrases.phrase_files import read_phrases
from dosje.reading.kinds import CODES_OF_KINDS
from dosje.site.page_files import build_pages
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
)
from dosje.web.page_maker import PageMaker

CASES: list[dict[str, Any]] = load_cases("findings.yml")
ONE = Finding(Span("content/a,b.yml", 3, 7), "bad-date", "100%: no,\nreally", "write 1960\r\n")
TWO = Finding(Span("a.yml", 1, 2), "unused-record", "nothing names this")


def nest(head: str, count: int, part: str, indent: str, end: str) -> str:
    """Return a text in which a part stands `count` times, each time with one indent more for its {i}."""
    return head + "".join(part.replace("{i}", indent * at) for at in range(count)) + end


def find_on_pages(root: Path) -> list[Finding]:
    """Return what is found only when the pages of an edition are made."""
    checked = check_edition(root)
    assert checked.linked and checked.style
    maker = PageMaker(checked.linked, checked.style)
    maker.make_pages(maker.paths)
    return maker.findings


@pytest.mark.parametrize("case", CASES, ids=[f"{case['code']}: {case['name']}" for case in CASES])
def test_an_edition_is_answered_with_exactly_the_expected_findings(case: dict[str, Any], edition: Edition) -> None:
    latin1 = {name: text.encode("latin-1") for name, text in case.get("latin1", {}).items()}
    large = {name: b"#" * size for name, size in case.get("large", {}).items()}
    deep = {name: nest(*parts) for name, parts in case.get("deep", {}).items()}
    files = {**case.get("files", {}), **latin1, **large, **deep}
    root = edition(files)
    # Few findings are on the words of the style, and pandoc would take its time for all cases.
    with_style = case.get("with_style", False)
    found = (
        list(check_edition(root).findings)
        if with_style
        else find_all(root, is_untrusted=case.get("is_untrusted", False))
    )
    if case.get("is_built"):
        with pytest.raises(FindingError) as raised:
            build_pages(check_edition(root), lambda _: None)
        found = [*found, *raised.value.findings]
    found += find_on_pages(root) if case.get("on_pages") else []
    if manuscript := case.get("imported"):
        found += read_manuscript(root / manuscript).findings
    # As many phrases as there are.
    expected = case["expected"].replace("NNN", str(len(read_phrases("en-GB").forms)))
    assert format_findings(found) == expected.rstrip("\n")
    assert case["code"] in {finding.code for finding in found}


def test_every_code_has_a_case() -> None:
    assert {case["code"] for case in CASES} == {*CODES, *CODES_OF_KINDS}


def test_every_warning_is_a_code() -> None:
    assert set(CODES) >= WARNINGS


def test_the_smallest_edition_has_no_findings(edition: Edition) -> None:
    assert find_all(edition({})) == []


def test_empty_lists_and_an_empty_bibliography_have_no_findings(edition: Edition) -> None:
    files = {"content/places.yml": "", "content/archives.yml": "# none yet\n", "bibliography/a.bib": ""}
    assert find_all(edition(files)) == []


def test_a_folder_without_mkdocs_yml_is_no_edition(tmp_path: Path) -> None:
    assert format_findings(find_all(tmp_path)) == (
        "mkdocs.yml:1:1: settings: there is no mkdocs.yml in this folder\n"
        "  hint: write one, with the line: site_name: My edition"
    )


def test_all_findings_of_one_run_come_sorted_by_place(edition: Edition) -> None:
    files = {
        "mkdocs.yml": "site_name: A\nsite_dir: elsewhere\n",
        "content/sources/s.yml": "type: letter\ntitle: S\nseen: original\nauthor: nobody\nplace: nowhere\n",
        "content/meetings/m.yml": "title: M\nkind: talks\ndate: 24.6.1960\n",
        "bibliography/b.bib": "@book{b\n",
    }
    assert [f"{finding.span} {finding.code}" for finding in find_all(edition(files))] == [
        "bibliography/b.bib:1:1 bib-syntax",
        "content/meetings/m.yml:3:7 bad-date",
        "content/sources/s.yml:4:9 unknown-person",
        "content/sources/s.yml:5:8 unknown-place",
        "mkdocs.yml:2:11 settings",
    ]


def test_somebody_without_a_record_who_is_named_as_a_key_is_shown_the_field_for_names(edition: Edition) -> None:
    meeting = "title: M\nkind: talks\ndate: 1960\nparticipants:\n  - person: The Secretary\n    cite: '[@s]'\n"
    found = find_all(edition({"content/meetings/m.yml": meeting}))
    assert [(one.code, one.hint) for one in found if one.code == "unknown-person"] == [
        ("unknown-person", "somebody who has no record is written as name: The Secretary")
    ]


def test_a_record_that_cannot_be_read_makes_no_other_report_it_as_unknown_or_unused(edition: Edition) -> None:
    files = {
        "content/persons/a.yml": "name: [\n",
        "content/places.yml": "tirana: {nme: Tirana}\n",
        "content/organisations.yml": "pla: [\n",
        "content/sources/s.yml": "type: letter\ntitle: S\nseen: original\nauthor: a\nplace: tirana\n",
        "content/meetings/m.yml": "title: M\nkind: talks\ndate: 1960\nhost: pla\naccount: '[A](person:a) [@s].'\n",
        "content/sources/only-named-in-a.yml": "type: letter\ntitle: S\nseen: original\n",
    }
    assert [f"{finding.span} {finding.code}" for finding in find_all(edition(files))] == [
        "content/organisations.yml:2:1 yaml-syntax",
        "content/persons/a.yml:2:1 yaml-syntax",
        "content/places.yml:1:1 missing-field",
        "content/places.yml:1:10 unknown-field",
    ]


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_places_are_the_same_in_files_of_windows_with_a_byte_order_mark(ending: str, edition: Edition) -> None:
    essay = "---\ntitle: E\n---\n\nOne\ntwo [@x].\n".replace("\n", ending)
    person = "name: {family: A}\nbiography: |\n  One\n  two [@y].\n".replace("\n", ending)
    files: dict[str, str | bytes] = {
        "content/essays/e.md": b"\xef\xbb\xbf" + essay.encode(),
        "content/persons/p.yml": person,
    }
    found = [finding for finding in find_all(edition(files)) if finding.is_error]
    assert [str(finding.span) for finding in found] == ["content/essays/e.md:6:7", "content/persons/p.yml:4:9"]


def test_text_shows_place_code_message_and_hint() -> None:
    assert format_findings([TWO]) == "a.yml:1:2: unused-record: nothing names this"
    assert format_findings([ONE]) == "content/a,b.yml:3:7: bad-date: 100%: no,\\nreally\n  hint: write 1960\\r\\n"
    assert format_findings([]) == ""


def test_json_is_a_list_of_objects_with_severity() -> None:
    assert json.loads(findings_to_json([ONE, TWO])) == [
        {
            "path": "content/a,b.yml",
            "line": 3,
            "column": 7,
            "code": "bad-date",
            "severity": "error",
            "message": "100%: no,\nreally",
            "hint": "write 1960\r\n",
        },
        {
            "path": "a.yml",
            "line": 1,
            "column": 2,
            "code": "unused-record",
            "severity": "warning",
            "message": "nothing names this",
            "hint": "",
        },
    ]


FORGED = "\x1b[2J\x9b1mred\x07\u202e\n::error file=a::b\r##[error]c"


def test_no_text_of_an_edition_commands_a_terminal_or_github() -> None:
    finding = Finding(Span(f"::error::{FORGED}.bib", 1, 1), "bad-key", FORGED, FORGED)
    shown = "\\x1b[2J\\x9b1mred\\x07\\u202e\\n::error file=a::b\\r##[error]c"
    assert format_findings([finding]) == f"./::error::{shown}.bib:1:1: bad-key: {shown}\n  hint: {shown}"
    assert len(findings_to_github([finding]).splitlines()) == 1 and findings_to_github([finding]).isprintable()
    assert json.loads(findings_to_json([finding]))[0]["message"] == FORGED
    assert findings_to_json([finding]).replace("\n", "").isprintable()


def test_github_annotations_escape_line_ends_percent_and_in_properties_colon_and_comma() -> None:
    assert findings_to_github([ONE, TWO]) == (
        "::error file=content/a%2Cb.yml,line=3,col=7,title=bad-date::100%25: no,\\nreally%0Awrite 1960\\r\\n\n"
        "::warning file=a.yml,line=1,col=2,title=unused-record::nothing names this"
    )


def test_a_hint_names_the_nearest_word_and_is_silent_where_none_is_near() -> None:
    assert did_you_mean("hysni-kpo", ["enver-hoxha", "hysni-kapo"]) == 'did you mean "hysni-kapo"?'
    assert did_you_mean("xyz", ["enver-hoxha"]) == ""
