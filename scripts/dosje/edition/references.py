"""How an archive writes a reference: its labels, its signs between the parts, their order, and its pattern.

Knows nothing of leaves, and nothing of the style of notes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ..reading.authority_records import Archive
from ..reading.source_records import Source
from ..values.leaf_words import fill_label

_ROOM = re.compile(r"\{(\w+)\}")
# A title with the signs and spaces before it, and a bracket behind it.
_TITLE = re.compile(r"[\s,;:–—(]*\{title\}\)?")


def parts_of_reference(units: Sequence[Source], archive: Archive, *, names_itself: bool = False) -> tuple[str, ...]:
    """Return the parts of a reference, from the widest to the narrowest. `units`: the unit and those above it.

    `names_itself`: with the unit's own title, if the archive has titles in its references. A note that cites the unit
    names it already.

    A `reference` takes the place of all that stands above it. Year, file and containers come from the nearest unit
    that has them. What follows after another sign than the archive's separator makes one part with what stands before.
    """
    found: list[_Part] = []
    for unit in reversed(units):
        if unit.reference:
            found = [_Part("reference", unit.reference), *(part for part in found if part.is_number)]
        for part in _parts_of_unit(unit, archive, leaves_out_title=unit is units[0] and not names_itself):
            if part.is_number:
                found = [other for other in found if other._replace(words="") != part._replace(words="")]
            found.append(part)
    _put_year_before_file(found)
    containers = next((unit.containers for unit in units if unit.containers), {})
    levels = archive.labels.levels
    found += [_Part(kind, label_part(levels.get(kind, kind), number)) for kind, number in containers.items()]
    return tuple(_glue(found, archive))


class _Part(NamedTuple):
    """A part of a reference: its level, or "year" or "file" for a number that is kept as such."""

    kind: str
    words: str
    is_number: bool = False


def _put_year_before_file(found: list[_Part]) -> None:
    """Put the year before the file, also where an item says the year and its file the number."""
    at = {part.kind: index for index, part in enumerate(found) if part.is_number}
    if len(at) == 2 and at["year"] > at["file"]:
        found[at["file"]], found[at["year"]] = found[at["year"]], found[at["file"]]


def _parts_of_unit(unit: Source, archive: Archive, *, leaves_out_title: bool) -> Iterator[_Part]:
    labels = archive.labels
    if unit.year:
        yield _Part("year", label_part(labels.year, unit.year), is_number=True)
    label = labels.levels.get(unit.level, labels.file if unit.level == "file" else "")
    if "{title}" in label and leaves_out_title:
        label = _cut_title(label)
        yield from () if unit.code else (_Part(unit.level, ""),)  # containers stand in its place
    if "{title}" in label:
        shown = label.replace("{}", unit.code).replace("{title}", unit.title) if unit.code else unit.title
        yield _Part(unit.level, shown)
    elif unit.code:
        yield _Part(unit.level, label_part(label, unit.code))
    if unit.file:
        yield _Part("file", label_part(labels.file, unit.file), is_number=True)


def _cut_title(label: str) -> str:
    """Return the label without the title and the signs that set it off: "{title}, Group {}" -> "Group {}"."""
    rest = _TITLE.sub("", label)
    return rest if rest.startswith(label[:1]) else rest.lstrip(" ,;:–—")


def label_part(label: str, number: str) -> str:
    """Return a part of a reference with its label: "D." -> "D. 4", "{}. f." -> "288. f."."""
    return fill_label(label, number).strip()


def _glue(found: Iterable[_Part], archive: Archive) -> list[str]:
    parts: list[str] = []
    for kind, words, _ in found:
        sign = archive.separators.get(kind, archive.separator)
        if parts and sign != archive.separator:
            parts[-1] += sign + words if parts[-1] else words
        else:
            parts.append(words)
    return [part for part in parts if part]


def join_parts(parts: Sequence[str], separator: str, is_small_first: bool) -> str:
    """Return the parts of a reference as one text. `parts`: from the widest to the narrowest."""
    return separator.join(reversed(parts) if is_small_first else parts)


def fill_pattern(pattern: str, values: Mapping[str, str], separator: str) -> str:
    """Return a pattern with its rooms filled. An empty room takes the signs before it away.

    Leaves stand at the end where the pattern has no room for them.
    """
    sign, *rest = _ROOM.split(pattern)
    if "leaves" not in rest[::2]:
        # Not put into the pattern: a separator with braces in it is a sign like others.
        rest = [*rest[:-1], rest[-1] + separator, "leaves", ""] if rest else ["leaves", ""]
    filled = ""
    for name, after in zip(rest[::2], rest[1::2], strict=True):
        if values[name]:
            filled += sign + values[name]
            sign = after
        elif filled:
            sign = after
    return filled + sign if filled else ""
