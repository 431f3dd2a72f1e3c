"""An edition of an older format is brought into a later one, all of it or nothing.

There is only one format yet. Those here are made: in format 2 a meeting's `host` is called `invited_by`, in format 3 a
line of a template is another.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from conftest import PROJECT, Edition
from dosje import stages
from dosje.cli import main
from dosje.reading import given_settings, settings
from dosje.reading.settings_file import read_settings
from dosje.reading.yaml_edits import rename_field
from dosje.upgrading.steps import STEPS, Step
from dosje.upgrading.upgrade import UpgradeError, plan_upgrade, write_upgrade
from dosje.values.findings import format_findings

MADE = (
    Step(3, "templates/*.j2", "old() is new()", lambda text: text.replace("{{ old() }}", "{{ new() }}")),
    Step(2, "content/meetings/*.yml", "host is invited_by", lambda text: rename_field(text, ("host",), "invited_by")),
)
OLD: dict[str, str | bytes] = {
    "mkdocs.yml": "site_name: A # mine\n",
    "content/meetings/a.yml": "# A\ntitle: A\nhost:   pla  # the party\nkind: talks\ndate: 1960\n",
    "content/meetings/b.yml": b"\xef\xbb\xbftitle: B\r\nhost: rwp\r\n",
    "content/meetings/c.yml": "title: C\n",
    "content/persons/p.yml": "host: no meeting\n",
    "templates/essay.md.j2": "{{ old() }}\n",
}


def files_of(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_an_upgrade_shows_each_line_that_it_would_change_and_changes_nothing(edition: Edition) -> None:
    root = edition(OLD)
    before = files_of(root)
    lines = [line for change in plan_upgrade(root, 1, MADE, 3) for line in change.lines()]
    assert lines == [
        "content/meetings/a.yml: host is invited_by",
        "    3 - host:   pla  # the party",
        "    3 + invited_by:   pla  # the party",
        "content/meetings/b.yml: host is invited_by",
        "    2 - host: rwp",
        "    2 + invited_by: rwp",
        "templates/essay.md.j2: old() is new()",
        "    1 - {{ old() }}",
        "    1 + {{ new() }}",
        "mkdocs.yml: format 3",
        "    2 + ",
        "    3 + extra:",
        "    4 +   dosje:",
        "    5 +     format: 3",
    ]
    assert files_of(root) == before


def test_an_upgrade_goes_only_as_far_as_it_is_asked(edition: Edition) -> None:
    root = edition(OLD)
    assert [change.path for change in plan_upgrade(root, 1, MADE, 2)][-2:] == ["content/meetings/b.yml", "mkdocs.yml"]
    assert [change.path for change in plan_upgrade(root, 2, MADE, 3)] == ["templates/essay.md.j2", "mkdocs.yml"]
    assert plan_upgrade(root, 3, MADE, 3) == ()


def test_a_written_upgrade_keeps_comments_layout_and_ends_of_lines(edition: Edition) -> None:
    root = edition(OLD)
    write_upgrade(root, plan_upgrade(root, 1, MADE, 3))
    after = files_of(root)
    assert after["content/meetings/a.yml"] == (
        b"# A\ntitle: A\ninvited_by:   pla  # the party\nkind: talks\ndate: 1960\n"
    )
    assert after["content/meetings/b.yml"] == b"\xef\xbb\xbftitle: B\r\ninvited_by: rwp\r\n"
    assert after["content/persons/p.yml"] == b"host: no meeting\n"
    assert after["mkdocs.yml"] == b"site_name: A # mine\n\nextra:\n  dosje:\n    format: 3\n"
    # An upgrade that was broken off before mkdocs.yml was written is done again.
    assert [change.path for change in plan_upgrade(root, 1, MADE, 3)] == []


def test_of_an_upgrade_that_fails_nothing_is_written(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    root = edition(OLD)
    before, replace = files_of(root), os.replace
    count = 0

    def fail_at_the_third(source: Path, target: Path) -> None:
        nonlocal count
        count += 1
        if count == 3:
            raise OSError(28, "No space left on device")
        replace(source, target)

    monkeypatch.setattr(os, "replace", fail_at_the_third)
    with pytest.raises(OSError, match="No space left"):
        write_upgrade(root, plan_upgrade(root, 1, MADE, 3))
    assert files_of(root) == before


def test_a_file_that_has_old_and_new_form_stops_all(edition: Edition) -> None:
    root = edition({**OLD, "content/meetings/c.yml": "host: a\ninvited_by: b\n"})
    with pytest.raises(UpgradeError, match=r'content/meetings/c\.yml: there is a field "invited_by" beside "host"'):
        plan_upgrade(root, 1, MADE, 3)


@pytest.fixture
def format_3(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make this the dosje of format 3."""
    for module in (settings, given_settings, stages):
        monkeypatch.setattr(module, "FORMAT", 3)
    monkeypatch.setattr(stages, "STEPS", MADE)


