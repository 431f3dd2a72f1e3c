"""The command line: the only module that prints and exits.

Answers go to stdout, progress and findings to stderr. Exit codes: 0 good, 1 findings, 2 wrong usage or it cannot be
done here. An error that a command does not expect ends in one line (`endings`).
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from . import __version__
from .reading.settings import CONFIG_NAME, Settings, find_root
from .reading.settings_file import read_settings
from .system.endings import TRACEBACK, abandon_streams, ending_of, name_stream, prepare_process
from .system.garbage import collect_seldom
from .values.errors import FaultyEditionError
from .values.findings import Finding, findings_to_github, findings_to_json, format_findings, make_visible
from .values.formats import EXPORT_FORMATS

if TYPE_CHECKING:
    from .checking.edition import Checked
    from .stages import Listeners

_ANSWERS = ["text", "json", *(name for name, form in EXPORT_FORMATS.items() if form.is_answer)]
_EXPORTS = [*EXPORT_FORMATS, "json"]
_FORMATS = {"text": format_findings, "json": findings_to_json, "github": findings_to_github}


def _project_option(command: Callable[..., None]) -> Callable[..., None]:
    return click.option(
        "--project",
        type=click.Path(path_type=Path, file_okay=False),
        help=f"Folder of the edition. Default: the nearest folder upward with {CONFIG_NAME}.",
    )(command)


def _untrusted_option(command: Callable[..., None]) -> Callable[..., None]:
    return click.option(
        "--untrusted", is_flag=True, help="Refuse what can run code in an edition of strangers (docs/untrusted.md)."
    )(command)


class _Verbs(click.Group):
    """The verbs. Each ends with an exit code, and an unexpected error with one line."""

    def main(self, args: Any = None, *more: Any, **options: Any) -> Any:
        if args is None:
            prepare_process()
        try:
            return super().main(args, *more, **options)
        except OSError as error:
            _end(error)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - nothing else stands above it
            _end(error, ctx.invoked_subcommand or "")


def _end(error: BaseException, verb: str = "") -> NoReturn:
    if isinstance(error, KeyboardInterrupt):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C pressed again would stop us from clearing up
    ending = ending_of(error, verb)
    try:
        if os.environ.get(TRACEBACK):
            click.echo("".join(traceback.format_exception(error)), err=True, nl=False)
        if ending.text:
            click.echo(ending.text, err=True)
    except OSError:
        pass  # nobody reads it; the exit code tells
    abandon_streams()
    sys.exit(ending.code)


@click.group(cls=_Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="dosje")
def main() -> None:
    """Make a documentary website from YAML records, every statement followed to its folio."""
    # Python processes started in the folder of an edition would import its files as modules.
    os.environ["PYTHONSAFEPATH"] = "1"
    collect_seldom()


@main.command("check")
@click.option("--format", "form", type=click.Choice(sorted(_FORMATS)), default="text", show_default=True)
@_project_option
@_untrusted_option
def run_check(form: str, project: Path | None, untrusted: bool) -> None:
    """Show what is wrong in the records, with file, line, column and a remedy.

    \b
    Example: dosje check
             dosje check --format github     (annotations in a pull request)
    """
    from .checking.edition import check_edition

    checked = check_edition(_find_project(project), is_untrusted=untrusted)
    text = _FORMATS[form](checked.findings)
    # Here the findings are the answer.
    if text:
        _answer(text)
    click.echo(_summary(checked), err=True)
    sys.exit(1 if checked.has_errors else 0)


@main.command("build")
@_project_option
@_untrusted_option
def run_build(project: Path | None, untrusted: bool) -> None:
    """Check the records, render the pages and build the site into site/.

    \b
    Example: dosje build
             dosje build --project ../my-edition
    """
    from .site.mkdocs import SiteError
    from .site.pagefind import SearchError
    from .stages import build_edition

    root, tell = _find_project(project), _teller(time.perf_counter())
    with _ends_on(SiteError, SearchError):
        build_edition(root, _listeners(tell, keeps=True), is_untrusted=untrusted)


@main.command()
@_project_option
@_untrusted_option
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--allow-host", "more_hosts", metavar="NAME", multiple=True, help="Answer to this name of a host, too.")
def serve(project: Path | None, port: int, host: str, more_hosts: tuple[str, ...], untrusted: bool) -> None:
    """Show the site while you write: a saved record appears in the open browser.

    It answers only under names of this machine (localhost, 127.0.0.1, --host), and those of --allow-host.

    \b
    Example: dosje serve
             dosje serve --port 8080
             dosje serve --host 0.0.0.0 --allow-host desk.example.org
    """
    from .site.preview import serve_edition

    root = _find_project(project)

    def show(checked: Checked) -> None:
        _show_findings(checked.findings)
        click.echo(_summary(checked), err=True)

    tell = lambda text: click.echo(text, err=True)  # noqa: E731
    sys.exit(serve_edition(root, host, port, show, tell, more_hosts=more_hosts, is_untrusted=untrusted))


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
    from .site.publish import PublishError, TargetError
    from .stages import publish_edition

    root = _find_project(project)
    settings = _read_settings(root, warns=True)
    with _ends_on(PublishError):
        try:
            place = publish_edition(settings, target, remote, _listeners(_teller(time.perf_counter())))
        except TargetError as error:
            click.echo(f"Error: {error}", err=True)
            sys.exit(2)
    click.echo(f"published {settings.site_dir}/ to {place}", err=True)


@main.command()
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path, file_okay=False))
@click.option("--same", "is_same", is_flag=True, help="Show also whether it is the site that this edition has now.")
@_project_option
def verify(folder: Path | None, is_same: bool, project: Path | None) -> None:
    """Check a published copy of the site, file by file, against its manifest SHA256SUMS.

    It prints each file that is missing, changed or added, one a line. Without DIR it checks the edition's own site.

    \b
    Example: dosje verify /var/www/edition
             dosje verify --same /var/www/edition
    """
    from .system.manifest import NAME, verify_site

    site = None
    if folder is None or is_same:
        root = _find_project(project)
        site = root / _read_settings(root).site_dir
    folder = folder or site
    assert folder is not None
    difference, count = verify_site(folder, site)
    for line in difference.lines():
        _answer(line)
    click.echo(f"{folder}: {_count(count, 'file')}, {'not ' if difference else ''}as {NAME} says", err=True)
    sys.exit(1 if difference else 0)


@main.command()
@click.argument("text", nargs=-1)
@click.option("--batch", is_flag=True, help="Read footnotes from standard input, one a line.")
@click.option("--folio", metavar="KEY:LEAF", help="Show what cites a leaf of a file or document.")
@click.option("--format", "form", type=click.Choice(_ANSWERS), default="text", show_default=True)
@_project_option
def cite(text: tuple[str, ...], batch: bool, folio: str | None, form: str, project: Path | None) -> None:
    """Show which sources pasted footnotes cite, and what else cites these.

    \b
    Example: dosje cite "AQSH, F.14/AP-MPKK, V. 1960, D. 4, fl. 9–20"
             dosje cite --batch --format json < footnotes.txt
             dosje cite --folio aqsh-mpkk-1960-d4:12
    """
    # Modules that read records are slow to load, and an answer should come at once.
    from .lookup import answers

    root = _find_project(project)
    if bool(text) + batch + bool(folio) != 1:
        raise click.UsageError("give a footnote, or --batch, or --folio; see dosje cite --help")
    settings = _read_settings(root)
    with _ends_on(answers.IndexMissingError):
        index = answers.open_index(settings)
        lines = _read_lines() if batch else iter([" ".join(text)])
        found = iter([answers.find_folio(folio, index)]) if folio else answers.cite_notes(lines, index)
        if form in answers.ENTRIES:
            _answer(answers.format_entries(found, form, index).encode())
        else:
            for answer in found:
                _answer(answers.answer_as_json(answer) if form == "json" else answers.answer_as_text(answer))
        # After the answers, because looking at all files takes time.
        if answers.is_stale(settings, index):
            click.echo("records have changed since the last build; dosje build brings the index up to date", err=True)


_HELP_OF_EXPORT = f"""Print sources, all or those named, as {", ".join(_EXPORTS[:-2])} or {_EXPORTS[-2]};
or the whole edition as json.

