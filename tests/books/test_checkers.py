"""What other people's checkers say of the books. Both are Debian packages; without one its test is left out."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from conftest import MINI, set_book
from dosje.books.book import Book, BookMaker
from dosje.checking.edition import check_edition

pytestmark = pytest.mark.whole


def book_of(root: Path) -> Book:
    checked = check_edition(root)
    assert checked.linked and checked.style
    return BookMaker(checked.linked, checked.style).make()


def run(*command: str) -> tuple[int, str]:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def test_qpdf_finds_no_fault_in_a_pdf(tmp_path: Path) -> None:
    shutil.copytree(MINI, tmp_path, dirs_exist_ok=True)
    book = book_of(tmp_path)
    (tmp_path / "book.pdf").write_bytes(set_book(book).data)
    code, said = run("qpdf", "--check", str(tmp_path / "book.pdf"))
    assert code == 0, said
    assert "No syntax or stream encoding errors found" in said
