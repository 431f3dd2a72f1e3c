"""Reads the edition's own templates. Errors of Jinja's syntax are findings, before any page is made."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError
from jinja2.meta import find_referenced_templates

from ..values.findings import Finding, Span, did_you_mean
from .files import find_files, name_of, read_text
from .kinds import KINDS

TEMPLATES_FOLDER = "templates"
ORDER_HINT = "notes have the numbers of context.view: print its sections in a loop, as docs/manual/templates.md shows"
HINT = "mend it, or take it out: ours is used then"


# Each kind of record may have a template of its own beside the one that all have.
_OF_PROGRAM = frozenset(path.name for path in (files("dosje.web") / "templates").iterdir())
_ASKED_FOR = (
    _OF_PROGRAM
    | {f"{name}.md.j2" for kind in KINDS.values() for name in (kind.template_name, kind.plural)}
    | {"work.md.j2"}
)


def check_templates(root: Path) -> Iterator[Finding]:
    """Yield what cannot be read in the templates of the edition in `root`, and templates that nothing asks for.

    Unknown names and filters appear only when a page needs them (`drafts`).
    """
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    asked, found = set(_ASKED_FOR), []
    for path in find_files(root / TEMPLATES_FOLDER, root).files:
        if path.suffix != ".j2":
            continue
        found.append(path)
        text, findings = read_text(path, root)
        yield from findings
        try:
            named = find_referenced_templates(environment.parse(text or ""))
            asked |= {name.rpartition("/")[2] for name in named if name}
        except TemplateSyntaxError as error:
            span = Span(name_of(path, root), error.lineno, 1)
            yield Finding(span, "template", error.message or "this cannot be read", HINT)
    for path in found:
        if path.name not in asked:
            hint = did_you_mean(path.name, sorted(_ASKED_FOR)) or "docs/manual/templates.md has the names"
            message = f'no page is made with a template "{path.name}"'
            yield Finding(Span(name_of(path, root), 1, 1), "unknown-template", message, hint)
