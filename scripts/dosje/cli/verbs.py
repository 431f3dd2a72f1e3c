"""The verbs, and the command to which they belong.

Answers go to stdout, progress and findings to stderr. Exit codes: 0 good, 1 findings, 2 wrong usage or it cannot be
done here. An error that a command does not expect ends in one line (`endings`).
"""

from __future__ import annotations

import os
import sys
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import click

from .. import __version__
from ..system.garbage import collect_seldom
from ..values.findings import make_visible
from ..values.formats import EXPORT_FORMATS
from .beginning import init, new, rename
from .common import (
    Verbs,
    ends_on,
    find_project,
    lines_of_input,
    make_listeners,
    make_teller,
    print_answer,
    project_option,
    settings_of,
    untrusted_option,
)
from .configuring import config
from .importing import import_
from .reporting import report
from .schemas import schemas
from .showing import FORMS, NewsOfPreview, chosen_options, count_of, findings_as, read_chosen, summarise, watch_findings

_ANSWERS = ["text", "json", *(name for name, form in EXPORT_FORMATS.items() if form.is_answer)]
_EXPORTS = [*EXPORT_FORMATS, "json"]


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="dosje")
def main() -> None:
    """Make a documentary website from YAML records, every statement followed to its folio."""
    # Python processes started in the folder of an edition would import its files as modules.
    os.environ["PYTHONSAFEPATH"] = "1"
    collect_seldom()


for verb in (init, new, import_, rename, config, schemas, report):
    main.add_command(verb)


@main.command("check")
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMS),
    default="text",
    show_default=True,
    help="How findings are printed: for people, for programs, as annotations in a pull request.",
)
@click.option("--watch", "watches", is_flag=True, help="Check again at each save, until Ctrl-C. Shows what is new.")
@chosen_options
@project_option
@untrusted_option
def run_check(
    *,
    form: str,
    watches: bool,
    only: tuple[str, ...],
    ignored: tuple[str, ...],
    project: Path | None,
    untrusted: bool,
) -> None:
    """Show what is wrong in the records, with file, line, column and a remedy.

    Of a code with more than ten findings a few are shown, and how many more there are. --only shows all of one code.
    The exit code speaks of the whole edition, whatever is shown.

    \b
    Example: dosje check
             dosje check --watch
             dosje check --only uncited-statement
             dosje check --format github     (annotations in a pull request)
    """
    from ..checking.edition import check_edition

    chosen, root = read_chosen(only, ignored), find_project(project)
    if watches:
        if form != "text":
            raise click.UsageError("--watch is for people: leave out --format")
        watch_findings(root, chosen, is_untrusted=untrusted)
        return
    checked = check_edition(root, is_untrusted=untrusted)
    # Here the findings are the answer.
    if text := findings_as(form, checked.findings, chosen):
        print_answer(text)
    click.echo(summarise(checked, chosen), err=True)
    sys.exit(1 if checked.has_errors else 0)


@main.command("build")
@chosen_options
@project_option
@untrusted_option
def run_build(only: tuple[str, ...], ignored: tuple[str, ...], project: Path | None, untrusted: bool) -> None:
    """Check the records, render the pages and build the site into site/.

    \b
    Example: dosje build
             dosje build --project ../my-edition
    """
    from ..site.mkdocs import SiteError
    from ..site.pagefind import SearchError
    from ..stages import build_edition

    chosen, root, tell = read_chosen(only, ignored), find_project(project), make_teller(time.perf_counter())
    with ends_on(SiteError, SearchError):
        build_edition(root, make_listeners(tell, keeps=True, chosen=chosen), is_untrusted=untrusted)


@main.command()
@chosen_options
@project_option
@untrusted_option
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="The port; 0 for any.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address at which it listens.")
@click.option("--allow-host", "more_hosts", metavar="NAME", multiple=True, help="Answer to this name of a host, too.")
def serve(
    *,
    project: Path | None,
    port: int,
    host: str,
    more_hosts: tuple[str, ...],
    only: tuple[str, ...],
    ignored: tuple[str, ...],
    untrusted: bool,
) -> None:
    """Show the site while you write: a saved record appears in the open browser.

    After the first time, a save shows errors and what is new, and one line for all other findings.

    It answers only under names of this machine (localhost, 127.0.0.1, --host), and those of --allow-host.

    \b
    Example: dosje serve
             dosje serve --port 8080
             dosje serve --host 0.0.0.0 --allow-host desk.example.org
    """
    from ..site.preview import serve_edition

    root, show = find_project(project), NewsOfPreview(read_chosen(only, ignored)).show
    tell = lambda text: click.echo(text, err=True)  # noqa: E731
    sys.exit(serve_edition(root, host, port, show, tell, more_hosts=more_hosts, is_untrusted=untrusted))


