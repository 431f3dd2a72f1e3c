"""Fills the words of a language into the skeleton of a file: «key» stands for the text of a key.

Where it stands says how it is written. Alone on a line it is a text of many lines, each indented as the first; behind
"# " or "% " it is a comment, wrapped; elsewhere it is one value, in YAML with quotation marks if it needs them. Knows
nothing of what the files mean.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping

from ..reading.yaml_edits import write_scalar
from ..values.typography import hold_together

_PLACE = re.compile(r"«([a-z0-9.-]+)»")
_ALONE = re.compile(r"(?P<indent> *)(?P<sign>[#%] )?«(?P<key>[a-z0-9.-]+)»")
_WIDTH = 100


def fill_skeleton(skeleton: str, words: Mapping[str, str], *, comment: str, is_yaml: bool) -> str:
    """Return the text of a file. Raises KeyError for a key without a text.

    `comment`: the sign that begins a comment in such a file, "" if none does. `is_yaml`: single values are YAML's.
    """
    return "".join(f"{_fill_line(line, words, comment, is_yaml)}\n" for line in skeleton.splitlines())


def keys_in(skeleton: str) -> list[str]:
    """Return the keys whose texts the skeleton asks for."""
    return _PLACE.findall(skeleton)


def _fill_line(line: str, words: Mapping[str, str], comment: str, is_yaml: bool) -> str:
    alone = _ALONE.fullmatch(line)
    if alone and (alone["sign"] or "").strip() in ("", comment):
        return _lines(words[alone["key"]], alone["indent"], alone["sign"] or "")
    is_value = is_yaml and not line.lstrip().startswith("#")
    return _PLACE.sub(lambda match: _value(words[match[1]], is_value), line)


def _lines(text: str, indent: str, sign: str) -> str:
    if not sign:
        return textwrap.indent(text.strip("\n"), indent)
    start = f"{indent}{sign}"
    paragraphs = (
        textwrap.wrap(hold_together(part), _WIDTH - len(start), break_long_words=False, break_on_hyphens=False)
        for part in text.strip().split("\n\n")
    )
    wrapped = [line for paragraph in paragraphs for line in (*paragraph, "")][:-1]
    return "\n".join(f"{start}{line}".rstrip() for line in wrapped)


def _value(text: str, is_yaml: bool) -> str:
    return write_scalar(" ".join(text.split()), is_within=True) if is_yaml else " ".join(text.split())