@pytest.mark.usefixtures("format_3")
def test_the_command_shows_asks_and_does(edition: Edition) -> None:
    root = edition(OLD)
    shown = CliRunner().invoke(main, ["upgrade", "--project", str(root)])
    assert (shown.exit_code, shown.stdout.splitlines()[0]) == (1, "content/meetings/a.yml: host is invited_by")
    assert shown.stderr == "4 files to upgrade: dosje upgrade --write does it\n"
    done = CliRunner().invoke(main, ["upgrade", "--write", "--project", str(root)])
    assert (done.exit_code, done.stdout) == (0, shown.stdout)
    again = CliRunner().invoke(main, ["upgrade", "--project", str(root)])
    assert (again.exit_code, again.stdout) == (0, "")


@pytest.mark.usefixtures("format_3")
def test_an_edition_of_an_older_format_is_told_of_the_upgrade(edition: Edition) -> None:
    _, findings = read_settings(edition({"mkdocs.yml": "site_name: A\nextra: {dosje: {format: 2}}\n"}))
    assert format_findings(findings) == (
        "mkdocs.yml:2:25: settings: this edition has format 2, and this dosje reads format 3\n"
        "  hint: dosje upgrade shows what changes, and dosje upgrade --write does it"
    )


def test_an_edition_of_a_later_format_is_told_of_a_later_dosje(edition: Edition) -> None:
    root = edition({"mkdocs.yml": "site_name: A\nextra: {dosje: {format: 7}}\n"})
    result = CliRunner().invoke(main, ["upgrade", "--project", str(root)])
    assert result.exit_code == 1
    assert "this edition has format 7, and this dosje knows formats up to 1" in result.stderr
    assert "hint: take a later dosje: pip install --upgrade dosje" in result.stderr


@pytest.mark.usefixtures("format_3")
@pytest.mark.parametrize("given", ["one", "0", "2.0", "-1"])
def test_an_edition_whose_format_cannot_be_read_is_not_upgraded(edition: Edition, given: str) -> None:
    root = edition({**OLD, "mkdocs.yml": f"site_name: A\nextra: {{dosje: {{format: {given}}}}}\n"})
    result = CliRunner().invoke(main, ["upgrade", "--write", "--project", str(root)])
    assert (result.exit_code, result.stdout) == (1, "")
    assert "mkdocs.yml:2:25: settings: format is " in result.stderr


def test_each_version_of_the_format_has_a_row_in_the_docs_and_steps_of_no_other_version() -> None:
    table = (PROJECT / "docs" / "manual" / "format.md").read_text(encoding="utf-8")
    rows = [int(number) for number in re.findall(r"^\| (\d+) \|", table, re.MULTILINE)]
    assert rows == list(range(1, settings.FORMAT + 1))
    assert all(1 < step.format <= settings.FORMAT and step.what in table for step in STEPS)
