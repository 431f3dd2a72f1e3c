"""Pages at the addresses that pages had before: each leads on to the new one, to the note that was asked for."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from importlib import resources

from markupsafe import Markup, escape

from ..edition.links import LinkedCorpus
from ..edition.pages import address_of, file_at, relative
from ..phrases.phrases import Phrases
from ..values.bidi import direction_of
from ..values.page_id import PageId

# Leads on to the part that was asked for, which only a script can know. Without scripts the page is reached.
SCRIPT = "assets/moved.js"
_PAGE = Markup("""\
<!doctype html>
<html{direction} lang="{language}">
<head>
<meta charset="utf-8">
{policy}<title>{title}</title>
<meta name="robots" content="noindex">
<link rel="canonical" href="{canonical}">
<noscript><meta http-equiv="refresh" content="0; url={way}"></noscript>
</head>
<body>
<p>{said}</p>
<script src="{script}"></script>
</body>
</html>
""")
_POLICY = Markup('<meta http-equiv="Content-Security-Policy" content="{}">\n')


def make_redirects(
    linked: LinkedCorpus, title_of: Callable[[PageId], str], policy: str, *, for_disk: bool = False
) -> dict[str, str]:
    """Return the HTML of a page for each former address of a page, by its path, with the script that they load.

    `policy`: of all pages, "" for none. `for_disk`: addresses are those of files.
    """
    settings, addresses = linked.corpus.settings, linked.addresses
    titles = {addresses.address_of(page): title_of(page) for page in linked.calls_by_page}
    pages = {}
    for old, new in sorted(addresses.redirects.items()):
        path = file_at(old, for_disk=for_disk)
        way = relative(file_at(new, for_disk=True), path) if for_disk else _way(old, new)
        pages[path] = _lead(
            way=way,
            canonical=address_of(settings.site_url, addresses.paths[new]) or way,
            title=titles.get(new, new),
            policy=_POLICY.format(Markup(policy)) if policy else "",
            script=relative(SCRIPT, path),
            phrases=settings.phrases,
        )
    if pages:
        pages[SCRIPT] = (resources.files("dosje") / "web" / "theme" / SCRIPT).read_text(encoding="utf-8")
    return pages


def _way(old: str, new: str) -> str:
    """Return the way between two addresses of the site."""
    return f"{posixpath.relpath(new, old)}/"


def _lead(*, way: str, canonical: str, title: str, policy: str, script: str, phrases: Phrases) -> str:
    link = Markup('<a id="moved" href="{}">{}</a>').format(way, title)
    said = Markup("").join(map(escape, phrases.pieces("moved.page", link=link)))
    return str(
        _PAGE.format(
            language=phrases.locale,
            direction=Markup(direction_of(phrases.locale)),
            policy=policy,
            title=title,
            canonical=canonical,
            way=way,
            said=said,
            script=script,
        )
    )
