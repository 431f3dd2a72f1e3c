"""Citation styles speak the edition's language, or a finding says that they do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from dosje.citing.citeproc import NoteLine, run_citeproc, words_of_block
from dosje.citing.style_xml import make, replace_layout
from dosje.citing.styles import load_style
from dosje.system.children import DEFAULT_LIMITS
from dosje.values import words
from dosje.values.languages import CSL_LANGUAGES
from dosje.values.metadata import meta_of_reference


@pytest.mark.parametrize(
    ("locale", "month"),
    [("en-GB", "June"), ("de-AT", "Juni"), ("fr", "juin"), ("it", "giugno"), ("es", "junio"), ("ru", "июнь"),
     ("zh-Hans", "六月"), ("sq-AL", "qershor"), ("ga-IE", "June")],
)  # fmt: skip
def test_a_style_has_the_months_of_the_language(locale: str, month: str, tmp_path: Path) -> None:
    xml = load_style("chicago-notes-bibliography", tmp_path, "f.").xml
    xml = replace_layout(xml, make("text", term="month-06"))
    blocks = run_citeproc([meta_of_reference("x", {})], [NoteLine("x", "", None)], xml, locale, DEFAULT_LIMITS)
    assert words.plain(words_of_block(blocks[0])).split()[-1] == month
    # What a finding calls unknown is English.
    assert (locale.partition("-")[0] in CSL_LANGUAGES) == (month != "June" or locale.startswith("en"))
