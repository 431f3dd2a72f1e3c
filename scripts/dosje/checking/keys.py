"""Checks the keys of records and works: they are names of files, of pages and of addresses, now and formerly."""

from __future__ import annotations

from collections.abc import Iterator

from ..edition.pages import INDEXES, name_of_page, path_of, site_address
from ..reading.bibliography import Work
from ..reading.corpus import Corpus
from ..reading.keys import explain_key_of_work, is_reserved, is_valid_key
from ..reading.kinds import KINDS
from ..reading.ledger import LEDGER_NAME
from ..reading.records import Document
from ..values.citations import PLAIN_KEY
from ..values.findings import Finding
from ..values.page_id import PageId
from ..values.slugs import slug

# Other names at the top of a site, written as keys. On many file systems SHA256SUMS is the same name as sha256sums, and
# 404.html could be a page in the zip.
_FILES_OF_SITE = ("404", "assets", "concordance", "downloads", "pagefind", "sha256sums")
# No name of a file may have more than 255 bytes, and in the zip the page of a record is KEY.html.
_LONGEST = 250
_TAKEN_BY_PAGES = (*INDEXES, *_FILES_OF_SITE)


def check_keys(corpus: Corpus) -> Iterator[Finding]:
    yield from _find_clashes(corpus)
    reserved = [(r.key, r.key, r.key_span()) for r in corpus.records() if not isinstance(r.model, Document)]
    reserved += [(work.key, name_of_page(PageId("source", work.key)), work.span) for work in _works_of(corpus)]
    for key, name, span in reserved:
        if is_reserved(name):
            message = f'no file can be called "{name}" on Windows'
            yield Finding(span, "reserved-key", message, f'"{key}-1960" could be a key')
        if len(name.encode()) > _LONGEST:
            message = f"the key has more than {_LONGEST} letters"
            yield Finding(span, "bad-key", message, "make it shorter: dosje rename OLD NEW")
    for record in corpus.records():
        # Its page would replace the page of a list: sources/index.md, or meetings.md beside meetings/.
        is_taken = record.key in _TAKEN_BY_PAGES if record.kind == "page" else record.key == "index"
        if is_taken and not isinstance(record.model, Document):
            what = "file or folder" if record.key in _FILES_OF_SITE else "list"
            message = f'"{record.key}" is the name of a {what} of the site'
            yield Finding(record.key_span(), "bad-key", message, f'"{record.key}-of-…" could be a key')
    for work in _works_of(corpus):
        message = explain_key_of_work(work.key)
        if not message and name_of_page(PageId("source", work.key)).lower() == "index":
            message = f'"{work.key}" cannot be a key of a work: its page would take the place of a list'
        if message:
            yield Finding(work.span, "bad-key", message, "in Zotero: Better BibTeX, citation key; or rename the entry")


def _works_of(corpus: Corpus) -> Iterator[Work]:
    # Not `corpus.works`: there the second of two works with one key has taken the place of the first.
    return (work for bib in corpus.bib_files for work in bib.works)


def _find_clashes(corpus: Corpus) -> Iterator[Finding]:
    """Yield the keys that give a page the name of another page. For many file systems capitals make no difference."""
    seen: dict[str, tuple[str, str]] = {}
    owners = [
        (r.key, r.span()) for kind in KINDS.values() if kind.shares_keys for r in corpus.by_kind[kind.name].values()
    ]
    owners += [(work.key, work.span) for work in _works_of(corpus)]
    for spelled, span in owners:
        path = path_of(PageId("source", spelled)).lower()
        if path in seen:
            first, place = seen[path]
            message = f'"{spelled}" is also the key of {place}'
            hint = "meetings, events, persons, sources and .bib entries share their keys"
            if first.lower() != spelled.lower():
                message = f'"{spelled}" would have the address of "{first}" in {place}: {site_address(path)}'
                hint = "rename one of both"
            yield Finding(span, "key-clash", message, hint)
        seen.setdefault(path, (spelled, span.path))


