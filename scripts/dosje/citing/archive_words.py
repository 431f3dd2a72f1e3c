"""Asks a style whether it has words for archives: what a letter, minutes and a file lack in their full notes."""

from __future__ import annotations

import json

from ..system.children import Means
from ..values import words
from ..values.dates import parse_edtf
from ..values.metadata import (
    Meta,
    Name,
    meta_inlines,
    meta_list,
    meta_of_date,
    meta_of_name,
    meta_of_reference,
    meta_string,
)
from .citeproc import NoteLine, run_citeproc, words_of_block
from .csl import OUR_TITLE
from .forms import Form
from .kept_answers import digest_of, fetch_answers, open_answers
from .needs import SaidWords, missing_in_first, needs_of
from .pandoc import pandoc_version
from .styles import Style

_TITLE = "protokoll"
# In the order in which they are told.
_PARTS = ("title", "date", "archive", "reference")


def find_unworded_parts(style: Style, locale: str, means: Means) -> tuple[str, ...]:
    """Return which of title, date, archive and reference a style leaves out of the full note of some document.

    The answer is kept, like the words of sources. Raises PandocError.
    """
    digest = digest_of("archives", style.digest, locale, pandoc_version())
    with open_answers(means.cache_dir) as store:
        kept = fetch_answers(store, [digest])
        if not kept:
            kept = {digest: json.dumps(sorted(_ask(style, locale, means), key=_PARTS.index))}
            with store:
                store.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?)", kept.items())
    return tuple(json.loads(kept[digest]))


def _ask(style: Style, locale: str, means: Means) -> set[str]:
    documents = [_document("personal_communication", "Kapo", "Hoxha"), _document("document"), _document("collection")]
    references = [meta_of_reference(f"dosje-{at}", meta) for at, meta in enumerate(documents)]
    script = [NoteLine(f"dosje-{at}", "", None) for at in range(len(documents))]
    missing = set()
    for meta, block in zip(documents, run_citeproc(references, script, style.xml, locale, means.limits), strict=True):
        said = SaidWords(words.plain(words_of_block(block)))
        for part, _ in missing_in_first(needs_of(meta), said, Form("", "first")):
            missing.add("title" if part == "name" else part)
    return missing


def _document(kind: str, author: str = "", recipient: str = "") -> Meta:
    """Return the CSL variables of a document as `csl` makes them."""
    meta: Meta = {
        "type": meta_string(kind),
        "archive": meta_inlines("AQSH"),
        "archive_location": meta_inlines("F. 14, D. 5"),
        OUR_TITLE: meta_string(_TITLE),
    }
    date = {} if kind == "collection" else {"issued": meta_of_date(parse_edtf("1960-06-24"), "")}
    if not author:
        return {**meta, **date, "genre": meta_inlines(_TITLE)}
    people = {"author": author, "recipient": recipient}
    return {**meta, **date, **{role: meta_list([meta_of_name(Name(name, "H."))]) for role, name in people.items()}}
