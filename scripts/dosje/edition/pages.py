"""Which pages an edition has: the path of each below the pages folder, its address, and the way from one to another."""

from __future__ import annotations

from functools import lru_cache

from ..values.page_id import PageId

# Lists that the site makes, each in a folder of that name.
INDEXES = (
    "meetings", "events", "chronology", "persons", "sources", "places", "organisations", "archives", "essays",
    "attendance", "disputes", "lookup", "search",
)  # fmt: skip
_FOLDERS = {
    "meeting": "meetings", "event": "events", "person": "persons", "source": "sources", "place": "places",
    "organisation": "organisations", "archive": "archives", "essay": "essays",
}  # fmt: skip


@lru_cache(maxsize=1 << 17)
def path_of(page: PageId) -> str:
    """Return the page's file below the pages folder, e.g. "meetings/bucharest-1960.md"."""
    return f"{page.key}.md" if page.kind == "page" else f"{_FOLDERS[page.kind]}/{page.key}.md"


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
    """Return the way between the addresses of two pages on the finished site, for HTML that nobody rewrites."""
    target = path.removesuffix(".md").removesuffix("index").rstrip("/")
    depth = from_path.removesuffix("index.md").removesuffix(".md").strip("/").split("/")
    up = "../" * len([part for part in depth if part])
    return f"{up}{target}/" if target else up or "./"


def address_of(site_url: str, path: str) -> str:
    """Return the address on the web of the page at `path`; "" if the edition has none."""
    if not site_url:
        return ""
    address = path.removesuffix(".md").removesuffix("index").rstrip("/")
    return f"{site_url.rstrip('/')}/{address}/" if address else f"{site_url.rstrip('/')}/"
