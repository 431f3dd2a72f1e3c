"""Writes the rules of the lookup as JavaScript, so that the page /lookup/ runs the same rules as `dosje cite`.

`runtime.js` has the functions of Python that they call.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from importlib.resources import files

from ..phrases.phrases import Phrases
from ..phrases.script import with_phrases
from .translator import Translator, assigned_names

# Each module uses only modules that stand before it.
_MODULES = {
    "spelling": "values/spelling.py",
    "said_dates": "lookup/said_dates.py",
    "said_works": "lookup/said_works.py",
    "note_parts": "lookup/note_parts.py",
    "archive_names": "lookup/archive_names.py",
    "names_beside": "lookup/names_beside.py",
    "scanned": "lookup/scanned.py",
    "shelfmarks": "lookup/shelfmarks.py",
    "said_pages": "lookup/said_pages.py",
    "said_cross": "lookup/said_cross.py",
    "said_names": "lookup/said_names.py",
    "read_parts": "lookup/read_parts.py",
    "queries": "lookup/queries.py",
    "likeness": "lookup/likeness.py",
    "work_likeness": "lookup/work_likeness.py",
    "shards": "lookup/shards.py",
    "locations": "lookup/locations.py",
    "leaves": "lookup/leaves.py",
    "known_leaves": "lookup/known_leaves.py",
    "hits": "lookup/hits.py",
    "own_words": "lookup/own_words.py",
    "by_words": "lookup/by_words.py",
    "named_sources": "lookup/named_sources.py",
    "in_file": "lookup/in_file.py",
    "strangers": "lookup/strangers.py",
    "by_shelfmark": "lookup/by_shelfmark.py",
    "matches": "lookup/matches.py",
    "search": "lookup/search.py",
}


def write_engine(phrases: Phrases) -> str:
    """Return the lookup as one script, which sets `dosjeLookup` to its functions. `phrases` word its reasons."""
    package = files("dosje")
    sources = {name: (package / path).read_text(encoding="utf-8") for name, path in _MODULES.items()}
    runtime = (package / "lookup" / "runtime.js").read_text(encoding="utf-8")
    body = translate(sources)
    names = "look_up: (text, before, shards) => plain_(answer_note(text, before || NOTHING_BEFORE, shards, null))"
    script = f'var dosjeLookup = (() => {{\n"use strict";\n{runtime}\n{body}\nreturn {{{names}}};\n}})();\n'
    return with_phrases(script, phrases)


def translate(sources: Mapping[str, str]) -> str:
    """Return modules as JavaScript. Each module uses only those before it."""
    trees = {name: ast.parse(text) for name, text in sources.items()}
    signatures: dict[str, tuple[tuple[str, ast.expr | None], ...]] = {}
    parts = []
    for name, tree in trees.items():
        private = {each for each in assigned_names(tree.body) | set(dict(_signatures(tree))) if each.startswith("_")}
        signatures |= {f"{name}{each}" if each in private else each: given for each, given in _signatures(tree)}
        parts += [f"// {name}.py", *Translator(name, signatures, private).translate_body(tree.body)]
    return "\n".join(parts)


def _signatures(tree: ast.Module) -> Iterator[tuple[str, tuple[tuple[str, ast.expr | None], ...]]]:
    """Yield the parameters of each function and dataclass, with their defaults."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            names = [argument.arg for argument in node.args.args]
            defaults: list[ast.expr | None] = [None] * (len(names) - len(node.args.defaults))
            yield node.name, tuple(zip(names, [*defaults, *node.args.defaults], strict=True))
        elif isinstance(node, ast.ClassDef):
            fields = [field for field in node.body if isinstance(field, ast.AnnAssign)]
            yield node.name, tuple((ast.unparse(field.target), field.value) for field in fields)
