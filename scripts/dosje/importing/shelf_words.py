"""The words of references to archives, in the languages of their authors. Knows nothing of records."""

from __future__ import annotations

import re

# What stands before a number in a reference, and what the number is then. "F." is a fonds, or a leaf behind a file.
ROLES: dict[str, str] = {
    word: role
    for role, line in (
        ("fonds", "fond fonds fondi fondit fondo fund ф фонд rg bestand best record_group rep"),
        ("series", "op opis оп опись inv inventory ser serie series série seria sekcja lot entry register"),
        ("file", "d delo д дело dos dosja dosje dosjes dossier dosar file folder akte akten nr no sygn sign sig az ič"
                 " i.c inv.č exp expediente leg legajo a.j aj őe ő.e vol bd band t sv svazek item piece spis jednostka"
                 " fasc fascicolo mapa teczka и.к ед.хр ark"),
        ("box", "box b busta karton kart картон к caja carton cartons krt papka pa п папка schachtel doboz cutia reel"),
        ("year", "v viti vit year god год jahr jg"),
        ("folio", "fl flete fletë fleta fletët fol fols foll folio folios fo ff l ll л лл лист bl bll blatt blätter"
                  " listy k karta carta c cc list leaf leaves frame frames"),
        ("page", "p pp page pages s seite seiten с стр str faqe fq pag pág"),
        ("fonds-or-leaf", "f"),
    )
    for word in line.split()
}  # fmt: skip
LABEL = re.compile(
    r"(record group|record gr\.|i\. ?č\.|inv\. ?č\.|i\. ?c\.|a\. ?j\.|ő\. ?e\.|ед\. ?хр\.|ms\.? series|[^\W\d_]{1,11})"
    r"(\.?)\s*"
    r"(?:(?:nr|no|num|číslo|č)\.?\s*|№\s*|n[°º]\s*|:\s*)?",
    re.IGNORECASE,
)
# A number behind a label, with what may belong to it.
VALUE = re.compile(
    r"(?:[A-ZА-Я]{1,3}-)?[0-9]+[0-9a-zA-Zа-яА-Я]*(?:\s?(?:rv|r|v|об|verso|recto|Rs)\b\.?)?(?:(?:\s?[–—,/.-]\s?|/)[0-9a-zA-ZА-Я][0-9a-zA-ZА-Я-]*)*\*?"
    r"|[IVXLC]+(?:[/-][0-9A-Z]+)*|[A-Z]{1,3}(?:/[0-9]+)+",
)
# What makes a name that of an archive.
ARCHIVE = re.compile(
    r"\barch\.|archiv|archiw|arkiv|arhiv|archief|arkisto|levéltár|архив|архів|αρχεί|arşiv|\blibrary\b|bibliot|knihovna|könyvtár"
    r"|record office|\barq\.|arquivo|museum\b|muzeum|staatsbibl|landesbibl|dokumentationszentrum|documentation cent",
    re.IGNORECASE,
)
# What makes a name that of a fonds or series.
COLLECTION = re.compile(
    r"^F\.\s[^\W\d_]|\bfondi\b|\b(?:papers|collection|files?|records|nachlass|nachlaß|fond[os]?\b|sammlung|bestand|colección|sección|seria|zespół)",
    re.IGNORECASE,
)
# Printed series, whose signs look like those of archives.
PRINTED = re.compile(
    r"\b(?:FRUS|DDF|DBPO|DBFP|DDI|ADAP|AAPD|DzD|DDS|DVP|CWIHP|UNTS|GAOR|SCOR|JCWS|AHR|HZ|VfZ|KPSS)\b"
    r"|[Ff]oreign [Rr]elations of"
)
_SIGN = r"(?=[^\W\d_]{2,8}\b)[A-ZÄÖÜА-Я][a-zäöüа-я]{0,3}[A-ZÄÖÜА-Я][A-Za-zÄÖÜäöüА-Я]{0,6}"
SIGN = re.compile(rf"{_SIGN}(?:[ -]{_SIGN}){{0,2}}")
# A label in capitals without a point: "B 88" and "FO 371" are signs.
BIG_LABELS = frozenset({"F", "V", "D", "L", "RG", "OP", "Ф", "Д", "Л", "ОП"})
# "(TNA)", "(dalej AAN)", "[henceforth PRO]": a short name.
SHORT = re.compile(
    r"\s*[(\[](?:(?:hereafter|hereinafter|henceforth|cited as|im folgenden|künftig|nachfolgend|ci-après|dorénavant"
    r"|d'ora in poi|d’ora in poi|en adelante|dalej|dále|далее|më tej|a továbbiakban)\s*:?,?\s*)?"
    r"[“\"„'‘«]?([^\W\d_][\w -]{0,14}?)[”\"'’»]?[)\]]",
    re.IGNORECASE,
)
QUOTES = "“\"„«‘'‹"
UNQUOTES = "”\"“»’'›"
_TOWNS = (
    "kew london washington college park moscow moskau moskva москва berlin koblenz freiburg bonn paris nanterre nantes"
    " courneuve vincennes pierrefitte roma rome wien vienna warszawa warsaw praha prague budapest bukarest bucurești"
    " bucharest sofia beograd belgrade zagreb tirana tiranë bern genf geneva genève den haag madrid sevilla simancas"
    " lisboa oslo stockholm helsinki københavn copenhagen ankara istanbul athens canberra ottawa abilene boston austin"
    " stanford cambridge oxford kyiv kiev київ minsk vilnius riga tallinn plzeň dc md maryland d.c"
)
TOWNS = frozenset(_TOWNS.split())
