"""Where the links of a drawing lie, as areas over a picture in a book."""

from __future__ import annotations

import pytest

from dosje.drawing.link_areas import LinkArea, link_areas_of
from dosje.drawing.svg import NAMESPACE


def areas(inside: str, kind: str = "") -> list[LinkArea]:
    """Return the areas of a drawing that is 100 units wide, in which `inside` leads to person/a."""
    link = f'<a xlink:href="person/a"><title>A</title>{inside}</a>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" {NAMESPACE} class="{kind}" viewBox="0 0 100 50"><rect/>{link}</svg>'
    return link_areas_of(svg)


@pytest.mark.parametrize(
    ("inside", "box"),
    [
        # Each with one unit of air around it.
        ('<circle cx="50" cy="20" r="4"/>', (0.45, 0.15, 0.1, 0.1)),
        ('<rect x="10" y="20" width="30" height="8" rx="4"/>', (0.09, 0.19, 0.32, 0.1)),
        ('<path d="M10.0 20.0h8.0v8.0h-8.0z"/>', (0.09, 0.19, 0.1, 0.1)),
        ('<path d="M50.0 16.0l4.0 4.0l-4.0 4.0l-4.0 -4.0z"/>', (0.45, 0.15, 0.1, 0.1)),
        ('<path d="M10 20h5m-3 -3l3 3l-3 3"/>', (0.09, 0.16, 0.07, 0.08)),
        ('<text x="10" y="20">abcd</text>', (0.09, 0.1113, 0.2132, 0.125)),
        ('<text x="10" y="20" text-anchor="end">abcd</text>', (-0.1032, 0.1113, 0.2132, 0.125)),
        ('<text x="10" y="40" transform="rotate(-90 10 40)">abcd</text>', (0.0113, 0.1887, 0.125, 0.2163)),
    ],
)
def test_a_link_lies_where_its_shape_is(inside: str, box: tuple[float, ...]) -> None:
    (area,) = areas(inside)
    assert area.target == "person/a"
    assert area[:4] == pytest.approx(box, abs=0.02)


def test_a_shape_and_the_name_beside_it_have_an_area_each() -> None:
    assert len(areas('<circle cx="50" cy="20" r="4"/><text x="60" y="20">Tirana</text>')) == 2


def test_a_turned_name_has_areas_along_its_line_and_none_beside_it() -> None:
    found = areas('<text x="50" y="25" transform="rotate(45 50 25)">Hysni Kapo</text>', "dosje-circle")
    middles = [(area.left + area.width / 2, area.top + area.height / 2) for area in found]
    assert len(found) == 5
    assert all(across - 0.5 > 0.01 and abs((across - 0.5) - (down - 0.25)) < 0.06 for across, down in middles)
    assert middles == sorted(middles)
