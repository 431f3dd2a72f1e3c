"""Lets the theme's templates escape what they print: a hook of MkDocs, named in the configuration of a build.

MkDocs' Jinja prints text as it is, and Material's templates count on nobody writing "<" in a title. With this every
value is text, whatever template prints it, but for what Markdown has made of a page. MkDocs loads this file by its
path, so it imports nothing of ours; build and preview read the same configuration.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from markupsafe import Markup


def on_env(env: Any, **_: Any) -> Any:
    """Return the theme's environment with escaping."""
    env.autoescape = True
    return env


def on_page_content(html: str, page: Any, **_: Any) -> str:
    """Mark the title that MkDocs took from a page's heading, which is HTML already."""
    if page._title_from_render and "title" not in page.meta and page.title == page._title_from_render:
        page.title = Markup(page.title)
    return html


def on_page_context(context: Any, page: Any, **_: Any) -> Any:
    """Mark what of a page is HTML: its text, and the headings in its table of contents."""
    # The last event before the template, because other plugins work on the text as plain strings.
    page.content = Markup(page.content)
    _mark(page.toc)
    return context


def _mark(headings: Iterable[Any]) -> None:
    for heading in headings:
        heading.title = Markup(heading.title)
        _mark(heading.children)
