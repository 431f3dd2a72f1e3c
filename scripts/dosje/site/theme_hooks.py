"""Lets the theme's templates escape what they print: a hook of MkDocs, named in the configuration of a build.

MkDocs' Jinja prints text as it is, and Material's templates expect no "<" in a title. With this hook every value is
escaped, whatever template prints it, except the HTML that Markdown made of a page. MkDocs loads this file by its path,
so an import of ours names the package. Build and preview read the same configuration.

It also puts the policy that `composed` names into each page, and the direction of its language, also into those of an
edition's own templates.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from markupsafe import Markup

from dosje.site.site_links import lead_links

_CHARSET = re.compile(r"<meta\s+charset=[^>]*>", re.IGNORECASE)
# Firefox would prefetch the next page, and the policy would stop that with an error.
_NEXT = re.compile(r'<link rel="next"[^>]*>')
_ROOT = re.compile(r"<html\b(?![^>]*\sdir=)", re.IGNORECASE)
_FROM_RIGHT = re.compile(r'<body\b[^>]*\sdir="rtl"', re.IGNORECASE)
_HEAD = re.compile(r"<head\b[^>]*>", re.IGNORECASE)


def on_env(env: Any, **_: Any) -> Any:
    """Return the theme's environment with escaping."""
    env.autoescape = True
    return env


def on_page_content(html: str, page: Any, files: Any, **_: Any) -> str:
    """Lead the links of a page, and mark the title that MkDocs took from its heading, which is HTML already."""
    if page._title_from_render and "title" not in page.meta and page.title == page._title_from_render:
        page.title = Markup(page.title)
    return lead_links(html, page, files)


def on_page_context(context: Any, page: Any, **_: Any) -> Any:
    """Mark as HTML the text of a page and the headings in its table of contents."""
    # In the last event before the template, because other plugins need plain strings.
    page.content = Markup(page.content)
    _mark(page.toc)
    return context


def _mark(headings: Iterable[Any]) -> None:
    for heading in headings:
        heading.title = Markup(heading.title)
        _mark(heading.children)


def on_post_page(output: str, config: Any, **_: Any) -> str:
    """Return a page with its policy and direction."""
    return _turn(_bear(output, config))


def on_post_template(output_content: str, template_name: str, config: Any, **_: Any) -> str:
    """Return the page of what is not there with its policy and direction."""
    return _turn(_bear(output_content, config)) if template_name.endswith(".html") else output_content


def _turn(html: str) -> str:
    """Say the direction of the page at its root, if it runs from right to left: Material says it of the body alone.

    The title in the head, the scroll bar, and what a script puts beside the body follow the root.
    """
    return _ROOT.sub(r'\g<0> dir="rtl"', html, count=1) if _FROM_RIGHT.search(html) else html


def _bear(html: str, config: Any) -> str:
    """Put the policy before all that it restricts. No character in it would end the attribute (`policy`)."""
    policy = config.theme.get("policy")
    place = _CHARSET.search(html) or _HEAD.search(html)
    if not policy or not place:
        return html
    tag = f'\n      <meta http-equiv="Content-Security-Policy" content="{policy}">'
    return html[: place.end()] + tag + _NEXT.sub("", html[place.end() :], count=1)
