"""The Jinja2 templates of an edition: those of the program, and its own of the same names in templates/.

What a template prints is escaped unless it is HTML or Markdown of ours, so a template cannot forget to escape.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from functools import cache, partial
from importlib import resources
from pathlib import Path

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader, PrefixLoader, StrictUndefined
from jinja2.exceptions import SecurityError, TemplateError, TemplateSyntaxError
from markupsafe import Markup

from ..edition.orders import by_date, by_folio
from ..edition.titles import sort_title_of, title_of
from ..phrases.date_words import words_of_date
from ..phrases.phrases import Borrowed, Lent, Phrases
from ..reading.files import name_of
from ..reading.own_templates import HINT, TEMPLATES_FOLDER
from ..reading.settings import Settings
from ..values import words
from ..values.collation import order_of
from ..values.findings import Finding, FindingError, Span
from ..values.folios import format_folios
from ..values.typography import QuotationMarks, curl
from .said import print_phrase, say
from .sandbox import Sandbox, bounded

_PROGRAM = "program"  # "program/person.md.j2" is our template, also where the edition has one of the name
_PARTS = "_parts.md.j2"
_MACRO = re.compile(r"{%-?\s*macro\s+(\w+)")


class Templates:
    """The templates of one edition. `own`: the names of those that the edition has itself, sorted."""

    def __init__(self, settings: Settings) -> None:
        self._root = settings.root
        self._is_untrusted = settings.is_untrusted
        self.own = tuple(sorted(path.name for path in (settings.root / TEMPLATES_FOLDER).glob("*.j2")))
        said = (settings.locale, settings.phrases)
        self.environment = _environment_of(settings.root, said, settings.is_untrusted, self.own)

    def render(self, names: Sequence[str], path: str, values: Mapping[str, object]) -> str:
        """Return what the first template that is there of these names prints as the page at `path`.

        Raises FindingError where one of the edition fails, with its line.
        """
        try:
            with bounded() if self._is_untrusted else nullcontext():
                return self.environment.select_template(names).render(values)
        except Exception as error:
            if finding := _explain(error, path, self._root):
                raise FindingError(finding) from error
            raise


class _OwnLoader(FileSystemLoader):
    """Loads the edition's templates. Its own `_parts.md.j2` takes from ours what it does not have.

    Ours may have got new parts since the edition wrote its own, and our templates ask for them.
    """

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        text, path, is_current = super().get_source(environment, template)
        if template == _PARTS:
            ours = (resources.files("dosje.web") / "templates" / _PARTS).read_text(encoding="utf-8")
            missing = [name for name in _MACRO.findall(ours) if name not in _MACRO.findall(text)]
            taken = ", ".join(f"{name} as _{name}" for name in missing)
            named = "".join(f"{{% set {name} = _{name} %}}" for name in missing)
            # All on the first line, so that a finding names the line of the edition's file.
            text = f'{{% from "{_PROGRAM}/{_PARTS}" import {taken} %}}{named}{text}' if missing else text
        return text, path, is_current


def _explain(error: Exception, path: str, root: Path) -> Finding | None:
    """Return what is wrong with a template of the edition, at its innermost line; None if none has a part in it."""
    folder = root / TEMPLATES_FOLDER
    frames = [(frame.filename, frame.lineno or 1) for frame in traceback.extract_tb(error.__traceback__)]
    if isinstance(error, TemplateSyntaxError):
        frames.append((error.filename or "", error.lineno))
    lines = [(name_of(Path(name), root), line) for name, line in frames if Path(name).is_relative_to(folder)]
    if not lines:
        return None
    name, line = lines[-1]
    said = error.message if isinstance(error, TemplateError) else f"{type(error).__name__}: {error}"
    code = "untrusted" if isinstance(error, SecurityError | MemoryError) else "template"
    return Finding(Span(name, line, 1), code, f"{path} cannot be made: {said}", HINT)


@cache
def _environment_of(root: Path, said: tuple[str, Phrases], is_untrusted: bool, names: tuple[str, ...]) -> Environment:
    locale, phrases = said
    # `names`: of the edition's templates. Jinja would not notice a new one that replaces one of ours.
    # An edition may put its own templates, of the same names, into templates/.
    ours = PackageLoader("dosje.web")
    loader = ChoiceLoader([PrefixLoader({_PROGRAM: ours}), _OwnLoader(root / TEMPLATES_FOLDER), ours])
    environment = (Sandbox if is_untrusted else Environment)(
        loader=loader,
        autoescape=True,
        finalize=partial(_finalize, phrases.marks),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["phrase"] = partial(say, phrases)
    environment.filters.update(
        date=lambda value: words_of_date(value, phrases) if value else "",
        folios=lambda value: format_folios(value) if value else "",
        title=title_of,
        sort_title=sort_title_of,
        by_name=lambda records: sorted(records, key=lambda r: (order_of(locale)(sort_title_of(r)), r.key)),
        by_date=by_date,
        by_folio=by_folio,
        curl=lambda text: curl(text, phrases.marks),
    )
    return environment


def _finalize(marks: QuotationMarks, value: object) -> Markup:
    if value is None:
        return Markup()
    if isinstance(value, Borrowed | Lent):
        return print_phrase(value)
    return value if isinstance(value, Markup) else Markup(words.escape(curl(str(value), marks)))
