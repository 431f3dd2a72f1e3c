"""Drawings: what draws is let through, what runs or asks for another file is named with its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from conftest import PROJECT
from dosje.reading.svg_safety import find_problems

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">\n'
DATA = "data:image/png;base64,iVBORw0KGgo="


def problems(inner: str) -> list[str]:
    """Return what is wrong with a drawing that holds `inner` from its second line on."""
    return [f"{one.line}:{one.column} {one.what}" for one in find_problems(f"{HEAD}{inner}\n</svg>".encode())]


DRAWS = [
    '<title>A plan</title><desc>Of it</desc><g id="a" transform="rotate(3)" class="b"><path d="M0 0"/></g>',
    '<defs><linearGradient id="g"><stop offset="0" stop-color="red"/></linearGradient></defs><rect fill="url(#g)"/>',
    '<use href="#a" xlink:href="#a"/><a href="https://example.org/?a=b:c"><text aria-label="url(x)">x</text></a>',
    f'<image href="{DATA}"/><image xlink:href="{DATA}" width="1"/>',
    "<style>.a {fill: url(#g); font: 1px 'A: (b)'} @font-face {src: url(data:font/woff2;base64,AA)}</style>",
    "<style><![CDATA[.a > .b {fill: url('#g')}]]></style>",
    '<path style="fill: url(&quot;#g&quot;); stroke: rgb(1, 2, 3)" xml:space="preserve"/>',
    '<metadata xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:RDF rdf:about=""/></metadata>',
    '<g xmlns:i="http://www.inkscape.org/namespaces/inkscape" i:label="on"><i:path-effect effect="a"/></g>',
    "<!-- <script>a()</script> --><text>&lt;script&gt; &#x41;</text>",
    '<filter id="f"><feGaussianBlur stdDeviation="2"/></filter><g data-name="a" filter="url(#f)"/>',
]


@pytest.mark.parametrize("inner", DRAWS)
def test_what_draws_is_let_through(inner: str) -> None:
    assert problems(inner) == []


@pytest.mark.parametrize("path", sorted(PROJECT.glob("tests/**/*.svg")), ids=lambda path: path.name)
def test_the_drawings_of_this_repository_are_let_through(path: Path) -> None:
    assert find_problems(path.read_bytes()) == []


_WAY = "has a way to another file in <{}>, or one that runs: {}"
_ASKS = "has a style that asks for another file: {}"
REFUSED = {
    "<script>a()</script>": "2:1 has an element <script>",
    "\n<g>\n  <script href='a.js'/></g>": "4:3 has an element <script>",
    '<h:script xmlns:h="http://www.w3.org/1999/xhtml">a()</h:script>': "2:1 has an element <script>",
    "<SCRIPT/>": "2:1 has an element <SCRIPT>",
    "<foreignObject/>": "2:1 has an element <foreignObject>",
    '<set attributeName="href" to="javascript:a()"/>': "2:1 has an element <set>",
    '<a><animate attributeName="href" values="javascript:a()"/></a>': "2:4 has an element <animate>",
    '<iframe xmlns="http://www.w3.org/1999/xhtml" src="a"/>': "2:1 has an element <iframe>",
    '<g xmlns="http://example.org/x"/>': "2:1 has an element <g>",
    '<g onload="a()"/>': "2:1 has an attribute onload= in <g>",
    '<g ONLOAD="a()"/>': "2:1 has an attribute ONLOAD= in <g>",
    '<g xml:base="https://example.org/"/>': "2:1 has an attribute base= in <g>",
    '<a ping="https://example.org/"/>': "2:1 has an attribute ping= in <a>",
    '<a href="javascript:a()"/>': "2:1 " + _WAY.format("a", "javascript:a()"),
    '<a xlink:href="JaVaScript:a()"/>': "2:1 " + _WAY.format("a", "JaVaScript:a()"),
    '<a href="java&#10;script:a()"/>': "2:1 " + _WAY.format("a", "javascript:a()"),
    '<a href="&#1;javascript:a()"/>': "2:10 is no XML: reference to invalid character number",
    '<a href="data:text/html,a"/>': "2:1 " + _WAY.format("a", "data:text/html,a"),
    '<use href="other.svg#a"/>': "2:1 " + _WAY.format("use", "other.svg#a"),
    '<use href="data:image/svg+xml;base64,AA#a"/>': "2:1 " + _WAY.format("use", "data:image/svg+xml;base64,AA#a"),
    '<image href="https://example.org/a.png"/>': "2:1 " + _WAY.format("image", "https://example.org/a.png"),
    '<image href="//example.org/a.png"/>': "2:1 " + _WAY.format("image", "//example.org/a.png"),
    '<image href="/etc/passwd"/>': "2:1 " + _WAY.format("image", "/etc/passwd"),
    '<image href="data:image/svg+xml,a"/>': "2:1 " + _WAY.format("image", "data:image/svg+xml,a"),
    '<feImage href="a.png"/>': "2:1 " + _WAY.format("feImage", "a.png"),
    "<style>@import 'a.css';</style>": "2:24 " + _ASKS.format("@import"),
    "<style>@im\\70ort 'a.css';</style>": "2:26 " + _ASKS.format("@import"),
    "<style>a {fill: url(https://a.org/)}</style>": "2:37 " + _ASKS.format("https://a.org/"),
    "<style>@media all {a {fill: u\\72l('a.svg#b')}}</style>": "2:47 " + _ASKS.format("a.svg#b"),
    "<style>a {b: image-set('a.png' 1x)}</style>": "2:36 has a style that can ask for another file: image-set()",
    "<style>a {behavior: url(#x)}</style>": "2:29 has a style that can run code: behavior",
    '<g style="fill: URL(  a.svg )"/>': "2:1 " + _ASKS.format("a.svg"),
    '<g fill="url(https://a.org/#b)"/>': "2:1 " + _ASKS.format("https://a.org/#b"),
    '<g fill="u/**/rl(a) u\\72l(a)"/>': "2:1 " + _ASKS.format("a"),
    "<?xml-stylesheet href='a.xsl'?>": "2:1 has an instruction <?xml-stylesheet?>",
    "<g>" * 250 + "</g>" * 250: "2:598 has more than 200 elements within one another",
    "<g>": "3:3 is no XML: mismatched tag",
}


@pytest.mark.parametrize("inner", REFUSED, ids=lambda inner: inner[:40])
def test_what_runs_or_asks_for_another_file_is_refused_in_its_line(inner: str) -> None:
    assert REFUSED[inner] in problems(inner)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b'<!DOCTYPE svg [<!ENTITY a "b">]><svg/>', "1:15 has a DOCTYPE"),
        (b'<!DOCTYPE svg SYSTEM "file:///etc/passwd"><svg/>', "1:42 has a DOCTYPE"),
        (b"<html><svg/></html>", '1:1 begins with <html>, not with <svg xmlns="http://www.w3.org/2000/svg">'),
        (b"<svg/>", '1:1 begins with <svg>, not with <svg xmlns="http://www.w3.org/2000/svg">'),
        ("<svg/>".encode("utf-16"), "1:1 is not UTF-8"),
        (
            b"<?xml version='1.0' encoding='iso-8859-1'?>" + HEAD.encode() + b"</svg>",
            "1:1 says that its encoding is iso-8859-1, not UTF-8",
        ),
        (b"", "1:1 is no XML: no element found"),
    ],
)
def test_what_is_no_plain_svg_is_refused(data: bytes, expected: str) -> None:
    assert [f"{one.line}:{one.column} {one.what}" for one in find_problems(data)] == [expected]


# Encodings that expat asks Python for, codecs of Python that are none of text, and names that nobody knows.
@pytest.mark.parametrize(
    "name",
    ["UTF-7", "shift_jis", "utf-32", "utf-16", "UTF-16LE", "nope", "rot13", "hex", "idna", "punycode", "undefined",
     "mbcs", "utf-8-sig", "unicode_escape", "iso-8859-1", "cp037", "hz", "zlib", "x" * 900],
)  # fmt: skip
def test_a_drawing_of_another_encoding_is_refused_with_its_place(name: str) -> None:
    data = f'<?xml version="1.0" encoding="{name}"?>{HEAD}<text>é</text></svg>'.encode()
    shown = name if len(name) <= 60 else f"{name[:57]}…"
    assert find_problems(data) == [(1, 1, f"says that its encoding is {shown}, not UTF-8", "save it as UTF-8")]


@pytest.mark.parametrize(("name", "text"), [("UTF-8", "é"), ("utf8", "é"), ("US-ASCII", "e")])
def test_a_drawing_that_names_its_encoding_as_it_is_is_let_through(name: str, text: str) -> None:
    assert find_problems(f'<?xml version="1.0" encoding="{name}"?>{HEAD}<text>{text}</text></svg>'.encode()) == []


def test_a_drawing_that_calls_itself_ascii_and_is_not_is_refused() -> None:
    data = f'<?xml version="1.0" encoding="us-ascii"?>{HEAD}<text>é</text></svg>'.encode()
    assert [one.what for one in find_problems(data)] == ["says that its encoding is us-ascii, not UTF-8"]


def test_entities_that_grow_without_end_are_not_read() -> None:
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 20}">' for n in range(1, 30))
    data = f'<!DOCTYPE svg [<!ENTITY a0 "ha">{laughs}]>{HEAD}<text>&a29;</text></svg>'.encode()
    assert [one.what for one in find_problems(data)] == ["has a DOCTYPE"]


@pytest.mark.parametrize(
    ("element", "use"),
    [("g", '<use href="#a{}"/>'), ("g", '<use xlink:href="#a{}"/>'), ("pattern", "<rect fill=\"url('#a{}')\"/>")],
)
def test_what_is_used_again_and_again_does_not_become_billions(element: str, use: str) -> None:
    levels = "".join(f'<{element} id="a{n}">{use.format(n - 1) * 10}</{element}>' for n in range(1, 12))
    assert problems(f'<g id="a0"><path/></g>{levels}') == [
        "1:1 draws more than 1000000 elements: it uses some again and again"
    ]
    assert problems('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>' + '<use href="#a"/>' * 3000) == []


@pytest.mark.browser
def test_what_is_let_through_runs_nothing_and_asks_for_nothing_in_a_browser(browser: Browser, tmp_path: Path) -> None:
    ran: list[str] = []
    asked: list[str] = []

    def show(text: str) -> None:
        (tmp_path / "d.svg").write_text(text)
        page.goto((tmp_path / "d.svg").as_uri())

    page = browser.new_page()
    page.on("console", lambda message: ran.append(message.text))
    page.on("request", lambda request: None if request.url.endswith("/d.svg") else asked.append(request.url[:20]))
    for inner in DRAWS:
        show(f"{HEAD}{inner}</svg>")
    assert (ran, [url for url in asked if not url.startswith("data:")]) == ([], [])
    show(f"{HEAD}<script>console.log('ran')</script><image href='other.png'/></svg>")
    assert ran[0] == "ran" and asked[-1].startswith("file:"), "what is refused would have"
    page.close()
