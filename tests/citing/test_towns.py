"""The town of an archive stands behind it, and the place where a document was written before its date: in any style."""

from __future__ import annotations

import pytest

from conftest import Edition
from dosje.checking.edition import check_edition
from dosje.web.page_maker import PageMaker
from rendering import plain_notes_of

FILES = {
    "content/places.yml": "tirana: {name: Tirana}\nbucharest: {name: Bucharest}\nkew: {name: Kew}\n",
    "content/archives.yml": """
        aqsh: {name: Archive, abbreviation: AQSH, place: tirana, labels: {folio: fl.}}
        tna: {name: 'The National Archives, Kew', place: kew}
    """,
    "content/persons/hysni.yml": "name: {family: Kapo, given: Hysni}\n",
    "content/persons/enver.yml": "name: {family: Hoxha, given: Enver}\n",
    "content/persons/mao.yml": "name: {family: Mao, given: Zedong, family_first: true}\n",
    "content/sources/f.yml": "{level: fonds, type: fonds, title: F, reference: F. 14, repository: aqsh, seen: scan}",
    "content/essays/e.md": (
        "---\ntitle: E\n---\nA [@letter, fl. 4]. B [@telegram]. C [@minutes]. D [@said]. E [@kew]. F [@letter, fl. 5]. "
        "G [@minutes, fl. 3]. H [@to-mao]. I [@to-mao, fl. 2].\n"
    ),
} | {
    f"content/sources/{key}.yml": f"{{{fields}{'' if key == 'kew' else ', part_of: f'}, seen: scan}}\n"
    for key, fields in {
        "letter": "type: letter, title: L, author: hysni, recipient: enver, place: bucharest, date: 1960-06-20",
        "telegram": "type: telegram, title: T, author: enver, recipient: hysni, place: tirana, date: 1960-06-21",
        "minutes": "type: minutes, title: Minutes of the talks, place: bucharest, date: 1960-06-24",
        "said": "type: minutes, title: Minutes of the Bucharest meeting, place: bucharest, date: 1960-06-24",
        "to-mao": "type: letter, title: M, author: Clerk, recipient: mao, place: kew",
        "kew": "type: despatch, title: D, author: hysni, recipient: enver, repository: tna",
    }.items()
}
PRINTED = {
    "chicago-notes-bibliography-archive-place-first": [
        "Hysni Kapo to Enver Hoxha, Bucharest, 20 June 1960, AQSH, Tirana, F. 14, fl. 4.",
        "Enver Hoxha, telegram to Hysni Kapo, Tirana, 21 June 1960, AQSH, Tirana, F. 14.",
        "Minutes of the talks, Bucharest, 24 June 1960, AQSH, Tirana, F. 14.",
        "Minutes of the Bucharest meeting, 24 June 1960, AQSH, Tirana, F. 14.",
        "Hysni Kapo, despatch to Enver Hoxha, n.d., The National Archives, Kew.",
        "Kapo to Hoxha, 20 June 1960, fl. 5.",
        "Minutes of the talks, fl. 3.",
        "Clerk to Mao Zedong, Kew, n.d., AQSH, Tirana, F. 14.",
        "Clerk to Mao, fl. 2.",
    ],
    "mhra-notes": [
        "Hysni Kapo, letter to Enver Hoxha, Bucharest, 20 June 1960, AQSH, Tirana, F. 14, fl. 4.",
        "Enver Hoxha, telegram to Hysni Kapo, Tirana, 21 June 1960, AQSH, Tirana, F. 14.",
        "Minutes of the talks, Bucharest, 24 June 1960, AQSH, Tirana, F. 14.",
        "Minutes of the Bucharest meeting, 24 June 1960, AQSH, Tirana, F. 14.",
        "Hysni Kapo, despatch to Enver Hoxha, n.d., The National Archives, Kew.",
        "Kapo to Hoxha, 20 June 1960, fl. 5.",
        "Minutes of the talks, fl. 3.",
        "Clerk, letter to Mao Zedong, Kew, n.d., AQSH, Tirana, F. 14.",
        "Clerk to Mao, fl. 2.",
    ],
}


@pytest.mark.parametrize("style", PRINTED)
def test_each_place_stands_where_a_reader_looks_for_it(style: str, edition: Edition) -> None:
    config = f"site_name: A\nextra: {{dosje: {{citation_style: {style}, archival_ibid: false}}}}\n"
    checked = check_edition(edition(FILES | {"mkdocs.yml": config}))
    assert checked.linked and checked.style
    page = PageMaker(checked.linked, checked.style).make_pages(["essays/e.md"])[0]["essays/e.md"]
    assert plain_notes_of(page) == PRINTED[style]
