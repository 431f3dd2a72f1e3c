"""Works as reference managers export them, from the file to pages, notes, books, exports and the lookup."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

from conftest import load_cases
from hostile import run
from sharing import share, unchanged

CONFIG = """\
site_name: Works
site_url: https://example.org/
extra:
  dosje:
    locale: en-GB
"""
KEYS_BIB = """\
@book{Owl:2010, author = {Owl, Ann}, title = {One}, date = {2010}}
@book{Müller2010, author = {Müller, Jo}, title = {Two}, date = {2010}}
@book{heron.2023, author = {Heron, Hu}, title = {Three}, date = {2023}}
@book{gold_forum:_2016, author = {Gold, M.}, title = {Four}, date = {2016}}
@book{DBLP:conf/x/Y10, author = {Yew, Z.}, title = {Five}, date = {2010}}
@book{smith_history_????, author = {Smith, A.}, title = {Six}, date = {1999}}
@book{毛1950, author = {Mao, Z.}, title = {Seven}, date = {1950}}
"""
KEYS_PAGE = """\
---
title: Keys
---

One [@Owl:2010, 3]. Two [@Müller2010]. Three [@heron.2023]. Four [@gold_forum:_2016]. Five [@DBLP:conf/x/Y10, 7].
Six [@{smith_history_????}, 9]. Seven [@毛1950]. Or [all](source:Owl:2010) in one [@{Owl:2010}; @{毛1950}, 2].
"""
VALUES_BIB = r"""
@unpublished{remark, author = {Smith, John}, title = {Letter to Mr Raney}, date = {1936-04-23},
  annotation = {RCB: Doc. 12393}, file = {/home/jane/a.pdf}}
@book{host, author = {Roe, A.}, title = {T}, date = {2001}, url = {www.example.org/stable/1\_2}}
@book{noaddress, author = {Poe, E.}, title = {U}, date = {2002}, url = {in the reading room}, doi = {doi:10.1/a\_b}}
"""
VALUES_PAGE = "---\ntitle: Values\n---\n\nOne [@remark]. Two [@host]. Three [@noaddress].\n"
DATES = load_cases("work_dates.yml")
DATES_BIB = "".join(
    f"@unpublished{{date{at}, author = {{Roe, A.}}, title = {{T{at}}}, "
    + "".join(f"{name} = {text if '#' in text else f'{{{text}}}'}, " for name, text in fields.items())
    + "}\n"
    for at, (fields, *_) in enumerate(DATES)
)
DATES_PAGE = "---\ntitle: Dates\n---\n\n" + " ".join(f"T [@date{at}]." for at in range(len(DATES))) + "\n"
ZOTERO_JSON = [
    {"id": "http://zotero.org/users/1/items/AB", "citation-key": "owl1971", "type": "article-journal",
     "title": "Plates of the <i>Pond</i>", "container-title": "Journal of Reeds", "volume": "12", "issue": "3",
     "author": [{"family": "Owl", "given": "Ann"}], "issued": {"date-parts": [["1971", 5]]}, "page": "101-120"},
    {"id": "http://zotero.org/users/1/items/CD", "type": "book", "title": "Long Bills", "publisher": "Reed",
     "author": [{"family": "Heron", "given": "Hu"}], "issued": {"literal": "c. 1850"}},
]  # fmt: skip
ENDNOTE_RIS = """\
TY  - BOOK
AU  - Mole, M.
TI  - Spoons
PB  - Reed
PY  - [1960]
N1  - lent to Jane
ER  -
"""
ITEMS_PAGE = """\
---
title: Items
---

