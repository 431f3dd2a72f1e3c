"""On which page of a set book everything stands, and how references say so: "p. 41", "vol. 2, pp. 3, 7–9".

Typst could look this up itself. But with the thousands of references of an edition it would then set the book several
times, with five times the memory. So we set a book with the page numbers that we know. Typst reports where everything
stands, and we set the book again if that changes a reference. As a rule that makes two runs.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass
from math import floor
from typing import Any

from ..phrases.phrases import Phrases

# In the document these enclose a request: what is wanted, and of which thing. No text of a record has the character.
_SIGN = "\x1e"
_WANTED = re.compile(f"{_SIGN}(where|pages|many) ([^{_SIGN}]*){_SIGN}")
# What marks a place in the document, and how many characters of the document make a page.
_MARKED = re.compile(
    r'\brefer-marked\("[^"]*", "([^"]*)"|(?<![\w-])(?:marked|note|entry|bare)\("([^"]*)"|^(part\()|, (opens): true',
    re.MULTILINE,
)
_SIGNS_A_PAGE = 6850


@dataclass(frozen=True)
class PrintedPlace:
    """A place in a set book: volume (0 if there is only one), page of the file from 1, points from the left and top.

    `number`: what is printed on the page.
    """

    volume: int
    page: int
    left: float
    top: float
    number: str


PrintedPlaces = Mapping[str, Sequence[PrintedPlace]]


def read_places(report: Mapping[str, Any], volume: int = 0) -> dict[str, list[PrintedPlace]]:
    """Return the places in the report of a set book.

    `report`: {"first": the page with the number 1, "marks": [[id, page, left, top], …]}.
    """
    places: dict[str, list[PrintedPlace]] = {}
    for name, page, left, top in report["marks"]:
        number = page - report["first"] + 1
        places.setdefault(name, []).append(PrintedPlace(volume, page, left, top, str(number) if number > 0 else ""))
    return places


def places_to_json(places: PrintedPlaces) -> str:
    """Return places as JSON, which is kept beside a PDF."""
    return json.dumps({name: [astuple(place) for place in found] for name, found in places.items()})


def places_from_json(text: str) -> dict[str, list[PrintedPlace]]:
    """Return what `places_to_json` wrote."""
    return {name: [PrintedPlace(*place) for place in found] for name, found in json.loads(text).items()}


def where(name: str) -> str:
    """Return a request for the page of a thing with one place: it becomes a string, "p. 41"."""
    return f"{_SIGN}where {name}{_SIGN}"


def pages(name: str) -> str:
    """Return a request for the pages of a thing: it becomes a list of links, "3", "7–9"."""
    return f"{_SIGN}pages {name}{_SIGN}"


def guess_places(document: str, volume: int = 0) -> dict[str, list[PrintedPlace]]:
    """Return where things will probably stand, by how much of the document comes before them.

    If page numbers have the right length, lines and pages are nearly where they will stay.
    """
    places: dict[str, list[PrintedPlace]] = {}
    page, before = 0.0, 0
    for match in _MARKED.finditer(document):
        page, before = page + (match.start() - before) / _SIGNS_A_PAGE, match.start()
        if match[3] or match[4]:
            page = floor(page) + 1.0
        else:
            number = max(int(page), 1)
            places.setdefault(match[1] or match[2], []).append(PrintedPlace(volume, number, 0, 0, str(number)))
    return places


def many(name: str) -> str:
    """Return a request that becomes `true` if a thing stands on more than one page, else `false`."""
    return f"{_SIGN}many {name}{_SIGN}"


def fill_references(document: str, places: Mapping[int, PrintedPlaces], phrases: Phrases, volume: int = 0) -> str:
    """Return a Typst document with all requests for pages filled in, as seen from `volume`.

    `places`: the places in each volume, by its number.
    """

    def reference(match: re.Match[str]) -> str:
        found = [place for number in sorted(places) for place in places[number].get(match[2], ())]
        if match[1] == "where":
            # The line must not break between "p." and the number.
            return '"' + say_where(found[0], phrases, volume).replace(". ", ".\u00a0") + '"' if found else '""'
        if match[1] == "many":
            return "true" if len({(place.volume, place.page) for place in found}) > 1 else "false"
        return _list_pages(match[2], found, phrases, volume)

    return _WANTED.sub(reference, document)


def say_where(place: PrintedPlace, phrases: Phrases, volume: int = 0) -> str:
    """Return where a thing stands, as seen from a volume."""
    if place.volume == volume:
        return phrases("book.page", number=place.number)
    return phrases("book.page-of-volume", volume=place.volume, number=place.number)


def _list_pages(name: str, found: Sequence[PrintedPlace], phrases: Phrases, volume: int) -> str:
    """Return a call of the template's `page-list`: one string, so that other page numbers change nothing else.

    Then Typst can reuse what it knows of everything around it. "|" separates runs. In "0:3-2:5", page 3 links to the
    first of the places, and page 5 to the third. "=vol. 2, 3–5" has no link.
    """
    listed: list[str] = []
    for group in {place.volume: None for place in found}:
        runs = _runs(list(enumerate(place for place in found if place.volume == group)))
        is_here = group == volume
        shown = [_say_run(run, is_here=is_here) for run in runs]
        if not is_here:
            first = phrases("book.pages-of-volume", volume=group, pages=shown[0])
            shown = [f"={text}" for text in (first, *shown[1:])]
        listed += shown
    return f'page-list("{name}", "{"|".join(listed)}")'


def _runs(places: Iterable[tuple[int, PrintedPlace]]) -> list[list[tuple[int, PrintedPlace]]]:
    """Return places as runs of consecutive pages. The first place on each page stands for the page."""
    runs: list[list[tuple[int, PrintedPlace]]] = []
    for at, place in places:
        last = runs[-1][-1][1].page if runs else 0
        if runs and place.page == last + 1:
            runs[-1].append((at, place))
        elif not runs or place.page != last:
            runs.append([(at, place)])
    return runs


def _say_run(run: Sequence[tuple[int, PrintedPlace]], *, is_here: bool) -> str:
    ends = (run[0], run[-1]) if len(run) > 1 else (run[0],)
    if is_here:
        return "-".join(f"{at}:{place.number}" for at, place in ends)
    return "–".join(place.number for _, place in ends)
