"""Languages: the code that records, settings and all formats have, and the names that TeX and people have for them.

A code is a tag of BCP 47, e.g. "sq" or "zh-Hant" (RFC 5646, and IANA's registry, which `langcodes` brings).
"""

from __future__ import annotations

import re
from functools import lru_cache

from .findings import did_you_mean

# ISO 639-1, and the name that biblatex's `langid` takes (the languages of the babel package).
BABEL_BY_CODE = {
    "ar": "arabic", "bg": "bulgarian", "bs": "bosnian", "cs": "czech", "da": "danish", "de": "german",
    "el": "greek", "en": "english", "es": "spanish", "et": "estonian", "fi": "finnish", "fr": "french",
    "he": "hebrew", "hr": "croatian", "hu": "hungarian", "it": "italian", "ja": "japanese", "ko": "korean",
    "la": "latin", "lt": "lithuanian", "lv": "latvian", "mk": "macedonian", "mn": "mongolian", "nl": "dutch",
    "no": "norwegian", "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sk": "slovak",
    "sl": "slovenian", "sq": "albanian", "sr": "serbian", "sv": "swedish", "tr": "turkish", "uk": "ukrainian",
    "vi": "vietnamese", "zh": "chinese",
}  # fmt: skip
CODE_BY_BABEL = {name: code for code, name in BABEL_BY_CODE.items()}
# Further names of biblatex's `langid` (biblatex 3.20, 3.1, table 2).
_BIBLATEX = {
    "acadian": "fr-CA", "afrikaans": "af", "american": "en-US", "australian": "en-AU", "austrian": "de-AT",
    "basque": "eu", "brazil": "pt-BR", "brazilian": "pt-BR", "british": "en-GB", "canadian": "en-CA",
    "canadien": "fr-CA", "catalan": "ca", "francais": "fr", "frenchb": "fr", "galician": "gl", "germanb": "de",
    "icelandic": "is", "irish": "ga", "magyar": "hu", "marathi": "mr", "mexican": "es-MX", "naustrian": "de-AT",
    "newzealand": "en-NZ", "ngerman": "de", "norsk": "nb", "nswissgerman": "de-CH", "nynorsk": "nn",
    "polutonikogreek": "el", "portuges": "pt", "serbianc": "sr-Cyrl", "slovene": "sl", "swissgerman": "de-CH",
    "ukenglish": "en-GB", "usenglish": "en-US", "welsh": "cy",
}  # fmt: skip
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*|x(-[A-Za-z0-9]{1,8})+")
# Languages for which the CSL project has words: months, "ibid.", "ed." (pandoc 3.9; Albanian: `citing.csl_locales`). A
# citation style speaks American English in any other.
CSL_LANGUAGES = frozenset(
    (
        "af", "ar", "bg", "ca", "cs", "cy", "da", "de", "el", "en", "es", "et", "eu", "fa", "fi", "fr", "he", "hr",
        "hu", "id", "is", "it", "ja", "km", "ko", "la", "lt", "lv", "mn", "nb", "nl", "nn", "pl", "pt", "ro", "ru",
        "sk", "sl", "sq", "sr", "sv", "th", "tr", "uk", "vi", "zh",
    )
)  # fmt: skip
# BCP 47 for an unknown language. We give it to the title of a source; readers never see it.
UNKNOWN = "und"


@lru_cache(maxsize=1 << 10)
def code_of_language(text: str) -> str:
    """Return the code of the language that a text names; "" if it names none.

    A code comes back as it is. A name is one of TeX or an English one ("Hungarian" -> "hu"), and what is nearly a code
    is mended ("en_GB" -> "en-GB", "alb" -> "sq").
    """
    text = text.strip()
    first, _, rest = text.partition("-")
    # Most codes are such, and need no registry.
    if text == UNKNOWN or (first in BABEL_BY_CODE and re.fullmatch("(?:[A-Z]{2})?", rest) and not text.endswith("-")):
        return text
    name = text.lower()
    return CODE_BY_BABEL.get(name) or _BIBLATEX.get(name) or _code_of_tag(text) or _code_by_name().get(name, "")


def explain_language(text: str) -> tuple[str, str]:
    """Return what is wrong with a text that is no code of a language, and what to write."""
    code = code_of_language(text)
    if code:
        return f'"{text}" is no code of a language (BCP 47), and is read as "{code}"', f"write {code}"
    names = _code_by_name()
    near = did_you_mean(text.strip().lower(), names)
    hint = re.sub('"([^"]+)"', lambda match: f'"{names.get(match[1], match[1])}" ({match[1]})', near)
    return f'"{text}" is no code of a language (BCP 47), and is left out', hint or "hu is Hungarian, sq is Albanian"


def _code_of_tag(text: str) -> str:
    import langcodes  # it takes a fifth of a second, and few editions need it

    tag = text.replace("_", "-")
    if not _TAG.fullmatch(tag) or not langcodes.tag_is_valid(tag):
        return ""
    # Three letters are no code of a language that has a code of two.
    first, _, rest = tag.partition("-")
    short = langcodes.standardize_tag(first) if len(first) == 3 else first
    return tag if len(short) != 2 or short == first else f"{short}-{rest}" if rest else short


@lru_cache(maxsize=1)
def _code_by_name() -> dict[str, str]:
    from babel import Locale

    return {name.lower(): code.replace("_", "-") for code, name in sorted(Locale("en").languages.items(), reverse=True)}
