"""Words for citation styles in languages that the CSL project has none for.

Terms: CSL 1.0.2, appendix II; months and the form of dates: CLDR 47. Pandoc would take American English instead.
"""

from __future__ import annotations

from functools import cache, lru_cache

from ..phrases.phrase_files import read_phrases
from .style_xml import add_terms, make, make_term, read_style, write_style

_TERMS = {
    "sq": {
        "and": "dhe", "et-al": "e të tjerë", "ibid": "po aty", "in": "në", "no date": "pa datë", "accessed": "parë më",
        "circa": "rreth", "from": "nga", "at": "në", "letter": "letër", "retrieved": "marrë",
        "month-01": "janar", "month-02": "shkurt", "month-03": "mars", "month-04": "prill", "month-05": "maj",
        "month-06": "qershor", "month-07": "korrik", "month-08": "gusht", "month-09": "shtator", "month-10": "tetor",
        "month-11": "nëntor", "month-12": "dhjetor", "season-01": "pranverë", "season-02": "verë",
        "season-03": "vjeshtë", "season-04": "dimër",
    },
}  # fmt: skip
# Terms that have a form: its name in CSL, then one and several.
_FORMS = {
    "sq": {
        ("page", "short"): ("f.", "ff."), ("volume", "short"): ("vëll.", "vëll."), ("issue", "short"): ("nr.", "nr."),
        ("note", "short"): ("shën.", "shën."), ("chapter", "short"): ("kap.", "kap."),
        ("edition", "short"): ("bot.", "bot."), ("editor", "short"): ("bot.", "bot."),
        ("editor", "verb"): ("botuar nga", "botuar nga"), ("translator", "short"): ("përkth.", "përkth."),
        ("translator", "verb"): ("përkthyer nga", "përkthyer nga"),
    },
}  # fmt: skip
# What pandoc has no words for in a language of these, and says in English.
_LABELS = ("section", "column", "line", "paragraph", "book", "part", "verse", "figure")


@lru_cache(maxsize=32)
def add_locale(xml: str, locale: str) -> str:
    """Return a style with the words of a language that pandoc lacks; unchanged for any other."""
    language = locale.partition("-")[0].lower()
    if language not in _TERMS:
        return xml
    root = read_style(xml)
    terms = [make("term", text, name=name) for name, text in _TERMS[language].items()]
    formed = _FORMS[language] | _labels(locale)
    terms += [make_term(name, form, one, many) for (name, form), (one, many) in formed.items()]
    date = make("date", form="text")
    date.extend((make("date-part", name="day", suffix=" "), make("date-part", name="month", suffix=" ")))
    date.append(make("date-part", name="year"))
    add_terms(root, terms, language, date)
    return write_style(root)


@cache
def _labels(locale: str) -> dict[tuple[str, str], tuple[str, str]]:
    """Return the terms of labels of locators, as the phrases have them: "kap. {value}" is "kap."."""
    phrases = read_phrases(locale)
    said = {label: str(phrases(f"locator.{label}", value="")).strip() for label in _LABELS}
    return {(label, form): (text, text) for label, text in said.items() for form in ("long", "short")}