@main.command()
@project_option
@click.option("--to", "target", metavar="TARGET", help="A folder, or user@host:path for rsync. Default: gh-pages.")
@click.option("--remote", default="origin", show_default=True, help="The repository that has the branch gh-pages.")
@click.option("--drafts", is_flag=True, help="Publish drafts too, each marked as unchecked.")
def publish(*, project: Path | None, target: str | None, remote: str, drafts: bool) -> None:
    """Publish the built site to GitHub Pages (the branch gh-pages), a folder or a server.

    It refuses an edition with drafts: records that an import made and nobody has checked.

    \b
    Example: dosje publish
             dosje publish --to user@example.org:/var/www/edition
    """
    from ..site.publish import PublishError, TargetError
    from ..stages import publish_edition

    root = find_project(project)
    settings = settings_of(root, warns=True)
    with ends_on(PublishError):
        try:
            listeners = make_listeners(make_teller(time.perf_counter()))
            place = publish_edition(settings, target, remote, listeners, allows_drafts=drafts)
        except TargetError as error:
            click.echo(f"Error: {error}", err=True)
            sys.exit(2)
    click.echo(f"published {settings.site_dir}/ to {place}", err=True)


@main.command()
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path, file_okay=False))
@click.option("--same", "is_same", is_flag=True, help="Show also whether it is the site that this edition has now.")
@project_option
def verify(folder: Path | None, is_same: bool, project: Path | None) -> None:
    """Check a published copy of the site, file by file, against its manifest SHA256SUMS.

    It prints each file that is missing, changed or added, one a line. Without DIR it checks the edition's own site.

    \b
    Example: dosje verify /var/www/edition
             dosje verify --same /var/www/edition
    """
    from ..system.manifest import NAME, verify_site

    site = None
    if folder is None or is_same:
        root = find_project(project)
        site = root / settings_of(root).site_dir
    folder = folder or site
    assert folder is not None
    difference, count = verify_site(folder, site)
    for line in difference.lines():
        print_answer(line)
    click.echo(f"{folder}: {count_of(count, 'file')}, {'not ' if difference else ''}as {NAME} says", err=True)
    sys.exit(1 if difference else 0)


@main.command()
@click.argument("text", nargs=-1)
@click.option("--batch", is_flag=True, help="Read footnotes from standard input, one a line.")
@click.option("--folio", metavar="KEY:LEAF", help="Show what cites a leaf of a file or document.")
@click.option(
    "--format",
    "form",
    type=click.Choice(_ANSWERS),
    default="text",
    show_default=True,
    help="How answers are printed: for people, as data, or as entries of the sources found.",
)
@project_option
def cite(text: tuple[str, ...], batch: bool, folio: str | None, form: str, project: Path | None) -> None:
    """Show which sources pasted footnotes cite, and what else cites these.

    \b
    Example: dosje cite "AQSH, F.14/AP-MPKK, V. 1960, D. 4, fl. 9–20"
             dosje cite --batch --format json < footnotes.txt
             dosje cite --folio aqsh-mpkk-1960-d4:12
    """
    # Modules that read records are slow to load, and an answer should come at once.
    from ..lookup import answers

    root = find_project(project)
    if bool(text) + batch + bool(folio) != 1:
        raise click.UsageError("give a footnote, or --batch, or --folio; see dosje cite --help")
    settings = settings_of(root)
    with ends_on(answers.IndexMissingError):
        index = answers.open_index(settings)
        lines = lines_of_input() if batch else iter([" ".join(text)])
        found = iter([answers.find_folio(folio, index)]) if folio else answers.cite_notes(lines, index)
        if form in answers.ENTRIES:
            print_answer(answers.format_entries(found, form, index).encode())
        else:
            for answer in found:
                print_answer(
                    answers.answer_as_json(answer) if form == "json" else answers.answer_as_text(answer, index)
                )
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
@project_option
@untrusted_option
def export(form: str, keys: tuple[str, ...], output: Path | None, project: Path | None, untrusted: bool) -> None:
    """Print or write the sources of an edition."""
    from ..stages import UnknownSourceError, export_sources_as, write_sources_as

    if form == "json" and keys:
        raise click.UsageError("json is the whole edition; leave the keys out, or name another format")
    if output and not output.absolute().parent.is_dir():
        raise click.UsageError(f"there is no folder {output.parent}; make it, or name another file after -o")
    root, listeners = find_project(project), make_listeners(lambda text: click.echo(text, err=True))
    try:
        with ends_on():
            if output is None:
                # Bytes, because RIS ends its lines as its specification says, on every system.
                print_answer(export_sources_as(root, form, keys, listeners, is_untrusted=untrusted)[0].encode())
            else:
                count = write_sources_as(root, form, keys, output, listeners, is_untrusted=untrusted)
                what = count_of(count, "source") if form != "json" else "the edition"
                click.echo(f"wrote {what} to {output}", err=True)
    except UnknownSourceError as error:
        raise click.UsageError(str(error)) from error


