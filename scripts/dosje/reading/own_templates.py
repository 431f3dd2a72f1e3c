"""Reads the edition's own templates. Errors of Jinja's syntax are findings, before any page is made."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError

from ..values.findings import Finding, Span
from .files import find_files, name_of, read_text

TEMPLATES_FOLDER = "templates"
ORDER_HINT = "notes have the numbers of context.view: print its sections in a loop, as docs/manual/templates.md shows"
HINT = "mend it, or take it out: ours is used then"


def check_templates(root: Path) -> Iterator[Finding]:
    """Yield what cannot be read in the templates of the edition in `root`.

    Unknown names and filters appear only when a page needs them (`drafts`).
    """
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    for path in find_files(root / TEMPLATES_FOLDER, root).files:
        if path.suffix != ".j2":
            continue
        text, findings = read_text(path, root)
        yield from findings
        try:
            environment.parse(text or "")
        except TemplateSyntaxError as error:
            span = Span(name_of(path, root), error.lineno, 1)
            yield Finding(span, "template", error.message or "this cannot be read", HINT)
