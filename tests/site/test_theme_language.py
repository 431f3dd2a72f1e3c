"""The theme speaks the edition's language, and the page says which that is."""

from __future__ import annotations

import pytest
from jinja2 import Environment

from dosje.site.theme_language import language_file, theme_language


@pytest.mark.parametrize(
    ("locale", "named"),
    [("en-GB", "en"), ("de-AT", "de"), ("pt-BR", "pt-BR"), ("zh-Hans", "zh"), ("zh-TW", "zh-TW"), ("zh-HK", "zh-Hant"),
     ("no", "nb"), ("sq-AL", "sq"), ("ga-IE", "ga")],
)  # fmt: skip
def test_a_locale_has_a_file_of_words(locale: str, named: str) -> None:
    assert theme_language(locale) == named


def test_a_language_that_material_lacks_gets_a_file_that_says_language_and_direction() -> None:
    assert language_file("de-AT") == {}
    ((path, text),) = language_file("yi").items()
    assert path == "partials/languages/yi.html"
    words = Environment(autoescape=True).from_string(
        text + "{{ t('language') }} {{ t('direction') }} {{ t('action.skip') }}"
    )
    assert words.render().split() == ["yi", "rtl"]
