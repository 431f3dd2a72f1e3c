"""The published works of an edition as an import finds them, by identifier or by title, author and year; and drafts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ..edition.links import LinkedCorpus
from ..reading.bib_values import bare_doi
from ..values.slugs import slug
from ..values.spelling import words_of
from .incoming import IncomingWork
from .new_keys import KeyMint

_FEWEST_WORDS = 2


class KnownWorks:
    """The works of an edition, and those drafted so far."""

    def __init__(self, linked: LinkedCorpus, mint: KeyMint) -> None:
        self._mint = mint
        self.drafts: dict[str, IncomingWork] = {}
        self._by_identifier: dict[str, str] = {}
        # Words of the title -> key, families, year.
        self._by_title: dict[str, list[tuple[str, frozenset[str], str]]] = {}
        for work in linked.corpus.works.values():
            for name in ("doi", "isbn", "url"):
                if work.fields.get(name):
                    self._by_identifier.setdefault(_identifier(name, work.fields[name]), work.key)
            people = " ".join(work.fields.get(name, "") for name in ("author", "editor"))
            titles = [work.fields.get("title", ""), f"{work.fields.get('title', '')} {work.fields.get('subtitle', '')}"]
            for title in (*titles, work.fields.get("shorttitle", ""), *work.variants):
                self._learn(work.key, re.sub(r"[{}\\]", "", title), frozenset(words_of(people)), work.year)

    def _learn(self, key: str, title: str, families: frozenset[str], year: str) -> None:
        for form in _forms_of_title(title):
            entry = (key, families, year)
            if entry not in self._by_title.setdefault(form, []):
                self._by_title[form].append(entry)

    def find(self, item: Mapping[str, Any]) -> str:
        """Return the key of a work that is surely the same, "" for none or several."""
        for name in ("DOI", "ISBN", "URL"):
            key = self._by_identifier.get(_identifier(name.lower(), str(item.get(name, ""))))
            if item.get(name) and key:
                return key
        families = _families_of(item)
        year = issued_year(item)
        found = {
            key
            for form in _forms_of_title(str(item.get("title", "")))
            for key, own, own_year in self._by_title.get(form, ())
            if (not families or not own or families & own) and (not year or not own_year or year == own_year)
        }
        return next(iter(found)) if len(found) == 1 else ""

    def add(self, item: Mapping[str, Any], where: str) -> str:
        """Return the key of a work: of one that is there, or of a draft that is made of the item."""
        found = self.find(item)
        if found:
            return found
        people: list[dict[str, str]] = next((item[role] for role in ("author", "editor") if item.get(role)), [{}])
        family = str(people[0].get("family") or people[0].get("literal") or "")
        stem = [slug(family) or slug(str(item.get("title", "")))[:30].strip("-"), issued_year(item)]
        key = self._mint.mint("source", stem)
        self.drafts[key] = IncomingWork(
            key, {"id": key, **{name: value for name, value in item.items() if name != "id"}}, where
        )
        for name in ("DOI", "ISBN", "URL"):
            if item.get(name):
                self._by_identifier[_identifier(name.lower(), str(item[name]))] = key
        self._learn(key, str(item.get("title", "")), _families_of(item), issued_year(item))
        return key


def issued_year(item: Mapping[str, Any]) -> str:
    """Return the year of an item of CSL-JSON in four digits, "" for none."""
    issued = item.get("issued") or {}
    parts = issued.get("date-parts") or [[""]]
    said = str(parts[0][0]) if parts and parts[0] else str(issued.get("literal") or issued.get("raw") or "")
    match = re.search(r"(?:1[5-9]|20)[0-9]{2}", said)
    return match[0] if match else ""


def _families_of(item: Mapping[str, Any]) -> frozenset[str]:
    names = [name for role in ("author", "editor") for name in item.get(role, ())]
    return frozenset(word for name in names for word in words_of(str(name.get("family") or name.get("literal") or "")))


def _identifier(name: str, value: str) -> str:
    if name == "doi":
        return f"doi {bare_doi(value).lower()}"
    if name == "isbn":
        return f"isbn {re.sub(r'[^0-9Xx]', '', value)[-10:-1]}"
    return f"url {re.sub(r'^https?://(?:www[.])?', '', value).rstrip('/')}"


def _forms_of_title(title: str) -> Iterator[str]:
    """Yield the words of a title, and those before its subtitle where they are more than one."""
    whole = " ".join(words_of(title))
    if whole:
        yield whole
    main = words_of(re.split(r"[:.]\s", title)[0])
    if len(main) >= _FEWEST_WORDS and " ".join(main) != whole:
        yield " ".join(main)
