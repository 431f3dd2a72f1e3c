"""Reads the reference of a published work in the styles of many countries, as an item of CSL-JSON.

As far as it can be read: type, authors, editors, title, container, place, publisher, year, volume, number, pages, DOI,
URL, and the place that the note means in it. Nothing is invented. Knows nothing of records.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .names_read import read_name_list
from .shelf_words import PRINTED

_URL = re.compile(r"<?(https?://[^\s<>\"”]+[^\s<>\"”.,;)]|www\.[^\s<>\"”]+[^\s<>\"”.,;)])>?")
_DOI = re.compile(r"(?:doi:?\s*)?\b(10\.[0-9]{4,9}/[^\s<>\"”;,]+[^\s<>\"”;,.)])", re.IGNORECASE)
_ACCESSED = re.compile(
    r"[,.]?\s*[(\[]?(?:last\s+)?(?:accessed|retrieved|visited|consulted|abgerufen|zuletzt|letzter Zugriff"
    r"|consulté|dernière|consultato|consultado|дата обращения)[^)\];]*[)\]]?",
    re.IGNORECASE,
)
_QUOTED = re.compile(
    r"[“„«]\s?(?P<a>(?:[^“”„«»]|[„“«][^”“»]*[”“»]){2,300}?)\s?[”“»](?!\w)|\"(?P<b>[^\"]{3,300})\"|(?<!\w)[‘'](?P<c>(?:[^‘’']|[’'](?=\w)){3,300})[’'](?!\w)"
)
_YEAR = r"(?P<year>(?:1[5-9]|20)[0-9]{2})[a-h]?"
_PAGES = re.compile(
    r"[,.:;]?\s*\(?(?:(?P<label>pp?|pages?|S|s|Seiten?|SS|pág|págs|pag|pagg|str|с|стр|faqe|fq|f|l)\.?\s?)?"
    r"(?P<pages>[0-9]{1,4}[a-z]?(?:\s?[–—-]\s?[0-9]{1,4})?(?:\s?ff?\.|\s?sqq?\.)?(?:,\s?[0-9]{1,4}(?:[–-][0-9]{1,4})?)*)\)?\s*\.?$"
)
_AT = re.compile(
    r"[,;:]?\s*\(?(?:here|hier|ici|at|esp\.|bes\.|qui|tu|zde|see)\s*(?:(?:pp?|S|s|str|с|l)\.\s?)?(?P<at>[0-9]{1,4}(?:[–-][0-9]{1,4})?f{0,2}\.?)\)?\s*\.?$"
    r"|\s\((?:pp?|S|s|p)\.\s?(?P<at2>[0-9]{1,4}(?:[–-][0-9]{1,4})?)\)\s*\.?$"
)
_DOCUMENT = re.compile(
    r"[,;:]?\s+(?P<word>[Dd]ocument|[Dd]oc\. [Nn]o\.|[Dd]oc\.|Dok\.|Dokument|[Nn]o\.|Nr\.|#|№)\s?"
    r"(?P<number>[0-9]{1,4}[a-z]?)"
    r"\s*\.?$"
)
_IMPRINT = re.compile(rf"[,.]?\s*\((?P<inside>[^()]*?\b{_YEAR})\)")
_NUMBERED = {
    "volume": re.compile(
        r"[,.(]?\s*\b(?:vols?|volume|Bd|Band|t|tome|tom|vëll|т|том|Jg)\.?\s?(?P<n>[IVXLC]+\b|[0-9]{1,3})\b",
        re.IGNORECASE,
    ),
    "issue": re.compile(
        r"[,.(]?\s*\b(?:no|nos|nr|n[°º]|№|issue|H|Heft|numero|numéro|číslo|č|fasc)\.?\s?(?P<n>[0-9]{1,4}(?:[-–/][0-9]{1,3})?)\b"
    ),
}
_EDITION = re.compile(
    r"[,.(]?\s*\b(?P<n>[0-9]{1,2})(?:st|nd|rd|th|\.|e|ª)?\s*(?:rev\.\s*)?(?:edn?|edition|Aufl(?:age)?|éd|izd|изд)\b\.?"
)
_JOURNAL_NUMBERS = re.compile(
    r"^(?P<name>.*?[^\d\s,.:;(])[,.]?\s+(?:vol\.\s?)?(?P<volume>[0-9]{1,3}|[IVXLC]+)(?:\s?(?:[./:]|,?\s?(?:no|nr|n[°º]|№|H|Heft|issue)\.?\s?|\()\s?(?P<issue>[0-9]{1,3}(?:[-–/][0-9]{1,3})?)\)?)?"
    r"(?=[\s,:;.(]|$)"
)
_IN = re.compile(r"(?:^|[\s,.;:])(?:in|In|dans|w|v|en|v kn|в кн|nel|në)(?:\.|:)?\s+(?=[“„«\"‘A-ZÀ-ŽА-Я])")
_ED_BEHIND = re.compile(
    r"[,.;]?\s*\(?\b(?:eds?\.?(?:\s+by)|eds\.|ed\.(?=\s[A-Z][\w.’'-]*\s[A-Z])|edited by"
    r"|hrsg\.?(?:\s+v(?:on|\.))?"
    r"|hg\.?(?:\s+v(?:on|\.))?|herausgegeben von|sous la dir(?:ection|\.) de"
    r"|a cura di|ed\. de|red\.|под ред\.|ur\.|szerk\.)"
    r"\s+(?P<names>[A-ZÀ-ŽА-Я][^():]*?)\)?"
    r"(?=\s*\(|\s*$|,\s+(?:[0-9]|[A-ZÀ-Ž][\w’'-]+(?:[:,]\s|\s[0-9]{4}))|;\s|(?<=[a-zà-ž]{2})\.\s)",
    re.IGNORECASE,
)
_MARKS = r"eds?|hrsg|hg|dirs?|éds?|red|coord|a cura di|comps?|uredn|szerk|отв\.? ?ред|сост"
_ED_MARK = re.compile(rf"\s*[,(]?\s*\(?\b(?:{_MARKS})\b\.?\)?\.?(?=\s*[,:.]|\s*$)", re.IGNORECASE)
_TITLE_END = re.compile(
    rf"\s+\((?=[^()]*{_YEAR})|[,.]\s+(?=(?:in|In|dans)(?::|\s)\s*[“„«\"‘A-ZÀ-Ž])|[,.]\s+(?=(?:vol|Vol|Volume|Bd|Band|t|tome|tom)\.?\s?[0-9IVX])"
    r"|[,.]\s+(?=(?:eds?\.|edited by|hrsg|hg\.|a cura di|sous la dir|trans\.|translated|übers|trad\.))"
    r"|[,.]\s+(?=[A-ZÀ-ŽА-Я][^,.:0-9]{1,40}(?::\s[^,:]{2,60})?,?\s+(?:1[5-9]|20)[0-9]{2}\b)"
    r"|[,.]\s+(?=[A-ZÀ-ŽА-Я][^,:]{1,30},\s[^,]{2,50},\s(?:1[5-9]|20)[0-9]{2}\b)"
    r"|[,.]\s+(?=(?:[^,:.]*\b(?:Verlag|Press|Editore|Edizioni|Éditions|Editions|Wydawnictwo|[Nn]akladatelství)\b|Éd\.|Ed\.)[^,:]*,\s[A-ZÀ-Ž][\w-]+\s(?:1[5-9]|20)[0-9]{2}\b)"
    r"|[,.]\s+(?=[A-ZÀ-Ž][^,.]{1,60}\s[0-9]{1,3}(?:,|\s\()\s?(?:1[5-9]|20)[0-9]{2})"
    r"|[,.]\s+(?=(?:pp?|S|s|str|с)\.\s?[0-9])|,\s+(?=[0-9]{1,4}(?:[–-][0-9]+)?\.?$)|[,.]\s+(?=(?:1[5-9]|20)[0-9]{2}\b(?![–-]))|\.\s+(?=[A-ZÀ-Ž][^.]{1,40}:\s[^.:]+,\s[0-9]{4})"
)
_IMPRINT_AT_END = re.compile(r"\.\s+(?=[A-ZÀ-ŽА-Я][^.:]{1,40}:\s[^.:]+\.?$)")
_PUBLISHER = re.compile(
    r"^(?P<place>[A-ZÀ-ŽА-Я][^:,;()0-9]{1,50}(?:,\s?[A-Z][A-Za-z.]{1,3}|(?:\s?[/&;]|\sand|\sund)\s?[A-ZÀ-Ž][^:,;()0-9]{1,40})*)(?::\s*(?P<publisher>[^:]{2,90}?))?$"
)
_PUBLISHER = re.compile(
    r"\b(?:éd|ed)\.(?=\s)|\b(?:press|verlag|publish\w*|éditions?|editor\w*|edit[oö]\w+|edizioni|university|books?|presses|izdat\w+|naklad\w*|wydawn\w*|botim\w*|office|&|sons|"
    r"oldenbourg|springer|routledge|suhrkamp|vandenhoeck|gallimard|seuil|mulino)\b",
    re.IGNORECASE,
)
_CHINESE = re.compile(
    r"^(?P<author>[^：《]{1,20})[：:]《(?P<title>[^》]+)》(?:（[^）]*）)?[，,](?:(?P<place>[^，：,]{1,6})[，：:,])?(?:(?P<publisher>[^，,]+?)[，,]?)?(?P<year>[0-9]{4})年?版?(?:[，,]第?(?P<page>[0-9–—-]+)页)?。?$"
)


@dataclass(frozen=True)
class WorkReference:
    """A work as a reference has it: an item of CSL-JSON without `id`, and the page or number that is cited in it."""

    item: dict[str, Any]
    locator: str

    @property
    def is_full(self) -> bool:
        """Whether it says enough for a work of its own: no short form of one that was named before."""
        item = self.item
        has_imprint = any(name in item for name in ("issued", "publisher", "container-title", "DOI", "URL"))
        return "title" in item and has_imprint


def read_work_reference(text: str, emphasised: Sequence[str] = ()) -> WorkReference | None:
    """Return the work that a cite names, None where it names none. `emphasised`: what stands in italics in it."""
    text = " ".join(text.split()).strip(" ,;")
    if chinese := _CHINESE.match(text):
        return _read_chinese(chinese)
    item: dict[str, Any] = {}
    text = _take_addresses(text, item)
    if "@" in text or len(text) < 8:
        return None
    before, title, after, is_quoted = _find_title(text, emphasised)
    if not title:
        return None
    locator, after = _take_places(after)
    item["title"] = _tidy(title)
    _read_people(before, item)
    kind = _read_container(after, item, emphasised, is_quoted=is_quoted)
    _settle_pages(item, locator)
    item["type"] = kind
    shown = locator["at"] or (locator["pages"] if "page" not in item else "")
    return WorkReference(item, shown)


def _read_chinese(match: re.Match[str]) -> WorkReference:
    item: dict[str, Any] = {"type": "book", "title": match["title"], "author": [{"literal": match["author"].strip()}]}
    if match["place"]:
        item["publisher-place"] = match["place"]
    if match["publisher"]:
        item["publisher"] = match["publisher"]
    item["issued"] = {"date-parts": [[int(match["year"])]]}
    return WorkReference(item, match["page"] or "")


def _take_addresses(text: str, item: dict[str, Any]) -> str:
    text = _ACCESSED.sub("", text)
    doi = _DOI.search(text)
    if doi:
        item["DOI"] = doi[1]
    url = _URL.search(text)
    if url and not doi:
        item["URL"] = url[1]
    for found in (url, doi):
        if found:
            text = text.replace(found[0], " ")
    return " ".join(text.split()).strip(" ,;")


def _find_title(text: str, emphasised: Sequence[str]) -> tuple[str, str, str, bool]:
    """Return what stands before a title, the title, what stands behind it, and whether it is in quotation marks."""
    quoted = _QUOTED.search(text)
    first = next(
        (one for one in emphasised if len(one) > 2 and one in text and one.lower().strip(".") not in _NO_TITLE), ""
    )
    if quoted and (not first or quoted.start() < text.find(first)):
        said = quoted["a"] or quoted["b"] or quoted["c"]
        return text[: quoted.start()], said.rstrip(","), text[quoted.end() :], True
    if first:
        at = text.find(first)
        before, after = text[:at], text[at + len(first) :]
        if before.strip() or re.match(r"\s*[(,.:]", after):
            return before, first.rstrip(" ,."), after, False
    series = _SERIES.match(text)
    lead = None if series and (series["sign"] or not _LEAD.match(text)) else _LEAD.match(text)
    if not lead:
        is_founded = series and (series["sign"] or _IMPRINT.search(text) or _NUMBERED["volume"].search(text))
        if not series or not is_founded:
            return "", "", text, False
        # The years of a printed series are those of its documents, not that of its print.
        rest = re.sub(r"^,\s(?:1[5-9]|20)[0-9]{2}(?:[–-][0-9]{2,4})?(?=,)", "", text[series.end() :])
        return "", series[0], rest, False
    rest = text[lead.end() :]
    end = _TITLE_END.search(rest) or _IMPRINT_AT_END.search(rest)
    title = rest[: end.start()] if end else _PAGES.sub("", rest)
    return lead[0], title.strip(" ,."), rest[len(title) :], False


_NO_TITLE = ("ibid", "ibidem", "idem", "op. cit", "et al", "in", "passim", "see", "loc. cit", "cf")
_WORD = r"[A-ZÀ-ŽА-Я][\w’'-]*\.?"
_PARTICLE = r"(?:von|van|de|der|den|di|da|du|la|le|al|bin|zu|ter|dos)"
_NO_NAME = r"(?:The|A(?![.-])|An|Die|Der|Das|Ein|Eine|La|Le|Les|L’|Il|Lo|Un|Una|Une|El|Los|On|From|In|Vol|Volume)\b"
_ONE = rf"(?!{_NO_NAME})(?:{_PARTICLE}\s)?(?:{_WORD}[ -]?){{1,4}}(?:\s?{_PARTICLE}\s{_WORD})?"
_GIVEN = rf"(?!{_NO_NAME})(?:{_WORD}\s?){{1,3}}"
_AND = r"(?:\s?/\s?|\s?;\s|\s[–&-]\s|,?\s(?:and|und|et|e|ed|y|dhe|i|и)\s)"
_MARKED = r"(?:\s*\((?:Hrsg|Hg|eds?|dir|éds?|red|coord|szerk|a cura di)\.?\)|,\seds?\.)?"
_LEAD = re.compile(
    rf"^(?:{_ONE},\s{_GIVEN}(?:(?:,\s{_ONE})*{_AND}{_ONE}(?:,\s{_GIVEN})?)*(?:\set\sal\.)?{_MARKED}[:.]\s*"
    rf"|{_ONE}(?:(?:,\s{_ONE}){{0,4}}{_AND}{_ONE}){{0,2}}(?:\set\sal\.)?{_MARKED}[,:.]\s+)"
    rf"(?:\(?(?:1[5-9]|20)[0-9]{{2}}[a-h]?\)?[.,:]\s+)?(?=[“„«\"‘'A-ZÀ-ŽА-Я0-9])"
)
_SERIES = re.compile(
    rf"^(?:(?P<sign>{PRINTED.pattern})|(?P<title>[A-ZÀ-ŽА-Я][^()“”]{{8,120}}?))"
    r"(?=,?\s(?:\(|(?:1[5-9]|20)[0-9]{2}|(?:vol|Vol|Volume|Bd|Band|t|tome|ser|series)\b))",
    re.IGNORECASE,
)


def _take_places(after: str) -> tuple[dict[str, str], str]:
    """Return the pages at the end of a reference and the place that is meant within them, and the text without."""
    found = {"at": "", "pages": "", "label": ""}
    document = _DOCUMENT.search(after)
    is_number = document is not None and (document["word"][0] in "Dd#№" or ")" in after[: document.start()])
    if document is not None and is_number:
        word = "doc." if document["word"][0] in "Dd" else "no."
        found["at"] = f"{word} {document['number']}"
        after = after[: document.start()]
    at = _AT.search(after)
    if at:
        found["at"] = (at["at"] or at["at2"]).rstrip(".")
        after = after[: at.start()]
    pages = _PAGES.search(after)
    if pages and not re.fullmatch(r"(?:1[5-9]|20)[0-9]{2}", pages["pages"]):
        found["pages"], found["label"] = _dashed(pages["pages"]), pages["label"] or ""
        after = after[: pages.start()]
        more = _PAGES.search(after)
        # "44–71, 45": the pages of the article, then the one that is meant.
        if more and re.search(r"[–-]", more["pages"]) and not re.search(r"[–-]", pages["pages"]):
            found["at"], found["pages"] = found["pages"], _dashed(more["pages"])
            after = after[: more.start()]
        elif re.fullmatch(r"[0-9]+[–-][0-9]+,\s?[0-9]+(?:[–-][0-9]+)?", pages["pages"]):
            first, _, last = pages["pages"].partition(",")
            found["at"], found["pages"] = _dashed(last.strip()), _dashed(first)
    return found, after


def _dashed(pages: str) -> str:
    def fill(match: re.Match[str]) -> str:
        first, last = match[1], match[2]
        return f"{first}–{first[: len(first) - len(last)] + last if len(last) < len(first) else last}"

    return re.sub(r"([0-9]+)\s?[–—-]\s?([0-9]+)", fill, pages).strip(" .")


def _read_people(before: str, item: dict[str, Any]) -> None:
    year = re.search(rf"\(?{_YEAR}\)?[.,:]?\s*$", before)
    if year:
        item["issued"] = {"date-parts": [[int(year["year"])]]}
        before = before[: year.start()]
    mark = _ED_MARK.search(before)
    names = read_name_list(_ED_MARK.sub("", before).strip(" ,:.;"))
    if names:
        item["editor" if mark else "author"] = names


def _read_container(after: str, item: dict[str, Any], emphasised: Sequence[str], *, is_quoted: bool) -> str:
    """Note what stands behind a title, and return the type of the work."""
    within = _IN.match(after) or (
        _IN.search(after[:40]) if after.lstrip(" ,.").lower().startswith(("in", "dans")) else None
    )
    rest = after[within.end() :] if within else after.lstrip(" ,.;:")
    if not within and not is_quoted and not _has_journal_numbers(rest):
        _read_imprint(rest, item)
        return "book"
    if within and not _has_journal_numbers(rest):
        return _read_chapter(rest, item)
    return _read_article(rest, item)


def _has_journal_numbers(rest: str) -> bool:
    name = _JOURNAL_NUMBERS.match(rest)
    return (
        name is not None
        and re.match(
            rf"[,.]?\s*(?:\({_YEAR}|\({_YEAR.replace('year', 'y2')}|,?\s*{_YEAR.replace('year', 'y3')})",
            rest[name.end() :],
        )
        is not None
    )


def _read_article(rest: str, item: dict[str, Any]) -> str:
    year_first = re.match(
        rf"\(?{_YEAR}\)\s+(?P<volume>[0-9]{{1,3}})(?:\((?P<issue>[0-9]{{1,3}})\))?\s+(?P<name>[^0-9]+)$", rest
    )
    if year_first:
        item["issued"] = {"date-parts": [[int(year_first["year"])]]}
        item["volume"], item["container-title"] = year_first["volume"], _tidy(year_first["name"])
        if year_first["issue"]:
            item["issue"] = year_first["issue"]
        return "article-journal"
    rest = _take_year(rest, item)
    rest = _take_numbered(rest, item)
    numbers = _JOURNAL_NUMBERS.match(rest)
    name = rest
    if numbers:
        name = numbers["name"]
        item.setdefault("volume", numbers["volume"])
        if numbers["issue"]:
            item.setdefault("issue", numbers["issue"])
        tail = re.match(r",?\s+([0-9]{1,2})\s*$", rest[numbers.end() :])
        if tail and "issue" not in item:
            item["issue"] = tail[1]
    name = _tidy(re.split(r"\s*[(,]\s*$|,\s", name)[0])
    if name:
        item["container-title"] = name
    if "issued" not in item and not name:
        return "document"
    return "article-journal" if item.keys() & {"volume", "issue"} else "article" if name else "book"


def _read_chapter(rest: str, item: dict[str, Any]) -> str:
    editors = _ED_BEHIND.search(rest)
    if editors:
        item["editor"] = read_name_list(editors["names"])
        rest = rest[: editors.start()] + rest[editors.end() :]
    else:
        lead = _LEAD.match(rest)
        marked = re.match(
            rf"(?P<names>[^():]{{3,90}}?)\s*(?:\((?:{_MARKS})s?\.?\)|,\s*eds?\.)\s*[:,.]\s*",
            rest,
            re.IGNORECASE,
        )
        if marked:
            item["editor"] = read_name_list(marked["names"])
            rest = rest[marked.end() :]
        elif lead and len(rest) - lead.end() > 12 and ":" in lead[0][-3:]:
            item["container-author"] = read_name_list(lead[0].strip(" ,:"))
            rest = rest[lead.end() :]
    quoted = _QUOTED.match(rest)
    end = _TITLE_END.search(rest)
    if quoted:
        name, rest = quoted["a"] or quoted["b"] or quoted["c"], rest[quoted.end() :]
    else:
        stop = end.start() if end else len(rest)
        name, rest = rest[:stop], rest[stop:]
    item["container-title"] = _tidy(name)
    _read_imprint(rest.lstrip(" ,.;"), item)
    return "chapter"


def _read_imprint(rest: str, item: dict[str, Any]) -> None:
    """Note editors, volume, edition, place, publisher and year of a book."""
    editors = _ED_BEHIND.search(rest)
    if editors and "editor" not in item:
        item["editor"] = read_name_list(editors["names"])
        rest = rest[: editors.start()] + " " + rest[editors.end() :]
    imprint = _IMPRINT.search(rest)
    inside = imprint["inside"] if imprint else rest
    for name, rule in (*_NUMBERED.items(), ("edition", _EDITION)):
        found = rule.search(rest)
        if found and (name != "issue" or "container-title" in item):
            item.setdefault(name, found["n"])
    inside = _EDITION.sub("", _NUMBERED["volume"].sub("", inside)).strip(" ,.;:")
    # "(2nd edn, Fjord 1998)": in brackets a publisher stands before the year without a comma, a place with one.
    is_publisher = imprint is not None and re.fullmatch(r"[^,:]+ [0-9]{4}[a-h]?", inside) is not None
    inside = _take_year(inside, item).strip(" ,.;:")
    if inside and is_publisher:
        item["publisher"] = _tidy(inside)
    elif inside:
        _read_place(inside, item)


def _read_place(inside: str, item: dict[str, Any]) -> None:
    """Note place and publisher: "Oslo: Fjord", "Bruxelles, Éditions du Phare", "Ed. Nettuno, Milano", "Stuttgart"."""
    parts = [part for part in re.split(r",\s+|\.\s+(?=[A-ZÀ-Ž][^.]+:)", inside) if part.strip()]
    last = parts[-1] if parts else ""
    if ":" in inside:
        place, _, publisher = inside.partition(":")
        place = re.split(r"\.\s+", place)[-1]
        item["publisher-place"], item["publisher"] = _tidy(place), _tidy(publisher)
    elif len(parts) > 1:
        one, other = parts[-2], last
        if _PUBLISHER.search(one) and not _PUBLISHER.search(other):
            one, other = other, one
        item["publisher-place"], item["publisher"] = _tidy(one), _tidy(other)
    elif _PUBLISHER.search(last):
        item["publisher"] = _tidy(last)
    elif last and last[0].isupper() and len(last.split()) < 5:
        item["publisher-place"] = _tidy(last)


def _take_year(text: str, item: dict[str, Any]) -> str:
    years = list(re.finditer(rf"(?<![0-9–-]){_YEAR}(?:[–/-](?P<to>[0-9]{{2,4}}))?(?![0-9])", text))
    if not years:
        return text
    last = years[-1]
    item.setdefault("issued", {"date-parts": [[int(last["year"])]]})
    left = text[: last.start()] + text[last.end() :]
    return re.sub(r"\(\s*(?:[A-Z][a-z]+\.?|[0-9]{1,2}\.?)?\s*(?:[A-Z][a-z]+\s*)?\)", "", left).strip(" ,;:")


def _take_numbered(text: str, item: dict[str, Any]) -> str:
    for name, rule in _NUMBERED.items():
        found = rule.search(text)
        if found:
            item.setdefault(name, found["n"])
            text = text[: found.start()] + text[found.end() :]
    return text


def _settle_pages(item: dict[str, Any], locator: dict[str, str]) -> None:
    """Note the pages of an article or chapter: a range. A single page is the place that is meant."""
    pages = locator["pages"]
    if pages and "container-title" in item and (locator["at"] or re.fullmatch(r"[0-9]+–[0-9]+", pages)):
        item["page"] = pages


def _tidy(text: str) -> str:
    return re.sub(r"\(\s*\)", "", " ".join(text.split())).strip(" ,;:.([*_")
