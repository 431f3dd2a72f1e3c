"""Invents the records of a benchmark edition, as text by path. Knows nothing of folders and MkDocs.

Two meetings to one person to two sources; published works and the files, series and fonds above
archival items count as sources, the small authority lists do not count. The same size and seed
give the same text, on every machine and day.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from random import Random
from typing import Any

from basis import LARGEST, SMALLEST, TOWNS, Someone, count_records, to_yaml, wrap, year_of
from prose import name_person, write_sentence, write_topic
from shelf import Citable, Shelf, make_archive, make_works

WORDS, CITATIONS, PARTICIPANTS = 350, 10, 8
COUNTRIES = ("northland", "southland", "westland", "eastland")
ORGANISATIONS = ("party", "council", "union", "ministry", "academy", "federation")
KINDS = ("talks", "bilateral", "session", "plenum", "politburo", "visit", "reception", "conversation")
# How the citations of an account follow one another, after the first: a source not yet cited, the
# same again (ibid), one cited before (subsequent).
ORDER = ("fresh", "fresh", "fresh", "fresh", "fresh", "again", "again", "back", "back")
PREFIXES = ("see", "see also", "cf.", "compare")


def invent_edition(size: int, seed: int) -> dict[str, str]:
    """Return the text of every file of the edition but mkdocs.yml, by path.

    Raises ValueError for a size that no edition of this kind can have.
    """
    if not SMALLEST <= size <= LARGEST:
        raise ValueError(f"an edition has {SMALLEST} to {LARGEST} records")
    rng = Random(f"{size}/{seed}")  # of a text: the same everywhere, whatever PYTHONHASHSEED is
    counts = count_records(size)
    people = [_name_someone(number) for number in range(counts.persons)]
    meeting_keys = [f"meeting-{year_of(n, counts.meetings)}-{n + 1}" for n in range(counts.meetings)]
    works, bib = make_works(rng, counts)
    files, extents, items = make_archive(rng, counts, people, meeting_keys, works)
    shelf = Shelf(items, works)
    files |= extents
    for number, key in enumerate(meeting_keys):
        files[f"content/meetings/{key}.yml"] = to_yaml(_make_meeting(rng, number, meeting_keys, people, shelf))
    for number, someone in enumerate(people):
        files[f"content/persons/{someone.key}.yml"] = to_yaml(_make_person(rng, number, people, shelf))
    files |= {f"content/{name}.yml": to_yaml(record) for name, record in _make_lists(rng).items()}
    files["content/pages/index.md"] = _make_page("A benchmark edition", [f"{size} records about nobody and nothing."])
    files["content/essays/the-long-pause.md"] = _make_essay(rng, people, meeting_keys, shelf)
    return files | {"bibliography/literature.bib": bib}


def _name_someone(number: int) -> Someone:
    family, given = name_person(number)
    organisation = _organisation(number + 8)
    return Someone(f"{given}-{family}".lower(), f"{given} {family}", organisation)


def _organisation(number: int) -> str:
    name, country = ORGANISATIONS[number % 6], COUNTRIES[number // 6 % 2]
    return f"{country}-{name}"


def _make_meeting(
    rng: Random, number: int, keys: Sequence[str], people: Sequence[Someone], shelf: Shelf
) -> dict[str, Any]:
    # Of eight meetings the first lasts a week and the next two are parts of it.
    place, turn = number // 8 * 6 + max(number % 8 - 2, 0), number % 8
    year, month, topic = year_of(number - turn * (turn < 3), len(keys)), number // 8 % 12 + 1, write_topic(rng)
    days = Random(f"days/{number - turn}").randint(1, 20)  # the same for the whole and its parts
    parent = {"part_of": keys[number - turn]} if turn in (1, 2) else {}
    if turn == 0:
        kind, date = "conference", f"{year}-{month:02}-{days:02}/{year}-{month:02}-{days + 7:02}"
    else:
        kind, day = rng.choice(KINDS), days + turn if parent else rng.randint(1, 28)
        date = f"{year}-{month:02}-{day:02}"
    chosen = shelf.choose(rng, number, len(keys))
    own = people[number // 2 % len(people)]
    others = [someone for someone in rng.sample(people, min(PARTICIPANTS, len(people))) if someone != own]
    present = [own, *others[: PARTICIPANTS - 1]]
    town = TOWNS[place % len(TOWNS)]
    title = f"{kind.capitalize()} on {topic}, {town.capitalize()} {year} ({number + 1})"
    record: dict[str, Any] = {"title": title, "kind": kind, "date": date, "place": town, **parent}
    record |= {"see_also": [keys[number - 2]]} if turn == 5 else {}
    record |= {"host": _organisation(number), "participants": [_take_part(rng, s, chosen) for s in present]}
    record["summary"] = wrap(f"{write_sentence(rng)}, in [{town.capitalize()}](place:{town}) [{chosen[0].cite(rng)}].")
    record["account"] = _write_account(rng, present, chosen)
    return record | ({"disputes": [_make_dispute(rng, chosen)]} if turn == 4 else {})


def _take_part(rng: Random, someone: Someone, chosen: Sequence[Citable]) -> dict[str, str]:
    attendance = rng.choice(("present", "present", "present", "present", "absent", "observer"))
    role = rng.choice(("head of delegation", "member of delegation", "interpreter", "secretary"))
    cite = f"[{rng.choice(chosen).cite(rng)}]"
    return {"person": someone.key, "for": someone.organisation, "role": role, "attendance": attendance, "cite": cite}


def _make_dispute(rng: Random, chosen: Sequence[Citable]) -> dict[str, Any]:
    positions = [{"claim": f"{write_sentence(rng)}.", "cite": f"[{source.cite(rng)}]"} for source in chosen[:2]]
    return {"question": f"What became of {write_topic(rng)}?", "positions": positions}


def _write_account(rng: Random, present: Sequence[Someone], chosen: Sequence[Citable]) -> str:
    """Return four to six paragraphs with CITATIONS citations, every paragraph ending in one."""
    citations = _write_citations(rng, chosen)
    count = rng.randint(4, 6)
    paragraphs = []
    for number in range(count):
        mine = citations[number * CITATIONS // count : (number + 1) * CITATIONS // count]
        sentences = [write_sentence(rng, rng.choice(present).link)]
        while len(sentences) < len(mine) or len(" ".join(sentences).split()) < WORDS // count - 12:
            sentences.append(write_sentence(rng, rng.choice(present).link if rng.random() < 0.2 else ""))
        paragraphs.append(wrap(_join(sentences, mine)))
    return "\n\n".join(paragraphs)


def _join(sentences: Sequence[str], citations: Sequence[str]) -> str:
    """Return the sentences as one paragraph, the citations at the ends of the last ones."""
    bare = len(sentences) - len(citations)
    ended = [f"{text}." for text in sentences[:bare]]
    ended += [f"{text} {citation}." for text, citation in zip(sentences[bare:], citations, strict=True)]
    return " ".join(ended)


def _write_citations(rng: Random, chosen: Sequence[Citable]) -> list[str]:
    fresh = iter(chosen)
    cited = [next(fresh)]
    for what in rng.sample(ORDER, len(ORDER)):
        source = cited[-1] if what == "again" else rng.choice(cited)
        cited.append(next(fresh, source) if what == "fresh" else source)
    doubled, prefixed = rng.sample(range(CITATIONS), 2), rng.sample(range(CITATIONS), 2)
    citations = []
    for number, source in enumerate(cited):
        text = f"{rng.choice(PREFIXES)} " if number in prefixed else ""
        text += source.cite(rng)
        if number in doubled:
            others = [other for other in chosen if other != source]
            text += f"; {rng.choice(others).cite(rng)}"
        citations.append(f"[{text}]")
    return citations


def _make_person(rng: Random, number: int, people: Sequence[Someone], shelf: Shelf) -> dict[str, Any]:
    someone = people[number]
    given, family = someone.name.split()
    chosen = shelf.choose(rng, number, len(people))
    offices = []
    for office in rng.sample(("member", "secretary", "chairman", "delegate", "treasurer"), rng.randint(1, 2)):
        dates = {"from": str(rng.randint(1946, 1954)), "to": str(rng.randint(1961, 1969))}
        offices.append(
            {"organisation": someone.organisation, "office": office, **dates, "cite": f"[{chosen[0].cite(rng)}]"}
        )
    other = people[(number + 1) % len(people)]
    sentences = [write_sentence(rng, family), write_sentence(rng, other.link)]
    biography = wrap(_join(sentences, [f"[{source.cite(rng)}]" for source in chosen[:2]]))
    born, died = str(rng.randint(1890, 1925)), str(rng.randint(1970, 1999))
    name = {"family": family, "given": given}
    return {"name": name, "born": born, "died": died, "affiliations": offices, "biography": biography}


def _make_lists(rng: Random) -> dict[str, dict[str, Any]]:
    places: dict[str, Any] = {key: {"name": key.capitalize()} for key in COUNTRIES}
    for number, key in enumerate(TOWNS):
        coordinates = f"{rng.uniform(36, 60):.3f}, {rng.uniform(-5, 45):.3f}"
        places[key] = {"name": key.capitalize(), "part_of": COUNTRIES[number % 4], "coordinates": coordinates}
    organisations = {}
    for number in range(12):
        key = _organisation(number)
        country, name = (part.capitalize() for part in key.split("-"))
        organisations[key] = {"name": f"{name} of {country}", "abbreviation": f"{name[:2]}{country[0]}".upper()}
        organisations[key]["place"] = TOWNS[2 + number]
    labels = {"year": "V.", "file": "D.", "folio": "fl."}
    archives = {
        "raw": {"name": "Record Archive of Westland", "abbreviation": "RAW", "place": TOWNS[14], "labels": labels},
        "rsw": {"name": "Record Store of Northland", "abbreviation": "RSN", "place": TOWNS[15], "labels": labels},
    }
    return {"places": places, "organisations": organisations, "archives": archives}


def _make_essay(rng: Random, people: Sequence[Someone], keys: Sequence[str], shelf: Shelf) -> str:
    archives = "What is left lies in [one archive](archive:raw) and [another](archive:rsw)"
    paragraphs = [_join([archives], [f"[{shelf.items[0].cite(rng)}]"])]
    for part in range(6):
        number = part * len(keys) // 6
        chosen = shelf.choose(rng, number, len(keys))
        start = f"At [that meeting](meeting:{keys[number]}) {rng.choice(people).link}"
        sentences = [write_sentence(rng, start), *(write_sentence(rng) for _ in range(4))]
        paragraphs.append(_join(sentences, [f"[{source.cite(rng)}]" for source in chosen[:3]]))
    return _make_page("The long pause", paragraphs)


def _make_page(title: str, paragraphs: Iterable[str]) -> str:
    return f"---\ntitle: {title}\n---\n\n" + "\n\n".join(wrap(text) for text in paragraphs) + "\n"
