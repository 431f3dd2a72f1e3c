"""In which language Material, the theme, speaks: the file of words that it takes, and one of ours where it has none."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

_FOLDER = "partials/languages"
# Material's names for languages that it calls otherwise.
_RENAMED = {"no": "nb", "zh-HK": "zh-Hant", "zh-MO": "zh-Hant"}


def theme_language(locale: str) -> str:
    """Return the name of the file of words for a locale: "pt-BR" for that, "de" for "de-AT".

    The file says the language of the page. So a language that Material does not have keeps its name.
    """
    return next(filter(_has_words, _names(locale)), locale.partition("-")[0].lower())


def language_file(locale: str) -> dict[str, str]:
    """Return the file of words of a language that Material does not have, by its path in the theme; else nothing.

    It says the language and its direction. All else Material then says in English.
    """
    language = theme_language(locale)
    if _has_words(language):
        return {}
    words = f'{{"language": "{language}", "direction": "{_direction(language)}"}}'
    return {f"{_FOLDER}/{language}.html": f"{{% macro t(key) %}}{{{{ {words}[key] }}}}{{% endmacro %}}\n"}


def _names(locale: str) -> Iterator[str]:
    parts = locale.split("-")
    for size in range(len(parts), 0, -1):
        name = "-".join(parts[:size])
        yield _RENAMED.get(name, name)


def _has_words(language: str) -> bool:
    return (files("material") / "templates" / _FOLDER / f"{language}.html").is_file()


def _direction(language: str) -> str:
    from babel.core import Locale, UnknownLocaleError

    try:
        return str(Locale.parse(language).text_direction)
    except (UnknownLocaleError, ValueError):
        return "ltr"
