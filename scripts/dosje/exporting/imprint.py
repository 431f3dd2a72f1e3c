"""The edition's imprint: its makers, its name, its version, and how one of its pages is cited.

A style words one page, with stand-ins for title and address. Each page then puts in its own. So pandoc is
asked once for ten thousand pages.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from ..citing.csl import Variant
from ..citing.form_words import word_forms
from ..citing.forms import Form
from ..citing.styles import Style
from ..edition.pages import HOME, address_on_site
from ..phrases.date_words import words_of_date
from ..phrases.phrases import Phrases
from ..reading.settings import Settings
from ..system.children import Means
from ..values.dates import Edtf, parse_edtf
from ..values.languages import UNKNOWN
from ..values.metadata import Meta, MetaValue, Name, meta_inlines, meta_list, meta_of_date, meta_of_name, meta_string
from ..values.stand_ins import PAGE_ADDRESS, PAGE_TITLE
from ..values.words import Run, Words, of_text, plain
from .csl_json import item_of_meta
from .items import Item

# An address, for the styles and for pandoc.
_ADDRESS = f"https://{PAGE_ADDRESS}/"
# Quotation marks within quotation marks are of the other kind.
_TURNED = str.maketrans("“”‘", "‘’“")


@dataclass(frozen=True)
class Imprint:
    """What is printed of the edition as a whole.

    `words`: how the style cites a page that has an address. `words_without_address`: how it cites another page.
    `words_whole`: how it cites the edition.
    """

    name: str
    authors: tuple[Name, ...]
    version: str
    date: Edtf | None
    site_url: str
    licence: str
    locale: str
    phrases: Phrases
    words: Words
    words_without_address: Words
    words_whole: Words

    def address_of(self, path: str) -> str:
        """Return the web address of a page or of a file beside the pages, "" if the edition has no address."""
        return address_on_site(self.site_url, path)

    def cite_page(self, title: str, path: str) -> Words:
        """Return the citation of a page in the words of the style, without a final stop."""
        address = self.address_of(path)
        if path == HOME:
            return _fill(self.words_whole, self.name, address)
        return _fill(self.words if address else self.words_without_address, title, address)

    def item_of_page(self, title: str, path: str) -> Item:
        """Return a page as an object of CSL-JSON."""
        meta = _meta_of_page(self, title, self.address_of(path), is_whole=path == HOME)
        return item_of_meta(key_of_page(path), meta) | {"language": self.locale}


def key_of_page(path: str) -> str:
    """Return the key under which a page stands in a reference manager, e.g. "page-meetings-bucharest-1960"."""
    return f"page-{path.removesuffix('.md').replace('/', '-')}"


def make_imprint(settings: Settings, style: Style) -> Imprint:
    """Return the imprint of an edition, with pandoc's words for its pages. Raises PandocError."""
    bare = Imprint(
        name=settings.site_name,
        authors=tuple(_read_name(name) for name in settings.authors),
        version=settings.version,
        date=parse_edtf(settings.date) if settings.date else None,
        site_url=settings.site_url,
        licence=settings.licence,
        locale=settings.locale,
        phrases=settings.phrases,
        words=(),
        words_without_address=(),
        words_whole=(),
    )
    metas = {
        "words": _meta_of_page(bare, PAGE_TITLE, _ADDRESS),
        "words_without_address": _meta_of_page(bare, PAGE_TITLE, ""),
        "words_whole": _meta_of_page(bare, PAGE_TITLE, _ADDRESS if bare.site_url else "", is_whole=True),
    }
    worded = _word(metas, bare, style, settings.means)
    return replace(
        bare,
        words=worded["words"],
        words_without_address=worded["words_without_address"],
        words_whole=worded["words_whole"],
    )


def _word(metas: Mapping[str, Meta], bare: Imprint, style: Style, means: Means) -> dict[str, Words]:
    """Return the words of each. If a style prints no version, it is given the version as a description.

    If a style has no words for web pages, they are title, name of the edition and address.
    """
    asked: dict[Variant, Meta] = {}
    for name, meta in metas.items():
        asked[Variant(f"dosje:{name}")] = meta
        asked[Variant(f"dosje:{name}:described")] = {
            **meta,
            "genre": meta_inlines(bare.phrases("imprint.version", version=bare.version)),
        }
    forms = {variant.key: Form(variant.key, "first") for variant in asked}
    words = word_forms(forms.values(), asked, style, bare.locale, means)
    found = {}
    for name in metas:
        plainly = words[forms[f"dosje:{name}"]]
        # The version "2" is not said by "2026".
        says_version = re.search(rf"(?<!\w){re.escape(bare.version)}(?!\w)", plain(plainly))
        shown = plainly if not bare.version or says_version else words[forms[f"dosje:{name}:described"]]
        parts = (
            PAGE_TITLE,
            "" if name == "words_whole" else bare.name,
            _ADDRESS if name != "words_without_address" and bare.site_url else "",
        )
        found[name] = shown or of_text(", ".join(part for part in parts if part))
    return found


def _meta_of_page(imprint: Imprint, title: str, address: str, *, is_whole: bool = False) -> Meta:
    """Return the CSL variables of a page, or of the edition as a whole."""
    meta: dict[str, MetaValue] = {"type": meta_string("webpage"), "title": meta_inlines(title)}
    if not is_whole:
        meta["container-title"] = meta_inlines(imprint.name)
    if imprint.authors:
        meta["author"] = meta_list(meta_of_name(name) for name in imprint.authors)
    if imprint.version:
        meta["version"] = meta_inlines(imprint.version)
    if imprint.date is not None:
        meta["issued"] = meta_of_date(imprint.date, words_of_date(imprint.date, imprint.phrases))
    if address:
        meta["url"] = meta_string(address)
    # So the edition's name is printed as it is. A style would set capitals in English titles.
    meta["language"] = meta_string(UNKNOWN)
    return meta


def _read_name(text: str) -> Name:
    family, comma, given = (part.strip() for part in text.partition(","))
    return Name(family, given) if comma else Name(literal=text)


def _fill(words: Words, title: str, address: str) -> Words:
    """Return the words with title and address in their places. No comma follows a title that ends in "?" or "!"."""
    filled: list[Run] = []
    for run in words:
        text = run.text.replace(_ADDRESS, address)
        before, sign, after = text.partition(PAGE_TITLE)
        if sign:
            shown = title.translate(_TURNED) if before.endswith(("“", "‘")) else title
            ends = shown.endswith(("?", "!")) and after.startswith((",", "."))
            text = before + shown + (after[1:] if ends else after)
        filled.append(Run(text, run.styles, run.url.replace(_ADDRESS, address)))
    return tuple(filled)
