"""A style that lies in the edition: what cannot be read of it is said with the file's name."""

from __future__ import annotations

from pathlib import Path

import pytest

from dosje.citing.form_words import word_forms
from dosje.citing.forms import Form
from dosje.citing.styles import StyleError, load_style
from dosje.system.children import Means
from dosje.values import words
from dosje.values.metadata import Meta, meta_inlines, meta_string

COMMENTED = """<?xml version="1.0" encoding="utf-8"?>
<!-- <macro> and <locale> stand before <citation> and <bibliography> -->
<c:style xmlns:c="http://purl.org/net/xbiblio/csl" class="note" version="1.0">
  <c:info><c:title>T</c:title><c:id>http://a/t</c:id><c:updated>2020-01-01T00:00:00+00:00</c:updated></c:info>
  <!-- the <citation> and <bibliography> of <layout prefix="no"> -->
  <c:macro name='t'><c:choose><c:if variable='title' disambiguate='true'><c:text value='never'/></c:if>
    <c:else><c:text variable='title'/></c:else></c:choose></c:macro>
  <c:citation><!-- <layout> --><c:layout prefix='(' suffix=")." delimiter=' / '>
    <c:text macro="t"/><!-- </layout> --><c:text variable="locator" prefix=", "/>
  </c:layout></c:citation>
  <c:bibliography><!-- </bibliography> --><c:layout>
    <c:text variable="title" prefix="Entry: "/></c:layout></c:bibliography>
</c:style>
"""


def test_a_style_that_is_no_text_is_named_with_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "own.csl").write_bytes(b"<style>\xff</style>")
    with pytest.raises(StyleError, match=r'^"own\.csl": .*UTF-8'):
        load_style("own.csl", tmp_path, "fl.")


@pytest.mark.parametrize("name", ["own.csl", "../own.csl"])
def test_a_style_that_is_not_there_or_lies_elsewhere_is_no_file(name: str, tmp_path: Path) -> None:
    (tmp_path / "edition").mkdir()
    (tmp_path / "own.csl").write_text("<style/>", encoding="utf-8")
    with pytest.raises(StyleError, match=f'^there is no file "{name}"$'):
        load_style(name, tmp_path / "edition", "fl.")


def test_a_name_that_is_nearly_a_style_s_gets_a_hint() -> None:
    with pytest.raises(StyleError, match=r'has none of the name "mhra-note"; did you mean "mhra-notes'):
        load_style("mhra-note", Path(), "fl.")


def test_a_style_with_a_doctype_is_refused(tmp_path: Path) -> None:
    (tmp_path / "own.csl").write_text('<!DOCTYPE style [<!ENTITY a "b">]>\n<style/>', encoding="utf-8")
    with pytest.raises(StyleError, match=r'^"own\.csl" has a DOCTYPE, which no style needs$'):
        load_style("own.csl", tmp_path, "fl.")


def test_comments_quotes_and_prefixes_of_a_style_s_xml_say_nothing_of_its_elements(tmp_path: Path) -> None:
    (tmp_path / "own.csl").write_text(COMMENTED, encoding="utf-8")
    style = load_style("own.csl", tmp_path, "fl.")
    assert (style.prefix, style.suffix, style.delimiter) == ("(", ").", " / ")
    forms = [Form("book", "first"), Form("book", "bibliography")]
    meta: Meta = {"type": meta_string("book"), "title": meta_inlines("Other things")}
    metas = {form.variant: meta for form in forms}
    worded = word_forms(forms, metas, style, "en-GB", Means(tmp_path / "cache"))
    assert [words.plain(worded[form]) for form in forms] == ["Other things", "Entry: Other things"]


def test_a_style_that_a_dependent_one_stands_for_is_named_by_its_link() -> None:
    ours = load_style("history-australia", Path(), "fl.")
    assert ours.xml == load_style("chicago-notes", Path(), "fl.").xml
