"""Words for citation styles in languages that the CSL project has none for.

Terms: CSL 1.0.2, appendix II; months and the form of dates: CLDR 47. Pandoc would take American English instead.
"""

from __future__ import annotations

import re

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
_PARTS = '<date-part name="day" suffix=" "/><date-part name="month" suffix=" "/><date-part name="year"/>'
_DATE = f'<date form="text">{_PARTS}</date>'


def add_locale(xml: str, locale: str) -> str:
    """Return a style with the words of a language that pandoc lacks; unchanged for any other."""
    language = locale.partition("-")[0].lower()
    at = re.search(r"<(?:locale|macro|citation)\b", xml)
    if language not in _TERMS or at is None:
        return xml
    plain = (f'<term name="{name}">{text}</term>' for name, text in _TERMS[language].items())
    formed = (
        f'<term name="{name}" form="{form}"><single>{one}</single><multiple>{many}</multiple></term>'
        for (name, form), (one, many) in _FORMS[language].items()
    )
    ours = f'<locale xml:lang="{language}">{_DATE}<terms>{"".join(plain)}{"".join(formed)}</terms></locale>'
    return f"{xml[: at.start()]}{ours}{xml[at.start() :]}"
