"""Code on pages has the colours that superfences gives it."""

from __future__ import annotations

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown

from dosje.markup.tree import Listing
from dosje.web.code_colours import colour_code

PYTHON = 'import re\n\n\n# words\nclass A:\n    """One.\n\n    Two.\n    """\n    x = re.compile(r"[&<>]")\n'
CODE = {
    "python": PYTHON,
    "yaml": "# a meeting\ntitle: Talks\nparticipants:\n  - person: kapo # first\n\nnote: |\n  a\n\n  b\n",
    "bibtex": "@book{a, title = {B & C},\n\n  year = 1960}\n",
    "markdown": "# A\n\n## B [@a]\n\n- *c*\n",
    "html": '<p class="a">\n\n<!-- b -->\n</p>\n',
    "console": "$ dosje cite \"a\"\n\n# b\n",
    "nobodys": "a\n\n# b <c>\n",
    "": "a\n\n# b <c>\n",
}  # fmt: skip


def by_superfences(language: str, text: str, marked: str = "") -> str:
    head = f'{language} hl_lines="{marked}"' if marked else language
    made = Markdown(extensions=["pymdownx.superfences"]).convert(f"```{head}\n{text}```")
    return made.removeprefix('<div class="highlight"><pre><span></span><code>').removesuffix("</code></pre></div>")


@pytest.mark.parametrize("language", CODE)
@pytest.mark.parametrize("marked", ["", "1", "2-4 1 99"])
def test_code_is_coloured_as_by_superfences(language: str, marked: str) -> None:
    text = CODE[language]
    made = colour_code(Listing(text.removesuffix("\n"), language, marked))
    assert made.replace("&#10;", "\n").replace("&#35;", "#") == by_superfences(language, text, marked)


@given(st.sampled_from(list(CODE)), st.text(st.sampled_from("a \n#'\"<&:-$@[]*"), max_size=40))
def test_no_line_of_code_is_empty_or_begins_as_a_heading(language: str, text: str) -> None:
    made = colour_code(Listing(text, language))
    assert not any(line == "" or line.isspace() or line.startswith("#") for line in made.split("\n")[1:-1])
    assert html.unescape(made).count("\n") >= text.strip("\n").count("\n")


def test_a_range_of_lines_ends_with_the_code() -> None:
    made = colour_code(Listing("a\nb", "", "2-999999"))
    assert made == 'a\n<span class="hll">b\n</span>'