def check_former_keys(corpus: Corpus) -> Iterator[Finding]:
    owners: dict[tuple[str, str], str] = {}
    former = [(r.page, old, r.span(("formerly", at))) for r in corpus.records() for at, old in enumerate(r.former_keys)]
    works = corpus.works.values()
    former += [
        (PageId("source", work.key), old, work.field_spans["formerly"]) for work in works for old in work.former_keys
    ]
    for page, old, span in former:
        hint = "a former key leads to one record only: take it out here or there"
        is_work = page.kind == "source" and page.key in corpus.works
        if is_work and explain_key_of_work(old):
            yield Finding(span, "bad-key", f'"{old}" cannot have been a key')
        elif not is_work and not is_valid_key(old):
            yield Finding(span, "bad-key", f'"{old}" cannot have been a key: only a-z, 0-9 and hyphens')
        elif corpus.has(page.kind, old) or (page.kind == "page" and old in _TAKEN_BY_PAGES) or old == "index":
            yield Finding(span, "formerly-clash", f'"{old}" is the key of another {page.kind}', hint)
        elif (page.kind, old) in owners:
            message = f'"{old}" is also a former key of {owners[page.kind, old]}'
            yield Finding(span, "formerly-clash", message, hint)
        owners.setdefault((page.kind, old), page.key)


def _page_file(kind: str, key: str) -> str:
    """Return what two keys may not share: their letters; of sources, which may have any, those of their pages."""
    return name_of_page(PageId(kind, key)).lower()


def explain_new_key(corpus: Corpus, page: PageId, key: str, *, is_new_work: bool = False) -> str:
    """Return why a record or work cannot get the key, "" if it can.

    `page`: the record under the key that it has; for one that is not there yet, under `key` itself. `is_new_work`: it
    is a work that is not there yet.
    """
    is_work = is_new_work or (page.kind == "source" and page.key in corpus.works)
    if is_work and (explain_key_of_work(key) or not PLAIN_KEY.fullmatch(key)):
        return f'"{key}" cannot be a key of a work: letters, digits, and : . _ - between them'
    if not (is_work or is_valid_key(key)):
        form = slug(key)
        return f'"{key}" cannot be a key: only a-z, 0-9 and hyphens' + (f'; "{form}" could' if form else "")
    if is_reserved(key):
        return f'no file can be called "{key}" on Windows; "{key}-1960" could be a key'
    if (page.kind == "page" and key in _TAKEN_BY_PAGES) or key == "index":
        return f'"{key}" is the name of a page that the site has of its own'
    sharing = (
        [kind.name for kind in KINDS.values() if kind.shares_keys] if KINDS[page.kind].shares_keys else [page.kind]
    )
    for kind in sharing:
        for taken in corpus.keys_of(kind):
            if taken == key and PageId(kind, taken) == page:
                return f'"{key}" is already the key of {"an" if kind[0] in "aeo" else "a"} {kind}'
            if _page_file(kind, taken) == _page_file(page.kind, key) and PageId(kind, taken) != page:
                return f'"{taken}" is the key of {"an" if kind[0] in "aeo" else "a"} {kind}'
    return _explain_published(corpus, page, key)


def _explain_published(corpus: Corpus, page: PageId, key: str) -> str:
    """Return which other record had the key: an address that was published is never given to another."""
    if key in corpus.former_keys_of(page):
        return ""
    records = [record.page for record in corpus.by_kind[page.kind].values()]
    works = [PageId("source", work) for work in corpus.works] if page.kind == "source" else []
    for other in (*records, *works):
        if key in corpus.former_keys_of(other):
            return f'"{key}" was the key of "{other.key}", and its address leads there'
    address = site_address(path_of(PageId(page.kind, key)))
    if any(entry.address == address for entry in corpus.ledger.entries):
        return (
            f'"{key}" was the key of another {page.kind}: its address is in {LEDGER_NAME}, and addresses are for ever'
        )
    return ""
