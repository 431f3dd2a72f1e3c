"""The built site of the first edition: strict, linked to the last anchor, and the same under Zensical."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest

from conftest import PROJECT
from dosje.checking.edition import check_edition

_LOADED = {
    "script": "src",
    "img": "src",
    "iframe": "src",
    "source": "src",
    "video": "src",
    "audio": "src",
    "embed": "src",
}


class Page(HTMLParser):
    """A page's links, loaded files, anchors and notes."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[str] = []
        self.content_links: list[str] = []
        self.loaded: list[str] = []
        self.ids: set[str] = set()
        self.calls: dict[str, str] = {}
        self.notes: list[str] = []
        self._open: list[str] = []
        self._call = ""
        self._is_in_article = False
        self._note_depth = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if "id" in values:
            self.ids.add(values["id"])
        if tag == "article":
            self._is_in_article = True
        target = values.get("href", values.get("xlink:href"))  # the second in drawings
        if tag == "a" and target is not None:
            self.links.append(target)
            if self._is_in_article:
                self.content_links.append(target)
            if "footnote-ref" in values.get("class", ""):
                self._call = target.removeprefix("#fn:")
        if tag in _LOADED and _LOADED[tag] in values:
            self.loaded.append(values[_LOADED[tag]])
        # "schema.DC" only names a vocabulary.
        rel = values.get("rel", "").partition(".")[0]
        if tag == "link" and rel not in ("canonical", "prev", "next", "alternate", "schema"):
            self.loaded.append(values.get("href", ""))
        if tag == "li" and values.get("id", "").startswith("fn:"):
            self.notes.append("")
            self._note_depth = 1
        elif tag == "li" and self._note_depth:
            self._note_depth += 1

    def handle_endtag(self, tag: str) -> None:
        if tag == "article":
            self._is_in_article = False
        if tag == "a":
            self._call = ""
        if tag == "li" and self._note_depth:
            self._note_depth -= 1

    def handle_data(self, data: str) -> None:
        if self._call:
            self.calls[self._call] = data.strip()
        if self._note_depth:
            self.notes[-1] += data


def read_pages(site: Path) -> dict[str, Page]:
    return {
        path.relative_to(site).as_posix(): Page(path.read_text(encoding="utf-8"))
        for path in sorted(site.rglob("*.html"))
    }


@pytest.fixture(scope="module")
def pages(built: Path) -> dict[str, Page]:
    return read_pages(built / "site")


def test_the_first_edition_has_no_findings_and_builds_without_a_word_from_mkdocs(built: Path) -> None:
    composed = built / ".build" / "mkdocs.yml"
    command = [
        sys.executable,
        "-m",
        "dosje.site.run_mkdocs",
        str(composed),
        str(built),
        str(built / "again"),
        "--strict",
    ]
    done = subprocess.run(command, cwd=built, capture_output=True, text=True, check=False, env=_environment())
    said = [line for line in (done.stdout + done.stderr).splitlines() if not line.startswith("INFO    -  ")]
    assert (done.returncode, said) == (0, [])
    assert "anchor" not in done.stderr  # a link to an anchor that is not there


def _environment() -> dict[str, str]:
    return os.environ | {"NO_MKDOCS_2_WARNING": "1", "COLUMNS": "1000"}


def test_every_link_within_the_site_leads_to_a_page_and_an_anchor(built: Path, pages: dict[str, Page]) -> None:
    broken = []
    for name, page in pages.items():
        if name == "404.html":
            continue  # its links begin at the root of wherever the site is served
        for link in page.links:
            if urlsplit(link).scheme or link.startswith("//"):
                continue
            target, anchor = urldefrag(link)
            target = target.partition("?")[0]
            path = PurePosixPath(name).parent / unquote(target) if target else PurePosixPath(name)
            file = _normal(path / "index.html" if target.endswith(("/", ".", "..")) or target == "." else path)
            if file not in pages:
                if not (built / "site" / file).is_file():
                    broken.append((name, link))
            elif anchor and unquote(anchor) not in pages[file].ids and not anchor.startswith("__"):
                broken.append((name, link))
    assert broken == []


