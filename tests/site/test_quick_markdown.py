"""Markdown in less time: the same HTML as without."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import markdown
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown.treeprocessors import InlineProcessor

from conftest import MINI
from dosje.site.markdown_speed import PLAIN, quicken, signs_of

pytestmark = pytest.mark.whole

EXTENSIONS = ["def_list", "footnotes", "md_in_html", "smarty", "tables", "toc", "abbr", "attr_list", "wikilinks"]
_NAME = "_InlineProcessor__handleInline"
_MARKS = st.sampled_from(
    ["*", "**", "_", "`", "``", "\\", "[", "](a.md)", "[^n]", "![", "]: b", "<b>", "</b>", "<a@b.c>", "<http://x.y>",
     "&amp;", "&", "  \n", "\n\n", "\n", "- ", "| ", "'", '"', "--", "...", ": ", "{: .c}", "[[w]]", "ab", " 1 ", "é",
     "\x02klzzwxh:0000\x03"]
)  # fmt: skip


@contextmanager
def converting(*, quickly: bool) -> Iterator[None]:
    found = getattr(InlineProcessor, _NAME)
    setattr(InlineProcessor, _NAME, PLAIN)
    if quickly:
        quicken()
    try:
        assert (getattr(InlineProcessor, _NAME) is PLAIN) != quickly
        yield
    finally:
        setattr(InlineProcessor, _NAME, found)


@given(st.lists(_MARKS | st.text(max_size=4), max_size=30).map("".join))
@example("*a **b* c** `d` [e *f*](g \"h\") <i>j</i> &lt; k  \nl[^n] _m_\n\n[^n]: See **o**, 'p'.")
def test_any_text_becomes_the_same_html(text: str) -> None:
    with converting(quickly=False):
        plain = markdown.markdown(text, extensions=EXTENSIONS)
    with converting(quickly=True):
        assert markdown.markdown(text, extensions=EXTENSIONS) == plain


class _Colon(markdown.inlinepatterns.InlineProcessor):
    """An extension's rule whose sign a placeholder has."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[str, int, int]:  # type: ignore[override]
        return "COLON", m.start(0), m.end(0)


def test_a_rule_that_a_placeholder_may_match_is_tried_as_ever() -> None:
    def convert() -> str:
        converter = markdown.Markdown()
        converter.inlinePatterns.register(_Colon(r":0"), "colon", 1)
        return converter.convert("`a` b *c* :0")

    with converting(quickly=False):
        plain = convert()
    with converting(quickly=True):
        assert convert() == plain


@pytest.mark.parametrize(
    ("rule", "signs"),
    [(r"\[\^", "["), (r"(?<!!)\[", "["), ("`+|~", "`~"), ("[*_]x", "*_"), ("  \n", "\n"), ("a?", ""), ("(a|)b", "b"),
     ("(?:x|[^y])", ""), ("(?i:a)|b", ""), ("(?i:a)b", "b"), (r"\w<", "<"), ("(?=a)b", "b")],
)  # fmt: skip
def test_the_signs_of_a_rule_are_in_every_match(rule: str, signs: str) -> None:
    assert signs_of(re.compile(rule)) == frozenset(signs)


def test_without_regard_to_case_no_sign_is_sure() -> None:
    assert signs_of(re.compile("<A", re.IGNORECASE)) == frozenset()


def test_a_site_is_the_same_to_the_byte(tmp_path: Path) -> None:
    root = Path(shutil.copytree(MINI, tmp_path / "edition"))
    made = {}
    for name, own in (
        ("dosje.cli", ["build", "--project", str(root)]),
        ("mkdocs", ["build", "-q", "-f", str(root / "composed.yml"), "-d", str(tmp_path / "mkdocs")]),
        (
            "dosje.site.run_mkdocs",
            [str(root / ".build" / "mkdocs.yml"), str(root), str(tmp_path / "dosje.site.run_mkdocs")],
        ),
    ):
        command = [sys.executable, "-m", name, *own]
        done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        # The same file for plain MkDocs, which takes paths from where it lies.
        shutil.copy(root / ".build" / "mkdocs.yml", root / "composed.yml")
        folder = tmp_path / name
        made[name] = {page.relative_to(folder): page.read_bytes() for page in folder.rglob("*.html")}
    assert made["dosje.site.run_mkdocs"] == made["mkdocs"]
    assert len(made["mkdocs"]) > 10
