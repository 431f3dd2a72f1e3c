"""What every e-book has: its style sheet, its container, its cover, and the frames of its package and pages."""

from __future__ import annotations

from html import escape

from ..values.bidi import direction_of, is_right_to_left

_STYLES = """\
body { font-family: serif; line-height: 1.4; margin: 0 5%; }
h1, h2, h3, h4, h5, h6 { font-weight: normal; line-height: 1.2; page-break-after: avoid; text-align: left; }
h1 { font-size: 1.6em; margin: 1.5em 0 1em; }
h2 { font-size: 1.3em; } h3, h5 { font-size: 1.1em; font-style: italic; } h4 { font-size: 1em; font-weight: bold; }
p { margin: 0 0 .6em; } .lead { font-style: italic; font-size: 1.1em; } .reference { margin-left: 1.2em; }
.draft { border-left: .15em solid; padding-left: .6em; font-weight: bold; }
.entry { padding-left: 1.5em; text-indent: -1.5em; } .small, .annotation { font-size: .95em; }
.annotation { padding-left: 1.5em; }
dl { margin: 1em 0; } dt { font-style: italic; } dd { margin: 0 0 .4em 1.2em; }
table { border-collapse: collapse; border-top: 1px solid; border-bottom: 1px solid; width: 100%; font-size: .95em; }
th { font-weight: normal; font-style: italic; text-align: left; border-bottom: 1px solid; }
td, th { vertical-align: top; padding: .2em .6em .2em 0; }
a { color: inherit; } sup { line-height: 0; font-size: .7em; } small { font-variant: small-caps; font-size: 1em; }
.notes { border-top: 1px solid; margin-top: 2em; font-size: .9em; } aside { margin: 0; }
.title { margin-top: 30%; } .see { font-style: italic; }
pre { white-space: pre-wrap; }
figure { margin: 1em 0; } figcaption { font-size: .9em; } svg, img { max-width: 100%; height: auto; }
"""
# Many readers of e-books do not know "start" and "end". A drawing's coordinates run from left to right in any language.
_STYLES_FROM_RIGHT = """\
h1, h2, h3, h4, h5, h6, th { text-align: right; } svg { direction: ltr; }
[lang]:not([dir]):not([lang="und"]) { direction: ltr; unicode-bidi: isolate; }
.reference { margin: 0 1.2em 0 0; }
.draft { border: 0; border-right: .15em solid; padding: 0 .6em 0 0; }
.entry, .annotation { padding: 0 1.5em 0 0; } dd { margin: 0 1.2em .4em 0; }
td, th { padding: .2em 0 .2em .6em; }
"""
COVER = '<section epub:type="cover"><img role="doc-cover" src="cover.svg" alt="{title}"/></section>'
CONTAINER = """\
<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""
_PACKAGE = """\
<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="{language}"{direction}>
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">{identity}</dc:identifier>
<dc:title>{title}</dc:title>
<dc:language>{language}</dc:language>
<dc:date>{day}</dc:date>
{more}<dc:description>{description}</dc:description>
<meta property="dcterms:modified">{day}T00:00:00Z</meta>
<meta property="schema:accessMode">textual</meta>
<meta property="schema:accessMode">visual</meta>
<meta property="schema:accessModeSufficient">textual</meta>
<meta property="schema:accessibilityFeature">structuralNavigation</meta>
<meta property="schema:accessibilityFeature">tableOfContents</meta>
<meta property="schema:accessibilityFeature">readingOrder</meta>
<meta property="schema:accessibilityFeature">index</meta>
<meta property="schema:accessibilityFeature">alternativeText</meta>
<meta property="schema:accessibilityHazard">none</meta>
<meta property="schema:accessibilitySummary">{accessibility}</meta>
</metadata>
<manifest>
{items}
</manifest>
<spine{progression}>
{spine}
</spine>
</package>
"""


def write_xhtml_page(title: str, body: str, language: str) -> str:
    """Return an XHTML file of the book."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n'
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" '
        f'lang="{language}" xml:lang="{language}"{direction_of(language)}>\n<head>\n<meta charset="UTF-8"/>\n'
        f'<title>{escape(title)}</title>\n<link rel="stylesheet" type="text/css" href="style.css"/>\n</head>\n'
        f"<body>\n{body}\n</body>\n</html>\n"
    )


def write_styles(language: str) -> str:
    """Return the style sheet of a book in a language."""
    return _STYLES + _STYLES_FROM_RIGHT if is_right_to_left(language) else _STYLES


def write_package(language: str, **values: str) -> str:
    """Return the package of a book in a language: its pages follow one another as the language runs."""
    progression = ' page-progression-direction="rtl"' if is_right_to_left(language) else ""
    return _PACKAGE.format(language=language, direction=direction_of(language), progression=progression, **values)


def draw_cover(title: str, language: str) -> str:
    """Return the cover, an SVG drawing with the title, which begins where the language does."""
    turned = is_right_to_left(language)
    start, bar, way = (1110, 870, ' direction="rtl"') if turned else (90, 90, "")
    lines: list[str] = [""]
    for word in title.split():
        if len(lines[-1]) + len(word) > 20 and lines[-1]:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    texts = "".join(
        f'<text x="{start}" y="{560 + 96 * at}" font-family="serif" font-size="76"{way}>{escape(line)}</text>'
        for at, line in enumerate(lines[:8])
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 1800">'
        f"<title>{escape(title)}</title>"
        '<rect width="1200" height="1800" fill="#f6f2ea"/>'
        f'<rect x="{bar}" y="420" width="240" height="10" fill="#6b1d1d"/>'
        f"{texts}</svg>\n"
    )
