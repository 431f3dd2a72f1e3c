"""How the command line shows findings: those that were asked for, many of one code as one with a count."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..values.finding_lists import EVERY, Chosen, Known, count_codes, find_new, tell_findings, tell_github
from ..values.findings import CODES, Finding, did_you_mean, findings_to_json

if TYPE_CHECKING:
    from ..checking.edition import Checked

FORMS = ("github", "json", "text")


def chosen_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that choose which findings a verb shows: `only` and `ignored`, for `read_chosen`."""
    only = click.option(
        "--only", metavar="CODE", multiple=True, help="Show only findings of this code, all of them. Exit codes stay."
    )
    ignore = click.option(
        "--ignore", "ignored", metavar="CODE", multiple=True, help="Show no findings of this code. Exit codes stay."
    )
    return only(ignore(command))


def read_chosen(only: Iterable[str], ignored: Iterable[str]) -> Chosen:
    """Return the codes of findings to show. Raises click.UsageError for one that no finding has."""
    from ..reading.kinds import CODES_OF_KINDS

    chosen, known = Chosen(frozenset(only), frozenset(ignored)), CODES.keys() | CODES_OF_KINDS.keys()
    for code in sorted((chosen.only | chosen.ignored) - known):
        hint = did_you_mean(code, known) or "the manual lists all codes (Findings, code by code)"
        raise click.UsageError(f'no finding has the code "{code}"; {hint}')
    return chosen


def findings_as(form: str, findings: Iterable[Finding], chosen: Chosen = EVERY) -> str:
    """Return the findings in one of FORMS, those that are to be shown. As JSON they are never folded."""
    shown = chosen.choose(findings)
    if form == "json":
        return findings_to_json(shown)
    return (tell_github if form == "github" else tell_findings)(shown, chosen.only)


def show_findings(findings: Iterable[Finding], chosen: Chosen = EVERY) -> None:
    """Print findings beside an answer; in a workflow of GitHub as annotations."""
    form = "github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text"
    if text := findings_as(form, findings, chosen):
        click.echo(text, err=True)


def summarise(checked: Checked, chosen: Chosen = EVERY) -> str:
    """Return how much was checked and found, and in a second line how often each code occurs. Nothing is left out."""
    errors = sum(finding.is_error for finding in checked.findings)
    warnings = len(checked.findings) - errors
    if checked.corpus is None:
        line = f"{count_of(errors, 'error')} in the settings"
    else:
        records = sum(1 for _ in checked.corpus.records()) + len(checked.corpus.works)
        line = f"checked {records} records: {count_of(errors, 'error')}, {count_of(warnings, 'warning')}"
    hidden = len(checked.findings) - len(chosen.choose(checked.findings))
    line += f"; {hidden} of them not shown" if hidden else ""
    return f"{line}\n{count_codes(checked.findings)}" if checked.findings else line


class NewsOfPreview:
    """Shows what each save brings: what is new, all errors, and one line for the rest."""

    def __init__(self, chosen: Chosen = EVERY) -> None:
        self._chosen = chosen
        self._known: Known | None = None

    @property
    def is_first(self) -> bool:
        """Say whether nothing has been shown yet."""
        return self._known is None

    def show(self, checked: Checked) -> None:
        """Print what is to be said of the edition as it was saved now."""
        # An error hides what comes behind it: notes are checked only where there is none.
        new, known = find_new(checked.findings, self._known or {}, is_complete=checked.linked is not None)
        is_first, self._known = self._known is None, known
        told = checked.findings if is_first else [one for one in checked.findings if one.is_error or one in new]
        show_findings(told, self._chosen)
        click.echo(summarise(checked, self._chosen) if is_first else self._rest(checked, len(told)), err=True)

    def _rest(self, checked: Checked, told: int) -> str:
        line = summarise(checked, self._chosen).splitlines()[0]
        rest = len(checked.findings) - told
        return f"{line}; {count_of(rest, 'finding')} as before, dosje check shows all" if rest else line


def watch_findings(root: Path, chosen: Chosen, *, is_untrusted: bool) -> None:
    """Show what is wrong in an edition at each save, as the preview does, until Ctrl-C."""
    from ..checking.watching import watch_edition

    # A shell that starts us in the background makes us ignore this signal.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    news = NewsOfPreview(chosen)

    def show(checked: Checked) -> None:
        is_first = news.is_first
        news.show(checked)
        if is_first:
            click.echo("watching (Ctrl-C ends it)", err=True)

    try:
        watch_edition(root, show, is_untrusted=is_untrusted)
    except KeyboardInterrupt:
        click.echo("ended", err=True)


def count_of(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
