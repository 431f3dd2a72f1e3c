"""A small edition in which each kind of record has each section and fact that it can have."""

from __future__ import annotations

EVERYTHING = {
    "mkdocs.yml": (
        "site_name: All of it\nextra:\n  dosje:\n    citation_style: chicago-notes-bibliography-subsequent-ibid\n"
        "    concordance: {luthi: 3}\n"
    ),
    "content/archives.yml": (
        "state:\n  name: Arkivi Qendror\n  language: sq\n  english: State Archive\n  abbreviation: SA\n"
        "  place: tirana\n  variants: [Central Archive]\n  labels: {file: D., folio: fl.}\n"
        "  abbreviations: [{sign: fl., term: fletë, meaning: Leaf}]\n"
        "  isil: XX-SA\n  country: AL\n  url: https://example.org/archive\n"
        "  names: [{name: Arkivi i Vjetër, to: '1949'}]\n"
        "  description: It keeps [the box](source:box) [@luthi, 1].\n"
    ),
    "content/places.yml": (
        "albania: {name: Albania, kind: country, coordinates: '41.1, 20.0'}\n"
        "tirana:\n  name: Tirana\n  variants: [Tiranë]\n  part_of: albania\n  coordinates: '41.33, 19.82'\n"
        "  same_as: {Wikidata: Q19689}\n  description: The capital [@luthi, 2].\n"
        "street: {name: A street, part_of: tirana}\n"
    ),
    "content/organisations.yml": (
        "party:\n  name: Party of Labour\n  abbreviation: PLA\n  place: tirana\n  variants: [PPSh]\n"
        "  same_as: {Wikidata: Q1}\n  description: It ruled [@luthi, 3].\n"
        "bureau: {name: Politburo, part_of: party}\n"
    ),
    "content/persons/kapo.yml": (
        "name: {given: Hysni, family: Kapo, native: Hysni}\nvariants: [Capo]\nborn: 1915-03-04\ndied: 1979-09-23\n"
        "same_as: {Wikidata: Q2}\n"
        "affiliations:\n"
        "  - {organisation: party, office: secretary, from: '1956', to: '1979', cite: '[@luthi, 4]'}\n"
        "  - {organisation: bureau, office: member, date: '1960', cite: '[@luthi, 4]'}\n"
        "biography: He wrote [a letter](source:letter) [@letter, fl. 3].\n"
        "disputes:\n  - question: Did he obey?\n    positions:\n      - {claim: Yes, cite: '[@letter, fl. 4]'}\n"
        "      - {claim: No, cite: '[@luthi, 5]'}\n    comment: Nobody knows.\n"
    ),
    "content/persons/hoxha.yml": (
        "name: {given: Enver, family: Hoxha}\n"
        "biography: Of [Kapo](person:kapo), of [Tirana](place:tirana) and of [the party](organisation:party) "
        "he heard in [a talk](meeting:talk) after [the arrival](event:arrival); [an archive](archive:state) keeps "
        "[the first part](essay:first) and [the work](source:luthi) [@luthi, 6].\n"
    ),
    "content/meetings/congress.yml": (
        "title: Congress\nkind: congress\ndate: 1960-11\n"
        "participants:\n  - {person: kapo, cite: '[@luthi, 7]'}\n  - {person: hoxha, cite: '[@luthi, 7]'}\n"
    ),
    "content/meetings/talk.yml": (
        "title: A talk\nkind: talks\ndate: 1960-11-05\nplace: tirana\npart_of: congress\nhost: party\n"
        "variants: [The quarrel]\nfollows: [before]\nprecedes: [after]\nsee_also: [after]\n"
        "participants:\n  - {person: kapo, for: party, role: speaker, cite: '[@letter, fl. 3]'}\n"
        "  - {person: hoxha, for: party, cite: '[@luthi, 8]'}\n"
        "  - {organisation: bureau, attendance: uncertain, cite: '[@luthi, 8]'}\n"
        "summary: They talked [@luthi, 8].\n"
        "account: And quarrelled [@letter, fl. 3].\noutcome: Nothing [@luthi, 9].\n"
        "disputes:\n  - question: On which day?\n    positions:\n      - {claim: The fifth, cite: '[@letter, fl. 5]'}\n"
        "      - {claim: The sixth, cite: '[@luthi, 9]'}\n"
    ),
    "content/meetings/before.yml": "title: Before it all\nkind: session\ndate: 1960-10\nplace: tirana\n",
    "content/meetings/after.yml": (
        "title: After it all\nkind: session\ndate: 1960-11-05\npart_of: talk\n"
        "account: Nobody came [cf. @unsure, fl. 5].\n"
    ),
    "content/events/arrival.yml": (
        "title: An arrival\nkind: diplomatic\ndate: 1960-11-04\nplace: tirana\nmeetings: [talk]\nvariants: [Landing]\n"
        "account: They came [@letter, fl. 3].\n"
        "disputes:\n  - question: By air?\n    positions:\n      - {claim: Yes, cite: '[@letter, fl. 4]'}\n"
        "      - {claim: By sea, cite: '[@luthi, 5]'}\n"
    ),
    "content/sources/box.yml": (
        "type: file\nlevel: file\ntitle: A box\nrepository: state\nreference: F. 1\nfile: '2'\nseen: original\n"
    ),
    "content/sources/letter.yml": (
        "type: letter\ntitle: A letter\noriginal_title: Letër\nauthor: kapo\nrecipient: hoxha\ndate: 1960-11-05\n"
        "place: tirana\npart_of: box\nfolios: 3–5\nlanguage: sq\nmeetings: [talk]\nvariants: [His report]\n"
        "url: https://example.org/letter\n"
        "medium: typescript\nstate: copy\nnumber: 10a\ndate_supplied: from the stamp\n"
        "dates: [{kind: received, date: 1960-11-06, supplied: from the register}]\n"
        "description: It tells of [the talk](meeting:talk) [@luthi, 10].\n"
        "witnesses:\n  - kind: edition\n    description: Printed.\n    part_of: box\n    folios: '9'\n"
        "    published_in: luthi\n    pages: '77'\n    url: https://example.org/copy\n    seen: scan\n"
        "    via: '[@luthi, 11]'\n"
        "disputes:\n  - question: Is it his?\n    positions:\n      - {claim: It is, cite: '[@letter, fl. 5]'}\n"
        "      - {claim: It is not, cite: '[@luthi, 12]'}\n"
        "seen: via\nvia: '[@luthi, 13]'\n"
    ),
    "content/sources/note.yml": (
        "type: notes\ntitle: A note\nauthor: hoxha\nrecipient: kapo\npart_of: box\nfolios: '6'\nseen: scan\n"
    ),
    "content/sources/paged.yml": (
        "type: file\nlevel: file\ntitle: A paged file\nrepository: state\nreference: F. 1\nfile: '3'\nleaves: pages\n"
        "folios: 1–9\nseen: original\n"
    ),
    "content/sources/unsure.yml": (
        "type: file\nlevel: file\ntitle: A file\nrepository: state\nreference: F. 1\nfile: '4'\nleaves: unknown\n"
        "folios: 1–9\ntitle_is: supplied\nformer: [{code: F. 9}]\nseen: original\n"
    ),
    "content/essays/first.md": (
        "---\ntitle: First part\nsummary: What came before\norder: 1\n---\nOpening [@letter, fl. 3].\n\n"
        "## A heading\n\nOf [Kapo](person:kapo) and [the letter](source:letter) [@luthi, 14].\n"
    ),
    "content/essays/second.md": (
        "---\ntitle: Second part\norder: 2\n---\nThe end [@luthi, 15; @paged, p. 3; @unsure, fl. 4].\n"
    ),
    "content/pages/about.md": "---\ntitle: About\n---\nHow it was made [@luthi, 16].\n",
    "bibliography/all.bib": (
        "@book{luthi,\n  author = {Lüthi, Lorenz},\n  title = {The Split},\n  date = {2008},\n  doi = {10.1/x},\n"
        "  variants = {The Spilt [@letter, fl. 2]},\n"
        "  annotation = {A history; see [the talk](meeting:talk) [@letter, fl. 3].}\n}\n"
    ),
}
