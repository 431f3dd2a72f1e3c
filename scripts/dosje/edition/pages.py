"""Which pages an edition has: their paths below the pages folder, their addresses, and the way between two pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, unquote

from ..reading.corpus import Record
from ..reading.fields import Model
from ..reading.kinds import KINDS
from ..reading.records import Document
from ..reading.texts import Markdown
from ..values.page_id import PageId
from ..values.slugs import slug
from .attendance import Attendance
from .backlinks import BacklinkPage, cut_into_pages
from .disputes import gather_disputes
from .links import LinkedCorpus

HOME = "index.md"
DOWNLOADS_PAGE = "downloads/index.md"
REPORT_PAGE = "report.md"
# The worklists of imports: the preview alone has this page.
WORKLIST_PAGE = "worklist.md"
# What lies beside the pages and follows from all of them.
FEED = "feed.xml"
SPELLINGS = "search/spellings.js"

# The lists that the site has, each in a folder of this name.
INDEXES = (
    *(kind.plural for kind in KINDS.values() if kind.happens), "chronology",
    *(kind.plural for kind in KINDS.values() if not (kind.happens or kind.is_at_top)),
    "attendance", "disputes", "lookup", "search",
)  # fmt: skip

# A key that is the name of its page as well.
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]*")
# The way of a link in Markdown: "../events/index.md", "events/".
_WAY = re.compile(r"\]\(\s*<?([^)\s>?#]+)")


@lru_cache(maxsize=1 << 17)
def path_of(page: PageId) -> str:
    """Return the page's file below the pages folder, e.g. "meetings/bucharest-1960.md"."""
    return f"{KINDS[page.kind].site_folder}{name_of_page(page)}.md"


@lru_cache(maxsize=1 << 14)
def name_of_page(page: PageId) -> str:
    """Return what a page's file and address are called: the key of a record.

    The key of a work may be no name of a file: "DBLP:conf/a". Then it is the letters of the key, "dblp-conf-a".
    """
    is_name = page.kind != "source" or _NAME.fullmatch(page.key)
    return page.key if is_name else slug(page.key) or f"work-{page.key.encode().hex()}"


def address_on_site(site_url: str, path: str) -> str:
    """Return the address of a page, or of a file beside the pages, "" if the edition has no address of its own."""
    if not site_url:
        return ""
    page = path.removesuffix(".md").removesuffix("index").rstrip("/")
    ending = "/" if path.endswith(".md") and page else ""
    return f"{site_url.rstrip('/')}/{page}{ending}"


def path_of_list(name: str) -> str:
    """Return the file of a list of records, or of another page that each edition has: "meetings", "search"."""
    return f"{name}/index.md"


def path_of_table(name: str) -> str:
    """Return the file of a list as CSV."""
    return f"{name}/{name}.csv"


def path_of_year(year: str) -> str:
    """Return the file of who was in the room in a year."""
    return f"attendance/{year}.md"


def path_of_concordance(work: str) -> str:
    """Return the file of the concordance of a work's notes."""
    return f"concordance/{name_of_page(PageId('source', work))}.md"


def path_of_backlink_page(backlink_page: BacklinkPage) -> str:
    """Return the file on which a part of a source's backlinks stands: the first is on the source's own page."""
    if backlink_page.number == 1:
        return path_of(PageId("source", backlink_page.key))
    return f"{KINDS['source'].site_folder}{name_of_page(PageId('source', backlink_page.key))}/{backlink_page.number}.md"


def path_of_source_file(key: str, ending: str) -> str:
    """Return the file of a source for a reference manager, e.g. "sources/kapo-hoxha-1960-06-20.ris"."""
    return f"{path_of(PageId('source', key)).removesuffix('md')}{ending}"


def path_of_source_json(key: str) -> str:
    """Return the file of all that the edition knows of a source."""
    return f"{path_of(PageId('source', key)).removesuffix('.md')}/index.json"


def path_of_all_sources(ending: str) -> str:
    """Return the file of all sources for a reference manager."""
    return path_of_download(f"sources.{ending}")


def path_of_download(name: str) -> str:
    """Return the file of an offline edition, or of the edition's data."""
    return f"downloads/{name}"


@dataclass(frozen=True)
class EditionPage:
    """A page of an edition: its path, its template without the ending, and the record or other thing that it shows."""

    path: str
    template: str
    page: PageId | None = None
    subject: object = None

    @property
    def record_page(self) -> PageId:
        """The page of the record that it shows. Raises ValueError if it shows none, as lists do."""
        if self.page is None:
            raise ValueError(f"{self.path} shows no record")
        return self.page


