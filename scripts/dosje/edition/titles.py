"""The titles of records and works, on pages, in links and in lists."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from ..reading.authority_records import Archive
from ..reading.bibliography import Work
from ..reading.corpus import Record
from ..reading.fields import Model
from ..reading.records import Person
from ..values import words
from ..values.bidi import direction_of
from ..values.languages import code_of_language
from ..values.metadata import Meta, text_of_meta
from ..values.page_id import PageId
from ..values.typography import ENGLISH_MARKS, QuotationMarks, curl
from .links import LinkedCorpus
from .person_names import display_name, sort_name


@dataclass
class Title:
    """The title of a page, and the code of its language if that is not the edition's.

    `marks`: what straight quotes in it become.
    """

    text: str
    language: str = ""
    marks: QuotationMarks = ENGLISH_MARKS

    @cached_property
    def shown(self) -> str:
        return curl(self.text, self.marks)

    @cached_property
    def escaped(self) -> str:
        return in_language(words.escape(self.shown), self.language)

    @cached_property
    def for_sorting(self) -> str:
        return sort_text(self.text)


def title_of(record: Record[Model]) -> str:
    """Return the title of a record on its page and in links."""
    model = record.model
    if isinstance(model, Person):
        return display_name(model.name) or record.key
    return str(getattr(model, "title", "") or getattr(model, "name", "") or record.key)


def titles_of_pages(linked: LinkedCorpus, works: Mapping[str, Meta]) -> dict[PageId, Title]:
    """Return the title of every record and published work. `works`: the CSL variables of works, by key."""
    own = linked.corpus.settings.locale.partition("-")[0]
    titles = {}
    for record in linked.corpus.records():
        language = record.model.language if isinstance(record.model, Archive) else ""
        titles[record.page] = _title(linked, title_of(record), _if_foreign(language, own), record.is_draft)
    for key, work in linked.corpus.works.items():
        meta = works.get(key, {})
        language = code_of_language(text_of_meta(meta.get("language")))
        title = title_of_work(work, meta)
        titles[PageId("source", key)] = _title(linked, title, _if_foreign(language, own), work.is_draft)
    return titles


def _title(linked: LinkedCorpus, text: str, language: str, is_draft: bool) -> Title:
    """Return a title. A draft's says that it is one, so that every link and list says it too, in words."""
    shown = linked.phrases("draft.title", title=text) if is_draft else text
    return Title(shown, language, linked.phrases.marks)


def _if_foreign(language: str, own: str) -> str:
    return "" if language.partition("-")[0] == own else language


def in_language(markdown: str, language: str) -> str:
    """Return text marked with its language, for screen readers, hyphenation and translators (WCAG 3.1.2).

    A `language` of "" is that of the page.
    """
    return f'<span lang="{language}"{direction_of(language)}>{markdown}</span>' if language else markdown


def sort_title_of(record: Record[Model]) -> str:
    """Return the title of a record in an index."""
    return sort_name(record.model.name) if isinstance(record.model, Person) else title_of(record)


def title_of_work(work: Work, meta: Meta) -> str:
    """Return the title of a published work as its entry has it, as text.

    Pandoc's reader makes English titles lower case, and styles capitalize them again. So we take the title from pandoc
    only if the entry has TeX in it.
    """
    parts = [work.fields.get(name, "") for name in ("title", "subtitle")]
    printed = ": ".join(part for part in parts if part)
    if printed and not re.search(r"[\\$~]|--|``|''", printed):
        return re.sub(r"[{}]", "", printed)
    return text_of_meta(meta["title"]) if "title" in meta else work.key


def sort_text(text: str) -> str:
    """Return a sort key for `text` that puts letters with diacritics beside their plain letters."""
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()
