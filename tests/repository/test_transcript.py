"""Two evenings, typed, from an empty machine and a wheel: a German edition on the web, and a file of Word as a site.

Their transcripts are tests/cases/first_evening.console and first_manuscript.console.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser

from conftest import CASES, PROJECT, serve
from installing import distributions, watched
from sharing import share

pytestmark = pytest.mark.whole
MANUSCRIPT = PROJECT / "docs" / "manual" / "what-the-soup-was.docx"
_END = "--- end of a command ---"
# What installs the program. Where dependencies come from the locked environment, that has been done.
_INSTALLING = ("python3 -m venv", ". env/", "pip install")


class Typed(NamedTuple):
    """A command, and the lines that it should print."""

    command: str
    lines: tuple[str, ...]


def read_transcript(name: str = "first_evening") -> list[Typed]:
    """Return the commands of a transcript. A line that begins with "> " goes on with the command."""
    typed: list[Typed] = []
    for line in (CASES / f"{name}.console").read_text(encoding="utf-8").splitlines():
        if line.startswith("$ "):
            typed.append(Typed(line.removeprefix("$ "), ()))
        elif line.startswith("> "):
            typed[-1] = typed[-1]._replace(command=f"{typed[-1].command}\n{line.removeprefix('> ')}")
        elif line and not line.startswith("# "):
            typed[-1] = typed[-1]._replace(lines=(*typed[-1].lines, line))
    return typed


def pattern_of(lines: Sequence[str]) -> str:
    """Return the expression that matches the output of a command."""
    parts = [r"(?:[^\n]*\n)*?" if line == "…" else re.escape(line).replace("…", r"[^\n]*") + r"\n" for line in lines]
    return "".join(parts)


def type_all(typed: Sequence[Typed], folder: Path, path: Sequence[str]) -> list[str]:
    """Return what each command prints in one shell, whose home is `folder`, and which knows no variable of ours."""
    script = "".join(f"{one.command}\necho '{_END}'\n" for one in typed)
    environment = {"HOME": str(folder), "LANG": "C.UTF-8", "PATH": os.pathsep.join([*path, "/usr/bin", "/bin"])}
    done = subprocess.run(
        ["bash"], input=script, cwd=folder, env=environment, encoding="utf-8", check=False,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    return done.stdout.split(f"{_END}\n")[: len(typed)]


def check_evening(typed: Sequence[Typed], printed: Sequence[str]) -> None:
    for one, said in zip(typed, printed, strict=True):
        assert re.fullmatch(pattern_of(one.lines), said), f"$ {one.command}\n{said}"


def type_transcript(tmp_path_factory: pytest.TempPathFactory, name: str, *files: Path) -> Path:
    """Return the folder in which a transcript was typed, with the dependencies of the locked environment."""
    installed = watched(tmp_path_factory)
    typed = [one for one in read_transcript(name) if not one.command.startswith(_INSTALLING)]

    def make(folder: Path) -> None:
        for file in files:
            shutil.copy(file, folder)
        check_evening(typed, type_all(typed, folder, [str(installed.dosje.parent)]))
        assert installed.read_of_checkout == []

    return share(tmp_path_factory, name, make)


@pytest.fixture(scope="module")
def evening(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of an evening from nothing to an edition."""
    return type_transcript(tmp_path_factory, "first_evening")


def test_an_evening_leads_from_nothing_to_an_edition_on_the_web(evening: Path) -> None:
    page = (evening / "web" / "meetings" / "bruecke-1921" / "index.html").read_text(encoding="utf-8")
    assert "Karl Vogt" in page
    assert (evening / "web" / "downloads" / "edition.pdf").read_bytes().startswith(b"%PDF-")


def test_a_file_of_word_becomes_a_site_as_the_manual_says(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = type_transcript(tmp_path_factory, "first_manuscript", MANUSCRIPT)
    page = (folder / "www" / "essays" / "the-first-dinner" / "index.html").read_text(encoding="utf-8")
    assert "Crow to Hare" in page and "County Archive" in page
    told = (MANUSCRIPT.parent / "from-word.md").read_text(encoding="utf-8")
    verbs = {one.command.split()[1] for one in read_transcript("first_manuscript") if one.command.startswith("dosje ")}
    assert set(re.findall(r"^\$ dosje (\w+)", told, re.MULTILINE)) == verbs


def test_the_transcript_is_one_of_commands_that_matter() -> None:
    verbs = {one.command.split()[1] for one in read_transcript() if one.command.startswith("dosje ")}
    assert {"init", "new", "check", "build", "cite", "pdf", "epub", "bundle", "publish", "verify"} <= verbs


@pytest.mark.browser
def test_what_was_written_that_evening_is_found_and_read_in_german(evening: Path, browser: Browser) -> None:
    with serve(evening / "web") as address:
        page = browser.new_page()
        page.goto(f"{address}search/?q=baufällig")
        page.locator("article a", has_text="Gespräch über die Brücke").first.wait_for()
        page.goto(f"{address}lookup/?note=Vogt,+Die+Brücke,+12")
        page.locator("#dosje-lookup a", has_text="Brücke").first.wait_for()
        tabs = page.locator(".md-tabs__link").all_inner_texts()
        assert "Personen" in tabs and "Persons" not in tabs
        page.close()


@pytest.mark.long
def test_the_evening_begins_with_pip_on_an_empty_machine(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    shutil.copy(distributions(tmp_path_factory)[0], tmp_path)
    (tmp_path / "bin").mkdir()
    # The Python that the tests run on, which need not be the machine's.
    (tmp_path / "bin" / "python3").symlink_to(Path(sys.base_prefix) / "bin" / f"python3.{sys.version_info.minor}")
    typed = read_transcript()
    check_evening(typed, type_all(typed, tmp_path, [str(tmp_path / "bin")]))
