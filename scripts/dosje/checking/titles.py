"""Checks the titles that an edition gave its sources. Returns findings, changes nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..reading.corpus import Corpus, Record
from ..reading.source_records import Source
from ..reading.vocabulary import CORRESPONDENCE
from ..values.findings import Finding


def check_titles(corpus: Corpus) -> Iterator[Finding]:
    """Yield titles that repeat their author, because notes name both: "Nesti Nase, Ambassador Nase's report"."""
    for record in corpus.sources.values():
        model = record.model
        is_ours = not model.original_title and model.title_is != "formal"
        is_letter = (
            corpus.vocabulary.type_of(model.type).csl == CORRESPONDENCE and model.recipient
        )  # named without title
        for name in () if is_letter or not is_ours else _names_of(corpus, record):
            if match := _find_owner(name, model.title):
                proposal = _without(model.title, match)
                hint = f"title: {proposal}" if proposal else "leave the author out of the title"
                message = f'notes name {name} twice: as the author, and in the title "{model.title}"'
                yield Finding(record.span(("title",)), "author-in-title", message, hint)
                break


def _names_of(corpus: Corpus, record: Record[Source]) -> Iterator[str]:
    """Yield the family names of the authors, and the names of organisations that are authors."""
    for key in record.model.author:
        person, organisation = corpus.persons.get(key), corpus.organisations.get(key)
        if person is not None:
            yield person.model.name.family or person.model.name.given
        else:
            yield organisation.model.name if organisation is not None else key


def _find_owner(name: str, title: str) -> re.Match[str] | None:
    """Return where a title names its author as whose work it is: "Ambassador Nase's report", "Report by Nase"."""
    said = re.escape(name)
    before = rf"\A(?:The )?(?:[^\W\d_][\w-]* ){{0,2}}{said}[’']s? "
    behind = rf" (?:by|von|par|di|de|av) (?:[^\W\d_][\w-]* ){{0,2}}{said}(?!\w)"
    return re.search(before, title) or re.search(behind, title)


def _without(title: str, match: re.Match[str]) -> str:
    rest = title[: match.start()] + title[match.end() :] if match.start() else title[match.end() :]
    return rest[:1].upper() + rest[1:]
