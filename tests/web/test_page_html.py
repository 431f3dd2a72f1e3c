"""What authors write, as the HTML of a page: all that Markdown could do on pages before."""

from __future__ import annotations

import html
import re

import pytest
from markdown import Markdown

from conftest import Edition
from dosje.edition.headings import headings_of
from dosje.reading.record_files import read_corpus
from dosje.reading.settings_file import read_settings
from rendering import render

EXTENSIONS = ["attr_list", "def_list", "md_in_html", "smarty", "tables", "toc"]
A = "type: report\ntitle: A\nseen: original\n"


@pytest.fixture
def page(edition: Edition) -> object:
    """Return a function that returns the text of an essay as it stands on its page."""

    def make(text: str, **files: str) -> str:
        essays = {"content/essays/e.md": f"---\ntitle: E\n---\n\n{text}\n", "content/sources/a.yml": A}
        made = render(edition({**essays, **{name.replace("__", "/"): body for name, body in files.items()}}))
        body = made["essays/e.md"].split("# E\n", 1)[1]
        return re.split(r"\n## (?:Sources of this page|Cite this page|Mentioned elsewhere)", body)[0].strip()

    return make


CASES = {
    "a paragraph is one line": (
        "One\ntwo *three* **four** `five`.",
        "<p>One two <em>three</em> <strong>four</strong> <code>five</code>.</p>",
    ),
    "the end of a line can be kept": ("One  \ntwo.", "<p>One<br/> two.</p>"),
    "a list": ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
    "a list within a list": ("- a\n    - b", "<ul>\n<li>a\n<ul>\n<li>b</li>\n</ul></li>\n</ul>"),
    "a list with space between": ("- a\n\n- b", "<ul>\n<li><p>a</p></li>\n<li><p>b</p></li>\n</ul>"),
    "definitions": ("A\n:   b\n\nC\n:   d", "<dl>\n<dt>A</dt>\n<dd>b</dd>\n<dt>C</dt>\n<dd>d</dd>\n</dl>"),
    "a meaning without a term": (
        "# A\n: b [c](https://example.org)\n\nD\n:   e",
        '## A\n\n<p>b <a href="https://example.org">c</a></p>\n\n<dl>\n<dt>D</dt>\n<dd>e</dd>\n</dl>',
    ),
    "definitions of several paragraphs": (
        "A\n:   b\n\n    c\n\n    - d\n\nE\n:   f",
        "<dl>\n<dt>A</dt>\n<dd>b\n<p>c</p>\n<ul>\n<li>d</li>\n</ul></dd>\n<dt>E</dt>\n<dd>f</dd>\n</dl>",
    ),
    "a table with sides": (
        "| *A* | B |\n|:--|--:|\n| c | d |",
        '<table>\n<thead><tr><th scope="col" class="dosje-left"><em>A</em></th><th scope="col"'
        ' class="dosje-right">B</th></tr></thead>\n<tbody>\n<tr><td class="dosje-left">c</td>'
        '<td class="dosje-right">d</td></tr>\n</tbody>\n</table>',
    ),
    "a quotation": ("> One\n>\n> two", "<blockquote>\n<p>One</p>\n<p>two</p>\n</blockquote>"),
    "code with an empty line and a sign of a heading": (
        "```\na\n\n# b\n```",
        '<div class="highlight"><pre><span></span><code>a&#10;\n&#35; b\n</code></pre></div>',
    ),
    "code of a program has the classes of its words": (
        "```python\ndef f():\n\n    # <b>\n```",
        '<div class="highlight"><pre><span></span><code><span class="k">def</span><span class="w"> </span>'
        '<span class="nf">f</span><span class="p">():</span>&#10;\n    <span class="c1"># &lt;b&gt;</span>\n</code>'
        "</pre></div>",
    ),
    "a line of code can be marked": (
        '```text hl_lines="2 9"\na\n&b\n```',
        '<div class="highlight"><pre><span></span><code>a\n<span class="hll">&amp;b\n</span></code></pre></div>',
    ),
    "code in a language that nobody knows is text": (
        "```nobodys\na <b>\n```",
        '<div class="highlight"><pre><span></span><code>a &lt;b&gt;\n</code></pre></div>',
    ),
    "code within a list": (
        "- a\n\n    ```\n    b <c>\n    ```",
        '<ul>\n<li><p>a</p>\n<div class="highlight"><pre><span></span><code>b &lt;c&gt;\n</code></pre>'
        "</div></li>\n</ul>",
    ),
    "code within a quotation": (
        "> a\n>\n> ```\n> b:\n>\n>   <c>\n> ```\n>\n> d",
        '<blockquote>\n<p>a</p>\n<div class="highlight"><pre><span></span><code>b:&#10;\n  &lt;c&gt;\n'
        "</code></pre></div>\n<p>d</p>\n</blockquote>",
    ),
    "a quotation of code": (
        "> ```\n>a\n> ```",
        '<blockquote>\n<div class="highlight"><pre><span></span><code>a\n</code></pre></div>\n</blockquote>',
    ),
    "code within a list within two quotations": (
        "> > - a\n> >\n> >     ```\n> >     b\n> >     ```",
        "<blockquote>\n<blockquote>\n<ul>\n<li><p>a</p>\n"
        '<div class="highlight"><pre><span></span><code>b\n</code></pre></div></li>'
        "\n</ul>\n</blockquote>\n</blockquote>",
    ),
    "code between tildes within a list, and in it what would be a citation": (
        "- a\n\n    ~~~ text\n    b [@c]\n    ~~~",
        '<ul>\n<li><p>a</p>\n<div class="highlight"><pre><span></span><code>b [@c]\n</code></pre>'
        "</div></li>\n</ul>",
    ),
    "code between tildes within a quotation": (
        "> ~~~\n> a\n> ~~~",
        '<blockquote>\n<div class="highlight"><pre><span></span><code>a\n</code></pre></div>\n</blockquote>',
    ),
    "tildes that begin no code": (
        "a ~~~ b\n\n- c\n    ~~~",
        "<p>a &#126;&#126;&#126; b</p>\n\n<ul>\n<li>c &#126;&#126;&#126;</li>\n</ul>",
    ),
    "a rule": ("a\n\n---\n\nb", "<p>a</p>\n\n<hr/>\n\n<p>b</p>"),
    "headings": ("## A *b*\n\nc\n\n### D\n\ne", "## A <em>b</em>\n\n<p>c</p>\n\n### D\n\n<p>e</p>"),
    "quotation marks": ("\"a\" 'b' it's", "<p>“a” ‘b’ it’s</p>"),
    "HTML is text": ("<b onclick=a>x</b>", "<p>&#60;b onclick&#61;a&#62;x&#60;/b&#62;</p>"),
    "links": (
        "[a](https://example.org/a?b=c&d) <https://example.org> [e](#f) [g](../about.md#cite-this-page)\n\n## F\n\nx",
        '<p><a href="https://example.org/a?b=c&amp;d">a</a> <a href="https://example.org">https://example.org</a>'
        ' <a href="#f">e</a> <a href="../about.md#cite-this-page">g</a></p>\n\n## F\n\n<p>x</p>',
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_what_an_author_writes_stands_on_the_page(name: str, page) -> None:  # type: ignore[no-untyped-def]
    text, made = CASES[name]
    about = {"content__pages__about.md": "---\ntitle: About\n---\n\nOne.\n"}
    assert page(text, **about) == made


WITHIN = """## A

> ## In a *quotation* & [a link](https://example.org)
>
> Words.
>
> - One
> - ### In a list within it
>
>     Words.

1. One

    ## A

    - Two

        ```
        ## no heading
        ```

        ### Below `code_a` and "B" ###

Term
:   One

    ## In a definition

Under
-----

# A
"""


def contents_of(text: str) -> tuple[list[object], list[str]]:
    """Return what Python-Markdown makes of a page: its contents, and its headings with their addresses."""
    converter = Markdown(extensions=[*EXTENSIONS, "pymdownx.superfences"])
    made = converter.convert(text)
    headings = re.findall(r"<h[1-6] [^>]*>", made)
    return without_levels(converter.toc_tokens), [re.sub(r"h[1-6]", "h", one) for one in headings]  # type: ignore[attr-defined]


def without_levels(tokens: list[dict[str, object]]) -> list[object]:
    return [(token["id"], html.unescape(str(token["name"])), without_levels(token["children"])) for token in tokens]  # type: ignore[arg-type]


def test_headings_in_lists_and_quotations_stand_in_the_contents_as_in_any_page_of_mkdocs(page) -> None:  # type: ignore[no-untyped-def]
    assert contents_of(page(WITHIN)) == contents_of(WITHIN)
    assert len(contents_of(WITHIN)[1]) == 8


def test_what_holds_a_heading_is_html_in_which_markdown_reads_on(page) -> None:  # type: ignore[no-untyped-def]
    assert page("> ## A *b*\n>\n> One *two*\n\n- *c*\n- d\n\n    ## E") == (
        '<blockquote markdown="block">\n\n## A <em>b</em>\n\n<p>One <em>two</em></p>\n\n</blockquote>\n\n'
        '<ul markdown="block">\n<li><p><em>c</em></p></li>\n'
        '<li markdown="block">\n\n<p>d</p>\n\n## E\n\n</li>\n</ul>'
    )


def test_the_ledger_knows_the_headings_in_lists_and_quotations(edition: Edition) -> None:
    essay = {"content/essays/e.md": f"---\ntitle: E\n---\n\n{WITHIN}"}
    settings, _ = read_settings(edition({"mkdocs.yml": "site_name: A\n", **essay}))
    assert settings is not None
    record = read_corpus(settings)[0].essays["e"]
    addresses = [re.sub(r".*id=\"(.*)\".*", r"\1", heading) for heading in contents_of(WITHIN)[1]]
    assert list(headings_of(record)) == addresses


def test_the_number_of_a_note_is_no_part_of_a_headings_address(page) -> None:  # type: ignore[no-untyped-def]
    call = '<sup id="fnref:a_the-break"><a class="footnote-ref" href="#fn:a_the-break">1</a></sup>'
    found = page("## The break [@a]\n\nOne.")
    assert found.startswith(f'## The break{call} {{: #the-break data-toc-label="The break" }}\n')


def test_a_note_in_the_head_of_a_table_has_its_number(page) -> None:  # type: ignore[no-untyped-def]
    found = page("| A [@a] | B |\n|---|---|\n| c [@a, 3] | d |")
    assert re.findall(r'<a class="footnote-ref" href="[^"]*">(\d+)</a>', found) == ["1", "2"]


def test_texts_stay_markdown_for_extensions_that_an_edition_names(page) -> None:  # type: ignore[no-untyped-def]
    config = {"mkdocs.yml": "site_name: A\nmarkdown_extensions: [abbr]\n"}
    found = page("One HTML [@a].\n\n*[HTML]: a language", **config)
    assert found.startswith('One HTML.<sup id="fnref:a_one-html">') and found.endswith("*[HTML]: a language")
