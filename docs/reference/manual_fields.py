"""The pages of the manual on the fields of records, made of their models."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, get_args, get_origin

import yaml
from pydantic.fields import FieldInfo

from dosje.reading.fields import Marked, Model, Ref, find_model
from dosje.reading.kinds import KINDS, Kind
from dosje.reading.terms import Terms

_PLACES = {
    "files": "`content/{plural}/KEY.yml`, a file for each; the name of the file is its key",
    "list": "`content/{plural}.yml`, all in one file, each under its key",
    "prose": "`content/{plural}/KEY.md`, its fields between two lines `---`, its text below them",
}


def field_pages() -> dict[str, str]:
    """Return the Markdown of a page for each kind of record, by the kind's name."""
    return {kind.name: "\n".join(_page(kind)) for kind in KINDS.values() if kind.name != "page"}


def _page(kind: Kind) -> Iterator[str]:
    title = "Essay and page" if kind.name == "essay" else kind.name.capitalize()
    yield f"# {title}: its fields\n"
    yield f"{_sentence(kind.model)} It stands in {_PLACES[kind.kept_in].format(plural=kind.plural)}.\n"
    if kind.name == "essay":
        yield "A page has the same fields, and stands in `content/pages/KEY.md`.\n"
    needed = [_written(name, field) for name, field in kind.model.model_fields.items() if field.is_required()]
    if needed:
        yield f"It needs {', '.join(f'[`{name}`](#{name})' for name in needed)}. All other fields may be left out.\n"
    yield from _fields(kind.model, "")
    for part in parts_of(kind.model):
        yield f"## {part.__name__} {{#{part.__name__.lower()}}}\n"
        yield f"{_sentence(part)}\n"
        yield from _fields(part, f"{part.__name__.lower()}-")


def parts_of(model: type[Model]) -> list[type[Model]]:
    """Return the models of which a record's fields are made, each once, in the order of the fields."""
    found: list[type[Model]] = []
    for field in model.model_fields.values():
        part = find_model(field.annotation)
        if part and part not in found:
            found += [one for one in (part, *parts_of(part)) if one not in found]
    return found


def _fields(model: type[Model], prefix: str) -> Iterator[str]:
    level = "###" if prefix else "##"
    for name, field in model.model_fields.items():
        written = _written(name, field)
        yield f"{level} `{written}` {{#{prefix}{written}}}\n"
        yield f"{field.description}.\n"
        need = "**Needed.** " if field.is_required() else ""
        yield f"{need}{_shape(field)}\n"
        if written == "body":
            yield f"```markdown\n{(field.examples or [''])[0]}\n```\n"
        else:
            shown = (_example(written, example) for example in field.examples or [])
            yield "```yaml\n" + "\n# or\n".join(shown) + "\n```\n"


def _example(name: str, value: Any) -> str:
    text = yaml.safe_dump({name: value}, allow_unicode=True, sort_keys=False, width=90).strip()
    return text.replace("'", '"') if "'" in text and '"' not in text else text


def _written(name: str, field: FieldInfo) -> str:
    return field.alias or name


def _sentence(model: type[Model]) -> str:
    return " ".join((model.__doc__ or "").split())


def _shape(field: FieldInfo) -> str:
    """Return what kind of value a field takes, in words."""
    parts = list(_leaves((field.annotation, *field.metadata)))
    model = find_model(field.annotation)
    choices = [word for part in parts if get_origin(part) is Literal for word in get_args(part)]
    is_list = any(get_origin(part) is tuple for part in parts)
    if model:
        what = f"[{model.__name__}](#{model.__name__.lower()})"
        return f"A list, each a {what}." if is_list else f"Its fields: {what}."
    terms = next((part.name for part in parts if isinstance(part, Terms)), "")
    if terms:
        return f"One of the words of [{terms}](vocabulary.md#{terms}), or of your [vocabulary](../vocabulary.md)."
    if choices:
        return f"One of {', '.join(f'`{word}`' for word in choices)}."
    ref = next((part for part in parts if isinstance(part, Ref)), None)
    if ref:
        key = f"the key of a {ref.kind}" + (", or a name" if ref.or_name else "")
        return f"A list, each {key}." if is_list else f"One value: {key}."
    marked = next((part.what for part in parts if isinstance(part, Marked)), "")
    if marked:
        prose = "Markdown, with [citations and links](../citations.md)."
        return prose if marked == "prose" else "[Citations](../citations.md), and nothing else."
    if dict in parts or any(get_origin(part) is dict for part in parts):
        return "Names and values."
    if bool in parts:
        return "`true` or `false`."
    if int in parts:
        return "A whole number."
    return "A list of texts." if is_list and str in parts else "A text."


def _leaves(parts: Any) -> Iterator[Any]:
    for part in parts:
        if part is not None and part is not Ellipsis:
            yield part
            inner = (*getattr(part, "__args__", ()), *getattr(part, "__metadata__", ()))
            yield from _leaves(one for one in inner if not isinstance(one, str))
