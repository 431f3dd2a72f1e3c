"""A finished page: what Python-Markdown would make of it, without reading it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown

from conftest import MINI
from dosje.site.finished_pages import HARMLESS, FinishedPages

EXTENSIONS = sorted(HARMLESS)
CONFIGS = {"toc": {"permalink": True}, "footnotes": {"USE_DEFINITION_ORDER": True}}


def converter() -> Markdown:
    return Markdown(extensions=EXTENSIONS, extension_configs=CONFIGS)


FINISHED = (
    "# A\n\n<p>One <em>two</em> &amp; three<br/>four.</p>\n\n## B\n\n<ul>\n<li>C</li>\n</ul>\n\n### D {: #e }",
    "<p>Before the title.</p>\n\n# A\n\n# A\n\n<hr/>",
    '## Only a heading with <em>a</em> <a href="b.md#c">link</a> &#42;d&#42; "e"',
    '<figure class="a" hidden><svg viewBox="0 0 1 1"><path d="M0 0"/><text>a &lt; b</text></svg></figure>',
    '<script defer src="a.js"></script>\n\n<table>\n<tr><td title="a &gt; b">*c* [d](e)</td></tr>\n</table>',
    '<div class="highlight"><pre><span></span><code>a&#10;\n&#35; b\n    c\n</code></pre></div>',
    '<form><label>A <input type="search"></label></form>\n\n<p id="x">///Footnotes Go Here/// [TOC] {: .c }</p>',
)
UNFINISHED = (
    "A paragraph.",
    "- a list",
    "<p>One</p>\n<p>Two</p>",
    "<p>One</p> two",
    "One <p>two</p>",
    "<div>\n\n<p>One</p>\n\n</div>",
    '<div markdown="1">\n*a*\n</div>',
    "<p>One",
    "<p>One</div>",
    "</p>",
    "<em>One</em>",
    "<p>a < b</p>",
    "<p>a\tb</p>",
    "# A #",
    "#A",
    "# A\nB",
    "<!-- a -->",
    "<p>a</p>\n\n    code",
    "",
)


@pytest.mark.parametrize("page", FINISHED)
def test_a_finished_page_is_what_python_markdown_makes_of_it(page: str) -> None:
    plain = converter()
    html = plain.convert(page)
    found = FinishedPages(converter()).read(page)
    assert found is not None
    assert found.html == html
    assert found.contents == plain.toc_tokens  # type: ignore[attr-defined]
    assert found.title is None


@pytest.mark.parametrize("page", UNFINISHED)
def test_of_a_page_that_is_not_finished_nothing_is_said(page: str) -> None:
    assert FinishedPages(converter()).read(page) is None


PARTS = st.sampled_from(
    ["# A", "## A *b*", "### A", "<p>", "</p>", "<p>a</p>", "<div>", "</div>", "<hr/>", "<br/>", "a",
     "<ul>\n<li>a</li>\n</ul>", "*a*", " ", "\n", "\n\n", "<em>a</em>", '<p title="a">b</p>',
     "&amp;", "&", "- a", "    a", "<", ">", "[^a]", "<script>a < b</script>", "<pre><code>a\nb</code></pre>",
     "[a](b)", "{: #a }", "`", "\t", "<!-- a -->", "<?a?>"]
)  # fmt: skip


@given(st.lists(PARTS, max_size=12))
def test_whatever_is_taken_for_finished_python_markdown_would_make_the_same(parts: list[str]) -> None:
    page = "".join(parts)
    found = FinishedPages(converter()).read(page)
    assert found is None or found.html == converter().convert(page)


@given(st.lists(st.sampled_from(FINISHED), min_size=1, max_size=4))
def test_finished_pages_put_together_are_finished(pages: list[str]) -> None:
    page = "\n\n".join(pages)
    plain, reader = converter(), FinishedPages(converter())
    html = plain.convert(page)
    for found in (reader.read(page), reader.read(page)):  # the second time it knows the headings
        assert found is not None and (found.html, found.contents) == (html, plain.toc_tokens)  # type: ignore[attr-defined]


@pytest.mark.whole
def test_a_site_is_the_same_if_python_markdown_reads_all_pages(tmp_path: Path) -> None:
    root = Path(shutil.copytree(MINI, tmp_path / "edition"))
    config, made = root / "mkdocs.yml", {}
    given = config.read_text(encoding="utf-8")
    for name, setting in (("taken", "true"), ("read", "false")):
        config.write_text(given.replace("dosje:\n", f"dosje:\n    finished_pages: {setting}\n", 1), encoding="utf-8")
        command = [sys.executable, "-m", "dosje.cli", "build", "--project", str(root)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        shutil.copytree(root / "site", tmp_path / name)
        made[name] = {path.relative_to(root / "site"): path.read_bytes() for path in find(root / "site")}
    assert made["taken"] == made["read"]
    assert len(made["taken"]) > 100


@pytest.mark.whole
def test_all_pages_of_the_small_edition_are_finished(tmp_path: Path) -> None:
    root = Path(shutil.copytree(MINI, tmp_path / "edition"))
    command = [sys.executable, "-m", "dosje.cli", "build", "--project", str(root)]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0
    reader = FinishedPages(converter())
    for path in sorted((root / ".build" / "pages").rglob("*.md")):
        text = path.read_text(encoding="utf-8").split("---\n", 2)[2]
        assert reader.read(text) is not None, path


def find(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())
