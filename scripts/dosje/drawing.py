"""How the drawings in pages name what they lead to.

MkDocs leaves `href` in HTML of the page as it is, Zensical takes it for the path of a file and changes it; both
leave `xlink:href` alone, which means the same within SVG.
"""

from __future__ import annotations

import html

XLINK = "http://www.w3.org/1999/xlink"
NAMESPACE = f'xmlns:xlink="{XLINK}"'


def address_of(href: str) -> str:
    """Return the attribute of an SVG link that leads to `href`."""
    return f'xlink:href="{html.escape(href)}"'
