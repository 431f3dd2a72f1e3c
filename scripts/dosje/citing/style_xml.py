"""Reads a CSL style as a tree, changes the tree, and writes it. Comments are left out.

Knows nothing of sources. Source: CSL 1.0.2, "Style structure".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

_CSL = "http://purl.org/net/xbiblio/csl"
# So that the elements of a style that we write have no prefix. No other tree has this namespace.
ElementTree.register_namespace("", _CSL)


def read_style(xml: str) -> Element:
    """Return the root of a style. Raises ElementTree.ParseError."""
    return ElementTree.fromstring(xml)


def write_style(root: Element) -> str:
    return ElementTree.tostring(root, encoding="unicode")


def find_layout(root: Element) -> Element | None:
    """Return the layout of notes."""
    return root.find(f"{_tag('citation')}/{_tag('layout')}")


def make(tag: str, text: str = "", /, **attributes: str) -> Element:
    """Return an element of CSL. In the names of attributes "_" stands for "-"."""
    made = Element(_tag(tag), {key.replace("_", "-"): value for key, value in attributes.items()})
    made.text = text or None
    return made


def make_term(name: str, form: str, one: str, many: str) -> Element:
    term = make("term", name=name, form=form)
    term.extend((make("single", one), make("multiple", many)))
    return term


def add_terms(root: Element, terms: Iterable[Element], language: str = "", date: Element | None = None) -> None:
    """Set terms before all other locales, for one language or, if that is "", for every language."""
    locale, words = make("locale"), make("terms")
    if language:
        locale.set("{http://www.w3.org/XML/1998/namespace}lang", language)
    if date is not None:
        locale.append(date)
    words.extend(terms)
    locale.append(words)
    at = next((n for n, part in enumerate(root) if part.tag in map(_tag, ("locale", "macro", "citation"))), len(root))
    root.insert(at, locale)


def terms_of(root: Element, name: str, form: str) -> Iterator[Element]:
    """Yield the terms of a name and form, in the order of their locales."""
    for term in root.iterfind(f"{_tag('locale')}/{_tag('terms')}/{_tag('term')}"):
        if (term.get("name"), term.get("form", "long")) == (name, form):
            yield term


@lru_cache(maxsize=32)
def has_bibliography(xml: str) -> bool:
    return read_style(xml).find(_tag("bibliography")) is not None


@lru_cache(maxsize=32)
def cut_bibliography(xml: str) -> str:
    """Return a style with its notes alone."""
    root = read_style(xml)
    for part in root.findall(_tag("bibliography")):
        root.remove(part)
    return write_style(root)


def replace_layout(xml: str, *parts: Element, suffix: str = "") -> str:
    """Return a style whose notes print `parts`, and nothing of their source."""
    root = read_style(xml)
    layout = find_layout(root)
    assert layout is not None
    layout[:] = parts
    if suffix:
        layout.set("suffix", suffix)
    return write_style(root)


def _tag(name: str) -> str:
    return f"{{{_CSL}}}{name}"
