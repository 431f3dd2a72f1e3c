"""The navigation of an edition whose mkdocs.yml has none: an entry for each list that has something in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ..edition.links import LinkedCorpus
from ..edition.pages import HOME, REPORT_PAGE, WORKLIST_PAGE, full_lists, path_of, path_of_concordance, path_of_list
from ..reading.kinds import KINDS

# As MkDocs has it: the path of a page, with a label, or a section with its entries.
NavEntry = str | dict[str, Any]
# More pages of prose than these would crowd the head of each page, so they make a section.
_MANY = 2


def make_nav(linked: LinkedCorpus) -> list[NavEntry]:
    """Return the navigation, as `nav` in mkdocs.yml would say it; empty for a site that was made for MkDocs alone.

    Records are not in it: their lists lead to them, and with thousands of entries MkDocs' time grows with their square.
    """
    if linked.corpus.settings.docs_dir:
        return []
    full = full_lists(linked)
    essays = sorted(linked.corpus.essays.values(), key=lambda r: (r.model.order, r.key))
    chapters = [path_of(record.page) for record in essays]
    concordances = [path_of_concordance(wanted.work) for wanted in linked.corpus.settings.concordances]
    pages = sorted(linked.corpus.pages.values(), key=lambda r: (r.model.order, r.key))
    prose: list[NavEntry] = [path for record in pages if (path := path_of(record.page)) != HOME]
    say = linked.phrases
    nav: list[NavEntry] = [{say("nav.home"): HOME}]
    nav += _section(say("nav.story"), [*_listed(full, "essays"), *chapters])
    nav += _listed(full, "chronology", "disputes")
    nav += _section(say("nav.meetings"), _listed(full, "meetings", "events", "attendance"))
    nav += _listed(full, "persons")
    nav += _listed(full, "lookup")
    nav += _section(say("nav.sources"), [*_listed(full, "sources", "archives"), *concordances])
    nav += _listed(full, "places", "organisations")
    # A kind that has no place of its own stands behind the others.
    placed = {*_paths_in(nav)}
    nav += [path for kind in KINDS.values() for path in _listed(full, kind.plural) if str(path) not in placed]
    prose += [REPORT_PAGE] if linked.corpus.settings.has_report else []
    prose += [WORKLIST_PAGE] if linked.corpus.settings.has_worklist and linked.corpus.worklists else []
    return [*nav, *(_section(say("nav.about"), prose) if len(prose) > _MANY else prose)]


def _listed(full: tuple[str, ...], *names: str) -> list[NavEntry]:
    return [path_of_list(name) for name in names if name in full]


def _paths_in(nav: Iterable[NavEntry]) -> Iterator[str]:
    for entry in nav:
        if isinstance(entry, str):
            yield entry
        else:
            yield from (
                path for found in entry.values() for path in _paths_in([found] if isinstance(found, str) else found)
            )


def _section(label: str, entries: list[NavEntry]) -> list[NavEntry]:
    return [{label: entries}] if len(entries) > 1 else entries
