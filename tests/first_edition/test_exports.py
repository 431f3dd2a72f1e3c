"""Exports: what is written can be read back, by pandoc and by a reader of RIS, with nothing lost."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple, cast

import pypandoc
import pytest

from conftest import PROJECT, load_cases
from dosje.checking.edition import check_edition
from dosje.citing.csl import Variant
from dosje.citing.form_words import word_forms
from dosje.citing.forms import Form
from dosje.citing.styles import Style, load_style
from dosje.citing.wording import metas_of
from dosje.citing.works import read_all_works
from dosje.edition.links import LinkedCorpus
from dosje.exporting.biblatex import escape_tex
from dosje.exporting.csl_json import item_of_source
from dosje.exporting.formats import FORMATS, export_file, export_files, export_paths, export_sources, exportable_keys
from dosje.exporting.items import Item, edtf_of
from dosje.phrases.date_words import words_of_date
from dosje.reading.bibliography import read_bib
from dosje.reading.settings import DEFAULT_STYLE
from dosje.reading.source_records import Source
from dosje.system.children import Means
from dosje.values import words
from dosje.values.dates import Edtf
from dosje.values.findings import format_findings
from dosje.values.folios import format_folios
from dosje.values.metadata import Meta
from english import ENGLISH
from ris_reader import read_ris

MADE = load_cases("exports.yml")
FONDS = "type: fonds\nlevel: fonds\ntitle: Fonds\nrepository: rgani\nreference: ф. 1\nseen: original\n"
UNIT = "seen: original\npart_of: rgani-f1\nfile: '7'\n"


class Shelf(NamedTuple):
    """The sources of an edition."""

    linked: LinkedCorpus
    works: Mapping[str, Meta]
    means: Means

    @property
    def keys(self) -> list[str]:
        return exportable_keys(self.linked)

    def export(self, name: str) -> str:
        return export_sources(self.linked, self.works, FORMATS[name], self.keys)

    def units(self) -> Iterator[tuple[str, Source]]:
        return ((key, record.model) for key, record in self.linked.corpus.sources.items())

    def item(self, key: str) -> Item:
        return item_of_source(self.linked, self.works, key)


def read_shelf(root: Path) -> Shelf:
    checked = check_edition(root)
    assert checked.linked, format_findings(checked.findings)
    settings = checked.linked.corpus.settings
    works = read_all_works(checked.linked.corpus.bib_files, settings.locale, settings.means, checked.linked.phrases)
    return Shelf(checked.linked, works, settings.means)


@pytest.fixture(scope="module")
def first() -> Shelf:
    return read_shelf(PROJECT)


@pytest.fixture(scope="module")
def awkward(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    files = {
        "mkdocs.yml": "site_name: A\n",
        "content/archives.yml": MADE["archives"],
        "content/places.yml": "moscow: {name: Москва}\n",
        "content/sources/rgani-f1.yml": FONDS,
        **{f"content/sources/{key}.yml": UNIT + text for key, text in MADE["units"].items()},
        **{f"content/persons/{key}.yml": text for key, text in MADE["persons"].items()},
        "bibliography/a.bib": MADE["bib"],
    }
    root = tmp_path_factory.mktemp("awkward")
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return read_shelf(root)


@pytest.fixture(params=["first", "awkward"])
def shelf(request: pytest.FixtureRequest) -> Shelf:
    return cast(Shelf, request.getfixturevalue(request.param))


def names(shelf: Shelf, keys: tuple[str, ...]) -> list[str]:
    """Return names as an index has them; one that is never turned round stays as it is."""
    found = [shelf.linked.name_of(key) for key in keys]
    plain = (name.literal or f"{name.family} {name.given}" for name in found)
    return [
        f"{name.family}, {name.given}" if not name.literal and not name.family_first else text
        for name, text in zip(found, plain, strict=True)
    ]


def location(shelf: Shelf, key: str, source: Source) -> tuple[str, str]:
    """Return archive and whole reference of a unit."""
    holding = shelf.linked.holdings.holding_of(shelf.linked.corpus.sources[key])
    if holding is None:
        return "", ""
    folios = f"{holding.folio_label} {format_folios(source.folios)}" if source.folios else ""
    return holding.abbreviation, ", ".join(part for part in (holding.reference, folios) if part)


def ask_pandoc(text: str, reads: str) -> dict[str, Item]:
    """Return what pandoc understands of an export, as CSL-JSON by key."""
    return {item["id"]: item for item in json.loads(pypandoc.convert_text(text, "csljson", format=reads))}


def pandoc_names(item: Item, role: str = "author") -> list[str]:
    found = item.get(role, [])
    return [name.get("literal") or ", ".join(filter(None, (name["family"], name.get("given")))) for name in found]


# CSL-JSON


def test_our_csl_json_is_pandoc_s_but_for_what_pandoc_leaves_out(shelf: Shelf) -> None:
    metas = metas_of(shelf.linked, shelf.works, [Form(key, "bibliography") for key in shelf.keys])
    references = [
        {"t": "MetaMap", "c": {**meta, "id": {"t": "MetaString", "c": variant.key}}} for variant, meta in metas.items()
    ]
    meta = {"references": {"t": "MetaList", "c": references}}
    document = {"pandoc-api-version": [1, 23, 1], "meta": meta, "blocks": []}
    theirs = ask_pandoc(json.dumps(document), "json")
    for key in shelf.keys:
        ours, expected = shelf.item(key), theirs[key]
        is_unit = "type" in ours.get("custom", {})
        # The page, the year of a file and what a unit says are no part of a note; nor is the title of a letter, and of
        # another unit it stands where no style sets it in quotation marks.
        if is_unit:
            ours = {n: v for n, v in ours.items() if n not in ("URL", "abstract", "title", "genre", "note")}
            expected = {n: v for n, v in expected.items() if n not in ("URL", "title", "genre")}
            # In our notes an archive stands with its town.
            places = [ours[name] for name in ("archive", "archive-place") if name in ours]
            ours = {n: v for n, v in ours.items() if n != "archive-place"}
            ours |= {"archive": ", ".join(places)} if places else {}
        elif "known_through" in ours.get("custom", {}):
            own = expected.pop("note", "")
            known = ours["custom"]["known_through"]
            assert ours.pop("note") == (f"{own}; {known}" if own else known), key
        if "date_is" in ours.get("custom", {}):
            del ours["issued"]
        assert ours.pop("type") == (expected.pop("type") or "document"), key
        issued = ours.pop("issued", {}), expected.pop("issued", {})
        # Dates in words, and seasons, which pandoc takes for months.
        assert issued[0] == issued[1] or "literal" in issued[0], key
        ours.pop("custom", None)
        expected.pop("annote", None)
        for role in ("author", "recipient"):
            if role in ours:
                ours[role] = [{"literal": name["literal"]} if "literal" in name else name for name in ours[role]]
        # A recipient of what is no letter, a language of what has no title of its own, languages pandoc does not know.
        for name in ("recipient", "language"):
            value = ours.pop(name, None), expected.pop(name, None)
            assert value[1] in (value[0], None, "albanian"), key
        assert {n: re.sub("</?span[^>]*>", "", v) if isinstance(v, str) else v for n, v in ours.items()} == expected


def test_csl_json_read_by_pandoc_is_worded_like_the_edition_s_notes(shelf: Shelf) -> None:
    text = pypandoc.convert_text(shelf.export("csl-json"), "json", format="csljson")
    references = [part["c"] for part in json.loads(text)["meta"]["references"]["c"]]
    read = {part["id"]["c"]: {n: v for n, v in part.items() if n != "id"} for part in references}
    for part in read.values():
        # Our notes name a letter by who wrote to whom and when. Citation programs print the title as well.
        if part["type"]["c"] == "personal_communication":
            del part["title"]
        if place := part.pop("archive-place", None):
            part["archive"] = {
                "t": "MetaInlines",
                "c": [*part["archive"]["c"], {"t": "Str", "c": ","}, {"t": "Space"}, *place["c"]],
            }
    # pandoc's reader drops dates in words; no note says by what year a file is filed; CSL has no place of writing.
    items = {key: shelf.item(key) for key in shelf.keys}
    placed = {key for key, source in shelf.units() if source.place}
    # A title that its reference says is printed once in our notes.
    placed |= {key for key, item in items.items() if str(item["title"]) in str(item.get("archive_location", ""))}
    keys = [
        key
        for key, item in items.items()
        if "literal" not in item.get("issued", {}) and "date_is" not in item.get("custom", {}) and key not in placed
    ]
    style = load_style(DEFAULT_STYLE, Path(), "fl.")
    forms = [Form(key, "first") for key in keys]
    ours = word(shelf, forms, metas_of(shelf.linked, shelf.works, forms), style)
    theirs = word(shelf, forms, {Variant(key): read[key] for key in keys}, style)
    # Its quotation marks are curved, and titles with names of capitals within were lowered before.
    assert {key: squeeze(text) for key, text in theirs.items()} == {key: squeeze(text) for key, text in ours.items()}


def word(shelf: Shelf, forms: list[Form], metas: Mapping[Variant, Meta], style: Style) -> dict[str, str]:
    found = word_forms(forms, metas, style, "en-GB", shelf.means)
    return {form.key: words.plain(found[form]) for form in forms}


def test_csl_json_holds_the_whole_reference_and_the_exact_date(shelf: Shelf) -> None:
    items = {item["id"]: item for item in json.loads(shelf.export("csl-json"))}
    assert list(items) == shelf.keys
    for key, source in shelf.units():
        item = items[key]
        assert (item.get("archive", ""), item.get("archive_location", "")) == location(shelf, key, source), key
        assert item["custom"]["title"] == source.title
        assert item["custom"].get("date", "") == (source.date.text if source.date else "")
        assert pandoc_names(item) == names(shelf, source.author)
        assert pandoc_names(item, "recipient") == names(shelf, source.recipient)
        assert item["title"] == (source.original_title or source.title)
        holding = shelf.linked.holdings.holding_of(shelf.linked.corpus.sources[key])
        assert item.get("language", "") == (source.language or (holding.language if holding else "")), key
        assert "issued" in item or not (source.date or source.year), key
        assert item.get("URL", "") == (
            f"{site}sources/{key}/" if (site := shelf.linked.corpus.settings.site_url) else source.url
        )


# biblatex and BibTeX


def test_archival_units_are_read_back_from_biblatex(shelf: Shelf) -> None:
    read = ask_pandoc(shelf.export("biblatex"), "biblatex")
    fields = fields_of(shelf.export("biblatex"))
    for key, source in shelf.units():
        item, own = read[key], source.original_title or source.title
        assert pandoc_names(item) == names(shelf, source.author), key
        assert squeeze(item["title"]).startswith(squeeze(own)), key
        assert fields[key].get("date", "") == (
            source.date.text if source.date else year_of(shelf, key).replace("?", "~")
        ), key
        assert_is_where_it_lies(shelf, key, source, fields[key])
        # Printed by every style, and known to pandoc, whatever becomes of fields of our own.
        if location(shelf, key, source)[0]:
            assert item["call-number"].startswith(location(shelf, key, source)[0]), key


def test_archival_units_are_read_back_from_bibtex(shelf: Shelf) -> None:
    read = ask_pandoc(shelf.export("bibtex"), "bibtex")
    fields = fields_of(shelf.export("bibtex"))
    for key, source in shelf.units():
        own, entry = source.original_title or source.title, fields[key]
        assert pandoc_names(read[key]) == names(shelf, source.author), key
        assert squeeze(read[key]["title"]) == squeeze(own), key
        assert_is_where_it_lies(shelf, key, source, entry)
        if source.original_title:
            assert escape_tex(source.title) in entry["note"]
        if source.date and is_day_month_or_year(source.date):
            parts = [str(part) for part in read[key]["issued"]["date-parts"][0]]
            assert [part.zfill(2) for part in parts] == source.date.text.split("-"), key
        elif source.date:
            assert (entry["year"], entry["date"]) == (words_of_date(source.date, ENGLISH), source.date.text)


def assert_is_where_it_lies(shelf: Shelf, key: str, source: Source, entry: Mapping[str, str]) -> None:
    archive, reference = location(shelf, key, source)
    assert (entry.get("archive", ""), entry.get("archivelocation", "")) == (escape_tex(archive), escape_tex(reference))
    printed = entry.get("howpublished", "")
    assert escape_tex(archive) in printed and escape_tex(reference) in printed
    recipients = [name.strip("{}") for name in re.split(r" and (?![^{]*\})", entry.get("recipient", "")) if name]
    assert recipients == names(shelf, source.recipient), key


def fields_of(text: str) -> dict[str, Mapping[str, str]]:
    file, findings = read_bib(text, "export.bib")
    assert findings == []
    return {work.key: work.fields for work in file.works}


@pytest.mark.parametrize("name", ["biblatex", "bibtex"])
def test_published_works_are_read_back_as_they_were_entered(shelf: Shelf, name: str) -> None:
    read = ask_pandoc(shelf.export(name), name)
    for key, work in shelf.linked.corpus.works.items():
        ours, theirs = shelf.item(key), read[key]
        for role in ("author", "editor", "translator"):
            assert pandoc_names(theirs, role) == pandoc_names(ours, role), key
        for field in ("DOI", "page", "publisher-place", "volume", "ISBN", "URL"):
            assert theirs.get(field) == ours.get(field), (key, field)
        entered = [work.fields[part] for part in ("maintitle", "title", "subtitle") if part in work.fields]
        if not any("\\" in part for part in entered):
            shown = " ".join(str(theirs.get(part, "")) for part in ("title", "volume-title"))
            assert all(squeeze(re.sub("[{}]", "", part)) in squeeze(shown) for part in entered), key
        if re.fullmatch(r"\d{4}(-\d\d){0,2}", date := edtf_of(ours)):
            assert edtf_of(theirs) == date, key


def test_a_published_work_is_the_editor_s_own_entry_in_biblatex(first: Shelf) -> None:
    exported = fields_of(first.export("biblatex"))
    for key, work in first.linked.corpus.works.items():
        entered = {n: v for n, v in work.fields.items() if n not in ("seen", "via", "variants", "annotation")}
        known = first.item(key).get("custom", {}).get("known_through")
        assert exported[key] == entered | ({"annotation": known} if known else {}), key


def test_an_entry_that_borrows_from_others_is_exported_with_what_it_borrows(awkward: Shelf) -> None:
    # Not the entry, but what pandoc made of both; it sets the titles of wholes in small letters.
    part = export_sources(awkward.linked, awkward.works, FORMATS["biblatex"], ["part"])
    assert part == (
        "@incollection{part,\n  author = {Doe, Jane},\n  editor = {Roe, Richard},\n  title = {{The Part}},\n"
        "  booktitle = {{The whole}},\n  date = {1991},\n  publisher = {Press},\n  pages = {5-7},\n}\n"
    )


# RIS


def test_archival_units_are_read_back_from_ris(shelf: Shelf) -> None:
    read = read_ris(shelf.export("ris"))
    assert list(read) == shelf.keys
    for key, source in shelf.units():
        entry = read[key]
        assert entry["TY"] == ["PCOMM" if source.recipient else "MANSCPT"], key
        assert entry.get("AU", []) == names(shelf, source.author)
        assert entry.get("A2", []) == names(shelf, source.recipient)
        assert squeeze(entry["TI"][0]) == squeeze(source.original_title or source.title)
        assert entry.get("TT", []) == ([source.title] if source.original_title else [])
        assert (entry.get("DB", [""])[0], entry.get("AV", [""])[0]) == location(shelf, key, source)
        assert entry.get("AN") == entry.get("AV")
        assert entry.get("DA", [""])[0] == (ris_date(source) or date_of_file(year_of(shelf, key)))


def date_of_file(year: str) -> str:
    return f"{year[:4]}///{'about' if year.endswith('?') else ''}" if year else ""


def year_of(shelf: Shelf, key: str) -> str:
    """Return the year by which a file is filed, which is said where it has no date; "" for what lies in a file."""
    record = shelf.linked.corpus.sources[key]
    units = (record, *shelf.linked.chain(record))
    is_item = shelf.linked.holdings.role_of(record) == "item"
    return "" if is_item else next((unit.model.year for unit in units if unit.model.year), "")


def ris_date(source: Source) -> str:
    if source.date is None:
        return ""
    date = source.date
    text = date.text if date.start and "X" not in date.start.year and (date.start.month or 0) < 13 else ""
    is_counted = text and (not date.is_interval or date.end)
    parts = (
        re.findall(r"\d+", text.split("/")[0])[:3] if is_counted else re.findall(r"(?<!\d)\d{4}(?!\d)", date.text)[:1]
    )
    year, month, day = (*parts, "", "", "")[:3]
    return f"{year}/{month}/{day}/{'' if is_day_month_or_year(date) else words_of_date(date, ENGLISH)}"


def is_day_month_or_year(date: Edtf) -> bool:
    return re.fullmatch(r"\d{4}(-(0\d|1[0-2])(-\d\d)?)?", date.text) is not None


def test_published_works_are_read_back_from_ris(shelf: Shelf) -> None:
    read = read_ris(shelf.export("ris"))
    for key in shelf.linked.corpus.works:
        item, entry = shelf.item(key), read[key]
        assert entry.get("AU", []) == [_with_particle(name) for name in item.get("author", [])], key
        assert "-".join([*entry.get("SP", []), *entry.get("EP", [])]) == item.get("page", "").replace("–", "-")
        assert entry.get("DO", [""]) == [item.get("DOI", "")]
        assert entry.get("CY", [""]) == [item.get("publisher-place", "")]
        if date := edtf_of(item):
            assert entry.get("PY", []) == re.findall(r"\A\d{4}", date) or "literal" in item["issued"], key


def _with_particle(name: Mapping[str, str]) -> str:
    given = " ".join(filter(None, (name.get("given"), name.get("dropping-particle"))))
    return name.get("literal", "").replace(", ", " – ") or ", ".join(filter(None, (name["family"], given)))


def test_titles_are_printed_in_ris_as_the_entry_has_them(first: Shelf) -> None:
    read = read_ris(first.export("ris"))
    assert read["luthi-2008"]["TI"] == ["The Sino-Soviet Split: Cold War in the Communist World"]
    assert read["chen-tao-2018"]["T2"] == [
        "Europe and China in the Cold War: Exchanges Beyond the Bloc Logic and the Sino-Soviet Split"
    ]
    assert read["hoxha-works-2"]["TI"] == ["Selected Works: November 1948–November 1965"]
    assert read["lalaj-2015"]["TI"] == ["Pranvera e Rrejtshme e '56-s. [The Deceptive Spring of 1956]"]
    assert (read["mehilli-2011"]["PY"], read["mehilli-2011"]["DA"]) == (["2011"], ["2011///Fall 2011"])


def squeeze(text: str) -> str:
    """Return letters and figures only, in small letters: what styles and typographic quotes leave alone."""
    return re.sub(r"[\W_]+", "", re.sub(r"</?(?:i|b|span)\b[^>]*>", "", text)).casefold()


# Files


def test_each_source_and_all_of_them_are_files_beside_the_pages(shelf: Shelf) -> None:
    files = export_files(shelf.linked, shelf.works)
    assert sorted(files) == sorted(export_paths(shelf.linked))
    assert len(files) == 4 * len(shelf.keys) + 4
    for path in ["downloads/sources.ris", "downloads/sources.csl.json", f"sources/{shelf.keys[0]}.bibtex.bib"]:
        assert export_file(shelf.linked, shelf.works, path) == files[path]


@pytest.mark.parametrize(
    "path", ["sources/nobody.ris", "sources/plain.txt", "plain.ris", "downloads/plain.ris", "index.html"]
)
def test_what_is_no_export_is_no_file(awkward: Shelf, path: str) -> None:
    assert export_file(awkward.linked, awkward.works, path) is None


@pytest.mark.parametrize("name", FORMATS)
def test_a_letter_in_each_format(awkward: Shelf, name: str) -> None:
    text = export_sources(awkward.linked, awkward.works, FORMATS[name], ["letter-zh"])
    assert re.sub(r" ?\r\n", "\n", text) == MADE["letter"][name]


def test_a_brace_alone_does_not_end_a_field_or_the_file() -> None:
    assert escape_tex("{a} }b{ {c") == r"\{a\} \textbraceright{}b\textbraceleft{} \textbraceleft{}c"
