"""Who was in the room, who met whom, and the circle and tables that show it."""

from __future__ import annotations

import math
import re
from xml.etree import ElementTree

from conftest import Edition
from dosje.checking.edition import check_edition
from dosje.drawing.circle import Line, Seat, angles_of, draw_circle
from dosje.drawing.scenes import times_of
from dosje.drawing.svg import XLINK
from dosje.edition.attendance import MOST_IN_A_ROOM, Attendance, Pair, country_of, gather_attendance
from dosje.edition.links import LinkedCorpus
from english import ENGLISH
from invented import MEETINGS, meeting
from rendering import render


def link(edition: Edition) -> LinkedCorpus:
    linked = check_edition(edition(MEETINGS)).linked
    assert linked is not None
    return linked


def gather(edition: Edition) -> Attendance:
    return gather_all(link(edition))


def gather_all(linked: LinkedCorpus) -> Attendance:
    return gather_attendance(linked, linked.corpus.meetings.values())


def test_two_persons_met_where_both_were_present_or_observers_and_perhaps_where_one_is_uncertain(
    edition: Edition,
) -> None:
    assert gather(edition).pairs == (
        Pair(("ada", "bo"), ("m2", "m1"), ()),
        Pair(("ada", "cy"), (), ("m2",)),
        Pair(("bo", "cy"), (), ("m2",)),
    )


def test_persons_stand_in_the_order_of_how_often_they_are_named(edition: Edition) -> None:
    assert list(gather(edition).by_person) == ["ada", "bo", "cy", "dee"]


def test_an_organisation_counts_for_the_country_of_the_widest_that_it_is_part_of(edition: Edition) -> None:
    linked = link(edition)
    assert country_of(linked, gather_all(linked).by_person["ada"]) == "x"  # and not z, where its own seat is


def test_how_often_is_said_in_words() -> None:
    def say(together: int, unsure: int) -> str:
        return times_of(Pair(("a", "b"), ("m",) * together, ("m",) * unsure), ENGLISH)

    assert [say(1, 0), say(2, 1), say(0, 1), say(0, 4), say(12, 0)] == [
        "once", "twice, perhaps once more", "perhaps once", "perhaps 4 times", "12 times",
    ]  # fmt: skip


def test_every_sign_of_the_table_leads_to_the_note_that_it_rests_on(edition: Edition) -> None:
    page = render(edition(MEETINGS))["attendance/index.md"]
    signs = re.findall(
        r'<a class="dosje-(\w+)" href="([^"]+)" title="([^"]+)"><span aria-hidden="true">(.)</span>', page
    )
    assert signs == [
        ("present", "../meetings/m2.md#fnref:s-folio-1_ada", "Ada: present, note 2", "●"),
        ("present", "../meetings/m2.md#fnref:s-folio-1_bo", "Bo: present, note 1", "●"),
        ("uncertain", "../meetings/m2.md#fnref:s-folio-1_cy", "Cy: uncertain, note 3", "?"),
        ("present", "../meetings/m1.md#fnref:s-folio-1_ada", "Ada: present, note 1", "●"),
        ("observer", "../meetings/m1.md#fnref:s-folio-1_bo", "Bo: observer, note 2", "▲"),
        ("absent", "../meetings/m1.md#fnref:s-folio-1_cy", "Cy: absent, note 3", "×"),
        ("invited", "../meetings/m3.md#fnref:s-folio-1_ada", "Ada: invited, note 1", "◇"),
        ("present", "../meetings/m3.md#fnref:s-folio-1_dee", "Dee: present, note 2", "●"),
    ]


def test_too_many_persons_for_one_table_are_paged_by_year(edition: Edition) -> None:
    many = {f"content/persons/p{n}.yml": f"name: {{family: P{n}}}\n" for n in range(90)}
    crowd = meeting("1960-06-01", **{f"p{n}": "present" for n in range(90)})
    files = {**MEETINGS, **many, "content/meetings/crowd.yml": crowd}
    pages = render(edition(files))
    assert '<a href="1960.md">1960</a>, 3 meetings' in pages["attendance/index.md"]
    assert "dosje-matrix" not in pages["attendance/index.md"]
    assert "The table has the 80 persons who are named most often" in pages["attendance/1960.md"]
    assert pages["attendance/1960.md"].count('<a class="dosje-') == 77 + 2 * 3  # ada, bo and cy are named twice
    assert pages["attendance/1961.md"].count('<a class="dosje-') == 2


