"""Sites as people made them with mkdocs-bibtex: what it let pass is let pass, and what authors wrote stays."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest

from conftest import Edition, find_all
from rendering import render
from sharing import share

CONFIG = "site_name: A\ntheme: mkdocs\nplugins:\n  - bibtex:\n      bib_file: refs.bib\n"
BIB = """@book{a, author={Smith, John}, title={A Long History}, publisher={Pub}, year={2000}}
@book{b, author={Roe, Ann}, title={Other Things}, publisher={Pub}, year={2001}}
@book{Müller2010, author={Müller, Jan}, title={Dinge}, publisher={Pub}, year={2010}}
@book{DBLP:conf/x, author={Poe, Ed}, title={More}, publisher={Pub}, year={2011}}
@misc{www, title={A page}, url={www.example.org}}
"""
Page = Callable[..., str]


@pytest.fixture
def page(edition: Edition) -> Page:
    """Return a function that returns a page of such a site as MkDocs reads it, without the program's list of notes."""

    def make(text: str, config: str = CONFIG) -> str:
        root = edition({"mkdocs.yml": config, "refs.bib": BIB, "docs/index.md": text})
        return render(root)["index.md"]

    return make


def body_of(made: str) -> str:
    return made.split("\n\n## Notes\n", maxsplit=1)[0]


def notes_of_document(made: str) -> dict[str, str]:
    """Return the notes of such a page, as plain Markdown, by label."""
    notes = re.split(r"^\[\^([^\]]+)\]: ", made.split("///Footnotes Go Here///")[1], flags=re.MULTILINE)[1:]
    shown = [re.sub(r" *<span class=\"dosje-f.*", "", note).strip() for note in notes[1::2]]
    return dict(zip(notes[::2], (unescape(re.sub(r"</?(?:a|em)[^>]*>", "", note)) for note in shown), strict=True))


UNTOUCHED = {
    "items between blank lines": "1. one\n\n2. two\n\n\n3. three\n\n    more\n\n4. four",
    "blank lines of any number": "# A\nb\n\n\n\nc\n- d",
    "a fence in the middle of a list": "1. a\n```python\n@decorator\nx = '[@a]'\n```\n2. b",
    "a fence within an item": "- a\n\n    ```\n    [@a]\n\n    @b\n    ```\n\n- b",
    "code": "`[@a]` and\n\n    [@a] @b",
    "a comment": "a <!-- [@b] [^x] --> b",
    "a comment of several paragraphs": "<!--\nOne [@b].\n\n- two [@a]\n\n```\n-->\n\nthree",
    "a citation of nothing known": "As [@nobody2020, 5] says.",
    "names of persons elsewhere": "[@me](https://example.org/me) [x][@me] @me a@example.org\n\n[@me]: https://example.org",
    "HTML": '<div class="x">\n\n<b onclick="f()">a</b>\n\n</div>',
    "admonitions and tabs": '!!! note "A"\n\n    b\n\n        c\n\n=== "D"\n\n    e',
}


@pytest.mark.parametrize("name", UNTOUCHED)
def test_all_but_citations_stays_to_the_byte(name: str, page: Page) -> None:
    assert page(f"{UNTOUCHED[name]}\n") == f"{UNTOUCHED[name]}\n"


def test_two_sources_without_a_semicolon_are_two_sources(page: Page) -> None:
    made = page("One [@a,@b]. Two [see @a, 3 @b, pp. 4-5].\n")
    assert body_of(made) == "One.[^a--b_one] Two.[^a-page-3--b-page-4-5_two]"
    assert notes_of_document(made) == {
        "a--b_one": "John Smith, A Long History (Pub, 2000); Ann Roe, Other Things (Pub, 2001).",
        "a-page-3--b-page-4-5_two": "See Smith, A Long History, 3; Roe, Other Things, 4–5.",
    }


def test_what_is_known_in_a_citation_is_cited(page: Page) -> None:
    made = page("One [@a++, 3]; two [@a; @nobody]; three [see; @b].\n")
    assert body_of(made) == "One;[^a-page-3_one] two;[^a_two] three.[^b_three]"
    assert list(notes_of_document(made).values()) == [
        "John Smith, A Long History (Pub, 2000), 3.", "Smith, A Long History.", "Ann Roe, Other Things (Pub, 2001).",
    ]  # fmt: skip


