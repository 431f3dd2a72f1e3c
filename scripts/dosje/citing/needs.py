"""What the words of a source must say, so that a reader can find it; and whether words say it.

Source: CMOS 18, 13.16 to 13.37 (full and short notes) and 14.111 to 14.120 (archives).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..values.metadata import Meta, MetaValue, csl_value_of_meta, names_in_meta, text_of_meta
from ..values.stand_ins import FIRST_NUMBER, IBID, NO_ARCHIVE, PAGE_TITLE, REST, TRANSLATED, WRITTEN_AT
from .csl import OUR_DATE, OUR_TITLE
from .forms import Form

# A text is compared by its words alone, because styles change case, quotation marks and stops. Each Chinese or Japanese
# sign is a word, and a number ends where letters begin: "1960edn".
_WORD = re.compile(rf"[\u3040-\u9fff]|\d+|(?:[^\W\d\u3040-\u9fff])+|[{IBID}{REST}{PAGE_TITLE}]")
# Who names a source: the first of these that it has.
_ROLES = ("author", "editor", "translator", "director", "composer", "container-author", "collection-editor")


@dataclass(frozen=True)
class Needs:
    """What the words of a source must say. Each is "" or empty where the source has none.

    `names`: family names of those who made it, `recipients` of those to whom it was sent. `title` is what is printed
    if it is missing; `titles` are what a style may print for it. `years`: any is a date. `is_unit`: it is archival.
    """

    names: tuple[str, ...]
    recipients: tuple[str, ...]
    title: str
    titles: tuple[str, ...]
    years: tuple[str, ...]
    date: str
    archive: str
    reference: str
    is_unit: bool

    @property
    def name(self) -> str:
        """What a source is called where the style does not name it."""
        return self.title or ", ".join(self.names[:1])


class SaidWords:
    """What words say, to be asked for parts."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._words = f" {bare(text)} "

    def has(self, part: str) -> bool:
        """Say whether the words have a part. They always have one without letters and numbers."""
        wanted = bare(part)
        return not wanted or f" {wanted} " in self._words

    def has_any(self, parts: Iterable[str], *signs: str) -> bool:
        """Say whether the words have one of the parts, or one of the stand-ins."""
        return any(part and self.has(part) for part in parts) or any(sign in self.text for sign in signs)


def bare(text: str) -> str:
    """Return the words of a text in small letters, with single spaces between them."""
    return " ".join(_WORD.findall(text.casefold()))


def needs_of(meta: Meta) -> Needs:
    """Return what the words of a source must say, given its CSL variables in a note."""
    title = text_of_meta(meta.get("title"))
    short = (text_of_meta(meta.get("title-short")), re.split(r"[:?!.] ", title)[0])
    # Of a letter, and of a published work with a title, it says no more than what kind of thing it is.
    is_of_kind = "recipient" in meta or (title and OUR_TITLE not in meta)
    genre = "" if is_of_kind else text_of_meta(meta.get("genre")).replace(TRANSLATED, "")
    genre = genre.partition(WRITTEN_AT)[0].rstrip(", ")
    shown = text_of_meta(meta.get(OUR_TITLE)) or title or genre
    literal, years = _read_date(meta.get("issued"))
    archive = text_of_meta(meta.get("archive"))
    return Needs(
        names=_names_of(meta, _ROLES),
        recipients=_names_of(meta, ("recipient",)),
        title=shown,
        titles=tuple(dict.fromkeys(filter(None, (title, shown, genre, *short)))),
        years=years,
        date=text_of_meta(meta.get(OUR_DATE)) or literal or "–".join(years),
        archive="" if NO_ARCHIVE in archive else archive,
        reference=text_of_meta(meta.get("archive_location")),
        is_unit=OUR_TITLE in meta,
    )


def missing_in_first(needs: Needs, says: SaidWords, form: Form) -> Iterator[tuple[str, str]]:
    """Yield what a full note lacks: what kind of part, and its text.

    A document without author needs its title, a published work author or title and, beside its author, title or year.
    """
    has_name = says.has_any(needs.names) and not form.hides_author
    is_told = needs.is_unit or not needs.title or says.has_any(needs.years)
    if not says.has_any(needs.titles) and not (has_name and is_told):
        yield ("title" if has_name else "name"), needs.name
    if needs.years and not says.has_any(needs.years):
        yield "date", needs.date
    if not says.has(needs.archive):
        yield "archive", needs.archive
    if not says.has(needs.reference):
        yield "reference", needs.reference


def missing_in_short(needs: Needs, says: SaidWords, form: Form) -> Iterator[tuple[str, str]]:
    """Yield what a short note lacks. An archival document needs more than its author, because most have many."""
    if says.has_any(needs.titles):
        return
    if form.hides_author or not says.has_any(needs.names):
        yield "name", needs.name
    elif needs.is_unit and not says.has_any((*needs.recipients, *needs.years, needs.reference), FIRST_NUMBER):
        yield "date", needs.date or needs.title


def _names_of(meta: Meta, roles: Iterable[str]) -> tuple[str, ...]:
    for role in roles:
        if found := names_in_meta(meta, role):
            return tuple(dict.fromkeys((name.family or name.literal).partition(WRITTEN_AT)[0] for name in found))
    return ()


def _read_date(issued: MetaValue | None) -> tuple[str, tuple[str, ...]]:
    """Return a date as it stands in words, if it does; and its years or, of one in words without any, its words."""
    if issued is None:
        return "", ()
    said = csl_value_of_meta(issued)
    if not isinstance(said, dict):
        said = {"literal": text_of_meta(issued)}
    years = [str(moment[0]) for moment in said.get("date-parts", ()) if moment]
    text = said.get("literal", "")
    years += re.findall(r"\d{3,4}\w*", text) or re.findall(r"\w{3,}", text)
    return text, tuple(dict.fromkeys(years))
