"""Compares what a file brings with what the edition has: a record field by field, a work by its
variables of CSL.

What a file says and the edition says too is the same, also where the edition says more.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from ..exporting.items import Item, edtf_of, parts_of_name, plain_text
from ..reading.bibliography import Work, read_bib
from ..reading.corpus import Record
from ..reading.fields import Model
from ..reading.work_dates import read_date
from ..values.findings import Finding

# What only says in which state a record is: editors take it away when they have looked.
_STATES: Mapping[str, tuple[str, ...]] = {"draft": ("true",), "seen": ("unknown",)}
# What says nothing of the work itself, or what only some formats have beside it.
_NOT_COMPARED = frozenset({
    "id", "custom", "note", "annote", "keyword", "language", "volume-title", "title-short", "status", "genre", "source",
    "accessed", "citation-key", "citation-number", "citation-label", "container-title-short",
})  # fmt: skip
_DATES = frozenset({"issued", "accessed", "original-date", "event-date", "submitted"})
_TYPEWRITTEN = str.maketrans("’‘“”–—", "''\"\"--")
_SHOWN = 60


def differences_of_record(existing: Record[Model], brought: Record[Model], fields: Mapping[str, Any]) -> str:
    """Return in which of `fields` two records differ, with both values, "" if they do not."""
    said = []
    names = {info.alias or name: name for name, info in type(brought.model).model_fields.items()}
    for alias in (*fields, *(("body",) if "body" in names else ())):
        name = names.get(alias)
        if name is None or _is_state(alias, fields.get(alias)):
            continue
        there, here = _canonical(getattr(existing.model, name)), _canonical(getattr(brought.model, name))
        if there != here:
            said.append(f"{alias}: {_show(there)} in the edition, {_show(here)} in the file")
    return "; ".join(said)


def _is_state(name: str, value: Any) -> bool:
    return str(value).lower() in _STATES.get(name, ())


def _canonical(value: Any) -> Any:
    """Return a value as it is compared: white space and the lines of prose do not count."""
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, Model):
        return {name: _canonical(getattr(value, name)) for name in type(value).model_fields}
    if isinstance(value, tuple | list):
        return tuple(_canonical(one) for one in value)
    if isinstance(value, Mapping):
        return {name: _canonical(one) for name, one in value.items()}
    return value


def _show(value: Any) -> str:
    if value in ("", None, (), {}):
        return "nothing"
    text = ", ".join(map(str, value)) if isinstance(value, tuple) else str(getattr(value, "text", value))
    return f'"{text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"}"'


def work_of_entry(entry: str) -> tuple[Work | None, list[Finding]]:
    """Return the work of an entry of a .bib file, and what is wrong with it."""
    bib, findings = read_bib(entry, "")
    return (bib.works[0] if len(bib.works) == 1 else None), [one for one in findings if one.is_error]


def differences_of_work(existing: Item, brought: Item) -> str:
    """Return in which variables of CSL two works differ that `brought` has, with both values, "" if they do not."""
    said = []
    for name in sorted(brought.keys() - _NOT_COMPARED):
        if name == "type" and brought["type"] == "document":  # what a format has no type for
            continue
        there, here = _text_of(existing, name), _text_of(brought, name)
        if plain_words(there) != plain_words(here):
            said.append(f"{name}: {_show(there)} in the edition, {_show(here)} in the file")
    return "; ".join(said)


def find_same_work(items: Iterable[Item], brought: Item) -> Item | None:
    """Return the work that is the same under another key, by its DOI or by authors, title and year."""
    doi, name = str(brought.get("DOI", "")).casefold(), _name_of(brought)
    for item in items:
        known = str(item.get("DOI", "")).casefold()
        if doi and known == doi:
            return item
        if name and _name_of(item) == name and not (doi and known):
            return item
    return None


def _name_of(item: Item) -> tuple[str, ...]:
    """Return by what a work is known, () if that is not enough."""
    people = item.get("author") or item.get("editor") or ()
    families = " ".join(plain_words(str(one.get("family") or one.get("literal", ""))) for one in people)
    title, date = plain_words(_text_of(item, "title")), _text_of(item, "issued")
    if not (families and title and date):
        return ()
    return (families, title, date[:4], *(plain_words(_text_of(item, name)) for name in ("volume", "edition", "type")))


def _text_of(item: Item, name: str) -> str:
    """Return the value of a variable as one text: names as in a list, a date as EDTF where it is one."""
    if name in _DATES:
        text = edtf_of({"issued": item.get(name, {})})
        text = str(item.get("custom", {}).get("date") or text) if name == "issued" else text
        date = read_date(text) if text else None
        return date.edtf.text if date and date.edtf else text
    value = item.get(name, "")
    if isinstance(value, list):
        return "; ".join(", ".join(filter(None, parts_of_name(one))) for one in value)
    text = plain_text(str(value))
    # Some formats have no other place for the title of a volume.
    more = str(item.get("volume-title", "")) if name == "title" else ""
    return f"{text}: {more}" if more and more not in text else text


def plain_words(text: str) -> str:
    """Return a text as it is compared: its words, without capitals and signs."""
    plain = unicodedata.normalize("NFC", text).casefold().translate(_TYPEWRITTEN)
    return " ".join(re.sub(r"[^\w]+", " ", plain).split()) or plain
