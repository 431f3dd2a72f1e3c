"""Every word of a manuscript is somewhere in what is read of it: in a chapter, a note, a list, or its front matter."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dosje.importing.documents import read_manuscript
from dosje.importing.manuscript import Manuscript
from word_files import make_file

# Each paragraph has words of its own, so that one that is lost shows.
BLOCKS = [
    "Plain {w}a, *em {w}b*, **strong {w}c**, [small {w}d]{{.smallcaps}}, ~~struck {w}e~~, `code {w}f`.",
    "> Quoted {w}a.\n>\n> - item {w}b\n>\n> Again {w}c.",
    "- one {w}a\n\n    more {w}b\n\n- two {w}c\n    1. deep {w}d\n    2. deeper {w}e",
    "(c) lettered {w}a\n(d) lettered {w}b",
    "7. seventh {w}a\n8. eighth {w}b",
    "| Head {w}a | Head {w}b |\n|---|--:|\n| cell {w}c | 1 |\n| | cell {w}d |\n\n: Caption {w}e",
    "Term {w}a\n\n:   Meaning {w}b\n\n:   Other {w}c",
    "| Line {w}a\n|   line {w}b",
    "Noted {w}a.[^{w}] Behind {w}b (Owl 1950, 3).\n\n[^{w}]: Note {w}c *em {w}d*.\n\n    > Second {w}e"
    "\n\n    - third {w}f",
    "## Heading {w}a [^{w}]\n\nBelow {w}b.\n\n[^{w}]: Of a heading {w}c.",
    "A [link {w}a](https://x.al/{w}) and <https://y.al> {w}b.",
    "\\# no heading {w}a\n\n\\- no list {w}b * _ [x] {{y}} <z> a|b \\\\ @{w}c",
    "# Bibliography\n\nOwl {w}a. *Bills*. 1950.\n\n- Mole {w}b. 1962.",
    "# Abbreviations\n\nAM{w}: Archive {w}a",
    "# Part {w}a\n\nOf the part {w}b.",
]


def words_in(text: str) -> Counter[str]:
    """Return the words of a text that have a number in them, which all of ours have."""
    return Counter(re.findall(r"w\d+[a-f]?", text))


def words_of(manuscript: Manuscript) -> Counter[str]:
    parts = [manuscript.title, *manuscript.authors, *manuscript.works, *manuscript.archives]
    parts += [f"{short} {whole}" for short, whole in manuscript.abbreviations.items()]
    parts += [note.text for note in manuscript.notes]
    for chapter in manuscript.chapters:
        parts += [chapter.title, re.sub(r"https://\S*", "", chapter.markdown)]
    return words_in(" ".join(parts))


@pytest.mark.parametrize("ending", ["docx", "odt", "html", "md"])
@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations(BLOCKS))
def test_no_word_of_a_manuscript_is_lost(tmp_path: Path, ending: str, blocks: list[str]) -> None:
    text = "\n\n".join(block.format(w=f"w{at}") for at, block in enumerate(blocks)) + "\n"
    plain = re.sub(r"\[\^w\d+\]|https://x\.al/w\d+", " ", text)
    read = words_of(read_manuscript(make_file(tmp_path, ending, f"---\ntitle: Soup w99\n---\n\n{text}")))
    lost = words_in(f"w99 {plain}") - read
    assert lost == Counter()
