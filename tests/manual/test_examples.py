"""Every example of the manual that has a file's name builds, and gives what the page says.

Beside the edition that `dosje init` makes, the blocks of a page with a title are its files:

    title="content/persons/owl.yml"              the file
    title="at the end of content/places.yml"     what is added to a file
    title="page persons/owl/"                    lines that this page of the site says, in this order
    title="note of page persons/owl/"            a note of the page, each line a whole one
    title="wrong content/persons/owl.yml"        the file as it is for the next console alone
    console, with output below a command         what the command prints; a line "…" stands for any,
                                                 "…" at the end of one for its rest
"""

from __future__ import annotations

import html
import re
import shlex
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from conftest import PROJECT
from dosje.checking.edition import check_edition
from dosje.cli.verbs import main
from dosje.phrases.date_words import words_of_date
from dosje.phrases.phrase_files import read_phrases
from dosje.starter.starter import make_starter, write_starter
from dosje.values.dates import parse_edtf
from dosje.values.findings import format_findings
from dosje.web.page_maker import PageMaker
from rendering import plain_notes_of

PAGES = {path.stem: path.read_text(encoding="utf-8") for path in sorted((PROJECT / "docs" / "manual").glob("*.md"))}
# Whether something leads to a record, or waits for somebody, is not what an example shows.
HARMLESS = {"unused-record", "draft-record", "seen-unknown"}


@dataclass(frozen=True)
class Block:
    """A block of code of a page: its language, its title and its text."""

    language: str
    title: str
    text: str


def blocks_of(page: str) -> list[Block]:
    found = re.findall(r'^(`{3,})(\w*)(?: title="([^"]*)")?\n(.*?)^\1$', page, re.MULTILINE | re.DOTALL)
    return [Block(language, title, text) for _, language, title, text in found]


def is_run(block: Block) -> bool:
    return bool(block.title) or (block.language == "console" and any(answers_of(block)))


def answers_of(block: Block) -> Iterator[tuple[str, list[str]]]:
    """Yield each command of a console of which the page says what it prints, with those lines."""
    for part in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
        command, *lines = part.rstrip("\n").split("\n")
        if lines:
            yield command, lines


EXAMPLES = {name: blocks for name, text in PAGES.items() if (blocks := list(filter(is_run, blocks_of(text))))}


def write_files(root: Path, name: str) -> None:
    """Write the files of a page over the starter, by which its examples are understood."""
    write_starter(root, make_starter())
    blocks = EXAMPLES[name]
    for download in set(re.findall(r"\]\((\w[\w-]*\.docx)\)", PAGES[name])):
        shutil.copy(PROJECT / "docs" / "manual" / download, root)
    for block in blocks:
        if block.title and not re.match(r"(?:note of )?page |wrong ", block.title):
            added = block.title.removeprefix("at the end of ")
            path = root / added
            path.parent.mkdir(parents=True, exist_ok=True)
            before = path.read_text(encoding="utf-8") if added != block.title else ""
            path.write_text(before + block.text, encoding="utf-8")


def words_of(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", page)).split())


def assert_says(text: str, lines: list[str]) -> None:
    """Hold that a text has these lines in this order."""
    at = 0
    for line in lines:
        if line.strip() not in ("…", ""):
            wanted = " ".join(line.split()).removesuffix(" …")
            assert wanted in text[at:], f"not there, or not in this place: {wanted}\n\n{text}"
            at = text.index(wanted, at) + len(wanted)


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_the_examples_of_a_page_build_and_give_what_it_says(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, blocks = tmp_path / "my-edition", EXAMPLES[name]
    write_files(root, name)
    monkeypatch.chdir(root)
    checked = check_edition(root)
    assert format_findings(finding for finding in checked.findings if finding.code not in HARMLESS) == ""
    assert checked.linked and checked.style
    maker = PageMaker(checked.linked, checked.style)
    wrong: list[Block] = []
    for block in blocks:
        wrong += [block] if block.title.startswith("wrong ") else []
        if found := re.match(r"(note of )?page (\S+)/$", block.title):
            path = next(one for one in maker.paths if one in (f"{found[2]}.md", f"{found[2]}/index.md"))
            page = maker.make_pages([path])[0][path]
            lines = block.text.strip().splitlines()
            if found[1]:
                notes = [" ".join(note.split()) for note in plain_notes_of(page)]
                assert [line for line in lines if line not in notes] == [], notes
            else:
                assert_says(words_of(page), lines)
        for command, lines in answers_of(block) if block.language == "console" else ():
            kept = {root / one.title.removeprefix("wrong "): one.text for one in wrong}
            before = {file: file.read_bytes() if file.exists() else None for file in kept}
            for file, text in kept.items():
                file.write_text(text, encoding="utf-8")
            program, *arguments = shlex.split(command)
            assert program == "dosje", f"what {program} prints cannot be tried: leave it out"
            assert_says(" ".join(CliRunner().invoke(main, arguments).output.split()), lines)
            for file, content in before.items():
                file.write_bytes(content) if content is not None else file.unlink()
            wrong = []


def test_a_date_is_said_as_the_table_of_dates_has_it() -> None:
    rows = re.findall(r"^\| `([^`]+)` \|.*\| ([^|]+) \|$", PAGES["dates"], re.MULTILINE)
    assert len(rows) > 10
    english = read_phrases("en-GB")
    assert [words_of_date(parse_edtf(written), english) for written, _ in rows] == [said for _, said in rows]


def test_a_wrong_line_is_found() -> None:
    assert_says("One. Two. Three.", ["One.", "…", "Three."])
    with pytest.raises(AssertionError, match="not in this place: One"):
        assert_says("One. Two.", ["Two.", "One."])
    assert blocks_of('```yaml title="a.yml"\nb: c\n```\n') == [Block("yaml", "a.yml", "b: c\n")]
    block = Block("console", "", "$ cd a\n$ dosje check\nfine\n$ dosje serve\n")
    assert (is_run(block), list(answers_of(block))) == (True, [("dosje check", ["fine"])])
    assert not is_run(Block("console", "", "$ dosje build\n"))
