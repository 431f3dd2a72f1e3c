"""What a theme prints of a record is text: in titles, descriptions, navigation and header, once escaped."""

from __future__ import annotations

import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from conftest import Edition

pytestmark = pytest.mark.whole

NAME = '</title><img src=x onerror=alert(1)> A & B &amp; "C"'
SHOWN = NAME.replace('"C"', "“C”")
RECORDS = {
    "content/persons/kapo.yml": f"name: {{family: '{NAME}'}}\n",
    "content/essays/e.md": f"---\ntitle: '{NAME}'\nsummary: '{NAME}'\n---\nA word.\n",
    "bibliography/b.bib": '@book{work, title = {{</title><img src=x onerror=alert(1)> A \\& B "C"}}, date = {1960}}\n',
}


class Page(HTMLParser):
    """The elements with handlers of events, the texts of <title> and what a theme says in attributes."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.title, self.said, self.foreign, self._open = "", set[str](), list[str](), ""
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open = tag
        self.foreign += [tag for name, _ in attrs if name.startswith("on") or (tag, name) == ("img", "src")]
        self.said |= {value or "" for _, value in attrs}

    def handle_data(self, data: str) -> None:
        self.said.add(data.strip())
        self.title += data if self._open == "title" else ""


def build(root: Path) -> None:
    command = [sys.executable, "-m", "dosje.cli", "build", "--project", str(root)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_title_is_text_in_every_place_of_the_theme(edition: Edition) -> None:
    root = edition(RECORDS | {"mkdocs.yml": f"site_name: '{NAME}'\nsite_description: '{NAME}'\ncopyright: '{NAME}'\n"
                              "docs_dir: .build/pages\nsite_url: https://example.org/\n"
                              "theme: {name: material, features: [navigation.tabs, navigation.footer]}\n"})  # fmt: skip
    build(root)
    pages = {path.parent.relative_to(root / "site").as_posix(): Page(path) for path in root.glob("site/**/*.html")}
    assert len(pages) >= 9
    assert {name: page.foreign for name, page in pages.items() if page.foreign} == {}
    assert pages["persons/kapo"].title.strip() == f"{SHOWN} - {NAME}"
    assert {SHOWN, f"Next: {SHOWN}"} & pages["persons/kapo"].said and NAME in pages["essays/e"].said
    assert all(NAME in page.said for page in pages.values())
    assert pages["."].title.strip() == NAME


def test_a_title_is_text_in_a_theme_that_does_not_escape(edition: Edition) -> None:
    root = edition({"mkdocs.yml": "site_name: Docs\nsite_url: https://example.org/\ntheme: mkdocs\n",
                    "docs/index.md": "# Home\n\n<b class='mine'>A</b> word [@work].\n",
                    "bibliography/b.bib": RECORDS["bibliography/b.bib"]})  # fmt: skip
    build(root)
    page = Page(root / "site" / "sources" / "work" / "index.html")
    assert page.foreign == []
    assert page.title.strip() == "</title><img src=x onerror=alert(1)> A & B “C” - Docs"
    assert "mine" in Page(root / "site" / "index.html").said
