"""The verbs with which an edition, a record or a key begins."""

from __future__ import annotations

from pathlib import Path

import click

from .common import count_of


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--language", default="en", metavar="CODE", help="Language of the edition: en, de, de-AT. Default: en.")
@click.option("--title", default="", help="Title of the edition. Default: that of the teaching file.")
def init(folder: Path, language: str, title: str) -> None:
    """Begin an edition in DIR: a small one about an invented teaching file, to be changed into your own.

    It has records with comments that teach, settings for your editor program, a workflow that publishes, and pages
    for imprint, contact and the like. DIR is made, or must be empty; all is written, or nothing.

    \b
    Example: dosje init my-edition
             dosje init meine-edition --language de --title "Akten zur Moorwiese"
    """
    from ..starter.starter import make_starter, write_starter

    made = make_starter(language, title)
    write_starter(folder, made)
    click.echo(f"wrote {count_of(len(made), 'file')} to {folder}", err=True)
    click.echo(f'next: dosje serve --project "{folder}"', err=True)
