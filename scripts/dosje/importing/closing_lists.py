"""The lists of a manuscript: of works, of archives, of abbreviations. They are known by their headings.

The headings are those that historians set in the eight languages of the interface.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ..markup.tree import Block, Blocks, Definitions, Heading, Items, Table, feet_of, inlines_of, text_of

_WORKS = """
bibliography; select bibliography; selected bibliography; works cited; cited works; references; reference list;
list of references; literature; literature cited; works; secondary literature; secondary sources; secondary works;
published sources; published primary sources; printed sources; printed primary sources; books and articles; books;
articles; books, articles and dissertations; further reading; literatur; literaturverzeichnis; bibliographie;
bibliografie; sekundärliteratur; forschungsliteratur; gedruckte quellen; veröffentlichte quellen; edierte quellen;
quelleneditionen; darstellungen; zitierte literatur; literaturliste; ouvrages cités; références;
références bibliographiques; littérature secondaire; sources imprimées; sources publiées; ouvrages;
ouvrages et articles; bibliographie sélective; travaux; bibliografia; opere citate; riferimenti bibliografici;
fonti edite; fonti a stampa; letteratura secondaria; riferimenti; bibliografía; obras citadas; referencias;
referencias bibliográficas; fuentes impresas; fuentes publicadas; fuentes secundarias; literatura;
vepra të cituara; burime të botuara; burimet e botuara; literatura e cituar; referencat; referenca; библиография;
литература; список литературы; использованная литература; опубликованные источники; исследования;
монографии и статьи; 参考文献; 參考文獻; 参考书目; 參考書目; 引用文献; 文献目录; 征引文献; 徵引文獻; 书目;
主要参考文献
"""
_ARCHIVES = """
archives; archival sources; archives consulted; archives cited; archival collections; archival materials;
archival material; manuscript sources; manuscript collections; unpublished sources; unpublished primary sources;
archives and collections; manuscripts; archivalien; archive; archivquellen; archivalische quellen;
ungedruckte quellen; unveröffentlichte quellen; verzeichnis der archive; archivbestände; benutzte archive;
sources d'archives; sources manuscrites; fonds d'archives; sources inédites; archives consultées;
sources non publiées; fonds consultés; archivi; fonti archivistiche; fonti d'archivio; fonti inedite;
archivi consultati; fondi archivistici; archivos; fuentes de archivo; fuentes archivísticas; fuentes inéditas;
archivos consultados; fuentes manuscritas; arkivat; burime arkivore; burimet arkivore; arkiva;
burime të pabotuara; архивы; архивные источники; архивные материалы; неопубликованные источники; архивные фонды;
档案; 檔案; 档案资料; 檔案資料; 档案来源; 未刊档案; 档案文献
"""
_ABBREVIATIONS = """
abbreviations; list of abbreviations; abbreviations used in the notes; abbreviations in the notes; acronyms;
list of acronyms; abbreviations and acronyms; acronyms and abbreviations; list of abbreviations and acronyms;
sigla; abkürzungen; abkürzungsverzeichnis; verzeichnis der abkürzungen; siglen; siglenverzeichnis;
abkürzungen und siglen; abréviations; sigles; liste des abréviations; liste des sigles; sigles et abréviations;
abréviations et sigles; table des sigles; abbreviazioni; sigle; elenco delle abbreviazioni; sigle e abbreviazioni;
abbreviazioni e sigle; abreviaturas; siglas; lista de abreviaturas; siglas y abreviaturas; abreviaturas y siglas;
shkurtime; shkurtimet; shkurtesa; shkurtesat; lista e shkurtimeve; lista e shkurtesave; сокращения;
список сокращений; перечень сокращений; принятые сокращения; список принятых сокращений; 缩略语; 缩写; 缩略语表;
略语表; 縮略語; 简称; 缩写表
"""
# Under these stand archives and works, each under a heading of its own or mixed.
_BOTH = """
sources; primary sources; sources and bibliography; sources and literature; sources cited; list of sources;
sources and works cited; quellen; quellenverzeichnis; quellen und literatur; quellen- und literaturverzeichnis;
primärquellen; quellen- und literatur; verzeichnis der quellen und literatur; sources et bibliographie;
sources primaires; sources et ouvrages cités; état des sources; fonti; fonti e bibliografia; fonti primarie;
fuentes; fuentes y bibliografía; fuentes primarias; burimet; burime; burimet dhe literatura;
burime dhe literaturë; burimet dhe bibliografia; burime parësore; источники; источники и литература;
список источников и литературы; список источников; библиографический список; 资料来源; 史料; 資料來源; 引用资料
"""


def _split(words: str) -> list[str]:
    return [" ".join(part.split()) for part in words.split(";")]


_KINDS = {
    name: kind
    for kind, words in (("works", _WORKS), ("archives", _ARCHIVES), ("abbreviations", _ABBREVIATIONS), ("both", _BOTH))
    for name in _split(words)
}
# "VI.", "5.2", "A)" before a heading.
_NUMBERED = re.compile(r"(?:(?:[ivxlc]+|[a-z]|\d+(?:\.\d+)*)[.)]|\d+(?:\.\d+)*)\s+")
# Prose has longer paragraphs than a list has entries.
_LONGEST_ENTRY = 900
_SHORT = r"[^\W_][\w./&’'-]{0,14}(?: [\w./&-]{1,10}){0,2}"
_EXPLAINED = re.compile(rf"({_SHORT})\s*(?:=|:|：|–|—|\s-)\s*(\S.+)", re.DOTALL)
_ACRONYM = re.compile(r"([^\W\d_a-zà-ÿа-я][\w./&-]*)\s+([^\W\d_].+)", re.DOTALL)
_IN_BRACKETS = re.compile(r"(.{4,}?)\s*[(\[（]([^\W\d_][\w./&-]{1,14})[)\]）]")
_YEAR = re.compile(r"\b(?:1[4-9]|20)\d\d\b")
_OF_ARCHIVES = re.compile(
    r"archiv|arkiv|архив|档案|檔案|\bfonds?\b|\bbestand\b|\bfondo\b|\bфонд\b|\bф\.|record group|\bRG \d|\bpapers\b|"
    r"library|bibliothek|bibliothèque|biblioteca|manuscript|nachlass",
    re.IGNORECASE,
)


@dataclass
class ClosingLists:
    """What the lists of a manuscript say, as `Manuscript` has it. `taken`: heading and number of entries of each."""

    works: list[str] = field(default_factory=list)
    archives: list[str] = field(default_factory=list)
    abbreviations: dict[str, str] = field(default_factory=dict)
    taken: list[tuple[str, int]] = field(default_factory=list)


def take_lists(blocks: Blocks) -> tuple[Blocks, ClosingLists]:
    """Return a text without its lists, and what they say. What is prose, or calls a note, stays in the text."""
    lists = ClosingLists()
    kept: list[Block] = []
    at = 0
    while at < len(blocks):
        end = _end_of_list(blocks, at)
        section = blocks[at + 1 : end]
        if end and _is_list(section):
            _read_section(blocks[at], section, lists)
            at = end
        else:
            kept.append(blocks[at])
            at += 1
    return tuple(kept), lists


def kind_of_heading(block: Block) -> str:
    """Return which list a block is the heading of: "works", "archives", "abbreviations", "both", or ""."""
    lines = list(inlines_of((block,)))
    if isinstance(block, Items | Definitions | Table) or len(lines) != 1 or feet_of((block,)):
        return ""
    words = " ".join(text_of(lines[0]).split()).casefold().replace("’", "'").rstrip(" .:")
    return _KINDS.get(words) or _KINDS.get(_NUMBERED.sub("", words, count=1), "")


def _end_of_list(blocks: Blocks, at: int) -> int:
    """Return where the list ends that begins at a block, 0 if none does."""
    head = blocks[at]
    if not kind_of_heading(head):
        return 0
    for end in range(at + 1, len(blocks)):
        block = blocks[end]
        if isinstance(block, Heading) and (not isinstance(head, Heading) or block.level <= head.level):
            return end
        if not isinstance(head, Heading) and kind_of_heading(block):
            return end
    return len(blocks)


def _is_list(blocks: Blocks) -> bool:
    entries = [entry for entry in _entries(blocks) if entry]
    if not entries or feet_of(blocks):
        return False
    return sorted(map(len, entries))[len(entries) // 2] <= _LONGEST_ENTRY


def _read_section(head: Block, blocks: Blocks, lists: ClosingLists) -> None:
    kind = kind_of_heading(head)
    words = text_of(next(iter(inlines_of((head,)))))
    count = 0
    own, level = kind, 0
    for block in blocks:
        if found := kind_of_heading(block):
            own, level = found, block.level if isinstance(block, Heading) else 0
        elif isinstance(block, Heading):
            # Beside a list of archives may stand one whose heading says nothing to us.
            own = own if block.level > level else kind
        else:
            for entry in filter(None, _entries((block,))):
                _add(entry, own, lists)
                count += 1
    lists.taken.append((" ".join(words.split()), count))


def _entries(blocks: Blocks) -> Iterator[str]:
    """Yield each entry of a list as one text. The cells of a row, a term and its meaning stand beside a dash."""
    for block in blocks:
        if isinstance(block, Table):
            for row in ((cell if isinstance(cell, tuple) else () for cell in block.head), *block.rows):
                yield " — ".join(filter(None, (_words(text_of(cell)) for cell in row)))
        elif isinstance(block, Definitions):
            for terms, meanings in block.rows:
                said = [text_of(term) for term in terms]
                said += [text_of(line) for meaning in meanings for line in inlines_of(meaning)]
                yield " — ".join(filter(None, map(_words, said)))
        elif isinstance(block, Items):
            for item in block.items:
                yield from _entries(item)
        else:
            yield from (_words(text_of(line)) for line in inlines_of((block,)))


def _words(text: str) -> str:
    return " ".join(text.split())


def _add(entry: str, kind: str, lists: ClosingLists) -> None:
    if kind == "both":
        kind = "archives" if _OF_ARCHIVES.search(entry) and not _is_printed(entry) else "works"
    if kind == "works":
        lists.works.append(entry)
        return
    if kind == "archives":
        lists.archives.append(entry)
    if found := _EXPLAINED.fullmatch(entry) or _ACRONYM.fullmatch(entry):
        is_name = kind == "abbreviations" or any(sign.isupper() for sign in found[1][1:])
        if is_name:
            lists.abbreviations.setdefault(found[1], found[2])
            return
    if found := _IN_BRACKETS.match(entry):
        lists.abbreviations.setdefault(found[2], found[1])
    elif kind == "abbreviations":
        # Nothing is lost: what explains no abbreviation is kept where archives are.
        lists.archives.append(entry)


def _is_printed(entry: str) -> bool:
    """Say whether an entry has a year as a book has it: near its end, or in brackets behind its author."""
    found = list(_YEAR.finditer(entry))
    return bool(found) and (len(entry) - found[-1].end() < 12 or entry[found[0].start() - 1 : found[0].start()] == "(")
