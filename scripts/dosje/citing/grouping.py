"""Names a source once in a note: the cites of one source become one cite, with all its places.

A style prints the plural of one joined place by itself: "nn. 61, 97, 99, 100". Knows nothing of positions or words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from ..values.citations import Cite

_UNNUMBERED = ("unfoliated", "other", "sub-verbo")


@dataclass(frozen=True, slots=True)
class CiteGroup:
    """What is printed as one cite, and the cites of its author that it stands for, in their order."""

    cite: Cite
    cites: tuple[Cite, ...]


def group_cites(cites: Sequence[Cite]) -> tuple[CiteGroup, ...]:
    """Return the cites of one `[...]` with each source named once, where the first of its cites stood.

    Places keep the author's order, and neighbours do not become a range: who wrote "97; 99; 100" cites three notes. A
    cite stays by itself if its author wrote something around it, or if its place is of another kind.
    """
    groups: list[CiteGroup] = []
    for cite in cites:
        at = _find_group(groups, cite)
        if at is None:
            groups.append(CiteGroup(cite, (cite,)))
        else:
            groups[at] = CiteGroup(_join(groups[at].cite, cite), (*groups[at].cites, cite))
    return tuple(groups)


def _find_group(groups: Sequence[CiteGroup], cite: Cite) -> int | None:
    """Return the place of the group that a cite can join: the last one of its source, if that is like it."""
    if cite.prefix or cite.suffix:
        return None
    for at in range(len(groups) - 1, -1, -1):
        found = groups[at].cite
        if found.key == cite.key:
            return at if not found.suffix and _is_like(found, cite) else None
        if found.prefix:  # "see @a, 3; but see @b, 4; @a, 5": the last is behind "but see" too
            return None
    return None


def _is_like(one: Cite, other: Cite) -> bool:
    if one.locator is None or other.locator is None:
        return one.locator == other.locator
    # What is not numbered has no numbers to join, and of "12, note 3" nobody could tell what the next number counts.
    is_number = one.locator.label not in _UNNUMBERED and not (one.locator.further or other.locator.further)
    is_same = one.locator == other.locator and not one.locator.further
    return is_same or (is_number and one.locator.label == other.locator.label)


def _join(one: Cite, other: Cite) -> Cite:
    if one.locator is None or other.locator is None:
        return one
    if f", {other.locator.value}," in f", {one.locator.value},":
        return one
    first, second = one.locator, other.locator
    written = f"{first.written or first.value}, {second.written or second.value}"
    value = f"{first.value}, {second.value}"
    return replace(one, locator=replace(first, value=value, written=written if written != value else ""))


# What an editor writes before a cite that says through which work the cite before it is known, or is quoted.
VIA = "via"
QUOTED_VIA = f"quoted {VIA}"


def names_via(cite: Cite) -> bool:
    """Say whether a cite says through which work the cite before it is known."""
    return cite.prefix in {VIA, QUOTED_VIA}


@dataclass(frozen=True, slots=True)
class KnownVia:
    """A work through which cites of a citation are known, with its places. `owners`: the places of these cites."""

    cite: Cite
    owners: tuple[int, ...]


def find_vias(
    citations: Sequence[Sequence[CiteGroup]], via_of: Callable[[Cite], tuple[Cite, ...]]
) -> tuple[tuple[KnownVia, ...], ...]:
    """Return for each citation of a note through which works its cites are known, each work once in the note.

    A work that the note cites anyway is not named again.
    """
    named = {group.cite.key for groups in citations for group in groups}
    return tuple(tuple(_find_in(groups, via_of, named)) for groups in citations)


def _find_in(
    groups: Sequence[CiteGroup], via_of: Callable[[Cite], tuple[Cite, ...]], named: set[str]
) -> Iterator[KnownVia]:
    owners: dict[str, dict[int, None]] = {}
    places: list[Cite] = []
    for at, group in enumerate(groups):
        if any(names_via(behind.cite) for behind in groups[at + 1 : at + 2]):
            continue  # its author says through which work
        for place in (place for cite in group.cites for place in via_of(cite) if place.key not in named):
            owners.setdefault(place.key, {})[at] = None
            places.append(replace(place, prefix="", suffix=""))
    found: dict[str, list[CiteGroup]] = {}
    for group in group_cites(places):
        found.setdefault(group.cite.key, []).append(group)
    for key, of_work in found.items():
        named.add(key)
        yield from (KnownVia(group.cite, tuple(owners[key])) for group in of_work)