def test_every_address_that_was_published_is_answered_in_the_site(pages: dict[str, Page]) -> None:
    linked = check_edition(PROJECT).linked
    assert linked is not None
    ends = [urldefrag(found.address) for found in linked.addresses.resolved if found.address]
    missing = [end for end in ends if end.fragment and end.fragment not in pages[_file_at(end.url)].ids]
    assert (missing, [end.url for end in ends if _file_at(end.url) not in pages]) == ([], [])
    assert len(ends) >= 2766


def _file_at(address: str) -> str:
    return f"{address}index.html".removeprefix("./")


def _normal(path: PurePosixPath) -> str:
    parts: list[str] = []
    for part in path.parts:
        if part == "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def test_no_page_loads_anything_from_another_host(built: Path, pages: dict[str, Page]) -> None:
    outside = [(name, url) for name, page in pages.items() for url in page.loaded if urlsplit(url).netloc]
    styles = [
        (path.name, url)
        for path in (built / "site").rglob("*.css")
        for url in re.findall(r"url\(\s*[\"']?((?:https?:)?//[^)\"']+)", path.read_text(encoding="utf-8"))
    ]
    assert (outside, styles) == ([], [])


def test_notes_are_numbered_in_the_order_in_which_a_reader_meets_them(pages: dict[str, Page]) -> None:
    for name, page in pages.items():
        assert list(page.calls.values()) == [str(n) for n in range(1, len(page.calls) + 1)], name
        assert len(page.notes) == len(page.calls), name
        assert all(note.strip() for note in page.notes), name


def test_every_backlink_names_the_number_that_the_note_has_on_its_page(built: Path, pages: dict[str, Page]) -> None:
    checked = 0
    for path in sorted((built / ".build/pages").rglob("*.md")):
        for target, label, number in re.findall(
            r'<a href="([^"#]*)#fnref:([^"]+)">note (\d*)</a>', path.read_text(encoding="utf-8")
        ):
            folder = path.relative_to(built / ".build/pages").parent
            page = folder / target if target else path.relative_to(built / ".build/pages")
            stem = _normal(PurePosixPath(page.with_suffix("").as_posix()))
            html = "index.html" if stem == "index" else f"{stem}/index.html"
            assert pages[html].calls[label] == number, (path, label)
            checked += 1
    assert checked > 300


def test_zensical_builds_the_same_notes_and_links_from_the_same_pages(built: Path, tmp_path: Path) -> None:
    for name in (".build/pages", ".build/theme", "bibliography"):
        shutil.copytree(built / name, tmp_path / name)
    shutil.copy(built / ".build" / "mkdocs.yml", tmp_path)
    command = [str(Path(sys.executable).parent / "zensical"), "build", "--strict", "-f", "mkdocs.yml"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    ours, theirs = read_pages(built / "site"), read_pages(tmp_path / "site")
    assert set(ours) == set(theirs)
    for name in _content(ours):
        assert _squeeze(ours[name].notes) == _squeeze(theirs[name].notes), name
        assert ours[name].calls == theirs[name].calls, name
        assert _content_links(name, ours[name]) == _content_links(name, theirs[name]), name


def _content(pages: dict[str, Page]) -> Iterator[str]:
    return (name for name in pages if name != "404.html")


def _squeeze(notes: list[str]) -> list[str]:
    return [" ".join(note.split()) for note in notes]


def _content_links(name: str, page: Page) -> list[str]:
    """Return where the links lead: one builder goes up no further than it must, the other to the top."""
    here = f"http://site/{name}".removesuffix("index.html")
    return [urljoin(here, link.replace("/index.html", "/")) for link in page.content_links]


def test_every_record_has_its_page(pages: dict[str, Page]) -> None:
    for folder in ("meetings", "persons", "sources"):
        for path in (PROJECT / "content" / folder).glob("*.yml"):
            assert f"{folder}/{path.stem}/index.html" in pages
