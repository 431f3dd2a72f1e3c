"""Footnotes to try on the page of the lookup, made from the edition's own records. Knows nothing of pages."""

from __future__ import annotations

from collections.abc import Callable

from ..phrases.date_words import words_of_date
from ..values.locators import format_locator
from ..values.metadata import Name
from .links import LinkedCorpus


def examples_of(linked: LinkedCorpus, title_of: Callable[[str], str]) -> dict[str, str]:
    """Return a footnote of each kind, "" if the edition has nothing for it.

    `title_of` gives the title of a published work by its key.
    """
    phrases = linked.phrases
    found = {"reference": "", "leaf": "", "letter": "", "several": ""} | _cite_works(linked, title_of)
    for key, record in linked.corpus.sources.items():
        source, holding = record.model, linked.holdings.holding_of(record)
        if holding and source.folios and source.part_of and not found["reference"]:
            leaves = holding.leaves.print_runs(source.folios)
            found["reference"] = f"{holding.abbreviation}, {holding.reference}, {leaves}"
            found["leaf"] = f"{source.part_of}:{source.folios[0].first}"
        if source.author and source.recipient and source.date and key in linked.backlinks and not found["letter"]:
            writer, reader = (_family(linked.name_of(names[0])) for names in (source.author, source.recipient))
            found["letter"] = phrases(
                "lookup.example-letter", author=writer, recipient=reader, date=words_of_date(source.date, phrases)
            )
    if found["letter"] and found["reference"]:
        found["several"] = f"{found['letter']}; {found['reference']}"
    return found


def _cite_works(linked: LinkedCorpus, title_of: Callable[[str], str]) -> dict[str, str]:
    found = {"work": "", "note": ""}
    for key in sorted(linked.corpus.works):
        for link in linked.backlinks.get(key, ()):
            locator = link.cite.locator
            kind = "note" if locator and locator.label == "note" else "work"
            if locator and not found[kind]:
                found[kind] = f"{title_of(key)}, {format_locator(locator)}"
    return found


def _family(name: Name) -> str:
    return name.family or name.literal
