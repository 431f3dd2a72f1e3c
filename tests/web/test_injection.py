"""No text of an author is run, neither by Markdown nor by a browser, and all of it is shown as it was.

The same edition is rendered twice, once with a harmless word in every field of plain text and once
with signs that mean something to Markdown, HTML, Jinja2 or MkDocs. The tags must be the same, and
the text must be the same but for the word.
"""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import Any

import pytest
import yaml
from markdown import Markdown

from conftest import PROJECT, Edition
from dosje.checking.edition import check_edition
from dosje.site.page_files import build_pages
from dosje.values.findings import format_findings
from dosje.web.tables import TABLES

pytestmark = pytest.mark.whole

SIGNS = (
    "<script>alert(1)</script> <img src=x onerror=alert(1)> [x](javascript:alert(1)) ![y](z.png) [^1] [@work] @work "
    "| * _a_ **b** ` ``` ~~~ # > {{ x }} {% x %} {: onclick=x } ::: --8<-- &lt; &#60; <!-- --> \\ \\* $x$ [[w]] ==m=="
)
# In a .bib file, where TeX has its own signs.
BIB_SIGNS = (
    "<script>alert(1)</script> [x](javascript:alert(1)) ![y](z.png) [z] *a* **b** _c_ | @work ::: {{ x }} {% x %} #"
)
# Words that are written as the address of a link, or in a span for reference managers, hold no other signs.
ENCODED = re.compile(r"(data:application/[\w.-]+;charset=utf-8,|ctx_ver=Z39.88-2004&)[\w%.~,;:/()&=+*-]*\Z")
# What no text of an author can forge: the signs of our own marks, and of Python-Markdown's.
FORGED = "\x02words nowhere first\x03 \x02wzxhzdk:0\x03"


