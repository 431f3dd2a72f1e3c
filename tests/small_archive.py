"""A small edition that has a record of each kind, with most of its fields: for tests of what is made of all of them."""

from __future__ import annotations

FILES = {
    "mkdocs.yml": "site_name: A small edition\nsite_url: https://example.org/e\n",
    "content/archives.yml": (
        "aqsh: {name: Arkivi Qendror, english: Central Archive, abbreviation: AQSH, place: tirana,\n"
        "  labels: {year: V., file: D., folio: fl.}}\n"
    ),
    "content/places.yml": (
        "albania: {name: Albania, kind: country}\n"
        'tirana: {name: Tirana, variants: [Tiranë], coordinates: "41.33, 19.82", part_of: albania}\n'
    ),
    "content/organisations.yml": (
        "pla: {name: Party of Labour, abbreviation: PLA, place: tirana}\n"
        "politburo: {name: Politburo, part_of: pla, same_as: {wikidata: Q1, other: Q2, viaf: https://viaf.org/2}}\n"
    ),
    "content/persons/hysni-kapo.yml": (
        "name: {family: Kapo, given: Hysni}\nvariants: [Hysni Kapoja]\nborn: 1915-03-04\ndied: 1979~\n"
        "affiliations:\n"
        "  - {organisation: politburo, office: member, from: 1948, to: 1979, cite: '[@letter, fl. 3]'}\n"
        "  - {organisation: pla, office: secretary, date: 1960, cite: '[@letter, fl. 3]'}\n"
        "  - {organisation: pla, office: member, date: 1961, cite: '[@letter, fl. 3]'}\n"
    ),
    "content/persons/enver-hoxha.yml": "name: {family: Hoxha, given: Enver}\n",
    "content/meetings/bucharest.yml": (
        "title: Meeting in Bucharest\nkind: conference\ndate: 1960-06-24/1960-06-26\nplace: tirana\nhost: pla\n"
        "participants:\n"
        "  - {person: hysni-kapo, for: pla, role: head, attendance: present, cite: '[@letter, fl. 4]'}\n"
        "  - {person: enver-hoxha, for: pla, attendance: absent, cite: '[@letter, fl. 4]'}\n"
        "account: |\n  Kapo spoke [@letter, fl. 3–4]. Others agreed [@book, 12].\n"
        "disputes:\n"
        "  - question: Which night?\n    positions:\n"
        "      - {claim: 'That *from* 24 June.', cite: '[@letter, fl. 3; @book, 12]'}\n"
        "      - {claim: That from 25 June., cite: '[@letter]'}\n"
    ),
    "content/meetings/talk.yml": (
        "title: A talk\nkind: conversation\ndate: 1960-06-25?\npart_of: bucharest\n"
        "account: |\n  They talked <at> night [@letter, fl. 5].\n"
    ),
    "content/events/split.yml": "title: The split\nkind: party\ndate: 1961-23\naccount: |\n  It came [@book, 15].\n",
    "content/sources/fonds.yml": (
        "{type: fonds, level: fonds, title: Fonds, reference: F. 14, repository: aqsh, seen: original}\n"
    ),
    "content/sources/file.yml": (
        "{type: file, level: file, title: File five, year: 1960, file: 5, part_of: fonds, seen: original}\n"
    ),
    "content/sources/letter.yml": (
        "type: letter\ntitle: Kapo reports\noriginal_title: Raport\nlanguage: sq\nauthor: hysni-kapo\n"
        "recipient: [enver-hoxha, The Secretary]\ndate: 1960-06-24\nplace: tirana\nfolios: 3–5, 9\npart_of: file\n"
        "meetings: [bucharest]\nseen: original\n"
    ),
    "content/sources/loose.yml": "{type: notes, level: item, title: Loose notes, date: 196X, seen: scan}\n",
    "content/essays/quarrel.md": "---\ntitle: The quarrel\nsummary: How it began.\n---\nIt began [@letter, fl. 3].\n",
    "content/pages/about.md": "---\ntitle: About\n---\nAll.\n",
    "bibliography/a.bib": (
        "@book{book, author = {Lüthi, Lorenz and {The Institute}}, title = {The \\emph{Split}}, date = {2008}, "
        "publisher = {Princeton University Press}, isbn = {978-0}, doi = {10.1/a b}, langid = {english}}\n"
        "@article{article, author = {von Neumann, John}, title = {A Paper}, journaltitle = {Cold War <i>History</i>}, "
        "date = {2015-03}, pages = {1--9}}\n"
    ),
}
