"""Invents the sources of a benchmark edition: published works, and items in files, series and fonds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from basis import TOWNS, Counts, Someone, to_yaml, year_of
from prose import name_person, write_title, write_topic


@dataclass(frozen=True)
class Citable:
    """A source that can be cited: by folio or page, from its first to its last."""

    key: str
    label: str  # as an editor writes it: "fl. ", or "" for a page
    first: int
    last: int

    def cite(self, rng: Random) -> str:
        """Return a cite of one leaf or page, or of a few that follow one another."""
        first = rng.randint(self.first, self.last)
        last = min(first + rng.choice((0, 0, 1, 2)), self.last)
        return f"@{self.key}, {self.label}{first}" + (f"–{last}" if last > first else "")


@dataclass(frozen=True)
class Shelf:
    """All that can be cited. Items stand in the order of their files, and so of their years."""

    items: Sequence[Citable]
    works: Sequence[Citable]

    def choose(self, rng: Random, number: int, meetings: int) -> list[Citable]:
        """Return what meeting `number` cites: its own item and work first; every source is somebody's own."""
        at = number * len(self.items) // meetings
        near = [self.items[(at + step) % len(self.items)] for step in (0, 1, 2, rng.randint(3, 12))]
        works = [self.works[number % len(self.works)], rng.choice(self.works)]
        return list(dict.fromkeys((near[0], near[1], works[0], near[2], works[1], near[3])))


def make_works(rng: Random, counts: Counts) -> tuple[list[Citable], str]:
    works, entries = [], []
    for number in range(counts.works):
        family, given = name_person(26_500 + number)  # no person of the edition has these names
        year = rng.randint(1965, 2020)
        first = rng.randint(1, 200)
        fields = {"author": f"{family}, {given}", "title": write_title(rng), "date": str(year), "langid": "english"}
        if number % 3 == 2:
            pages = f"{first}--{first + 30}"
            fields |= {"journaltitle": "Journal of Invented History", "volume": str(year - 1960), "pages": pages}
            work = Citable(f"{family}-{given}-{year}".lower(), "", first, first + 30)
        else:
            place = rng.choice(TOWNS).capitalize()
            fields |= {"location": place, "publisher": f"{place} University Press"}
            work = Citable(f"{family}-{given}-{year}".lower(), "", 1, 320)
        works.append(work)
        lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
        entries.append(f"@{'article' if number % 3 == 2 else 'book'}{{{work.key},\n{lines}}}\n")
    return works, "\n".join(entries)


def make_archive(
    rng: Random, counts: Counts, people: Sequence[Someone], meetings: Sequence[str], works: Sequence[Citable]
) -> tuple[dict[str, str], dict[str, str], list[Citable]]:
    """Return the archival items, then what holds them, as files by path; and the items as they are cited."""
    holders: dict[str, dict[str, Any]] = {}
    for number in range(counts.fonds):
        reference, archive = f"F. {number + 1}", ("raw", "rsw")[number]
        head = {"type": "fonds", "level": "fonds", "title": f"Papers of fonds {number + 1}"}
        holders[f"fonds-{number + 1}"] = head | {"repository": archive, "reference": reference, "seen": "original"}
    for number in range(counts.series):
        fonds = number % counts.fonds + 1
        head = {"type": "series", "level": "series", "title": f"Series {number + 1}, on {write_topic(rng)}"}
        where = {"part_of": f"fonds-{fonds}", "reference": f"F. {fonds}/S{number + 1}"}
        holders[f"series-{number + 1}"] = head | where | {"seen": "original"}
    file_keys = []
    for number in range(counts.files):
        series, year = number * counts.series // counts.files + 1, str(year_of(number, counts.files))
        key = f"series-{series}-{year}-file-{number + 1}"
        head = {"type": "file", "level": "file", "title": f"File {number + 1} of {year}, on {write_topic(rng)}"}
        where = {"part_of": f"series-{series}", "date": year, "year": year, "file": str(number + 1)}
        holders[key] = head | where | {"seen": "original"}
        file_keys.append(key)
    leaves = dict.fromkeys(file_keys, 0)
    items, files = [], {}
    for number in range(counts.items):
        holder = file_keys[number * counts.files // counts.items]
        first = leaves[holder] + 1
        leaves[holder] = last = first + rng.randint(0, 13)
        key, record = _make_item(rng, number, holders[holder]["year"], people)
        meeting = meetings[-(-number * len(meetings) // counts.items)]  # the first one whose own item this is
        record |= {"part_of": holder, "folios": f"{first}–{last}" if last > first else str(first)}
        record |= {"meetings": [meeting], **_see(rng, works)}
        items.append(Citable(key, "fl. ", first, last))
        files[f"content/sources/{key}.yml"] = to_yaml(record)
    for key, last in leaves.items():
        holders[key]["folios"] = f"1–{max(last, 2)}"
    return files, {f"content/sources/{key}.yml": to_yaml(record) for key, record in holders.items()}, items


def _make_item(rng: Random, number: int, year: str, people: Sequence[Someone]) -> tuple[str, dict[str, Any]]:
    kind = rng.choice(("letter", "letter", "letter", "telegram", "minutes", "report", "notes"))
    author, recipient = rng.sample(people, 2)
    date = f"{year}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
    topic = write_topic(rng)
    record: dict[str, Any] = {"type": kind, "level": "item"}
    if kind in ("letter", "telegram"):
        record |= {"title": f"{author.name} to {recipient.name} on {topic}"}
    else:
        record |= {"title": f"{kind.capitalize()} on {topic}, no. {number + 1}"}
    if kind != "minutes":
        record |= {"author": author.key}
    if kind in ("letter", "telegram", "report"):
        record |= {"recipient": recipient.key}
    return f"{kind}-{date}-{number + 1}", record | {"date": date}


def _see(rng: Random, works: Sequence[Citable]) -> dict[str, str]:
    if rng.random() < 0.8:
        return {"seen": rng.choice(("original", "scan"))}
    return {"seen": "via", "via": f"[@{rng.choice(works).key}, n. {rng.randint(1, 90)}]"}