def list_pages(linked: LinkedCorpus, attendance: Attendance) -> Iterator[EditionPage]:
    """Yield all pages of an edition that are made from templates; the page of downloads and redirects are not."""
    settings = linked.corpus.settings
    yield EditionPage(HOME, "home")
    for name in linked.lists:
        yield EditionPage(path_of_list(name), name)
    for year in attendance.years if attendance.is_paged else ():
        yield EditionPage(path_of_year(year), "attendance", subject=year)
    if settings.has_report:
        yield EditionPage(REPORT_PAGE, "report")
    if settings.has_worklist and linked.corpus.worklists:
        yield EditionPage(WORKLIST_PAGE, "worklist")
    for wanted in settings.concordances:
        yield EditionPage(path_of_concordance(wanted.work), "concordance", subject=wanted)
    for record in linked.corpus.records():
        yield EditionPage(path_of(record.page), _template_of(record), record.page)
    for key in linked.backlinks:
        for backlink_page in cut_into_pages(linked, key)[1:]:
            yield EditionPage(path_of_backlink_page(backlink_page), "evidence", subject=backlink_page)
    for key in linked.corpus.works:
        page = PageId("source", key)
        yield EditionPage(path_of(page), "work", page)


def _template_of(record: Record[Model]) -> str:
    if isinstance(record.model, Document):
        return "document"
    return KINDS[record.kind].template_name


def lists_of(linked: LinkedCorpus) -> tuple[str, ...]:
    """Return the lists that the site has, by the names of their folders: those with something in them, and the search.

    An empty one is there if the edition's own navigation or a text of it leads there, or if it was published: an
    address is for ever. A site that was made for MkDocs alone has only the first.
    """
    full = full_lists(linked)
    if linked.corpus.settings.docs_dir:
        return full
    empty = [name for name in INDEXES if name not in full and name != "search"]
    kept = {"search", *full, *(name for name in empty if path_of_list(name) in linked.corpus.settings.named_pages)}
    published = {entry.address for entry in linked.corpus.ledger.entries if not (entry.gone or entry.target)}
    kept |= {name for name in empty if f"{name}/" in published}
    kept |= _linked_in_texts(linked, empty) if empty else set()
    return tuple(name for name in INDEXES if name in kept)


def _linked_in_texts(linked: LinkedCorpus, names: Iterable[str]) -> set[str]:
    """Return those of the lists to which a link in some text leads."""
    pieces = (
        piece.text
        for record in linked.corpus.records()
        for _, _, text in record.texts
        for block in text.blocks
        for piece in block.pieces
        if isinstance(piece, Markdown) and "](" in piece.text
    )
    ways = {part for text in pieces for way in _WAY.findall(text) for part in way.split("/")[:-1]}
    return ways.intersection(names)


def full_lists(linked: LinkedCorpus) -> tuple[str, ...]:
    """Return the lists that have something in them, by the names of their folders."""
    by_kind = linked.corpus.by_kind
    kinds: dict[str, tuple[str, ...]] = {kind.plural: (kind.name,) for kind in KINDS.values() if not kind.is_at_top}
    happening = tuple(kind.name for kind in KINDS.values() if kind.happens)
    kinds |= {"chronology": happening, "attendance": ("meeting",)}
    full = {name for name, own in kinds.items() if any(by_kind.get(kind) for kind in own)}
    if by_kind["source"] or linked.corpus.works:
        full |= {"sources", "lookup"}
    if gather_disputes(linked):
        full.add("disputes")
    return tuple(name for name in INDEXES if name in full)


def relative(path: str, from_path: str) -> str:
    """Return the way from one page's file to another's."""
    folder, _, _ = from_path.rpartition("/")
    if not folder:
        return path
    own, _, name = path.rpartition("/")
    if own == folder:
        return name
    return "../" * (folder.count("/") + 1) + path


def address(path: str, from_path: str) -> str:
    """Return the way between the addresses of two pages on the finished site, for HTML that MkDocs does not rewrite."""
    target, depth = _folder_of(path), _folder_of(from_path)
    up = "../" * (depth.count("/") + 1 if depth else 0)
    return f"{up}{target}/" if target else up or "./"


def address_of(site_url: str, path: str) -> str:
    """Return the web address of the page at `path`, "" if the edition has no `site_url`."""
    if not site_url:
        return ""
    address = _folder_of(path)
    return f"{site_url.rstrip('/')}/{address}/" if address else f"{site_url.rstrip('/')}/"


def site_address(path: str) -> str:
    """Return the address of the page at `path` below the site: "essays/overview/", or "./" for the home page."""
    return f"{quote(_folder_of(path)) or '.'}/"


def file_at(address: str, *, for_disk: bool = False) -> str:
    """Return the file, of HTML, at an address below the site. `for_disk`: as in the zip, whose addresses are files."""
    folder = unquote(address).removeprefix("./").rstrip("/")
    is_file = for_disk and folder and folder not in INDEXES
    return f"{folder}.html" if is_file else f"{folder}/index.html".lstrip("/")


def path_of_tombstone(address: str) -> str:
    """Return the path of the page that says that another, which had this address, is gone."""
    folder = unquote(address).rstrip("/")
    return path_of_list(folder) if folder in INDEXES else f"{folder}.md"


def _folder_of(path: str) -> str:
    """Return the folder that a page's address is: "essays/overview" of "essays/overview.md", "" of "index.md"."""
    folder = path.removesuffix(".md")
    return "" if folder == "index" else folder.removesuffix("/index")
