"""The feed of changes (Atom, RFC 4287): which record was added, changed or removed, and when."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator
from pathlib import PurePosixPath
from xml.sax.saxutils import escape, quoteattr

from ..edition.history import Change
from ..edition.links import LinkedCorpus
from ..edition.pages import FEED, address_of, path_of
from ..reading.kinds import KINDS
from ..values.page_id import PageId

_MOST = 100
_KIND_BY_FOLDER = {kind.plural: kind.name for kind in KINDS.values() if kind.kept_in != "list"}


def make_feed(linked: LinkedCorpus, title_of: Callable[[PageId], str], changes: Iterable[Change]) -> str:
    """Return the feed of the newest changes of records, "" if none is known."""
    settings = linked.corpus.settings
    entries = []
    updated = ""
    drafts = {*linked.corpus.drafts}
    for page, change in _changes_of_records(changes):
        if page in drafts:
            continue
        updated = updated or change.moment
        title = title_of(page) if linked.record(page) else page.key
        address = address_of(settings.site_url, path_of(page)) or path_of(page).removesuffix(".md") + "/"
        link = f"<link href={quoteattr(address)}/>" if linked.record(page) else ""
        said = _text(settings.phrases(f"feed.{change.action}", title=title))
        entries.append(
            f"<entry><id>{_id(settings.site_name, page.kind, page.key, change.commit)}</id>"
            f"<title>{said}</title><updated>{change.moment}</updated>{link}"
            f"<summary>{_text(change.subject)}</summary></entry>"
        )
        if len(entries) == _MOST:
            break
    if not entries:
        return ""
    address = escape(settings.site_url.rstrip("/"), {'"': "&quot;"})
    links = f'<link rel="self" href="{address}/{FEED}"/><link href="{address}/"/>' if address else ""
    name = _text(settings.site_name)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">'
        f"<id>{_id(settings.site_name)}</id><title>{name}</title><updated>{updated}</updated>"
        f"<author><name>{name}</name></author>{links}\n" + "\n".join(entries) + "\n</feed>\n"
    )


def _changes_of_records(changes: Iterable[Change]) -> Iterator[tuple[PageId, Change]]:
    for change in changes:
        path = PurePosixPath(change.path)
        kind = _KIND_BY_FOLDER.get(path.parts[1]) if len(path.parts) > 2 and path.parts[0] == "content" else None
        if kind:
            yield PageId(kind, path.stem), change


def _id(*parts: str) -> str:
    return uuid.uuid5(uuid.NAMESPACE_URL, "/".join(("dosje", *parts))).urn


def _text(text: str) -> str:
    # XML 1.0 has no place for control signs.
    return escape("".join(c for c in text if c >= " " and c not in "\ufffe\uffff"))