def test_the_page_of_a_person_says_with_whom_and_when(edition: Edition) -> None:
    page = render(edition(MEETINGS))["persons/ada.md"]
    when = '<a href="../meetings/m2.md">1 May 1960</a>; <a href="../meetings/m1.md">1 June 1960</a>'
    assert f'<tr><td><a href="bo.md">Bo</a></td><td>twice</td><td>{when}</td></tr>' in page
    assert 'Once, as far as this edition knows: <a href="cy.md">Cy</a> (perhaps once).' in page


def test_groups_stand_apart_on_the_circle() -> None:
    seats = [Seat(key, key, key, "", group) for key, group in (("a", "x"), ("b", "x"), ("c", "y"))]
    angles = angles_of(seats)
    assert angles["a"] == 0
    assert angles["c"] - angles["b"] > angles["b"] - angles["a"]
    assert math.isclose(360 - angles["c"], angles["c"] - angles["b"])


def test_a_circle_is_well_formed_and_the_same_each_time() -> None:
    seats = [Seat(f"p{n}", f'<P {n}> "&', "<P>", f"../p{n}/", str(n // 9)) for n in range(55)]
    lines = [Line("p0", f"p{n}", n % 4, f"p0 and p{n}") for n in range(1, 55)]
    svg = draw_circle(seats, lines, "55 persons")
    root = ElementTree.fromstring(svg)
    assert [link.get(f"{{{XLINK}}}href") for link in root.iter("a")] == [seat.href for seat in seats]
    assert svg.count("dosje-line-unsure") == 13
    assert draw_circle(seats, lines, "55 persons") == svg


def test_fifty_five_names_do_not_touch() -> None:
    angles = angles_of([Seat(f"p{n}", "P", "P", "", "g") for n in range(55)])
    step = min(b - a for a, b in zip(list(angles.values()), list(angles.values())[1:], strict=False))
    assert math.radians(step) * 275 > 13.5  # the room between two names where they begin, and the size of the type


def test_in_a_room_of_hundreds_nobody_met_each_of_the_others(edition: Edition) -> None:
    names = [f"p{number}" for number in range(MOST_IN_A_ROOM + 1)]
    parts = "".join(f"  - {{person: {name}, cite: '[@b, 1]'}}\n" for name in names)
    head = "title: M\nkind: congress\ndate: 1960\nparticipants:\n"
    files: dict[str, str | bytes] = {f"content/persons/{name}.yml": f"name: {{family: {name}}}\n" for name in names}
    files |= {"content/meetings/m.yml": head + parts, "bibliography/b.bib": "@book{b, title = {B}}\n"}
    linked = check_edition(edition(files)).linked
    assert linked is not None
    attendance = gather_attendance(linked, linked.corpus.meetings.values())
    assert (len(attendance.by_person), attendance.pairs) == (MOST_IN_A_ROOM + 1, ())


def test_a_year_with_as_many_persons_as_the_table_has_room_for_is_not_said_to_be_cut(edition: Edition) -> None:
    files = {f"content/persons/p{n}.yml": f"name: {{family: P{n}}}\n" for n in range(81)}
    files |= {"content/meetings/m1.yml": meeting("1960-06-01", **{f"p{n}": "present" for n in range(80)})}
    files |= {"content/meetings/m2.yml": meeting("1961-06-01", **{f"p{n}": "present" for n in range(81)})}
    pages = render(edition({**{k: v for k, v in MEETINGS.items() if "/m" not in k and "person" not in k}, **files}))
    said = {year: "who are named most often; the others" in pages[f"attendance/{year}.md"] for year in (1960, 1961)}
    assert said == {1960: False, 1961: True}
