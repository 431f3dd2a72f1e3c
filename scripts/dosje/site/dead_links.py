"""Finds the links in the HTML of pages that lead to no page, file or place of the site, before MkDocs runs.

Links in Markdown, which only an edition's own templates and texts for extensions of its own have, MkDocs checks itself.
"""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Iterator, Mapping, Set
from functools import cached_property, lru_cache
from urllib.parse import unquote, urlsplit

from markdown import Markdown as Converter

from ..edition.links import LinkedCorpus
from ..edition.pages import path_of
from ..reading.corpus import Record
from ..reading.fields import Model
from ..reading.texts import Markdown
from ..values.findings import Finding, Span, did_you_mean
from .finished_pages import HARMLESS, FinishedPages
from .taken_addresses import MADE_LATER

_LINK = re.compile(r'<(?:a|img) (?:[^<>]*? )?(?:href|src)="(?![A-Za-z][\w+.-]*:|//)([^"]+)"')
_WRITTEN = re.compile(r"\]\(\s*<?([^)\s>]+)")
_ID = re.compile(r' id="([^"]*)"')


def find_dead_links(
    linked: LinkedCorpus, files: Mapping[str, str | bytes], own_pages: Set[str] = frozenset()
) -> list[Finding]:
    """Return a finding for each link of a page that leads nowhere. `files`: all of the pages folder, by path.

    `own_pages`: the paths of those that templates of the edition made. These may lack an anchor to which a page of
    ours leads; such a link reaches the page.
    """
    settings = linked.corpus.settings
    if settings.docs_dir:
        return []  # what else its site has is known to MkDocs alone
    folder = urlsplit(settings.site_url).path.rstrip("/") + "/" if settings.site_url else ""
    site = _Site(files, folder, knows_headings=not settings.has_own_markdown)
    record_by_path = {path_of(record.page): record for record in linked.corpus.records()}
    dead = (
        (path, link)
        for path, text in site.pages.items()
        for link in dict.fromkeys(map(html.unescape, _LINK.findall(text)))
        if not site.has(path, link)
    )
    return [
        _describe(path, link, record_by_path.get(path), site)
        for path, link in dead
        if path in own_pages
        or site.target_of(path, link) not in own_pages
        or _find_written(link, record_by_path.get(path)) is not None
    ]


class _Site:
    """What the links of the pages can lead to. `knows_headings`: these get the addresses that are usual.

    `folder`: where the site stands on its host, "/edition/"; "" if that is not known.
    """

    def __init__(self, files: Mapping[str, str | bytes], folder: str, *, knows_headings: bool) -> None:
        self.files = {**files, **dict.fromkeys(MADE_LATER, "")}
        self._folder = folder
        self.pages = {path: text for path, text in files.items() if path.endswith(".md") and isinstance(text, str)}
        self._knows_headings = knows_headings
        self._ids: dict[str, frozenset[str]] = {}
        self._with_headings: set[str] = set()

    def has(self, path: str, link: str) -> bool:
        """Say whether a link on the page at `path` leads to something."""
        fragment = link.partition("#")[2]
        if not self._folder and link.startswith("/") and not re.split("[?#]", link, maxsplit=1)[0].endswith(".md"):
            return True  # nobody can tell where on its host the site will stand
        target = self.target_of(path, link)
        # "#top" is the top of any page.
        return bool(target) and (
            fragment in ("", "top") or target not in self.pages or self._has_id(target, unquote(fragment))
        )

    def target_of(self, path: str, link: str) -> str:
        """Return the file that a link leads to: by its path, or by its address in the finished site; "" for none."""
        way = re.split("[?#]", link, maxsplit=1)[0]
        if not way:
            return path
        if way.startswith("/"):
            if not self._folder or not f"{way}/".startswith(self._folder) or way.endswith(".md"):
                return ""
            address = _join("", way[len(self._folder) :])
        else:
            name = _join(posixpath.dirname(path), way)
            if name in self.files:
                return name
            address = _join(path.removesuffix(".md").removesuffix("index"), way)
        found = ("index.md",) if address == "." else (f"{address}.md", f"{address}/index.md", address)
        return next((one for one in found if one in self.files), "")

    def _has_id(self, path: str, name: str) -> bool:
        if path not in self._ids:
            self._ids[path] = frozenset(map(html.unescape, _ID.findall(self.pages[path])))
        if name not in self._ids[path] and path not in self._with_headings:
            self._with_headings.add(path)
            self._ids[path] |= self._ids_of_headings(path)
        return name in self._ids[path] or not self._knows_headings

    def _ids_of_headings(self, path: str) -> frozenset[str]:
        _, _, text = self.pages[path].removeprefix("---\n").partition("---\n")
        found = FinishedPages(self._converter).read(text)
        return found.ids if found else frozenset(_ID.findall(self._converter.reset().convert(text)))

    @cached_property
    def _converter(self) -> Converter:
        return Converter(extensions=sorted(HARMLESS))


@lru_cache(maxsize=1 << 16)
def _join(folder: str, way: str) -> str:
    return posixpath.normpath(posixpath.join(folder, unquote(way)))


def _describe(path: str, link: str, record: Record[Model] | None, site: _Site) -> Finding:
    message = f"the page {path} has a link that leads nowhere: {link}"
    way = link.partition("#")[0]
    near = did_you_mean(_join(posixpath.dirname(path), way), site.pages) if way else ""
    hint = near or "a link to a record is [text](person:key); an address within a page is that of a heading or note"
    return Finding(_span_of(path, link, record), "dead-link", message, hint)


def _span_of(path: str, link: str, record: Record[Model] | None) -> Span:
    """Return where an author wrote a link; where a template did, the page."""
    if record is None:
        return Span(path, 1, 1)
    return _find_written(link, record) or record.span()


def _find_written(link: str, record: Record[Model] | None) -> Span | None:
    for field, offset, written in _written_in(record) if record else ():
        if unquote(written).split("/")[-1] == unquote(link).split("/")[-1]:
            return record.text_span(field, offset) if record else None
    return None


def _written_in(record: Record[Model]) -> Iterator[tuple[tuple[str | int, ...], int, str]]:
    """Yield the ways that authors wrote into a record's texts, each with its field and offset."""
    for field, _, text in record.texts:
        for block in text.blocks:
            for piece in block.pieces:
                if isinstance(piece, Markdown) and not piece.is_code:
                    for match in _WRITTEN.finditer(piece.text):
                        yield field, piece.offset + match.start(1), match[1]
