"""Says in words through which works a source is known that was not seen: "cited in Marku, Crisis, n. 50"."""

from __future__ import annotations

from collections.abc import Mapping

from ..citing.grouping import group_cites
from ..edition.links import LinkedCorpus
from ..edition.titles import title_of, title_of_work
from ..values.citations import Cite
from ..values.locators import format_locator
from ..values.metadata import Meta, names_in_meta


def say_known_through(linked: LinkedCorpus, works: Mapping[str, Meta], key: str) -> str:
    """Return through which works a source is known, "" where it was seen or where notes do not say it either."""
    if not linked.corpus.settings.via_in_notes:
        return ""
    places = [_say_place(linked, works, group.cite) for group in group_cites(linked.vias.fitting(Cite(key)))]
    return linked.phrases("note.cited-in", work="; ".join(places)) if places else ""


def _say_place(linked: LinkedCorpus, works: Mapping[str, Meta], cite: Cite) -> str:
    record, work = linked.corpus.sources.get(cite.key), linked.corpus.works.get(cite.key)
    meta = works.get(cite.key, {})
    families = " / ".join(name.family or name.literal for name in names_in_meta(meta, "author"))
    title = title_of(record) if record else title_of_work(work, meta) if work else cite.key
    return ", ".join(part for part in (families, title, format_locator(cite.locator) if cite.locator else "") if part)
