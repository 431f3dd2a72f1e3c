"""The verb that shows from what a site is made."""

from __future__ import annotations

from pathlib import Path

import click

from .common import ends_on, find_project, make_listeners, print_answer, project_option, untrusted_option


@click.command()
@click.option("--absolute", is_flag=True, help="With absolute paths, as Zensical needs some.")
@project_option
@untrusted_option
def config(absolute: bool, project: Path | None, untrusted: bool) -> None:
    """Print the file from which MkDocs makes the site: what mkdocs.yml says, and what the program adds.

    "dosje build" keeps the same in .build/mkdocs.yml. Saved in the edition's folder it is what another program
    (Zensical, ProperDocs, MkDocs) builds the site from, of the pages that "dosje build" made.

    \b
    Example: dosje config
             dosje config --absolute > zensical.yml && zensical build -f zensical.yml
    """
    from ..site.mkdocs import SiteError
    from ..stages import compose_edition

    root = find_project(project)
    listeners = make_listeners(lambda text: click.echo(text, err=True))
    with ends_on(SiteError):
        print_answer(compose_edition(root, listeners, is_absolute=absolute, is_untrusted=untrusted).encode())