def test_a_work_may_have_any_key(page: Page) -> None:
    made = page("One [@Müller2010, 3]. Two [@DBLP:conf/x]. Three @Müller2010: four.\n")
    assert list(notes_of_document(made).values()) == ["Jan Müller, Dinge (Pub, 2010), 3.", "Ed Poe, More (Pub, 2011)."]
    assert 'href="sources/muller2010.md"' in made and 'href="sources/dblp-conf-x.md"' in made
    assert "Three Jan Müller, <em>Dinge</em> (Pub, 2010): four." in made


def test_a_cite_without_its_author_says_only_what_the_text_does_not(page: Page) -> None:
    made = page("Roe thinks so [-@b, 5]. Smith, too [@a]; and Roe again [-@b, 6].\n")
    assert list(notes_of_document(made).values()) == [
        "Other Things (Pub, 2001), 5.", "John Smith, A Long History (Pub, 2000).", "Other Things, 6.",
    ]  # fmt: skip


NOTE = """One [@a, 3].

    Second *part* [@b, 4] with <b>HTML</b>.

    - item
    - item [@a]

    ```
    code [@a]
    ```"""


def test_a_note_that_its_author_wrote_keeps_its_paragraphs_and_lists(page: Page) -> None:
    made = page(f"Text[^1], more [@a]. Text again[^1].\n\n[^1]: {NOTE}\n\nThe end.\n")
    assert body_of(made) == "Text,[^note-1] more.[^a_text-more] Text again.[^note-1]\n\n\nThe end."
    words = NOTE.replace("[@a, 3]", "John Smith, A Long History (Pub, 2000), 3").replace(
        "[@b, 4]", "Ann Roe, Other Things (Pub, 2001), 4"
    )
    assert notes_of_document(made)["note-1"] == words.replace("item [@a]", "item Smith, A Long History")


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("- [@a]\n- b [@b]", "- [^a]\n- b[^b_b]"),
        ("!!! note\n    [@a]", "!!! note\n    [^a_note]"),
        ("| a | b |\n|---|---|\n| [@a] | c [@b] |", "| a | b |\n|---|---|\n| [^a_b] | c[^b_c] |"),
        ("> [@a]\n> b\n> [@b]", "> [^a]\n> b\n> [^b_b]"),
    ],
)
def test_signs_before_a_citation_stay(text: str, body: str, page: Page) -> None:
    made = body_of(page(f"{text}\n"))
    assert re.sub(r"_[\w-]*\]", "]", made) == re.sub(r"_[\w-]*\]", "]", body)


def test_names_in_the_text_stay_where_the_site_wants_it(page: Page) -> None:
    config = f"{CONFIG}      enable_inline_citations: false\n"
    assert page("As @b says.\n", config) == "As @b says.\n"
    assert "As Ann Roe, <em>Other Things</em> (Pub, 2001) says." in page("As @b says.\n")


def test_nothing_in_such_a_site_is_an_error_that_mkdocs_bibtex_let_pass(edition: Edition) -> None:
    text = "\n\n".join((*UNTOUCHED.values(), f"a[^1] [@a, @b] [@a++] [-@b] [@nobody]\n\n[^1]: {NOTE}\n"))
    findings = find_all(edition({"mkdocs.yml": CONFIG, "refs.bib": BIB, "docs/index.md": text}))
    assert [finding for finding in findings if finding.is_error] == []


HOOK = """def on_page_markdown(markdown, page, **_):
    return f"{markdown}\\n\\nFile: {page.file.abs_src_path}\\n"


def on_files(files, **_):
    assert all(".build" not in file.abs_src_path for file in files.documentation_pages())
"""


@pytest.mark.whole
def test_plugins_see_the_files_of_the_authors(tmp_path_factory: pytest.TempPathFactory) -> None:
    def make(root: Path) -> None:
        for name, text in {
            "mkdocs.yml": f"{CONFIG}hooks: [hook.py]\nstrict: true\n", "hook.py": HOOK, "refs.bib": BIB,
            "docs/README.md": "# Home\n\nOne [@a].\n", "docs/b/c.md": "Two [@b].\n",
        }.items():  # fmt: skip
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text, encoding="utf-8")
        command = [sys.executable, "-m", "dosje.cli", "build", "--project", str(root)]
        environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
        assert done.returncode == 0, done.stderr

    root = share(tmp_path_factory, "moved-hooks", make)
    files = {"index.html": "docs/README.md", "b/c/index.html": "docs/b/c.md", "sources/a/index.html": "refs.bib"}
    for page, written in files.items():
        assert re.search(rf"File: \S*/{re.escape(written)}<", (root / "site" / page).read_text(encoding="utf-8"))
