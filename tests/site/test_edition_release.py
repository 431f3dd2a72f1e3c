"""A release of an edition is one commit and one tag, or nothing at all."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from conftest import Edition
from dosje.checking.drafts import DraftsError
from dosje.cli import main
from dosje.phrases.phrase_files import read_phrases
from dosje.site.edition_release import ReleaseError, is_version, write_section
from dosje.stages import Listeners, release_edition
from dosje.values.errors import FaultyEditionError

DAY = date(2026, 11, 30)
FILES = {
    "mkdocs.yml": "site_name: A  # mine\nextra:\n  dosje:\n    # How it is cited\n    version: \"0.1\"\n",
    ".gitignore": ".build/\n",
    "content/essays/e.md": "---\ntitle: An essay\n---\nOne [@b].\n",
    "content/pages/about.md": "---\ntitle: About\n---\n[E](essay:e)\n",
    "bibliography/w.bib": "@book{b, title = {B}, date = {1961}}\n",
}  # fmt: skip


def git(root: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=True)
    return done.stdout.rstrip("\n")


@pytest.fixture(autouse=True)
def _names(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "An Editor")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "a@example.org")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)


def committed(edition: Edition, files: Mapping[str, str] = FILES) -> Path:
    root = edition(files)
    if not (root / ".git").exists():
        git(root, "init", "--quiet", "--initial-branch=main")
    git(root, "add", ".")
    git(root, "commit", "--quiet", "-m", "Change the edition")
    return root


def release(root: Path, version: str, **options: bool) -> None:
    release_edition(root, version, DAY, Listeners(), **options)


def test_a_release_is_a_commit_of_three_files_and_a_tag(edition: Edition) -> None:
    root = committed(edition)
    release(root, "1.0")
    assert git(root, "show", "--format=%s", "--name-only", "HEAD").splitlines() == [
        "Release version 1.0 of the edition", "", "addresses.txt", "changes.md", "mkdocs.yml",
    ]  # fmt: skip
    assert git(root, "status", "--porcelain") == ""
    assert git(root, "for-each-ref", "--format=%(objecttype) %(subject)", "refs/tags/edition-1.0") == "tag Version 1.0"
    assert (root / "mkdocs.yml").read_text(encoding="utf-8") == (
        'site_name: A  # mine\nextra:\n  dosje:\n    date: "2026-11-30"\n    # How it is cited\n    version: "1.0"\n'
    )
    assert (root / "changes.md").read_text(
        encoding="utf-8"
    ) == "# Changes\n\n## 1.0, 2026-11-30\n\nThe first version.\n"
    assert "\nessays/e/ | An essay\nessays/e/#fn:b_one\n" in (root / "addresses.txt").read_text(encoding="utf-8")


def test_the_next_release_says_what_is_new_changed_and_taken_out(edition: Edition) -> None:
    root = committed(edition)
    release(root, "1.0")
    (root / "content/pages/about.md").unlink()
    new = {"content/pages/new.md": "---\ntitle: New\n---\n[E](essay:e)\n", "changes.md": (
        "# Changes\n\n## Unreleased\n\nBetter *in all*.\n\n## 1.0, 2026-11-30\n\nThe first version.\n"
    )}  # fmt: skip
    essay = FILES["content/essays/e.md"].replace("One", "One more")
    ledger = (root / "addresses.txt").read_text(encoding="utf-8").replace("about/ |", "about/ gone 2026-11-30 |")
    committed(edition, {**new, "content/essays/e.md": essay, "addresses.txt": ledger})
    release(root, "1.1")
    assert (root / "changes.md").read_text(encoding="utf-8") == (
        "# Changes\n\n## 1.1, 2026-11-30\n\nBetter *in all*.\n\n"
        "### Added\n\n- New (new/)\n\n### Changed\n\n- An essay (essays/e/)\n\n### Taken out\n\n- About (about/)\n\n"
        "## 1.0, 2026-11-30\n\nThe first version.\n"
    )
    assert "essays/e/#fn:b_one -> #fn:b_one-more\n" in (root / "addresses.txt").read_text(encoding="utf-8")
    assert "Better *in all*." in git(root, "tag", "--list", "-n9", "edition-1.1")


def test_an_edition_that_has_findings_is_not_released(edition: Edition) -> None:
    root = committed(edition, {**FILES, "content/persons/p.yml": "name: {family: P}\n"})
    with pytest.raises(FaultyEditionError) as caught:
        release(root, "1.0")
    assert [finding.code for finding in caught.value.findings] == ["unused-record"]
    assert git(root, "tag") == ""
    release(root, "1.0", allows_warnings=True)
    assert git(root, "tag") == "edition-1.0"


def test_an_edition_that_lost_an_address_is_never_released(edition: Edition) -> None:
    root = committed(edition, {**FILES, "addresses.txt": "essays/lost/\n"})
    with pytest.raises(FaultyEditionError) as caught:
        release(root, "1.0", allows_warnings=True)
    assert [finding.code for finding in caught.value.findings] == ["lost-address"]


@pytest.mark.parametrize(
    ("version", "left", "said"),
    [
        ("1.1", {"content/new.txt": "x"}, "not everything is committed: content/new.txt"),
        ("1.1", {"mkdocs.yml": "site_name: B\n"}, "not everything is committed: mkdocs.yml"),
        ("1.0", {}, "version 1.0 is there already, as the tag edition-1.0"),
        ("0.9", {}, "version 0.9 would come after 1.0"),
    ],
)
def test_git_must_be_ready_for_it(edition: Edition, version: str, left: dict[str, str], said: str) -> None:
    root = committed(edition)
    release(root, "1.0")
    head = git(root, "rev-parse", "HEAD")
    edition({**FILES, "mkdocs.yml": (root / "mkdocs.yml").read_text(encoding="utf-8"), **left})
    with pytest.raises(ReleaseError) as caught:
        release(root, version)
    assert str(caught.value) == said
    assert git(root, "rev-parse", "HEAD") == head


def test_an_edition_without_git_is_told_to_begin(edition: Edition) -> None:
    with pytest.raises(ReleaseError, match="run git init"):
        release(edition(FILES), "1.0")


@pytest.mark.parametrize("version", ["1.0", "1.2"])
def test_a_clone_without_tags_releases_nothing(edition: Edition, tmp_path: Path, version: str) -> None:
    root = committed(edition)
    release(root, "1.0")
    release(root, "1.1")
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", "--no-tags", f"file://{root}", str(clone))
    with pytest.raises(ReleaseError, match=r"git has no tag edition-1\.1 before this commit: git fetch --tags"):
        release(clone, version)
    git(clone, "fetch", "--quiet", "--tags")
    release(clone, "1.2")


def test_a_ledger_from_which_addresses_were_taken_out_is_not_released(edition: Edition) -> None:
    root = committed(edition)
    release(root, "1.0")
    lines = (root / "addresses.txt").read_text(encoding="utf-8").splitlines(keepends=True)
    committed(edition, {"addresses.txt": "".join(line for line in lines if not line.startswith("essays/e/"))})
    with pytest.raises(ReleaseError, match=r"lacks addresses that edition-1\.0 has.*: essays/e/, essays/e/#fn:b_one;"):
        release(root, "1.1")
    committed(edition, {"addresses.txt": "".join(reversed(lines))})
    release(root, "1.1")


@pytest.mark.parametrize("fails", ["pre-commit", "tag"])
def test_of_a_release_that_git_refuses_nothing_stays(
    edition: Edition, fails: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = committed(edition)
    if fails == "tag":  # a tag cannot be written where a folder of tags lies
        git(root, "tag", "edition-1.0/other")
    else:
        (root / ".git/hooks/pre-commit").write_text("#!/bin/sh\necho no >&2\nexit 1\n", encoding="utf-8")
        (root / ".git/hooks/pre-commit").chmod(0o755)
    before = (git(root, "rev-parse", "HEAD"), git(root, "tag"), (root / "mkdocs.yml").read_bytes())
    with pytest.raises(ReleaseError):
        release(root, "1.0")
    assert (git(root, "rev-parse", "HEAD"), git(root, "tag"), (root / "mkdocs.yml").read_bytes()) == before
    assert git(root, "status", "--porcelain") == ""
    assert not (root / "changes.md").exists()


def test_the_command_prints_the_tag_and_refuses_what_is_no_version(edition: Edition) -> None:
    root = committed(edition)
    wrong = CliRunner().invoke(main, ["release", "v1", "--project", str(root)])
    assert (wrong.exit_code, 'Error: "v1" is no version' in wrong.stderr) == (2, True)
    done = CliRunner().invoke(main, ["release", "1", "--project", str(root)])
    assert (done.exit_code, done.stdout) == (0, "edition-1\n")


@pytest.mark.parametrize(
    ("text", "is_one"), [("1", True), ("1.0", True), ("1.10.3", True), ("1.", False), ("01", False)]
)
def test_a_version_is_one_to_three_numbers(text: str, *, is_one: bool) -> None:
    assert is_version(text) is is_one


def test_a_section_stands_above_those_before_and_below_what_the_editor_wrote_first() -> None:
    before = "# My edition\n\nHello.\n\n## 0.1\n\nOld.\n"
    text, section = write_section(before, "1", DAY, {"release.added": ["A"]}, read_phrases("en"))
    assert text == "# My edition\n\nHello.\n\n## 1, 2026-11-30\n\n### Added\n\n- A\n\n## 0.1\n\nOld.\n"
    assert section == "### Added\n\n- A"
    assert write_section("", "1", DAY, {"release.added": []}, read_phrases("en"))[1] == "No record has changed."


def test_a_release_keeps_the_ends_of_lines_of_a_file(edition: Edition) -> None:
    root = committed(edition, {**FILES, "mkdocs.yml": "site_name: A\r\nextra: {dosje: {version: '1'}}\r\n"})
    release(root, "2")
    assert (root / "mkdocs.yml").read_bytes() == (
        b'site_name: A\r\nextra: {dosje: {date: "2026-11-30", version: 2}}\r\n'
    )


def test_an_edition_with_drafts_is_released_only_on_purpose(edition: Edition) -> None:
    draft = "---\ntitle: An essay\ndraft: true\n---\nOne [@b].\n"
    root = committed(edition, {**FILES, "content/essays/e.md": draft})
    for options in ({}, {"allows_warnings": True}):
        with pytest.raises(DraftsError, match="the edition has a draft, essay e"):
            release(root, "1.0", **options)
    release(root, "1.0", allows_drafts=True)
    assert git(root, "tag") == "edition-1.0"