class Page(HTMLParser):
    """A page of HTML as its tags, without the words in their attributes, and its text."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, ...]] = []
        self.text = ""
        self.feed(source)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        # The id of a heading is made of its words.
        is_of_heading = {"id", "href"} if ("class", "headerlink") in attributes or tag in ("h1", "h3") else set()
        values = ((name, ENCODED.sub(r"\1", value or "")) for name, value in attributes)
        self.tags.append((tag, *(name if name in is_of_heading else f"{name}={value}" for name, value in values)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.tags.append(("comment", data))


def to_html(page: str, *more: str) -> Page:
    """Return a rendered page as MkDocs would show it, with the extensions of an edition, and more if it asks."""
    extensions: list[str] = []
    options: dict[str, Any] = {}
    for entry in yaml.safe_load((PROJECT / "scripts/dosje/site/defaults.yml").read_text("utf-8"))[
        "markdown_extensions"
    ]:
        name, given = next(iter(entry.items())) if isinstance(entry, dict) else (entry, {})
        extensions.append(name)
        options[name] = given
    body = re.sub(r"\A---\n.*?\n---\n", "", page, count=1, flags=re.DOTALL)
    return Page(Markdown(extensions=[*more, *extensions], extension_configs=options).convert(body))


def write_edition(word: str) -> dict[str, str]:
    """Return an edition in which every field of plain text holds the word, each behind a number of its own."""
    numbers = iter(range(100, 999))

    def text() -> str:
        return json.dumps(f"N{next(numbers)} {word} z")

    # In mkdocs.yml, which other programs read too, signs of ours are a finding.
    site_name = text().replace("\\u0002", "").replace("\\u0003", "")
    bib_word = re.sub(r"([{}%#_])", r"\\\1", BIB_SIGNS) if word != "harmless" else word
    return {
        "mkdocs.yml": f"site_name: {site_name}\nsite_url: https://example.org/\n"
        "extra: {dosje: {folio_label: fl.}}\n",
        "content/places.yml": f"tirana: {{name: {text()}, variants: [{text()}], same_as: {{{text()}: {text()}}}}}\n",
        "content/organisations.yml": f"pla: {{name: {text()}, abbreviation: {text()}, variants: [{text()}], "
        f"place: tirana, same_as: {{{text()}: {text()}}}}}\n",
        "content/archives.yml": f"aqsh: {{name: {text()}, english: {text()}, abbreviation: {text()}, place: tirana, "
        f"variants: [{text()}], labels: {{year: {text()}, file: {text()}, folio: {text()}}}, "
        f"abbreviations: [{{sign: {text()}, term: {text()}, meaning: {text()}}}]}}\n",
        # Family name first, because CSL reads signs in a given name as initials, and puts points behind them.
        "content/persons/kapo.yml": f"name: {{family: {text()}, given: {text()}, family_first: true, "
        f"native: {text()}}}\nvariants: [{text()}]\nsame_as: {{{text()}: {text()}}}\n"
        f"affiliations: [{{organisation: pla, office: {text()}, cite: '[@letter]'}}]\n",
        "content/meetings/m.yml": f"title: {text()}\nkind: talks\ndate: 1960\nplace: tirana\nhost: pla\n"
        f"variants: [{text()}]\nparticipants: [{{person: kapo, for: pla, role: {text()}, cite: '[@letter]'}}]\n"
        f"disputes: [{{question: {text()}, positions: "
        "[{claim: One., cite: '[@letter]'}, {claim: Two., cite: '[@minutes]'}]}]\n"
        "account: '[Kapo](person:kapo) at the [meeting](meeting:m) [@letter; @minutes, 5; @letter, fl. 3].'\n",
        "content/sources/letter.yml": f"type: letter\ntitle: {text()}\noriginal_title: {text()}\nauthor: kapo\n"
        f"recipient: {text()}\ndate: 1960\nrepository: aqsh\nreference: {text()}\nyear: {text()}\nfile: {text()}\n"
        f"folios: 1-9\nlanguage: {text()}\nmeetings: [m]\nvariants: [{text()}]\nseen: original\n"
        f"witnesses: [{{kind: copy, description: {text()}, published_in: minutes, pages: {text()}}}]\n",
        "content/sources/minutes.yml": f"type: minutes\ntitle: {text()}\nauthor: [{text()}]\nplace: tirana\n"
        f"part_of: letter\nseen: via\nvia: '[@work]'\n",
        "content/essays/e.md": f"---\ntitle: {text()}\nsummary: {text()}\n---\nOne [@work].\n\n[A](source:letter).\n",
        "content/pages/p.md": f"---\ntitle: {text()}\nsummary: {text()}\n---\nTo the [essay](essay:e).\n",
        "bibliography/b.bib": f"@book{{work, author = {{{{N1 {bib_word} z}}}}, title = {{{{N2 {bib_word} z}}}}, "
        f"doi = {{10.1000/x}}, date = {{1960}}}}\n",
    }


def render(edition: Edition, word: str) -> dict[str, str]:
    root = edition(write_edition(word))
    checked = check_edition(root)
    assert not checked.has_errors, format_findings(checked.findings)
    build_pages(checked, lambda _: None)
    folder = root / ".build" / "pages"
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in sorted(folder.rglob("*.md"))}


def squeeze(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def test_plain_text_of_any_kind_is_shown_as_it_was_and_makes_no_tag(edition: Edition) -> None:
    harmless = render(edition, "harmless")
    hostile = render(edition, f"{SIGNS} {FORGED}")
    shown = squeeze(re.sub(r"[\x02\x03]", "", f"{SIGNS} {FORGED}"))
    assert list(hostile) == list(harmless)
    for path, page in hostile.items():
        expected, found = to_html(harmless[path]), to_html(page)
        assert squeeze(found.text).replace(shown, "harmless").replace(BIB_SIGNS, "harmless") == squeeze(
            expected.text
        ), path
        # A tooltip has a person's name in it.
        tags = [tuple(squeeze(part).replace(shown, "harmless") for part in tag) for tag in found.tags]
        assert tags == [tuple(squeeze(part) for part in tag) for tag in expected.tags], path


def test_plain_text_in_front_matter_is_only_a_value(edition: Edition) -> None:
    for path, page in render(edition, SIGNS).items():
        values = yaml.safe_load(page.split("---\n", 2)[1])
        assert set(values) <= {"title", "description", "hide", "dosje_head", "dosje_page"}, path
        described = Page(values["dosje_head"])
        assert {tag[0] for tag in described.tags} == {"meta"} and not described.text.strip(), path
        assert all([value.partition("=")[0] for value in tag[1:]] == ["name", "content"] for tag in described.tags)
        if path == "essays/e.md":
            # In a description, spaces before signs are those at which no line breaks.
            said = [re.sub(r"N\d+ ", "", values[name]).replace("\u00a0", " ") for name in ("title", "description")]
            assert said == [f"{SIGNS} z"] * 2


PROSE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<!-- <script>alert(1)</script> -->",
    "<?php x ?>",
    "</p></div><svg/onload=alert(1)>",
    "<div markdown='1'>**x**</div>",
    "{{ config }} {% raw %} {# x #}",
    "--8<-- 'mkdocs.yml'",
    "::: dosje.cli",
    "*x*{: onclick=alert(1) }",
    "{: onclick=alert(1) }",
    "a | b | c",
    "[x]{ onclick=alert(1) }",
    'He *went*{: onclick="alert(1)" style="color:red" } to [b](https://e.org){: href="javascript:alert(1)" onclick=x }',
    'A line\n{: onclick="alert(2)" }',
    "# H {: onclick=alert(1) }",
    "# H { #own .class onclick=alert(1) }",
    "`code`{: onclick=alert(1) }, **b**\\\\{: onclick=alert(1) }",
    "- item {: onclick=alert(1) }\n- item\n  {: onclick=alert(1) }\n",
    "a | b\n--|--\nc | d {: onclick=alert(1) }",
    "Term {: onclick=alert(1) }\n:   Said\n    {: onclick=alert(1) }",
    "``` { .py onclick=alert(1) }\nx\n```",
    "~~~ {: #own onclick=alert(1) }\nx\n~~~",
    "```\n\n<img src=x onerror=alert(1)>\n{: onclick=alert(1) }",
    "   ```\n\n<img src=x onerror=alert(1)>\n{: onclick=alert(1) }\n\n   ```",
    "```py onclick=alert(1)\n\n<img src=x onerror=alert(1)>\n\n```",
    "```\n\n<img src=x onerror=alert(1)>\n\n```py",
    "- a `b\n\n    <img src=x onerror=alert(1)>\n    {: onclick=alert(1) }\n\n    c` d",
    "- a\n\n    ```\n  x\n\n    <img src=x onerror=alert(1)>\n\n    ``` d",
    "> `a\n>\n> <img src=x onerror=alert(1)> {: onclick=alert(1) }` b",
    "- `a\n- <img src=x onerror=alert(1)>` b",
    "Term `a\n:   <img src=x onerror=alert(1)>` b",
    "a `b\n=====\n<img src=x onerror=alert(1)>` c",
    "\x02words nowhere first\x03 `\x02words nowhere first\x03` \x02wzxhzdk:0\x03",
    "``` \x02words nowhere first\x03",
    '[x](https://example.org/"onclick=alert(1))',
    "<https://example.org/'onclick='alert(1)>",
    "&lt;script&gt; &#60;script&#62;",
    "///Footnotes Go Here///",
]
TAGS = {"p", "em", "strong", "code", "a", "h1", "h2", "h3", "ul", "li", "ol", "div", "hr", "sup", "span", "table",
        "thead", "nav", "small", "tbody", "tr", "th", "td", "dl", "dt", "dd", "pre", "button",
        "blockquote"}  # fmt: skip
ATTRIBUTES = {"aria-label", "class", "href", "id", "scope", "lang", "title", "style", "type", "hidden", "download",
              "data-name", "data-locale", "data-order"}  # fmt: skip
# What pages of ours that work by a script have besides, each as it must be.
SCRIPTED = {
    "lookup/index.md": {("script", "defer=", "src=../assets/lookup.js"),
                        ("div", "id=dosje-lookup", "data-engine=engine.js", "data-index=v4", "data-folio=fl.",
                         "hidden="),
                        ("span", "id=dosje-lookup-sample", "data-key=a")},
    **{f"{name}/index.md": {("form", "class=dosje-filter", "role=search", "aria-label=This list", "hidden="),
                            ("input", "type=search", "autocomplete=off", "spellcheck=false"), ("span", "role=status"),
                            ("label",)}
       for name in TABLES},
}  # fmt: skip


def write_prose(prose: str) -> str:
    """Return an essay with the prose in a paragraph, a citation, a block of its own and a hand-written note."""
    within = re.sub(r"[\[\]`;]|\n", "", prose)
    paragraphs = [
        f"One {prose}",
        f"Two [see {within} @a, fl. 3].",
        prose,
        *[f"Three [@a]{prose}"] * prose.startswith("{"),
        "End[^n].",
        f"[^n]: {prose}",
    ]
    return "---\ntitle: E\n---\n" + "\n\n".join(paragraphs) + "\n"


def build_prose(edition: Edition) -> dict[str, str]:
    """Return the pages, by their path, of an edition that has each prose in an essay and in a record."""
    places = "".join(
        f"p{n}: {{name: A, description: {json.dumps(prose + ' [@a].')}}}\n" for n, prose in enumerate(PROSE)
    )
    essays = {f"content/essays/e{n}.md": write_prose(prose) for n, prose in enumerate(PROSE)}
    essays |= {f"content/pages/p{n}.md": f"---\ntitle: P\n---\n{prose}\n" for n, prose in enumerate(PROSE)}
    source = "type: report\ntitle: A\nseen: original\n"
    root = edition({**essays, "content/places.yml": places, "content/sources/a.yml": source})
    checked = check_edition(root)
    assert not checked.has_errors, format_findings(checked.findings)
    build_pages(checked, lambda _: None)
    folder = root / ".build" / "pages"
    pages = {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in sorted(folder.rglob("*.md"))}
    assert len(pages) > 2 * len(PROSE)
    del pages["search/index.md"]  # a form of ours, without any text of an author
    return pages


# What an edition may ask for that makes more of prose.
MORE = ((), ("attr_list",), ("extra",), ("pymdownx.extra",))


@pytest.mark.parametrize("more", MORE, ids=lambda more: " ".join(more) or "none")
def test_no_html_and_no_attribute_in_prose_becomes_a_tag(more: tuple[str, ...], edition: Edition) -> None:
    for path, text in build_prose(edition).items():
        tags = [tag for tag in to_html(text, *more).tags if tag not in SCRIPTED.get(path, ())]
        assert {tag for tag, *_ in tags} <= TAGS, path
        attributes = [attribute for _, *found in tags for attribute in found]
        assert {attribute.split("=", 1)[0] for attribute in attributes} <= ATTRIBUTES, path
        assert not [attribute for attribute in attributes if attribute.startswith("href=javascript")], path
        assert not {"id=own", "class=class", "style=color:red"} & set(attributes), path


def test_a_brace_in_prose_and_in_code_is_shown_as_it_was(edition: Edition) -> None:
    said = "{a} \\{b} \\\\{c} *d*{: .e } [f](https://example.org/{g}) `{h}`\n\n"
    said += "    {i}\n\n```json\n{j}\n```\n\n```{k}\n{l}\n```"
    root = edition({"content/essays/e.md": f"---\ntitle: E\n---\n{said}\n"})
    build_pages(check_edition(root), lambda _: None)
    page = to_html((root / ".build/pages/essays/e.md").read_text("utf-8"), "extra")
    assert "{a} {b} \\{c} d{: .e } f {h} {i} {j} {l} " in " ".join(page.text.split())
    assert ("a", "href=https://example.org/%7Bg%7D") in page.tags
