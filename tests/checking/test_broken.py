"""A file that is being typed: cut anywhere, its lines dropped, doubled or swapped, it gives findings or a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from breaking import break_files, copy_of, cuts_of, use
from conftest import MINI, Edition
from dosje.checking.edition import check_edition
from dosje.citing.forms import Form
from dosje.values.findings import format_findings
from dosje.values.stand_ins import ONE
from dosje.values.words import Words, of_text
from sharing import files_of

pytestmark = pytest.mark.whole

FILES = [path.relative_to(MINI).as_posix() for path in files_of(MINI)]


def lines_changed(text: str) -> Iterator[str]:
    """Yield the text without each of its lines, with each twice, and with each before the one above."""
    lines = text.splitlines(keepends=True)
    for at in range(len(lines)):
        yield "".join(lines[:at] + lines[at + 1 :])
        yield "".join(lines[: at + 1] + lines[at:])
        if at:
            yield "".join([*lines[: at - 1], lines[at], lines[at - 1], *lines[at + 1 :]])


def _step_of(name: str) -> int:
    # pandoc is asked anew for each text of these that is sound.
    return 4 if name == "mkdocs.yml" or name.endswith(".bib") else 1


@pytest.fixture
def unworded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the sources on pages named by their keys: to ask pandoc for each new title takes a minute in all."""

    def word(forms: Iterable[Form], *_: object) -> dict[Form, Words]:
        return {form: of_text(f"{form.key} {ONE}") for form in forms}

    monkeypatch.setattr("dosje.citing.wording.word_forms", word)


@pytest.mark.usefixtures("unworded")
@pytest.mark.parametrize("name", FILES)
def test_a_file_with_a_line_too_few_too_many_or_out_of_place_gives_findings_or_a_page(
    name: str, tmp_path: Path
) -> None:
    text = (MINI / name).read_text(encoding="utf-8")
    texts = list(lines_changed(text))[:: _step_of(name)]
    assert sum(break_files(copy_of(MINI, tmp_path), name, iter(texts))) == len(texts)


@pytest.mark.usefixtures("unworded")
@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_cut_gives_findings_or_a_page(name: str, tmp_path: Path) -> None:
    text = (MINI / name).read_text(encoding="utf-8")
    cuts = list(cuts_of(text, 9 * _step_of(name)))
    assert sum(break_files(copy_of(MINI, tmp_path), name, iter(cuts))) == len(cuts)


@pytest.mark.long
@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_cut_at_whatever_place_gives_findings_or_all_pages(name: str, tmp_path: Path) -> None:
    text = (MINI / name).read_text(encoding="utf-8")
    assert sum(break_files(copy_of(MINI, tmp_path), name, cuts_of(text), prints_all=True)) == len(text)


@pytest.mark.parametrize("note", ["[^1]:", "[^1]:   ", "[^1]: \n    \n", "[^1]:\n\n    \n"])
def test_a_note_without_words_is_a_finding(note: str, edition: Edition) -> None:
    files = {"content/pages/a.md": f"---\ntitle: A\n---\nx[^1].\n\n{note}\n"}
    assert format_findings(check_edition(edition(files)).findings) == (
        "content/pages/a.md:6:1: empty-note: note [^1] says nothing\n  hint: write it behind the colon: [^1]: …"
    )


def test_a_note_without_words_on_a_page_made_for_mkdocs_is_its_author_s(edition: Edition) -> None:
    files = {"mkdocs.yml": "site_name: A\ndocs_dir: docs\n", "docs/index.md": "# A\n\nx[^1].\n\n[^1]:\n"}
    root = edition(files)
    assert use(root, "index", prints_all=True)
