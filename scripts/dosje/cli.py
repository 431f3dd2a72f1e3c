"""The command line: the only module that prints and exits.

Answers go to stdout, progress and findings to stderr; exit codes are 0 good, 1 findings, 2 wrong use.
"""

from __future__ import annotations

import gc
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import click

from . import __version__
from .build import Checked, build_pages, check_edition
from .findings import Finding, format_github, format_json, format_text
from .publish import BRANCH, PublishError, publish_to_branch, publish_to_target
from .search import SearchError, index_site
from .settings import CONFIG_NAME, find_root, read_settings
from .site import SiteError, build_site

_FORMATS = {"text": format_text, "json": format_json, "github": format_github}


def _project_option(command: Callable[..., None]) -> Callable[..., None]:
    return click.option(
        "--project",
        type=click.Path(path_type=Path, file_okay=False),
        help=f"Folder of the edition. Default: the nearest folder upward with {CONFIG_NAME}.",
    )(command)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="dosje")
def main() -> None:
    """Make a documentary website from YAML records, every statement followed to its folio."""
    # A build makes many small values that live to its end; looking through them again and again
    # for cycles costs a sixth of its time.
    gc.set_threshold(100_000, 20, 100)


@main.command()
@click.option("--format", "form", type=click.Choice(sorted(_FORMATS)), default="text", show_default=True)
@_project_option
def check(form: str, project: Path | None) -> None:
    """Say what is wrong in the records, with file, line, column and a remedy.

    \b
    Example: dosje check
             dosje check --format github     (annotations in a pull request)
    """
    checked = check_edition(_find_project(project))
    text = _FORMATS[form](checked.findings)
    # Here the findings are the answer.
    if text:
        click.echo(text)
    click.echo(_summary(checked), err=True)
    sys.exit(1 if checked.has_errors else 0)


@main.command()
@_project_option
def build(project: Path | None) -> None:
    """Check the records, render the pages and build the site into site/.

    \b
    Example: dosje build
             dosje build --project ../my-edition
    """
    root = _find_project(project)
    started = time.perf_counter()
    tell = _teller(started)
    checked = check_edition(root)
    _show_findings(checked.findings)
    tell(_summary(checked))
    if checked.has_errors:
        sys.exit(1)
    built = build_pages(checked, tell)
    assert checked.corpus is not None
    try:
        said = build_site(checked.corpus.settings)
        findable = index_site(checked.corpus.settings)
    except (SiteError, SearchError) as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    if said:
        click.echo(said, err=True)
    tell(f"indexed {findable} pages for the search")
    tell(f"built {checked.corpus.settings.site_dir}/: {built.pages} pages, {built.notes} notes")


@main.command()
@_project_option
@click.option("--port", type=int, default=8000, show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True)
def serve(project: Path | None, port: int, host: str) -> None:
    """Show the site while you write: a saved record appears in the open browser.

    \b
    Example: dosje serve
             dosje serve --port 8080
    """
    from .preview import serve_edition

    root = _find_project(project)

    def show(checked: Checked) -> None:
        _show_findings(checked.findings)
        click.echo(_summary(checked), err=True)

    sys.exit(serve_edition(root, host, port, show, lambda text: click.echo(text, err=True)))


@main.command()
@_project_option
@click.option("--to", "target", metavar="TARGET", help="A folder, or user@host:path for rsync. Default: gh-pages.")
@click.option("--remote", default="origin", show_default=True, help="The repository that has the branch gh-pages.")
def publish(project: Path | None, target: str | None, remote: str) -> None:
    """Publish the built site to GitHub Pages (the branch gh-pages), a folder or a server.

    \b
    Example: dosje publish
             dosje publish --to user@example.org:/var/www/edition
    """
    root = _find_project(project)
    settings, findings = read_settings(root)
    _show_findings(tuple(findings))
    if settings is None:
        sys.exit(1)
    try:
        if target:
            publish_to_target(settings, target)
        else:
            publish_to_branch(settings, remote)
    except PublishError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    click.echo(f"published {settings.site_dir}/ to {target or f'{BRANCH} of {remote}'}", err=True)


def _find_project(project: Path | None) -> Path:
    root = find_root((project or Path.cwd()).resolve()) if project is None else project.resolve()
    if root is None or not (root / CONFIG_NAME).is_file():
        place = f"in {project}" if project else "in this folder or above it"
        raise click.UsageError(f"there is no {CONFIG_NAME} {place}; say where the edition is with --project DIR")
    return root


def _show_findings(findings: tuple[Finding, ...]) -> None:
    if findings:
        github = os.environ.get("GITHUB_ACTIONS") == "true"
        click.echo((format_github if github else format_text)(findings), err=True)


def _summary(checked: Checked) -> str:
    errors = sum(finding.is_error for finding in checked.findings)
    warnings = len(checked.findings) - errors
    if checked.corpus is None:
        return f"{_count(errors, 'error')} in the settings"
    records = sum(1 for _ in checked.corpus.records()) + len(checked.corpus.works)
    return f"checked {records} records: {_count(errors, 'error')}, {_count(warnings, 'warning')}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _teller(started: float) -> Callable[[str], None]:
    return lambda text: click.echo(f"{time.perf_counter() - started:6.1f} s  {text}", err=True)


if __name__ == "__main__":
    main()
