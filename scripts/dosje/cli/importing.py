"""The verb that brings in what people have: lists of works, tables, manuscripts."""

from __future__ import annotations

import json
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..importing.plan import ROW_STATES, SEEN_AT_IMPORT
from ..values.findings import make_visible
from .common import ends_on, find_project, make_listeners, make_teller, print_answer, project_option
from .showing import count_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..importing.plan import Plan, PlanRow


@click.command("import")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--write", "writes", is_flag=True, help="Do it: all of it or nothing.")
@click.option(
    "--seen",
    type=click.Choice(SEEN_AT_IMPORT),
    help="What you have seen of the archival documents in the files (original, …).",
)
@click.option(
    "--mapping",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A file that says which column of a table is which field. One that is not there is written, as a proposal.",
)
@click.option("--comments", is_flag=True, help="Read the comments in a manuscript's margin: they may name referees.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How the table is printed: for people, or for programs.",
)
@project_option
def import_(
    *,
    files: tuple[Path, ...],
    writes: bool,
    seen: str | None,
    mapping: Path | None,
    comments: bool,
    form: str,
    project: Path | None,
) -> None:
    """Show what files would bring into the edition, and bring it in with --write.

    FILE is a list of works (.bib, .ris, CSL-JSON), a table (.csv, .tsv, .xlsx, .ods) or a manuscript (.docx, .odt,
    .rtf, .html, .md, .tex). Each thing in it is new, the same as in the edition, different from what the edition has
    under this key, or not understood. Nothing that exists is changed, and an edition that builds goes on building.

    It ends with 1 if something is left out.

    \b
    Example: dosje import my-library.bib
             dosje import people.xlsx --mapping people.yml
             dosje import --write --seen original article.docx
    """
    from ..importing.bringing import ImportOptions, known_ending
    from ..stages import import_files

    root, tell = find_project(project), make_teller(time.perf_counter())
    for path in files:
        if not path.is_file():
            raise click.UsageError(f"there is no file {path}")
        if problem := known_ending(path):
            raise click.UsageError(problem)
    if mapping is not None and not mapping.exists():
        _write_mapping(root, files, mapping)
        return
    options = ImportOptions(seen or "", mapping.resolve() if mapping else None, with_comments=comments)
    with ends_on():
        plan = import_files(root, [path.resolve() for path in files], options, make_listeners(tell), writes=writes)
    print_answer(_as_json(plan) if form == "json" else "\n".join(_as_lines(plan.rows)))
    click.echo(_summarise(plan, writes=writes), err=True)
    sys.exit(1 if any(row.state == "not understood" and row.kind != "note" for row in plan.rows) else 0)


def _write_mapping(root: Path, files: Sequence[Path], mapping: Path) -> None:
    """Write a mapping for a table, as a proposal."""
    from ..importing.bringing import is_table
    from ..stages import propose_table_mapping

    if len(files) != 1 or not is_table(files[0]):
        raise click.UsageError(f"there is no {mapping}; it can be proposed for one table, a .csv, .tsv, .xlsx or .ods")
    if not mapping.absolute().parent.is_dir():
        raise click.UsageError(f"there is no folder {mapping.parent}; make it, or name another file after --mapping")
    with ends_on():
        propose_table_mapping(
            root, files[0].resolve(), mapping, make_listeners(lambda text: click.echo(text, err=True))
        )
    print_answer(str(mapping))
    click.echo("a proposal: look at it, change it, and run this again", err=True)


def _as_json(plan: Plan) -> str:
    value = {"rows": [asdict(row) for row in plan.rows], "files": sorted(plan.files)}
    return json.dumps(value, ensure_ascii=False, indent=2)


def _as_lines(rows: Sequence[PlanRow]) -> list[str]:
    """Return the rows of a plan in columns."""
    cells = [(row.state, row.kind, row.key, row.place, row.note) for row in rows]
    widths = [max((len(line[at]) for line in cells), default=0) for at in range(4)]
    aligned = ("  ".join([*(text.ljust(width) for text, width in zip(line, widths, strict=False)), line[4]])
               for line in cells)  # fmt: skip
    return [make_visible(line).rstrip() for line in aligned]


def _summarise(plan: Plan, *, writes: bool) -> str:
    """Return how many rows have each state, and what happened to the files."""
    counts = {state: sum(row.state == state for row in plan.rows) for state in ROW_STATES}
    said = ", ".join(f"{count} {state}" for state, count in counts.items())
    if not plan.files:
        return f"{said}: nothing to write"
    files = count_of(len(plan.files), "file")
    return f"{said}: wrote {files}" if writes else f"{said}: {files} to write, dosje import --write does it"
