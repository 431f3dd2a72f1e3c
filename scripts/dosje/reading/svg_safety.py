"""Finds what an SVG drawing must not hold: code, and references to other files. Knows nothing of editions.

A drawing is a document of its own. Opened from its address it runs scripts like a page of the site. So we allow only
elements and attributes that are known to draw and no more. It is a list of what is allowed, because browsers learn new
things. The drawing is read with expat, which gives lines. A DOCTYPE ends the reading, so there are no entities.
Nothing is changed in the file.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from xml.parsers import expat

import tinycss2

_SVG, _XLINK, _XML = (
    "http://www.w3.org/2000/svg",
    "http://www.w3.org/1999/xlink",
    "http://www.w3.org/XML/1998/namespace",
)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Drawing programs keep this for themselves. Browsers ignore it.
_OF_EDITORS = (
    "http://www.inkscape.org/namespaces/", "http://sodipodi.sourceforge.net/DTD/", "http://ns.adobe.com/",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://creativecommons.org/ns#", "http://web.resource.org/cc/",
    "http://purl.org/dc/", "http://www.bohemiancoding.com/sketch/ns", "http://www.serif.com/", "https://vecta.io/",
    "http://schemas.microsoft.com/visio/",
)  # fmt: skip
# SVG 1.1 and 2, without elements that run code, move, or hold HTML.
_ELEMENTS = _words(
    """a circle clipPath defs desc ellipse feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix
    feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR
    feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting feSpotLight
    feTile feTurbulence filter g image line linearGradient marker mask metadata path pattern polygon polyline
    radialGradient rect stop style svg switch symbol text textPath title tspan use view"""
)
_ATTRIBUTES = _words(
    """alignment-baseline amplitude azimuth background background-color baseFrequency baseProfile baseline-shift bias
    calcMode class clip clip-path clip-rule clipPathUnits color color-interpolation color-interpolation-filters
    color-profile color-rendering crossorigin cursor cx cy d diffuseConstant direction display divisor
    dominant-baseline dx dy edgeMode elevation enable-background exponent fill fill-opacity fill-rule filter
    filterRes filterUnits flood-color flood-opacity font font-family font-feature-settings font-kerning
    font-size font-size-adjust font-stretch font-style font-variant font-variant-caps font-variant-ligatures
    font-variant-numeric font-weight fr fx fy glyph-orientation-horizontal glyph-orientation-vertical
    gradientTransform gradientUnits height href id image-rendering in in2 inline-size intercept isolation k1 k2
    k3 k4 kernelMatrix kernelUnitLength kerning lang lengthAdjust letter-spacing lighting-color
    limitingConeAngle line-height marker marker-end marker-mid marker-start markerHeight markerUnits markerWidth
    mask mask-type maskContentUnits maskUnits media method mix-blend-mode mode numOctaves offset opacity
    operator order orient overflow overflow-x overflow-y paint-order path pathLength patternContentUnits
    patternTransform patternUnits pointer-events points pointsAtX pointsAtY pointsAtZ preserveAlpha
    preserveAspectRatio primitiveUnits r radius refX refY rel requiredExtensions requiredFeatures result role
    rotate rx ry scale seed shape-inside shape-padding shape-rendering side slope solid-color solid-opacity
    spacing specularConstant specularExponent spreadMethod startOffset stdDeviation stitchTiles stop-color
    stop-opacity stroke stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit
    stroke-opacity stroke-width style surfaceScale systemLanguage tabindex tableValues target targetX targetY
    text-align text-align-last text-anchor text-decoration text-decoration-color text-decoration-line
    text-decoration-style text-indent text-overflow text-rendering text-transform textLength transform
    transform-box transform-origin type unicode-bidi values vector-effect version viewBox viewTarget visibility
    white-space width word-spacing writing-mode x x1 x2 xChannelSelector y y1 y2 yChannelSelector z zoomAndPan"""
)
_OF_LINKS = _words("href title type show actuate role arcrole")
# Attributes with free text or numbers: they cannot refer to anything.
_FREE = ("aria-", "data-", "id", "class", "d", "points")
_NO_CODE = re.compile(r"data:image/(?:png|jpe?g|gif|webp);base64,|data:(?:application/(?:x-)?|)font[\w/+.-]*[;,]", re.I)
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.I)
_LINKED = frozenset(["http", "https", "mailto"])
# CSS functions that load or run something.
_FETCH = frozenset(
    ["image", "image-set", "-webkit-image-set", "cross-fade", "-webkit-cross-fade", "paint", "expression"]
)
_MAYBE_FETCH = re.compile(r"\\|url|src|image|cross-fade|paint|expression|import|behavior|binding", re.I)
_DEEPEST = 200
# Elements once everything reused (`use`, patterns) is expanded: ten small elements can become billions.
_MOST = 1_000_000
_REUSED = re.compile(r"url\(\s*['\"]?#([^)'\"\s]+)")
_ROOT = ""
_UTF_8 = frozenset(["utf-8", "utf8"])
TAKE_OUT = "take it out of the drawing; many programs can save a plain SVG"
SAVE_AS_UTF_8 = "save it as UTF-8"


class SvgProblem(NamedTuple):
    """What a drawing must not have or do; where (line and column, from 1); and a hint."""

    line: int
    column: int
    what: str
    hint: str = TAKE_OUT


class _StopError(Exception):
    """The rest need not be read."""


class _Reader:
    """Reads one drawing and gathers what is wrong with it."""

    def __init__(self) -> None:
        self.problems: list[SvgProblem] = []
        self._is_ascii = True
        self._open: list[str] = []
        self._style: list[str] = []
        self._ids: list[str] = []  # the names of the open elements
        # By id: how many elements are in it, and which others it uses.
        self._counts: Counter[str] = Counter()
        self._used: dict[str, list[str]] = {}
        # Expat must not ask Python for the encoding that the drawing names: some of Python's codecs are not for text.
        self._parser = expat.ParserCreate("utf-8", " ")
        self._parser.buffer_text = True
        self._parser.XmlDeclHandler = self._read_declaration
        self._parser.StartDoctypeDeclHandler = self._refuse_doctype
        self._parser.ProcessingInstructionHandler = self._refuse_instruction
        self._parser.StartElementHandler = self._begin
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._read_text

    def read(self, data: bytes) -> None:
        self._is_ascii = data.isascii()
        try:
            data.decode("utf-8")
            self._parser.Parse(data, True)
            if _full_size(self._counts, self._used) > _MOST:
                self.problems.append(
                    SvgProblem(1, 1, f"draws more than {_MOST} elements: it uses some again and again")
                )
        except UnicodeDecodeError:
            self._tell("is not UTF-8", SAVE_AS_UTF_8)
        except expat.ExpatError as error:
            self.problems.append(
                SvgProblem(error.lineno, error.offset + 1, f"is no XML: {expat.ErrorString(error.code)}")
            )
        except _StopError:
            pass

    def _tell(self, what: str, hint: str = TAKE_OUT) -> None:
        line, column = self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber
        self.problems.append(SvgProblem(max(line, 1), column + 1, what, hint))

    def _read_declaration(self, version: str, encoding: str | None, standalone: int) -> None:
        if not encoding or encoding.lower() in _UTF_8 or (encoding.lower() == "us-ascii" and self._is_ascii):
            return
        self._tell(f"says that its encoding is {_shorten(encoding)}, not UTF-8", SAVE_AS_UTF_8)
        raise _StopError

    def _refuse_doctype(self, *_: object) -> None:
        self._tell("has a DOCTYPE")
        raise _StopError

    def _refuse_instruction(self, target: str, _: str) -> None:
        self._tell(f"has an instruction <?{target}?>")

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        space, _, element = name.rpartition(" ")
        if not self._open and (space, element) != (_SVG, "svg"):
            self._tell(f'begins with <{element}>, not with <svg xmlns="{_SVG}">')
            raise _StopError
        self._open.append(name)
        self._ids.append(attributes.get("id", ""))
        self._count(attributes)
        if len(self._open) > _DEEPEST:
            self._tell(f"has more than {_DEEPEST} elements within one another")
            raise _StopError
        if space == _SVG and element in _ELEMENTS:
            for key, value in attributes.items():
                for problem in _problems_of(element, key, value):
                    self._tell(problem)
        elif not (space and space.startswith(_OF_EDITORS)):
            self._tell(f"has an element <{element}>")

    def _count(self, attributes: dict[str, str]) -> None:
        used = [value[1:] for key in ("href", f"{_XLINK} href") if (value := attributes.get(key, "")).startswith("#")]
        used += [name for value in attributes.values() if "url(" in value for name in _REUSED.findall(value)]
        for name in {_ROOT, *self._ids}:
            self._counts[name] += 1
            self._used.setdefault(name, []).extend(used)

    def _end(self, name: str) -> None:
        self._open.pop()
        self._ids.pop()
        if name == f"{_SVG} style":
            for problem in _problems_of_css("".join(self._style)):
                self._tell(problem)
            self._style = []

    def _read_text(self, text: str) -> None:
        if self._open and self._open[-1] == f"{_SVG} style":
            self._style.append(text)


def find_problems(data: bytes) -> list[SvgProblem]:
    """Return everything that a drawing on a site must not have; nothing if it only draws."""
    reader = _Reader()
    reader.read(data)
    return reader.problems


def _full_size(counts: Mapping[str, int], used: Mapping[str, list[str]]) -> int:
    """Return how many elements are drawn. An element that uses itself counts once."""
    sizes: dict[str, int] = {}
    begun: set[str] = set()
    waiting = [(_ROOT, False)]
    while waiting:
        name, is_known = waiting.pop()
        names = used.get(name, [])
        if is_known:
            sizes[name] = min(counts.get(name, 0) + sum(sizes.get(one, 0) for one in names), _MOST + 1)
        elif name not in begun:
            begun.add(name)
            waiting += [(name, True), *((one, False) for one in names)]
    return sizes[_ROOT]


def _problems_of(element: str, key: str, value: str) -> Iterator[str]:
    space, _, name = key.rpartition(" ")
    if space.startswith(_OF_EDITORS) or (space == _XML and name in ("space", "lang", "id")):
        return
    is_known = name in _OF_LINKS if space == _XLINK else not space and name in _ATTRIBUTES
    if name == "href" and is_known:
        if not _is_harmless(element, value):
            yield f"has a way to another file in <{element}>, or one that runs: {_shorten(value)}"
    elif not is_known and not (not space and name.startswith(_FREE[:2])):
        yield f"has an attribute {name}= in <{element}>"
    elif name not in _FREE and not name.startswith(_FREE[:2]) and _MAYBE_FETCH.search(value):
        yield from _problems_of_css(value)


def _is_harmless(element: str, address: str) -> bool:
    # Browsers remove these characters before they look how it begins.
    bare = re.sub(r"[\x00-\x20\x7f-\x9f]", "", address)
    if element == "a":
        scheme = _SCHEME.match(bare)
        return scheme is None or scheme[1].lower() in _LINKED
    return bare.startswith("#") or (element in ("image", "feImage") and _NO_CODE.match(bare) is not None)


def _problems_of_css(text: str) -> Iterator[str]:
    yield from _walk(tinycss2.parse_component_value_list(text, skip_comments=True))


def _walk(nodes: list[Any]) -> Iterator[str]:
    for node in nodes:
        if node.type == "url" and not _is_own(node.value):
            yield f"has a style that asks for another file: {_shorten(node.value)}"
        elif node.type == "at-keyword" and node.lower_value == "import":
            yield "has a style that asks for another file: @import"
        elif node.type == "ident" and node.lower_value in ("behavior", "-moz-binding"):
            yield f"has a style that can run code: {node.lower_value}"
        elif node.type == "function":
            yield from _look_at_function(node)
        elif node.type in ("{} block", "() block", "[] block"):
            yield from _walk(node.content)


def _look_at_function(node: Any) -> Iterator[str]:
    if node.lower_name in _FETCH:
        yield f"has a style that can ask for another file: {node.lower_name}()"
    if node.lower_name in ("url", "src"):
        for part in node.arguments:
            if part.type != "whitespace" and not (part.type == "string" and _is_own(part.value)):
                yield f"has a style that asks for another file: {_shorten(getattr(part, 'value', node.lower_name))}"
    else:
        yield from _walk(node.arguments)


def _is_own(address: str) -> bool:
    bare = re.sub(r"[\x00-\x20\x7f-\x9f]", "", address)
    return bare.startswith("#") or _NO_CODE.match(bare) is not None


def _shorten(text: object) -> str:
    shown = re.sub(r"[\x00-\x1f\x7f-\x9f]", "", str(text))
    return shown if len(shown) <= 60 else f"{shown[:57]}…"
