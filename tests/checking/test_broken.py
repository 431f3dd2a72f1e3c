"""A file that is being typed: cut anywhere, its lines dropped, doubled or swapped, it gives findings or a page."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from conftest import MINI, PROJECT, Edition
from dosje.checking.edition import check_edition
from dosje.citing.forms import ONE, Form
from dosje.values.findings import format_findings
from dosje.values.words import Words, of_text
from dosje.web.page_maker import PageMaker

FILES = sorted(path.relative_to(MINI).as_posix() for path in MINI.rglob("*") if path.is_file())


def cuts_of(text: str, step: int = 1) -> Iterator[str]:
    """Yield the beginnings of a text."""
    return (text[:end] for end in range(0, len(text), step))


def lines_changed(text: str) -> Iterator[str]:
    """Yield the text without each of its lines, with each twice, and with each before the one above."""
    lines = text.splitlines(keepends=True)
    for at in range(len(lines)):
        yield "".join(lines[:at] + lines[at + 1 :])
        yield "".join(lines[: at + 1] + lines[at:])
        if at:
            yield "".join([*lines[: at - 1], lines[at], lines[at - 1], *lines[at + 1 :]])


def copy_of(edition: Path, folder: Path) -> Path:
    """Return a copy of an edition in which a file can be broken."""
    for name in ("content", "bibliography"):
        shutil.copytree(edition / name, folder / name)
    shutil.copy(edition / "mkdocs.yml", folder)
    return folder


def use(root: Path, name: str, *, prints_all: bool = False) -> bool:
    """Check the edition and print, where there are no errors, the pages that a file made; say whether there were."""
    checked = check_edition(root)
    if checked.linked is None or checked.style is None or checked.has_errors:
        assert any(finding.is_error and finding.message for finding in checked.findings)
        return False
    maker = PageMaker(checked.linked, checked.style)
    own = [path for path in maker.paths if Path(path).stem == Path(name).stem]
    maker.make_pages(maker.paths if prints_all else own or maker.paths[-1:])
    return True


def break_files(root: Path, name: str, texts: Iterator[str], *, prints_all: bool = False) -> tuple[int, int]:
    """Use the edition with each of the texts in the place of a file; return how many were sound, and how many not."""
    path = root / name
    whole = path.read_text(encoding="utf-8")
    counts = [0, 0]
    for text in texts:
        path.write_text(text, encoding="utf-8", newline="")
        try:
            counts[not use(root, name, prints_all=prints_all)] += 1
        except Exception as error:
            error.add_note(f"{name}: {text[-300:]!r}")
            raise
    path.write_text(whole, encoding="utf-8", newline="")
    return counts[0], counts[1]


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


def cut_first_edition(count: int, seed: int, folder: Path) -> int:
    """Cut files of the first edition, drawn by a seed, and return how many cuts were used."""
    draw = random.Random(seed)
    root = copy_of(PROJECT, folder)
    files = sorted(
        path.relative_to(root).as_posix() for path in root.rglob("*") if path.suffix in (".yml", ".md", ".bib")
    )
    used = 0
    for name in draw.choices(files, k=count):
        text = (root / name).read_text(encoding="utf-8")
        used += sum(break_files(root, name, iter([text[: draw.randrange(len(text))]])))
    return used


def test_files_of_the_first_edition_can_be_cut(tmp_path: Path) -> None:
    assert cut_first_edition(4, 14, tmp_path) == 4


@pytest.mark.long
def test_files_of_the_first_edition_can_be_cut_three_hundred_times(tmp_path: Path) -> None:
    assert cut_first_edition(300, 14, tmp_path) == 300


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
