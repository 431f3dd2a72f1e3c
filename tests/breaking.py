"""Editions with a file that is broken: they give findings or pages."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from dosje.checking.edition import check_edition
from dosje.web.page_maker import PageMaker


def cuts_of(text: str, step: int = 1) -> Iterator[str]:
    """Yield the beginnings of a text."""
    return (text[:end] for end in range(0, len(text), step))


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
