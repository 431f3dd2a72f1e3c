"""The verbs with which an edition, a record or a key begins."""

from __future__ import annotations

from pathlib import Path

import click

from ..importing.plan import SEEN_AT_IMPORT
from .common import ends_on, find_project, make_listeners, print_answer, project_option
from .showing import count_of


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


@click.command()
@click.argument("kind", metavar="KIND")
@click.argument("key", metavar="[KEY]", default="")
@click.option("--from", "text", default="", metavar="FOOTNOTE", help="Draft what a footnote cites, from its words.")
@click.option("--seen", type=click.Choice(SEEN_AT_IMPORT), help="What you have seen of a document drafted so.")
@project_option
def new(*, kind: str, key: str, text: str, seen: str | None, project: Path | None) -> None:
    """Add a record: a file, or an entry of a list, with all its fields and what each is for.

    KIND is meeting, event, person, source, place, organisation, archive, essay or page. KEY becomes the name of its
    file and the address of its page: a-z, 0-9 and hyphens. Fields that a record must have are empty, and "dosje check"
    names them until you fill them in; the others are comments. Nothing is overwritten; a list keeps its comments.

    With --from, KIND is source and KEY is made: a document is drafted with what the footnote says, in its file, series
    and fonds, and with its author; a published work goes to bibliography/. What the edition has is used. It prints the
    file of each source that the footnote cites, and says the citation.

    \b
    Example: dosje new person hysni-kapo
             dosje new place bucharest
             dosje new source --from "Fox to Owl, 3 May 1901, MA, F. 1, D. 3, fl. 7"
    """
    from ..stages import add_record

    if text:
        _draft(find_project(project), kind, key, text, seen or "")
        return
    if not key:
        raise click.UsageError("say the key of the record, or --from a footnote")
    with ends_on():
        made = add_record(find_project(project), kind, key, make_listeners(lambda text: click.echo(text, err=True)))
    print_answer(made.path)
    click.echo(f"fill in: {', '.join(made.required)}", err=True)


def _draft(root: Path, kind: str, key: str, text: str, seen: str) -> None:
    """Draft what a footnote cites, and print where that stands."""
    from ..stages import draft_records

    if kind != "source" or key:
        raise click.UsageError('with --from it is "dosje new source": the key is made of what the footnote says')
    with ends_on():
        made = draft_records(root, text, seen or "unknown", make_listeners(lambda line: click.echo(line, err=True)))
    print_answer("\n".join(f"{path}: {key}" for path, key in made.cited))
    for citation in made.citations:
        click.echo(f"cite it so: {citation}", err=True)
    others = [path for path in made.made if path not in {path for path, _ in made.cited}]
    if others:
        click.echo(f"drafted with it: {', '.join(others)}", err=True)
    if made.made:
        click.echo("drafts say draft: true until you have checked them and take it away", err=True)


@click.command()
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@project_option
def rename(old: str, new: str, project: Path | None) -> None:
    """Give a record or work another key, everywhere: in its file, and wherever it is named.

    OLD is a key, or KIND:KEY where several kinds have it. The key is changed in content/, bibliography/ and mkdocs.yml;
    the record says what it was called before (formerly), so its old address leads to the new one. Comments, order and
    layout of your files stay. All is written, or nothing.

    \b
    Example: dosje rename kapo hysni-kapo
             dosje rename place:china people-s-republic-of-china
    """
    from ..stages import rename_key

    with ends_on():
        renaming = rename_key(find_project(project), old, new, make_listeners(lambda text: click.echo(text, err=True)))
    if renaming.moved:
        click.echo(f"{renaming.moved[0]} is {renaming.moved[1]}", err=True)
    files = count_of(len(renaming.texts), "file")
    click.echo(f"{renaming.old.key} is {renaming.new.key}: {count_of(renaming.mentions, 'mention')}, {files}", err=True)