@main.command()
@click.argument("version")
@click.option("--allow-warnings", is_flag=True, help="Release it with warnings, but with no lost address.")
@click.option("--drafts", is_flag=True, help="Release it with drafts, each marked as unchecked.")
@project_option
def release(*, version: str, project: Path | None, allow_warnings: bool, drafts: bool) -> None:
    """Release VERSION of the edition: a version that stays citable.

    Writes version and date into mkdocs.yml, what is new into changes.md, each address into addresses.txt; commits
    these, and sets the tag edition-VERSION. Nothing is sent anywhere. It refuses an edition that has findings, or
    is not committed.

    \b
    Example: dosje release 1.2
             git push --follow-tags && dosje build && dosje publish
    """
    from ..site.edition_release import is_version
    from ..stages import release_edition

    if not is_version(version):
        raise click.UsageError(f'"{version}" is no version: write one to three numbers, as 1.2')
    root, day = find_project(project), datetime.now(UTC).date()
    with ends_on():
        made = release_edition(
            root,
            version,
            day,
            make_listeners(make_teller(time.perf_counter())),
            allows_warnings=allow_warnings,
            allows_drafts=drafts,
        )
    print_answer(made.tag)


@main.command()
@click.option("--write", "writes", is_flag=True, help="Do it: all of it or nothing.")
@project_option
def upgrade(project: Path | None, writes: bool) -> None:
    """Show what brings an edition of an older format into today's, line by line (docs/manual/format.md).

    Comments, order and layout of your files stay. It ends with 1 if there is something to change and it was not done.

    \b
    Example: dosje upgrade
             dosje upgrade --write
    """
    from ..reading.settings import FORMAT
    from ..stages import upgrade_edition
    from ..upgrading.upgrade import UpgradeError

    root = find_project(project)
    with ends_on(UpgradeError):
        changes = upgrade_edition(root, make_listeners(make_teller(time.perf_counter())), writes=writes)
    for change in changes:
        for line in change.lines():
            print_answer(make_visible(line))
    if not changes:
        click.echo(f"this edition has format {FORMAT}, which is today's", err=True)
    elif writes:
        click.echo(f"upgraded {count_of(len(changes), 'file')} to format {FORMAT}", err=True)
    else:
        click.echo(f"{count_of(len(changes), 'file')} to upgrade: dosje upgrade --write does it", err=True)
        sys.exit(1)


@main.command()
@click.argument("keys", metavar="[KEY]...", nargs=-1)
@click.option("--volume", is_flag=True, help="Set the whole edition in volumes, though one book would hold it.")
@project_option
@untrusted_option
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
    from ..books.pdf import SettingError
    from ..books.volumes import UnknownBookError
    from ..citing.pandoc import PandocError
    from ..stages import make_books

    root, listeners = find_project(project), make_listeners(make_teller(time.perf_counter()))
    if keys and volume:
        raise click.UsageError("--volume is for the whole edition: leave out either it or the KEYs")
    made = make_books(root, keys, listeners, in_volumes=volume, is_untrusted=untrusted)
    try:
        with ends_on(SettingError, PandocError), closing(made):
            for path in made:
                print_answer(str(path))
    except UnknownBookError as error:
        raise click.UsageError(str(error)) from error


@main.command()
@project_option
@untrusted_option
def epub(project: Path | None, untrusted: bool) -> None:
    """Make the edition as an e-book.

    \b
    Example: dosje epub
             dosje epub --project ../my-edition
    """
    from ..citing.pandoc import PandocError
    from ..stages import make_ebook

    root, listeners = find_project(project), make_listeners(make_teller(time.perf_counter()))
    with ends_on(PandocError):
        print_answer(str(make_ebook(root, listeners, is_untrusted=untrusted)))


@main.command()
@project_option
@untrusted_option
def bundle(project: Path | None, untrusted: bool) -> None:
    """Pack the built site into a zip file that opens from disk, without a web server or network.

    \b
    Example: dosje bundle
             dosje bundle --project ../my-edition
    """
    from ..citing.pandoc import PandocError
    from ..site.mkdocs import SiteError
    from ..site.pagefind import SearchError
    from ..stages import pack_edition

    root, listeners = find_project(project), make_listeners(make_teller(time.perf_counter()))
    with ends_on(SiteError, SearchError, PandocError):
        print_answer(str(pack_edition(root, listeners, is_untrusted=untrusted)))
