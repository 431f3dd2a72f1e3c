"""Texts and records that nobody would write: the readers give findings, and pages where there are none."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from conftest import MINI
from dosje.checking.edition import Checked, check_edition
from dosje.checking.notes import check_notes
from dosje.checking.records import check_corpus
from dosje.citing.forms import Form
from dosje.edition.links import link_corpus
from dosje.markup.prose import read_prose
from dosje.reading import record_files as reading
from dosje.reading.bibliography import read_bib
from dosje.reading.corpus import Record
from dosje.reading.fields import Model
from dosje.values.page_id import PageId
from dosje.values.stand_ins import ONE
from dosje.values.words import Words, of_text
from dosje.web import page_maker as printing
from dosje.web.page_maker import PageMaker

FOLDERS = {"meeting": "meetings", "event": "events", "person": "persons", "source": "sources"}
KEYS = {"meeting": "bucharest-1960", "event": "letter-arrives", "person": "hysni-kapo", "source": "kapo-letter"}
# What means something to Markdown, to citations, links and notes of ours, to YAML or to BibTeX.
SIGNS = st.sampled_from(
    [
        "[@kapo-letter, fl. 3]", "[see @marku-2019, n. 50; @kapo-letter]", "[@", "@", "]", "[^1]", "[^1]:", "[^1]: ",
        "[Kapo](person:hysni-kapo)", "[x](note:bucharest-1960/a)", "](", ")", "![a](assets/a.png)", "*", "**", "_", "`",
        "```\n", "~~~\n", "# ", "- ", "1. ", "> ", "    ", "\t", "\n", "\n\n", "\\", "<", ">", "<b>", "&", '"',
        "'", ": ",
        ", ", "; ", ". ", "fl. 9–20", "1960", "{", "}", "=", "%", "a", "word ", "é", "я", "\u00a0", "\u2028", "\ue000",
        "\ufdd0", "\x02", "title: ", "cite: ", "participants:\n  - person: hysni-kapo\n    cite: ",
        "@book{a,\n", "title = {",
    ]
)  # fmt: skip
TEXTS = st.lists(st.one_of(SIGNS, st.text(max_size=4)), max_size=40).map("".join)
WITHIN = st.tuples(st.sampled_from(sorted(FOLDERS)), st.floats(0, 1), TEXTS, st.booleans())


@cache
def small_edition() -> Checked:
    """Return the small edition, checked."""
    return check_edition(Path(shutil.copytree(MINI, Path(mkdtemp()) / "edition")))


def word(forms: Iterable[Form], *_: object) -> dict[Form, Words]:
    """Return the key of each source for its words, because pandoc would be asked for each text."""
    return {form: of_text(f"{form.key} {ONE}") for form in forms}


@pytest.fixture(autouse=True, scope="module")
def unworded() -> Iterable[None]:
    """Have sources named by their keys."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(printing, "word_forms", word)
        yield


def use(record: Record[Model]) -> None:
    """Check the small edition with this record in the place of its own, and print its page where nothing is wrong."""
    checked = small_edition()
    assert checked.corpus is not None and checked.style is not None
    kind, by_kind = record.kind, checked.corpus.by_kind
    corpus = replace(checked.corpus, by_kind={**by_kind, kind: {**by_kind[kind], record.key: record}})
    if any(finding.is_error for finding in check_corpus(corpus)):
        return
    linked = link_corpus(corpus)
    check_notes(linked)
    maker = PageMaker(linked, checked.style)
    maker.make_pages([path for path in maker.paths if Path(path).stem == record.key])
    for path, _, text in record.texts:
        read_prose(linked, PageId(kind, record.key), path, text)


def long(examples: int) -> settings:
    """Return hypothesis' settings for a number of examples that are the same at each run."""
    return settings(max_examples=examples, deadline=None, database=None, suppress_health_check=list(HealthCheck))


@pytest.mark.long
@seed(14)
@long(3000)
@given(TEXTS)
def test_any_prose_gives_findings_or_a_page(text: str) -> None:
    record, findings = reading._understand_prose.__wrapped__(
        "page", "content/pages/about.md", f"---\ntitle: A\n---\n{text}"
    )
    assert record is not None or findings
    if record is not None:
        use(record)


@pytest.mark.long
@seed(14)
@long(3000)
@given(WITHIN)
def test_a_record_with_anything_put_into_it_gives_findings_or_a_page(change: tuple[str, float, str, bool]) -> None:
    kind, where, put, is_cut = change
    name = f"content/{FOLDERS[kind]}/{KEYS[kind]}.yml"
    whole = (MINI / name).read_text(encoding="utf-8")
    at = int(where * len(whole))
    text = whole[:at] + put + ("" if is_cut else whole[at:])
    record, findings = reading._understand_record.__wrapped__(kind, name, text)
    assert record is not None or findings
    if record is not None:
        use(record)


@pytest.mark.long
@seed(14)
@long(2000)
@given(TEXTS)
def test_any_bib_file_gives_findings_or_works(text: str) -> None:
    checked = small_edition()
    assert checked.corpus is not None
    bib, _ = read_bib(text, "a.bib")
    check_corpus(replace(checked.corpus, bib_files=(bib,)))
