"""Persons and organisations that notes name as author or recipient: matched by all their spellings, else drafted."""

from __future__ import annotations

import re
from typing import Any

from ..edition.links import LinkedCorpus
from ..values.page_id import PageId
from ..values.slugs import slug
from .incoming import IncomingRecord
from .names_read import read_name
from .new_keys import KeyMint
from .shelf_words import TOWNS

# What makes a name that of a body, and no person's.
_BODY = re.compile(
    r"\b(?:embassy|department|ministry|minister\w*|committee|cabinet|office|foreign|party|politburo|government|council"
    r"|commission|legation|consulate|secretariat|bureau|agency|union|state|board|staff|command|delegation|institute"
    r"|botschaft|ministerium|komitee|amt|regierung|abteilung|ambassade|minist[eè]re|comit[eé]|ambasciata|ministero"
    r"|ambasada|ministria|komiteti|посольство|мид|цк|министерство|комитет|совет|zk|kc|kq|cc)\b",
    re.IGNORECASE,
)


def stem_of_name(name: str) -> str:
    """Return what stands for a name in a key: a family name, or the first words of a body."""
    return slug(name)[:30].strip("-") if _BODY.search(name) else read_name(name).get("family", "")


class People:
    """The persons and bodies of an edition by their names, and those drafted so far."""

    def __init__(self, linked: LinkedCorpus, mint: KeyMint) -> None:
        self._mint = mint
        self.drafts: dict[PageId, IncomingRecord] = {}
        # Spelling of a family name -> the keys of persons, and the spellings of their given names.
        self._families: dict[str, dict[str, frozenset[str]]] = {}
        self._whole: dict[str, set[str]] = {}
        for person in linked.corpus.persons.values():
            name = person.model.name
            given = frozenset(slug(name.given).split("-")) - {""}
            self._learn(person.key, name.family or name.given, given)
            for variant in (
                *person.model.variants,
                name.native,
                f"{name.given} {name.family}",
                f"{name.family} {name.given}",
            ):
                if variant and slug(variant):
                    self._whole.setdefault(slug(variant), set()).add(person.key)
                    read = read_name(variant)
                    self._learn(person.key, read.get("family", ""), given)
        for body in linked.corpus.organisations.values():
            for text in (body.model.name, body.model.abbreviation, *body.model.variants):
                if text:
                    self._whole.setdefault(slug(text), set()).add(body.key)

    def _learn(self, key: str, family: str, given: frozenset[str]) -> None:
        if slug(family):
            self._families.setdefault(slug(family), {}).setdefault(key, given)

    def find(self, name: str, where: str, *, drafts: bool = True) -> str:
        """Return the key of who is named. Where several fit, it is the plain name. `where`: of the note."""
        if not name:
            return ""
        found = self._whole.get(slug(name)) or self._by_parts(name)
        if len(found) == 1:
            key = next(iter(found))
            self._complete(key, name)
            return key
        # A town stands for an embassy there: who that was the note does not say.
        if found or not drafts or not slug(name) or name.lower() in TOWNS:
            return name
        return self._draft(name, where)

    def _by_parts(self, name: str) -> set[str]:
        read = read_name(name)
        given = [part for part in slug(read.get("given", "")).split("-") if part]
        return {
            key
            for key, own in self._families.get(slug(read.get("family", "")), {}).items()
            if not given
            or not own
            or all(any(one.startswith(part) or part.startswith(one) for one in own) for part in given[:1])
        }

    def _draft(self, name: str, where: str) -> str:
        if _BODY.search(name):
            key = self._mint.mint("organisation", [name])
            self.drafts[PageId("organisation", key)] = IncomingRecord(
                PageId("organisation", key), {"name": name, "draft": True}, where
            )
        else:
            read = read_name(name)
            key = self._mint.mint("person", [read.get("given", ""), read.get("family", "")])
            parts = {part: read[part] for part in ("family", "given") if read.get(part)}
            fields: dict[str, Any] = {"name": parts, "draft": True}
            self.drafts[PageId("person", key)] = IncomingRecord(PageId("person", key), fields, where)
            self._learn(key, read.get("family", ""), frozenset(slug(read.get("given", "")).split("-")) - {""})
        self._whole.setdefault(slug(name), set()).add(key)
        return key

    def _complete(self, key: str, name: str) -> None:
        """Give a draft of a family name alone the given name that a later note has."""
        draft = self.drafts.get(PageId("person", key))
        read = read_name(name)
        if draft is None or not read.get("given") or "given" in draft.fields["name"]:
            return
        if slug(read["family"]) == slug(draft.fields["name"].get("family", "")):
            fields = {**draft.fields, "name": {"family": read["family"], "given": read["given"]}}
            self.drafts[draft.page] = IncomingRecord(draft.page, fields, draft.place)
            self._families[slug(read["family"])][key] = frozenset(slug(read["given"]).split("-"))
