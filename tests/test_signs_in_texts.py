"""Square brackets, pipes, asterisks and underscores are text wherever an editor writes text, in every output."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import set_book
from dosje.books.book import BookMaker
from dosje.checking.edition import check_edition
from every_field import FACES, Shown, walk_fields
from printing import print_everything

SIGNS = st.lists(st.sampled_from(["[", "]", "|", "*", "_", "[b]", "*b*", "_b_", "**", "__", "b", " "]), max_size=8)


def written(signs: list[str]) -> str:
    """Return signs between letters, so that no blank stands at an end."""
    return f"a{''.join(signs)}z".replace("  ", " ")


@pytest.mark.whole
@settings(max_examples=3, suppress_health_check=list(HealthCheck), derandomize=True)
@given(SIGNS)
def test_in_each_field_for_text_they_are_shown_in_page_book_epub_and_json(
    tmp_path_factory: pytest.TempPathFactory, signs: list[str]
) -> None:
    text = written(signs)
    plain, signed = walk_fields(), walk_fields(text)
    shown = [Shown(walked, print_in(tmp_path_factory.mktemp("signs"), walked.files)) for walked in (plain, signed)]
    faces = [
        {path: set(faces) & set(FACES) for path, faces in one.missing().items() if set(faces) & set(FACES)}
        for one in shown
    ]
    assert faces[1] == faces[0]


@pytest.mark.whole
def test_in_the_text_of_a_pdf_they_are_what_they_are_in_the_book(tmp_path: Path) -> None:
    signs = "a[b]|*c*_d_][z"
    printed = print_in(tmp_path, walk_fields(signs).files)
    checked = check_edition(tmp_path)
    assert checked.linked and checked.style
    document = pypdfium2.PdfDocument(set_book(BookMaker(checked.linked, checked.style).make()).data)
    text = bare("".join(page.get_textpage().get_text_bounded() for page in document))
    shown = set(re.findall(rf"Xq\d+q{re.escape(signs)}", printed["book.typ"]))
    assert len(shown) > 100
    assert {one for one in shown if bare(one) not in text} == set()


def bare(text: str) -> str:
    """Return a text without what a line's end puts into it, and without small capitals."""
    return re.sub(r"[\s\u00ad\u2010\u0002\ufffe-]", "", text).lower()


def print_in(root: Path, files: dict[str, str]) -> dict[str, str]:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    return print_everything(root)
