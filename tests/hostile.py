"""A hostile edition, made from the schemas: what strangers may write stands in each field that holds text.

Fields are found by walking the models of all kinds of records, the settings and the fields of `.bib` entries, so that
a new field is attacked without a word here. Each value ends with a mark of its own (`F12x`), by which it is found
again. The twin of an edition has the same fields with harmless words, so what it lacks an attack has made.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from dosje.exporting.biblatex import _FIELDS as BIB_FIELDS
from dosje.exporting.biblatex import escape_tex
from dosje.reading.field_types import Address
from dosje.reading.fields import LanguageCode, Marked, Model, Ref, find_model
from dosje.reading.kinds import KINDS, kinds_kept_in
from dosje.reading.own_fields import OwnFields
from dosje.reading.terms import Terms
from dosje.reading.vocabulary import DEFAULTS, LISTS
from dosje.values.dates import Edtf

# Eleven thousand ways to break out on about a hundred pages.
VARIANTS, SLOTS = 8, 11
# What a stranger may write, by what it attacks. `tests/values/test_signs.py` has the signs that may stand nowhere.
PAYLOADS = {
    "html": ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>",
             "</title></textarea></style><iframe srcdoc='<b>x</b>'>", "&lt;b&gt; &amp;amp; &#60;i&#62; &nosuch;",
             "</p></div></article><h1 id=__drawer>x</h1>", "<a href='javascript:alert(1)'>x</a>", "<plaintext>"],
    "attribute": ['" onmouseover="alert(1)" x="', "' autofocus onfocus='alert(1)", "x=`y` onerror=alert(1)"],
    "url": ["javascript:alert(1)", "data:text/html,<b>x</b>", "[x](javascript:alert(1))", "//evil.invalid/x",
            "file:///etc/passwd", "../../../etc/passwd"],
    "script": ["</script><script>alert(1)</script>", "<!-- <script>", '"},{"@type":"Thing","name":"x', "*/alert(1)/*",
               "\\u003cb\\u003e", "';alert(1)//", "${alert(1)}"],
    "markdown": ["**b** _i_ ~~s~~ ==m== `c`", "# h", "- li", "1. li", "> q", "a | b | c", "![y](z.png) [w]: x",
                 "[^1] [@work] @work", "```", "{: onclick=alert(1) }", "--8<-- 'mkdocs.yml'", "::: dosje.cli", "[TOC]",
                 "*[x]: y", "!!! note", "[[w]]", "$x$ $$y$$", "///Footnotes Go Here///", "---", "\\* \\<b>"],
    "jinja": ["{{ 7*7 }}", "{% raw %}", "{# x", "{{ config.__class__ }}", "{%- include 'main.html' -%}"],
    "typst": ['#panic("x")', '#import "x.typ": y', "@label <label>", '"; panic() //', "#{ [", "= heading", "\\u{41}"],
    "csv": ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3", 'x","y";z', "\t=1"],
    "yaml": [": - ? key", "&anchor *alias", "!!python/object:os.system x", "%TAG", "...", "{a: [b", "~", "null"],
    "xml": ["]]>", "<![CDATA[x", "<?xml version='1.0'?>", "<!DOCTYPE x [<!ENTITY y 'z'>]> &y;"],
    "regex": ["(a+)+$ [z-a] \\1 (?P<x>", "$& $1 \\g<0>", ".*"],
    "tex": ["\\input{/etc/passwd} \\write18{x}", "100% ~ x_1^2", "{unbalanced"],
    "marks": ["44444 45457 page-45456", "zxhzdk:0 {0} %s %(x)s", "ER  - TY  - BOOK"],
    "scripts": ["Тирана 1960", "地拉那 1960"],
}  # fmt: skip
EVERY = tuple(payload for found in PAYLOADS.values() for payload in found)
# In Markdown of ours these are text too; the others are the author's own formatting there, or a finding.
# What the archives of these editions say of levels, sides, pages and frames that none of their units has; and the
# edition's own label of a leaf, because each archive has one.
NOT_USED = {
    "archive.labels.frame", "archive.labels.levels", "archive.labels.levels.key", "archive.labels.page",
    "archive.labels.pages", "archive.labels.recto", "archive.labels.verso", "archive.separators",
    "archive.separators.key", "settings.folio_label",
}  # fmt: skip
IN_PROSE = tuple(one for kind in ("html", "attribute", "script", "jinja", "typst", "csv", "xml", "regex", "tex")
                 for one in PAYLOADS[kind] if not set(one) & set("*_`[]|~@&\\\t") and one[0] not in "=+-#")  # fmt: skip
# In a .bib file braces count even where they are escaped.
IN_BIB = tuple(one for one in EVERY if one.count("{") == one.count("}") and "}," not in one)
ADDRESSES = ("https://x.invalid/\"onclick=alert(1)//<b>'`{}|\\^", "https://x.invalid/]]>&amp;?q=<script>",
             "http://x.invalid/javascript:alert(1)#)")  # fmt: skip
DOIS = ('10.1000/x"><b>', "10.1002/(SICI)1097<1::AID>3.0;2-#%&", "10.1000/x'y z")
# What of the settings is no text of anybody, and what is text, by its place in mkdocs.yml.
FIXED_SETTINGS = {"pages_dir", "docs_dir", "site_dir", "bib_dir", "bib_file", "style", "locale", "date", "paper",
                  "site_url", "repo_url", "theme", "styles", "left_out", "content_security_policy",
                  "theme_dir"}  # fmt: skip
TEXT_SETTINGS = {"site_name": "site_name", "description": "site_description", "folio_label": "folio_label",
                 "version": "version", "licence": "licence", "authors": "authors"}  # fmt: skip
# Kinds of values that have a form of their own; the reader refuses whatever else.
_FORMED = {Edtf: "1960"}
_WORDS = ("title", "subtitle", "titleaddon", "author", "editor", "translator", "journaltitle", "booktitle", "maintitle",
          "eventtitle", "howpublished", "institution", "abstract", "shorttitle", "addendum")  # fmt: skip
_NOT_WORDS = {"doi", "url", "isbn", "issn", "pages", "volume", "number"}
# Kinds of entries, and which fields an entry of the kind has not, or has no words of its own for.
_ENTRIES = (
    ("book", "journaltitle booktitle institution howpublished eventtitle maintitle type"),
    ("article", "booktitle maintitle institution publisher location eventtitle howpublished edition"),
    ("incollection", "journaltitle institution maintitle howpublished"),
    ("online", "journaltitle booktitle institution maintitle"),
    ("thesis", "journaltitle booktitle publisher maintitle"),
    ("book", "subtitle author journaltitle booktitle institution"),
)
_KINDS = ("person", "meeting", "event", "source", "place", "organisation", "archive", "essay", "page")
_EMPTY = {("place", "kind"), ("essay", "order"), ("page", "order")}


@dataclass
class Hostile:
    """An edition: its files, and of each text that it holds the mark, where it stands, and what was written."""

    files: dict[str, str | bytes]
    texts: dict[str, tuple[str, str]] = field(default_factory=dict)
    products: int = 0


def write_edition(variants: int, *, slots: int, is_twin: bool = False) -> Hostile:
    """Return an edition with `variants` records of each kind, `slots` payloads in each field.

    Over all variants a field holds variants × slots of the payloads, at its beginning as many as there are variants.
    """
    return _Writer(variants, slots, is_twin).write()


def fields_of_records() -> list[str]:
    """Return the paths of all fields that hold text, e.g. "meeting.participants.role"."""
    return sorted({where for _, (where, _) in write_edition(1, slots=1).texts.items()})


class _Writer:
    def __init__(self, variants: int, slots: int, is_twin: bool) -> None:
        self._variants, self._slots, self._is_twin = variants, slots, is_twin
        self._made = Hostile({})
        self._count = 0
        self._at_field: dict[str, int] = {}
        self.variant = 0

    def write(self) -> Hostile:
        lists: dict[str, dict[str, Any]] = {kind.path_in_content: {} for kind in kinds_kept_in("list")}
        entries = []
        for variant in range(self._variants):
            self.variant = variant
            for kind in _KINDS:
                values = self._record(kind, KINDS[kind].model, kind)
                key = f"{kind}-{self.variant}"
                row = KINDS[kind]
                if row.kept_in == "list":
                    lists[row.path_in_content][key] = values
                elif row.kept_in == "files":
                    self._made.files[f"content/{row.path_in_content}/{key}.yml"] = _yaml(values)
                else:
                    body = values.pop("body")
                    self._made.files[f"content/{row.path_in_content}/{key}.md"] = f"---\n{_yaml(values)}---\n{body}\n"
            entries.append(self._entry())
        self._made.files |= {f"content/{name}": _yaml(values) for name, values in lists.items()}
        self._made.files["bibliography/works.bib"] = "\n".join(entries)
        self._made.files["content/vocabulary.yml"] = _yaml(self._vocabulary())
        self._made.files["mkdocs.yml"] = self._settings()
        return self._made

    def _vocabulary(self) -> dict[str, Any]:
        """Return a vocabulary: an own field for each kind of record, and other labels for words that records use."""
        lists = {name: {DEFAULTS.known(name)[0]: self.text(f"vocabulary.{name}")} for name in LISTS}
        fields = {kind: {"own": {"label": self.text(f"vocabulary.{kind}"), "facet": True}} for kind in _KINDS}
        return {**lists, "fields": fields}

    def text(self, where: str, payloads: tuple[str, ...] = EVERY) -> str:
        """Return the next text of a field: some payloads, and the mark."""
        self._count += 1
        mark = f"F{self._count}x"
        start = self._at_field.get(where, sum(map(ord, where)))
        self._at_field[where] = start + self._slots
        chosen = [payloads[(start + slot) % len(payloads)] for slot in range(self._slots)]
        self._made.products += len(chosen)
        said = "harmless" if self._is_twin else " ".join(chosen)
        self._made.texts[mark] = (where, f"{said} {mark}")
        return f"{said} {mark}"

    def prose(self, where: str) -> str:
        cite = f"[see {self._in_cite(where)} @source-{self.variant}, fl. 3; @work-{self.variant}, 5]"
        link = f"[a person](person:person-{self.variant})"
        fit = tuple(one for one in IN_PROSE if one in IN_BIB) if where.startswith("bib.") else IN_PROSE
        return f"Said {link} {self.text(where, fit)} at last {cite}."

    def cites(self, where: str) -> str:
        return f"[@source-{self.variant}, fl. 3, {self._in_cite(where)}]"

    def _in_cite(self, where: str) -> str:
        fit = tuple(one for one in IN_PROSE if not set(one) & set("[];@{}'\"&") and "]]" not in one)
        return self.text(f"{where}[cite]", fit)

    def _record(self, kind: str, model: type[Model], where: str) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for name, info in model.model_fields.items():
            alias = info.alias or name
            path = f"{where}.{alias}"
            if (kind, alias) in _EMPTY or _is_left_out(path, self.variant):
                continue
            values[alias] = self._value(kind, (info.annotation, *info.metadata), path)
        return values

    def _value(self, kind: str, annotation: tuple[Any, ...], path: str) -> Any:
        name = path.rpartition(".")[2]
        if path in _CHOSEN:
            return _CHOSEN[path](self.variant, self._variants)
        parts = list(_parts(annotation))
        inner = next((found for part in annotation if (found := find_model(part))), None)
        if inner is not None:
            one = self._record(kind, inner, path)
            many = any(get_origin(part) is tuple for part in parts)
            two = [one, self._record(kind, inner, path)] if name == "positions" else [one]
            return two if many else one
        found = self._plain(parts, path)
        return [found] if any(get_origin(part) is tuple for part in parts) and not isinstance(found, dict) else found

    def _plain(self, parts: list[Any], path: str) -> Any:
        for part in parts:
            if isinstance(part, Marked):
                return self.prose(path) if part.what == "prose" else self.cites(path)
            if isinstance(part, Ref):
                is_name = part.or_name and self.variant % 2 == 0
                return f"P {self.text(path)}" if is_name else f"{part.kind}-{self.variant}"
            if isinstance(part, LanguageCode):
                return "sq"
            if get_origin(part) is Literal:
                return get_args(part)[0]
            if isinstance(part, Terms):
                return DEFAULTS.known(part.name)[0]
            if part is OwnFields:
                return {"own": self.text(path)}
            if part in _FORMED:
                return _FORMED[part]
        if any(get_origin(part) is dict for part in parts):
            return {self.text(f"{path}.key"): self.text(path)}
        if any(part is bool for part in parts):
            return True
        if _is_address(parts):
            return "https://x.invalid/" if self._is_twin else ADDRESSES[self.variant % len(ADDRESSES)]
        assert any(part is str for part in parts), path
        return self.text(path)

    def _entry(self) -> str:
        given = {name: "{" + escape_tex(self.text(f"bib.{name}", IN_BIB)) + "}"
                 for name in dict.fromkeys((*_WORDS, *BIB_FIELDS.values())) if name not in _NOT_WORDS}  # fmt: skip
        # pandoc takes these as they stand.
        raw = tuple(one for one in IN_BIB if not set(one) & set("{}%\\#&$_^~"))
        given |= {name: "{" + self.text(f"bib.{name}", raw) + "}" for name in ("isbn", "issn")}
        doi = "10.1000/x" if self._is_twin else DOIS[self.variant % len(DOIS)]
        url = "https://x.invalid/" if self._is_twin else ADDRESSES[self.variant % len(ADDRESSES)]
        given |= {"doi": doi, "date": "1960", "annotation": self.prose("bib.annotation"), "langid": "german"}
        given["url"] = url.replace("{}", "")
        kind, less = _ENTRIES[self.variant % len(_ENTRIES)]
        given = {name: value for name, value in given.items() if name not in less.split()}
        lines = "".join(f"  {name} = {{{value}}},\n" for name, value in given.items())
        return f"@{kind}{{work-{self.variant},\n{lines}}}\n"

    def _settings(self) -> str:
        said = {place: self.text(f"settings.{name}") for name, place in TEXT_SETTINGS.items()}
        ours = ("folio_label", "version", "licence", "authors")
        more = {name: self.text(f"settings.{name}") for name in ("copyright", "repo_name", "site_author")}
        return _yaml({
            **{place: text for place, text in said.items() if place not in ours}, **more,
            "site_url": "https://example.org/", "docs_dir": ".build/pages",
            "repo_url": "https://x.invalid/",
            "extra": {"dosje": {place: [said[place]] if place == "authors" else said[place] for place in ours}},
        })  # fmt: skip


def _is_left_out(path: str, variant: int) -> bool:
    """Say whether a record has no such field: a participant is a person or an organisation, one of both; and so on."""
    if path in ("meeting.participants.person", "meeting.participants.organisation"):
        return path.endswith("person") == bool(variant % 2)
    if path == "meeting.participants.name" or path.endswith(".draft"):  # of drafts much is not published
        return True
    if path in ("source.part_of", "source.repository"):  # only the uppermost unit names its archive
        return path.endswith("part_of") == (variant == 0 or bool(variant % 2))
    return path in ("place.part_of", "organisation.part_of", "meeting.part_of")


def _next(kind: str) -> Callable[[int, int], list[str]]:
    return lambda variant, variants: [f"{kind}-{variant + 1}"] if variant + 1 < variants else []


def _old(kind: str) -> Callable[[int, int], list[str]]:
    return lambda variant, _: [f"old-{kind}-{variant}"]


_CHOSEN: dict[str, Callable[[int, int], Any]] = {
    "person.born": lambda *_: "1900", "person.died": lambda *_: "1970", "person.name.family_first": lambda *_: True,
    "place.coordinates": lambda variant, _: f"{40 + variant / 10}, 19.8",
    "meeting.precedes": _next("meeting"), "meeting.follows": lambda *_: [], "meeting.see_also": _next("meeting"),
    "source.part_of": lambda *_: "source-0", "source.witnesses.part_of": lambda *_: "source-0",
    "archive.isil": lambda *_: "XX-A1", "archive.country": lambda *_: "AL",
    "archive.pattern": lambda *_: "{archive} {reference}",
    "source.seen": lambda *_: "via", "source.level": lambda *_: "item",
    "source.folios": lambda *_: "1-9", "source.witnesses.folios": lambda *_: "1-9",
    "source.type": lambda variant, _: ("letter", "minutes", "report", "speech", "telegram")[variant % 5],
    **{f"{kind}.formerly": _old(kind) for kind in _KINDS},
}  # fmt: skip


def _parts(annotation: Any) -> Iterator[Any]:
    """Yield all that an annotation is made of, from outside in."""
    for part in annotation:
        yield part
        yield from _parts(
            (*get_args(part), *getattr(part, "__metadata__", ())) if get_origin(part) is not Literal else ()
        )


def _is_address(parts: list[Any]) -> bool:
    readers = [part.func for part in get_args(Address)[1:] if hasattr(part, "func")]
    return any(getattr(part, "func", None) in readers for part in parts)


def _yaml(values: Any) -> str:
    """Return values as YAML in one line, each text in quotes: JSON is YAML."""
    return json.dumps(values, ensure_ascii=False) + "\n"


def put(root: Path, made: Hostile) -> Path:
    for name, text in made.files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return root


def run(*command: str, root: Path) -> str:
    asked = [sys.executable, "-m", "dosje.cli", *command, "--project", str(root)]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def build_hostile(folder: Path, variants: int = VARIANTS, slots: int = SLOTS) -> None:
    """Build a hostile edition and its twin in a folder."""
    for name, is_twin in (("hostile", False), ("twin", True)):
        run("build", root=put(folder / name, write_edition(variants, slots=slots, is_twin=is_twin)))


class Built:
    """A hostile edition and its twin, both built in a folder."""

    def __init__(self, folder: Path, variants: int = VARIANTS, slots: int = SLOTS) -> None:
        self.made = write_edition(variants, slots=slots)
        self.root, self.twin_root = folder / "hostile", folder / "twin"
        site = self.root / "site"
        found = (path.relative_to(site).as_posix() for path in site.rglob("*.html"))
        self.pages = sorted(name for name in found if not name.startswith("pagefind/"))

    def fields_in(self, text: str, *, is_rich: bool = False, dropped: str = "") -> tuple[set[str], dict[str, str]]:
        """Return the fields of which a text has something, and of those that it has in part what it has."""
        table = str.maketrans("", "", dropped)
        cut = squeeze(text, is_rich=is_rich).translate(table)
        found, torn = set(), {}
        for match in re.finditer(r"f\d+x", cut):
            where, said = self.made.texts[f"F{match[0][1:-1]}x"]
            expected = squeeze(said, is_rich=is_rich).translate(table)
            found.add(where)
            if not cut[: match.end()].endswith(expected):
                torn[where] = cut[: match.end()][-len(expected) - 20 :]
        return found, torn


def squeeze(text: str, *, is_rich: bool = False) -> str:
    """Return a text without what styles and typography may change: white space, marks of quotation, capitals.

    `is_rich`: CSL-JSON has tags for emphasis and no way to say that one is text, so exports do without these.
    """
    text = re.sub(r"</?(?:i|b|sup|sub|span)(?: [^>]*)?>", "", text) if is_rich else text
    return re.sub(r"[\s\"'“”‘’«»„‚`´.,–—-]+", "", text).casefold()
