"""Makes a record of the content of a file, or tells in the editor's words what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any, get_args, get_origin

from pydantic import ValidationError

from ..values.characters import drop_signs
from ..values.findings import Finding, Span, did_you_mean
from ..values.languages import explain_language
from .corpus import M, Record
from .fields import LANGUAGE, Model, find_model
from .keys import is_valid_key
from .kinds import KINDS
from .own_fields import OWN_FIELDS, read_own_fields
from .vocabulary import DEFAULTS, Vocabulary
from .yamltree import Located
from .yamltree import Path as FieldPath

# pydantic's reason -> what the value must be, and how to write it.
_FIELDS = ("holds fields, each with its name", "name: value")
_LIST = ("is a list", "begin each line with a hyphen, or write [a, b]")
_SHAPES = {
    "model_type": _FIELDS,
    "model_attributes_type": _FIELDS,
    "dict_type": _FIELDS,
    "tuple_type": _LIST,
    "string_type": ("is one text, no list and no fields", 'a text with ": " or "[" in it needs quotes'),
    "bool_parsing": ("is true or false", "write true or false"),
    "bool_type": ("is true or false", "write true or false"),
    "int_parsing": ("is a whole number", "write 1, 2, 3 …"),
    "int_type": ("is a whole number", "write 1, 2, 3 …"),
    "too_short": ("has too few entries", "a dispute needs two positions"),
    "string_pattern_mismatch": ("is not written as it must be", "latitude, longitude: 41.33, 19.82"),
}


# What our own validators say is wrong.
_CODES = ("bad-date", "bad-folios", "missing-field", "unsafe-link", "unknown-term")


def check_key(key: str, span: Span, findings: list[Finding]) -> None:
    if not is_valid_key(key):
        hint = re.sub(r"[^a-z0-9]+", "-", key.lower()).strip("-")
        message = f'"{key}" cannot be a key: only a-z, 0-9 and hyphens'
        findings.append(Finding(span, "bad-key", message, f'"{hint}" could' if hint else ""))


def make_record(
    kind: str,
    located: Located,
    base: FieldPath,
    findings: list[Finding],
    *,
    vocabulary: Vocabulary = DEFAULTS,
    body_span: Span | None = None,
) -> Record[Model] | None:
    """Return the record at `base` of a file. None where it cannot be read; the findings say why."""
    key = str(base[0]) if base else PurePosixPath(located.path).stem
    value = _value_at(located, base)
    values, place, before = _without_blanks(value), (located, base), len(findings)
    if isinstance(values, dict) and OWN_FIELDS in values:
        own = values[OWN_FIELDS]
        values[OWN_FIELDS] = read_own_fields(kind, own, vocabulary, place, findings)
    is_whole = len(findings) == before
    model = _make(KINDS[kind].model, kind, values, place, findings, vocabulary=vocabulary)
    if model is None or not is_whole:
        return None
    findings += _find_languages(model, value, located, base)
    return Record(kind, key, model, located, base, body_span)


def make_model(model: type[M], what: str, located: Located, base: FieldPath, findings: list[Finding]) -> M | None:
    """Return what a file of another kind than a record says at `base`. `what`: its name in findings."""
    return _make(model, what, _without_blanks(_value_at(located, base)), (located, base), findings)


def _value_at(located: Located, base: FieldPath) -> Any:
    value: Any = located.value
    for part in base:
        value = value[part]
    return {} if value in (None, "") else value


def _make(
    model: type[M],
    what: str,
    values: Any,
    place: tuple[Located, FieldPath],
    findings: list[Finding],
    *,
    vocabulary: Vocabulary = DEFAULTS,
) -> M | None:
    try:
        return model.model_validate(values, context=vocabulary)
    except ValidationError as error:
        details = error.errors(include_url=False)
        for detail in details:
            # An entry that cannot be read does not count, so pydantic may call its list too short.
            is_echo = detail["type"] == "too_short" and any(
                other["loc"][: len(detail["loc"])] == detail["loc"] for other in details if other is not detail
            )
            if not is_echo:
                findings.append(_explain(dict(detail), model, what, place))
        return None


def _find_languages(model: Model, values: dict[str, Any], located: Located, base: FieldPath) -> Iterator[Finding]:
    """Yield a finding for each field that names a language in another way than by its code."""
    for name, info in type(model).model_fields.items():
        written = values.get(info.alias or name, "")
        if LANGUAGE in info.metadata and drop_signs(written) != getattr(model, name):
            yield Finding(located.span((*base, info.alias or name)), "bad-language", *explain_language(written))


def _without_blanks(value: Any) -> Any:
    # "born:" with nothing behind it is a field that the editor has not filled in yet.
    if isinstance(value, dict):
        return {drop_signs(key): _without_blanks(part) for key, part in value.items() if part != ""}
    if isinstance(value, list):
        return [_without_blanks(part) for part in value]
    return drop_signs(value) if isinstance(value, str) else value


def _explain(detail: dict[str, Any], model: type[Model], what: str, place: tuple[Located, FieldPath]) -> Finding:
    located, base = place
    path = (*base, *detail["loc"])
    reason, message = detail["type"], str(detail["msg"])
    name = detail["loc"][-1] if detail["loc"] else ""
    if reason == "missing":
        is_blank = path in located.keys
        span = located.key_span(path if is_blank or len(path[:-1]) > len(base) else base)
        article = "an" if what[0] in "aeo" else "a"
        return Finding(span, "missing-field", f'{article} {what} needs "{name}" here', f"{name}: …")
    if reason == "extra_forbidden":
        known = _fields_at(model, detail["loc"][:-1])
        hint = did_you_mean(str(name), known) or f"known: {', '.join(sorted(known))}"
        return Finding(located.key_span(path), "unknown-field", f'"{name}" is no field here', hint)
    hint = str(detail.get("ctx", {}).get("hint", ""))
    code = reason if reason in _CODES else "wrong-type"
    if reason == "literal_error":
        expected = str(detail["ctx"]["expected"]).replace("'", "")
        given = detail["input"] if isinstance(detail["input"], str) else "a list or fields"
        message = f'"{given}" is none of: {expected}'
        hint = did_you_mean(given, [word.strip() for word in re.split(r",| or ", expected)])
    elif reason in _SHAPES:
        message, hint = _SHAPES[reason]
        message = f'"{name}" {message}' if isinstance(name, str) and name else f"this {message}"
    elif code == "wrong-type" and reason != "wrong-type":
        message = f'"{name}": {message[0].lower()}{message[1:]}'
    return Finding(located.span(path), code, message, hint)


def _fields_at(model: type[Model], path: tuple[str | int, ...]) -> list[str]:
    """Return the names that may stand at `path` of a record of this type."""
    steps = iter(path)
    for part in steps:
        if isinstance(part, int):
            continue
        info = next((f for n, f in model.model_fields.items() if (f.alias or n) == part), None)
        inner = find_model(info.annotation) if info else None
        if info is None or inner is None:
            return []
        _skip_keys(info.annotation, steps)
        model = inner
    return [info.alias or name for name, info in model.model_fields.items() if name != "body"]


def _skip_keys(annotation: Any, steps: Iterator[str | int]) -> None:
    """Take the keys of mappings from the steps of a path: what editors chose is no name of a field."""
    while get_origin(annotation) is dict:
        next(steps, None)
        annotation = get_args(annotation)[1]