\b
Example: dosje export ris kapo-hoxha-1960-06-20 luthi-2008
         dosje export csl-json -o sources.json
         dosje export json > edition.json
"""


@main.command(help=_HELP_OF_EXPORT)
@click.argument("form", metavar="FORMAT", type=click.Choice(_EXPORTS))
@click.argument("keys", metavar="[KEY]...", nargs=-1)
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="File to write instead.")
@_project_option
@_untrusted_option
def export(form: str, keys: tuple[str, ...], output: Path | None, project: Path | None, untrusted: bool) -> None:
    """Print or write the sources of an edition."""
    from .stages import UnknownSourceError, export_sources_as, write_sources_as

    if form == "json" and keys:
        raise click.UsageError("json is the whole edition; leave the keys out, or name another format")
    if output and not output.absolute().parent.is_dir():
        raise click.UsageError(f"there is no folder {output.parent}; make it, or name another file after -o")
    root, listeners = _find_project(project), _listeners(lambda text: click.echo(text, err=True))
    try:
        with _ends_on():
            if output is None:
                # Bytes, because RIS ends its lines as its specification says, on every system.
                _answer(export_sources_as(root, form, keys, listeners, is_untrusted=untrusted)[0].encode())
            else:
                count = write_sources_as(root, form, keys, output, listeners, is_untrusted=untrusted)
                what = _count(count, "source") if form != "json" else "the edition"
                click.echo(f"wrote {what} to {output}", err=True)
    except UnknownSourceError as error:
        raise click.UsageError(str(error)) from error


@main.command()
@click.argument("version")
@click.option("--allow-warnings", is_flag=True, help="Release it with warnings, but with no lost address.")
@_project_option
def release(version: str, project: Path | None, allow_warnings: bool) -> None:
    """Release VERSION of the edition: a version that stays citable.

    Writes version and date into mkdocs.yml, what is new into changes.md, each address into addresses.txt; commits
    these, and sets the tag edition-VERSION. Nothing is sent anywhere. It refuses an edition that has findings, or
    is not committed.

    \b
    Example: dosje release 1.2
             git push --follow-tags && dosje build && dosje publish
    """
    from .site.edition_release import is_version
    from .stages import release_edition

    if not is_version(version):
        raise click.UsageError(f'"{version}" is no version: write one to three numbers, as 1.2')
    root, day = _find_project(project), datetime.now(UTC).date()
    with _ends_on():
        made = release_edition(
            root, version, day, _listeners(_teller(time.perf_counter())), allows_warnings=allow_warnings
        )
    _answer(made.tag)


@main.command()
@click.option("--write", "writes", is_flag=True, help="Do it: all of it or nothing.")
@_project_option
def upgrade(project: Path | None, writes: bool) -> None:
    """Show what brings an edition of an older format into today's, line by line (docs/format.md).

    Comments, order and layout of your files stay. It ends with 1 if there is something to change and it was not done.

    \b
    Example: dosje upgrade
             dosje upgrade --write
    """
    from .reading.settings import FORMAT
    from .stages import upgrade_edition
    from .upgrading.upgrade import UpgradeError

    root = _find_project(project)
    with _ends_on(UpgradeError):
        changes = upgrade_edition(root, _listeners(_teller(time.perf_counter())), writes=writes)
    for change in changes:
        for line in change.lines():
            _answer(make_visible(line))
    if not changes:
        click.echo(f"this edition has format {FORMAT}, which is today's", err=True)
    elif writes:
        click.echo(f"upgraded {_count(len(changes), 'file')} to format {FORMAT}", err=True)
    else:
        click.echo(f"{_count(len(changes), 'file')} to upgrade: dosje upgrade --write does it", err=True)
        sys.exit(1)


@main.command()
@click.argument("keys", metavar="[KEY]...", nargs=-1)
@click.option("--volume", is_flag=True, help="Set the whole edition in volumes, though one book would hold it.")
@_project_option
@_untrusted_option
def pdf(keys: tuple[str, ...], volume: bool, project: Path | None, untrusted: bool) -> None:
    """Set the edition as a book, or essays and meetings as booklets of their own.

    A KEY is that of an essay or a meeting: its booklet has the persons and sources with it; "all" makes every
    one of them. Without KEY the whole edition is set. The files are kept in .build/downloads, and the next
    "dosje build" puts them on the site.

    \b
    Example: dosje pdf
             dosje pdf bucharest-1960
             dosje pdf --volume
    """
    from .books.pdf import SettingError
    from .books.volumes import UnknownBookError
    from .citing.pandoc import PandocError
    from .stages import make_books

    root, listeners = _find_project(project), _listeners(_teller(time.perf_counter()))
    if keys and volume:
        raise click.UsageError("--volume is for the whole edition: leave out either it or the KEYs")
    made = make_books(root, keys, listeners, in_volumes=volume, is_untrusted=untrusted)
    try:
        with _ends_on(SettingError, PandocError), closing(made):
            for path in made:
                _answer(str(path))
    except UnknownBookError as error:
        raise click.UsageError(str(error)) from error


@main.command()
@_project_option
@_untrusted_option
def epub(project: Path | None, untrusted: bool) -> None:
    """Make the edition as an e-book.

    \b
    Example: dosje epub
             dosje epub --project ../my-edition
    """
    from .citing.pandoc import PandocError
    from .stages import make_ebook

    root, listeners = _find_project(project), _listeners(_teller(time.perf_counter()))
    with _ends_on(PandocError):
        _answer(str(make_ebook(root, listeners, is_untrusted=untrusted)))


@main.command()
@_project_option
@_untrusted_option
def bundle(project: Path | None, untrusted: bool) -> None:
    """Pack the built site into a zip file that opens from disk, without a web server or network.

    \b
    Example: dosje bundle
             dosje bundle --project ../my-edition
    """
    from .citing.pandoc import PandocError
    from .site.mkdocs import SiteError
    from .site.pagefind import SearchError
    from .stages import pack_edition

    root, listeners = _find_project(project), _listeners(_teller(time.perf_counter()))
    with _ends_on(SiteError, SearchError, PandocError):
        _answer(str(pack_edition(root, listeners, is_untrusted=untrusted)))


def _answer(answer: str | bytes) -> None:
    """Print an answer: a text with the end of a line, bytes as they are."""
    try:
        click.echo(answer, nl=isinstance(answer, str))
    except OSError as error:
        raise name_stream(error, 1) from error


def _read_lines() -> Iterator[str]:
    """Yield the lines of standard input; bytes that are not UTF-8 become U+FFFD."""
    try:
        for line in sys.stdin.buffer:
            yield line.decode("utf-8-sig", "replace").strip()
    except OSError as error:
        raise name_stream(error, 0) from error


@contextmanager
def _ends_on(*errors: type[Exception]) -> Iterator[None]:
    """End with exit code 1 on these errors, whose text is printed, and when an edition has errors."""
    try:
        yield
    except FaultyEditionError:  # they have been shown
        sys.exit(1)
    except errors as error:
        click.echo(str(error), err=True)
        sys.exit(1)


def _listeners(tell: Callable[[str], None], *, keeps: bool = False) -> Listeners:
    """Return how the command line tells what a verb does. `keeps`: what was read is kept to the end."""
    from .stages import Listeners

    def show(checked: Checked) -> None:
        _show_findings(checked.findings)
        tell(_summary(checked))
        if keeps:
            gc.freeze()

    return Listeners(tell, show, lambda text: click.echo(text, err=True))


def _read_settings(root: Path, *, warns: bool = False) -> Settings:
    """Return the settings of an edition, or end with what is wrong in them. `warns`: warnings are shown, too."""
    settings, findings = read_settings(root)
    if settings is None or warns:
        _show_findings(tuple(findings))
    if settings is None:
        sys.exit(1)
    return settings


def _find_project(project: Path | None) -> Path:
    root = find_root((project or Path.cwd()).resolve()) if project is None else project.resolve()
    if root is None or not (root / CONFIG_NAME).is_file():
        place = f"in {project}" if project else "in this folder or above it"
        raise click.UsageError(f"there is no {CONFIG_NAME} {place}; say where the edition is with --project DIR")
    return root


def _show_findings(findings: tuple[Finding, ...]) -> None:
    if findings:
        github = os.environ.get("GITHUB_ACTIONS") == "true"
        click.echo((findings_to_github if github else format_findings)(findings), err=True)


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