One [@owl1971, 103]. Two [@{http://zotero.org/users/1/items/CD}, 5]. Three [@mole-1960, 7]. Four [@deep]. Five [@caps].
"""
TEX_BIB = r"""
@article{tex1, title = {{On $E=mc^2$, $\alpha$-rays, $\frac{1}{2}$ and ``\emph{Bars}''}}, author = {Erd{\H o}s, P.},
  journaltitle = {Journal of {\LaTeX} $\gamma$}, date = {1999}}
@book{tex2, title = {{\textcyrillic{\CYRP\cyrr\cyra\cyrv\cyrd\cyra}}}, author = {{\textcyrillic{\CYRA\cyrb}}, B.},
  publisher = {M\"uller \& S{\o}n}, date = {1998}}
@thesis{tex4, title = {{Of $x^2 \leq \frac{1}{2}$}}, author = {Roe, A.},
  type = {{PhD} thesis}, institution = {U}, date = {1996}}
@book{tex3, title = {{Of \unknown{What} 50\% H\textsubscript{2}O --- $x_i$}}, author = {Roe, A.}, date = {1997}}
"""
TEX_PAGE = "---\ntitle: TeX\n---\n\nOne [@tex1, 3]. Two [@tex2]. Three [@tex3]. Four [@tex4].\n"
FILES = {
    "content/pages/tex.md": TEX_PAGE, "bibliography/tex.bib": TEX_BIB,
    "content/pages/items.md": ITEMS_PAGE, "bibliography/zotero.json": json.dumps(ZOTERO_JSON, indent=1),
    "bibliography/more/endnote.RIS": ENDNOTE_RIS,
    "bibliography/more/old/deep.bib": "@book{deep, author = {Yew, Z.}, title = {Deep}, date = {1999}}",
    "bibliography/Caps.BIB": "@book{caps, author = {Yew, Z.}, title = {Caps}, date = {1998}}",
    "mkdocs.yml": CONFIG, "content/pages/keys.md": KEYS_PAGE, "bibliography/keys.bib": KEYS_BIB,
    "content/pages/values.md": VALUES_PAGE, "bibliography/values.bib": VALUES_BIB,
    "content/pages/dates.md": DATES_PAGE, "bibliography/dates.bib": DATES_BIB,
}  # fmt: skip


def build(root: Path) -> None:
    for name, text in FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    run("build", root=root)
    run("pdf", root=root)


@pytest.fixture(scope="module")
def built_works(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    yield from unchanged(share(tmp_path_factory, "works-of-managers", build))


def notes_of(root: Path, page: str) -> list[str]:
    text = (root / "site" / page / "index.html").read_text(encoding="utf-8")
    notes = re.findall(r'<li id="fn:[^>]*>(.*?)</li>', text, re.DOTALL)
    # What follows "Full:" is hidden until somebody points there.
    shown = (" ".join(html.unescape(re.sub("<[^>]+>", "", note)).split()) for note in notes)
    return [note.removesuffix(" ↩").partition(" Full: ")[0] for note in shown]


def test_keys_of_any_script_are_cited_and_the_address_is_a_slug(built_works: Path) -> None:
    assert notes_of(built_works, "keys") == [
        "Ann Owl, One (2010), 3.",
        "Jo Müller, Two (2010).",
        "Hu Heron, Three (2023).",
        "M. Gold, Four (2016).",
        "Z. Yew, Five (2010), 7.",
        "A. Smith, Six (1999), 9.",
        "Z. Mao, Seven (1950).",
        "Owl, One; Mao, Seven, 2.",
    ]
    folders = {path.parent.name for path in (built_works / "site" / "sources").glob("*/index.html")}
    assert folders >= {"owl-2010", "muller2010", "heron-2023", "gold-forum-2016", "dblp-conf-x-y10", "smith-history"}
    assert json.loads((built_works / "site/sources/owl-2010.csl.json").read_text())[0]["id"] == "Owl:2010"


def test_the_lookup_leads_to_the_address_and_takes_such_a_key(built_works: Path) -> None:
    answer = run("cite", "Ann Owl, One (2010), 3.", root=built_works)
    assert "Owl:2010 · https://example.org/sources/owl-2010/" in answer
    assert "Owl:2010" in run("cite", "--folio", "Owl:2010:3", root=built_works)


def test_links_of_the_book_lead_to_such_a_key(built_works: Path) -> None:
    places = json.loads(next((built_works / ".build/downloads").glob("*.places.json")).read_text(encoding="utf-8"))
    assert {"r:source/Owl:2010", "r:source/毛1950"} <= places.keys()


def test_remarks_and_paths_of_a_disk_are_published_nowhere(built_works: Path) -> None:
    assert notes_of(built_works, "values") == [
        "John Smith, ‘Letter to Mr Raney’, unpublished manuscript, 23 April 1936.",
        "A. Roe, T (2001), https://www.example.org/stable/1_2.",
        "E. Poe, U (2002), https://doi.org/10.1/a_b.",
    ]
    site = [path for path in (built_works / "site").rglob("*") if path.is_file()]
    assert [path.name for path in site if b"Doc. 12393" in (text := path.read_bytes()) or b"/home/jane" in text] == []


def test_every_date_is_printed_and_none_is_lost(built_works: Path) -> None:
    shown = [note.replace("\u00a0", " ") for note in notes_of(built_works, "dates")]
    # No full stop stands behind a question mark.
    expected = [
        f"A. Roe, ‘T{at}’, unpublished manuscript, {note}{'' if note.endswith('?') else '.'}"
        for at, (_, _, _, note) in enumerate(DATES)
    ]
    assert shown == expected


def test_exports_say_the_date_of_the_note_and_always_the_year(built_works: Path) -> None:
    sources = built_works / "site" / "sources"
    for at, (_, edtf, words, note) in enumerate(DATES):
        item = json.loads((sources / f"date{at}.csl.json").read_text(encoding="utf-8"))[0]
        assert "issued" in item
        if "literal" in item["issued"]:
            assert item["issued"]["literal"].replace(" – ", "–") == note.replace(" – ", "–")
        ris = (sources / f"date{at}.ris").read_text(encoding="utf-8")
        year = re.search(r"(?<![0-9])[0-9]{4}(?![0-9])", edtf or words.removeprefix("? "))
        known = year and not words.startswith("-")
        assert re.findall(r"^PY  - (.*?)\r?$", ris, re.MULTILINE) == ([year[0]] if year and known else []), (ris, edtf)
        assert "\nDA  - " in ris


def test_files_of_every_program_are_read_also_in_folders(built_works: Path) -> None:
    assert notes_of(built_works, "items") == [
        "Ann Owl, ‘Plates of the Pond’, Journal of Reeds 12, no. 3 (1971): 103.",
        "Hu Heron, Long Bills (Reed, c. 1850), 5.",
        "M. Mole, Spoons (Reed, [1960]), 7.",
        "Z. Yew, Deep (1999).",
        "Z. Yew, Caps (1998).",
    ]
    biblatex = (built_works / "site/sources/owl1971.biblatex.bib").read_text(encoding="utf-8")
    assert "@article{owl1971" in biblatex and "date = {1971-05}" in biblatex
    assert "Jane" not in "".join(path.read_text("utf-8") for path in (built_works / "site/sources").glob("mole-1960.*"))


def test_tex_is_nowhere_left_as_it_is(built_works: Path) -> None:
    assert [note.replace("\u00a0", " ") for note in notes_of(built_works, "tex")] == [
        "P. Erdős, ‘On E = mc2, α-rays, 1/2 and “Bars”’, Journal of LaTeX γ, 1999, 3.",
        "B. Аб, Правда (Müller & Søn, 1998).",
        "A. Roe, Of What 50% H2O — xi (1997).",
        "A. Roe, ‘Of x2 ≤1/2’ (PhD thesis, U, 1996).",
    ]
    raw = re.compile(r"\\(?:alpha|frac|text|emph|unknown|CYR|cyr)|\$[Ex\\]")
    for key in ("tex1", "tex2", "tex3"):
        page = (built_works / "site/sources" / key / "index.html").read_text(encoding="utf-8")
        shown = re.sub(r'<script type="application/json".*?</script>', "", page, flags=re.DOTALL)
        assert raw.findall(shown) == [], key
        for ending in ("ris", "csl.json"):
            assert raw.findall((built_works / f"site/sources/{key}.{ending}").read_text(encoding="utf-8")) == [], key
    book = pypdfium2.PdfDocument(built_works / ".build/downloads/edition.pdf")
    document = "\n".join(page.get_textpage().get_text_bounded() for page in book)
    assert raw.findall(document) == []
    assert "α-rays" in document and "Правда" in document
