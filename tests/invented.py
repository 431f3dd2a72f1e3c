"""Invented editions that the tests of several packages share, as files by path."""

from __future__ import annotations

PEOPLE = {f"content/persons/{key}.yml": f"name: {{family: {key.capitalize()}}}\n" for key in ("ada", "bo", "cy", "dee")}
SOURCE = {"content/sources/s.yml": "type: report\ntitle: S\nseen: original\n"}


def meeting(date: str, **attendance: str) -> str:
    parts = "".join(
        f'  - {{person: {key}, for: p, attendance: {how}, cite: "[@s, fl. 1]"}}\n' for key, how in attendance.items()
    )
    return f"title: M {date}\nkind: talks\ndate: {date}\nparticipants:\n{parts}"


LISTS = {
    "content/places.yml": "x: {name: X, kind: country}\ny: {name: Y, part_of: x}\nz: {name: Z, kind: country}\n",
    "content/organisations.yml": "top: {name: Top, place: y}\np: {name: P, part_of: top, place: z}\n",
}
MEETINGS = {
    **PEOPLE, **SOURCE, **LISTS,
    "content/meetings/m1.yml": meeting("1960-06-01", ada="present", bo="observer", cy="absent"),
    "content/meetings/m2.yml": meeting("1960-05-01", bo="present", ada="present", cy="uncertain"),
    "content/meetings/m3.yml": meeting("1961", ada="invited", dee="present"),
}  # fmt: skip
QUARREL = """\
title: A quarrel
kind: talks
date: 1960-06-24
participants:
  - {person: kapo, role: envoy, attendance: present, cite: "[@letter, fl. 3]"}
account: |
  He *kept* to it [@letter, fl. 3]. And again [@letter, fl. 3].
disputes:
  - question: Which day?
    positions:
      - {claim: The 24th, cite: "[@letter, fl. 3]"}
      - {claim: The 25th, cite: "[@luthi, 12]"}
"""
BOOK = {
    "content/meetings/quarrel.yml": QUARREL,
    "content/persons/kapo.yml": "name: {family: Kapo, given: Hysni}\nbiography: An envoy [@luthi, 3].\n",
    "content/archives.yml": "state: {name: State Archive, abbreviation: SA, labels: {file: D., folio: fl.}}\n",
    "content/sources/box.yml": (
        "type: file\nlevel: file\ntitle: Letters\nrepository: state\nreference: F. 1\nfile: '2'\nseen: scan\n"
    ),
    "content/sources/letter.yml": (
        "type: letter\ntitle: On the quarrel\nauthor: kapo\nrecipient: Enver Hoxha\ndate: 1960-06-24\n"
        "part_of: box\nfolios: 3\nseen: scan\n"
    ),
    "content/essays/story.md": "---\ntitle: The story\n---\n## How\n\nThey [met](meeting:quarrel) [@letter, fl. 3].\n",
    "bibliography/a.bib": '@book{luthi, author={L\\"uthi, Lorenz}, title={The Split}, date={2008}}\n',
}
