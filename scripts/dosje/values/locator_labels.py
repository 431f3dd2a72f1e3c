"""The words by which editors name a place in a source, by the label of CSL.

English, French, German, Italian, Spanish, Russian and Albanian, as the locales of the CSL project, style guides and
archives have them. Knows nothing of how a place is read.
"""

from __future__ import annotations

from .folios import LEAF_LABELS

# CSL 1.0.2, Appendix III, "Locators". The first word of each is the one that we write ourselves. Page is the label of a
# bare number. A word of one letter is known in this case alone, any other with a capital as well.
LOCATOR_LABELS: dict[str, tuple[str, ...]] = {
    "page": (
        "p.", "pp.", "pg.", "pgs.", "page", "pages", "S.", "SS.", "Seite", "Seiten", "pag.", "pagg.", "pagina",
        "pagine", "pág.", "págs.", "página", "páginas", "с.", "сс.", "стр.", "страница", "страницы", "str.", "faqe",
        "faqja", "faqet", "fq.", "fqe.",
    ),
    "folio": LEAF_LABELS,
    "note": (
        "n.", "nn.", "note", "notes", "fn.", "fnn.", "footnote", "footnotes", "endnote", "endnotes", "Anm.",
        "Anmerkung", "Anmerkungen", "Fn.", "Fußn.", "Fußnote", "Fußnoten", "nota", "notas", "прим.", "примеч.",
        "примечание", "сноска", "shën.", "shënim", "shënimi", "shënimet",
    ),
    "volume": (
        "vol.", "vols.", "volume", "volumes", "t.", "tt.", "tome", "tomes", "tom.", "Bd.", "Bde.", "Band", "Bände",
        "voll.", "volumi", "tomo", "tomi", "tomos", "volumen", "volúmenes", "т.", "тт.", "том", "тома", "vëll.",
        "vëllim", "vëllimi", "vëllimet",
    ),
    "section": (
        "sec.", "secs.", "sect.", "sects.", "§", "§§", "section", "sections", "Abschn.", "Abschnitt", "Abschnitte",
        "sez.", "sezione", "sezioni", "secc.", "sección", "secciones", "разд.", "раздел", "разделы", "seks.", "seksion",
        "seksioni",
    ),
    "chapter": (
        "chap.", "chaps.", "ch.", "chs.", "chapter", "chapters", "chapitre", "chapitres", "Kap.", "Kapitel", "cap.",
        "capp.", "caps.", "capitolo", "capitoli", "capítulo", "capítulos", "гл.", "глава", "главы", "kapitull",
        "kapitulli",
    ),
    "column": (
        "col.", "cols.", "column", "columns", "coll.", "colonne", "colonnes", "Sp.", "Spp.", "Spalte", "Spalten",
        "colonna", "columna", "columnas", "стб.", "стлб.", "столбец", "столбцы", "kol.", "kolona", "kolonat",
    ),
    "line": (
        "line", "lines", "ln.", "lns.", "lig.", "ligne", "lignes", "Z.", "ZZ.", "Zeile", "Zeilen", "riga", "righe",
        "lín.", "línea", "líneas", "стк.", "строка", "строки", "rr.", "rresht", "rreshti", "rreshtat",
    ),
    "paragraph": (
        "para.", "paras.", "par.", "¶", "¶¶", "paragraph", "paragraphs", "paragr.", "paragraphe", "paragraphes", "Abs.",
        "Absatz", "Absätze", "parr.", "paragrafo", "paragrafi", "párr.", "párrs.", "párrafo", "párrafos", "абз.",
        "абзац", "абзацы", "paragraf", "paragrafë", "paragrafët",
    ),
    "issue": (
        "no.", "nos.", "nr.", "nrs.", "№", "№№", "n°", "nº", "nᵒ", "nᵒˢ", "issue", "issues", "numéro", "numéros",
        "Nr.", "Nrn.", "Nummer", "Nummern", "Heft", "Hefte", "num.", "numero", "numeri", "núm.", "núms.", "número",
        "números", "номер", "номера", "numri", "numrat",
    ),
    "act": ("act", "acts", "acte", "actes", "Akt", "Akte", "atto", "atti", "acto", "actos", "действие", "akti"),
    "appendix": (
        "app.", "apps.", "appx.", "appendix", "appendices", "append.", "appendice", "Anh.", "Anhang", "Anhänge",
        "appendici", "ap.", "apéndice", "apéndices", "прил.", "приложение", "приложения", "shtojcë", "shtojca",
    ),
    "article-locator": (
        "art.", "arts.", "article", "articles", "Artikel", "artt.", "articolo", "articoli", "artículo", "artículos",
        "ст.", "статья", "статьи", "neni", "nenet", "artikull", "artikulli",
    ),
    "book": (
        "bk.", "bks.", "book", "books", "liv.", "livre", "livres", "Buch", "Bücher", "lib.", "libro", "libri", "libros",
        "кн.", "книга", "книги", "libër",
    ),
    "canon": ("canon", "canons", "can.", "cann.", "Kanon", "canone", "canoni", "cánon", "cánones", "канон", "kanuni"),
    "elocation": ("loc.", "locs.", "location", "locations", "elocation", "elocations", "Pos.", "Position"),
    "equation": (
        "eq.", "eqs.", "equation", "equations", "éq.", "équation", "équations", "Gl.", "Gleichung", "Gleichungen",
        "eqq.", "equazione", "equazioni", "ec.", "ecuación", "ecuaciones", "ур.", "уравнение", "ekuacioni",
    ),
    "figure": (
        "fig.", "figs.", "figure", "figures", "Abb.", "Abbildung", "Abbildungen", "figg.", "figura", "figuras", "рис.",
        "рисунок", "рисунки", "илл.", "figurë", "figurat",
    ),
    "opus": ("op.", "opp.", "opus", "opera", "соч.", "опус", "vepra"),
    "part": (
        "pt.", "pts.", "part", "parts", "part.", "partie", "parties", "Teil", "Teile", "Tl.", "parte", "parti",
        "partes", "ч.", "часть", "части", "pj.", "pjesë", "pjesa", "pjesët",
    ),
    "rule": ("rule", "rules", "règle", "règles", "Regel", "Regeln", "regola", "regole", "regla", "правило", "rregulli"),
    "scene": (
        "sc.", "scs.", "scene", "scenes", "scène", "scènes", "Szene", "Szenen", "scena", "escena", "сц.",
        "сцена", "skena",
    ),
    "sub-verbo": ("s.v.", "s.vv.", "s. v.", "s. vv.", "sub verbo", "sub verbis", "s.v", "sub voce"),
    "supplement": (
        "suppl.", "suppls.", "supp.", "supps.", "supplement", "supplements", "supplément", "suppléments", "Beil.",
        "Beilage", "Beilagen", "supplemento", "supplementi", "suplemento", "suplementos", "доп.", "дополнение",
        "suplementi",
    ),
    "table": (
        "table", "tables", "tbl.", "tbls.", "tab.", "tabs.", "tableau", "tableaux", "Tabelle", "Tabellen", "tabella",
        "tabelle", "tabla", "tablas", "табл.", "таблица", "таблицы", "tabelë", "tabela",
    ),
    "timestamp": ("timestamp", "min.", "Min.", "timecode", "TC", "мин."),
    "title-locator": ("tit.", "tits.", "title", "titles", "titre", "Titel", "titolo", "título", "titulli"),
    "verse": (
        "v.", "vv.", "verse", "verses", "vers", "verso", "versi", "versos",
        "стих", "стихи", "vargu", "vargjet",
    ),
    "version": ("version", "versions", "Version", "versione", "versión", "версия", "versioni"),
}  # fmt: skip
# Those that came with CSL 1.0.2, which pandoc (3.9) does not know as labels: it knows those of CSL 1.0.1.
NEW_LABELS = frozenset(
    (
        "act", "appendix", "article-locator", "canon", "elocation", "equation", "rule", "scene", "supplement", "table",
        "timestamp", "title-locator", "version",
    )
)  # fmt: skip
# Places that CSL has no label for: microfilms, and what an archive has not numbered.
OUR_LABELS: dict[str, tuple[str, ...]] = {
    "frame": (
        "frame", "frames", "fr.", "frs.", "image", "images", "Aufnahme", "Aufnahmen", "Aufn.", "cliché", "clichés",
        "fotogramma", "fotogrammi", "fotograma", "fotogramas", "кадр", "кадры", "kuadri", "kuadrot",
    ),
    "roll": (
        "roll", "rolls", "reel", "reels", "Rolle", "Rollen", "Filmrolle", "bobine", "bobines", "bobina",
        "rollo", "rollos", "плёнка", "пленка", "рулон", "rrotulli",
    ),
    "unfoliated": (
        "unfoliated", "unfoliiert", "unfol.", "unfol", "unpaginated", "unpaginiert", "unpag.", "unpag", "unnumbered",
        "non folioté", "non foliotée", "n. fol.", "s. fol.", "s. f.", "нефол.", "без листа", "pa numër",
    ),
    # What CSL has no word for is printed with its author's: plates, maps, the documents of an edition.
    "other": (
        "pl.", "pls.", "plate", "plates", "Taf.", "Tafel", "Tafeln", "ill.", "ills.", "illus.", "illustration",
        "illustrations", "map", "maps", "Karte", "Karten", "carta geografica", "карта", "harta", "doc.", "docs.",
        "document", "documents", "Dok.", "Dokument", "Dokumente", "documento", "documenti", "documentos", "док.",
        "документ", "документы", "dokument", "dokumenti", "dokumentet", "slide", "slides", "track", "tracks",
    ),
}  # fmt: skip
