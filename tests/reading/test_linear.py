"""Any text is read in linear time: four times as much takes no more than eight times as long.

Processor time, the smallest of five, is the one time that tests may look at.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import MINI
from dosje.checking.edition import check_edition
from dosje.exporting.source_descriptions import SourceDescriptions
from dosje.lookup.hits import NOTHING_BEFORE
from dosje.lookup.index import make_index
from dosje.lookup.search import answer_note
from dosje.lookup.sharding import unwrap_shard
from dosje.reading.bibliography import read_bib
from dosje.reading.sentences import sentences_of, text_of_pieces
from dosje.reading.text_blocks import code_of
from dosje.reading.text_parsing import parse_text
from dosje.reading.yamltree import read_yaml
from dosje.values.citations import parse_citation
from dosje.values.dates import parse_edtf
from dosje.values.folios import parse_folios
from dosje.values.spelling import words_of
from dosje.web.page_maker import PageMaker
from english import ENGLISH

Reader = Callable[[str], object]


def _read_sentences(text: str) -> None:
    for block in parse_text(text).blocks:
        sentences_of(block)
        text_of_pieces(block.pieces)


def _place_all(text: str) -> None:
    indented = text.replace("\n", "\n  ")
    for value in (f"|\n  {indented}", f">\n  {indented}", f"'{text.replace(chr(39), '')}'"):
        located, _ = read_yaml(f"a: {value}\n", "a.yml")
        if located is not None and isinstance(located.value, dict):
            for offset in range(0, len(str(located.value["a"])), 20):
                located.span_within(("a",), offset)


def _refused(read: Reader) -> Reader:
    def read_or_refuse(text: str) -> None:
        try:
            read(text)
        except ValueError:
            return

    return read_or_refuse


READERS: dict[str, Reader] = {
    "a text": _read_sentences,
    "code": code_of,
    "YAML": _place_all,
    "a .bib file": lambda text: read_bib(f"@book{{a, title = {{A}}, note = {{{text}}}}}\n", "a.bib"),
    "a citation": _refused(lambda text: parse_citation(f"[{text} @a, fl. 1{text}]")),
    "folios": _refused(parse_folios.__wrapped__),
    "a date": _refused(parse_edtf),
    "words": words_of,
}
# What once took the square of the time or more, and what the patterns of the readers repeat.
PUMPED = (
    " ", "\n", "`", "` ", "``a", "*a ", "**a ", "_a ", "[", "[a", "[a](", "![a](", "[a](b:", "[^", "[^1] ", "[@a] ",
    "[@a, 1]. ", "@a ", "- a\n\n    b\n\n", "a.\n", "> a\n", "1, ", "1–", "fl. 1, ", "1/", "- ", "A", "<http://a", "\\",
    "'", '"', "{", "# ", "&amp;", "[a]:\n", "~~~\n", "(",
)  # fmt: skip
# Of a footnote, what its rules look for.
NOTES = (
    "A", "A.", "1,", "1960, ", "p. 1 ", "D. 1, ", "fl. 1, ", "F. 1/AP ", "OU", "Hoxha", "Hoxha to Kapo ", "; ", "a;",
    "(a;", "on a; ", "on a see also b; ", "12 June 1960, ", "1 - ", "in A ", " ", "and A, ", "http://", "Ibid. ",
)  # fmt: skip


def cost(read: Reader, text: str) -> float:
    """Return the processor time of the quickest of five readings, in seconds."""
    costs = []
    for _ in range(5):
        started = time.process_time()
        read(text)
        costs.append(time.process_time() - started)
    return min(costs)


def excess(read: Reader, pumped: str, size: int) -> str:
    """Return how much longer four times the text takes, "" if no more than is allowed."""
    # Behind it stands what it does not lead to, so that each rule has to try all that it can.
    small, large = (pumped * (count // len(pumped)) + "!x" for count in (size, 4 * size))
    before, after = cost(read, small), cost(read, large)
    # Below a thousandth of a second other things than the text take the time.
    return "" if after < 0.004 or after < 8 * before else f"{pumped!r}: {before:.4f} s, then {after:.4f} s"


@pytest.mark.parametrize("name", READERS)
def test_four_times_the_text_takes_no_more_than_eight_times_as_long(name: str) -> None:
    assert [said for pumped in PUMPED if (said := excess(READERS[name], pumped, 1500))] == []


@pytest.fixture(scope="module")
def shards(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The lookup's index of the small edition."""
    checked = check_edition(Path(shutil.copytree(MINI, tmp_path_factory.mktemp("mini") / "edition")))
    assert checked.linked is not None and checked.style is not None
    index = make_index(
        checked.linked, SourceDescriptions(PageMaker(checked.linked, checked.style).sources.works, {}, {})
    )
    return {path.split("/")[-1].removesuffix(".js"): unwrap_shard(text) for path, text in index.items()}


@pytest.mark.whole
def test_a_footnote_of_four_times_the_length_is_answered_in_no_more_than_eight_times_as_long(
    shards: dict[str, Any],
) -> None:
    def ask(text: str) -> object:
        return answer_note(text, NOTHING_BEFORE, shards, ENGLISH)

    assert [said for pumped in NOTES if (said := excess(ask, pumped, 2000))] == []
