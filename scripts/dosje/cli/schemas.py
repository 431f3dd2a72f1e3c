"""The verb that writes the schemas for editor programs."""

from __future__ import annotations

from pathlib import Path

import click

from .common import find_project, project_option, settings_of
from .showing import count_of, show_findings


@click.command()
@click.argument("folder", metavar="[DIR]", default="schemas", type=click.Path(path_type=Path))
@project_option
def schemas(project: Path | None, folder: Path) -> None:
    """Write the JSON Schemas of your records into DIR, in the edition: schemas/ if you name none.

    Editor programs complete and explain fields by them. They know what content/vocabulary.yml says, so run this anew
    when you have changed it, or have a new version of dosje.

    \b
    Example: dosje schemas
    """
    from ..reading.record_files import vocabulary_of
    from ..reading.schemas import make_schemas
    from ..system.writing import write_together

    root = find_project(project)
    vocabulary, findings = vocabulary_of(settings_of(root))
    if findings:
        show_findings(findings)
        raise SystemExit(1)
    made = make_schemas(vocabulary)
    write_together({root / folder / name: text.encode() for name, text in made.items()})
    click.echo(f"wrote {count_of(len(made), 'schema')} to {root / folder}", err=True)
