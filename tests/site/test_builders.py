"""The pages are pages of MkDocs: plain MkDocs, ProperDocs and Zensical each make the same site of them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin

import pytest

from conftest import MINI
from sharing import share

pytestmark = pytest.mark.whole

# Headings that stand in the contents though they are within a list or quotation; code with colours.
NESTED = """---
title: Nested
---

## One

> ## Two [@kapo-letter, fl. 40]
>
> Words *of* `code`.

- Three

    ## One

    ```python
    # a <b>

    import re
    ```
"""


class Article(HTMLParser):
    """What a reader sees in a page's article: its words, headings, links and anchors."""

    def __init__(self, address: str, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.headings: list[tuple[str, str]] = []
        self.links: list[str] = []
        self.anchors: list[str] = []
        self._address = address
        self._is_open = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self._is_open |= tag == "article"
        if not self._is_open:
            return
        name = given.get("id") or ""
        self.anchors += [name] if name and not name.startswith("__") else []  # those are the theme's
        if tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            self.headings.append((tag, name))
        links = [value for name, value in attrs if name in ("href", "src", "xlink:href") and value]
        self.links += [urljoin(self._address, link) for link in links if not link.startswith("data:")]

    def handle_endtag(self, tag: str) -> None:
        self._is_open &= tag != "article"

    def handle_data(self, data: str) -> None:
        self.text += data if self._is_open else ""

    def all(self) -> dict[str, object]:
        return {
            "text": " ".join(self.text.split()), "headings": self.headings, "links": self.links,
            "anchors": self.anchors,
        }  # fmt: skip


def read(site: Path) -> dict[str, dict[str, object]]:
    """Return what is in the articles of a site, by the path of the page."""
    found = {}
    for path in sorted(site.rglob("*.html")):
        name = path.relative_to(site).as_posix()
        if name != "404.html":
            address = f"https://site/{name.removesuffix('index.html')}"
            found[name] = Article(address, path.read_text(encoding="utf-8")).all()
    return found


def printed(root: Path, *options: str) -> str:
    """Return what `dosje config` prints."""
    command = [sys.executable, "-m", "dosje.cli", "config", "--project", str(root), *options]
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout


def run(command: list[str], folder: Path) -> None:
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the small edition, built, with the file that MkDocs read, as others read it."""

    def make(folder: Path) -> None:
        root = folder / "edition"
        shutil.copytree(MINI, root)
        (root / "content" / "essays" / "nested.md").write_text(NESTED, encoding="utf-8")
        run([sys.executable, "-m", "dosje.cli", "build", "--project", str(root)], folder)
        # The same file, which other builders take paths from where it lies.
        shutil.copy(root / ".build" / "mkdocs.yml", root / "composed.yml")
        assert printed(root) == (root / "composed.yml").read_text(encoding="utf-8")

    return share(tmp_path_factory, "builders", make) / "edition"


@pytest.mark.parametrize("builder", ["mkdocs", "properdocs"])
def test_mkdocs_and_its_successor_make_the_same_pages(builder: str, edition: Path, tmp_path: Path) -> None:
    run([sys.executable, "-m", builder, "build", "-q", "-f", "composed.yml", "-d", str(tmp_path / "site")], edition)
    ours = read(edition / "site")
    assert read(tmp_path / "site") == ours
    assert len(ours) > 20


@pytest.mark.parametrize("options", [[], ["--absolute"]])
def test_zensical_makes_the_same_pages(options: list[str], edition: Path, tmp_path: Path) -> None:
    # It writes into the folder of its configuration.
    root = Path(shutil.copytree(edition, tmp_path / "edition", ignore=shutil.ignore_patterns("site", "cache")))
    (root / "printed.yml").write_text(printed(root, *options), encoding="utf-8")
    run([str(Path(sys.executable).parent / "zensical"), "build", "--strict", "-f", str(root / "printed.yml")], tmp_path)
    ours, theirs = read(edition / "site"), read(root / "site")
    assert set(ours) == set(theirs)
    for name, page in ours.items():
        assert theirs[name] == page, name


def test_what_mkdocs_takes_as_finished_is_the_same_to_the_byte(edition: Path, tmp_path: Path) -> None:
    ours = [str(edition / "composed.yml"), str(edition), str(tmp_path / "ours")]
    run([sys.executable, "-m", "dosje.site.run_mkdocs", *ours], edition)
    run([sys.executable, "-m", "mkdocs", "build", "-q", "-f", "composed.yml", "-d", str(tmp_path / "plain")], edition)
    made = {
        name: {page.relative_to(tmp_path / name): page.read_bytes() for page in (tmp_path / name).rglob("*.html")}
        for name in ("ours", "plain")
    }
    assert made["ours"] == made["plain"]
    assert len(made["plain"]) > 20
