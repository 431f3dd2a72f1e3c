"""Pages at the addresses that records had before they were renamed: each leads on to the new one."""

from __future__ import annotations

import html
from collections.abc import Callable

from ..edition.links import LinkedCorpus
from ..edition.pages import address_of, path_of, path_of_redirect
from ..values.page_id import PageId


def make_redirects(linked: LinkedCorpus, title_of: Callable[[PageId], str], policy: str) -> dict[str, str]:
    """Return the HTML of a page for each former key, by its path. `policy`: of all pages, "" for none."""
    site_url = linked.corpus.settings.site_url
    pages = {}
    for record in linked.corpus.records():
        for old in record.former_keys:
            pages[path_of_redirect(PageId(record.kind, old))] = _leading_to(
                f"../{record.key}/", address_of(site_url, path_of(record.page)), title_of(record.page), policy
            )
    return pages


def _leading_to(way: str, address: str, title: str, policy: str) -> str:
    name = html.escape(title)
    bears = f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n' if policy else ""
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n{bears}'
        f'<title>{name}</title>\n<link rel="canonical" href="{html.escape(address or way)}">\n'
        f'<meta http-equiv="refresh" content="0; url={way}">\n</head>\n'
        f'<body>\n<p>This page has moved: <a href="{way}">{name}</a>.</p>\n</body>\n</html>\n'
    )
