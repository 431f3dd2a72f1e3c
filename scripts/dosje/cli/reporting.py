"""The verb that says how well an edition is founded."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..values.finding_lists import FEW, MOST
from ..values.findings import FindingError, make_visible, to_printable_json
from ..values.page_id import PageId
from .common import ends_on, find_project, make_listeners, make_teller, print_answer, project_option, untrusted_option

if TYPE_CHECKING:
    from ..checking.weaknesses import Founding, Weakness


@click.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", "json")),
    default="text",
    show_default=True,
    help="How it is printed: for people, or for programs.",
)
@click.option("--only", metavar="KIND", multiple=True, help="Show only what is weak in this way, all of it.")
@click.option("--no-links", "skips_links", is_flag=True, help="Do not make all pages to follow the links within them.")
@project_option
@untrusted_option
def report(*, form: str, only: tuple[str, ...], skips_links: bool, project: Path | None, untrusted: bool) -> None:
    """Show how well the edition is founded, and each place where it is not, with file, line and column.

    Drafts, statements without a source or with one alone, sources that nobody has seen, persons without dates,
    documents on the same leaves, conflicts of time, disputes with one side, dead links. Of a kind with more than ten
    places a few are shown; --only shows all. Nothing of it is wrong, so it ends with 0; dosje check tells what is.

    \b
    Example: dosje report
             dosje report --only unseen
             dosje report --format json > report.json
    """
    from ..checking.weaknesses import MEANINGS
    from ..citing.pandoc import PandocError
    from ..stages import report_edition

    for kind in only:
        if kind not in MEANINGS:
            raise click.UsageError(f'nothing is weak in the way "{kind}"; known: {", ".join(MEANINGS)}')
    root, tell = find_project(project), make_teller(time.perf_counter())
    follows = not skips_links and (not only or "dead-link" in only)
    with ends_on(FindingError, PandocError):
        founding = report_edition(
            root, make_listeners(tell if follows else lambda _: None), follows_links=follows, is_untrusted=untrusted
        )
    print_answer(_as_json(founding, only) if form == "json" else "\n".join(_as_text(founding, only)))


def _as_text(founding: Founding, only: Sequence[str]) -> Iterator[str]:
    from ..checking.weaknesses import MEANINGS

    if not only:
        none, one, more = founding.statements
        yield f"statements: {none} without a source, {one} with one, {more} with more"
        seen = ", ".join(f"{how} {number}" for how, number in founding.seen.items())
        yield f"sources, as they were seen: {seen or 'none'}"
    for kind, (meaning, hint) in MEANINGS.items():
        found = founding.of_kind(kind) if not only or kind in only else ()
        if not found:
            continue
        yield ""
        yield f"{kind} {len(found)}: {meaning}"
        shown = found if kind in only or len(found) <= MOST else found[:FEW]
        for one_of_them in shown:
            yield f"{make_visible(str(one_of_them.span))}: {make_visible(_in_words(one_of_them))}"
        if len(shown) < len(found):
            yield f"and {len(found) - len(shown)} more: dosje report --only {kind} shows all"
        yield f"  hint: {hint}"


def _in_words(weakness: Weakness) -> str:
    whole = (weakness.page, *weakness.about) if weakness.page else weakness.about
    return "; ".join(f"{one.kind}:{one.key}" if isinstance(one, PageId) else one for one in whole)


def _as_json(founding: Founding, only: Sequence[str]) -> str:
    from ..checking.weaknesses import MEANINGS

    none, one, more = founding.statements
    rows = [
        {
            "kind": found.kind,
            "path": found.span.path,
            "line": found.span.line,
            "column": found.span.column,
            "record": f"{found.page.kind}:{found.page.key}" if found.page else "",
            "about": [f"{one.kind}:{one.key}" if isinstance(one, PageId) else one for one in found.about],
            "hint": MEANINGS[found.kind][1],
        }
        for found in founding.weaknesses
        if not only or found.kind in only
    ]
    whole = {"statements": {"none": none, "one": one, "more": more}, "seen": founding.seen, "weaknesses": rows}
    return to_printable_json(whole, indent=2)
