"""What the theme must know of a page besides its text: one line of its front matter.

The theme makes from it the facets of the search, the JSON-LD in the head, and the line on the last change.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from ..edition.history import Change
from ..exporting.jsonld import Describer
from ..phrases.date_words import words_of_date
from ..phrases.phrases import Phrases
from ..reading.corpus import Record
from ..reading.fields import Model
from ..values.dates import Edtf, Moment
from ..values.metadata import Meta
from ..values.typography import curl
from .facets import Facets, facets_of_record, facets_of_work

# Characters that YAML does not allow in a text, or reads as the end of a line.
_UNPRINTABLE = re.compile(r"[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
PageMeta = Mapping[str, Any]


def meta_of_record(
    describer: Describer, record: Record[Model], title: str, change: Change | None, commits: str
) -> PageMeta:
    """Return what the theme is told of a record's page. `commits`: the address of a commit, without its id."""
    phrases = describer.linked.phrases
    facets = facets_of_record(describer.linked, record)
    meta = _meta(title, facets, describer.describe(record), phrases) | {
        "when": words_of_date(record.date, phrases) if record.date else ""
    }
    meta |= {"draft": True} if record.is_draft else {}
    # For a list of records only the last change of the whole list is known.
    return meta | ({"changed": _changed(change, commits, phrases)} if change and not record.base else {})


def meta_of_work(describer: Describer, key: str, title: str, work_meta: Meta) -> PageMeta:
    """Return what the theme is told of a published work's page."""
    work = describer.linked.corpus.works[key]
    described = describer.describe_work(work, work_meta)
    meta = _meta(title, facets_of_work(describer.linked, work), described, describer.linked.phrases)
    return meta | {"when": work.year} | ({"draft": True} if work.is_draft else {})


def with_meta(text: str, meta: PageMeta) -> str:
    """Return a page's Markdown with a line `dosje_page` at the beginning of its front matter."""
    value = _UNPRINTABLE.sub("", json.dumps(meta, ensure_ascii=False, separators=(", ", ": ")))
    line = f"dosje_page: {value}\n"
    head, sign, rest = text.partition("---\n")
    return f"---\n{line}{rest}" if sign and not head.strip() else f"---\n{line}---\n\n{text}"


def _meta(title: str, facets: Facets, described: str, phrases: Phrases) -> dict[str, Any]:
    pairs = [[name, value] for name, values in facets.items() for value in values]
    return {
        "title": curl(title, phrases.marks),
        "kind": phrases(f"kind.{facets['type'][0]}"),
        "facets": pairs,
        "jsonld": described,
    }


def _changed(change: Change, commits: str, phrases: Phrases) -> dict[str, str]:
    day = change.moment[:10]
    year, month, date = day.split("-")
    moment = Moment(year, int(month), int(date))
    words = words_of_date(Edtf(day, moment, moment), phrases)
    url = f"{commits}{change.commit}" if commits else ""
    return {"date": day, "words": words, "what": change.subject, "url": url}
