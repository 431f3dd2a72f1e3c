"""Names a source once in a note: the cites of one source become one cite, with all its places.

A style prints the plural of one joined place by itself: "nn. 61, 97, 99, 100". Knows nothing of positions or words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..values.citations import Cite


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
    # What is not numbered has no numbers to join.
    return one.locator.label == other.locator.label and (
        one.locator.label != "unfoliated" or one.locator == other.locator
    )


def _join(one: Cite, other: Cite) -> Cite:
    if one.locator is None or other.locator is None or other.locator.value in one.locator.value.split(", "):
        return one
    return replace(one, locator=replace(one.locator, value=f"{one.locator.value}, {other.locator.value}"))
