"""A language is named by its code, and what people write instead is understood where it can be."""

from __future__ import annotations

import pytest

from dosje.values.languages import BABEL_BY_CODE, code_of_language, explain_language


@pytest.mark.parametrize("code", [*BABEL_BY_CODE, "en-GB", "zh-Hant", "sr-Latn-RS", "aln", "de-1901", "x-own", "und"])
def test_a_code_is_what_it_is(code: str) -> None:
    assert code_of_language(code) == code


@pytest.mark.parametrize(
    ("name", "code"),
    [("Hungarian", "hu"), ("hungarian", "hu"), ("ngerman", "de"), ("Northern Sami", "se"), ("en_GB", "en-GB"),
     ("alb", "sq"), ("usenglish", "en-US"), (" sq ", "sq"), ("Literary Chinese", "lzh"),
     ("", ""), ("xx", ""), ("Old Tosk", ""), ("harmless", ""), ("en-", ""), ("e", ""), ("sq\"><b>", "")],
)  # fmt: skip
def test_a_name_and_what_is_nearly_a_code_are_understood(name: str, code: str) -> None:
    assert code_of_language(name) == code


def test_the_hint_names_the_code() -> None:
    assert explain_language("Hungarian") == (
        '"Hungarian" is no code of a language (BCP 47), and is read as "hu"', "write hu",
    )  # fmt: skip
    assert explain_language("Hungarain") == (
        '"Hungarain" is no code of a language (BCP 47), and is left out', 'did you mean "hu" (hungarian)?',
    )  # fmt: skip
