"""The navigation of an edition whose mkdocs.yml has none: an entry for each list that has something in it."""

from __future__ import annotations

from typing import Any

from ..edition.disputes import gather_disputes
from ..edition.links import LinkedCorpus
from ..edition.pages import INDEXES, path_of

# As MkDocs has it: the path of a page, with a label, or a section with its entries.
Entry = str | dict[str, Any]


def full_lists(linked: LinkedCorpus) -> tuple[str, ...]:
    """Return the lists that have something in them, by the names of their folders."""
    by_kind = linked.corpus.by_kind
    kinds: dict[str, tuple[str, ...]] = {name: (name.removesuffix("s"),) for name in INDEXES}
    kinds |= {"chronology": ("meeting", "event"), "attendance": ("meeting",)}
    full = {name for name, own in kinds.items() if any(by_kind.get(kind) for kind in own)}
    if by_kind["source"] or linked.corpus.works:
        full |= {"sources", "lookup"}
    if gather_disputes(linked):
        full.add("disputes")
    return tuple(name for name in INDEXES if name in full)


def make_nav(linked: LinkedCorpus) -> list[Entry]:
    """Return the navigation, as `nav` in mkdocs.yml would say it; empty for a site that was made for MkDocs alone.

    Records are not in it: their lists lead to them, and a list of thousands makes MkDocs' build quadratic.
    """
    if linked.corpus.settings.docs_dir:
        return []
    full = full_lists(linked)
    essays = sorted(linked.corpus.essays.values(), key=lambda r: (r.model.order, r.key))
    chapters = [path_of(record.page) for record in essays]
    concordances = [f"concordance/{wanted.work}.md" for wanted in linked.corpus.settings.concordances]
    prose = [path_of(record.page) for record in linked.corpus.pages.values()]
    nav: list[Entry] = [{"Home": "index.md"}]
    nav += _section("The story", [*_listed(full, "essays"), *chapters])
    nav += _listed(full, "chronology", "disputes")
    nav += _section("Meetings", _listed(full, "meetings", "events", "attendance"))
    nav += _listed(full, "persons")
    nav += ["lookup/index.md"]
    nav += _section("Sources", [*_listed(full, "sources", "archives"), *concordances])
    nav += _listed(full, "places", "organisations")
    return [*nav, *prose]


def _listed(full: tuple[str, ...], *names: str) -> list[Entry]:
    return [f"{name}/index.md" for name in names if name in full]


def _section(label: str, entries: list[Entry]) -> list[Entry]:
    return [{label: entries}] if len(entries) > 1 else entries
