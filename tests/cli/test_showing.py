"""Findings on the command line: which are shown, what an edition says of their weight, and what exit codes say."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from conftest import Edition
from dosje.checking.edition import check_edition
from dosje.cli.showing import NewsOfPreview
from dosje.cli.verbs import main
from dosje.reading.settings_file import read_settings
from dosje.values.findings import format_findings

PERSONS = {f"content/persons/p{number:02}.yml": "name: {family: A}\n" for number in range(12)}
ERROR = {"content/meetings/m.yml": "title: M\nkind: talks\ndate: 1960\nplace: nowhere\n"}


def severity(text: str) -> dict[str, str]:
    return {"mkdocs.yml": f"site_name: A\nextra:\n  dosje:\n    severity:\n      {text}\n"}


def check(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["check", "--project", str(root), *arguments])


def test_many_of_one_code_are_told_as_few_with_a_count_and_a_line_says_how_often_each_occurs(edition: Edition) -> None:
    result = check(edition(PERSONS | ERROR))
    assert [line for line in result.stdout.splitlines() if not line.startswith("  hint:")] == [
        'content/meetings/m.yml:4:8: unknown-place: no place has the key "nowhere"',
        "content/persons/p00.yml:1:1: unused-record: nothing names this person",
        "content/persons/p01.yml:1:1: unused-record: nothing names this person",
        "content/persons/p02.yml:1:1: unused-record: nothing names this person",
        "and 9 more of unused-record: dosje check --only unused-record shows all",
    ]
    assert result.stderr.splitlines()[0].endswith("1 error, 12 warnings")
    assert result.stderr.splitlines()[1] == "unused-record 12, unknown-place 1"
    assert result.exit_code == 1


def test_only_and_ignore_choose_what_is_shown_and_the_exit_code_speaks_of_the_whole_edition(edition: Edition) -> None:
    root = edition(PERSONS | ERROR)
    only = check(root, "--only", "unused-record")
    assert (only.stdout.count("unused-record:"), only.stdout.count("unknown-place"), only.exit_code) == (12, 0, 1)
    assert only.stderr.splitlines()[0].endswith("1 error, 12 warnings; 1 of them not shown")
    ignored = check(root, "--ignore", "unused-record", "--ignore", "unknown-place")
    assert (ignored.stdout, ignored.exit_code) == ("", 1)
    rows = json.loads(check(root, "--only", "unknown-place", "--format", "json").stdout)
    assert [row["code"] for row in rows] == ["unknown-place"]
    assert len(json.loads(check(root, "--format", "json").stdout)) == 13
    github = check(root, "--format", "github", "--ignore", "unknown-place").stdout.splitlines()
    assert [line.split(" ")[0] for line in github] == ["::warning"] * 3 + ["::notice"]


def test_a_code_that_no_finding_has_is_wrong_usage(edition: Edition) -> None:
    result = check(edition({}), "--only", "unused-records")
    assert result.exit_code == 2
    assert 'no finding has the code "unused-records"; did you mean "unused-record"?' in result.stderr


def test_an_edition_raises_a_warning_to_an_error(edition: Edition) -> None:
    root = edition(PERSONS | severity("unused-record: error"))
    result = check(root)
    assert (result.exit_code, result.stderr.splitlines()[0][-20:]) == (1, "12 errors, 0 warnings"[-20:])
    assert [row["severity"] for row in json.loads(check(root, "--format", "json").stdout)] == ["error"] * 12
    assert CliRunner().invoke(main, ["build", "--project", str(root)]).exit_code == 1
    assert not (root / "site").exists()


def test_an_edition_hides_a_warning(edition: Edition) -> None:
    result = check(edition(PERSONS | severity("unused-record: off")))
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.endswith("0 errors, 0 warnings\n")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            "bad-date: warning",
            "mkdocs.yml:5:7: settings: bad-date is an error, and stays one: no page could be made of it\n"
            "  hint: take this line out, and mend it",
        ),
        (
            "unused-records: off",
            'mkdocs.yml:5:7: settings: "unused-records" is no code of a finding\n'
            '  hint: did you mean "unused-record"?',
        ),
        (
            "unused-record: never",
            "mkdocs.yml:5:7: settings: unused-record can be error, warning or off\n  hint: unused-record: off",
        ),
        (
            "lost-address: off",
            "mkdocs.yml:5:7: settings: lost-address cannot be off: what was published is promised to lead on\n"
            "  hint: lost-address: warning",
        ),
        ("bad-date: error", ""),
    ],
)  # fmt: skip
def test_what_cannot_be_said_of_a_code_is_a_finding_in_its_place(said: str, expected: str, edition: Edition) -> None:
    assert format_findings(read_settings(edition(severity(said)))[1]) == expected


def test_a_severity_is_a_mapping(edition: Edition) -> None:
    root = edition({"mkdocs.yml": "site_name: A\nextra: {dosje: {severity: off}}\n"})
    assert format_findings(read_settings(root)[1]) == (
        "mkdocs.yml:2:27: settings: severity maps codes of warnings to error, warning or off\n"
        "  hint: severity: {unused-record: off}"
    )


def test_under_serve_a_save_shows_what_is_new_and_one_line_for_the_rest(
    edition: Edition, capsys: pytest.CaptureFixture[str]
) -> None:
    root, news = edition(PERSONS), NewsOfPreview()

    def save(files: dict[str, str]) -> list[str]:
        edition(files)
        news.show(check_edition(root))
        return [line for line in capsys.readouterr().err.splitlines() if not line.startswith("  hint:")]

    first = save({})
    assert len(first) == 6 and first[-2:] == ["checked 12 records: 0 errors, 12 warnings", "unused-record 12"]
    person = "# Moved.\nname: {family: B}\n"
    assert save({"content/persons/new.yml": person, "content/persons/p00.yml": person}) == [
        "content/persons/new.yml:2:1: unused-record: nothing names this person",
        "checked 13 records: 0 errors, 13 warnings; 12 findings as before, dosje check shows all",
    ]
    broken = save({"content/persons/new.yml": "name: {family: B}\nborn: x\n"})
    assert [line.split(": ")[1] for line in broken[:-1]] == ["bad-date"]
    # An error is shown at each save, because the pages do not follow until it is mended.
    assert save({})[:-1] == broken[:-1]
    assert save({"content/persons/new.yml": person})[:-1] == []
