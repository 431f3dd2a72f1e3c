"""What other people's checkers say of the books. Both are Debian packages; without one its test is left out."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from conftest import EPUBCHECK, MINI, PROJECT, set_book
from dosje.books.book import Book, BookMaker
from dosje.books.epub import write_epub
from dosje.checking.edition import check_edition


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


def test_epubcheck_finds_no_fault_in_the_e_book_of_the_first_edition(tmp_path: Path) -> None:
    book = book_of(PROJECT)
    (tmp_path / "book.epub").write_bytes(write_epub(book, set_book(book).places))
    code, said = run("java", "-jar", str(EPUBCHECK), "--failonwarnings", str(tmp_path / "book.epub"))
    assert code == 0, said
    assert "0 fatals / 0 errors / 0 warnings" in said
