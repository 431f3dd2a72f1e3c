"""Which note answers today to an address that a note had: found again where nothing is in doubt.

A label is made of what a note cites and of the words before it. If these change, so does the label. The ledger
knows the labels of before. Knows nothing of pages and files.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

from .calls import NUMBER_SIGN, PLACE_SIGN

K = TypeVar("K", bound=Hashable)
_LABEL = re.compile(
    rf"(?P<name>[^{PLACE_SIGN}{NUMBER_SIGN}]*)(?:{PLACE_SIGN}(?P<place>[^{NUMBER_SIGN}]*))?(?:[{NUMBER_SIGN}](?P<number>\d+))?"
)


def match_labels(lost: Sequence[str], new: Mapping[str, Iterable[str]], standing: Iterable[str] = ()) -> dict[str, str]:
    """Return for labels that a page had, and has no more, the labels that the same notes have now.

    `lost`: in the order that they had on the page. `new`: labels of the page that were never published, in order, each
    with the sources that it cites, as labels name them. `standing`: labels that were published, and still are.
    A label is left out if it could be one of several, or none. In turn:

    1. Notes that cite the same: the words before them were changed, or they stand in another paragraph. If as many
       are lost as are new, they are the same in their order.
    2. Notes after the same words that cite the same source at another place, if there is one of each.
    3. One of several alike, told apart by number, if there are fewer of them now: any of them says the same.
    """
    found = _pair(lost, list(new), _name_of)
    taken = set(found.values())
    found |= _pair_places(_left(lost, found), {label: keys for label, keys in new.items() if label not in taken})
    alike: dict[str, str] = {}
    for label in (*standing, *new):
        alike.setdefault(_without_number(label), label)
    for label in _left(lost, found):
        if _parts(label)["number"] and _without_number(label) in alike:
            found[label] = alike[_without_number(label)]
    return found


def _pair(lost: Sequence[str], new: Sequence[str], key: Callable[[str], Hashable]) -> dict[str, str]:
    """Return lost labels with new ones: those with the same key, in order, if there are as many of both."""
    lost_by, new_by = _group(lost, key), _group(new, key)
    pairs: dict[str, str] = {}
    for shared, labels in lost_by.items():
        if len(labels) == len(new_by.get(shared, ())):
            pairs |= zip(labels, new_by[shared], strict=True)
    return pairs


def _pair_places(lost: Sequence[str], new: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Return lost labels with new ones: one of each after the same words, that cite one of the same sources."""
    lost_by, new_by = _group(lost, _place_of), _group(new, _place_of)
    pairs = {}
    for place, labels in lost_by.items():
        found = new_by.get(place, ())
        if place and len(labels) == len(found) == 1 and _share_source(labels[0], new[found[0]]):
            pairs[labels[0]] = found[0]
    return pairs


def _share_source(label: str, sources: Iterable[str]) -> bool:
    """Say whether a label names one of the sources: alone, or before the hyphen and the place in it."""
    cites = _name_of(label).split("--")
    return any(cite == source or cite.startswith(f"{source}-") for cite in cites for source in sources)


def _group(labels: Iterable[str], key: Callable[[str], Hashable]) -> dict[Hashable, list[str]]:
    groups: dict[Hashable, list[str]] = defaultdict(list)
    for label in labels:
        groups[key(label)].append(label)
    return groups


def _left(lost: Iterable[str], found: Mapping[str, str]) -> list[str]:
    return [label for label in lost if label not in found]


def _parts(label: str) -> Mapping[str, str | None]:
    match = _LABEL.fullmatch(label)
    return match.groupdict() if match else {"name": label, "place": None, "number": None}


def _name_of(label: str) -> str:
    return _parts(label)["name"] or ""


def _place_of(label: str) -> str:
    return _parts(label)["place"] or ""


def _without_number(label: str) -> str:
    return label.partition(NUMBER_SIGN)[0]
