"""What all drawings share: how they write links, and how they look on paper.

They write `xlink:href`, which every program that shows e-books knows. On a page it is `href`, which means the same and
leads to the page of a file, as all links of a page do.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable

XLINK = "http://www.w3.org/1999/xlink"
NAMESPACE = f'xmlns:xlink="{XLINK}"'
# The width of a drawing for paper, in its own units. It fills a line of the book, so a unit is 0.8 points.
WIDTH = 480
_ADDRESS = re.compile(r' xlink:href="([^"]*)"')
_BOX = re.compile(r'viewBox="0 0 \d+ (\d+)"')
# The site has these in its style sheet, with its own colours.
_ON_PAPER = """
text { font-family: 'Libertinus Serif', serif; font-size: 10.5px; fill: #1a1a1a; }
line { stroke: #cfc8bc; stroke-width: .6; }
.dosje-time-axis { font-size: 10px; font-style: italic; fill: #555; }
.dosje-time-gap { stroke: #1a1a1a; stroke-dasharray: 1 5; stroke-linecap: round; }
.dosje-mark { stroke: #6b1d1d; stroke-width: 1; fill: #6b1d1d; }
.dosje-mark-event { stroke: #555; fill: #555; }
.dosje-mark-within { fill: #fff; }
.dosje-mark-unsure .dosje-mark-core, .dosje-mark-about .dosje-mark-core { fill: #fff; }
.dosje-mark-about .dosje-mark-core, .dosje-mark-about .dosje-mark-within { stroke-dasharray: 2.2 1.6; }
.dosje-mark-arrow { fill: none; }
.dosje-mark-sign { font-size: 10px; font-weight: 700; stroke: none; }
.dosje-circle text { font-size: 15px; }
.dosje-line { fill: none; stroke: #777; stroke-opacity: .55; stroke-linecap: round; }
.dosje-line-unsure { stroke-dasharray: 1 5; stroke-width: 1.4; }
.dosje-arc { fill: none; stroke: #6b1d1d; stroke-width: 2.5; }
.dosje-land { fill: #efebe3; fill-rule: evenodd; stroke: #999; stroke-width: .4; }
.dosje-spot { fill: #6b1d1d; stroke: #6b1d1d; }
.dosje-spot-country { fill: none; stroke-width: 1.2; }
.dosje-spot text { fill: #1a1a1a; stroke: #fff; stroke-width: 2.5; paint-order: stroke; }
.dosje-spot-country text { font-style: italic; }
.dosje-near { fill: none; stroke: #1a1a1a; stroke-dasharray: 3 2; }
.dosje-sign { fill: #6b1d1d; }
.dosje-sign-open { fill: #fff; stroke: #6b1d1d; stroke-width: 1.1; }
.dosje-sign-under { fill: #fff; }
"""


def href_attribute(href: str) -> str:
    """Return the attribute of an SVG link that leads to `href`."""
    return f'xlink:href="{html.escape(href)}"'


def on_paper(svg: str) -> str:
    """Return a drawing as an image that needs no style sheet of a site, on one line."""
    styles = " ".join(_ON_PAPER.split())
    return svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1).replace(
        ">", f"><style>{styles}</style>", 1
    )


def height_of(svg: str) -> int:
    """Return the height of a drawing, in its own units."""
    found = _BOX.search(svg)
    return int(found[1]) if found else 0


def on_page(svg: str) -> str:
    """Return a drawing with links as HTML has them."""
    return svg.replace(" xlink:href=", " href=").replace(f" {NAMESPACE}", "")


def lead(svg: str, address: Callable[[str], str]) -> str:
    """Return a drawing whose links lead where `address` says; a link for which it says "" is removed."""

    def change(match: re.Match[str]) -> str:
        found = address(html.unescape(match[1]))
        return f" {href_attribute(found)}" if found else ""

    return _ADDRESS.sub(change, svg)
