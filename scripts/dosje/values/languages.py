"""Languages: the names that TeX has for them, by the code that records and all other formats have."""

from __future__ import annotations

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
# BCP 47 for an unknown language. We give it to the title of a source; readers never see it.
UNKNOWN = "und"
