"""What all verbs share: options, how an edition is found, how answers and findings are printed, and how a verb ends."""

from __future__ import annotations

import gc
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from ..reading.settings import CONFIG_NAME, Settings, find_root
from ..reading.settings_file import read_settings
from ..system.endings import TRACEBACK, abandon_streams, ending_of, name_stream, prepare_process
from ..values.errors import FaultyEditionError
from ..values.finding_lists import EVERY, Chosen
from ..values.severities import weigh_findings
from .showing import show_findings, summarise

if TYPE_CHECKING:
    from ..checking.edition import Checked
    from ..stages import Listeners


def project_option(command: Callable[..., None]) -> Callable[..., None]:
    return click.option(
        "--project",
        type=click.Path(path_type=Path, file_okay=False),
        help=f"Folder of the edition. Default: the nearest folder upward with {CONFIG_NAME}.",
    )(command)


def untrusted_option(command: Callable[..., None]) -> Callable[..., None]:
    return click.option(
        "--untrusted",
        is_flag=True,
        help="Refuse what can run code in an edition of strangers (docs: Editions from strangers).",
    )(command)


class Verbs(click.Group):
    """The verbs. Each ends with an exit code, and an unexpected error with one line."""

    def main(self, args: Any = None, *more: Any, **options: Any) -> Any:
        if args is None:
            prepare_process()
        try:
            return super().main(args, *more, **options)
        except OSError as error:
            end_process(error)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - nothing else stands above it
            end_process(error, ctx.invoked_subcommand or "")


def end_process(error: BaseException, verb: str = "") -> NoReturn:
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


def print_answer(answer: str | bytes) -> None:
    """Print an answer: a text with the end of a line, bytes as they are."""
    try:
        click.echo(answer, nl=isinstance(answer, str))
    except OSError as error:
        raise name_stream(error, 1) from error


def lines_of_input() -> Iterator[str]:
    """Yield the lines of standard input; bytes that are not UTF-8 become U+FFFD."""
    try:
        for line in sys.stdin.buffer:
            yield line.decode("utf-8-sig", "replace").strip()
    except OSError as error:
        raise name_stream(error, 0) from error


@contextmanager
def ends_on(*errors: type[Exception]) -> Iterator[None]:
    """End with exit code 1 on these errors, whose text is printed, and when an edition has errors."""
    try:
        yield
    except FaultyEditionError:  # they have been shown
        sys.exit(1)
    except errors as error:
        click.echo(str(error), err=True)
        sys.exit(1)


def make_listeners(tell: Callable[[str], None], *, keeps: bool = False, chosen: Chosen = EVERY) -> Listeners:
    """Return how the command line tells what a verb does. `keeps`: what was read is kept to the end."""
    from ..stages import Listeners

    def show(checked: Checked) -> None:
        show_findings(checked.findings, chosen)
        for line in summarise(checked, chosen).splitlines():
            tell(line)
        if keeps:
            gc.freeze()

    return Listeners(tell, show, lambda text: click.echo(text, err=True))


def settings_of(root: Path, *, warns: bool = False) -> Settings:
    """Return the settings of an edition, or end with what is wrong in them. `warns`: warnings are shown, too."""
    settings, findings = read_settings(root)
    if settings is None or warns:
        show_findings(weigh_findings(findings, dict(settings.severities) if settings else {}))
    if settings is None:
        sys.exit(1)
    return settings


def find_project(project: Path | None) -> Path:
    root = find_root((project or Path.cwd()).resolve()) if project is None else project.resolve()
    if root is None or not (root / CONFIG_NAME).is_file():
        place = f"in {project}" if project else "in this folder or above it"
        raise click.UsageError(f"there is no {CONFIG_NAME} {place}; say where the edition is with --project DIR")
    return root


def make_teller(started: float) -> Callable[[str], None]:
    return lambda text: click.echo(f"{time.perf_counter() - started:6.1f} s  {text}", err=True)
