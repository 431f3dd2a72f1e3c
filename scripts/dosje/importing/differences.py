"""Compares what a file brings with what the edition has: a record field by field, a work by the fields of its entry.

What a file says and the edition says too is the same, also where the edition says more.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from ..reading.bibliography import Work, read_bib
from ..reading.corpus import Record
from ..reading.fields import Model
from ..values.findings import Finding

# What only says in which state a record is: editors take it away when they have looked.
_STATES: Mapping[str, tuple[str, ...]] = {"draft": ("true",), "seen": ("unknown",)}
# Of an entry: remarks of its keeper, the date that is compared as a date, and what two names of a field say.
_NOT_COMPARED = frozenset({"annotation", "annote", "date", "year", "month", "day", "language", "langid", "keywords"})
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


def differences_of_work(existing: Work, brought: Work) -> str:
    """Return in which fields of `brought` two works differ, with both values, "" if they do not."""
    said = []
    for name, value in brought.fields.items():
        # An item of RIS or CSL-JSON has not every field of an entry.
        is_asked = name in existing.fields or existing.item is None
        if name in _NOT_COMPARED or not is_asked:
            continue
        there = existing.fields.get(name, "")
        if _plain(there) != _plain(value):
            said.append(f"{name}: {_show(there)} in the edition, {_show(value)} in the file")
    if str(existing.date or "") != str(brought.date or ""):
        there, here = _show(str(existing.date or "")), _show(str(brought.date or ""))
        said.append(f"date: {there} in the edition, {here} in the file")
    return "; ".join(said)


def find_same_work(works: Iterable[Work], brought: Work) -> Work | None:
    """Return the work that is the same under another key: by its DOI; or by authors, year and title."""
    doi, name = brought.fields.get("doi", "").lower(), _name_of(brought)
    for work in works:
        if doi and work.fields.get("doi", "").lower() == doi:
            return work
        if name and _name_of(work) == name and not (doi and work.fields.get("doi")):
            return work
    return None


def _name_of(work: Work) -> tuple[str, ...]:
    """Return by what a work is known: who wrote it, year, title, volume, type of whole; () if that is not enough."""
    people = re.split(r"\s+and\s+", work.fields.get("author") or work.fields.get("editor", ""))
    families = " ".join(_plain(_family(one)) for one in people)
    title = _plain(work.fields.get("title", ""))
    if not (families and title and work.year):
        return ()
    return (families, title, work.year, *(_plain(work.fields.get(name, "")) for name in ("volume", "edition")))


def _family(name: str) -> str:
    plain = re.sub(r"[{}]", "", name)
    return plain.partition(",")[0] if "," in plain else plain.rpartition(" ")[2]


def _plain(value: str) -> str:
    """Return the text of a field as it is compared: without braces, TeX's dashes and capitals."""
    text = re.sub(r"[–—]|-{1,3}", "-", re.sub(r"\\([&%$#_])", r"\1", re.sub(r"[{}]", "", value)))
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())
