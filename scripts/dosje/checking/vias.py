"""Checks through which works sources are known. Returns findings, changes nothing."""

from __future__ import annotations

from collections.abc import Iterator

from ..citing.grouping import names_via
from ..edition.links import LinkedCorpus
from ..edition.vias import Vias
from ..reading.corpus import Corpus
from ..values.citations import Citation, Cite, format_citation
from ..values.cycles import find_rings
from ..values.findings import Finding, Span
from ..values.locators import format_locator
from ..values.page_id import PageId


def check_rings(corpus: Corpus) -> Iterator[Finding]:
    """Yield sources that are known through one another: then nobody has seen any of them."""
    vias = Vias(corpus)
    said = {key: vias.said_of(key) for key in (*corpus.sources, *corpus.works)}
    known = {key: sorted(via.works) for key, via in said.items() if via}
    for ring in find_rings(known):
        message = f"known through one another: {' → '.join([*ring, ring[0]])}"
        yield Finding(
            _span_of(corpus, ring[0]), "via-ring", message, "name who has seen it, or a work that you have seen"
        )


def check_fitting(linked: LinkedCorpus) -> Iterator[Finding]:
    """Yield cites of which a note cannot say through which place they are known."""
    if not linked.corpus.settings.via_in_notes:
        return
    for page, calls in linked.calls_by_page.items():
        for call in calls if page.kind != "source" else ():
            named = {cite.key for cite in call.cites}
            for cite, behind in ((cite, behind) for cites in call.citations for cite, behind in _with_next(cites)):
                problem = "" if behind and names_via(behind) else _problem_of(linked.vias, cite, named)
                if problem:
                    span = _place_of(linked, page, call.path, call.offset)
                    yield Finding(span, "via-without-leaf", problem, _hint_for(cite))


def _with_next(cites: tuple[Cite, ...]) -> Iterator[tuple[Cite, Cite | None]]:
    yield from zip(cites, (*cites[1:], None), strict=True)


def _problem_of(vias: Vias, cite: Cite, named: set[str]) -> str:
    said = vias.said_of(cite.key)
    if said is None:
        return ""
    if said.works & named:
        return ""  # the note names a place itself
    if not vias.fitting(cite):
        return f"no place in via of {cite.key} goes with {format_locator(cite.locator) if cite.locator else 'it'}"
    return f"{cite.key} has several places in via, and none is said to go with this leaf" if said.is_undecided else ""


def _hint_for(cite: Cite) -> str:
    leaf = format_locator(cite.locator) if cite.locator else "rest"
    return f'via: {{{leaf}: "[@work, n. 12]", rest: …}} in {cite.key}, or name the place here: {_example(cite)}'


def _example(cite: Cite) -> str:
    return format_citation(Citation("", (Cite(cite.key, cite.locator), Cite("work", prefix="via", suffix=", n. 12"))))


def _place_of(linked: LinkedCorpus, page: PageId, path: tuple[str | int, ...], offset: int) -> Span:
    record = linked.record(page)
    return record.text_span(path, offset) if record else linked.corpus.works[page.key].field_spans[str(path[0])]


def _span_of(corpus: Corpus, key: str) -> Span:
    record = corpus.sources.get(key)
    return record.span(("via",)) if record else corpus.works[key].field_spans["via"]
